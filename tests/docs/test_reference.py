"""The reference pages name what the program has: no more, no less."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest
import typer

from scenewright.app.settings import Settings
from scenewright.cli import failure
from scenewright.cli.main import app
from scenewright.domain.events import AnyEvent
from scenewright.exports import formats_of

ROOT = Path(__file__).parents[2]
PROGRAM: Any = typer.main.get_command(app)
COMMANDS: dict[str, Any] = PROGRAM.commands


def sections(page: str) -> dict[str, str]:
    """Heading of the second level -> what stands under it; "" for what stands before the first."""
    before, *rest = re.split(r"^## ", (ROOT / page).read_text("utf-8"), flags=re.MULTILINE)
    return {"": before} | {part.partition("\n")[0]: part.partition("\n")[2] for part in rest}


def rows(text: str) -> list[list[str]]:
    """The cells of every table in a text, without heads."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    heads = {position - 1 for position, line in enumerate(lines) if set(line) <= set("|- ")}
    kept = [line for position, line in enumerate(lines) if position not in heads and not set(line) <= set("|- ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in kept]


def named(text: str) -> set[str]:
    """The options in the first columns of a text's tables."""
    return {option for row in rows(text) for option in re.findall(r"`(--?[a-z-]+)", row[0])}


def options(command: Any) -> set[str]:
    return {
        option
        for parameter in command.params
        if parameter.param_type_name == "option" and parameter.name != "help"
        for option in (*parameter.opts, *parameter.secondary_opts)
    }


COMMAND_PAGE = sections("docs/commands.md")
CONCEPTS = sections("docs/concepts.md")


def test_every_command_has_its_section() -> None:
    assert set(COMMAND_PAGE) - {"", "Exit codes", "The event log"} == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_options_of_a_command_are_the_ones_it_has(command: str) -> None:
    assert named(COMMAND_PAGE[command]) == options(COMMANDS[command])


def test_the_programs_own_options() -> None:
    assert named(COMMAND_PAGE[""]) == options(PROGRAM)


def test_the_formats_are_the_ones_there_are() -> None:
    listed = {row[0].strip("`") for row in rows(COMMAND_PAGE["export"]) if not row[0].startswith("`-")}
    assert listed == {form.name for form in formats_of("classroom")}


@pytest.mark.parametrize("page", ["docs/commands.md", "README.md"])
def test_the_exit_codes_are_the_ones_used(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    codes = {int(row[0]) for row in rows(text) if row[0].isdigit()}
    assert codes == {failure.DONE, failure.FAILED, failure.BAD_USE, failure.PAUSED, failure.INTERRUPTED}


def test_every_event_is_explained() -> None:
    (union, _) = get_args(AnyEvent)
    types = {event.model_fields["type"].default for event in get_args(union)}
    explained = {
        name for row in rows(COMMAND_PAGE["The event log"]) for name in re.findall(r"`([a-z]+\.[a-z]+)`", row[0])
    }
    assert explained == types


def test_the_settings_are_the_ones_there_are_with_their_defaults() -> None:
    listed = {row[0].strip("`"): row[2].strip("`") for row in rows(CONCEPTS["Settings"])}
    fields = Settings.model_fields
    assert set(listed) == {f"SCENEWRIGHT_{name.upper()}" for name in fields}
    said = {name: listed[f"SCENEWRIGHT_{name.upper()}"] for name in fields}
    for name, field in fields.items():
        if isinstance(field.default, int | float):
            assert float(said[name]) == field.default
        elif field.default == "":
            assert said[name] == "empty"


def test_the_layers_are_the_ones_that_are_checked() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (contract,) = (each for each in contracts if each["type"] == "layers")
    (block,) = re.findall(
        r"^```\n(cli .*?)^```$", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    told = [re.split(r" {2,}", line)[0] for line in block.splitlines()]
    assert told == [layer.replace("scenewright.", "") for layer in contract["layers"]]
