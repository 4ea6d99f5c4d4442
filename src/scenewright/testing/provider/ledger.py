"""What a scripted provider has seen and answered: counted as it happens, readable from any thread."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scenewright.domain.base import Json, digest
from scenewright.testing.provider.script import Seen


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One answer that has to be paid: something of it was generated, whoever received it."""

    seen: Seen
    text: str  # what was generated; of speech: what was to be spoken
    audio: str = ""  # SHA-256 of the speech's bytes; "" of a text
    whole: bool  # generated and sent to its end; not: cut, stalled, reset, or the asker left
    status: int  # of what was sent; 0: nothing was
    input_tokens: int
    output_tokens: int
    started: float  # described seconds since the server's first request: the request arrived
    ended: float  # ... nothing more was sent

    @property
    def digest(self) -> str:
        return self.seen.digest

    @property
    def key(self) -> str:
        return self.seen.authorisation.removeprefix("Bearer ")


class Ledger:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: list[Seen] = []
        self._counts: Counter[str] = Counter()
        self._answered: list[Answered] = []
        self._whole: Counter[str] = Counter()
        self._repeated: list[Answered] = []
        self._outcomes: Counter[str] = Counter()
        self._tokens: Counter[str] = Counter()
        self._refused = 0
        self._used, self._at = 0.0, 0.0  # described seconds times requests in flight, and until when
        self.in_flight = self.in_flight_max = 0

    def arrived(self, path: str, body: Mapping[str, Any], headers: Mapping[str, str], now: float) -> Seen:
        """Raises: ValueError: the body holds what no JSON can (NaN, half a character)."""
        key = digest([path, body])
        with self._lock:
            self._counts[key] += 1
            seen = Seen(
                index=len(self._seen), attempt=self._counts[key], path=path, body=body, digest=key,
                authorisation=headers.get("authorization", ""), headers=headers, at=now,
            )  # fmt: skip
            self._seen.append(seen)
            self._moved(1, now)
        return seen

    def ended(self, outcome: str, now: float) -> None:
        """`outcome`: the status, or "reset", "cut", "left"."""
        with self._lock:
            self._outcomes[outcome] += 1
            self._moved(-1, now)

    def refused(self) -> None:
        with self._lock:
            self._refused += 1

    def paid(self, answer: Answered) -> None:
        with self._lock:
            self._answered.append(answer)
            self._tokens.update(input=answer.input_tokens, output=answer.output_tokens)
            if answer.whole:
                if self._whole[answer.digest]:
                    self._repeated.append(answer)
                self._whole[answer.digest] += 1

    @property
    def seen(self) -> tuple[Seen, ...]:
        with self._lock:
            return tuple(self._seen)

    @property
    def answered(self) -> tuple[Answered, ...]:
        with self._lock:
            return tuple(self._answered)

    @property
    def repeated(self) -> tuple[Answered, ...]:
        with self._lock:
            return tuple(self._repeated)

    @property
    def left(self) -> int:
        with self._lock:
            return self._outcomes["left"]

    def duplicates(self) -> Mapping[str, int]:
        with self._lock:
            return {key: count for key, count in self._counts.items() if count > 1}

    def statistics(self) -> dict[str, Json]:
        with self._lock:
            whole = self._whole.total()
            return {
                "requests": len(self._seen),
                "duplicates": len(self._seen) - len(self._counts),  # requests beyond the first of the same
                "in_flight": self.in_flight,
                "in_flight_max": self.in_flight_max,
                "in_flight_mean": round(self._used / self._at, 3) if self._at else 0.0,
                "seconds": round(self._at, 3),  # described, from the first request to the last change
                "refused": self._refused,  # 429s of quotas and storms
                "outcomes": dict(sorted(self._outcomes.items())),
                "answers": whole,
                "answers_in_part": len(self._answered) - whole,
                "answers_repeated": len(self._repeated),
                "input_tokens": self._tokens["input"],
                "output_tokens": self._tokens["output"],
            }

    def _moved(self, by: int, now: float) -> None:
        now = max(now, self._at)  # a request arrived when it began, not when its body was read
        self._used += self.in_flight * (now - self._at)
        self._at = now
        self.in_flight += by
        self.in_flight_max = max(self.in_flight_max, self.in_flight)
