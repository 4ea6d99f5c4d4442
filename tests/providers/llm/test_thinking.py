from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scenewright.providers.llm.thinking import WithoutThinking


def shown(text: str, cuts: list[int]) -> str:
    filter_, at, out = WithoutThinking(), 0, ""
    for cut in [*sorted(cuts), len(text)]:
        out += filter_.feed(text[at : max(at, cut)])
        at = max(at, cut)
    return out + filter_.end()


CUTS = st.lists(st.integers(0, 60), max_size=8)
THOUGHT = st.text(alphabet="ab{<>/think \n", max_size=20).filter(lambda text: "</think>" not in text)


@given(THOUGHT, CUTS, st.sampled_from(["<think>", " \n<THINK>", "<Think>"]))
def test_a_block_at_the_start_is_taken_out_wherever_it_is_cut(thought: str, cuts: list[int], tag: str) -> None:
    assert shown(f'{tag}{thought}</think>\n\n{{"a": 1}}', cuts) == '{"a": 1}'


@given(st.text(alphabet="ab<>/thinkg {\n", max_size=30).filter(lambda text: not text.lstrip().startswith("<t")), CUTS)
def test_other_text_is_left_as_it_is(text: str, cuts: list[int]) -> None:
    assert shown(text, cuts) == text


def test_tags_inside_an_answer_belong_to_it() -> None:
    text = '{"text": "the tag <think>x</think>"}'
    assert shown(text, [12, 20]) == text


def test_two_blocks_and_an_open_one() -> None:
    assert shown("<think>a</think><reasoning>b</reasoning>c", [3, 9, 20]) == "c"
    assert shown("<think>never ends", [5]) == ""
    assert shown("<thin", [2]) == "<thin"
