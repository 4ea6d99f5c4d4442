"""Which lines stand beside each other on a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scenewright.domain.screenplay import Dialogue, Element


def paired(elements: Sequence[Element]) -> Iterator[tuple[Element, bool]]:
    """Each element, and whether it stands in the right column beside the one before it.

    A page has two columns: a third line at the same time, or one after no line, begins anew.
    """
    free = False  # whether the line before can take a neighbour
    for element in elements:
        speech = isinstance(element, Dialogue)
        dual = isinstance(element, Dialogue) and element.dual and free
        free = speech and not dual
        yield element, dual
