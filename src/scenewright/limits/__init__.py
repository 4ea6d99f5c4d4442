"""The one place to wait, and what surrounds it: gate, retry, deadline, record. Wrappers of a provider."""

from scenewright.limits.deadline import Deadline, Deadlines
from scenewright.limits.gate import Gate, Gated
from scenewright.limits.record import Record
from scenewright.limits.retry import Retry, RetryPolicy

__all__ = ["Deadline", "Deadlines", "Gate", "Gated", "Record", "Retry", "RetryPolicy"]
