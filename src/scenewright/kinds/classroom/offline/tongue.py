"""In which language the classroom is held."""

from __future__ import annotations

from collections.abc import Iterator

from scenewright.domain.brief import Brief
from scenewright.domain.document import Document, Listing, Prose
from scenewright.domain.errors import BadInput
from scenewright.text import inline
from scenewright.text.language import detect, shares
from scenewright.text.sentences import base

_ENOUGH = 400  # characters, to contradict somebody


def language_of(brief: Brief) -> str:
    """The language asked for, the documents' declared one, or the one detected.

    Raises: BadInput: if the text is clearly in another language than asked for; nothing here can translate.
    """
    text = "\n".join(_sample(brief.documents))[:20_000]
    wanted = brief.language or next((d.language for d in brief.documents if d.language), "")
    found = detect(text, default="")
    if not wanted:
        return found or "en"
    if brief.language and found and base(wanted) != found and len(text) >= _ENOUGH and _sure(text, base(wanted), found):
        raise BadInput(
            f"The document is in another language ({found}) than asked for ({brief.language}), and without a model "
            "nothing is translated: leave --language out, or configure a model with --model."
        )
    return wanted


def _sure(text: str, wanted: str, found: str) -> bool:
    weights = shares(text)
    if wanted in weights and found in weights:
        return weights[found] > 0.15 and weights[wanted] * 3 < weights[found]
    return {wanted, found} & {"zh", "ja", "ko", "ru", "ar", "el", "he", "hi", "th"} != set()


def _sample(documents: tuple[Document, ...]) -> Iterator[str]:
    for document in documents:
        for section in document.sections:
            yield inline.plain(section.title)
            for block in section.blocks:
                if isinstance(block, Prose):
                    yield inline.plain(block.text)
                elif isinstance(block, Listing):
                    yield from (inline.plain(item) for item in block.items)
