"""Fountain: a script as plain text that every screenwriting program reads."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from scenewright.documents import fountain_marks as marks
from scenewright.domain.screenplay import Act, Action, Dialogue, Element, Script, ScriptScene, Transition
from scenewright.exports.episode.pairs import paired


def to_fountain(script: Script, *, scene_numbers: bool = False, ids: bool = True) -> str:
    """The script; equal scripts give equal text.

    Acts are sections with a printed break, scene titles are sections below them, synopses stand under headings.
    What would be misread is forced or escaped. (MORE) and (CONT'D) are left to whoever lays out the pages.
    `ids`: each scene carries its id in a note, which no page shows, so that an edited draft is matched again.
    """
    names = {person.id: person.name for person in script.cast}
    blocks = ["\n".join(_title_page(script, ids=ids))]
    for index, act in enumerate(script.acts):
        blocks += _act(act, index)
        for scene in act.scenes:
            blocks += _scene(scene, names, scene_numbers=scene_numbers, ids=ids)
        if act.name.strip():
            blocks.append(f"> {marks.escape('END OF ' + marks.one_line(act.name).upper())} <")
    return "\n\n".join(blocks).lstrip("\n") + "\n"


def _title_page(script: Script, *, ids: bool) -> Iterator[str]:
    fields = {
        "Title": script.title,
        "Credit": script.credit,
        "Author": script.written_by,
        "Show": script.show,
        "Logline": script.logline,
        "Language": script.language,
        "Camera": script.camera,
        "Scenewright": quote(marks.clean(script.id), safe="") if ids else "",
    }
    for key, value in fields.items():
        if line := marks.one_line(value):
            yield f"{key}: {marks.escape(line)}"


def _act(act: Act, index: int) -> Iterator[str]:
    name = marks.one_line(act.name)
    if not name:
        return
    if index:
        yield "==="
    yield f"# {_section(name)}"
    yield f"> {marks.escape(name)} <"


def _section(text: str) -> str:
    text = marks.escape(text)
    return f"\\{text}" if text.startswith("#") else text


def _scene(scene: ScriptScene, names: dict[str, str], *, scene_numbers: bool, ids: bool) -> Iterator[str]:
    if title := marks.one_line(scene.title):
        yield f"## {_section(title)}"
    yield heading_text(scene) + _number(scene, asked=scene_numbers)
    if synopsis := [line for line in marks.lines_of(scene.synopsis) if line]:
        yield "\n".join(f"= {marks.escape(line)}" for line in synopsis)
    if ids and scene.id:
        yield f"[[{marks.NOT_PRINTED} {quote(marks.clean(scene.id), safe='')}]]"
    for element, dual in paired(scene.elements):
        if (block := _element(element, names, dual=dual)).strip() not in ("", ">"):
            yield block


def heading_text(scene: ScriptScene) -> str:
    """INT. KITCHEN - NIGHT, escaped."""
    place, time = marks.one_line(scene.slug.place).upper(), marks.one_line(scene.slug.time).upper()
    return marks.escape(f"{scene.slug.interior} {place}".rstrip() + (f" - {time}" if time else ""))


def _number(scene: ScriptScene, *, asked: bool) -> str:
    # a set called "LAB #2#" would lose its end: then the number is printed after all
    if asked or marks.NUMBER.match(heading_text(scene)):
        number = "".join(char for char in scene.number if char.isalnum() or char in ".-")
        return f" #{number[:20] or '0'}#"
    return ""


def _element(element: Element, names: dict[str, str], *, dual: bool) -> str:
    match element:
        case Action():
            return "\n".join(map(_direction, marks.lines_of(element.text)))
        case Dialogue():
            return "\n".join(_speech(element, names, dual=dual))
        case Transition():
            return _transition(marks.one_line(element.text))


def _direction(line: str) -> str:
    return ("!" if marks.must_force(line) else "") + marks.escape(line) if line else "  "


def _speech(line: Dialogue, names: dict[str, str], *, dual: bool) -> Iterator[str]:
    yield _cue(line, names) + (" ^" if dual else "")
    if parenthetical := marks.one_line(line.parenthetical):
        yield f"({marks.escape(parenthetical)})"
    for text in marks.lines_of(line.text):
        # two spaces: the speech goes on after an empty line
        yield ("\\" if text.startswith("~") else "") + marks.escape(text) or "  "


def _cue(line: Dialogue, names: dict[str, str]) -> str:
    name = marks.one_line(names.get(line.character, line.character)).upper().rstrip("^ ")
    extension = marks.one_line(line.extension.replace("(", "").replace(")", ""))
    forced = "" if marks.is_plain_cue(name) else "@"
    return forced + marks.escape(f"{name} ({extension})" if extension else name)


def _transition(text: str) -> str:
    if text and marks.is_plain_transition(text):
        return marks.escape(text)
    escaped = marks.escape(text)
    return f"> {escaped[:-1]}\\<" if escaped.endswith("<") else f"> {escaped}"
