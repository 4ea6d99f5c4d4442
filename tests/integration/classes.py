"""The scripted classroom model, as the tests use it."""

from __future__ import annotations

from scenewright.testing.classroom import accepted, asks_for, classroom, document, phrase, speech

__all__ = ["accepted", "asks_for", "classroom", "document", "phrase", "speech"]
