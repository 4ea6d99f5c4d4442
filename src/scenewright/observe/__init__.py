"""Views of the event log. They hold nothing that the log does not say."""

from scenewright.observe.history import History, Samples, StepHistory
from scenewright.observe.progress import Progress, Report
from scenewright.observe.spend import Spend

__all__ = ["History", "Progress", "Report", "Samples", "Spend", "StepHistory"]
