from __future__ import annotations

from itertools import pairwise

import pytest

from scenewright.domain.errors import BadSettings
from scenewright.providers.speech.espeak_voices import CAST, choose, languages, pick, tag_for, variants, voices


@pytest.mark.parametrize(
    ("language", "tag"),
    [
        ("en", "en-us"),
        ("en-US", "en-us"),
        ("en-GB", "en-gb"),
        ("en-AU", "en-gb"),
        ("de-AT", "de"),
        ("fr", "fr"),
        ("fr-CA", "fr"),
        ("es", "es"),
        ("es-ES", "es"),
        ("es-AR", "es-419"),
        ("pt-BR", "pt-br"),
        ("pt-PT", "pt"),
        ("zh", "cmn"),
        ("zh-CN", "cmn"),
        ("zh_Hans_CN", "cmn"),
        ("zh-TW", "cmn"),
        ("zh-HK", "yue"),
        ("no", "nb"),
        ("sr-Latn-RS", "sr"),
        ("he", "he"),
    ],
)
def test_language_tags_find_their_voice(language: str, tag: str) -> None:
    assert tag_for(language) == tag


def test_chinese_is_mandarin_written_in_characters() -> None:
    assert languages()["cmn"][0] == "cmn"
    assert languages()["yue"][0] == "yue"


def test_there_are_dozens_of_languages_each_with_every_speaker() -> None:
    offered = voices()
    assert len({voice.language for voice in offered}) > 100
    assert len({voice.id for voice in offered}) == len(offered)
    assert set(CAST) - {""} <= variants()
    assert {voice.language for voice in voices("zh-CN")} == {"zh"}


@pytest.mark.parametrize("language", ["en", "de", "zh-CN"])
def test_picked_voices_are_distinct_and_neighbours_differ_in_gender(language: str) -> None:
    people = pick(language, 6)
    assert len({person.id for person in people}) == 6
    assert all(one.gender != other.gender for one, other in pairwise(people))
    assert pick(language, 3) == people[:3]
    everybody = pick(language, 60)
    assert len({choose(person.id.removeprefix("espeak:"), language) for person in everybody}) == 60


def test_a_variant_alone_follows_the_language() -> None:
    assert choose("+f3~65", "zh-CN") == choose("cmn+f3~65", "de")
    assert choose("", "en-GB").file == "en"


@pytest.mark.parametrize(
    ("voice", "language", "remedy"),
    [
        ("", "tlh", "--no-audio"),
        ("", "ja", "No embedded voice"),  # it would say "Chinese letter" for every kanji
        ("xx", "en", "doctor"),
        ("en+femal1", "en", "try"),
        ("en; rm", "en", "write for example"),
        ("en~100", "en", "write for example"),
    ],
)
def test_unknown_voices_are_refused_with_the_remedy(voice: str, language: str, remedy: str) -> None:
    with pytest.raises(BadSettings, match=remedy):
        choose(voice, language)


def test_there_are_as_many_voices_as_there_are() -> None:
    everybody = pick("en", 1_000)
    assert len(everybody) == len({voice.id for voice in everybody}) >= 60
