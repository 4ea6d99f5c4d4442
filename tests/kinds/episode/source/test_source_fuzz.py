"""Whatever bytes come in, a brief or a readable refusal comes out."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenewright.domain.brief import Brief
from scenewright.domain.errors import BadInput
from scenewright.domain.show import Show
from scenewright.kinds.episode.details import EpisodeDetails, details_of
from scenewright.kinds.episode.source import bound, example, read
from scenewright.kinds.plugin import Source

FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
NAMES = st.sampled_from(("b.yaml", "b.json", "b.fountain", "b.fdx"))
EXAMPLE = example().data
FOUNTAIN = b"Title: T\nShow: x\n\n# ACT ONE\n\n## A\n= ANN goes.\nINT. A - DAY\n\n[[set-up x: y]]\n\nRain.\n"
FDX = (
    b'<?xml version="1.0" encoding="UTF-8"?><FinalDraft DocumentType="Script"><Content>'
    b'<Paragraph Type="Scene Heading"><SceneProperties Title="x"><Summary><Paragraph><Text>ANN goes.</Text></Paragraph>'
    b"</Summary></SceneProperties><Text>INT. A</Text></Paragraph></Content></FinalDraft>"
)
SEEDS = {
    "b.yaml": EXAMPLE,
    "b.json": json.dumps(yaml.safe_load(EXAMPLE)).encode(),
    "b.fountain": FOUNTAIN,
    "b.fdx": FDX,
}


def attempt(data: bytes, name: str) -> None:
    try:
        fields = dict(read(Source(name=name, data=data)).fields)
    except BadInput as exc:
        problem = str(exc)
    else:
        _check(fields)
        return
    assert problem.endswith((".", "?"))
    assert "\n" not in problem
    assert len(problem) < 2_000


def _check(fields: dict[str, Any]) -> None:
    """It is a brief, and what it says can be written down."""
    brief = Brief.model_validate(fields)
    brief.model_dump_json().encode()
    if isinstance(brief.details["show"], str):
        try:
            EpisodeDetails.model_validate(bound(brief.details, Show(title="T")))
        except BadInput as exc:
            problem = str(exc)
        else:
            return
        assert "does not fit the show T" in problem
    else:
        details_of(brief)


@FUZZ
@given(st.binary(max_size=400), NAMES)
def test_any_bytes(data: bytes, name: str) -> None:
    attempt(data, name)


@FUZZ
@given(st.text(alphabet=st.sampled_from("abAB:- \n\t[]{},\"'#&*!|>?%@=.~0\u00e9\u2028\ud83d"), max_size=200), NAMES)
def test_any_marks(text: str, name: str) -> None:
    attempt(text.encode("utf-8", "surrogatepass"), name)


@FUZZ
@given(st.data(), NAMES)
def test_good_files_that_were_damaged(data: st.DataObject, name: str) -> None:
    seed = SEEDS[name]
    start = data.draw(st.integers(0, len(seed) - 1))
    end = data.draw(st.integers(start, min(len(seed), start + 300)))
    put = data.draw(st.one_of(st.binary(max_size=20), st.just(seed[end : end + 200]), st.just(seed[:60])))
    attempt(seed[:start] + put + seed[end:], name)


def _spoilt(draw: Any, value: Any) -> Any:
    """The value with one place of it replaced by something of another shape."""
    if isinstance(value, dict) and value and draw(st.booleans() | st.just(True)):
        key = draw(st.sampled_from(sorted(value)))
        return {**value, key: _spoilt(draw, value[key])}
    if isinstance(value, list) and value:
        at = draw(st.integers(0, len(value) - 1))
        return [*value[:at], _spoilt(draw, value[at]), *value[at + 1 :]]
    other = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30))
    return draw(st.one_of(other, st.lists(other, max_size=3), st.dictionaries(st.text(max_size=8), other, max_size=3)))


@FUZZ
@given(st.data())
def test_a_bible_with_one_thing_of_another_shape(data: st.DataObject) -> None:
    spoilt = _spoilt(data.draw, yaml.safe_load(EXAMPLE))
    attempt(json.dumps(spoilt).encode(), "b.json")
    attempt(yaml.safe_dump(spoilt, allow_unicode=True).encode("utf-8", "replace"), "b.yaml")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"- " * 400_000, "b.yaml"),
        (b"[" * 400_000, "b.yaml"),
        (b"{a: " * 200_000, "b.yaml"),
        (b"title: T\nx: |\n" + b"  word\n" * 100_000, "b.yaml"),
        (b"title: T\ncharacters:\n" + b"".join(b" - name: p%d\n" % n for n in range(50_000)), "b.yaml"),
        (b"title: T\n" + b"".join(b"f%d: x\n" % n for n in range(60_000)), "b.yaml"),
        (b"title: T\nepisode:\n scenes:\n" + b"".join(b" - slug: INT. P%d\n" % n for n in range(500)), "b.yaml"),
        (b'{"a":' * 150_000, "b.json"),
        (b"{" + b'"a":[' * 150_000, "b.json"),
        (b"INT. A\n\n" + b"[[a" * 200_000, "b.fountain"),
        (b"INT. A\n\n" + b"ANN @ANN " * 100_000, "b.fountain"),
        (b"x" * 6_000_000, "b.fountain"),
        (FDX.replace(b"<FinalDraft", b'<!DOCTYPE x [<!ENTITY a "b">]><FinalDraft', 1), "b.fdx"),
        (FDX.replace(b"<Content>", b"<Content>" + b"<a>" * 100_000), "b.fdx"),
    ],
    ids=range(14),
)
def test_endless_files(data: bytes, name: str) -> None:
    attempt(data, name)
