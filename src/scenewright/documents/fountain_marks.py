"""What lines mean in Fountain, for the reader and for the writer: one place decides what would be misread."""

from __future__ import annotations

import re

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff\ue700-\ue706]")
_BREAKS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_SPECIAL = frozenset(".!>@~#=(")
_ESCAPED = re.compile(r"\\([*_\\\[<~#])")
# never past the next mark, so that marks which are never closed cost no time
_STARS = re.compile(r"(?<!\\)(\*{1,3})(?=[^\s*])((?:[^*\\]|\\.){1,400}?)(?<=[^\s\\])\1(?!\*)")
_UNDERLINE = re.compile(r"(?<!\\)(_)(?=[^\s_])((?:[^_\\]|\\.){1,400}?)(?<=[^\s\\])_")

HEADING = re.compile(r"(?i)(?:INT\.?/EXT|EXT\.?/INT|I/E|E/I|INT|EXT|EST)(?:\.|(?= )|$)")
NUMBER = re.compile(r"^(?P<text>.*?)\s*#(?P<number>[\w.\-]{1,20})#\s*$")
NOT_PRINTED = "scene"  # a note [[scene ID]] under a heading says which scene this is
_CUE = re.compile(r"[^\W\d_][^\W_]*(?:[ .'’&/-]+[^\W_]+)*\.?")


def clean(text: str) -> str:
    """Line ends as "\\n"; without control characters, half characters and the private ones that parsers use."""
    return _CONTROLS.sub("", _BREAKS.sub("\n", text))


def lines_of(text: str) -> list[str]:
    """Lines with single spaces and no empty line at either end; at least one."""
    return [" ".join(line.split()) for line in clean(text).strip().split("\n")]


def one_line(text: str) -> str:
    return " ".join(clean(text).split())


def escape(line: str) -> str:
    """A line whose characters all stand for themselves: no emphasis, no note, no boneyard."""
    line = re.sub(r"\\(?=[*_\\\[<~#]|$)", r"\\\\", line).replace("*", r"\*")
    line = re.sub(r"\[(?=\[)", r"[\\", line)
    return line.replace("_", r"\_") if line.count("_") > 1 else line


def unescape(line: str) -> tuple[str, bool]:
    """The line as it is meant, and whether it had emphasis (which a script does not keep)."""
    bare = line
    for _ in range(3):  # bold in italics in an underline
        bare = _UNDERLINE.sub(r"\2", _STARS.sub(r"\2", bare))
    return _ESCAPED.sub(r"\1", bare), bare != line


def is_heading(line: str) -> bool:
    return bool(HEADING.match(line))


def is_upper_cue(line: str) -> bool:
    """Whether a line in capitals would be read as a name, if more lines follow it."""
    return line.partition("(")[0].isupper()


def must_force(line: str) -> bool:
    """Whether a direction's line could be taken for something else: then it begins with "!"."""
    return bool(line) and (line[0] in _SPECIAL or is_heading(line) or line.isupper() or is_upper_cue(line))


def is_plain_cue(name: str) -> bool:
    """Whether a name is read as a name without "@" before it."""
    return name.isupper() and bool(_CUE.fullmatch(name)) and not is_heading(name) and not name.endswith("TO:")


def is_plain_transition(text: str) -> bool:
    return text.isupper() and text.endswith("TO:") and text != "TO:" and text[0].isalpha() and not is_heading(text)
