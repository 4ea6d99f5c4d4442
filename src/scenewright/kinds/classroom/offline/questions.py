"""Questions made from what a text defines, lists, counts and marks. Wrong options come from the same text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from scenewright.domain.document import Table
from scenewright.domain.quiz import Question
from scenewright.kinds.classroom.offline.candidates import Candidate, by_likeness, choice, folded, quoted, short
from scenewright.kinds.classroom.offline.choosing import leans
from scenewright.kinds.classroom.offline.definitions import Definition, definitions, terms
from scenewright.kinds.classroom.offline.gaps import (
    GAP,
    alike,
    gapped,
    is_name,
    is_worth_asking,
    lists,
    near,
    outside,
    same_term,
    spellings,
)
from scenewright.kinds.classroom.offline.grammar import grammar
from scenewright.kinds.classroom.offline.material import Unit
from scenewright.kinds.classroom.offline.phrases import Phrases, labelled, phrases, pick
from scenewright.kinds.classroom.offline.phrases.lookup import chance
from scenewright.kinds.classroom.offline.procedures import is_procedure
from scenewright.kinds.classroom.offline.shorten import bullet
from scenewright.kinds.classroom.offline.tables import columns
from scenewright.kinds.classroom.offline.tidy import bare, matcher
from scenewright.text import inline
from scenewright.text.words import content_words

_NUMBER = re.compile(r"(?<![\w.,/-])\d+(?:[.,]\d+)*(?:\s?%)?(?![\w/]|[.,]\d|-\d)")
_COMPARED = re.compile(  # the number of a condition or of a version, not one to know
    r"[<>=≥≤≈(]\s*\d|\d\s*[−+×*]|\b(?:licen[cs]e|lizenz|version(?:s|en)?)\b|版本|许可", re.IGNORECASE
)
_ENDLESS = re.compile(
    r"(?:and |und |much |many |viele |sowie )*(?:more|others?|mehr|weitere|etc|andere)\W*", re.IGNORECASE
)
_HAN = re.compile(r"[\u4e00-\u9fff]")


def candidates(found: Sequence[Unit], language: str, seed: str) -> list[Candidate]:
    """Everything that can be asked about the units, best kinds first within each section."""
    maker = _Maker(found, language, seed)
    return [
        *maker.meanings(), *maker.names(), *maker.members(), *maker.order(), *maker.cells(), *maker.numbers(),
        *maker.gaps(), *maker.topics(),
    ]  # fmt: skip


class _Maker:
    """Holds what every sort of question needs to know of the text."""

    def __init__(self, found: Sequence[Unit], language: str, seed: str) -> None:
        self._found = found
        self._language = language
        self._seed = seed
        self._say: Phrases = phrases(language)
        defined = definitions(found, language)
        meanings = Counter(folded(d.meaning) for d in defined)
        self._defined = [d for d in defined if meanings[folded(d.meaning)] == 1]  # two terms for one thing: unfair
        self._terms = tuple(t for t in terms(found, language) if is_worth_asking(t))
        self._known = {d.name: "" if d.marked else d.sentence for d in defined}
        self._sentences = [
            u for u in found if u.kind == "sentence" and 25 <= len(u.text) * (3 if _HAN.search(u.text) else 1) <= 300
        ]

    def meanings(self) -> Iterator[Candidate]:
        for d in self._defined:
            others = [e.meaning for e in self._defined if not same_term(d.name, e.name)]
            prompt = self._pick(self._say.ask_meaning, d.name).format(term=d.term)
            made = choice(
                "single",
                prompt,
                [d.meaning],
                by_likeness(d.meaning, others, d.name),
                self._source(d.sentence),
                self._seed,
            )
            if made:
                yield Candidate(
                    question=made, kind="meaning", quality=3.0 + self._trust(d), section=d.section, about=d.name
                )

    def _trust(self, definition: Definition) -> float:
        """What the author marked as a term is asked before what only reads like one."""
        return 0.0 if definition.marked else -0.9

    def names(self) -> Iterator[Candidate]:
        for d in self._defined:
            meaning = quoted(bare(d.meaning), self._language)
            others = [
                inline.escape(t)
                for t in self._terms
                if not same_term(d.name, t) and t.lower() not in d.sentence.lower()
            ]
            prompt = self._pick(self._say.ask_term, d.name).format(meaning=meaning)
            others = by_likeness(d.term, others, d.name)
            made = choice("single", prompt, [inline.escape(d.name)], others, self._source(d.sentence), self._seed)
            if made:
                yield Candidate(
                    question=made, kind="name", quality=2.6 + self._trust(d), section=d.section, about=d.name
                )
            if len(d.name) <= 28:
                answers = spellings(d.name)
                yield Candidate(
                    question=short(prompt, answers, self._source(d.sentence)),
                    kind="recall", quality=1.9 + self._trust(d), section=d.section, about=d.name,
                )  # fmt: skip

    def members(self) -> Iterator[Candidate]:
        found = lists(self._found)
        for items in found:
            if items[0].ordered or len(items) < 3 or not items[0].heading:
                continue
            own = [self._item(u) for u in items]
            others = [self._item(u) for other in found if other is not items for u in other]
            brief = max(map(len, own)) < 40
            others += [
                inline.escape(t) for t in self._terms if brief and not any(t.lower() in text.lower() for text in own)
            ]
            telling_ones = [text for text in own if 6 <= len(text) <= 90 and not _ENDLESS.fullmatch(inline.plain(text))]
            kept = sorted(telling_ones, key=lambda text: chance(self._seed, text))[:2]
            if len(kept) < 2:
                continue
            strange = [t for t in others if folded(t) not in {folded(o) for o in own}]
            lead = inline.plain(bare(items[0].lead))
            title = lead if 3 < len(lead) < 60 else items[0].heading
            prompt = self._pick(self._say.ask_members, title).format(title=inline.escape(title))
            listing = self._say.comma.join(own[:6])
            made = choice(
                "multiple", prompt, kept, by_likeness(kept[0], strange, title), self._source(listing), self._seed
            )
            if made and len(made.options) >= 4 and all(len(o.text) < 110 for o in made.options):
                yield Candidate(question=made, kind="multiple", quality=2.2, section=items[0].section, about=title)

    def order(self) -> Iterator[Candidate]:
        for items in lists(self._found):
            if len(items) < 3 or not is_procedure(items, self._language):
                continue
            steps = [self._item(u) for u in items]
            at = len(steps) // 2 - 1
            asked = at >= 0 and self._say.ask_after
            prompt = (
                self._pick(self._say.ask_after, steps[at]).format(step=quoted(steps[at], self._language))
                if asked
                else self._pick(self._say.ask_first, items[0].heading).format(title=inline.escape(items[0].heading))
            )
            right = steps[at + 1] if asked else steps[0]
            wrong = [step for step in steps if step not in (right, steps[at] if asked else right)]
            listing = " → ".join(steps[:5])
            made = choice("single", prompt, [right], wrong, self._source(listing), self._seed) if prompt else None
            if made:
                yield Candidate(question=made, kind="order", quality=2.3, section=items[0].section, about=right)

    def cells(self) -> Iterator[Candidate]:
        for unit in self._found:
            if isinstance(unit.block, Table) and len(unit.block.header) > 1:
                yield from self._table(unit, unit.block)

    def _table(self, unit: Unit, table: Table) -> Iterator[Candidate]:
        rows = [row for row in table.rows if len(row) > 1 and is_name(row[0])]
        if len(rows) < len(table.rows):
            return  # what belongs to a number is trivia
        counted = {column.name: column.values for column in columns(table, self._language)}
        for index in range(1, len(table.header)):
            name = inline.plain(table.header[index]).strip()
            if not name:
                continue
            made = (
                self._highest(table, name, counted[name])
                if name in counted
                else self._entry(rows, index, table.header[index].strip())
            )
            if made:
                quality = 2.1 if name in counted else 2.0
                yield Candidate(question=made, kind="cell", quality=quality, section=unit.section, about=made.prompt)

    def _highest(self, table: Table, column: str, values: Sequence[float]) -> Question | None:
        """Which of the named things comes first, rather than with which number."""
        rows = [row for row in table.rows if any(cell.strip() for cell in row)]
        top = max(values)
        if len(values) < 3 or values.count(top) > 1 or not self._say.ask_highest:
            return None
        best = rows[values.index(top)]
        right = best[0].strip()
        wrong = [row[0].strip() for row in rows if folded(row[0]) != folded(right)]
        prompt = self._pick(self._say.ask_highest, column).format(column=inline.escape(column))
        cell = best[[inline.plain(name).strip() for name in table.header].index(column)]
        why = self._source(f"{right} – {inline.escape(column)}: {cell.strip()}")
        return choice("single", prompt, [right], wrong, why, self._seed)

    def _entry(self, rows: Sequence[Sequence[str]], column: int, name: str) -> Question | None:
        usable = [row for row in rows if column < len(row) and 0 < len(row[column].strip()) <= 60]
        worded = [row for row in usable if is_name(row[column])]
        if len({folded(row[column]) for row in usable}) < 3 or not worded:
            return None
        row = worded[(column * 2 - 1) % len(worded)]
        if sum(folded(other[0]) == folded(row[0]) for other in rows) > 1:
            return None
        right, label = row[column].strip(), row[0].strip()
        wrong = [other[column].strip() for other in usable if folded(other[column]) != folded(right)]
        prompt = self._pick(self._say.ask_table, right).format(label=label, column=name)
        why = self._source(f"{label} – {name}: {right}")
        return choice("single", prompt, [right], by_likeness(right, wrong, name), why, self._seed)

    def numbers(self) -> Iterator[Candidate]:
        pool = [n for u in self._sentences for n in _NUMBER.findall(outside(u.text))]
        for unit in self._sentences:
            asked = _NUMBER.findall(outside(unit.text))
            if len(asked) != 1 or leans(unit.text, self._language) or self._unfair(unit.text):
                continue
            right = asked[0]
            sentence = gapped(unit.text, right)
            wrong = [n for n in pool if n != right and alike(n, right)] + near(right)
            prompt = self._pick(self._say.ask_gap, right).format(sentence=quoted(sentence, self._language))
            made = choice("single", prompt, [right], wrong, self._source(unit.text), self._seed) if sentence else None
            if made:
                yield Candidate(question=made, kind="number", quality=1.7, section=unit.section, about=right)

    def _unfair(self, text: str) -> bool:
        """Whether its number belongs to a condition, a figure or a table: nothing to know."""
        return bool(_COMPARED.search(text) or matcher(grammar(self._language).passing).search(inline.plain(text)))

    def gaps(self) -> Iterator[Candidate]:
        for unit in self._sentences:
            word = next((t for t in self._terms if self._missed(t, unit.text)), "")
            quality, kind = 1.8, "gap"
            if not word:
                word, quality, kind = self._long_word(unit.text), 0.8, "fill"
            sentence = gapped(unit.text, word) if word else ""
            if not sentence or leans(unit.text, self._language):
                continue
            others = [
                inline.escape(t) for t in self._terms if not same_term(t, word) and t.lower() not in unit.text.lower()
            ]
            why = self._source(unit.text)
            if kind == "gap":
                prompt = self._pick(self._say.ask_gap, word).format(sentence=quoted(sentence, self._language))
                made = choice("single", prompt, [inline.escape(word)], by_likeness(word, others, word), why, self._seed)
                if made:
                    yield Candidate(question=made, kind=kind, quality=quality, section=unit.section, about=word)
            prompt = self._pick(self._say.ask_gap_short, word).format(sentence=quoted(sentence, self._language))
            yield Candidate(
                question=short(prompt, spellings(word), why), kind="fill",
                quality=quality - 0.4, section=unit.section, about=word,
            )  # fmt: skip

    def _missed(self, term: str, text: str) -> bool:
        """Whether a sentence without the term asks for knowledge: it is marked in it, or defined by the text.

        What only reads like a term is missed in its own definition alone.
        """
        known = term in self._known and self._known[term] in ("", text)
        known = known or any(term == s.text.strip() for s in inline.parse(text) if s.bold or s.code)
        return known and len(term) < 30 and bool(gapped(text, term))

    def topics(self) -> Iterator[Candidate]:
        titles = list(dict.fromkeys(u.heading for u in self._found if u.heading))
        if len(titles) < 3:
            return
        for unit in self._sentences:
            words = set(content_words(unit.heading, self._language))
            if (
                not unit.heading
                or leans(unit.text, self._language)
                or words & set(content_words(unit.text, self._language))
            ):
                continue  # it leans on others, or names its topic itself
            prompt = self._pick(self._say.ask_topic, unit.text).format(sentence=quoted(unit.text, self._language))
            wrong = [inline.escape(t) for t in titles if t != unit.heading]
            right = inline.escape(unit.heading)
            why = labelled(right, quoted(unit.text, self._language), self._language)
            made = choice("single", prompt, [right], wrong, why, self._seed)
            if made:
                yield Candidate(question=made, kind="topic", quality=1.2, section=unit.section, about=unit.text)

    def _long_word(self, text: str) -> str:
        counts = Counter(word for u in self._found for word in content_words(u.text, self._language))
        words = re.findall(r"[^\W\d_]{6,}", outside(text)) if not _HAN.search(text) else []
        return max(words, key=lambda w: (min(counts[w.lower()], 4), len(w)), default="")

    def _item(self, unit: Unit) -> str:
        return bullet(unit.text, self._language, 80)

    def _source(self, text: str) -> str:
        return self._say.source.format(sentence=quoted(text, self._language))

    def _pick(self, variants: tuple[str, ...], *seed: str) -> str:
        return pick(variants, self._seed, *seed)


__all__ = ["GAP", "Definition", "candidates"]
