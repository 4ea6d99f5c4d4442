"""One MP3 with chapters, written while it is made. All computation: runs in a thread, off the event loop."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import IO, TYPE_CHECKING, Self

import numpy as np

from scenewright.exports.episode.audio.timeline import Chapter
from scenewright.providers.speech.codec import RATE, Samples

if TYPE_CHECKING:
    import av

BIT_RATE = 80_000  # bits per second, mono: plenty for voices
_FASTER = {"compression_level": "7"}  # half the time of the encoder's own choice
_LAME_SCALE = np.float32(0.95)  # by which the encoder turns everything down at this rate
MOST_CHAPTERS = 255  # that the table of contents of an MP3 can name
_MILLISECOND = Fraction(1, 1000)
_PIECE = RATE  # samples encoded at a time


class Mp3:
    """A context manager; the file is complete when it is left. Raises: OSError: it cannot be written."""

    def __init__(self, out: IO[bytes], chapters: Sequence[Chapter], tags: Mapping[str, str]) -> None:
        import av  # tens of milliseconds to import

        self._file = av.open(out, mode="w", format="mp3", options={"id3v2_version": "3", "fflags": "+bitexact"})
        self._file.metadata.update({name: text for name, text in tags.items() if text})
        self._file.set_chapters([_chapter(number, each) for number, each in enumerate(_few(chapters))])
        self._stream = self._file.add_stream("libmp3lame", rate=RATE, layout="mono", options=_FASTER)
        self._stream.bit_rate = BIT_RATE
        self._at = 0  # samples

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._file.mux(self._stream.encode(None))
        self._file.close()

    def write(self, pieces: Iterable[Samples]) -> None:
        import av

        for samples in pieces:
            for start in range(0, len(samples), _PIECE):
                piece = samples[None, start : start + _PIECE] / _LAME_SCALE
                frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout="mono")
                frame.sample_rate, frame.pts = RATE, self._at
                self._at += frame.samples
                self._file.mux(self._stream.encode(frame))


def _few(chapters: Sequence[Chapter]) -> Sequence[Chapter]:
    """Not more than the file can name: the last one takes in the rest."""
    if len(chapters) <= MOST_CHAPTERS:
        return chapters
    last, end = chapters[MOST_CHAPTERS - 1], chapters[-1].end
    return [
        *chapters[: MOST_CHAPTERS - 1],
        Chapter(scene=last.scene, title=f"{last.title} ...", start=last.start, end=end),
    ]


def _chapter(number: int, chapter: Chapter) -> av.container.core.Chapter:
    return {
        "id": number,
        "start": round(chapter.start * 1000),
        "end": round(chapter.end * 1000),
        "time_base": _MILLISECOND,
        "metadata": {"title": chapter.title},
    }
