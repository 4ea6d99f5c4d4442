"""Scenewright turns a document into a narrated interactive classroom, and a show's bible into an episode's script.

    import scenewright

    made = await scenewright.make("notes.md", out="lesson", parallel=3)

Importing this costs next to nothing; what is used is imported when it is first named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scenewright.app.making import Made as Made
    from scenewright.app.making import make as make
    from scenewright.app.making import open_works as open_works
    from scenewright.app.reporting import OnProgress as OnProgress
    from scenewright.app.script_generator import ScriptGenerator as ScriptGenerator
    from scenewright.app.script_generator import ScriptIncomplete as ScriptIncomplete
    from scenewright.app.works import Works as Works
    from scenewright.domain.episode import Episode as Episode
    from scenewright.domain.errors import ScenewrightError as ScenewrightError

__all__ = [
    "Episode",
    "Made",
    "OnProgress",
    "ScenewrightError",
    "ScriptGenerator",
    "ScriptIncomplete",
    "Works",
    "make",
    "open_works",
]

_HOMES = {
    "Episode": "scenewright.domain.episode",
    "Made": "scenewright.app.making",
    "make": "scenewright.app.making",
    "open_works": "scenewright.app.making",
    "OnProgress": "scenewright.app.reporting",
    "ScriptGenerator": "scenewright.app.script_generator",
    "ScriptIncomplete": "scenewright.app.script_generator",
    "Works": "scenewright.app.works",
    "ScenewrightError": "scenewright.domain.errors",
}


if not TYPE_CHECKING:  # or every misspelt name would be taken for something that is there

    def __getattr__(name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
