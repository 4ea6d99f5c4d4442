"""Final Draft: a script as the XML that production offices pass on."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from scenewright.documents import fountain_marks as marks
from scenewright.domain.screenplay import Act, Action, Dialogue, Element, Script, ScriptScene, Transition
from scenewright.exports.episode.pairs import paired

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="no" ?>'
OURS = "Scenewright"  # attributes of ours begin so; other programs pass over them


def to_fdx(script: Script, *, scene_numbers: bool = False, ids: bool = True) -> str:
    """The script as a Final Draft document; equal scripts give equal text, to be written as UTF-8.

    Acts are "New Act" and "End of Act" paragraphs, camera suggestions are shots, synopses are the scenes' summaries.
    `ids`: each scene heading carries its id in an attribute, so that an edited draft is matched again.
    """
    return "\n".join((_HEAD, *_document(script, scene_numbers=scene_numbers, ids=ids))) + "\n"


def _document(script: Script, *, scene_numbers: bool, ids: bool) -> Iterator[str]:
    names = {person.id: marks.one_line(person.name) for person in script.cast}
    yield f'<FinalDraft DocumentType="Script" Template="No" Version="5"{_facts(script, ids=ids)}>'
    yield "<Content>"
    for index, act in enumerate(script.acts):
        yield from _act(act, index, names, scene_numbers=scene_numbers, ids=ids)
    yield "</Content>"
    yield from _title_page(script)
    yield "</FinalDraft>"


def _facts(script: Script, *, ids: bool) -> str:
    facts = {"Language": script.language, "Camera": script.camera, "Logline": script.logline}
    facts |= {"Id": script.id} if ids else {}
    return _attributes({OURS + key: value for key, value in facts.items()})


def _attributes(values: dict[str, str]) -> str:
    return "".join(f" {key}={quoteattr(marks.one_line(value))}" for key, value in values.items() if value)


def _act(act: Act, index: int, names: dict[str, str], *, scene_numbers: bool, ids: bool) -> Iterator[str]:
    name = marks.one_line(act.name)
    if name:
        yield _paragraph("New Act", name, StartsNewPage="Yes" if index else "")
    for scene in act.scenes:
        yield _heading(scene, scene_numbers=scene_numbers, ids=ids)
        yield from _elements(scene, names)
    if name:
        yield _paragraph("End of Act", f"END OF {name.upper()}")


def _heading(scene: ScriptScene, *, scene_numbers: bool, ids: bool) -> str:
    place, time = marks.one_line(scene.slug.place).upper(), marks.one_line(scene.slug.time).upper()
    text = f"{scene.slug.interior} {place}".rstrip() + (f" - {time}" if time else "")
    number = {"Number": scene.number} if scene_numbers else {}
    own = {OURS + "Id": scene.id} if ids else {}
    summary = "".join(f"<Paragraph><Text>{escape(line)}</Text></Paragraph>" for line in _filled(scene.synopsis))
    inside = f"<Summary>{summary}</Summary>" if summary else ""
    properties = f"<SceneProperties{_attributes({'Title': scene.title})}>{inside}</SceneProperties>"
    return _paragraph("Scene Heading", text, properties, **number, **own)


def _filled(text: str) -> list[str]:
    return [line for line in marks.lines_of(text) if line]


def _paragraph(kind: str, text: str, inside: str = "", **attributes: str) -> str:
    return f"<Paragraph{_attributes({'Type': kind, **attributes})}>{inside}<Text>{escape(text)}</Text></Paragraph>"


def _elements(scene: ScriptScene, names: dict[str, str]) -> Iterator[str]:
    """Lines that stand side by side share one paragraph; so each line looks at the one after it."""
    flat = list(paired(scene.elements))
    for index, (element, dual) in enumerate(flat):
        opens = not dual and index + 1 < len(flat) and flat[index + 1][1]
        yield from (("<Paragraph>", "<DualDialogue>") if opens else ())
        yield from _element(element, names)
        yield from (("</DualDialogue>", "</Paragraph>") if dual else ())


def _element(element: Element, names: dict[str, str]) -> Iterator[str]:
    match element:
        case Action():
            yield _paragraph("Shot" if element.camera else "Action", "\n".join(marks.lines_of(element.text)))
        case Transition():
            yield _paragraph("Transition", marks.one_line(element.text))
        case Dialogue():
            yield from _speech(element, names)


def _speech(line: Dialogue, names: dict[str, str]) -> Iterator[str]:
    extension = marks.one_line(line.extension.replace("(", "").replace(")", ""))
    name = names.get(line.character, marks.one_line(line.character)).upper()
    yield _paragraph("Character", f"{name} ({extension})" if extension else name)
    if parenthetical := marks.one_line(line.parenthetical):
        yield _paragraph("Parenthetical", f"({parenthetical})")
    yield _paragraph("Dialogue", "\n".join(marks.lines_of(line.text)))


def _title_page(script: Script) -> Iterator[str]:
    fields = {"Show": script.show, "Title": script.title, "Credit": script.credit, "Author": script.written_by}
    yield "<TitlePage>"
    yield "<Content>"
    for key, value in fields.items():
        if line := marks.one_line(value):
            yield f'<Paragraph Alignment="Center" {OURS}Field="{key}"><Text>{escape(line)}</Text></Paragraph>'
    yield "</Content>"
    yield "</TitlePage>"
