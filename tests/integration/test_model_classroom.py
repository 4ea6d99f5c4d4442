"""Whole classrooms, written by a scripted model over a real socket, through the real wiring."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scenewright.app.settings import Settings
from scenewright.app.sources import Request
from scenewright.app.works import Work, Works
from scenewright.domain.brief import Brief
from scenewright.domain.classroom import Classroom
from scenewright.domain.events import RunEnded
from scenewright.testing.provider import (
    OK,
    Behaviour,
    ScriptedProvider,
    Seen,
    answering,
    failing,
    out_of_credit,
    rate_limited,
)
from tests.integration.classes import accepted, asks_for, classroom, document, speech

pytestmark = pytest.mark.server
KEY = "sk-very-secret-0123456789"


def brief(**fields: Any) -> Brief:
    return Brief(
        **{
            "documents": (document(),),
            "language": "en",
            "author": "llm",
            "model": "openai:test",
            "audio": False,
            **fields,
        }
    )


def settings(home: Path, server: ScriptedProvider, **fields: Any) -> Settings:
    return Settings(home=home, base_url=server.base_url, speech_url=server.base_url, backoff=0.0, **fields)


async def make(
    home: Path, server: ScriptedProvider, wanted: Brief | None = None, **fields: Any
) -> tuple[RunEnded, Work, Classroom | None]:
    async with Works(settings(home, server, **fields)) as works:
        work = await works.create(Request(brief=wanted or brief()))
        ended = await works.run(work)
        opened = await works.open(work)
        made = await works.document(opened) if opened.board.scenes else None
        assert made is None or isinstance(made, Classroom)
        return ended, opened, made


def made(home: Path, server: ScriptedProvider, wanted: Brief | None = None, **fields: Any) -> tuple[Work, Classroom]:
    ended, work, document = asyncio.run(make(home, server, wanted, **fields))
    assert ended.outcome == "done", (ended.reason, [failure.reason for failure in work.known.failed.values()])
    assert document is not None
    return work, document


def on(name: str, *first: Behaviour) -> Callable[[Seen], Behaviour]:
    """The first answers to one of the questions; everything else is answered well."""
    left = list(first)

    def script(seen: Seen) -> Behaviour:
        return left.pop(0) if left and asks_for(seen, name) else OK

    return script


def test_a_whole_classroom(tmp_path: Path) -> None:
    with ScriptedProvider(answers=classroom) as server:
        work, document = made(tmp_path, server)
        assert [scene.status for scene in document.scenes] == ["ready"] * 3
        assert [scene.content.type for scene in document.scenes if scene.content] == ["slide", "slide", "quiz"]
        assert document.written_by == "openai:test"
        assert len(server.requests) == 1 + 3 + 3
        assert not server.duplicates()
        assert server.in_flight_max == 1
        assert work.spend.calls == 7
        assert work.spend.unpriced == 7  # nobody knows what "test" costs, so nobody says that it is nothing


def test_latex_survives_the_way_through_json(tmp_path: Path) -> None:
    with ScriptedProvider(answers=classroom) as server:
        _, document = made(tmp_path, server)
        slide = document.scenes[0].content
        assert slide is not None
        assert slide.type == "slide"
        assert [block.latex for block in slide.blocks if block.type == "formula"] == ["\\beta + \\frac{1}{2}"]


def test_speech_of_a_network_voice_becomes_clips(tmp_path: Path) -> None:
    with ScriptedProvider(answers=classroom) as server:
        _work, document = made(tmp_path, server, brief(audio=True, voice="openai:alloy"))
        said = [beat.voiced for scene in document.scenes for beat in scene.beats if beat.voiced]
        assert len(said) == 6
        assert all(voiced.src and voiced.duration > 0 and voiced.cues for voiced in said)
        assert not server.duplicates()


FAULTS = {
    "429 with Retry-After": [rate_limited(0.05)],
    "500 twice": [failing(500), failing(503)],
    "malformed": [Behaviour(shape="malformed")],
    "fenced": [Behaviour(shape="fenced")],
    "chatty": [Behaviour(shape="chatty")],
    "thinking": [Behaviour(shape="thinking")],
    "empty": [Behaviour(shape="empty")],
    "no JSON at all": [answering("I would rather talk about something else.")],
    "truncated": [Behaviour(truncate_after=90)],
    "cut off": [Behaviour(cut_after=60)],
    "hangs": [Behaviour(hang=True)],
    "stalls": [Behaviour(stall_after=40)],
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("question", ["outline", "slide", "actions"])
def test_a_classroom_comes_out_whole_though_a_call_goes_wrong(tmp_path: Path, question: str, fault: str) -> None:
    with ScriptedProvider(answers=classroom, script=on(question, *FAULTS[fault])) as server:
        _, document = made(tmp_path, server, first_answer=0.4, stall=0.2)
        assert [scene.status for scene in document.scenes] == ["ready"] * 3
        words = document.model_dump_json()
        assert "think" not in words
        assert "```" not in words


def test_a_model_that_thinks_for_long_is_not_taken_for_dead(tmp_path: Path) -> None:
    """Its thoughts come for longer than the silence that is allowed; they are heard, and never shown."""
    slow = Behaviour(shape="reasoning", pace=0.02, piece=1)
    with ScriptedProvider(answers=classroom, script=on("outline", slow)) as server:
        made(tmp_path, server, first_answer=0.5, stall=0.3)
        assert len([seen for seen in server.requests if asks_for(seen, "outline")]) == 1


def test_what_stays_useless_fails_its_scene_readably_and_the_batch_goes_on(tmp_path: Path) -> None:
    useless = [answering({"nothing": "of use"})] * 2
    with ScriptedProvider(answers=classroom, script=on("slide", *useless)) as server:
        ended, _work, document = asyncio.run(make(tmp_path, server))
        assert (ended.outcome, ended.reason) == ("failed", "1 of 3 scenes failed")
        assert document is not None
        assert [scene.status for scene in document.scenes] == ["failed", "ready", "ready"]
        assert "asked again" in document.scenes[0].problem


@pytest.mark.parametrize(
    ("fault", "says"),
    [(failing(401, "invalid_api_key"), "key"), (failing(404, "model_not_found"), "model"), (out_of_credit(), "quota")],
)
def test_what_will_not_pass_pauses_at_once_and_is_not_repeated(tmp_path: Path, fault: Behaviour, says: str) -> None:
    with ScriptedProvider(answers=classroom, script=on("slide", fault)) as server:
        ended, _, _ = asyncio.run(make(tmp_path, server))
        assert ended.outcome == "paused"
        assert says in ended.reason
        assert len(server.requests) == 2


def test_ids_that_do_not_exist_are_repaired_before_anyone_sees_them(tmp_path: Path) -> None:
    def confused(seen: Seen) -> Any:
        answer: Any = classroom(seen)
        if asks_for(seen, "outline"):
            answer["scenes"][0]["sections"] = ["Part 1", "part-99"]
        if asks_for(seen, "slide"):
            answer["blocks"] += [{"type": "image", "id": "b1", "asset": "made-up.png", "alt": "x", "caption": ""}]
        if asks_for(seen, "actions"):
            ghosts = [
                {"type": "laser", "speaker": None, "text": None, "target": ghost, "item": 7} for ghost in ("B1", "zz")
            ]
            answer["actions"] = [*ghosts, {**speech("Said by *nobody* with $x^2$."), "speaker": "Prof. Ghost"}]
        return answer

    with ScriptedProvider(answers=confused) as server:
        _, document = made(tmp_path, server)
    first = document.scenes[0]
    assert first.content is not None
    assert first.content.type == "slide"
    assert [block.id for block in first.content.blocks] == ["b1", "b2"]
    pointer, said = (beat.action for beat in first.beats)
    assert (pointer.type, pointer.target, pointer.item) == ("laser", "b1", None)  # type: ignore[union-attr]
    assert said.type == "speech"
    assert said.speaker == "teacher"
    assert not set("*$^") & set(said.text)


def test_a_stream_that_breaks_off_is_continued_behind_what_was_accepted(tmp_path: Path) -> None:
    def script(seen: Seen) -> Behaviour:
        return Behaviour(cut_after=700, pace=0.002) if asks_for(seen, "outline") and not accepted(seen) else OK

    def rest(seen: Seen) -> Any:
        answer: Any = classroom(seen)
        if asks_for(seen, "outline") and (kept := accepted(seen)):
            answer["scenes"] = answer["scenes"][len(kept) - 1 :]
            del answer["header"]
        return answer

    with ScriptedProvider(answers=rest, script=script) as server:
        work, document = made(tmp_path, server)
        assert len([seen for seen in server.requests if asks_for(seen, "outline")]) == 2
    titles = [part["title"] for parts in work.known.parts.values() for part in parts if part["type"] == "scene"]
    assert len(titles) == len(document.scenes) == 3
    appended = [logged.event for logged in work.events if logged.event.type == "part.appended"]
    indexes = [event.index for event in appended if str(event.step) == "outline"]
    assert indexes == [0, 1, 2, 3]


def test_only_what_a_changed_section_reaches_is_paid_again(tmp_path: Path) -> None:
    with ScriptedProvider(answers=classroom) as server:

        async def change() -> Work:
            async with Works(settings(tmp_path, server)) as works:
                work = await works.create(Request(brief=brief()))
                await works.run(work)
                before = len(server.requests)
                await works.change(work, Request(brief=brief()))
                await works.run(work)
                assert len(server.requests) == before
                await works.change(work, Request(brief=brief(documents=(document(changed=2),))))
                await works.run(work)
                asked = server.requests[before:]
                assert [asks_for(seen, "slide") or asks_for(seen, "actions") for seen in asked] == [True, True]
                assert all("rewritten" in seen.text or asks_for(seen, "actions") for seen in asked)
                return await works.open(work)

        work = asyncio.run(change())
    assert {str(step.id) for step in work.board.stale()} == {"outline", "actions@s3"}


def test_the_same_document_again_pays_nothing(tmp_path: Path) -> None:
    with ScriptedProvider(answers=classroom) as server:
        _, first = made(tmp_path, server)
        paid = len(server.requests)
        work, second = made(tmp_path, server)
        assert len(server.requests) == paid
        assert work.spend.calls == 0
        assert second == first.model_copy(update={"id": second.id})


def test_a_long_document_is_outlined_piece_by_piece(tmp_path: Path) -> None:
    long = document(6)
    padded = long.model_copy(
        update={
            "sections": tuple(section.model_copy(update={"blocks": section.blocks * 60}) for section in long.sections)
        }
    )
    window = 2_400  # tokens: two of the six sections fit at a time

    def answer(seen: Seen) -> Any:
        if asks_for(seen, "header"):
            planned = [f"Title {number}" for number in range(1, 7)]
            cites = [[f"part-{number}"] for number in range(1, 7)]
            return {"header": {"title": "Long", "language": "en", "objectives": [], "planned": planned, "cites": cites}}
        whole: Any = classroom(seen, 6)
        if asks_for(seen, "outline"):
            first, last = (int(word) for word in seen.text.split("planned scenes ")[1].split(" only")[0].split(" to "))
            return {"scenes": whole["scenes"][first - 1 : last]}
        return whole

    with ScriptedProvider(answers=answer) as server:
        _, document_ = made(tmp_path, server, brief(documents=(padded,)), window=window)
        assert len(document_.scenes) == 6
        pieces = [seen for seen in server.requests if asks_for(seen, "outline")]
        assert len(pieces) > 2
        for seen in server.requests:
            assert len(seen.text) / 3 < window * 1.5
        for number, seen in enumerate(seen for seen in server.requests if asks_for(seen, "slide")):
            assert f"[part-{number + 1}]" in seen.text
            assert f"[part-{number + 2}]" not in seen.text


def test_no_key_ever_lands_in_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCENEWRIGHT_API_KEY", KEY)
    echo = Behaviour(status=401, code="invalid_api_key", message=f"Incorrect API key provided: {KEY}")
    with ScriptedProvider(answers=classroom, keys=[KEY], script=on("actions", echo)) as server:
        ended, work, _ = asyncio.run(make(tmp_path, server))
        assert ended.outcome == "paused"
        assert any(KEY in seen.authorisation for seen in server.requests)  # it was sent, and only sent
    assert KEY not in str(ended) + repr(work)
    stored = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert stored
    assert not [path for path in stored if KEY.encode() in path.read_bytes()]


def test_the_same_questions_are_asked_in_a_way_that_prompt_caches_like(tmp_path: Path) -> None:
    """Requests of one step begin alike: the rules, then what is the same for all scenes."""
    with ScriptedProvider(answers=classroom) as server:
        made(tmp_path, server)
        one, two = [seen.body["messages"] for seen in server.requests if asks_for(seen, "slide")]
    assert one[0] == two[0]
    assert one[1]["content"].startswith("# Task\nLanguage: en\n\n# Classroom")


def test_nobody_but_the_first_scene_may_greet(tmp_path: Path) -> None:
    with ScriptedProvider(answers=classroom) as server:
        made(tmp_path, server)
        asked = [seen for seen in server.requests if asks_for(seen, "actions")]
    assert [seen.text.split("# Place\nThis is ")[1].split(" scene")[0] for seen in asked] == [
        "the first",
        "a middle",
        "the last",
    ]
    assert "teacher: " not in asked[0].text
    for seen in asked[1:]:
        assert "The last speeches before this scene:\nteacher: " in seen.text
