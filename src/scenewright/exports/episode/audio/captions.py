"""Captions of the table read: the words of the page, when they are heard, and who says them. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from scenewright.domain.episode import NARRATOR, Episode
from scenewright.domain.speech import Clip, Cue
from scenewright.exports.captions import captions_for, readable, size
from scenewright.exports.episode.audio.timeline import Heard, headings, timed
from scenewright.exports.vtt import escaped, stamp

_SHORTEST = 0.05  # seconds; a cue must end after it starts
_NO_TAGS = str.maketrans("<>{}", "‹›()")
_NEAR = 3  # size that two counts of the same text may differ: spaces between sentences


def episode_vtt(episode: Episode) -> str:
    """WebVTT, with the speaker of each cue."""
    blocks = (
        f"{stamp(cue.start)} --> {stamp(cue.end)}\n<v {escaped(name)}>{escaped(cue.text)}"
        for name, cue in _cues(episode)
    )
    return "\n\n".join(("WEBVTT", *blocks)) + "\n"


def episode_srt(episode: Episode) -> str:
    """SubRip; the narrator's words stand without a name."""
    narrator = _names(episode)[NARRATOR]
    blocks = []
    for number, (name, cue) in enumerate(_cues(episode), 1):
        said = cue.text if name == narrator else f"{name.upper()}: {cue.text}"
        times = f"{stamp(cue.start)} --> {stamp(cue.end)}".replace(".", ",")
        blocks.append(f"{number}\n{times}\n{_plain(said)}\n")
    return "\n".join(blocks)


def _cues(episode: Episode) -> Iterator[tuple[str, Cue]]:
    """(name of the speaker, caption) in the time of the whole read."""
    names, pages = _names(episode), _pages(episode)
    for heard in timed(episode).cues:
        text = pages.get((heard.scene, heard.element), heard.text)
        for cue in _aligned(text, heard, episode.language):
            start = heard.start + cue.start
            yield (
                names.get(heard.speaker, heard.speaker),
                Cue(start=start, end=max(start + _SHORTEST, heard.start + cue.end), text=cue.text),
            )


def _names(episode: Episode) -> dict[str, str]:
    return {NARRATOR: "Narrator"} | {person.id: person.name for person in episode.script.cast}


def _pages(episode: Episode) -> dict[tuple[str, str], str]:
    """What stands on the page for everything that is heard; "" = the heading."""
    found = {(scene, ""): text for scene, text in headings(episode).items()}
    for scene in episode.scenes:
        found |= {(scene.id, element.id): element.text for element in scene.elements if element.text.strip()}
    return found


def _aligned(text: str, heard: Heard, language: str) -> Iterator[Cue]:
    """The page's text at the times of the spoken one, whose sentences are the same but for how they are written."""
    clip = heard.clip
    if not heard.element:  # INT. is no sentence
        yield from readable((Cue(start=0.0, end=clip.duration, text=text),))
        return
    if " ".join(cue.text for cue in clip.cues) == " ".join(text.split()):
        yield from readable(clip.cues)
        return
    length = max(clip.duration, _SHORTEST)
    pieces = captions_for(text, 1_000.0, language)  # as shares of the whole, so that rounding does no harm
    for piece in pieces:
        start, end = piece.start / 1_000, piece.end / 1_000
        if clip.cues:
            start, end = _begin(clip, start), _end(clip, end)
        else:
            start, end = start * length, end * length
        yield Cue(start=start, end=end, text=piece.text)


def _begin(clip: Clip, share: float) -> float:
    """When the text that begins at this share of the whole begins to be heard."""
    ends, total = _ends(clip)
    index = min(bisect_right(ends, share * total + _NEAR), len(ends) - 1)
    return _within(clip, index, share * total)


def _end(clip: Clip, share: float) -> float:
    ends, total = _ends(clip)
    index = next((at for at, end in enumerate(ends) if share * total <= end + _NEAR), len(ends) - 1)
    return _within(clip, index, share * total)


def _within(clip: Clip, index: int, place: float) -> float:
    ends, _ = _ends(clip)
    first, cue = ends[index] - size(clip.cues[index].text), clip.cues[index]
    part = (place - first) / max(1, ends[index] - first)
    near = _NEAR / max(1, ends[index] - first)
    part = 0.0 if part < near else 1.0 if part > 1 - near else part
    return cue.start + (cue.end - cue.start) * part


def _ends(clip: Clip) -> tuple[list[int], int]:
    """(where each cue of the clip ends, in the size of its text; the size of all)."""
    ends = list(accumulate(size(cue.text) for cue in clip.cues))
    return ends, ends[-1]


def _plain(text: str) -> str:
    """On one line, without what players take for tags."""
    flat = " ".join(text.replace("\0", "\ufffd").split())
    return flat.translate(_NO_TAGS)
