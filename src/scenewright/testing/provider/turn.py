"""One request from its arrival to its end: admitted or refused, behaved to, and written into the ledger."""

from __future__ import annotations

import hashlib
import time

from scenewright.testing.provider import telling
from scenewright.testing.provider.answering import Answer
from scenewright.testing.provider.ledger import Answered, Ledger
from scenewright.testing.provider.quota import Meter, Ticket, Tokens
from scenewright.testing.provider.script import Seen
from scenewright.testing.provider.tokens import estimate, used, written
from scenewright.testing.provider.wire import Asker, Clock


class Turn:
    def __init__(self, seen: Seen, asker: Asker, ledger: Ledger, clock: Clock) -> None:
        self.seen, self.asker = seen, asker
        self.answer: Answer | None = None
        self._ledger, self._clock = ledger, clock
        self._admitted: tuple[Meter, Ticket] | None = None
        self._settled = False
        # Before the last byte goes out: whoever has the whole answer finds it counted.
        asker.finishing = lambda: self.settle(str(asker.status), finished=True)

    async def admitted(self, meter: Meter) -> bool:
        """If not, the refusal has been sent."""
        now = self._clock.now()
        entered = meter.enter(estimate(self.seen), now)
        self.asker.headers.update(telling.standing(meter, now, self._clock.scale))
        if isinstance(entered, Ticket):
            self._admitted = meter, entered
            return True
        wait = entered.wait * self._clock.scale
        self._ledger.refused()
        self.asker.headers.update(telling.retry_after(meter, wait, time.time()))
        await self.asker.json(429, telling.refusal(entered, self.seen.model, wait))
        return False

    def settle(self, outcome: str, *, finished: bool = False) -> None:
        """Once: the first outcome counts."""
        if self._settled:
            return
        self._settled = True
        now = self._clock.now()
        bill = self._bill(now, finished)
        if self._admitted is not None:
            meter, ticket = self._admitted
            tokens = used(self.seen, bill.output_tokens) if bill else Tokens()
            meter.leave(ticket, tokens, now)
        if bill is not None:
            self._ledger.paid(bill)
        self._ledger.ended(outcome, now)

    def _bill(self, now: float, finished: bool) -> Answered | None:
        """None: nothing was generated, so nothing is paid."""
        answer, seen = self.answer, self.seen
        if answer is None:
            return None
        text = answer.text if finished else answer.shown.written(self.asker.since)
        if not (finished or text):
            return None
        out = 0 if seen.speech else written(text)
        return Answered(
            seen=seen, text=text, audio=hashlib.sha256(answer.audio).hexdigest() if seen.speech else "",
            whole=finished, status=self.asker.status, input_tokens=used(seen, out).input, output_tokens=out,
            started=self.asker.arrived, ended=now,
        )  # fmt: skip
