"""The comedy pass: finds jokes, sharpens weak ones where that measurably wins, places what is planned and missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scenewright.domain.episode import Patch
from scenewright.domain.screenplay import Dialogue, ScriptScene
from scenewright.domain.show import Character
from scenewright.kinds.episode.measures import Thread, followed
from scenewright.kinds.episode.offline.dealing import Deck
from scenewright.kinds.episode.offline.frames import frames
from scenewright.kinds.episode.offline.joking import Found, found_in
from scenewright.kinds.episode.offline.marks import as_noun, catchphrases, holds, use_of
from scenewright.kinds.episode.offline.pages import Pages, pages
from scenewright.kinds.episode.offline.planned import terms_of
from scenewright.kinds.episode.offline.saying import fact_said
from scenewright.kinds.episode.offline.stage import tidy
from scenewright.kinds.episode.offline.viewpoint import View
from scenewright.kinds.episode.offline.voice import Voice
from scenewright.kinds.episode.patches import base_of, patched
from scenewright.text.sentences import sentences
from scenewright.text.words import content_words

WEAK = 0.8  # below this a punchline is worked on
MOST_TOPPED = 2  # times that one gag may be called back to by this pass
MOST_TRIED = 24  # rewritten punchlines that are measured in one pass


def comedy(context: Mapping[str, Any], *, take: int = 0) -> dict[str, Any]:
    """The value of the step `comedy`. A rewrite is kept if its joke scores higher and the script not lower."""
    given = pages(context)
    placed, patches = _placed(given)
    now, won = _sharpened(placed, take)
    jokes = found_in(now)
    before = {(scene.id, each.id) for scene in given.scenes for each in scene.elements}
    return {
        "jokes": [each.joke.model_dump(mode="json") for each in jokes],
        "patches": [patch.model_dump(mode="json") for patch in _merged(given, (*patches, *won), before)],
        "callbacks": list(_callbacks(now)),
        "made_for": context["made_for"],
    }


def _merged(given: Pages, patches: Sequence[Patch], there: set[tuple[str, str]]) -> Iterator[Patch]:
    """Those for elements that the text has; one patch of a kind for each."""
    yield from (patch for patch in patches if (patch.scene, patch.element) in there)


def _applied(given: Pages, patch: Patch) -> Pages:
    scenes = tuple(patched(scene, [patch])[0] if scene.id == patch.scene else scene for scene in given.scenes)
    return Pages(show=given.show, plan=given.plan, scenes=scenes)


def _placed(given: Pages) -> tuple[Pages, list[Patch]]:
    """With the pay-offs and callbacks that are planned and missing, one line each, in their scene."""
    patches: list[Patch] = []
    now = given
    for thread in followed(given.reading(), given.show, given.plan):
        if patch := _missing(now, thread):
            after = _applied(now, patch)
            if after.assess(None).quality >= now.assess(None).quality:
                now = after
                patches.append(patch)
    return now, patches


def _missing(given: Pages, thread: Thread) -> Patch | None:
    where, what, planned = _planned(given, thread)
    scene = next((each for each in given.scenes if each.id == where), None)
    if not planned or not scene:
        return None
    lines = [each for each in scene.elements if isinstance(each, Dialogue)]
    if not lines:
        return None
    after = lines[-2] if len(lines) > 1 else lines[-1]
    who = lines[-1].character if lines[-1].character != after.character else lines[0].character
    view = View(speaker=who, addressee="", names=dict(given.named()))
    text = tidy(fact_said(*planned, view, given.named()))
    return Patch(
        scene=scene.id,
        element=after.id,
        base=base_of(after),
        op="insert",
        text=text,
        character=who,
        why=f"The planned {what} “{thread.text}” stood nowhere.",
    )


def _planned(given: Pages, thread: Thread) -> tuple[str, str, tuple[str, tuple[str, ...]] | None]:
    """(scene, what, (text, terms)) of the end of a thread that is missing."""
    for scene in given.plan.scenes:
        if thread.callback and thread.state == "unpaid":
            for callback in (each for each in scene.callbacks if each.id == thread.id):
                return scene.id, "callback", (callback.text, callback.terms)
        elif not thread.callback and thread.state == "unpaid":
            for payoff in (each for each in scene.payoffs if each.setup == thread.id):
                return scene.id, "pay-off", (payoff.text, payoff.terms)
        elif not thread.callback and thread.state == "missing":
            for setup in (each for each in scene.setups if each.id == thread.id):
                return scene.id, "set-up", (setup.text, setup.terms)
    return "", "", None


def _sharpened(given: Pages, take: int) -> tuple[Pages, list[Patch]]:
    now, patches, tried = given, list[Patch](), 0
    deck = Deck((given.plan.title, "comedy", take), 0)
    quality = now.assess([each.joke for each in found_in(now)]).quality
    for weak in [each for each in found_in(given) if each.score < WEAK and each.item.speaker]:
        best: tuple[float, float, Pages, Patch] | None = None
        for text in _candidates(now, weak, deck):
            if tried >= MOST_TRIED:
                break
            tried += 1
            if (judged := _judged(now, weak, text, quality)) and (best is None or judged[:2] > best[:2]):
                best = judged
        if best:
            quality, now = best[1], best[2]
            patches.append(best[3])
    return now, patches


def _judged(now: Pages, weak: Found, text: str, quality: float) -> tuple[float, float, Pages, Patch] | None:
    """What the script is with the new punchline, if it wins."""
    scene = next(each for each in now.scenes if each.id == weak.item.scene)
    element = next(each for each in scene.elements if each.id == weak.item.id)
    patch = Patch(scene=scene.id, element=element.id, base=base_of(element), text=text)
    after = _applied(now, patch)
    jokes = found_in(after)
    found = next((each for each in jokes if (each.item.scene, each.item.id) == (scene.id, element.id)), None)
    if not found or found.score <= weak.score:
        return None
    measured = after.assess([each.joke for each in jokes]).quality
    if measured < quality:
        return None
    why = f"As a joke it scores {found.score:.2f} instead of {weak.score:.2f} by how it is built ({found.form})."
    return found.score, measured, after, patch.model_copy(update={"why": why})


def _candidates(given: Pages, weak: Found, deck: Deck) -> Iterator[str]:
    """Other punchlines: cut to its shortest end; with the speaker's own catchphrase; another turn of this author's."""
    who = next((each for each in given.show.characters if each.id == weak.item.speaker), None)
    scene = next(each for each in given.scenes if each.id == weak.item.scene)
    text = weak.item.element.text
    parts = sentences(text, given.show.language)
    kept = _needed(given, weak)
    options = [" ".join(parts[:-1]), parts[-1] if parts else ""] if len(parts) > 1 else []
    options += _toppers(given, weak)
    if who:
        options += list(_with_phrase(who, text, scene))
        options += list(_others(who, weak, given, deck))
    for option in options:
        if option and option != text and all(holds(option, term) for term in kept):
            yield tidy(option)


def _toppers(given: Pages, weak: Found) -> Iterator[str]:
    """The line, and behind it a word on a running gag that has been seen before and not in this scene."""
    reading, text = given.reading(), weak.item.element.text
    for gag in given.show.gags:
        places = list(reading.mentions(gag.terms, gag.text))
        before = places and places[0].number < weak.item.number
        here = any(item.scene_number == weak.item.scene_number for item in places)
        term = next((each for each in gag.terms if _noun(each)), "")
        used = [
            each for each in frames()["topper"] if any(each.format(v=as_noun(term)) in it.element.text for it in places)
        ]
        if before and not here and term and len(used) < MOST_TOPPED:
            frame = next(each for each in frames()["topper"] if each not in used)
            topper = frame.format(v=as_noun(term))
            yield f"{text} {topper[:1].upper()}{topper[1:]}"


def _noun(term: str) -> bool:
    """Whether a term of a gag can be spoken of as a thing."""
    return use_of(term, False) == "noun" and len(term.split()) < 3 and not term.lower().startswith(("a ", "an "))


def _needed(given: Pages, weak: Found) -> list[str]:
    """Terms that the plan looks for, and that this line has."""
    plans = [each for each in given.plan.scenes if each.id == weak.item.scene]
    return [term for plan in plans for term in terms_of(plan) if holds(weak.item.element.text, term)]


def _with_phrase(who: Character, text: str, scene: ScriptScene) -> Iterator[str]:
    said = " ".join(each.text for each in scene.elements)
    for phrase in catchphrases(who):
        if not holds(said, phrase) and not set(content_words(phrase, "en")) & set(content_words(text, "en")):
            yield f"{text} {phrase[:1].upper()}{phrase[1:]}{'' if phrase[-1:] in '.!?' else '.'}"


def _others(who: Character, weak: Found, given: Pages, deck: Deck) -> Iterator[str]:
    """Another line altogether, only for one that has been said before."""
    said = [each.text for scene in given.scenes for each in scene.elements]
    if said.count(weak.item.element.text) < 2:
        return
    fresh = [text for text in frames()["surprise"] if not any(text in each for each in said)]
    for _ in range(2):
        if text := deck.deal("surprise", fresh):
            yield Voice(who, deck, 0).speaks(text, plain=True)


def _callbacks(given: Pages) -> Iterator[dict[str, Any]]:
    """Where callbacks stand: planned ones, and running gags that come again."""
    reading = given.reading()
    planned: set[int] = set()
    for thread in followed(reading, given.show, given.plan):
        if thread.callback and thread.state == "paid" and thread.paid:
            planned.add(thread.paid.number)
            to = next((c.to for s in given.plan.scenes for c in s.callbacks if c.id == thread.id), "")
            yield _callback(thread.paid.scene, thread.paid.id, to, thread.text, True)
    for gag in given.show.gags:
        for item in list(reading.mentions(gag.terms, gag.text))[1:]:
            if item.number not in planned:
                yield _callback(item.scene, item.id, gag.id, gag.text, False)


def _callback(scene: str, element: str, to: str, text: str, planned: bool) -> dict[str, Any]:
    return {"scene": scene, "element": element, "to": to, "text": text, "planned": planned}
