"""What may be spent on a work, and what its calls cost: between the memo, whose answers are free, and providers."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from scenewright.app.pricing import ASK, ASK_VOICE, FREE, of_model, of_speech
from scenewright.domain.calls import ModelRequest, SpeechRequest
from scenewright.domain.errors import BadSettings
from scenewright.domain.events import AnyEvent, CallMade
from scenewright.limits import Budget, Cost
from scenewright.providers.prices import Prices, of_characters, of_tokens


class Purse:
    """One for the data folder that is open. `limit`: US dollars for each work, all its runs together; None = none."""

    def __init__(self, prices: Prices, limit: Decimal | None) -> None:
        self.prices, self.limit = dict(prices), limit  # the prices may be added to
        self._budgets: dict[str, Budget] = {}

    def open(self, work: str, events: Iterable[AnyEvent]) -> None:
        """A run of the work begins. What it has cost before counts. Raises: BadSettings: nobody knows how much."""
        if self.limit is not None:
            self._budgets[work] = Budget(self.limit, self.spent(events))

    def budget(self, work: str) -> Budget | None:
        return self._budgets.get(work)

    def spent(self, events: Iterable[AnyEvent]) -> Decimal:
        """By paid calls so far; what was of unknown price then is counted at the prices that were said since."""
        made = [event for event in events if isinstance(event, CallMade) and not event.remembered]
        return sum((self._paid(call) for call in made), FREE)

    def of_model(self, request: ModelRequest, used: Cost) -> Decimal | None:
        return of_model(request.model, request.base_url, used, self.prices)

    def of_speech(self, request: SpeechRequest, used: Cost) -> Decimal | None:
        return of_speech(request, used.input_tokens, self.prices)

    def _paid(self, call: CallMade) -> Decimal:
        if call.cost is not None:
            return call.cost
        usage, names = call.usage, (call.model,)
        spoken = bool(usage.characters)
        paid = (
            of_characters(self.prices, names, usage.characters)
            if spoken
            else of_tokens(self.prices, names, usage.input_tokens, usage.output_tokens)
        )
        if paid is None:
            how = ASK_VOICE if spoken else ASK
            raise BadSettings(f"The work has used {call.model} already, and no budget can be kept: {how}.")
        return paid
