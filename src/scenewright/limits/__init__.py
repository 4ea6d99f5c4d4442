"""The one place to wait, and what surrounds it: gate, retry, deadline, record. Wrappers of a provider."""

from scenewright.limits.adaptive import Adaptive
from scenewright.limits.concurrency import Concurrency, Ending, Fixed
from scenewright.limits.deadline import Deadline, Deadlines
from scenewright.limits.gate import Gate
from scenewright.limits.gated import Gated
from scenewright.limits.record import Record
from scenewright.limits.retry import Retry, RetryPolicy

__all__ = [
    "Adaptive",
    "Concurrency",
    "Deadline",
    "Deadlines",
    "Ending",
    "Fixed",
    "Gate",
    "Gated",
    "Record",
    "Retry",
    "RetryPolicy",
]
