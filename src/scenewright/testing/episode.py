"""A scripted model that writes a sensible episode, true to the ids it is shown: answers for a ScriptedProvider."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from scenewright.domain.base import Json, digest
from scenewright.domain.show import Character, SetPlace, Show, VoiceProfile
from scenewright.testing import classroom
from scenewright.testing.classroom import WORDS, Say, asks_for, phrase
from scenewright.testing.provider import Seen

__all__ = ["accepted", "asks_for", "by_content", "cited", "episode", "fact", "phrase", "scene_of", "show"]

GOOD, BAD = "spoon", "fork"  # words of alternatives of which the judge likes the first and not the second
LIKED, PLAIN, DISLIKED = 0.9, 0.4, 0.2
_CITED = re.compile(r"^\[([\w-]+)\.([\w-]+)\] (.*)$", re.MULTILINE)


def show(minutes: float = 9.0, camera: str = "single") -> Show:
    """Three people, two sets."""
    voices = {"ada": ("mind you", "short"), "bo": ("as it were", "long"), "cy": ("like", "medium")}
    return Show(
        title="The Lantern Room",
        minutes=minutes,
        camera=camera,
        characters=tuple(
            Character(id=name, name=name.upper(), voice=VoiceProfile(tics=(tic,), sentence_length=length))
            for name, (tic, length) in voices.items()
        ),
        sets=(SetPlace(id="lamp-room", name="LAMP ROOM"), SetPlace(id="pier", name="PIER", interior="EXT.")),
    )


def episode(seen: Seen, scenes: int = 9, say: Say = phrase) -> Json:
    """The answer to any of the episode's questions. `say`: its words."""
    questions: dict[str, Callable[[Seen, int, Say], Json]] = {
        "outline": outline,
        "dialogue": dialogue,
        "directions": directions,
        "jokes": jokes,
        "punchlines": punchlines,
        "scores": scores,
        "findings": findings,
        "changes": changes,
    }
    return questions[seen.asks_for](seen, scenes, say)


def by_content(seen: Seen, scenes: int = 9) -> Json:
    """As `episode`, the same for the same question; asked to go on behind kept parts, what is behind them."""
    told = [dict(message) for message in seen.body["messages"]]
    first = next((n for n, message in enumerate(told) if message["role"] == "assistant"), len(told))
    asked, turn = digest(told[:first]), itertools.count()
    whole = episode(seen, scenes, lambda: f"{WORDS[int(asked[:8], 16) % 12]} {asked[:12]} number {next(turn)}")
    kept = len(accepted(seen))
    if seen.asks_for == "outline" and kept:
        return {"scenes": whole["scenes"][kept - 1 :]}
    return {key: value[kept:] if isinstance(value, list) else value for key, value in whole.items()}


def outline(seen: Seen, scenes: int, say: Say) -> Json:
    invents = "There is no bible yet" in seen.text
    people = ["Mo", "Nell"] if invents else [each["id"] for each in fact(seen, "Characters")]
    acts = ["COLD OPEN", *(f"ACT {'ONE' if n <= scenes // 2 else 'TWO'}" for n in range(2, scenes)), "TAG"][:scenes]
    titles = [f"Scene {number}: {say()}" for number in range(1, scenes + 1)]
    header: dict[str, Json] = {
        "title": say(),
        "logline": say(),
        "stories": [{"story": "A", "about": say()}, {"story": "B", "about": say()}],
        "planned": [
            {"title": title, "act": act, "story": "AB"[number % 2], "seconds": 60}
            for number, (title, act) in enumerate(zip(titles, acts, strict=True))
        ],
    }
    if invents:
        header["show"] = invented(people, say)
    return {"header": header, "scenes": [scene(n, scenes, title, people, say) for n, title in enumerate(titles, 1)]}


def scene(number: int, scenes: int, title: str, people: Sequence[str], say: Say) -> dict[str, Json]:
    planted, paid = number == 1, number == scenes
    return {
        "title": title,
        "interior": "INT.",
        "place": "LAMP ROOM",
        "time": "NIGHT",
        "characters": list(people[:2]),
        "purpose": say(),
        "beats": [say(), say()],
        "comic_beats": [say()],
        "setups": [{"name": "the bucket", "text": f"A bucket: {say()}", "terms": ["green bucket"]}] if planted else [],
        "payoffs": [{"setup": "the bucket", "text": say(), "terms": ["bucket falls"]}] if paid else [],
        "callbacks": [{"to": "the bucket", "text": say(), "terms": ["bucket again"]}] if number == 2 else [],
        "reveals": [],
        "act_out": say(),
        "act_out_terms": [],
        "ends_on": say(),
        "next_opens_on": say(),
    }


def invented(people: Sequence[str], say: Say) -> Json:
    def person(name: str) -> dict[str, Json]:
        texts = ("description", "sentence_shape", "emotional_range", "education", "background", "humour")
        lists = {"vocabulary": [say()], "tics": [say()], "catchphrases": [say()], "speech_patterns": [say()]}
        other = next(each for each in people if each != name)
        told = {key: say() for key in texts}
        return {
            "name": name,
            "sentence_length": "short",
            "relationships": [{"to": other, "what": say()}],
            **lists,
            **told,
        }

    place = {"name": "LAMP ROOM", "interior": "INT.", "description": say(), "props": [say()], "layout": say()}
    return {
        "title": say(),
        "logline": say(),
        "tone": say(),
        "characters": [person(name) for name in people],
        "sets": [place],
        "gags": [],
        "facts": [{"text": say(), "terms": [say()], "known_by": [people[0]]}],
        "rules": [say()],
    }


def dialogue(seen: Seen, scenes: int, say: Say) -> Json:
    """Six lines; those by which set-ups, pay-offs and reveals are recognised say their words."""
    planned = fact(seen, "The scene to write")
    people = planned.get("characters") or [each["id"] for each in fact(seen, "Others")]
    told = [each["terms"][0] for key in ("setups", "payoffs") for each in planned.get(key, ()) if each["terms"]]
    texts = [f"{say()}, and {say()}." for _ in range(6)]
    texts[1 : 1 + len(told)] = [f"{term}, {say()}." for term in told]
    return {"lines": [line(people[number % len(people)], text) for number, text in enumerate(texts)]}


def line(character: str, text: str) -> dict[str, Json]:
    return {"character": character, "text": text, "parenthetical": None, "extension": None, "dual": False}


def directions(seen: Seen, scenes: int, say: Say) -> Json:
    """One opens the scene; the others are a physical gag in four steps on its first line."""
    first = (re.search(r"^\[(l\d+)\]", seen.text, re.MULTILINE) or [None, None])[1]
    gag = [beat(say(), first, "after", step) for step in ("setup", "escalation", "climax", "resolution")]
    return {"beats": [beat(say(), None, "before", None), *gag]}


def beat(text: str, line: str | None, where: str, comedy: str | None) -> dict[str, Json]:
    return {"text": f"{text}.", "where": where, "line": line, "comedy": comedy, "camera": False, "transition": False}


def jokes(seen: Seen, scenes: int, say: Say) -> Json:
    """The second line of each scene, weak in the first and good in the others."""
    found = list[Json]()
    for number, (_, lines) in enumerate(cited(seen).items()):
        if len(lines) > 1:
            score = 0.3 if number == 0 else 0.7
            found.append({"punchline": lines[1], "setup": lines[0], "form": "character", "score": score})
    return {"jokes": found}


def punchlines(seen: Seen, scenes: int, say: Say) -> Json:
    """Two alternatives for each weak joke, of which the judge likes the first; every missing callback placed."""
    names = [each["joke"] for each in fact(seen, "Weak jokes")]
    better = [
        {"joke": name, "text": f"{say()}, with a {word}.", "parenthetical": None}
        for name in names
        for word in (GOOD, BAD)
    ]
    missing = fact(seen, "Planned callbacks that are missing") or []
    lines = cited(seen)
    placed = [
        {
            "callback": each["id"],
            "after": lines[each["scene"]][-1],
            "character": None,
            "text": f"{' '.join(each['terms'][:1])}: {say()}.",
        }
        for each in missing
    ]
    return {"alternatives": better, "callbacks": placed}


def scores(seen: Seen, scenes: int, say: Say) -> Json:
    def judged(text: str) -> float:
        return LIKED if GOOD in text else DISLIKED if BAD in text else PLAIN

    found = list[Json]()
    for group in re.split(r"^## ", seen.text.split("# Versions\n")[-1], flags=re.MULTILINE)[1:]:
        name = group.split("\n", 1)[0].strip()
        for version in re.finditer(r"^([A-Z]):\n((?:  .*\n?)+)", group, re.MULTILINE):
            found.append({"group": name, "version": version[1], "score": judged(version[2]), "reason": say()})
    return {"scores": found}


def findings(seen: Seen, scenes: int, say: Say) -> Json:
    """The first spoken line of the first and of the last scene."""
    places = [lines[0] for lines in cited(seen, spoken=True).values() if lines]
    ends = dict.fromkeys([*places[:1], *places[-1:]])
    return {"findings": [{"kind": "voice", "at": place, "text": f"{say()}.", "other": None} for place in ends]}


def changes(seen: Seen, scenes: int, say: Say) -> Json:
    """Every element that a finding names, in other words."""
    named = dict.fromkeys(f"{one}.{other}" for one, other, _ in _CITED.findall(seen.text.split("# Findings\n")[-1]))
    kept = {"op": "replace", "character": None, "parenthetical": None}
    return {"changes": [{**kept, "element": name, "text": f"{say()}, and {say()}.", "why": say()} for name in named]}


def fact(seen: Seen, title: str) -> Any:
    """The JSON under a heading of the prompt; None if there is none."""
    _, found, behind = seen.text.rpartition(f"# {title}\n")
    return json.JSONDecoder().raw_decode(behind)[0] if found else None


def cited(seen: Seen, *, spoken: bool = False) -> dict[str, list[str]]:
    """Scene -> the names of its elements under "# Text". `spoken`: only of lines."""
    text = seen.text.split("# Text\n")[-1].split("\n# ")[0]
    found: dict[str, list[str]] = {}
    for name, element, _ in _CITED.findall(text):
        if not spoken or element.startswith("l"):
            found.setdefault(name, []).append(f"{name}.{element}")
    return found


def scene_of(seen: Seen) -> str:
    """The id of the scene that a request for dialogue or directions is about; "" for others."""
    told = fact(seen, "The scene to write") or (seen.asks_for == "directions" and fact(seen, "The scene"))
    return str(told["id"]) if told else ""


def accepted(seen: Seen) -> list[Json]:
    """The parts that a continued request names as kept; see `classroom.accepted`."""
    return classroom.accepted(seen, "id")
