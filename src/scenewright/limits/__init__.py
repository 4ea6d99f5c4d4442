"""The one place to wait, and what surrounds it. Wrappers of a provider, from the outside: record (memo), budget,
retry, gate with its concurrency and rates, breaker, deadline.
"""

from scenewright.limits.adaptive import Adaptive
from scenewright.limits.breaker import Breaker, Broken
from scenewright.limits.budget import Budget, Budgeted
from scenewright.limits.concurrency import Concurrency, Ending, Fixed
from scenewright.limits.deadline import Deadline, Deadlines
from scenewright.limits.expecting import Expecting
from scenewright.limits.gate import Gate
from scenewright.limits.gated import Gated
from scenewright.limits.rates import Cost, Rates
from scenewright.limits.record import Record
from scenewright.limits.retry import Retry, RetryPolicy

__all__ = [
    "Adaptive",
    "Breaker",
    "Broken",
    "Budget",
    "Budgeted",
    "Concurrency",
    "Cost",
    "Deadline",
    "Deadlines",
    "Ending",
    "Expecting",
    "Fixed",
    "Gate",
    "Gated",
    "Rates",
    "Record",
    "Retry",
    "RetryPolicy",
]
