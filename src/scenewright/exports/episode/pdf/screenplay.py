"""A script onto pages: acts, scenes and their elements become blocks, blocks become pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scenewright.domain.screenplay import Act, Script, ScriptScene
from scenewright.exports.episode.pdf.block import Block, Row, Span
from scenewright.exports.episode.pdf.cells import flat, width, wrap
from scenewright.exports.episode.pdf.elements import Setting, elements
from scenewright.exports.episode.pdf.measures import NUMBER, PAGE_NUMBER, measures
from scenewright.exports.episode.pdf.model import LEFT, PAPERS, PITCH, Layout, Line, Page, Paper, PaperName, Role
from scenewright.exports.episode.pdf.paginate import paginate
from scenewright.exports.episode.pdf.title import title_page


def lay_out(script: Script, *, paper: PaperName = "letter", scene_numbers: bool = False) -> Layout:
    """Pure, and the same for the same script: the breakdown counts these pages, the PDF shows them."""
    sheet = PAPERS[paper]
    setting = Setting(
        measures=measures(sheet),
        lines=sheet.lines,
        multi=script.camera == "multi",
        numbers=scene_numbers,
        language=script.language,
        names={person.id: flat(person.name).upper() for person in script.cast},
    )
    placed = paginate(list(_blocks(script, setting)), sheet.lines)
    labels = {scene.id: flat(scene.number) for scene in script.scenes} if setting.multi and scene_numbers else {}
    pages = (_page(number, lines, labels, sheet) for number, lines in enumerate(placed, 1))
    return Layout(
        title=flat(script.title),
        author=flat(script.written_by),
        language=script.language,
        paper=sheet,
        pages=(title_page(script, sheet), *pages),
    )


def _blocks(script: Script, setting: Setting) -> Iterator[Block]:
    for act in script.acts:
        yield from _act(act, setting, last=act is script.acts[-1])


def _act(act: Act, setting: Setting, *, last: bool) -> Iterator[Block]:
    name = flat(act.name).upper()
    found = [block for scene in act.scenes for block in _scene(scene, setting)]
    if name:
        found.insert(0, replace(_centred("act", name, setting), with_next=True))
        found[1:2] = [replace(block, new_page=False) for block in found[1:2]]
        end = "END OF SHOW" if last else f"END OF {name}"
        found.append(replace(_centred("act_end", end, setting), gap=2, with_last=True))
    found[:1] = [replace(block, new_page=True) for block in found[:1]]
    yield from found


def _scene(scene: ScriptScene, setting: Setting) -> list[Block]:
    blocks = [_heading(scene, setting), *elements(scene, setting)]
    return [replace(block, scene=scene.id) for block in blocks]


def _centred(role: Role, text: str, setting: Setting) -> Block:
    columns = setting.measures.body.columns
    rows = (
        (Span(x=LEFT + (columns - width(line)) // 2 * PITCH, text=line, role=role, underline=True),)
        for line in wrap(text, columns)
    )
    return Block(role=role, lead=tuple(rows))


def _heading(scene: ScriptScene, setting: Setting) -> Block:
    time = f" - {scene.slug.time}" if flat(scene.slug.time) else ""
    text = flat(f"{scene.slug.interior} {scene.slug.place}{time}").upper()
    body, multi = setting.measures.body, setting.multi
    rows: list[Row] = [
        (Span(x=body.x, text=line, role="heading", underline=multi),) for line in wrap(text, body.columns)
    ]
    if setting.numbers and not multi and (number := flat(scene.number)[:NUMBER]):
        rows[0] = (*_numbers(number, setting), *rows[0])
    if multi and (cast := _present(scene, setting)):
        rows += [(Span(x=body.x, text=line, role="cast"),) for line in wrap(f"({cast})", body.columns)]
    return Block(role="heading", gap=2, lead=tuple(rows), with_next=True, new_page=multi)


def _numbers(number: str, setting: Setting) -> tuple[Span, Span]:
    left, right = setting.measures.number_left, setting.measures.number_right
    return (
        Span(x=left - width(number) * PITCH, text=number, role="scene_number"),
        Span(x=right, text=number, role="scene_number"),
    )


def _present(scene: ScriptScene, setting: Setting) -> str:
    """Who speaks in it, in the order of speaking."""
    speakers = dict.fromkeys(each.character for each in scene.elements if each.type == "dialogue")
    return ", ".join(filter(None, map(setting.name, speakers)))


def _page(number: int, lines: list[Line], labels: dict[str, str], paper: Paper) -> Page:
    first = next((labels[line.scene] for line in lines if labels.get(line.scene)), "")
    head = [_flush(f"{number}.", PAGE_NUMBER, paper)] if number > 1 else []
    head += [_flush(f"({first})", PAGE_NUMBER + 1, paper)] if first else []
    return Page(number=number, lines=(*head, *lines))


def _flush(text: str, y: int, paper: Paper) -> Line:
    return Line(x=paper.right - width(text) * PITCH, y=y, text=text, role="page_number")
