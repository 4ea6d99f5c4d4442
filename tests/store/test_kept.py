"""What outlives works: whole or not at all, and never taken for something that it is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenewright.domain.errors import BadInput, StoreError
from scenewright.store import Kept

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(value=JSON.filter(lambda value: "\ud800" not in json.dumps(value)))
def test_what_is_kept_comes_back(tmp_path: Path, value: object) -> None:
    kept = Kept(tmp_path, "episode")
    kept.put("show", value)
    assert Kept(tmp_path, "episode").get("show") == value


def test_each_kind_has_its_own_and_lists_them_by_name(tmp_path: Path) -> None:
    kept = Kept(tmp_path, "episode")
    for name in ("b", "con", "a"):
        kept.put(name, name)
    Kept(tmp_path, "limerick").put("other", 1)
    assert kept.names() == ["a", "b", "con"]
    kept.remove("b")
    assert (kept.names(), kept.get("b"), kept.get("other")) == (["a", "con"], None, None)


@pytest.mark.parametrize("name", ["", "..", "../x", "a/b", "A", "a.b", "-a", "x" * 65, "a\n", "é", "a\x00"])
def test_a_name_that_could_lead_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput):
        Kept(tmp_path, "episode").put(name, 1)
    with pytest.raises(BadInput):
        Kept(tmp_path, "episode").get(name)
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"", "damaged"),
        (b"{", "damaged"),
        (b"\xff", "damaged"),
        (b"[" * 100_000, "damaged"),
        (b"[]", "not what was written"),
        (b'{"format": "scenewright.kept", "version": 2, "value": 1}', "newer"),
        (b'{"format": "scenewright.kept", "version": "x", "value": 1}', "newer"),
        (b'{"format": "other", "version": 1, "value": 1}', "not what was written"),
    ],
)
def test_a_damaged_file_is_told_and_left_alone(tmp_path: Path, written: bytes, said: str) -> None:
    kept = Kept(tmp_path, "episode")
    kept.put("show", 1)
    (path,) = (tmp_path / "kept").iterdir()
    path.write_bytes(written)
    with pytest.raises(StoreError, match=said):
        kept.get("show")
    assert path.read_bytes() == written


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    kept = Kept(tmp_path, "episode")
    kept.put("show", "before")
    with pytest.raises(ValueError, match="JSON"):
        kept.put("show", float("nan"))
    (tmp_path / "kept").rename(tmp_path / "away")
    (tmp_path / "kept").write_text("a file")
    with pytest.raises(StoreError, match="could not be written"):
        kept.put("show", "after")
    (tmp_path / "kept").unlink()
    (tmp_path / "away").rename(tmp_path / "kept")
    assert kept.get("show") == "before"
    assert len(list((tmp_path / "kept").iterdir())) == 1
