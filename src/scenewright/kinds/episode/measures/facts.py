"""Continuity of what is given as data: named facts, when they come out, who knows them, and what would break them."""

from __future__ import annotations

from scenewright.domain.assessment import Finding
from scenewright.domain.show import ContinuityFact
from scenewright.kinds.episode.measures.reading import Item, Reading


def revealed(reading: Reading, scene: str, fact: ContinuityFact, findings: list[Finding], notes: list[str]) -> float:
    """1 if the fact is first spoken of in the scene that reveals it (before, only those who know it speak of it)."""
    told = list(reading.mentions(fact.terms, fact.text))
    there = next((item for item in told if item.scene == scene), None)
    if there is None:
        _unsaid(reading, scene, fact, findings, notes)
        return 0.0
    early = [each for each in told if each.scene_number < there.scene_number and each.speaker not in fact.known_by]
    for item in early:
        findings.append(item.finding("fact_early", f"“{fact.text}” comes out only later.", there))
    return 0.0 if early else 1.0


def _unsaid(reading: Reading, scene: str, fact: ContinuityFact, findings: list[Finding], notes: list[str]) -> None:
    text = f"“{fact.text}” is to come out in this scene, and nobody says it."
    items = reading.by_scene.get(reading.numbers.get(scene, -1), ())
    if items:
        findings.append(items[-1].finding("fact_unsaid", text))
    else:
        notes.append(text)


def secrets(reading: Reading, fact: ContinuityFact, findings: list[Finding]) -> float:
    """1 if nobody speaks of it who cannot know it. Who speaks in a scene where it is said knows it from there on."""
    knows, slips = set(fact.known_by), list[Item]()
    for item in (item for item in reading.mentions(fact.terms, fact.text) if item.speaker):
        if item.speaker not in knows:
            slips.append(item)
        knows |= {each.speaker for each in reading.spoken_in(item.scene_number)}
    for item in slips:
        who = reading.name(item.speaker)
        findings.append(item.finding("fact_unknown_to", f"{who} cannot know yet: “{fact.text}”."))
    return 0.0 if slips else 1.0


def broken(reading: Reading, fact: ContinuityFact, findings: list[Finding]) -> float:
    """1 if nothing that is said contradicts it."""
    items = list(reading.mentions(fact.broken_by))
    findings += [item.finding("fact_broken", f"This contradicts “{fact.text}”.") for item in items]
    return 0.0 if items else 1.0
