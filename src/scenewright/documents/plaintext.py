"""Plain text to documents: paragraphs, and headings by the customs of text files."""

from __future__ import annotations

import re

from scenewright.documents.code import code_block
from scenewright.documents.outliner import Outliner
from scenewright.documents.reading import Limits
from scenewright.documents.runs import literal
from scenewright.domain.document import Document

_UNDERLINE = re.compile(r"(?P<char>[=\-~^*#+])(?P=char){2,}")
_NUMBERED = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3}){0,4})[.)]?\s{1,4}(?P<title>[^\W\d_].{0,78})")
_CHINESE = re.compile(
    r"第[\d一二三四五六七八九十百千]{1,5}(?P<unit>[章节節篇部回]).{0,40}|[一二三四五六七八九十]{1,3}、.{1,40}"
)
_CHAPTER = re.compile(
    r"(?:chapter|part|kapitel|teil|chapitre|appendix|anhang)\s+(?:\d+|[ivxlc]+|[A-Z])\b.{0,70}",
    re.I,
)
_ITEM = re.compile(r"(?P<mark>[-*•◦▪–]|(?:\d{1,3}|[a-z])[.)])\s+(?P<text>\S.*)")


def read_text(text: str, name: str, limits: Limits) -> tuple[Document, list[str]]:
    """The document and warnings. Raises: BadInput: if the text is empty."""
    out = Outliner(limits)
    body = [line.rstrip().expandtabs(4) for line in re.sub(r"[\v\f\u2028\u2029]", "\n\n", text).split("\n")]
    marks: list[str] = []  # characters of underlines in the order of their levels
    for lines in _paragraphs(body):
        _paragraph(lines, out, marks)
    return out.finish(name=name), out.warnings


def _paragraphs(lines: list[str]) -> list[list[str]]:
    """Runs of lines between empty ones; an underlined or numbered heading stands by itself."""
    out: list[list[str]] = [[]]
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if not line.strip():
            out.append([])
        elif _is_underlined(line, following):
            out += [[line, following], []]
        elif not (out[-2:] and len(out) > 1 and len(out[-2]) == 2 and out[-2][1] == line and not out[-1]):
            out[-1].append(line)
    return [paragraph for paragraph in out if paragraph]


def _is_underlined(line: str, following: str) -> bool:
    if not _UNDERLINE.fullmatch(following.strip()) or _UNDERLINE.fullmatch(line.strip()):
        return False
    return len(line.strip()) <= 100 and abs(len(following.strip()) - len(line.strip())) <= max(3, len(line) // 4)


def _paragraph(lines: list[str], out: Outliner, marks: list[str]) -> None:
    first = lines[0].strip()
    if len(lines) == 2 and _is_underlined(*lines):
        mark = lines[1].strip()[0]
        if mark not in marks:
            marks.append(mark)
        out.heading(marks.index(mark) + 1, literal(first))
    elif len(lines) == 1 and (level := _heading_level(first)):
        out.heading(level, literal(first))
    elif all(_UNDERLINE.fullmatch(line.strip()) for line in lines):
        return
    elif items := _items(lines):
        ordered = bool(_ITEM.match(first) and first[0].isalnum())
        out.listing([literal(item) for item in items], ordered=ordered)
    elif _is_code(lines) and (block := code_block("\n".join(lines))):
        out.add(block)
    else:
        out.prose(literal("\n".join(lines)))


def _heading_level(line: str) -> int:
    """The level of a line that stands alone, 0 if it is no heading."""
    if len(line) > 80 or line[-1] in ".,;:!?。，；：！？":
        return 0
    if numbered := _NUMBERED.fullmatch(line):
        return numbered["number"].count(".") + 1 if len(numbered["title"]) < 70 else 0
    if chinese := _CHINESE.fullmatch(line):
        return 2 if chinese["unit"] in ("节", "節") or "、" in line[:4] else 1
    if _CHAPTER.fullmatch(line):
        return 1
    letters = [char for char in line if char.isalpha()]
    if len(letters) >= 3 and all(char.isupper() for char in letters) and len(letters) * 2 > len(line):
        return 1
    return 0


def _items(lines: list[str]) -> list[str]:
    """The items if the paragraph is a list: each begins with a mark, further lines are indented."""
    items: list[str] = []
    for line in lines:
        found = _ITEM.fullmatch(line.strip())
        if found:
            items.append(found["text"])
        elif items and line.startswith(" "):
            items[-1] += "\n" + line.strip()
        else:
            return []
    return items


def _is_code(lines: list[str]) -> bool:
    """Indented by four or more, and with the marks of code or of a drawing."""
    if not all(line.startswith("    ") for line in lines):
        return False
    text = "".join(lines)
    marks = sum(char in "{}[]()<>=;|+*/\\_$#&%@" for char in text)
    return marks * 12 > len(text.replace(" ", "")) or len({len(line) - len(line.lstrip()) for line in lines}) > 3
