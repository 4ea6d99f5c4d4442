"""One utterance made into a clip: split, spoken chunk by chunk, checked, joined, encoded, with a caption for each."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence

from scenewright.domain.calls import SpeechAnswer, SpeechRequest
from scenewright.domain.errors import CallFailed, FailureClass
from scenewright.domain.speech import Clip, Cue
from scenewright.providers.speech.encodings import MEDIA_TYPES, Encoding
from scenewright.providers.speech.hygiene import has_words, spoken
from scenewright.providers.speech.lexicon import respell
from scenewright.providers.speech.splitting import Chunk, chunks
from scenewright.providers.speech.voices import VoiceSpec
from scenewright.text.timing import speaking_seconds

Say = Callable[[SpeechRequest, int], Awaitable[SpeechAnswer]]
PutBlob = Callable[[bytes], Awaitable[str]]

LONGEST = 1_200.0  # seconds of one clip, as expected from its text: all of it is in memory at once
AT_ONCE = 8  # chunks asked for at once; how many really run is the decision of the account's gate


async def speak(
    text: str,
    *,
    voice: VoiceSpec,
    lexicon: Mapping[str, str],
    language: str,
    say: Say,
    put_blob: PutBlob,
    encoding: Encoding = "opus",
) -> Clip:
    """The clip of one utterance, stored. `say(request, index)` is the call for one chunk.

    A text without words is a short silence. When a chunk fails, no further one is started, those under way are
    waited for (they are paid), and the first failure is raised.
    Raises: CallFailed: as `say` does, because the sound that came cannot be this text, or because the text is enormous.
    """
    if (expected := speaking_seconds(text, language) / voice.rate) > LONGEST:
        raise CallFailed(
            f"A speech of about {expected / 60:.0f} minutes is too long for one clip: divide it into several.",
            failure=FailureClass.REFUSED,
        )
    asked = requests(text, voice=voice, lexicon=lexicon, language=language)
    audio = await _all(say, [request for _, request in asked])
    data, seconds, cues = await asyncio.to_thread(_assemble, asked, audio, encoding)
    return Clip(blob=await put_blob(data), media_type=MEDIA_TYPES[encoding], duration=seconds, cues=cues)


def requests(
    text: str, *, voice: VoiceSpec, lexicon: Mapping[str, str], language: str
) -> tuple[tuple[Chunk, SpeechRequest], ...]:
    """The chunks with words, each with the request that speaks it. Pure: equal arguments, equal requests."""
    asked = []
    for chunk in chunks(text, language):
        words = spoken(respell(spoken(chunk.text), lexicon))
        if has_words(words):
            asked.append((chunk, _request(words, voice, language)))
    return tuple(asked)


def _request(text: str, voice: VoiceSpec, language: str) -> SpeechRequest:
    return SpeechRequest(
        engine=voice.engine,
        base_url=voice.base_url,
        model=voice.model,
        voice=voice.voice,
        language=language,
        text=text,
        rate=voice.rate,
    )


async def _all(say: Say, wanted: Sequence[SpeechRequest]) -> list[bytes]:
    """The audio of every request, in order."""
    results: dict[int, bytes] = {}
    failures: dict[int, Exception] = {}
    waiting = iter(enumerate(wanted))

    async def work(queue: Iterator[tuple[int, SpeechRequest]]) -> None:
        for index, request in queue:
            if failures:
                return
            try:
                results[index] = (await say(request, index)).audio
            except Exception as exc:  # raised below, when what is under way has come in
                failures[index] = exc

    async with asyncio.TaskGroup() as group:
        for _ in range(min(AT_ONCE, len(wanted))):
            group.create_task(work(waiting))
    if failures:
        raise failures[min(failures)]
    return [results[index] for index in range(len(wanted))]


def _assemble(
    asked: Sequence[tuple[Chunk, SpeechRequest]], audio: Sequence[bytes], encoding: Encoding
) -> tuple[bytes, float, tuple[Cue, ...]]:
    from scenewright.providers.speech.assembly import Spoken, assemble  # numpy and PyAV, only where sound is made

    heard = [
        Spoken(
            text=request.text,
            caption=" ".join(chunk.text.split()),
            border=chunk.border,
            language=request.language,
            rate=request.rate,
            audio=data,
        )
        for (chunk, request), data in zip(asked, audio, strict=True)
    ]
    return assemble(heard, encoding)


def transcode(data: bytes, encoding: Encoding) -> bytes:
    """A clip in another encoding, for exports; the same bytes if it is in that one already. Heavy: use a thread.

    Raises: BadInput: not a sound file, or damaged.
    """
    from scenewright.providers.speech import codec

    return codec.transcode(data, encoding)


def duration(data: bytes) -> float:
    """Seconds of sound in a clip, counted rather than read from a header. Raises: BadInput."""
    from scenewright.providers.speech import codec

    return codec.duration(data)
