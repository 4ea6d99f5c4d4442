"""Final Draft to a script. The file is untrusted XML: no entities, no DTD, no network."""

from __future__ import annotations

from typing import Any

from scenewright.documents.draft import Draft, DraftBuilder
from scenewright.documents.fountain_marks import lines_of, one_line
from scenewright.domain.errors import BadInput
from scenewright.domain.screenplay import Script

MAX_BYTES = 20_000_000  # an episode with years of revisions is about 3,000,000
_ACTS = frozenset(("New Act", "Cold Opening", "Teaser"))
_SAME = {"Show": "show", "Title": "title", "Credit": "credit", "Author": "written_by"}


def read_fdx(data: bytes, name: str, base: Script | None = None) -> Draft:
    """The script in a Final Draft file. `base`: the script it was written from; gives names, places and their ids.

    Raises: BadInput: this is no Final Draft script, declares entities, is far too large, or has no scene headings.
    """
    if len(data) > MAX_BYTES:
        raise BadInput(
            f"{name} has {len(data) / 1e6:.1f} MB, more than any script ({MAX_BYTES // 10**6} MB); check it."
        )
    root = _root(data, name)
    content = root.find("Content")
    if root.tag != "FinalDraft" or content is None:
        raise BadInput(f"{name} is not a Final Draft script; save it as .fdx in Final Draft and try again.")
    reader = _Reader(DraftBuilder(name, base))
    reader.content(content)
    return reader.out.finish(**_facts(root))


def _root(data: bytes, name: str) -> Any:
    import lxml.etree  # 30 ms, and most runs read no XML

    bare = data.replace(b"\x00", b"")  # UTF-16 too
    if b"<!DOCTYPE" in bare or b"<!ENTITY" in bare:
        raise BadInput(f"{name} declares XML entities, which Final Draft never writes; save it anew.")
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = lxml.etree.fromstring(data, parser)
    except (lxml.etree.LxmlError, ValueError, LookupError) as exc:
        raise BadInput(f"{name} is damaged and cannot be read as Final Draft; save it anew and try again.") from exc
    if root.getroottree().docinfo.internalDTD is not None:  # in an encoding that hides it from the search above
        raise BadInput(f"{name} declares XML entities, which Final Draft never writes; save it anew.")
    return root


class _Reader:
    def __init__(self, out: DraftBuilder) -> None:
        self.out = out
        self._cue = ""
        self._said: list[str] = []
        self._dual = False

    def content(self, content: Any) -> None:
        for paragraph in content.iterchildren("Paragraph"):
            pair = paragraph.find("DualDialogue")
            if pair is None:
                self._paragraph(paragraph)
            else:
                self._flush()
                self._pair(pair)
        self._flush()

    def _pair(self, pair: Any) -> None:
        """Two columns; what a third one says follows them."""
        speeches = 0
        for paragraph in pair.iterchildren("Paragraph"):
            opens = paragraph.get("Type") == "Character"
            speeches += opens
            self._paragraph(paragraph, dual=opens and speeches == 2)
        self._flush()

    def _paragraph(self, paragraph: Any, *, dual: bool = False) -> None:
        kind, text = paragraph.get("Type") or "Action", _text(paragraph)
        if kind in ("Dialogue", "Parenthetical", "Lyrics", "Singing") and self._cue:
            self._said.append(_bracketed(text) if kind == "Parenthetical" else text)
            return
        self._flush()
        if kind == "Character":
            self._cue, self._dual = one_line(text), dual
        elif kind == "Scene Heading":
            self._heading(paragraph, one_line(text))
        elif kind in _ACTS:
            self.out.act(one_line(text))
        elif kind == "Transition":
            self.out.transition(one_line(text))
        elif text and kind != "End of Act":
            self.out.action(text, camera=kind == "Shot")

    def _flush(self) -> None:
        """Ends the speech that is open."""
        cue, said = self._cue, self._said
        self._cue, self._said = "", []
        if cue:
            bracketed = bool(said) and said[0].startswith("(") and said[0].endswith(")")
            parenthetical = one_line(said.pop(0)[1:-1]) if bracketed else ""
            self.out.speech(cue, "\n".join(said).strip("\n"), parenthetical, dual=self._dual)

    def _heading(self, paragraph: Any, text: str) -> None:
        properties = paragraph.find("SceneProperties")
        if properties is not None:
            self.out.scene_title(one_line(properties.get("Title") or ""))
        self.out.heading(text, one_line(paragraph.get("Number") or ""), one_line(paragraph.get("ScenewrightId") or ""))
        for line in properties.iterfind("Summary/Paragraph") if properties is not None else ():
            if synopsis := one_line(_text(line)):
                self.out.synopsis(synopsis)


def _text(paragraph: Any) -> str:
    return "\n".join(lines_of("".join("".join(run.itertext()) for run in paragraph.iterchildren("Text"))))


def _bracketed(text: str) -> str:
    return text if text.startswith("(") and text.endswith(")") else f"({text.strip('()')})"


def _facts(root: Any) -> dict[str, str]:
    facts = {key: one_line(root.get(f"Scenewright{key.title()}") or "") for key in ("id", "language", "logline")}
    if root.get("ScenewrightCamera") in ("single", "multi"):
        facts["camera"] = root.get("ScenewrightCamera")
    return facts | _title_page(root)


def _title_page(root: Any) -> dict[str, str]:
    """Ours say what they are; of others' the first line is the title, and the line after "written by" the author."""
    found, loose = {}, []
    for paragraph in root.iterfind("TitlePage/Content/Paragraph"):
        text, field = one_line(_text(paragraph)), paragraph.get("ScenewrightField")
        if field in _SAME:
            found[_SAME[field]] = text
        elif text:
            loose.append(text)
    return found or _guessed(loose)


def _guessed(lines: list[str]) -> dict[str, str]:
    credit = next((index for index, line in enumerate(lines) if line.lower() in ("by", "written by")), None)
    if credit is None:
        return {"title": lines[0]} if lines else {}
    author = lines[credit + 1] if credit + 1 < len(lines) else ""
    return {"title": lines[0] if credit else "", "credit": lines[credit], "written_by": author}
