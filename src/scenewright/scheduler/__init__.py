"""Decides which steps run now, runs them, and writes down what happened. Knows no kind."""

from scenewright.scheduler.board import Board, Limits
from scenewright.scheduler.runner import Run, Writer

__all__ = ["Board", "Limits", "Run", "Writer"]
