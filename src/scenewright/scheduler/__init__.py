"""Decides which steps run now, runs them, and writes down what happened. Knows no kind."""

from scenewright.scheduler.board import Board
from scenewright.scheduler.pools import Limits, Places
from scenewright.scheduler.runner import Journal, Run

__all__ = ["Board", "Journal", "Limits", "Places", "Run"]
