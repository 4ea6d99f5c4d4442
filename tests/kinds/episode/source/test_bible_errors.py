"""Whatever is wrong with a bible is said with its line and its field."""

from __future__ import annotations

import pytest

from scenewright.domain.errors import BadInput
from scenewright.kinds.episode.source import read
from scenewright.kinds.plugin import Source

HEAD = """title: T
characters:
  - name: Ann
  - name: Bob
gags: {door: The door sticks}
episode:
  scenes:
"""


def refusal(text: str | bytes, name: str = "b.yaml") -> str:
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(BadInput) as caught:
        read(Source(name=name, data=data))
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("titel: T", "line 1: `titel` is no field that is known here; did you mean `title`?"),
        ("logline: x", "line 1: `title` is missing"),
        ("title: T\nminutes: long", "line 2: `minutes` must be a number"),
        ("title: T\nminutes: -3", "line 2: `minutes` must be more than 0"),
        ("title: T\nminutes: .inf", "line 2: `minutes` must be a number"),
        ("title: T\nminutes: inf", "line 2: `minutes` must be"),
        ("title: T\nminutes: 900", "line 2: `minutes` must be at most 240"),
        ("title: T\nformat: animated", "line 2: `format` must be one of these: 'single-camera' or 'multi-camera'"),
        ("title: T\nlanguage: English", "line 2: `language` must be a language as a BCP 47 tag"),
        (
            "title: T\ncharacters:\n - name: A\n   speaking voice: deep",
            "line 4: `characters[A].speaking voice` must be",
        ),
        ("title: {a: b}", "line 1: `title` must be a text"),
        ("title: T\nkind: classroom", "line 2: `kind` must be 'episode'"),
        ("title: T\ncharacters:\n - name: Ann\n   voise: x", "line 4: `characters[Ann].voise` is no field"),
        (
            "title: T\ncharacters:\n - name: Ann\n   voice:\n    sentence length: huge",
            "line 5: `characters[Ann].voice.sentence length` must be one of these: 'short', 'medium' or 'long'",
        ),
        ("title: T\npremise: x", "line 2: `premise` is no field that is known here; it stands under `episode:`"),
        (
            "title: T\ncharacters:\n - name: Ann\n   tics: [x]",
            "line 4: `characters[Ann].tics` is no field that is known here; it stands under `voice:`",
        ),
        ("title: T\ncharacters:\n - description: x", "line 3: `characters[1].name` is missing"),
        ("title: T\ncharacters:\n - name: Ann\n   id: Ann L", "line 4: `characters[Ann].id` must be an id"),
        ("title: T\ncharacters:\n - {name: A, id: a}\n - {name: B, id: a}", "line 4: `characters[B].id` is the id of"),
        ("title: T\ncharacters:\n - A\n - a", "line 4: `characters[2]` is the second character called a"),
        ("title: T\ncharacters:\n - {name: N, id: narrator}", "line 3: `characters[N].id` 'narrator' is who reads"),
        (
            "title: T\ncharacters:\n  Ann: {}\n  Bob:\n    relationships:\n      Anne: friend",
            "line 6: `characters[Bob].relationships.Anne` names 'Anne', which is no character here; did you mean 'Ann'",
        ),
        (
            "title: T\ncharacters:\n - name: A\n   relationships: fond",
            "line 4: `characters[A].relationships` must be a",
        ),
        ("title: T\nsets:\n - name: A\n   interior: OUTSIDE", "line 4: `sets[A].interior` must be one of these"),
        ("title: T\nsets: [A, A]", "line 2: `sets[2]` is the second set called A"),
        ("title: T\nfacts:\n - text: x\n   known by: Zed", "line 4: `facts[1].known by` names 'Zed', which is no"),
        ("title: T\nepisode: {scenes: 9}", "line 2: `episode.scenes` must be a list"),
        ("title: T\nepisode:\n  rounds: 99\n  narrator: maybe", "line 3: `episode.rounds` must be at most 10 (1 more"),
        ("title: T\nepisode: {rounds: 1.5}", "line 2: `episode.rounds` must be a whole number"),
        ("title: T\nepisode: {stories: {D: x}}", "line 2: `episode.stories.D` must be one of these"),
        ("title: T\nepisode: {guests: [Ann]}\ncharacters: [Ann]", "line 2: `episode.guests[1].name` is in the show"),
        ("show: ''\npremise: x", "line 1: `show` is empty"),
        ("show: {titel: x}\npremise: y", "line 1: `show.titel` is no field"),
        ("show:\n  title: x\n  minutes: y\n", "line 3: `show.minutes` must be a number"),
        ("show: low-tide\nepisode:\n  scens: 3", "line 3: `episode.scens` is no field"),
        ("show: low-tide\nlogline: x\nrules: y", "line 3: `rules` is no field"),
    ],
)
def test_fields(text: str, says: str) -> None:
    assert refusal(text).startswith(f"b.yaml, {says}")


@pytest.mark.parametrize(
    ("scenes", "says"),
    [
        ("    - title: x", "line 8: `episode.scenes[x].slug` is missing"),
        ("    - slug: INT.", "line 8: `episode.scenes[1].slug` names no place"),
        ("    - slug: INT. A\n      seconds: 0", "line 9: `episode.scenes[1].seconds` must be more than 0"),
        ("    - slug: INT. A\n      seconds: inf", "line 9: `episode.scenes[1].seconds` must be"),
        (
            "    - slug: INT. A\n      story: D",
            "line 9: `episode.scenes[1].story` must be one of these: 'A', 'B' or 'C'",
        ),
        ("    - slug: INT. A\n      heading: INT. B", "line 9: `episode.scenes[1].heading` says `slug` again"),
        (
            "    - slug: INT. A\n      cast:\n       - Ann\n       - Annn",
            "line 11: `episode.scenes[1].cast[2]` names 'Ann",
        ),
        ("    - {slug: INT. A, id: x}\n    - {slug: INT. A, id: x}", "line 9: `episode.scenes[x].id` is the id of"),
        (
            "    - {slug: INT. A, act: ACT ONE}\n    - {slug: INT. A, act: ACT TWO}\n    - {slug: INT. A, act: act 1}",
            "line 10: `episode.scenes[3].act` goes back to ACT ONE",
        ),
        (
            "    - {slug: INT. A, act: ACT TWO}\n    - {slug: INT. A, act: ACT ONE}",
            "line 9: `episode.scenes[2].act` is ACT ONE, but ACT TWO has been",
        ),
        (
            "    - {slug: INT. A, act: TAG}\n    - {slug: INT. A, act: ACT ONE}",
            "line 9: `episode.scenes[2].act` comes after TAG",
        ),
        (
            "    - {slug: INT. A, act: ACT ONE}\n    - {slug: INT. A, act: COLD OPEN}",
            "line 9: `episode.scenes[2].act` is COLD OPEN, which comes first",
        ),
        (
            "    - slug: INT. A\n      payoffs: {gun: bang}\n    - slug: INT. B\n      setups: {gun: A gun}",
            "line 9: `episode.scenes[1].payoffs[gun].setup` pays off 'gun', which is set up only in scene 2",
        ),
        (
            "    - slug: INT. A\n      payoffs:\n        - {setup: gum, text: x}\n      setups: {gun: A gun}",
            "line 10: `episode.scenes[1].payoffs[1].setup` pays off 'gum', which is set up nowhere; did you mean 'gun'",
        ),
        ("    - slug: INT. A\n      payoffs: [bang]", "line 9: `episode.scenes[1].payoffs[1].setup` is missing"),
        (
            "    - slug: INT. A\n      callbacks: [It sticks]",
            "line 9: `episode.scenes[1].callbacks[1]` calls back to noth",
        ),
        (
            "    - slug: INT. A\n      callbacks: [{to: dor, text: x}]",
            "line 9: `episode.scenes[1].callbacks[1].to` names 'dor', which is no set-up or running gag here; "
            "did you mean 'door'?",
        ),
        (
            "    - slug: INT. A\n      callbacks: {gun: x}\n    - slug: INT. B\n      setups: {gun: A gun}",
            "line 9: `episode.scenes[1].callbacks[gun].to` calls back to 'gun', which is set up only in scene 2",
        ),
        (
            "    - slug: INT. A\n      reveals: [ring]",
            "line 9: `episode.scenes[1].reveals[1]` reveals 'ring', which is no",
        ),
        (
            "    - slug: INT. A\n      setups: {gun: a}\n    - slug: INT. A\n      setups: {gun: b}",
            "line 11: `episode.scenes[2].setups[gun]` is the second set-up with the id gun",
        ),
        (
            "    - slug: INT. A\n      reveals: [The end nears]\n    - slug: INT. A\n      reveals: [the end nears]",
            "line 11: `episode.scenes[2].reveals[1]` reveals",
        ),
    ],
)
def test_outlines(scenes: str, says: str) -> None:
    assert refusal(HEAD + scenes + "\n").startswith(f"b.yaml, {says}")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "b.yaml is empty; `scenewright new episode`"),
        (b"# only\n", "b.yaml holds only comments"),
        (b"title: [a\n]]", "b.yaml, line 2 is not valid YAML"),
        (b"title: a: b", "b.yaml, line 1 is not valid YAML"),
        (b"title: T\n\tlogline: x", "b.yaml, line 2 is indented with a tab, which YAML does not take; use spaces."),
        (b"title: T\nepisode:\n \t scenes: x", "b.yaml, line 3 is indented with a tab"),
        (b"title: T\ntitle: U", "b.yaml, line 2 says `title` again (first in line 1)"),
        (b"title: T\nepisode:\n  act out: a\n  act-out: b", "b.yaml, line 4 says `act-out` again (first in line 3)"),
        (b"title: T\nlogline: \xff", "b.yaml, line 2 is not UTF-8"),
        (b"title: T\n\n\x00", "b.yaml, line 3 has a control character in it (U+0000)"),
        (b"title: &a T\nlogline: *a", "b.yaml, line 2 refers to another place"),
        (b"title: !!python/name:os.system x", "b.yaml, line 1 has a tag"),
        (b"title: T\n---\ntitle: U", "b.yaml, line 2 begins a second document"),
        (b"title: T\n? [a]\n: b", "b.yaml, line 2 has a list or a mapping where the name of a field is meant"),
        (b'title: T\n"": b', "b.yaml, line 2 has a field without a name"),
        (b"- a", "b.yaml, line 1: the file is not a bible"),
        (b"some words", "b.yaml, line 1: the file is not a bible"),
        (b"title: T\nx: " + b"[" * 60 + b"]" * 60, "b.yaml, line 2 is nested more than 24 levels deep"),
        (b"a" * 1_000_001, "b.yaml has 1.0 MB"),
    ],
)
def test_files(data: bytes, says: str) -> None:
    assert refusal(data).startswith(says)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b'{"title": "T",\n "minutes": "x"}', "b.json, line 2: `minutes` must be a number"),
        (b'{"title": "T",\n}', "b.json, line "),
        (b'{"title": "T",\n "title": "U"}', "b.json, line 2 says `title` again"),
        (b"[" * 100_000, "b.json"),
        (b"[" * 500 + b"]" * 500, "b.json, line 1 is nested more than 24 levels"),
        (b'{"minutes": ' + b"9" * 6000 + b"}", "b.json"),
        (b'{"title":\n "\\ud800"}', "b.json, line 1: `title` is empty"),
    ],
)
def test_json_files(data: bytes, says: str) -> None:
    assert refusal(data, "b.json").startswith(says)


def test_a_laugh_of_a_billion_is_refused_before_it_is_told() -> None:
    levels = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12))
    assert refusal(f"l0: &l0 lol\n{levels}\n").startswith("b.yaml, line 2 refers to another place")
