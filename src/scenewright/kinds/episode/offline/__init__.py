"""The offline author: scripts from a bible and an outline by rules, without a model. Deterministic; English only."""

from scenewright.domain.errors import BadInput
from scenewright.kinds.episode.offline.performers import performers
from scenewright.text.sentences import base


def check_language(language: str) -> None:
    """Raises: BadInput: it is not English, which is all that this author writes."""
    if language and base(language) != "en":
        raise BadInput(
            f"Without a model, scripts are written in English only, and this one is to be in {language!r}. "
            "Give a model with --model, or set `language: en` in the bible."
        )


__all__ = ["check_language", "performers"]
