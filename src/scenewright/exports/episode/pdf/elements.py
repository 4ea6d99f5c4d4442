"""The elements of a scene as blocks: directions, shots, speeches, pairs of speeches, transitions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from scenewright.domain.screenplay import Action, Dialogue, ScriptScene, Transition
from scenewright.exports.episode.pdf.block import Block, Row, Span, rows, size
from scenewright.exports.episode.pdf.cells import clean, flat, width, wrap
from scenewright.exports.episode.pdf.measures import Measures, Speech
from scenewright.exports.episode.pdf.model import LEFT, PITCH
from scenewright.text.sentences import sentences

CONTINUED = "(CONT'D)"
MORE = "(MORE)"


@dataclass(frozen=True, kw_only=True)
class Setting:
    """How a script is set. `names`: of the cast, by id, in capitals."""

    measures: Measures
    lines: int  # of a page
    multi: bool
    numbers: bool
    language: str
    names: Mapping[str, str]

    def name(self, character: str) -> str:
        return self.names.get(character) or flat(character).upper()


def elements(scene: ScriptScene, setting: Setting) -> Iterator[Block]:
    """A speech after which the same character goes on, with only directions between, says so in its cue."""
    found, last = list(scene.elements), ""
    while found:
        match found.pop(0):
            case Action() as action:
                yield from _action(action, setting)
            case Transition() as transition:
                yield from _transition(transition, setting)
                last = ""
            case Dialogue() as speech:
                pair = found[0] if found else None
                if isinstance(pair, Dialogue) and pair.dual and (block := _dual(speech, pair, setting)):
                    yield block
                    del found[0]
                    last = ""
                else:
                    yield _speech(speech, setting, setting.measures.speech, continued=speech.character == last)
                    last = speech.character


def pieces(text: str, language: str) -> tuple[str, ...]:
    """Sentences with what separates them; joined, they are the text."""
    starts, at = [], 0
    for sentence in sentences(text, language):
        at = text.index(sentence, at)
        starts.append(at)
        at += len(sentence)
    return tuple(text[a:b] for a, b in zip([0, *starts[1:]], [*starts[1:], len(text)], strict=True)) if starts else ()


def _action(action: Action, setting: Setting) -> Iterator[Block]:
    shot = action.camera and not setting.multi
    text = clean(action.text).upper() if shot or setting.multi else clean(action.text)
    if text:
        yield Block(
            role="shot" if shot else "action",
            pieces=pieces(text, setting.language),
            frame=setting.measures.body,
            with_next=shot,
        )


def _transition(transition: Transition, setting: Setting) -> Iterator[Block]:
    text, frame = flat(transition.text).upper(), setting.measures.transition
    opening = text.startswith("FADE IN")
    right = frame.x + frame.columns * PITCH
    lead = tuple(
        (
            Span(
                x=LEFT if opening else right - width(line) * PITCH,
                text=line,
                role="transition",
                underline=setting.multi,
            ),
        )
        for line in wrap(text, frame.columns)
    )
    if lead:
        yield Block(role="transition", lead=lead, with_last=not opening, with_next=opening)


def _speech(speech: Dialogue, setting: Setting, at: Speech, *, continued: bool = False) -> Block:
    """In multi-camera layout what is in brackets stands in the speech, in capitals, and lines are doubled."""
    text, aside = clean(speech.text), _aside(speech)
    if setting.multi and aside:
        text, aside = f"({aside.upper()}) {text}".rstrip(), ""
    space: tuple[Row, ...] = ((),) if setting.multi and text else ()
    asides: tuple[Row, ...] = tuple(
        (Span(x=at.parenthetical.x + (PITCH if n else 0.0), text=line, role="parenthetical"),)
        for n, line in enumerate(wrap(f"({aside})", at.parenthetical.columns - 1) if aside else ())
    )
    more = Span(x=at.cue.x, text=MORE, role="more")
    return Block(
        role="dialogue",
        lead=(*_cue(speech, setting, at, continued=continued), *asides, *space),
        pieces=pieces(text, setting.language),
        frame=at.dialogue,
        double=setting.multi,
        again=(*_cue(speech, setting, at, continued=True), *space),
        more=(*space, (more,)),
    )


def _aside(speech: Dialogue) -> str:
    text = flat(speech.parenthetical)
    return text[1:-1].strip() if text.startswith("(") and text.endswith(")") else text


def _cue(speech: Dialogue, setting: Setting, at: Speech, *, continued: bool) -> tuple[Row, ...]:
    extension = flat(speech.extension).strip("() ").upper()
    parts = (setting.name(speech.character), f"({extension})" if extension else "", CONTINUED if continued else "")
    text = " ".join(filter(None, parts))
    return tuple((Span(x=at.cue.x, text=line, role="character"),) for line in wrap(text, at.cue.columns))


def _dual(left: Dialogue, right: Dialogue, setting: Setting) -> Block | None:
    """Two speeches side by side, kept on one page; None if they need more than that."""
    sides = [_speech(each, setting, at) for each, at in zip((left, right), setting.measures.dual, strict=True)]
    height = max(map(size, sides))
    if height > setting.lines // 2:
        return None
    columns = [rows(side) + [()] * (height - size(side)) for side in sides]
    return replace(Block(role="dialogue"), lead=tuple((*a, *b) for a, b in zip(*columns, strict=True)))
