"""The embedded voice, with its real worker processes."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenewright.domain.calls import no_sink
from scenewright.domain.errors import CallFailed, FailureClass
from scenewright.providers.speech import espeak_voices, espeak_worker
from scenewright.providers.speech.codec import decode
from scenewright.providers.speech.espeak import Espeak
from scenewright.providers.speech.hygiene import spoken
from scenewright.text.timing import speaking_seconds
from tests.providers.speech.speech_help import call, seconds

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc or waits on a pidfd")

SENTENCES = {
    "en": "With the energy of sunlight, plants turn water and carbon dioxide into sugar.",
    "de": "Mit der Energie des Sonnenlichts machen Pflanzen aus Wasser und Kohlendioxid Zucker.",
    "zh-CN": "植物利用阳光把二氧化碳和水变成糖，并且放出氧气。",
    "fr": "Grâce à l'énergie du soleil, les plantes transforment l'eau en sucre.",
    "es": "Con la energía del sol, las plantas convierten el agua en azúcar.",
    "hi": "पौधे सूर्य के प्रकाश से अपना भोजन बनाते हैं।",
}


async def say(text: str, voice: str = "", language: str = "en", **more: object) -> bytes:
    async with Espeak(workers=1) as espeak:
        return (await espeak.perform(call(text, voice=voice, language=language, **more), no_sink)).audio


def worker_command(library: Path, data: Path) -> tuple[str, ...]:
    return (sys.executable, "-I", "-S", espeak_worker.__file__, str(library), str(data), str(os.getpid()))


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_takes_about_as_long_as_a_person_needs(language: str) -> None:
    took = seconds(asyncio.run(say(SENTENCES[language], language=language)))
    assert 0.5 < took / speaking_seconds(SENTENCES[language], language) < 2.0


def test_rate_changes_the_pace() -> None:
    slow, fast = (seconds(asyncio.run(say(SENTENCES["en"], rate=rate))) for rate in (0.7, 1.4))
    assert slow > 1.5 * fast


def test_variants_and_pitch_are_different_voices() -> None:
    def spectrum(voice: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        sound = decode(asyncio.run(say("A a a a, e e e e, o o o o.", voice)))
        bands = np.abs(np.fft.rfft(sound, 1 << 17))[200:16_000].reshape(-1, 100).sum(axis=1)
        return np.asarray(bands / np.linalg.norm(bands))

    heard = [spectrum(voice) for voice in ("en-us", "en-us+f2", "en-us+m3", "en-us+f4", "en-us~70")]
    for index, one in enumerate(heard):
        for other in heard[index + 1 :]:
            assert float(one @ other) < 0.99


def test_markup_is_read_out_and_never_obeyed() -> None:
    sound = decode(asyncio.run(say("One <break time='9s'/> two [[pau]] <speak>three</speak> &lt; four")))
    frames = np.abs(sound[: len(sound) // 480 * 480]).reshape(-1, 480).max(axis=1) > 0.01
    longest = max(len(run) for run in "".join("x" if loud else " " for loud in frames).split("x"))
    assert longest < 120  # 1.2 seconds of silence; the break asked for nine
    assert len(sound) / 48_000 > 4  # the markup was said


@pytest.mark.parametrize("text", ["", "  \n ", "...", "—", "\x01\x02\u200b\ufeff"])
def test_nothing_to_say_is_a_short_silence(text: str) -> None:
    audio = asyncio.run(say(text))
    assert seconds(audio) == pytest.approx(0.3)
    assert not decode(audio).any()


@given(st.text())
def test_spoken_text_has_no_commands_in_it(text: str) -> None:
    clean = spoken(text)
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 or 0xD800 <= ord(char) < 0xE000 for char in clean)
    assert spoken(clean) == clean
    clean.encode()


def test_any_text_leaves_the_worker_alive() -> None:
    nasty = [
        "👨‍👩‍👧 🙂 ☃",
        "9" * 300,
        "a" * 900,
        "%s%n %00 \\ ' \"",
        "e\u0301" * 50,
        "\ud800lone",
        "हिंदी 中文 العربية mixed",
        "\U000e0041x",
    ]

    async def run() -> None:
        async with Espeak(workers=1) as espeak:
            await espeak.perform(call("Hello."), no_sink)
            pids = espeak.pids
            answers = [await espeak.perform(call(text), no_sink) for text in nasty]
            assert all(seconds(answer.audio) > 0.2 for answer in answers)
            assert espeak.pids == pids

    asyncio.run(run())


@pytest.mark.parametrize(
    ("text", "voice", "language", "reason"),
    [
        ("x" * 10_001, "", "en", "split it"),
        ("Hello.", "en-us+nobody", "en", "no variant"),
        ("Hello.", "", "tlh", "No embedded voice speaks"),
        ("Hello.", "../../etc/passwd", "en", "not an embedded voice"),
    ],
)
def test_what_will_never_work_is_not_worth_trying_again(text: str, voice: str, language: str, reason: str) -> None:
    with pytest.raises(CallFailed, match=reason) as caught:
        asyncio.run(say(text, voice, language))
    assert caught.value.failure is (FailureClass.REFUSED if reason == "split it" else FailureClass.FATAL)


@posix
def test_a_hung_worker_is_transient_and_replaced() -> None:
    async def run() -> None:
        async with Espeak(workers=1, deadline=0.5) as espeak:
            await espeak.perform(call("Hello."), no_sink)
            (pid,) = espeak.pids
            os.kill(pid, signal.SIGSTOP)
            with pytest.raises(CallFailed, match="did not answer within") as caught:
                await espeak.perform(call("Hello."), no_sink)
            assert caught.value.failure is FailureClass.TRANSIENT
            assert espeak.pids == ()
        async with Espeak(workers=1) as espeak:
            assert seconds((await espeak.perform(call("Hello."), no_sink)).audio) > 0.2

    asyncio.run(run())


@posix
def test_a_worker_that_dies_while_it_speaks_is_transient_and_replaced() -> None:
    async def run() -> None:
        async with Espeak(workers=1) as espeak:
            await espeak.perform(call("Hello."), no_sink)
            (pid,) = espeak.pids
            os.kill(pid, signal.SIGSTOP)
            speaking = asyncio.create_task(espeak.perform(call("Hello."), no_sink))
            await asyncio.sleep(0)
            os.kill(pid, signal.SIGKILL)
            with pytest.raises(CallFailed, match="stopped unexpectedly") as caught:
                await speaking
            assert caught.value.failure is FailureClass.TRANSIENT
            assert seconds((await espeak.perform(call("Hello."), no_sink)).audio) > 0.2
            assert espeak.pids != (pid,)

    asyncio.run(run())


def test_a_library_that_cannot_be_loaded_is_fatal_and_says_so(tmp_path: Path) -> None:
    command = worker_command(tmp_path / "none.so", tmp_path)

    async def run() -> None:
        async with Espeak(workers=1, command=command) as espeak:
            await espeak.perform(call("Hello."), no_sink)

    with pytest.raises(CallFailed, match="could not be loaded") as caught:
        asyncio.run(run())
    assert caught.value.failure is FailureClass.FATAL


@posix
def test_it_speaks_from_a_long_path_with_spaces_and_umlauts(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["ein Ordner für Größen"] * 10)
    deep.mkdir(parents=True)
    (deep / "espeak-ng-data").symlink_to(espeak_voices.data_path())
    (deep / "lib.so").symlink_to(espeak_voices.library_path().resolve())
    command = worker_command(deep / "lib.so", deep / "espeak-ng-data")

    async def run() -> float:
        async with Espeak(workers=1, command=command) as espeak:
            return seconds((await espeak.perform(call(SENTENCES["en"]), no_sink)).audio)

    assert asyncio.run(run()) == pytest.approx(seconds(asyncio.run(say(SENTENCES["en"]))), rel=0.05)


def test_several_speak_at_once_in_processes_of_their_own() -> None:
    async def run() -> None:
        async with Espeak(workers=2) as espeak:
            texts = [f"Sentence number {n}, and a little more to say." for n in range(6)]
            answers = await asyncio.gather(*(espeak.perform(call(text), no_sink) for text in texts))
            assert all(seconds(answer.audio) > 1 for answer in answers)
            assert len(espeak.pids) == 2
            assert repr(espeak) == "<Espeak busy=0 idle=2 size=2>"

    asyncio.run(run())


@linux
def test_closing_and_cancelling_leave_no_process() -> None:
    async def run() -> list[int]:
        espeak = Espeak(workers=2)
        await espeak.perform(call("Hello."), no_sink)
        first = list(espeak.pids)
        os.kill(first[0], signal.SIGSTOP)
        speaking = asyncio.create_task(espeak.perform(call("Hello."), no_sink))
        await asyncio.sleep(0)
        speaking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await speaking
        await espeak.perform(call("Hello."), no_sink)
        pids = [*first, *espeak.pids]
        await espeak.close()
        await espeak.close()
        with pytest.raises(CallFailed, match="closed"):
            await espeak.perform(call("Hello."), no_sink)
        return pids

    assert not [pid for pid in asyncio.run(run()) if Path(f"/proc/{pid}").exists()]


@linux
def test_the_library_is_never_loaded_into_our_own_process() -> None:
    asyncio.run(say("Hello."))
    assert "espeak" not in Path("/proc/self/maps").read_text()


SCRIPT = """
import asyncio, sys
from scenewright.domain.calls import Call, SpeechRequest, no_sink
from scenewright.domain.steps import StepId
from scenewright.providers.speech.espeak import Espeak

async def main():
    espeak = Espeak(workers=1)
    request = SpeechRequest(engine="espeak", voice="", language="en", text="Hello.")
    await espeak.perform(Call(request=request, work="w", step=StepId(name="clip")), no_sink)
    print(*espeak.pids, flush=True)
    if "wait" in sys.argv:
        await asyncio.sleep(60)
    if "close" in sys.argv:
        await espeak.close()

asyncio.run(main())
"""


@linux
def test_a_worker_ends_when_its_parent_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", SCRIPT, "wait"], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        worker = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
        ended, _, _ = select.select([worker], [], [], 10)
        os.close(worker)
        assert ended


@pytest.mark.parametrize("manner", ["close", "forget"])
def test_a_process_ends_without_a_word_closed_or_not(manner: str) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-c", SCRIPT, manner], capture_output=True, text=True, timeout=30
    )
    assert (done.returncode, done.stderr) == (0, "")
