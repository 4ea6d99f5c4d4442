"""Fountain to a script: what writers edited elsewhere comes back in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from scenewright.documents import fountain_marks as marks
from scenewright.documents.decode import decode
from scenewright.documents.draft import Draft, DraftBuilder
from scenewright.domain.errors import BadInput
from scenewright.domain.screenplay import Script

MAX_BYTES = 5_000_000  # a two-hour film is about 200,000
_LONGEST = 1_000  # lines of one paragraph
_KEY = re.compile(r"(?P<key>[^\W\d][\w ]{0,40}):[ \t]*(?P<value>.*)")
_SECTION = re.compile(r"(?P<depth>#{1,6})\s*(?P<text>[^#\s].*)")
_CENTERED = re.compile(r"\s*>\s*(?P<text>.*?)\s*(?<!\\)<\s*")
_BREAK = re.compile(r"={3,}\s*")
NOTE_LEFT_OUT = "A note was left out"
_FIELDS = {
    "title": "title",
    "credit": "credit",
    "author": "written_by",
    "authors": "written_by",
    "show": "show",
    "logline": "logline",
    "language": "language",
    "scenewright": "id",
}


def read_fountain(data: bytes, name: str, base: Script | None = None) -> Draft:
    """The script in a Fountain file. `base`: the script it was written from; gives names, places and their ids.

    Emphasis, foreign notes and what is cut out with /* */ are not kept; the draft's warnings say so.
    Raises: BadInput: this is no text, is far too long, or has no scene headings.
    """
    if len(data) > MAX_BYTES:
        raise BadInput(
            f"{name} has {len(data) / 1e6:.1f} MB, more than any script ({MAX_BYTES // 10**6} MB); check it."
        )
    text, warnings = decode(data, name)
    reader = _Reader(DraftBuilder(name, base))
    for warning in warnings:
        reader.out.warn(warning.rstrip("."))
    return reader.read(marks.clean(text).expandtabs(4))


class _Reader:
    def __init__(self, out: DraftBuilder) -> None:
        self.out = out
        self._spoke = False  # whether the last paragraph was a speech, so that another may stand beside it

    def read(self, text: str) -> Draft:
        text, cuts = _without(text, "/*", "*/")
        if cuts:
            self.out.warn("What is cut out with /* */ was left out")
        fields, lines = self._title_page(text.lstrip("\n").split("\n"))
        for paragraph in _paragraphs(lines):
            self._paragraph(paragraph)
        return self.out.finish(**fields)

    def _title_page(self, lines: list[str]) -> tuple[dict[str, str], list[str]]:
        end = next((index for index, line in enumerate(lines) if not line.strip()), len(lines))
        if not _KEY.fullmatch(lines[0]) or marks.is_heading(lines[0]) or marks.is_plain_transition(lines[0].strip()):
            return {}, lines
        found: dict[str, list[str]] = {}
        key = ""
        for line in lines[:end]:
            if (match := _KEY.fullmatch(line)) and not line[0].isspace():
                key = match["key"].strip().lower()
                line = match["value"]
            found.setdefault(key, []).append(self._plain(line))
        return _fields({key: " ".join(" ".join(value).split()) for key, value in found.items()}), lines[end:]

    def _paragraph(self, lines: list[str]) -> None:
        text, notes = _without("\n".join(lines), "[[", "]]")
        remaining = [line.rstrip() for line in text.split("\n")] if notes else lines
        while remaining and (not notes or any(line.strip() for line in remaining)):
            taken = self._element(remaining)
            remaining = remaining[taken:]
        for note in notes:
            self._note(note)

    def _note(self, note: str) -> None:
        word, _, scene = note.strip().partition(" ")
        if word == marks.NOT_PRINTED and scene:
            self.out.identify(marks.clean(unquote(scene.strip())))
        else:
            self.out.warn(NOTE_LEFT_OUT)
            self.out.note(" ".join(marks.clean(note).split()))

    def _element(self, lines: list[str]) -> int:
        """Takes one element from the front of a paragraph; the number of lines it took."""
        first, spoke = lines[0], self._spoke
        self._spoke = False
        if taken := self._structure(first) or self._heading(first):
            return taken
        if all(_CENTERED.fullmatch(line) for line in lines):
            return self._centered(lines)
        if _is_cue(lines):
            self._spoke = self._speech(lines, beside=spoke)
        elif first.startswith(">") or (len(lines) == 1 and marks.is_plain_transition(first.strip())):
            self.out.transition(self._plain(first.removeprefix(">")))
            return 1
        else:
            self._direction(lines)
        return len(lines)

    def _direction(self, lines: list[str]) -> None:
        # a lyric outside a speech is a direction too
        if text := self._text(line[1:] if line[:1] in ("!", "~") else line for line in lines):
            self.out.action(text)

    def _structure(self, line: str) -> int:
        """Sections, synopses and page breaks; 1 if the line was one."""
        if found := _SECTION.fullmatch(line):
            text = self._plain(found["text"])
            if len(found["depth"]) == 1:
                self.out.act(text)
            else:
                self.out.scene_title(text)
        elif line.startswith("=") and not _BREAK.fullmatch(line):
            self.out.synopsis(self._plain(line[1:]))
        return int(bool(found) or line.startswith("="))

    def _heading(self, line: str) -> int:
        forced = re.match(r"\.(?=[^.\s])", line)
        if not forced and not marks.is_heading(line):
            return 0
        text = line[1:] if forced else line
        numbered = marks.NUMBER.match(text)
        heading = self._plain(numbered["text"] if numbered else text)
        self.out.heading(heading, numbered["number"] if numbered else "")
        return 1

    def _centered(self, lines: list[str]) -> int:
        texts = [self._plain(found["text"]) for line in lines if (found := _CENTERED.fullmatch(line))]
        text = "\n".join(texts)
        act = self.out.act_name
        if text != act and text.upper() != f"END OF {act.upper()}":
            self.out.action(text)
        return len(lines)

    def _speech(self, lines: list[str], *, beside: bool) -> bool:
        """Whether another speech may stand beside this one."""
        cue = lines[0].strip().removeprefix("@")
        dual = cue.endswith("^")
        texts = [line.strip() for line in lines[1:]]
        bracketed = texts[0].startswith("(") and texts[0].endswith(")")
        parenthetical = self._plain(texts.pop(0)[1:-1]) if bracketed else ""
        text = self._text(line.removeprefix("~") for line in texts)
        self.out.speech(self._plain(cue.rstrip("^ ")), text, parenthetical, dual=dual and beside)
        return not (dual and beside)

    def _text(self, lines: Iterator[str]) -> str:
        return "\n".join(self._plain(line) for line in lines).strip("\n")

    def _plain(self, line: str) -> str:
        plain, emphasised = marks.unescape(line)
        if emphasised:
            self.out.warn("Emphasis is not kept, only its words")
        return " ".join(plain.split())


def _fields(found: dict[str, str]) -> dict[str, str]:
    fields = {_FIELDS[key]: value for key, value in found.items() if key in _FIELDS}
    if "id" in fields:
        fields["id"] = marks.clean(unquote(fields["id"]))
    if found.get("camera") in ("single", "multi"):
        fields["camera"] = found["camera"]
    return fields


def _is_cue(lines: list[str]) -> bool:
    first = lines[0].strip()
    if len(lines) < 2 or first[:1] in ("!", ">"):
        return False
    return (first.startswith("@") and len(first) > 1) or (marks.is_upper_cue(first) and not lines[0].endswith("  "))


def _paragraphs(lines: list[str]) -> Iterator[list[str]]:
    """Lines up to an empty one. Two spaces make a line that is not empty; an endless paragraph is cut into pieces."""
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if line not in ("", " "):
            paragraph.append(line)
        if paragraph and (line in ("", " ") or len(paragraph) >= _LONGEST):
            if any(each.strip() for each in paragraph):
                yield paragraph
            paragraph = []


def _without(text: str, opening: str, closing: str) -> tuple[str, list[str]]:
    """The text without what stands between the marks, and that. Linear, however many marks are never closed."""
    kept, cut, at = [], [], 0
    while (start := text.find(opening, at)) >= 0 and (end := text.find(closing, start + 2)) >= 0:
        kept.append(text[at:start])
        cut.append(text[start + 2 : end])
        at = end + 2
    return "".join((*kept, text[at:])), cut
