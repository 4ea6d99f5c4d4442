from __future__ import annotations

import contextlib
import io
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenewright.domain.errors import BadInput
from scenewright.providers.speech.clip import duration, transcode
from scenewright.providers.speech.codec import RATE, decode, encode, sniff, to_wav
from scenewright.providers.speech.encodings import Encoding
from scenewright.providers.speech.wav import wav
from tests.providers.speech.speech_help import Samples, tone

ENCODINGS: tuple[Encoding, ...] = ("opus", "aac", "wav")


def foreign(samples: Samples, codec: str, container: str, rate: int = 24_000) -> bytes:
    """A file as other people's servers make it: stereo, another rate, no care for exactness."""
    out = io.BytesIO()
    with av.open(out, "w", format=container) as file:
        stream = file.add_stream(codec, rate=rate, layout="stereo")
        assert isinstance(stream, av.AudioStream)
        frame = av.AudioFrame.from_ndarray(np.stack([samples, samples]), format="fltp", layout="stereo")
        frame.sample_rate = rate
        file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return out.getvalue()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("count", [961, 12_345, 2 * RATE])
def test_encoding_keeps_the_length_and_the_level(encoding: Encoding, count: int) -> None:
    samples = tone(2)[:count]
    back = decode(encode(samples, encoding))
    assert 0 <= len(back) - count < (1 if encoding != "aac" else 1024)
    if count > 4_800:
        assert float(np.sqrt((back[:count] ** 2).mean())) == pytest.approx(0.3 / 2**0.5, rel=0.05)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_same_sound_gives_the_same_bytes(encoding: Encoding) -> None:
    assert encode(tone(0.5), encoding) == encode(tone(0.5), encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_clip_is_transcoded_and_tells_its_duration(encoding: Encoding) -> None:
    original = encode(tone(1.5), "opus")
    result = transcode(original, encoding)
    assert duration(result) == pytest.approx(1.5, abs=0.03)
    assert transcode(result, encoding) == result


@pytest.mark.parametrize(
    ("codec", "container"),
    [
        ("libmp3lame", "mp3"),
        ("flac", "flac"),
        ("libopus", "ogg"),
        ("aac", "adts"),
        ("libopus", "webm"),
        ("pcm_s24le", "wav"),
    ],
)
def test_every_form_a_server_may_answer_in_is_read(codec: str, container: str) -> None:
    rate = 48_000 if codec == "libopus" else 24_000
    data = foreign(tone(1, rate=rate), codec, container, rate)
    assert len(decode(data)) / RATE == pytest.approx(1.0, abs=0.08)
    assert float(np.abs(decode(to_wav(data))).max()) == pytest.approx(0.3, abs=0.05)


@pytest.mark.parametrize("size", [0xFFFFFFFF, 0x7FFFFFFF, 0])
def test_a_streamed_wav_without_true_sizes_is_read_whole(size: int) -> None:
    data = bytearray(wav((tone(1, rate=24_000) * 32767).astype("<i2").tobytes(), 24_000))
    data[4:8] = size.to_bytes(4, "little")
    data[40:44] = size.to_bytes(4, "little")
    assert len(decode(bytes(data))) == pytest.approx(RATE, abs=50)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b'{"error": "no"}',
        b"<html></html>",
        b"RIFF\x00\x00\x00\x00WAVE",
        b"\xff\xfb" + bytes(40),
        b"OggS" + bytes(60),
        b"ID3" + bytes(200),
    ],
)
def test_what_is_not_a_sound_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput):
        decode(data)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_files_are_refused_or_read_never_more(data: st.DataObject) -> None:
    whole = bytearray(encode(tone(0.3), data.draw(st.sampled_from(ENCODINGS))))
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=8)):
        whole[at] ^= data.draw(st.integers(1, 255))
    cut = data.draw(st.integers(0, len(whole)))
    with contextlib.suppress(BadInput):
        assert np.isfinite(decode(bytes(whole[:cut]), max_seconds=60)).all()


def test_a_sound_without_end_is_refused() -> None:
    with pytest.raises(BadInput, match="longer than 2 seconds"):
        decode(encode(tone(3), "opus"), max_seconds=2)


def test_a_playlist_is_never_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.wav").write_bytes(encode(tone(0.2), "wav"))
    with pytest.raises(BadInput):
        sniff(f"#EXTM3U\n{tmp_path / 'secret.wav'}\n".encode())
