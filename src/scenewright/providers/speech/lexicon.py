"""How things are said: written form -> spoken form, applied on the way to the voice only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

# Scripts written without spaces: a word border cannot be seen, so none is asked for.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_SPACED = re.compile(rf"(?![{_UNSPACED}])\w")
_BEFORE = rf"(?<!(?![{_UNSPACED}])\w)"
_AFTER = rf"(?!(?![{_UNSPACED}])[\w\u0300-\u036f])"


def respell(text: str, lexicon: Mapping[str, str]) -> str:
    """Every written form, as a whole word, replaced by its spoken form, in one pass: nothing is replaced twice.

    The longest form wins. A form in the same case wins over one in another case. Capitals that could be read as a
    word (they have a vowel: US, IT, REST) stand for themselves only, or "let us go" would become "let U S go".
    """
    forms = tuple(sorted((written, said) for written, said in lexicon.items() if written.strip()))
    if not forms:
        return text
    pattern, exact, folded = _compiled(forms)

    def say(found: re.Match[str]) -> str:
        key = _key(found[0])
        return exact[key] if key in exact else folded.get(key.casefold(), found[0])

    return pattern.sub(say, text)


@lru_cache(maxsize=64)
def _compiled(forms: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], dict[str, str], dict[str, str]]:
    exact = {_key(written): said for written, said in forms}
    folded: dict[str, str] = {}
    for written, said in exact.items():
        if not _could_be_a_word(written):
            folded.setdefault(written.casefold(), said)
    by_length = sorted(exact, key=lambda written: (-len(written), written))
    return re.compile("|".join(_alternative(written) for written in by_length)), exact, folded


def _alternative(written: str) -> str:
    body = r"\s+".join(re.escape(word) for word in written.split(" "))
    if not _could_be_a_word(written):
        body = f"(?i:{body})"
    before = _BEFORE if _SPACED.match(written[0]) else ""
    after = _AFTER if _SPACED.match(written[-1]) else ""
    return before + body + after


def _could_be_a_word(written: str) -> bool:
    return written.isupper() and written.isascii() and bool(re.search("[AEIOUY]", written))


def _key(written: str) -> str:
    return " ".join(written.split())
