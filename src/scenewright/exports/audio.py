"""Clips in another format, through PyAV, whose wheel carries the encoders."""

from __future__ import annotations

from io import BytesIO
from typing import Literal

from scenewright.domain.errors import BadInput

_CODECS: dict[str, tuple[str, str, int, int | None]] = {  # container, codec, samples/s, bits/s
    "opus": ("ogg", "libopus", 48_000, 40_000),
    "aac": ("mp4", "aac", 44_100, 64_000),
    "wav": ("wav", "pcm_s16le", 24_000, None),
}


def transcode(data: bytes, to: Literal["opus", "aac", "wav"]) -> bytes:
    """One clip, mono. Raises: BadInput: it is not audio that can be read."""
    import av  # 60 ms to import: only where a format is changed

    container, codec, rate, bits = _CODECS[to]
    out = BytesIO()
    try:
        with av.open(BytesIO(data), "r") as source, av.open(out, "w", format=container) as sink:
            stream = sink.add_stream(codec, rate=rate)
            assert isinstance(stream, av.AudioStream)
            stream.layout = "mono"
            if bits:
                stream.bit_rate = bits
            resampler = av.AudioResampler(
                format=stream.format, layout="mono", rate=rate, frame_size=stream.codec_context.frame_size or None
            )
            for frame in source.decode(audio=0):
                for piece in resampler.resample(frame):
                    sink.mux(stream.encode(piece))
            for piece in resampler.resample(None):
                sink.mux(stream.encode(piece))
            sink.mux(stream.encode(None))
    except (av.FFmpegError, IndexError, ValueError) as exc:
        raise BadInput(f"A clip cannot be made into {to} ({exc}); export with its own format instead.") from exc
    return out.getvalue()
