from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scenewright.domain.brief import Brief, Speaker
from scenewright.domain.calls import Call, SpeechAnswer, SpeechRequest, no_note, no_sink
from scenewright.domain.episode import Episode
from scenewright.domain.errors import BadSettings, CallFailed, FailureClass, Withdrawn
from scenewright.domain.show import Character, EpisodePlan, Show
from scenewright.domain.speech import Clip
from scenewright.domain.steps import StepId
from scenewright.exports.episode.audio import episode_vtt, table_read_mp3, timed
from scenewright.kinds.episode import PLUGIN
from scenewright.kinds.episode.assemble import assembled
from scenewright.kinds.episode.details import EpisodeDetails
from scenewright.kinds.episode.reading import read_performer
from scenewright.kinds.plugin import Cast, Tools
from scenewright.plan import Desk as PerformersDesk
from scenewright.plan import Step
from scenewright.providers.speech import registry
from scenewright.providers.speech.codec import RATE, decode, encode
from scenewright.providers.speech.espeak import Espeak
from scenewright.providers.speech.loudness import loudness
from scenewright.providers.speech.voices import VoiceSpec
from scenewright.testing import virtualloop
from tests.kinds.episode.desk import Desk, brief

SOUND = encode((0.3 * np.sin(np.arange(RATE // 2) / 20)).astype(np.float32), "wav")  # half a second


@dataclass
class World:
    """What a performer needs: a voice that takes a second for each call and notes what it was asked; blobs."""

    asked: list[Call[SpeechRequest]] = field(default_factory=list)
    blobs: dict[str, bytes] = field(default_factory=dict)
    fails_at: str = ""

    async def say(self, call: Call[SpeechRequest]) -> SpeechAnswer:
        self.asked.append(call)
        await asyncio.sleep(1.0)
        if self.fails_at and self.fails_at in call.request.text:
            raise CallFailed("The voice said no.", failure=FailureClass.FATAL)
        return SpeechAnswer(audio=SOUND)

    async def put(self, data: bytes) -> str:
        name = hashlib.sha256(data).hexdigest()
        self.blobs[name] = data
        return name

    async def get(self, digest: str) -> bytes:
        return self.blobs[digest]

    def tools(self, **more: Any) -> Tools:
        def voice(text: str, language: str) -> VoiceSpec:
            return VoiceSpec(engine="espeak", voice=text, language=language)

        def nobody(_: str) -> Any:
            raise AssertionError("nothing is written while it is read")

        tools = {"choose": nobody, "voice": voice, "say": self.say, "put_blob": self.put, "get_blob": self.get}
        return Tools(**{"work": "w", **tools, **more})


def step(*texts: str, take: int = 0) -> Step:
    said = [{"element": f"l{n}" if n else "", "speaker": "ada", "text": text} for n, text in enumerate(texts)]
    utterances = [{**each, "voice": f"+f{n + 1}"} for n, each in enumerate(said)]
    given = {"utterances": utterances, "language": "en", "encoding": "wav", "lexicon": {"Fowey": "Foy"}}
    return Step(id=StepId(name="read", item="s1"), pool="voice", inputs=given, rank=(3, 7), take=take)


@dataclass
class Table:
    """A desk that keeps the parts. `leave_after`: parts, after which the run pauses."""

    parts: list[Mapping[str, Any]] = field(default_factory=list)
    leave: asyncio.Event = field(default_factory=asyncio.Event)
    leave_after: int = 99

    async def part(self, part: dict[str, Any]) -> None:
        self.parts.append(part)
        if len(self.parts) >= self.leave_after:
            self.leave.set()

    def desk(self) -> PerformersDesk:
        return PerformersDesk(parts=tuple(self.parts), part=self.part, note=no_note, leave=self.leave)


def perform(world: World, wanted: Step, table: Table) -> dict[str, Any]:
    async def run() -> dict[str, Any]:
        return await read_performer(world.tools())(wanted, table.desk())

    return virtualloop.run(run())


def test_utterances_are_spoken_in_order_each_with_its_voice() -> None:
    world, table = World(), Table()

    async def run() -> tuple[dict[str, Any], float]:
        value = await read_performer(world.tools())(step("Interior. Fowey.", "Yes.", "No."), table.desk())
        return value, asyncio.get_running_loop().time()

    value, seconds = virtualloop.run(run())
    assert seconds == 3.0  # one after the other
    assert value == {"parts": table.parts}
    assert [(part["id"], part["text"]) for part in table.parts] == [
        ("heading", "Interior. Fowey."),
        ("l1", "Yes."),
        ("l2", "No."),
    ]
    assert [(call.request.voice, call.request.text, call.rank) for call in world.asked] == [
        ("+f1", "Interior. Foy.", (3, 7, 0, 0)),
        ("+f2", "Yes.", (3, 7, 1, 0)),
        ("+f3", "No.", (3, 7, 2, 0)),
    ]
    assert {call.leave for call in world.asked} == {table.leave}
    for part in table.parts:
        assert Clip.model_validate(part["clip"]).blob in world.blobs


def test_a_pause_is_heard_between_utterances_and_what_was_spoken_is_not_asked_again() -> None:
    world, table = World(), Table(leave_after=2)
    wanted = step("One.", "Two.", "Three.")
    with pytest.raises(Withdrawn):
        perform(world, wanted, table)
    assert [call.request.text for call in world.asked] == ["One.", "Two."]
    again = Table(parts=list(table.parts))
    value = perform(world, wanted, again)
    assert [call.request.text for call in world.asked] == ["One.", "Two.", "Three."]
    assert [part["text"] for part in value["parts"]] == ["One.", "Two.", "Three."]
    assert value["parts"][:2] == table.parts


def test_a_failure_keeps_what_was_spoken_before_it() -> None:
    world, table = World(fails_at="Two"), Table()
    with pytest.raises(CallFailed, match="said no"):
        perform(world, step("One.", "Two.", "Three."), table)
    assert [part["text"] for part in table.parts] == ["One."]


def test_another_take_asks_anew() -> None:
    world = World()
    perform(world, step("One.", take=2), Table())
    assert [call.take for call in world.asked] == [2]


def test_a_scene_where_nothing_is_said_is_read_at_once() -> None:
    world = World()
    assert perform(world, step(), Table()) == {"parts": []}
    assert world.asked == []


# Who speaks


def the_registry(speakers: Any, language: str, leading: str) -> Mapping[str, str]:
    return {who: spec.id for who, spec in registry.cast(speakers, language, default=leading).items()}


def completed(*characters: Character, cast: Cast = the_registry, voice: str = "", **brief: Any) -> dict[str, Speaker]:
    show = Show(title="The Harbour", characters=characters)
    details = EpisodeDetails(show=show, plan=EpisodePlan(title="Fog")).model_dump(mode="json")
    wanted = Brief(kind="episode", details=details, voice=voice, **brief)
    return {who.id: who for who in PLUGIN.complete(wanted, cast).speakers}


def test_the_narrator_leads_and_everybody_has_a_voice_of_their_own() -> None:
    people = completed(*(Character(id=f"c{n}", name=f"C{n}") for n in range(11)), voice="espeak:en-gb")
    assert next(iter(people)) == "narrator"
    assert people["narrator"].voice == "espeak:en-gb"
    voices = [who.voice for who in people.values()]
    assert len(set(voices)) == len(voices) == 16


def test_the_bible_gives_voices_and_they_win() -> None:
    people = completed(Character(id="ada", name="ADA", speaking_voice="espeak:+f3~60"), Character(id="bo", name="BO"))
    assert people["ada"].voice == "espeak:+f3~60"
    assert people["bo"].voice not in ("espeak:en-us+f3~60", people["narrator"].voice)


@pytest.mark.parametrize("voice", ["espaek:en", "espeak:+femal1", "Bob"])
def test_a_voice_that_does_not_exist_names_the_character(voice: str) -> None:
    with pytest.raises(BadSettings, match=rf"BO cannot speak with '{voice.replace('+', '.')}'"):
        completed(Character(id="ada", name="ADA"), Character(id="bo", name="BO", speaking_voice=voice))


def test_what_is_wrong_with_the_narrators_voice_is_no_characters_doing() -> None:
    with pytest.raises(BadSettings, match=r"^There are no"):
        completed(Character(id="bo", name="BO", speaking_voice="espeak:+f3"), voice="espaek:en")


def test_a_crowd_and_a_character_called_narrator_have_voices() -> None:
    people = completed(*(Character(id=f"c{n}", name="C") for n in range(90)), Character(id="narrator", name="N"))
    assert people["narrator"].role == "narrator"
    assert all(who.voice for who in people.values())


def test_nobody_is_cast_without_sound() -> None:
    people = completed(Character(id="ada", name="ADA", speaking_voice="nonsense"), audio=False)
    assert {who.voice for who in people.values()} == {"", "nonsense"}


# With the embedded voice


def test_an_episode_is_heard_from_its_pages_to_its_file(tmp_path: Path) -> None:
    world = World()
    wanted = PLUGIN.complete(brief(1, audio=True).model_copy(update={"speakers": (), "encoding": "opus"}), the_registry)
    desk = Desk().start(wanted)
    (read,) = [each for each in desk.board.kind.finale_steps(desk.known) if each.id.name == "read"]

    async def run() -> Episode:
        async with Espeak(workers=1) as voice:

            async def say(call: Call[SpeechRequest]) -> SpeechAnswer:
                return await voice.perform(call, no_sink)

            tools = world.tools(say=say, voice=registry.resolve)
            value = await read_performer(tools)(read, Table().desk())
        heard = Desk({"read": lambda _: value}).start(wanted)
        episode = assembled(heard.known)
        await table_read_mp3(episode, world, tmp_path / "read.mp3")
        return episode

    episode = asyncio.run(run())
    timeline = timed(episode)
    sound = decode((tmp_path / "read.mp3").read_bytes())
    assert [cue.speaker for cue in timeline.cues] == ["narrator", "ada", "narrator", "bo"]
    assert len(sound) / RATE == pytest.approx(timeline.duration, abs=0.1)
    assert loudness(sound) == pytest.approx(-18.0, abs=0.7)
    for cue, after in pairwise(timeline.cues):
        between = sound[round((cue.end - 0.1) * RATE) : round(after.start * RATE)]
        assert np.abs(between).max() < 0.01  # the pause is silent
        assert np.abs(sound[round(cue.start * RATE) : round(cue.end * RATE)]).max() > 0.1
    vtt = episode_vtt(episode)
    assert "<v Narrator>INT. LAMP ROOM" in vtt
    assert "<v ADA>Is this the fog of s1, take 0?" in vtt
