"""Code blocks: what language they are said to be in, and their text made tidy."""

from __future__ import annotations

import functools
import re
import textwrap

from scenewright.documents.runs import clean
from scenewright.domain.document import Code

_OTHER_NAMES = {
    "py": "python",
    "py3": "python",
    "ipython3": "python",
    "node": "javascript",
    "golang": "go",
    "c++": "cpp",
}
_NO_LANGUAGE = frozenset(("", "text", "plain", "plaintext", "default", "none", "nohighlight"))


def alias(name: str) -> str:
    """The Pygments alias for a language as written after a fence, or "" if there is none."""
    bare = re.split(r"[\s,{:]", name.strip().lower().lstrip("{."), maxsplit=1)[0].rstrip("}")
    bare = _OTHER_NAMES.get(bare, bare)
    return bare if bare not in _NO_LANGUAGE and bare in _aliases() else ""


def code_block(text: str, language: str = "") -> Code | None:
    """None if there is nothing but white space."""
    tidy = textwrap.dedent(clean(text).expandtabs(4)).strip("\n").rstrip()
    tidy = "\n".join(line.rstrip() for line in tidy.split("\n"))
    return Code(text=tidy, language=language) if tidy.strip() else None


@functools.cache
def _aliases() -> frozenset[str]:
    # reads Pygments' own list; needed only where a document has code
    from pygments.lexers import get_all_lexers

    return frozenset(name for lexer in get_all_lexers(plugins=False) for name in lexer[1])
