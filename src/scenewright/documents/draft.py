"""A draft that was edited elsewhere, as a script: built line by line by the readers of Fountain and Final Draft."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from scenewright.documents.fountain_marks import HEADING, one_line
from scenewright.domain.errors import BadInput
from scenewright.domain.screenplay import (
    Act,
    Action,
    Dialogue,
    Element,
    Interior,
    Person,
    Script,
    ScriptScene,
    Slug,
    Transition,
)

MAX_LINES = 50_000  # elements of one draft; a feature film has about 3,000
_TIMES = (
    "DAY NIGHT MORNING EVENING AFTERNOON NOON MIDNIGHT DAWN DUSK SUNRISE SUNSET LATER CONTINUOUS SAME DAYS "
    "MOMENTS FLASHBACK PRESENT HOURS MINUTES"
)
_TIME = re.compile(r"\b(?:" + "|".join(_TIMES.split()) + r")\b|^\d", re.I)
_EXTENSION = re.compile(r"\(([^()]*)\)")
_CONTINUED = re.compile(r"CONT['’]?D\.?|CONTINUED|CONTINUING", re.I)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a file says. A scene that carried no id of ours has an id that no other scene of the draft has."""

    script: Script
    kept: frozenset[str]  # ids of scenes that stood in the file
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # scene -> notes of people; a script has none
    warnings: tuple[str, ...] = ()  # what could not be kept, one sentence each


class DraftBuilder:
    """Collects what a reader finds, in order. `base`: the script that the draft came from, for its names and places."""

    def __init__(self, name: str, base: Script | None = None) -> None:
        self._name = name
        self._cast = {_same(person.name): person for person in (base.cast if base else ())}
        self._places = _spellings(scene.slug.place for scene in (base.scenes if base else ()))
        self._acts: list[tuple[str, list[ScriptScene]]] = []
        self._elements: list[Element] = []
        self._early: list[Element] = []  # before the first heading
        self._slug: ScriptScene | None = None
        self._title = ""
        self._synopsis: list[str] = []
        self._ahead: list[str] = []  # synopses between a scene's title and its heading
        self._notes: dict[int, list[str]] = {}  # by the number of the scene that is open
        self._kept: set[str] = set()
        self._warnings: dict[str, int] = {}
        self._lines = 0

    @property
    def act_name(self) -> str:
        return self._acts[-1][0] if self._acts else ""

    def warn(self, sentence: str) -> None:
        self._warnings[sentence] = self._warnings.get(sentence, 0) + 1

    def act(self, name: str) -> None:
        self._count()
        self._close()
        self._acts.append((name, []))

    def scene_title(self, title: str) -> None:
        self._title = title

    def heading(self, text: str, number: str = "", scene: str = "") -> None:
        self._close()
        self._count()
        if not self._acts:
            self._acts.append(("", []))
        self._slug = ScriptScene(id="", number=number, title=self._title, slug=self._read_slug(text))
        self._title = ""
        self._elements, self._early = self._early, []
        self._synopsis, self._ahead = [*self._synopsis, *self._ahead], []
        if scene:
            self.identify(scene)

    def identify(self, scene: str) -> None:
        """The open scene is the one with this id; a copy of a scene is a new one."""
        if self._slug is not None and scene and not self._slug.id and scene not in self._kept:
            self._slug = self._slug.model_copy(update={"id": scene})
            self._kept.add(scene)

    def synopsis(self, line: str) -> None:
        self._count()
        (self._ahead if self._title else self._synopsis).append(line)

    def note(self, text: str) -> None:
        """What people wrote to each other about the open scene."""
        self._count()
        scenes = sum(len(found) for _, found in self._acts)
        self._notes.setdefault(scenes, []).append(text)

    def action(self, text: str, *, camera: bool = False) -> None:
        self._add(Action(id=self._next(), text=text, camera=camera))

    def transition(self, text: str) -> None:
        self._add(Transition(id=self._next(), text=text))

    def speech(self, cue: str, text: str, parenthetical: str = "", *, dual: bool = False) -> None:
        name, extension = self._read_cue(cue)
        self._add(
            Dialogue(
                id=self._next(),
                character=self._character(name),
                text=text,
                extension=extension,
                parenthetical=parenthetical,
                dual=dual,
            )
        )

    def finish(self, **fields: str) -> Draft:
        """The draft. Raises: BadInput: no scene heading was found."""
        self._close()
        scenes = [scene for _, found in self._acts for scene in found]
        if not scenes:
            raise BadInput(f"{self._name} has no scene heading such as INT. KITCHEN - DAY; check that it is a script.")
        acts, cast = self._numbered(), tuple(self._cast.values())
        known = {key: value for key, value in fields.items() if value}
        script = Script.model_validate({"title": "", "credit": "", **known, "cast": cast, "acts": acts})
        told = dict(enumerate(script.scenes))
        notes = {told[at].id: tuple(found) for at, found in self._notes.items() if at in told}
        counted = (f"{text} ({count} times)" if count > 1 else text for text, count in self._warnings.items())
        warnings = tuple(f"{text}." for text in counted)
        return Draft(script=script, kept=frozenset(self._kept), notes=notes, warnings=warnings)

    def _numbered(self) -> tuple[Act, ...]:
        """Ids and numbers for scenes that came without."""
        taken, place, acts = set(self._kept), 0, []
        for name, found in self._acts:
            scenes = []
            for scene in found:
                place += 1
                ident = scene.id or _fresh(place, taken)
                taken.add(ident)
                scenes.append(scene.model_copy(update={"id": ident, "number": scene.number or str(place)}))
            acts.append(Act(name=name, scenes=tuple(scenes)))
        return tuple(acts)

    def _close(self) -> None:
        if self._slug is not None:
            fields = {"elements": tuple(self._elements), "synopsis": "\n".join(self._synopsis)}
            self._acts[-1][1].append(self._slug.model_copy(update=fields))
            self._slug, self._elements, self._synopsis = None, [], []

    def _next(self) -> str:
        return f"e{len(self._elements if self._slug is not None else self._early) + 1}"

    def _add(self, element: Element) -> None:
        self._count()
        if self._slug is None:
            self.warn("Text before a scene's heading was put into that scene")
            self._early.append(element)
        else:
            self._elements.append(element)

    def _count(self) -> None:
        self._lines += 1
        if self._lines > MAX_LINES:
            raise BadInput(f"{self._name} has more than {MAX_LINES:,} lines, more than any script; give one episode.")

    def _read_slug(self, text: str) -> Slug:
        found = HEADING.match(text)
        if not found:
            self.warn("A heading with neither INT. nor EXT. was read as INT")
        rest = text[found.end() :].strip(" .") if found else text
        place, time = self._place_and_time(rest)
        return Slug(interior=_interior(found[0] if found else ""), place=place, time=time)

    def _place_and_time(self, rest: str) -> tuple[str, str]:
        """The last " - " separates the time, unless what follows is more of the place."""
        if rest.startswith("- "):
            return "", rest[2:].strip()
        parts = re.split(r"\s[–—-]{1,2}\s", rest)
        for size in range(len(parts), 0, -1)[:10]:
            place = " - ".join(parts[:size])
            if _same(place) in self._places:
                return self._places[_same(place)], " - ".join(parts[size:])
        if len(parts) > 1 and _TIME.search(parts[-1]):
            return " - ".join(parts[:-1]), parts[-1]
        return rest, ""

    def _read_cue(self, cue: str) -> tuple[str, str]:
        """Name and extension; a name that is known may have brackets of its own."""
        for end in [len(cue), *(found.start() for found in reversed(list(re.finditer(r"\(", cue))))][:10]:
            if _same(cue[:end]) in self._cast:
                return cue[:end].strip(), _extensions(cue[end:])
        name, bracket, rest = cue.partition("(")
        return (name.strip(), _extensions(bracket + rest)) if name.strip() else (cue, "")

    def _character(self, name: str) -> str:
        key = _same(name)
        if key not in self._cast:
            taken = {person.id for person in self._cast.values()}
            stem = re.sub(r"\W+", "-", name.lower()).strip("-") or "somebody"
            ident = next(one for count in range(1, MAX_LINES + 2) if (one := _counted(stem, count)) not in taken)
            self._cast[key] = Person(id=ident, name=one_line(name))
        return self._cast[key].id


def _counted(stem: str, count: int) -> str:
    return stem if count == 1 else f"{stem}-{count}"


def _fresh(place: int, taken: set[str]) -> str:
    ident = f"new-{place}"
    while ident in taken:
        ident += "x"
    return ident


def _same(text: str) -> str:
    """Equal for names that look the same on a page."""
    return one_line(text).upper().rstrip("^ ")


def _spellings(texts: Iterable[str]) -> dict[str, str]:
    return {_same(text): text for text in texts}


def _interior(prefix: str) -> Interior:
    letters = prefix.upper().strip(".")
    if "/" in letters:
        return "INT./EXT."
    return "EXT." if letters in ("EXT", "EST") else "INT."


def _extensions(text: str) -> str:
    """V.O., O.S. ...; that somebody goes on speaking is for the layout to say."""
    found = (one.strip() for one in _EXTENSION.findall(text))
    return ", ".join(one for one in found if one and not _CONTINUED.fullmatch(one))
