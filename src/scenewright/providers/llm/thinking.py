"""Takes a model's thinking out of what it says, while it streams."""

from __future__ import annotations

import re

_NAMES = ("think", "thinking", "thought", "reasoning")
_OPEN = re.compile(rf"\s*<({'|'.join(_NAMES)})>", re.IGNORECASE)


class WithoutThinking:
    """Feed it deltas, it gives the text without a thinking block; tags may be split anywhere.

    Models think before they answer, so a block counts only at the start of the answer (or right after another block):
    a lesson about the tag `<think>` keeps its text.
    """

    def __init__(self) -> None:
        self._held = ""
        self._closing = ""  # the closing tag waited for, "" outside a block
        self._answering = False
        self._thought = False  # a block has closed: the blank lines after it belong to it

    def feed(self, delta: str) -> str:
        """What may be shown now."""
        if self._answering:
            return delta
        self._held += delta
        while not self._answering:
            if self._closing and not self._leave():
                return ""
            if not self._closing and not self._enter():
                return ""
            if not self._closing:
                self._answering = True
        shown, self._held = self._held, ""
        return shown.lstrip() if self._thought else shown

    def end(self) -> str:
        """What was held back and turned out to be text. A block that never closed is thinking: nothing."""
        held, self._held = self._held, ""
        return "" if self._closing or (self._thought and held.isspace()) else held

    def _leave(self) -> bool:
        """True if the block has closed; otherwise only what could be the start of the tag is kept."""
        found = re.search(self._closing, self._held, re.IGNORECASE)
        if not found:
            self._held = self._held[-(len(self._closing) - 1) :]
            return False
        self._held = self._held[found.end() :]
        self._closing, self._thought = "", True
        return True

    def _enter(self) -> bool:
        """True if it is decided whether a block starts here."""
        found = _OPEN.match(self._held)
        if found:
            self._closing = f"</{found[1].lower()}>"
            self._held = self._held[found.end() :]
            return True
        rest = self._held.lstrip()
        return not any(f"<{name}>".startswith(rest.lower()) for name in _NAMES)
