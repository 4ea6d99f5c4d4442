"""The finished classroom as a document: pages laid out, actions on a timeline, clips by address."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from scenewright.domain.actions import Action, Speech
from scenewright.domain.classroom import Asset, Beat, Classroom, Content, Person, Scene, Voiced
from scenewright.domain.drawing import Drawing
from scenewright.domain.slides import Slide
from scenewright.domain.speech import Clip
from scenewright.kinds.classroom.plan import OUTLINE, actions_of, clip_of, content_of
from scenewright.kinds.plugin import Tools
from scenewright.layout import ImageSize, image_size, lay_out
from scenewright.plan import Known
from scenewright.text.sentences import base
from scenewright.text.timing import speaking_seconds

_ACTION: TypeAdapter[Action] = TypeAdapter(Action)
_CONTENT: TypeAdapter[Content] = TypeAdapter(Content)
_SUFFIX = {"audio/ogg": "ogg", "audio/mp4": "m4a", "audio/wav": "wav"}

NOTES = {
    "en": "No language model wrote this classroom; it was built from the document's own words.",
    "de": "Kein Sprachmodell hat diesen Kurs geschrieben; er entstand aus den Worten des Dokuments.",
    "zh": "本课程并非由语言模型撰写，而是依据文档原文编排而成。",
}


async def assemble(known: Known, tools: Tools) -> Classroom:
    """Scenes that are ready or failed; what was skipped, or has not been written yet, is left out."""
    header = known.emitted(OUTLINE)[0]
    images = await _images(known, tools)
    scenes = await asyncio.to_thread(_scenes, known, header["language"], images.sizes)
    brief = known.brief
    offline = brief.author == "offline"
    return Classroom(
        id=tools.work,
        title=header["title"],
        language=header["language"],
        objectives=tuple(header["objectives"]),
        written_by="offline" if offline else brief.model,
        note=NOTES.get(base(header["language"]), NOTES["en"]) if offline else "",
        sources=tuple(document.name for document in brief.documents),
        people=tuple(Person(id=who.id, name=who.name, role=who.role) for who in brief.speakers),
        scenes=tuple(scenes),
        assets=(*_used(images.assets, scenes), *_audio(known, scenes)),
    )


@dataclass(frozen=True)
class _Images:
    sizes: Mapping[str, ImageSize]
    assets: Sequence[Asset]


async def _images(known: Known, tools: Tools) -> _Images:
    sizes, assets = {}, []
    for name, blob in known.brief.assets.items():
        sizes[name] = image_size(await tools.get_blob(blob))
        kind = "image/jpeg" if name.endswith(".jpg") else "image/png"
        assets.append(Asset(name=name, src=f"images/{name}", media_type=kind, blob=blob))
    return _Images(sizes, assets)


def _scenes(known: Known, language: str, images: Mapping[str, ImageSize]) -> list[Scene]:
    scenes = []
    for name, outline in known.named_parts(OUTLINE).items():
        if name in known.skipped:
            continue
        raw = known.value(content_of(name))
        content = _CONTENT.validate_python(raw) if raw else None
        pages = lay_out(content, language=language, images=images) if isinstance(content, Slide) else ()
        actions = [_ACTION.validate_python(part) for part in known.emitted(actions_of(name))]
        beats = _beats(known, name, actions, pages, language)
        failed = known.failed_scenes.get(name)
        if failed is None and not _whole(known, name, beats):
            continue
        scenes.append(
            Scene(
                id=name,
                title=outline["title"],
                status="failed" if failed else "ready",
                problem=failed.reason if failed else "",
                content=content,
                pages=pages,
                beats=beats,
            )
        )
    return scenes


def _whole(known: Known, scene: str, beats: Sequence[Beat]) -> bool:
    said = [beat.voiced for beat in beats if beat.voiced is not None]
    return actions_of(scene) in known.adopted and not (known.brief.audio and any(not clip.src for clip in said))


def _beats(
    known: Known, scene: str, actions: Sequence[Action], pages: Sequence[Drawing], language: str
) -> tuple[Beat, ...]:
    turns = page_turns(actions, pages)
    return tuple(
        Beat(action=action, page=page, voiced=_voiced(known, scene, action, language))
        for action, page in zip(actions, turns, strict=True)
    )


def page_turns(actions: Sequence[Action], pages: Sequence[Drawing]) -> list[int]:
    """The page each action belongs to: that of what it points at, and speech stays on the page pointed at last.

    If nothing points at a page (a model may forget), the speeches are shared out over the pages instead.
    """
    home = {box.block: number for number, page in reversed(list(enumerate(pages))) for box in page.boxes if box.block}
    items = {(box.block, box.item): number for number, page in enumerate(pages) for box in page.boxes}
    turns: list[int] = []
    page = 0
    for action in actions:
        if not isinstance(action, Speech):
            page = items.get((action.target, action.item), home.get(action.target, page))
        turns.append(page)
    if set(turns) >= set(range(len(pages))):
        return turns
    return [position * len(pages) // len(actions) for position in range(len(actions))]


def _voiced(known: Known, scene: str, action: Action, language: str) -> Voiced | None:
    if not isinstance(action, Speech):
        return None
    value = known.value(clip_of(scene, action.id)) if known.brief.audio else None
    if value is None:
        return Voiced(src="", duration=round(speaking_seconds(action.text, language), 3))
    clip = Clip.model_validate(value)
    return Voiced(src=_audio_name(scene, action.id, clip), duration=clip.duration, cues=clip.cues)


def _audio(known: Known, scenes: Sequence[Scene]) -> list[Asset]:
    found = []
    for scene in scenes:
        for beat in scene.beats:
            if beat.voiced and beat.voiced.src:
                clip = Clip.model_validate(known.value(clip_of(scene.id, beat.action.id)))
                name = f"{scene.id}/{beat.action.id}"
                found.append(Asset(name=name, src=beat.voiced.src, media_type=clip.media_type, blob=clip.blob))
    return found


def _audio_name(scene: str, speech: str, clip: Clip) -> str:
    return f"audio/{scene}-{speech}.{_SUFFIX[clip.media_type]}"


def _used(assets: Sequence[Asset], scenes: Sequence[Scene]) -> list[Asset]:
    marks: set[Any] = {
        mark.asset
        for scene in scenes
        for page in scene.pages
        for box in page.boxes
        for mark in box.marks
        if mark.type == "image"
    }
    return [asset for asset in assets if asset.name in marks]
