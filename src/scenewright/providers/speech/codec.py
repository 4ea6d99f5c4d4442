"""Sound in and out of files, with PyAV. What comes in is untrusted: it is recognised here, never by the library.

Samples are mono float32 at 48 kHz, full scale = 1.0.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import numpy.typing as npt

from scenewright.domain.errors import BadInput
from scenewright.providers.speech.encodings import Encoding
from scenewright.providers.speech.wav import wav

if TYPE_CHECKING:
    import av

Samples = npt.NDArray[np.float32]

RATE = 48_000  # Hz, of everything we make; what Opus works in
DEMUXERS = {"opus": "ogg", "aac": "mov", "wav": "wav"}
BIT_RATES = {"opus": 40_000, "aac": 64_000}  # bits per second, plenty for one voice
MAX_SECONDS = 3_600.0  # of decoded sound


def decode(data: bytes, *, max_seconds: float = MAX_SECONDS) -> Samples:
    """The sound of a WAV, Ogg, MP3, FLAC, AAC, MP4 or WebM file, also of a WAV whose header has no true size.

    Raises: BadInput: not one of these, damaged, without sound, or longer than `max_seconds`.
    """
    return _decoded(data, RATE, max_seconds)[0]


def to_wav(data: bytes, *, max_seconds: float = MAX_SECONDS) -> bytes:
    """Any sound that `decode` reads as a complete 16-bit mono WAV at its own rate. Raises: BadInput."""
    samples, rate = _decoded(data, None, max_seconds)
    return wav(_sixteen_bits(samples), rate)


def encode(samples: Samples, encoding: Encoding) -> bytes:
    """A file of one voice. The same samples give the same bytes with the same library."""
    if encoding == "wav":
        return wav(_sixteen_bits(samples), RATE)
    if encoding == "opus":
        out = io.BytesIO()
        _write(out, samples, "ogg", "libopus", BIT_RATES[encoding], {"fflags": "+bitexact"})
        return out.getvalue()
    with tempfile.TemporaryDirectory(prefix="scenewright-") as folder:  # faststart reads the file again by its name
        path = Path(folder) / "clip.m4a"
        _write(
            str(path), samples, "ipod", "aac", BIT_RATES[encoding], {"fflags": "+bitexact", "movflags": "+faststart"}
        )
        return path.read_bytes()


def transcode(data: bytes, encoding: Encoding) -> bytes:
    """A clip in another encoding, for exports; the same bytes if it is in that one already."""
    return data if sniff(data) == DEMUXERS[encoding] else encode(decode(data), encoding)


def duration(data: bytes) -> float:
    """Seconds of sound, counted rather than read from a header."""
    return len(decode(data)) / RATE


def sniff(data: bytes) -> str:
    """The demuxer for these bytes. Naming it keeps playlists, which make the library open other files, out.

    Raises: BadInput: not a sound file that we read.
    """
    head = data[:12]
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE":
        return "wav"
    if head[:4] in _MAGIC:
        return _MAGIC[head[:4]]
    if head[4:8] == b"ftyp":
        return "mov"
    if head[:3] == b"ID3" or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0):
        return "aac" if head[:3] != b"ID3" and head[1] & 0x06 == 0 else "mp3"
    shown = "an empty file" if not data else "a text" if head.isascii() and head.decode().isprintable() else "something"
    raise BadInput(f"{shown.capitalize()} came where a sound file was expected.")


_MAGIC = {b"OggS": "ogg", b"fLaC": "flac", b"\x1aE\xdf\xa3": "matroska"}


def _decoded(data: bytes, rate: int | None, max_seconds: float) -> tuple[Samples, int]:
    """(mono samples, their rate): at `rate`, or as the file has it."""
    import av  # tens of milliseconds to import

    pieces: list[Samples] = []
    seconds, found = 0.0, rate or RATE
    try:
        with av.open(io.BytesIO(data), format=sniff(data), mode="r") as file:
            if not file.streams.audio:
                raise BadInput("The sound file has no sound in it.")
            for frame in _resampled(file, av.AudioResampler(format="fltp", rate=rate)):
                # The library's own way from stereo to mono adds 3 dB, which clips.
                pieces.append(frame.to_ndarray().mean(axis=0, dtype=np.float32))
                found = frame.sample_rate
                seconds += frame.samples / found
                if seconds > max_seconds:
                    raise BadInput(f"The sound is longer than {max_seconds:.0f} seconds, which cannot be right.")
    except (av.FFmpegError, ValueError) as exc:  # ValueError: frames that change their form midway
        raise BadInput("The sound file is damaged.") from exc
    return (np.concatenate(pieces) if pieces else np.zeros(0, np.float32)), found


def _resampled(file: av.container.InputContainer, resampler: av.AudioResampler) -> Iterator[av.AudioFrame]:
    for frame in file.decode(audio=0):
        frame.pts = None  # gaps and jumps in a stream's clock are not ours to keep
        yield from resampler.resample(frame)
    yield from resampler.resample(None)


def _sixteen_bits(samples: Samples) -> bytes:
    return np.round(np.clip(samples, -1.0, 1.0) * 32767).astype("<i2").tobytes()


def _write(out: Any, samples: Samples, container: str, codec: str, bit_rate: int, options: dict[str, str]) -> None:
    import av

    with av.open(out, mode="w", format=container, options=options) as file:
        stream = cast("av.AudioStream", file.add_stream(codec, rate=RATE, layout="mono"))
        stream.bit_rate = bit_rate
        stream.codec_context.flags |= av.codec.context.Flags.bitexact.value
        for start in range(0, len(samples), RATE):
            frame = av.AudioFrame.from_ndarray(samples[None, start : start + RATE], format="fltp", layout="mono")
            frame.sample_rate, frame.pts = RATE, start
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
