"""How many steps may run follows the gates of the accounts."""

from __future__ import annotations

from pathlib import Path

from scenewright.app.places import AccountPlaces
from scenewright.app.settings import Settings
from scenewright.app.sources import Request
from scenewright.app.works import Works
from scenewright.domain.brief import Brief, Speaker
from scenewright.limits import Ending, Fixed, Gate
from scenewright.testing.virtualloop import run
from tests.integration.classes import document


class Growing(Fixed):
    """Takes one more with every call."""

    def ended(self, now: float, ending: Ending) -> None:
        self._limit += 1


def test_without_accounts_there_is_one_place_each() -> None:
    places = AccountPlaces()
    assert [places.of("model"), places.of("voice"), places.of("cpu")] == [1, 1, 1]


def test_the_widest_of_the_models_and_the_narrowest_of_the_voices_count() -> None:
    gates = [Gate(Fixed(2)), Gate(Fixed(5))]
    places = AccountPlaces(models=gates, voices=gates)
    assert [places.of("model"), places.of("voice"), places.of("cpu")] == [5, 2, 1]


def test_whoever_decides_is_woken_when_a_gate_widens_and_only_while_it_runs() -> None:
    async def go() -> None:
        gate = Gate(Growing(1))
        places, woken = AccountPlaces(models=[gate], voices=[gate]), list[int]()
        with places.changing(lambda: woken.append(places.of("model"))):
            async with gate.enter():
                pass
            assert woken == [2]  # once, though two pools have it
        async with gate.enter():
            pass
        assert (woken, gate.on_change) == ([2], [])

    run(go())


def places_of(home: Path, voices: list[str], **fields: str) -> tuple[int, int]:
    """(model, voice) of a work whose people have these voices."""
    import asyncio

    async def go() -> tuple[int, int]:
        settings = Settings(home=home, base_url="http://127.0.0.1:9/v1", speech_url="http://127.0.0.1:9/v1", **fields)  # type: ignore[arg-type]
        people = tuple(Speaker(id=f"p{number}", name="P", voice=voice) for number, voice in enumerate(voices))
        wanted = Brief(documents=(document(),), language="en", author="llm", model="openai:m", speakers=people)
        async with Works(settings) as works:
            opened = await works.open(await works.create(Request(brief=wanted)))
            opened.places.models, opened.places.voices = await works._gates(opened)
            return opened.places.of("model"), opened.places.of("voice")

    return asyncio.run(go())


def test_settings_decide_for_accounts_and_cores_for_the_embedded_voice(tmp_path: Path) -> None:
    from scenewright.app.providers import WORKERS

    model, cores = places_of(tmp_path, ["espeak"])
    assert model == 1
    assert 1 <= cores <= WORKERS
    assert places_of(tmp_path, ["openai:alloy"]) == (1, 1)
    assert places_of(tmp_path, ["openai:alloy"], parallel_scene_concurrency="5") == (5, 5)
    assert places_of(tmp_path, ["openai:alloy"], parallel_scene_concurrency="5", voice_parallel="2") == (5, 2)
    assert places_of(tmp_path, ["espeak"], parallel_scene_concurrency="9") == (9, cores)
    assert places_of(tmp_path, ["espeak"], voice_parallel="1") == (1, 1)
    assert places_of(tmp_path, ["espeak", "openai:alloy"], voice_parallel="off") == (1, 1)
