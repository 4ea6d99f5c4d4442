"""A quiz scene: a few questions of different kinds, none of which gives another away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from scenewright.domain.document import Section
from scenewright.domain.outline import Header, SceneOutline
from scenewright.domain.quiz import Question, Quiz
from scenewright.kinds.classroom.offline.candidates import Candidate, folded, short
from scenewright.kinds.classroom.offline.material import Unit, units
from scenewright.kinds.classroom.offline.naming import stem
from scenewright.kinds.classroom.offline.phrases import phrases
from scenewright.kinds.classroom.offline.questions import candidates
from scenewright.text import inline

MOST = 4
_MOST_TYPED = 1  # questions to type an answer to
_TRIED = 40  # units, to see whether a quiz is possible at all
_PER_SECTION, _AT_MOST = 25, 120  # units that are looked at
_ONCE = ("topic", "cell", "order", "multiple")
_TWICE_IS_DULL = 0.55


def quiz(scene: SceneOutline, sections: Sequence[Section], header: Header) -> Quiz:
    """At least one question, whatever the sections hold."""
    language = header.language
    say = phrases(language)
    found = capped(units(sections, language)) if sections else ()
    first = stem(scene.title, language) == scene.title  # further quizzes are numbered
    offered = [c for c in candidates(found, language, scene.id) if first or c.kind != "multiple"]
    asked = [c.question for c in chosen(offered, MOST + (len(scene.key_points) > MOST))] or [
        _last_resort(scene, header)
    ]
    titles = list(dict.fromkeys(stem(point, language) for point in scene.key_points if point))[:3]
    return Quiz(
        title=inline.escape(scene.title),
        intro=say.quiz_about.format(title=inline.escape(say.comma.join(titles))) if titles and say.quiz_about else "",
        questions=tuple(q.model_copy(update={"id": f"q{index}"}) for index, q in enumerate(asked, start=1)),
    )


def capped(found: Iterable[Unit]) -> tuple[Unit, ...]:
    """What a quiz looks at: the beginning of each section, so that a book does not take minutes."""
    seen: Counter[str] = Counter()
    kept: list[Unit] = []
    for unit in found:
        seen[unit.section] += 1
        if seen[unit.section] <= _PER_SECTION and len(kept) < _AT_MOST:
            kept.append(unit)
    return tuple(kept)


def askable(found: Sequence[Unit], language: str, enough: int) -> bool:
    """Whether a quiz on these units would have at least that many questions."""
    offered = [c for c in candidates(found[:_TRIED], language, "s") if c.kind != "multiple"]
    return len(chosen(offered, enough)) >= enough


def chosen(offered: Sequence[Candidate], most: int) -> list[Candidate]:
    """The best ones, preferring kinds and sections not asked yet, in the order they were offered."""
    left = list(offered)  # max() takes the first of equals, so the order of the text decides
    taken: list[Candidate] = []
    while left and len(taken) < most:
        winner = max(left, key=lambda c: _value(c, taken))
        if _value(winner, taken) <= 0:
            break
        taken.append(winner)
        left = [c for c in left if not _clash(c, winner)]
    order = {id(c): index for index, c in enumerate(offered)}
    return sorted(taken, key=lambda c: (_hardness(c), order[id(c)]))


def _value(candidate: Candidate, taken: Sequence[Candidate]) -> float:
    kinds = sum(other.kind == candidate.kind for other in taken)
    places = sum(other.section == candidate.section for other in taken)
    typed = sum(other.question.type == "short" for other in taken)
    if candidate.question.type == "short" and typed >= _MOST_TYPED:
        return 0.0 if taken and len(taken) > 1 else candidate.quality * 0.1
    if candidate.kind in _ONCE and kinds:
        return 0.0
    return candidate.quality * _TWICE_IS_DULL**kinds * 0.85**places


def _hardness(candidate: Candidate) -> int:
    """Choosing comes before typing."""
    return {"single": 0, "multiple": 1, "short": 2}[candidate.question.type]


def _clash(a: Candidate, b: Candidate) -> bool:
    """Same thing asked, or one shows in its prompt or explanation what the other asks."""
    one, other = folded(a.about), folded(b.about)
    return (
        folded(a.question.prompt) == folded(b.question.prompt)
        or one in other or other in one
        or one in folded(b.question.prompt) or other in folded(a.question.prompt)
        or (a.question.explanation == b.question.explanation and bool(a.question.explanation))
    )  # fmt: skip


def _last_resort(scene: SceneOutline, header: Header) -> Question:
    answer = next((point for point in scene.key_points if point.strip()), header.title or scene.title or "…")
    prompt = phrases(header.language).ask_title.format(title=inline.escape(scene.title or header.title or "?"))
    return short(prompt, [answer], "")
