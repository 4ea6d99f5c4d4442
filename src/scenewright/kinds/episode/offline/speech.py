"""What somebody says in a beat, as they say it; or nothing, and then the beat is shown as it is written. Pure.

Every way of saying it is tried, the whole before the shortened, and what is not sound English is not said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scenewright.kinds.episode.offline.clauses import Clause, forms, parsed
from scenewright.kinds.episode.offline.persons import addressee_of, persons_turned
from scenewright.kinds.episode.offline.quoting import quoted
from scenewright.kinds.episode.offline.saying import swapped
from scenewright.kinds.episode.offline.sound import sound
from scenewright.kinds.episode.offline.trimming import expanded, stopped, straightened
from scenewright.kinds.episode.offline.utterance import Act, Scene, Utterance
from scenewright.kinds.episode.offline.viewpoint import View
from scenewright.kinds.episode.offline.ways import ways


def uttered(beat: str, scene: Scene, before: str = "", other: str = "") -> Utterance | None:
    """What is said in a beat; None if it is to be shown. `before`: who "she" is; `other`: who else was named last."""
    if told := quoted(expanded(beat), scene.named, before):
        return _quoted(*told, scene)
    beat, beside = straightened(expanded(beat), scene.named)
    clause = parsed(beat, scene.named, before)
    if clause.subject not in scene.present or clause.together or clause.past:
        return None
    to = addressee_of(clause, scene, other)
    view = scene.view(clause.subject, to)
    for act, text in ways(clause, view, scene, to):
        plain = stopped(text)
        if sound(plain) and not _speaks_of_itself(plain, clause, view):
            return Utterance(who=clause.subject, text=plain, act=act, to=to, beside=beside)
    return None


def _quoted(who: str, text: str, to: str, rest: str, scene: Scene) -> Utterance | None:
    if who not in scene.present:
        return None
    if rest != "indirect":
        act: Act = "ask" if text.endswith("?") else "tell"
        return Utterance(who=who, text=text, act=act, to=to, beside=rest)
    clause = Clause(text=text, kind="say", subject=who, said=text[:1].lower() + text[1:], verb="say", third="says")
    others = [each for each in scene.present if each != who]
    to = to or (others[0] if len(others) == 1 else "")
    view = scene.view(who, to)
    own = any(text.startswith(form) for _, name in scene.named for form in forms(name))
    said = swapped(text if own or text.split()[0] in ("I", "A", "The") else clause.said, clause, view)
    plain = stopped(persons_turned(said, clause, view))
    return Utterance(who=who, text=plain, act="tell", to=to) if sound(plain) else None


def _speaks_of_itself(text: str, clause: Clause, view: View) -> bool:
    """Whether the speaker's own name is still in it."""
    return any(
        re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text) for form in forms(view.names.get(clause.subject, ""))
    )


def told_in(beats: Sequence[str], scene: Scene) -> tuple[Utterance | None, ...]:
    """For each beat what is said in it."""
    found: list[Utterance | None] = []
    recent: list[str] = []  # who was spoken of last, the latest first; whoever acts before whoever is named
    for beat in beats:
        pronoun = _PRONOUN.search(beat)
        before = _meant_by(pronoun[1].lower(), recent, scene) if pronoun else ""
        other = next((who for who in recent if who != parsed(beat, scene.named, before).subject), "")
        told = uttered(beat, scene, before, other)
        found.append(told)
        who = told.who if told else parsed(beat, scene.named, before).subject
        mentioned = [each for each, name in scene.named if any(_mentions(beat, f) for f in forms(name))]
        recent = list(dict.fromkeys((*([who] if who else []), *mentioned, *recent)))
    return tuple(found)


_PRONOUN = re.compile(r"(?:^|, |['\"”’] )([Hh]e|[Ss]he)\b")


def _meant_by(pronoun: str, recent: Sequence[str], scene: Scene) -> str:
    fitting = [who for who in recent if scene.genders.get(who) == pronoun]
    return fitting[0] if fitting else ""


def _mentions(beat: str, form: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", beat))
