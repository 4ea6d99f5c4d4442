"""A lone --parallel, wherever it stands."""

from __future__ import annotations

import pytest

from scenewright.cli.arguments import normalised


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("make --parallel doc.md", "make --parallel=true doc.md"),
        ("make doc.md --parallel", "make doc.md --parallel=true"),
        ("make doc.md --parallel --yes", "make doc.md --parallel=true --yes"),
        ("make doc.md --parallel -y", "make doc.md --parallel=true -y"),
        ("make --parallel 5 doc.md", "make --parallel=5 doc.md"),
        ("make --parallel=5 doc.md", "make --parallel=5 doc.md"),
        ("make --parallel auto doc.md", "make --parallel=auto doc.md"),
        ("make --parallel OFF doc.md", "make --parallel=OFF doc.md"),
        ("make --parallel -1 doc.md", "make --parallel=-1 doc.md"),
        ("make --parallel 1.5 doc.md", "make --parallel=1.5 doc.md"),
        ("make --parallel NaN doc.md", "make --parallel=NaN doc.md"),
        ("make --parallel ./3", "make --parallel=true ./3"),
        ("make --parallel -", "make --parallel=true -"),
        ("make --voice-parallel --parallel 2 x", "make --voice-parallel=true --parallel=2 x"),
        ("simulate --parallel off,3,auto", "simulate --parallel=off,3,auto"),
        ("make -- --parallel", "make -- --parallel"),
        ("make --parallel -- 3", "make --parallel=true -- 3"),
        ("make doc.md", "make doc.md"),
        ("", ""),
    ],
)
def test_a_lone_parallel_means_on(typed: str, meant: str) -> None:
    assert normalised(typed.split()) == meant.split()


def test_an_empty_variable_of_a_script_is_a_value() -> None:
    assert normalised(["make", "--parallel", "", "doc.md"]) == ["make", "--parallel=", "doc.md"]
