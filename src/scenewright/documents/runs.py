"""From styled runs of text to inline text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from scenewright.domain.document import Inline
from scenewright.text import inline

_CJK = "\u2e80-\u2fff\u3000-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_WRAPPED_CJK = re.compile(rf"(?<=[{_CJK}])[ \t]*\n[ \t]*(?=[{_CJK}])")
_SPACE = re.compile(r"[\s\u200b]+")
# C0 and C1 controls, soft hyphen, bidirectional overrides, byte order mark, surrogates, non-characters
_BAD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """`math` text is LaTeX; `code` text is literal."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    math: bool = False


def clean(text: str) -> str:
    """Without characters that no reader should see: controls, surrogates, direction overrides."""
    return _BAD.sub("", text)


def squash(text: str) -> str:
    """One line: white space is one space, and none where a line of Chinese or Japanese was wrapped."""
    return _SPACE.sub(" ", _WRAPPED_CJK.sub("", clean(text)))


def to_inline(runs: Iterable[Run]) -> Inline:
    """The runs as inline text on one line, trimmed. What cannot be marked is written literally."""
    joined = _joined(runs)
    text = _marked(joined)
    wanted = "".join(run.text for run in joined).strip()
    if inline.plain(text) == wanted:
        return text
    return inline.escape(wanted)


def literal(text: str) -> Inline:
    """Plain text as inline text on one line."""
    return inline.escape(squash(text).strip())


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Neighbours of one style joined, white space moved out of the styles and squashed."""
    out: list[Run] = []
    for run in runs:
        text = _latex(run.text) if run.math else squash(run.text)
        if run.code:
            text = text.strip().replace("`", "'")
        if run.math and not text.replace(" ", ""):
            continue
        if not text:
            continue
        if out and out[-1].text.endswith(" ") and text.startswith(" "):
            text = text[1:]
        if out and out[-1].math and (run.math or text[0].isdigit()):
            out.append(Run(text=" "))  # "$a$$b$" and "$a$2" would not be read as mathematics
        _append(out, replace(run, text=text))
    pieces: list[Run] = []
    for run in out:
        for piece in _split_space(run):
            _append(pieces, piece)
    return _spaces_inside(pieces)


def _spaces_inside(runs: list[Run]) -> list[Run]:
    """A space has the styles that both of its neighbours have."""
    out: list[Run] = []
    for index, run in enumerate(runs):
        if run.text == " " and 0 < index < len(runs) - 1:
            before, after = runs[index - 1], runs[index + 1]
            run = replace(run, bold=before.bold and after.bold, italic=before.italic and after.italic)
        _append(out, run)
    return out


def _append(out: list[Run], run: Run) -> None:
    """Neighbours of one style are one run."""
    last = out[-1] if out else None
    if last and not last.math and _style(last) == _style(run):
        out[-1] = replace(last, text=last.text + run.text)
    elif run.text:
        out.append(run)


def _latex(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"(?<!\\)((?:\\\\)*)\$", r"\1\\$", clean(text))).strip()


def _split_space(run: Run) -> tuple[Run, ...]:
    if run.code or run.math or not (run.bold or run.italic):
        return (run,)
    core = run.text.strip(" ")
    if not core:
        return (Run(text=run.text),)
    before = " " if run.text.startswith(" ") else ""
    after = " " if run.text.endswith(" ") else ""
    return (Run(text=before), replace(run, text=core), Run(text=after))


def _style(run: Run) -> tuple[bool, bool, bool, bool]:
    return run.bold, run.italic, run.code, run.math


def _marked(runs: list[Run]) -> Inline:
    out: list[str] = []
    bold = italic = False
    for run in runs:
        if run.bold != bold:
            out.append("**")
        if run.italic != italic:
            out.append("*")
        bold, italic = run.bold, run.italic
        if run.math:
            out.append(f"${run.text}$")
        elif run.code:
            out.append(f"`{run.text}`")
        else:
            out.append(inline.escape(run.text))
    out.append("**" * bold + "*" * italic)
    return "".join(out).strip()
