"""What is seen of a beat, and how a comic beat plays in four steps. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scenewright.domain.show import ScenePlan
from scenewright.kinds.episode.offline.clauses import BEGGING, SAYING, forms, parsed
from scenewright.kinds.episode.offline.lexicon import word_set
from scenewright.kinds.episode.offline.marks import holds
from scenewright.kinds.episode.offline.saying import Named
from scenewright.text.words import content_words

SPOKEN = (
    SAYING
    | BEGGING
    | word_set("ask blame thank accuse forgive apologise apologize offer congratulate wonder demand remark refuse")
)
STAGES = ("setup", "escalation", "climax", "resolution")
_PIECES = re.compile(r"(?<=[.;!?])\s+|,\s+(?=(?:then|until|and|but)\b)|;\s*")


def acted(text: str, named: Named) -> bool:
    """Whether a clause is by its verb something to see, rather than something to say. See `Given.told` for beats."""
    clause = parsed(text, named)
    return clause.verb not in SPOKEN and not clause.said and not (clause.kind == "free" and bool(clause.subject))


def told(text: str, terms: Sequence[str], description: str) -> bool:
    """Whether a text is found to tell of something planned, as the measures look for it."""
    if terms:
        return any(holds(text, term) for term in terms)
    wanted = set(content_words(description, "en"))
    return bool(wanted) and len(wanted & set(content_words(text, "en"))) >= max(min(2, len(wanted)), len(wanted) / 2)


def shown(plan: ScenePlan, named: Named, text: str, terms: Sequence[str]) -> bool:
    """Whether the beats tell of something planned, or the directions will, so that nobody needs to say it."""
    beats = [*plan.beats, *plan.comic_beats, *([plan.act_out] if plan.act_out else [])]
    if any(told(beat, terms, text) for beat in beats):
        return True
    clause = parsed(text, named)
    return clause.kind in ("deed", "event", "find") and not clause.said and told(text, terms, text)


def capitals(text: str, named: Named) -> str:
    """A direction with the names of people in capitals."""
    for _, name in named:
        for form in sorted(forms(name), key=len, reverse=True):
            text = re.sub(rf"(?<![\w]){re.escape(form)}(?![\w])", form.upper(), text)
    return text


def stop(text: str) -> str:
    plain = " ".join(text.split()).strip(" ,;")
    plain = plain[:1].upper() + plain[1:]
    return plain if plain[-1:] in ".!?…:" else f"{plain}."


def stages(text: str) -> Iterator[tuple[str, str]]:
    """A physical gag as (stage, text): the pieces of a comic beat, three steps up and one down."""
    pieces = [
        stop(re.sub(r"^(?:and|but)\s+", "", piece)) for piece in _PIECES.split(text) if piece and piece.strip(" .,;")
    ]
    if len(pieces) > 1 and len(pieces[0].split()) < 4:
        pieces[:2] = [f"{pieces[0]} {pieces[1]}"]
    last = len(pieces) - 1
    for at, piece in enumerate(pieces):
        if at == 0:
            yield "setup", piece
        elif at == last and at >= 3:
            yield "resolution", piece
        elif at >= last - (last >= 3):
            yield "climax", piece
        else:
            yield "escalation", piece
