"""A work made ready to leave: file names every system takes, captions that can be read, formulas as MathML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scenewright.domain.actions import Speech
from scenewright.domain.classroom import Asset, Beat, Classroom, Scene, Voiced
from scenewright.domain.quiz import Quiz
from scenewright.exports.captions import captions_for, readable
from scenewright.exports.job import AudioFormat
from scenewright.text import inline
from scenewright.text.timing import speaking_seconds

AUDIO = {"audio/ogg": ".ogg", "audio/mp4": ".m4a", "audio/wav": ".wav", "audio/mpeg": ".mp3"}
IMAGES = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/svg+xml": ".svg",
}
AUDIO_TYPE = {"opus": "audio/ogg", "aac": "audio/mp4", "wav": "audio/wav"}
_SAFE = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}/)?[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")
_RESERVED = re.compile(r"(?i)(?:^|/)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)|\.$")


def prepared(work: Classroom, audio: AudioFormat = "as-is") -> Classroom:
    """The same work with what an export adds. Unknown file types are dropped: nothing of theirs could be shown."""
    assets, moved = _assets(work, audio)
    return work.model_copy(
        update={
            "assets": assets,
            "scenes": tuple(_scene(scene, moved, work.language) for scene in work.scenes),
            "formulas": {**work.formulas, **dict(_formulas(work))},
        }
    )


def without_files(work: Classroom) -> Classroom:
    scenes = tuple(_scene(scene, {}, work.language) for scene in work.scenes)
    return work.model_copy(update={"assets": (), "scenes": scenes})


def _assets(work: Classroom, audio: AudioFormat) -> tuple[tuple[Asset, ...], dict[str, str]]:
    """The files with safe names, and from each old path to the new one."""
    kept: list[Asset] = []
    moved: dict[str, str] = {}
    taken: set[str] = set()
    for asset in work.assets:
        if asset.media_type in AUDIO:
            if audio == "none":
                continue
            kind = AUDIO_TYPE.get(audio, asset.media_type)
            path = _path(asset, "audio", AUDIO[kind], taken)
        elif asset.media_type in IMAGES:
            kind = asset.media_type
            path = _path(asset, "images", IMAGES[kind], taken)
        else:
            continue
        taken.add(path.lower())
        moved[asset.src] = path
        kept.append(asset.model_copy(update={"src": path, "media_type": kind}))
    return tuple(kept), moved


def _path(asset: Asset, folder: str, suffix: str, taken: set[str]) -> str:
    """Its own name where that is safe and free, else one made from its content."""
    stem = asset.src.rpartition("/")[2].rpartition(".")[0]
    path = f"{folder}/{stem}{suffix}"
    if _SAFE.fullmatch(path) and not _RESERVED.search(path) and path.lower() not in taken:
        return path
    digest = re.sub(r"[^0-9a-f]", "", asset.blob)[:16] or "file"
    number = 1
    while (path := f"{folder}/{digest}-{number}{suffix}") in taken:
        number += 1
    return path


def _scene(scene: Scene, moved: dict[str, str], language: str) -> Scene:
    return scene.model_copy(update={"beats": tuple(_beat(beat, moved, language) for beat in scene.beats)})


def _beat(beat: Beat, moved: dict[str, str], language: str) -> Beat:
    if not isinstance(beat.action, Speech):
        return beat
    text = beat.action.text
    voiced = beat.voiced or Voiced(src="", duration=speaking_seconds(text, language))
    cues = readable(voiced.cues) or captions_for(text, voiced.duration, language)
    return beat.model_copy(
        update={"voiced": voiced.model_copy(update={"src": moved.get(voiced.src, ""), "cues": cues})}
    )


def _formulas(work: Classroom) -> Iterator[tuple[str, str]]:
    for latex in {span.text for text in _quiz_texts(work) for span in inline.parse(text) if span.math}:
        if mathml := _mathml(latex):
            yield latex, mathml


def _mathml(latex: str) -> str:
    from scenewright.layout.mathml import BadLatex, serialised, to_mathml  # only where there is a formula

    try:
        return serialised(to_mathml(latex, inline=True))
    except BadLatex:
        return ""  # the player shows the source


def _quiz_texts(work: Classroom) -> Iterator[str]:
    for scene in work.scenes:
        if isinstance(scene.content, Quiz):
            yield from (scene.content.title, scene.content.intro)
            for question in scene.content.questions:
                yield from (question.prompt, question.explanation)
                yield from (option.text for option in question.options)
