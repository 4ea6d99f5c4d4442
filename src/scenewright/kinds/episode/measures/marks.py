"""Whether people talk as the bible says: their tics, catchphrases and words, the length of their sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scenewright.domain.assessment import Finding
from scenewright.domain.show import Character, Length
from scenewright.kinds.episode.measures.parts import clip
from scenewright.kinds.episode.measures.reading import Item, Reading, phrase_words
from scenewright.text.sentences import sentences

EXPECTED = 0.2  # share of the lines that carry a mark of their speaker; more earns nothing
LENGTHS: Sequence[Length] = ("short", "medium", "long")
SHORT, MEDIUM = 6, 12  # words in a sentence, on average, at most


@dataclass(frozen=True, kw_only=True)
class Fit:
    """How the lines of one character fit the bible."""

    own: int  # lines with a mark of their speaker
    foreign: int  # lines with somebody else's mark and none of the speaker's, or that call the speaker by name
    lines: int
    length: float | None  # 1 as the bible says, 0.5 next to it, 0 else; None if it says nothing
    marked: bool  # the bible gives marks for this character

    @property
    def value(self) -> float | None:
        """0 to 1; None where the bible says nothing and nothing was taken from others."""
        if not self.marked and not self.foreign:
            return self.length
        right = self.own / (self.own + self.foreign) if self.own + self.foreign else 0.0
        often = clip(self.own / (EXPECTED * self.lines)) if self.lines else 0.0
        marks = right * often if self.marked else 1 - clip(self.foreign / max(1.0, EXPECTED * self.lines))
        return marks if self.length is None else 0.75 * marks + 0.25 * self.length


def marks_of(character: Character) -> tuple[str, ...]:
    voice = character.voice
    return (*voice.catchphrases, *voice.tics, *voice.vocabulary)


def fits(reading: Reading, characters: Sequence[Character]) -> Mapping[str, Fit]:
    """For every character of the bible who speaks."""
    spoken = {each.id: [line for line in reading.lines if line.speaker == each.id] for each in characters}
    return {each.id: _fit(reading, each, characters, spoken[each.id]) for each in characters if spoken[each.id]}


def _fit(reading: Reading, who: Character, everybody: Sequence[Character], lines: Sequence[Item]) -> Fit:
    language = reading.language
    mine = marks_of(who)
    theirs = [mark for each in everybody if each.id != who.id for mark in marks_of(each) if mark not in mine]
    own = [line for line in lines if any(line.says(mark, language) for mark in mine)]
    rest = [line for line in lines if line not in own]
    foreign = [line for line in rest if any(line.says(mark, language) for mark in theirs)]
    named = [line for line in lines if line not in foreign and _calls(line, who.name, language)]
    return Fit(
        own=len(own),
        foreign=len(foreign) + len(named),
        lines=len(lines),
        length=_length_fit(who.voice.sentence_length, lines, language),
        marked=bool(mine),
    )


def _length_fit(wanted: Length, lines: Sequence[Item], language: str) -> float | None:
    if not wanted:
        return None
    said = sum(len(sentences(line.element.text, language)) for line in lines)
    average = sum(len(line.words) for line in lines) / max(1, said)
    found = 0 if average <= SHORT else 1 if average <= MEDIUM else 2
    return 1 - abs(found - LENGTHS.index(wanted)) / 2


def _calls(line: Item, name: str, language: str) -> bool:
    """Whether the line speaks to somebody of that name: it begins or ends with it, set off by a comma."""
    first = name.split(maxsplit=1)[0].lower() if name.strip() else ""
    text = line.element.text.strip().lower().rstrip(".!?… ")
    return bool(first) and (text.startswith(f"{first},") or text.endswith(f", {first}"))


def misused(reading: Reading, characters: Sequence[Character]) -> Iterator[Finding]:
    """Catchphrases in the wrong mouth, and people who call themselves by name."""
    for each in characters:
        for phrase in each.voice.catchphrases:
            yield from _stolen(reading, each, phrase, characters)
        for line in reading.lines:
            if line.speaker == each.id and _calls(line, each.name, reading.language):
                yield line.finding("own_name", f"{each.name} speaks to {each.name}: whose line is this?")


def _stolen(reading: Reading, owner: Character, phrase: str, everybody: Sequence[Character]) -> Iterator[Finding]:
    sharing = {each.id for each in everybody if phrase in each.voice.catchphrases}
    for line in reading.lines:
        if line.speaker not in sharing and line.says(phrase, reading.language):
            who = reading.name(line.speaker)
            yield line.finding("wrong_catchphrase", f"{who} says “{phrase}”, which is the catchphrase of {owner.name}.")


def declared(reading: Reading, characters: Sequence[Character]) -> tuple[tuple[str, ...], ...]:
    """Tics and catchphrases as words: repeating them is the point."""
    phrases = (phrase for each in characters for phrase in (*each.voice.catchphrases, *each.voice.tics))
    return tuple(filter(None, (phrase_words(phrase, reading.language) for phrase in phrases)))
