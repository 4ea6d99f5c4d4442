"""One base error. Its message is what a person reads: what was wrong, what was got, and the remedy."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scenewright.domain.calls import RateLimits


class ScenewrightError(Exception):
    """Something a person can act on; the message is one readable sentence with the remedy."""


class BadInput(ScenewrightError):
    """A document, address, option or file that cannot be used. Nothing was changed; mend it and try again."""


class BadSettings(ScenewrightError):
    """The set-up is incomplete or contradictory: a missing key, an unknown model, voice or kind."""


class WorkBusy(ScenewrightError):
    """Another process runs this work. Wait for it, or pause it there."""


class StoreError(ScenewrightError):
    """The data folder cannot be used: full, newer than this version, damaged or not writable."""


class FailureClass(StrEnum):
    """What a failed call means for whoever made it; providers decide it once."""

    FATAL = "fatal"  # every call will fail: bad key, unknown model, no credit
    REFUSED = "refused"  # this one will fail again, others need not: a content filter, too long a text
    TRANSIENT = "transient"  # may pass: 5xx, reset, timeout, overloaded
    RATE_LIMIT = "rate_limit"  # asked to wait


class CallFailed(ScenewrightError):
    """A call to a provider failed.

    `retry_after`: seconds the provider asked to wait, or None.
    `received`: True if part of the answer had already arrived, so repeating it would pay twice.
    `limits`: what the account told with its refusal, if anything.
    """

    def __init__(
        self,
        message: str,
        *,
        failure: FailureClass,
        retry_after: float | None = None,
        received: bool = False,
        limits: RateLimits | None = None,
    ) -> None:
        super().__init__(message)
        self.failure = failure
        self.retry_after = retry_after
        self.received = received
        self.limits = limits


class NotRemembered(ScenewrightError):
    """A call that was to be answered from the memo only is not there."""


class Withdrawn(ScenewrightError):
    """A call that had not been sent when the run paused. Nothing failed: it is made when the work is resumed."""


class OverBudget(ScenewrightError):
    """The next call would cost more than the budget leaves. It was not sent: raise the budget and resume."""


class BadAnswer(ScenewrightError):
    """A model answered, was asked once more, and still did not give what the step needs."""
