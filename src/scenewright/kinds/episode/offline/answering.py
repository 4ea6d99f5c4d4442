"""Which pack an answer comes from: by what was said, or by what was seen to be done. Pure."""

from __future__ import annotations

from scenewright.kinds.episode.offline.clauses import Clause
from scenewright.kinds.episode.offline.lexicon import word_set
from scenewright.kinds.episode.offline.utterance import Utterance

_SEEN = {
    "give": word_set("give hand bring offer pass lend donate serve deliver show throw toss feed fetch return"),
    "take": word_set("take steal grab snatch seize pocket eat swallow drink catch collect pick borrow remove"),
    "hide": word_set("hide conceal bury stash cover lock tuck put disguise wrap"),
    "break": word_set("break smash drop tear crack spill wreck ruin burn kick knock bump trip fall slip hit split sit"),
    "come": word_set("come arrive enter return appear burst walk step run climb"),
    "go": word_set("go leave flee storm retreat escape vanish sneak"),
    "look": word_set(
        "look see find notice discover spot watch stare read count measure inspect check search open examine"
    ),
    "make": word_set(
        "make build fix mend repair draw write paint cook bake polish set hang unroll start turn press pull"
    ),
}


def answers_to(told: Utterance) -> str:
    """The name of a pack for what was said."""
    return f"re-{told.act}"


def remarks_on(clause: Clause) -> str:
    """The name of a pack for what was seen; "seen-any" where the verb tells nothing, or nobody here did it."""
    if not clause.subject or clause.together:
        return "seen-any"
    return next((f"seen-{name}" for name, known in _SEEN.items() if clause.verb in known), "seen-any")
