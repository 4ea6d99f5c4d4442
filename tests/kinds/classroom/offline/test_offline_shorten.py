"""A shortened sentence is still a statement: nothing is cut that it needs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenewright.kinds.classroom.offline.shorten import bullet

WHOLE = [
    ("de", "Eine Springtide ist eine besonders starke Tide, die entsteht, wenn Sonne, Erde und Mond in einer Linie "
           "stehen"),
    ("de", "Der Wechsel schafft an dieser Küste jeden Tag zweimal einen Lebensraum, der weder Land noch Meer ist"),
    ("de", "Nicht die Anziehung des Mondes selbst bewegt das Wasser des Meeres, sondern ihr Unterschied von Ort zu "
           "Ort"),
    ("de", "Die Kraft des Mondes ist an dieser Stelle so klein, dass sie das Wasser der Meere nicht heben könnte"),
    ("en", "A spring tide is a very strong tide that occurs, when the Sun, the Earth and the Moon stand in one line"),
    ("en", "The equilibrium of the tide in deep oceans, which is rarely seen at all, moves around the whole planet"),
    ("en", "The pull of the Moon on its own is not what moves the water of the sea, but its difference from place "
           "to place"),
    ("en", "The sea at the coast of Brittany – as every visitor soon notices – comes back twice a day, always late"),
    ("en", "The whole of the procedure that we describe on this page comes down to three things: time, water and "
           "flour"),
    ("zh", "推动全世界所有海洋里的海水一天之内涨落两次的不是引力本身，而是各处引力与地心处引力之间的差别"),
    ("zh", "由于海水的反应在世界各地的海岸边总是要比月亮的位置慢上一拍两拍，大潮要在朔望之后一两天才到来"),
]  # fmt: skip
SHORTER = [
    ("de", "Das Meer antwortet auf die Stellung des Mondes mit Verspätung; an der deutschen Nordseeküste sind es zwei "
           "bis drei Tage", "Das Meer antwortet auf die Stellung des Mondes mit Verspätung"),
    ("de", "Die Tage werden mit der Zeit länger, weil die Reibung der Gezeitenströme die Erde bremst und der Mond "
           "sich entfernt", "Die Tage werden mit der Zeit länger"),
    ("en", "The broker never looks inside a message that somebody hands over, which keeps it simple and quick to "
           "use", "The broker never looks inside a message that somebody hands over"),
    ("en", "A parameter is a placeholder whose value is handed over separately, so that it can never, ever be taken "
           "for SQL", "A parameter is a placeholder whose value is handed over separately"),
    ("zh", "太阳和月球的运动由几种固定的周期组成，因此任何一个港口的潮汐，都可以看成许多简单波动的总和",
           "太阳和月球的运动由几种固定的周期组成"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence"), WHOLE)
def test_a_sentence_that_needs_all_of_itself_stays_whole(language: str, sentence: str) -> None:
    assert bullet(sentence, language) == sentence


@pytest.mark.parametrize(("language", "sentence", "short"), SHORTER)
def test_what_can_be_spared_is_left_out(language: str, sentence: str, short: str) -> None:
    assert bullet(sentence, language) == short


def test_brackets_of_a_calculation_are_no_aside() -> None:
    sentence = "Since cμ − λ = cμ (1 − ρ), the last few per cent of idle time are worth more than all that came before"
    assert "(1 − ρ)" in bullet(sentence, "en")


MAIN = {
    "en": ["A spring tide is an unusually strong tide of the open sea", "The engine turns the heavy wheel of the mill",
           "If the pump fails in the middle of the night"],
    "de": ["Eine Springtide ist eine besonders starke Tide der Nordsee", "Der Motor dreht das schwere Rad der Mühle",
           "Wenn die Pumpe mitten in der Nacht ausfällt"],
    "zh": ["大潮是指海边潮差比平时大得多的一种潮汐现象", "发动机带动磨坊里那个很重的大轮子",
           "如果水泵在半夜突然停止工作"],
}  # fmt: skip
CLAUSES = {
    "en": [("which", "occurs"), ("that", "happens"), ("when", "the Moon is full"), ("because", "the water is deep"),
           ("so that", "nobody notices it"), ("where", "it stands"), ("but", "nobody knows why")],
    "de": [("die", "entsteht"), ("wenn", "der Mond voll ist"), ("weil", "das Wasser tief ist"),
           ("so dass", "es niemand merkt"), ("das", "steht"), ("aber", "niemand weiß warum")],
    "zh": [("因为", "水很深"), ("其中", "水最深"), ("如果", "月亮很圆"), ("因此", "没有人发现"), ("但", "谁也不知道")],
}  # fmt: skip
SUBORDINATE = {
    "en": r"(?:which|that|when|because|so that|where)\b",
    "de": r"(?:die|das|wenn|weil|so dass)\b",
    "zh": r"(?:因为|其中|如果)",
}


@st.composite
def chains(draw: st.DrawFn) -> tuple[str, str]:
    language = draw(st.sampled_from(sorted(MAIN)))
    glue, comma = ("", "，") if language == "zh" else (" ", ", ")
    clauses = draw(st.lists(st.sampled_from(CLAUSES[language]), min_size=1, max_size=5))
    return language, comma.join([draw(st.sampled_from(MAIN[language])), *(glue.join(clause) for clause in clauses)])


@settings(max_examples=150, deadline=None)
@given(chains(), st.integers(20, 120))
def test_nothing_is_cut_within_or_behind_a_subordinate_clause(chain: tuple[str, str], limit: int) -> None:
    language, sentence = chain
    short = bullet(sentence, language, limit)
    assert sentence.startswith(short)
    if short != sentence:
        segments = re.split(r"[,，]\s*", short)
        assert not re.match(SUBORDINATE[language], segments[-1])
        assert segments[0] not in (MAIN[language][-1],) or len(segments) > 1
        assert re.match(r"[,，]", sentence[len(short) :])  # at a clause's border
