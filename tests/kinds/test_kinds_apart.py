"""Kinds are plug-ins: none knows another one, and what runs them knows none of them."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import scenewright

SOURCE = Path(scenewright.__file__).parent
KINDS = ("classroom", "episode")
OTHERS = [(one, other) for one in KINDS for other in KINDS if one != other]


def imported(folder: Path) -> Iterator[str]:
    """Every module that the files of a folder import, inside of functions, too; literal names in calls as well."""
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Import(names=names):
                    yield from (each.name for each in names)
                case ast.ImportFrom(module=module, names=names):
                    yield from (f"{module}.{each.name}" for each in names)
                case ast.Constant(value=str(text)) if text.startswith("scenewright."):
                    yield text


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_no_kind_imports_another(one: str, other: str) -> None:
    found = list(imported(SOURCE / "kinds" / one))
    assert any(name.startswith(f"scenewright.kinds.{one}.") for name in found)  # imports are seen
    assert not [name for name in found if other in name.split(".")]


@pytest.mark.parametrize("layer", ["scheduler", "plan", "memo"])
def test_what_runs_a_work_names_no_kind_and_no_step_of_one(layer: str) -> None:
    words = re.compile(r"\b(classrooms?|episodes?|dialogue|directions|comedy|slides?|quiz)\b", re.IGNORECASE)
    for path in (SOURCE / layer).rglob("*.py"):
        told = [line for line in path.read_text("utf-8").splitlines() if words.search(line)]
        assert told == [], path.name
    assert not [name for name in imported(SOURCE / layer) if name.startswith("scenewright.kinds")]


def test_an_episode_runs_without_the_other_kind() -> None:
    """All of it loaded, its authors too."""
    loads = (
        "import sys, pkgutil, importlib, scenewright.scheduler, scenewright.kinds.episode as kind\n"
        "for each in pkgutil.walk_packages(kind.__path__, kind.__name__ + '.'): importlib.import_module(each.name)\n"
        "print(len([name for name in sys.modules if name.startswith('scenewright.kinds.episode.')]) > 60,\n"
        "      [name for name in sys.modules if 'classroom' in name])"
    )
    done = subprocess.run([sys.executable, "-c", loads], capture_output=True, text=True, check=True)
    assert done.stdout.split(maxsplit=1) == ["True", "[]\n"]
