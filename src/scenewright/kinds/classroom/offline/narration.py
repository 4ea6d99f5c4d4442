"""What the teacher says about each thing on a slide. Everything returned is plain spoken text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scenewright.domain.document import Table
from scenewright.domain.slides import (
    CalloutBlock,
    ChartBlock,
    CodeBlock,
    ComparisonBlock,
    DiagramBlock,
    FormulaBlock,
    HeadingBlock,
    ImageBlock,
    QuoteBlock,
    SlideBlock,
    StepsBlock,
    TableBlock,
)
from scenewright.kinds.classroom.offline.phrases import Phrases, phrases, pick
from scenewright.kinds.classroom.offline.shorten import without_connective
from scenewright.kinds.classroom.offline.tables import columns
from scenewright.kinds.classroom.offline.tidy import capital
from scenewright.text import inline
from scenewright.text.latex import latex_words
from scenewright.text.sentences import base
from scenewright.text.spoken import spoken, spoken_plain
from scenewright.text.timing import speaking_seconds

_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_SIGN = re.compile(r"[%°µ/²³$€A-Za-z]{1,4}|[\u4e00-\u9fff]{1,2}")  # a unit that is said after the number
_NUMBERED = re.compile(
    r"\W*(?:table|figure|fig\.|listing|tabelle|abbildung|abb\.|tableau|tabla|figura|表|图)\s*\d+(?:[.-]\d+)*\W*\s",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(r"\s*(?:#|//|--|;|%|/\*|<!--)\s*([\w./-]*\w\.\w{1,5})\s*(?:\*/|-->)?\s*\n")
_READ_ROWS, _LONG_ROW = 3, 9.0  # seconds
_LONG_FORMULA = 28  # words; beyond that a formula is for the eye


class Teller:
    """Puts blocks into words. `avoid`: what was said lately, so that phrases vary."""

    def __init__(self, language: str, seed: str, avoid: str) -> None:
        self.language = language
        self.say: Phrases = phrases(language)
        self._seed = seed
        self._avoid = avoid
        self._told: set[str] = set()

    def phrase(self, variants: tuple[str, ...], slot: str, **values: object) -> str:
        """A phrase of the table, filled in; it is remembered, so that it is not used again soon."""
        chosen = pick(variants, self._seed, slot, avoid=self._avoid)
        said = chosen.format(**values)
        self._avoid += f" {said}"
        return said

    def block(self, block: SlideBlock, said: Sequence[str]) -> str:
        """All there is to say about a block as a whole; "" if nothing."""
        lead = self.sentences(said, first=True)
        match block:
            case HeadingBlock(text=text):
                return full_stop(self.plain(text), self.language)
            case CodeBlock(code=code):
                return self._code(lead, code)
            case TableBlock() as table:
                return self._table(lead, table)
            case ChartBlock(series=series):
                names = self.listed([self.plain(inline.escape(one.name)) for one in series])
                return join(lead, self.phrase(self.say.chart, "chart", names=names), *self._extremes(_as_table(block)))
            case FormulaBlock(latex=latex, caption=caption):
                tail = full_stop(self.plain(capital(caption)), self.language)
                return join(self._formula(lead, latex), tail)
            case ImageBlock(caption=caption, alt=alt):
                named = self.plain(_NUMBERED.sub("", caption)) or spoken_plain(
                    alt if _wordy(alt) else "", self.language
                )
                words = full_stop(self.say.image_named.format(caption=named), self.language) if named else ""
                return join(lead, words or ("" if lead else self.phrase(self.say.image, "image")))
            case QuoteBlock(text=text):
                return join(lead or self.phrase(self.say.quote, "quote"), self.plain(text))
            case DiagramBlock(nodes=nodes):
                path = self.say.comma.join(spoken_plain(node.label, self.language) for node in nodes)
                return join(lead or self.phrase(self.say.diagram, "diagram"), full_stop(path, self.language))
            case ComparisonBlock() as sides:
                return self._comparison(sides)
            case CalloutBlock(tone=tone) if tone != "key":
                return join(self.phrase(self.say.notes.get(tone, ()), tone), lead)
            case StepsBlock(items=items) if not lead:
                return self.phrase(self.say.steps, "steps", count=len(items))
            case _:
                return lead

    def step(self, number: int, text: str) -> str:
        return self.say.step.format(n=number, text=text)

    def sentences(self, texts: Sequence[str], *, first: bool) -> str:
        """Source sentences as speech. The first one does not lean on what nobody has said."""
        spoken_ones: list[str] = []
        for text in texts:
            if text in self._told:
                continue
            self._told.add(text)
            clear = without_connective(text, self.language) if first and not spoken_ones else text
            spoken_ones.append(full_stop(self.plain(capital(clear)), self.language))
        return join(*spoken_ones)

    def plain(self, text: str) -> str:
        return spoken(text, self.language)

    def listed(self, names: Sequence[str]) -> str:
        names = [name for name in names if name]
        if len(names) < 2:
            return "".join(names)
        return self.say.comma.join(names[:-1]) + self.say.and_ + names[-1]

    def _code(self, lead: str, code: str) -> str:
        lines = [line for line in code.splitlines() if line.strip()]
        if len(lines) == 1 and len(lines[0]) < 60 and self.say.code_line:
            words = spoken_plain(lines[0].lstrip("$> "), self.language)
            if words and lead.endswith((":", "：")):
                return join(lead, full_stop(words, self.language))
            return join(lead, self.phrase(self.say.code_line, "line", code=words) if words else "")
        if lead:
            return lead
        if (named := _FILE_NAME.match(code)) and self.say.code_file:
            return self.phrase(self.say.code_file, "file", name=spoken_plain(named[1], self.language))
        size = self.phrase(self.say.code_size, "size", count=len(lines)) if len(lines) > 4 else ""
        return join(self.phrase(self.say.code, "code"), size)

    def _table(self, lead: str, table: TableBlock) -> str:
        caption = (
            full_stop(self.plain(_NUMBERED.sub("", table.caption)), self.language) if table.caption and not lead else ""
        )
        names = self.listed([self.plain(cell) for cell in table.header])
        intro = self.phrase(self.say.table, "table", columns=names) if names else ""
        whole = Table(header=table.header, rows=table.rows)
        return join(lead or caption, intro, *(self._extremes(whole) or self._rows(table)))

    def _rows(self, table: TableBlock) -> list[str]:
        """A few rows read out, where they are words rather than numbers."""
        said: list[str] = []
        for row in table.rows[:_READ_ROWS]:
            cells = [cell for cell in (self.plain(cell) for cell in row) if cell]
            text = full_stop(f"{cells[0]}: {self.say.comma.join(cells[1:])}", self.language) if len(cells) > 1 else ""
            if text and speaking_seconds(text, self.language) < _LONG_ROW:
                said.append(text)
        return said

    def _extremes(self, table: Table) -> list[str]:
        found = columns(table, self.language)
        if not found or not self.say.table_high or len(table.rows) < 3:
            return []
        column = found[0]
        said: list[str] = []
        header = [inline.plain(cell).strip() for cell in table.header]
        for template, value in ((self.say.table_high, max(column.values)), (self.say.table_low, min(column.values))):
            if column.values.count(value) != 1:
                return said
            row = table.rows[column.values.index(value)]
            cell = self.plain(row[header.index(column.name, 1)])
            text = template.format(column=self.plain(inline.escape(column.name)), value=cell, label=self.plain(row[0]))
            said.append(text)
        return said

    def _formula(self, lead: str, latex: str) -> str:
        words = latex_words(latex, self.language)
        count = len(words) / 2 if base(self.language) in ("zh", "ja") else len(words.split())
        read = self.say.formula_long
        if words and count <= _LONG_FORMULA:
            named = lead.endswith((":", "："))
            read = full_stop(words, self.language) if named else self.say.formula_words.format(words=words)
        return join(lead or self.phrase(self.say.formula, "formula"), read)

    def _comparison(self, sides: ComparisonBlock) -> str:
        left, right = self.plain(sides.left_title), self.plain(sides.right_title)
        intro = self.phrase(self.say.comparison, "sides", left=left, right=right)
        halves = [
            join(f"{title}:", *(full_stop(self.plain(item), self.language) for item in items))
            for title, items in ((left, sides.left), (right, sides.right))
        ]
        return join(intro, *halves)


def full_stop(text: str, language: str) -> str:
    """Ends like a sentence, so that the voice falls."""
    text = text.strip().rstrip(",;，；、")
    if not text:
        return ""
    if re.search(r"[.!?。！？…:：][\"'”’»」』)）]*$", text):
        return text
    return text + ("。" if _HAN.search(text[-1]) or (_HAN.search(text) and base(language) in ("zh", "ja")) else ".")


def join(*sentences: str) -> str:
    """Sentences one after the other: with a space, except after Chinese."""
    said = ""
    for sentence in sentences:
        if sentence:
            glue = "" if not said or re.search(r"[。！？：”」]$", said) else " "
            said += glue + sentence
    return said


def _wordy(alt: str) -> bool:
    """Whether a picture's text is a description, rather than what was found in it or a file name."""
    words = re.findall(r"[^\W\d_]{3,}|[\u4e00-\u9fff]{2}", alt)
    return len(words) > 1 and sum(map(len, words)) * 2 > len(alt)


def _as_table(chart: ChartBlock) -> Table:
    header = ("", *(inline.escape(one.name) for one in chart.series))
    unit = chart.unit if _SIGN.fullmatch(chart.unit) and not re.search(r"[(（]", header[1]) else ""
    rows = tuple(
        (inline.escape(label), *(f"{one.values[index]:g}{unit}" for one in chart.series))
        for index, label in enumerate(chart.labels)
    )
    return Table(header=header, rows=rows)


__all__ = ["Teller", "full_stop", "join"]
