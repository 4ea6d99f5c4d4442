"""A section as units of teaching material: sentences, list items, and the blocks that are shown as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from scenewright.domain.document import Code, DocumentBlock, Formula, Image, Listing, Prose, Quotation, Section, Table
from scenewright.kinds.classroom.offline.grammar import Grammar, grammar
from scenewright.kinds.classroom.offline.grammar.lookup import every_grammar
from scenewright.kinds.classroom.offline.tidy import bare, leading, matcher, tidy, title_text
from scenewright.text import inline
from scenewright.text.sentences import inline_sentences

UnitKind = Literal["sentence", "item", "code", "table", "formula", "image", "quote", "note"]
_WEIGHTS = {"item": 0.7, "formula": 1.5, "image": 2.0, "quote": 1.5, "note": 1.2}
_DECORATION = re.compile(
    r"\b(?:badge|logo|icon|banner|shields?|build|coverage|status|avatar|screenshot of badge)\b", re.I
)
_LONGEST_BYLINE = 160  # characters
_BYLINE = re.compile(  # names and a date, and then nothing more
    r"^(?:by|von|par|por|written by|edited by|作者|文/|撰文)[\s:：]"
    r"|\b(?:authors?|editors?|autor(?:en|innen|es)?|auteurs?|university|institute?|universität|université)\W*$"
    r"|(?:^|[\s,(])(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez)[a-zä]*\.?,?\s(?:\d{1,2},\s)?"
    r"|janvier |février |mars |avril |juin |juillet |août |septembre |octobre |novembre |décembre |de )"
    r"(?:19|20)\d\d\W*$"
    r"|(?:19|20)\d\d\s?年(?:\s?\d{1,2}\s?月)?(?:\s?\d{1,2}\s?日)?\W*$|^\W*\d{4}-\d\d-\d\d\W*$",
    re.IGNORECASE,
)
_LONG_QUOTE, _NOTE_ROOM = 330, 330  # characters
_NESTED = re.compile(r"\s*[–—•◦▪-]\s+(?=\S)")
_CHECKBOX = re.compile(r"^\[[ xX✓]\]\s*")
_ALERT = re.compile(r"\s*\[!(?P<word>\w+)\]\s*", re.IGNORECASE)
_ALERTS = {"note": "info", "tip": "tip", "important": "key", "warning": "warning", "caution": "warning"}


@dataclass(frozen=True, kw_only=True)
class Unit:
    """The smallest thing that can be moved to another scene. `text` is inline text."""

    kind: UnitKind
    section: str
    heading: str  # plain title of its section
    text: str = ""
    details: tuple[str, ...] = ()  # what stands under it, for a list item
    lead: str = ""  # the sentence that introduces it
    tail: str = ""  # the sentence that explains its signs (formulas)
    group: int = 0  # which block of the section it comes from
    ordered: bool = False
    tone: str = ""  # of a note
    block: DocumentBlock | None = None

    @property
    def weight(self) -> float:
        """About how many sentences' worth of attention it takes."""
        if self.kind == "sentence":
            return 0.6 + min(len(self.text), 240) / 200
        if isinstance(self.block, Code):
            return 0.9 + min(self.block.text.count("\n"), 16) / 8
        if isinstance(self.block, Table):
            return 1.0 + min(len(self.block.rows), 8) / 4
        return _WEIGHTS[self.kind] + 0.5 * (bool(self.tail) + (self.kind == "formula" and bool(self.lead)))


def units(sections: Iterable[Section], language: str) -> tuple[Unit, ...]:
    """Everything worth teaching in the sections, in order; whatever there is, if nothing passes as worth it."""
    sections = tuple(sections)
    notes = grammar(language)
    found = tuple(unit for section in sections for unit in _section_units(section, language, notes, strict=True))
    if found:
        return found
    return tuple(unit for section in sections for unit in _section_units(section, language, Grammar(), strict=False))


def teaches(section: Section, language: str) -> bool:
    """Whether there is more to a section than names, dates and labels: a title page has nothing else."""
    return bool(_section_units(section, language, grammar(language), strict=True))


def share(found: Sequence[Unit], part: int, parts: int) -> tuple[Unit, ...]:
    """Share number `part` (from 1) of `parts` runs of about equal weight. None is empty if there are enough units."""
    if parts <= 1 or not found:
        return tuple(found)
    cuts = _cuts(found, min(parts, len(found)))
    index = min(part, len(cuts) - 1)
    return tuple(found[cuts[index - 1] : cuts[index]])


def _cuts(found: Sequence[Unit], parts: int) -> list[int]:
    total = sum(unit.weight for unit in found)
    cuts, seen, done = [0], 0.0, 1
    for index, unit in enumerate(found[:-1], start=1):
        seen += unit.weight
        left = len(found) - index
        enough = seen + found[index].weight / 2 >= total * done / parts
        if done < parts and (enough or left == parts - done) and left >= parts - done:
            cuts.append(index)
            done += 1
    return [*cuts, len(found)]


def _section_units(section: Section, language: str, notes: Grammar, *, strict: bool) -> list[Unit]:
    heading = title_text(section.title)
    found: list[Unit] = []
    lead = ""
    blocks: list[DocumentBlock | None] = [*section.blocks, None]
    for group, (block, following) in enumerate(pairwise(blocks)):
        if block is None:
            continue
        made = _block_units(block, language, notes, strict)
        taken = _lead(made, following, notes) if isinstance(block, Prose) else None
        if taken is not None and (taken or strict):
            made = made[:-1]
        if found and made and _explains(made[0], found[-1], notes):
            found[-1] = replace(found[-1], tail=made[0].text)
            made = made[1:]
        for index, unit in enumerate(made):
            placed = lead if index == 0 and unit.kind not in ("sentence", "note") else ""
            found.append(replace(unit, section=section.id, heading=heading, group=group, lead=placed))
        lead = taken or ""
    return found


def _lead(made: Sequence[Unit], following: DocumentBlock | None, notes: Grammar) -> str | None:
    """The last sentence, if it only introduces what follows; "" if nothing does; None if it says something itself."""
    if not made or made[-1].kind != "sentence":
        return None
    text = made[-1].text
    words = inline.plain(text).rstrip()
    shows = isinstance(following, Code | Table | Formula | Image)
    if words.endswith((":", "：")):
        return text if shows or isinstance(following, Listing | Quotation) else ""
    if shows and not re.search(r"[.!?。！？…][\"'”’»)）]*$", words):
        return bare(text) + ":"  # it goes on in what is shown
    if shows and len(words) < 160 and matcher(notes.leads_in).fullmatch(words):
        return text
    return None


def _explains(unit: Unit, before: Unit, notes: Grammar) -> bool:
    opens = unit.kind == "sentence" and matcher(notes.explains).match(inline.plain(unit.text))
    return before.kind == "formula" and not before.tail and bool(opens)


def _unit(kind: UnitKind, **rest: object) -> Unit:
    return Unit(kind=kind, section="", heading="", **rest)  # type: ignore[arg-type]


def _block_units(block: DocumentBlock, language: str, notes: Grammar, strict: bool) -> list[Unit]:
    match block:
        case Prose(text=text):
            if note := _note(text, language, notes):
                return [note]
            return [_unit("sentence", text=clean) for clean in _sentences(text, language, notes, strict)]
        case Listing(items=items, ordered=ordered):
            clean_items = [clean for item in items if (clean := tidy(item, notes)) and "...." not in clean]
            clean_items = [item for item in clean_items if not _points_elsewhere(item)] or clean_items[: not strict]
            return _items(clean_items, ordered)
        case Table(rows=rows) if any(any(cell.strip() for cell in row) for row in rows):
            return [_unit("table", block=block)]
        case Code(text=text) if text.strip():
            return [_unit("code", block=block)]
        case Formula(latex=latex) if latex.strip():
            return [_unit("formula", block=block)]
        case Image(alt=alt, caption=caption) if not (strict and not caption and _DECORATION.search(alt)):
            return [_unit("image", block=block)]
        case Quotation(text=text):
            if note := _note(text, language, notes):
                return [note]
            clean = tidy(text, notes)
            if len(clean) > _LONG_QUOTE:
                return [_unit("sentence", text=one) for one in _sentences(text, language, notes, strict)]
            label = strict and len(clean) < 40 and not re.search(r"[.!?。！？…]", clean)
            return [_unit("quote", text=clean, block=block)] if clean and not label else []
        case _:
            return []


def _items(texts: Sequence[str], ordered: bool) -> list[Unit]:
    """A nested item (marked with a dash by the readers) belongs to the one above it."""
    made: list[Unit] = []
    for text in texts:
        clean = _CHECKBOX.sub("", text)
        nested = _NESTED.match(clean)
        if nested and made:
            made[-1] = replace(made[-1], details=(*made[-1].details, clean[nested.end() :]))
        elif clean := clean[nested.end() if nested else 0 :].strip():
            made.append(_unit("item", text=clean, ordered=ordered))
    return made


def _points_elsewhere(item: str) -> bool:
    """A list item that is only the name of something that teaches nothing: "Changelog", "License"."""
    words = inline.plain(item).strip(" .:")
    return len(words) < 30 and any(matcher(notes.skipped).fullmatch(words) for notes in every_grammar())


def _is_byline(text: str) -> bool:
    """Who wrote it and when: no statement, so no verb we know, but a date, or a name after "by"."""
    words = inline.plain(text).strip()
    stated = any(matcher(notes.predicates).search(words) for notes in every_grammar())
    return len(words) < _LONGEST_BYLINE and not stated and bool(_BYLINE.search(words))


def _sentences(text: str, language: str, notes: Grammar, strict: bool) -> list[str]:
    cleaned = [clean for sentence in inline_sentences(text, language) if (clean := tidy(sentence, notes))]
    if strict and _is_byline(text):
        return []
    if strict and len(cleaned) == 1 and not re.search(r"[.!?。！？:：…]\W*$", cleaned[0]):
        if re.fullmatch(r"\*+[^*]+\*+", cleaned[0]):
            return []  # a byline or a motto
        # A lone line without a full stop: a caption, a slogan or a link, unless it is long enough to be a sentence.
        return cleaned if len(inline.plain(cleaned[0])) > (18 if re.search("[\u4e00-\u9fff]", text) else 40) else []
    return cleaned


def _note(text: str, language: str, notes: Grammar) -> Unit | None:
    spans = inline.parse(text)
    words = inline.plain(text)
    if alert := _ALERT.match(words):
        return _note_after(spans, language, alert.end(), len(words), _ALERTS.get(alert["word"].lower(), "info"))
    for tone, opening in notes.notes:
        if found := matcher(rf"\s*(?:{opening})\s*[:：!！]\s*").match(words):
            return _note_after(spans, language, found.end(), len(words), tone)
        if spans and spans[0].bold and matcher(rf"\s*(?:{opening})\s*[.:：]?\s*").fullmatch(spans[0].text):
            return _note_after(spans, language, len(spans[0].text), len(words), tone)
    return None


def _note_after(spans: tuple[inline.Span, ...], language: str, start: int, end: int, tone: str) -> Unit | None:
    rest = inline.render(inline.cut(spans, start, end)).strip().lstrip(":：–— ")
    rest = leading(rest, language, _NOTE_ROOM)
    return _unit("note", text=rest, tone=tone) if len(rest) > 8 else None
