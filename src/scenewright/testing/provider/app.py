"""The scripted provider as an ASGI application: routes, keys, models, and what each request gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scenewright.domain.base import Json
from scenewright.testing.provider import chat
from scenewright.testing.provider.absent import LEAST, absent
from scenewright.testing.provider.admission import Admission, Quotas, Storm
from scenewright.testing.provider.answers import Answers, Override
from scenewright.testing.provider.ledger import Answered, Ledger
from scenewright.testing.provider.performing import AnswerWith, Performer
from scenewright.testing.provider.script import Behaviour, Script, Seen
from scenewright.testing.provider.scripts import always, rate_limited
from scenewright.testing.provider.serve import Receive, Scope, Send
from scenewright.testing.provider.turn import Turn
from scenewright.testing.provider.wire import Asker, Clock, Gone, Left, asked_of, headers_of


class ScriptedApp:
    """See `scenewright.testing.provider.ScriptedProvider` for the parameters."""

    def __init__(
        self,
        *,
        script: Script | Behaviour | None = None,
        speech: Script | Behaviour | None = None,
        answers: AnswerWith = "differ",
        overrides: Mapping[str, Override] | None = None,
        models: Sequence[str] = (),
        keys: Sequence[str] = (),
        quota: Quotas | None = None,
        speech_quota: Quotas | None = None,
        scale: float = 1.0,
        seed: int = 0,
    ) -> None:
        self._script, self._speech = _script(script), _script(speech)
        self._performer = Performer(answers, Answers(seed, overrides or {}), models, seed)
        self._models, self._keys = tuple(models), frozenset(keys)
        self._admission = Admission(quota, speech_quota)
        self._clock, self._ledger = Clock(scale), Ledger()

    # What may be changed while it runs, from any thread.

    @property
    def quota(self) -> Quotas:
        """The limits of every key, or by key ("*": of all others). What was used stays used when it is changed."""
        return self._admission.quota

    @quota.setter
    def quota(self, quota: Quotas) -> None:
        self._admission.quota = quota

    @property
    def speech_quota(self) -> Quotas | None:
        """The limits of speech alone; None: it counts with everything else."""
        return self._admission.speech_quota

    @speech_quota.setter
    def speech_quota(self, quota: Quotas | None) -> None:
        self._admission.speech_quota = quota

    def storm(
        self, behaviour: Behaviour | None = None, *, requests: int | None = None, seconds: float | None = None
    ) -> None:
        """From now on every request gets this (a 429 by default): the next so many, or for so long.

        `seconds`: described, from the first request that meets it. No quota is used up by it. Neither given: until
        `calm()`.
        """
        self._admission.storm = Storm(behaviour=behaviour or rate_limited(1), requests=requests, seconds=seconds)

    def calm(self) -> None:
        """Ends a storm."""
        self._admission.storm = None

    # What it has seen; these may be read from any thread.

    @property
    def requests(self) -> tuple[Seen, ...]:
        """Every request for an answer or for speech, in order of arrival, refused ones included."""
        return self._ledger.seen

    @property
    def answered(self) -> tuple[Answered, ...]:
        """Every answer that has to be paid, in the order in which they ended, those sent in part included."""
        return self._ledger.answered

    @property
    def repeated(self) -> tuple[Answered, ...]:
        """Whole answers to what had been answered as a whole before: paid twice."""
        return self._ledger.repeated

    def absent(self, work: Json | bytes, least: int = LEAST) -> tuple[Answered, ...]:
        """The paid answers that the finished work does not contain; see `provider.absent.absent`."""
        return absent(self.answered, work, least)

    @property
    def in_flight(self) -> int:
        return self._ledger.in_flight

    @property
    def in_flight_max(self) -> int:
        return self._ledger.in_flight_max

    @property
    def left_early(self) -> int:
        """How many askers went away before their answer had ended."""
        return self._ledger.left

    @property
    def authorisations(self) -> tuple[str, ...]:
        """The different `Authorization` headers, in order of first appearance."""
        return tuple(dict.fromkeys(seen.authorisation for seen in self.requests))

    def duplicates(self) -> Mapping[str, int]:
        """Digest of the body -> how often, for what was asked more than once."""
        return self._ledger.duplicates()

    def statistics(self) -> dict[str, Json]:
        """What GET /stats tells: counts, tokens, and described seconds."""
        return {**self._ledger.statistics(), "in_flight_by_key": self._admission.in_flight()}

    # The application.

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, headers = scope["path"], headers_of(scope)
        asker = Asker(scope, receive, send, self._clock)
        if path == "/stats" and scope["method"] == "GET":
            await asker.json(200, self.statistics())
        elif self._keys and headers.get("authorization", "").removeprefix("Bearer ") not in self._keys:
            await asker.json(401, chat.error(401, "invalid_api_key", "Incorrect API key provided"))
        elif path.endswith("/models"):
            await asker.json(
                200, {"object": "list", "data": [{"id": name, "object": "model"} for name in self._models]}
            )
        elif path.endswith(("/chat/completions", "/audio/speech")) and scope["method"] == "POST":
            await self._asked(path, headers, asker)
        else:
            await asker.json(404, chat.error(404, "", f"Unknown route {path}"))

    async def _asked(self, path: str, headers: Mapping[str, str], asker: Asker) -> None:
        try:
            seen = self._ledger.arrived(path, asked_of(await asker.body()), headers, asker.arrived)
        except Left:
            return
        except (ValueError, RecursionError):
            await asker.json(400, chat.error(400, "", "The body is not a JSON object"))
            return
        turn = Turn(seen, asker, self._ledger, self._clock)
        try:
            await self._take(turn)
        except Left:
            turn.settle("left")
        except Gone:
            turn.settle("broken")
            raise
        finally:
            turn.settle("aborted")
            asker.close()

    async def _take(self, turn: Turn) -> None:
        seen, now = turn.seen, self._clock.now()
        behaviour = self._admission.stormed(now)
        if behaviour is not None:
            self._ledger.refused()
        elif await turn.admitted(self._admission.meter(seen, now)):
            behaviour = (self._speech if seen.speech else self._script)(seen)
        else:
            return
        await self._performer.perform(turn, behaviour)


def _script(given: Script | Behaviour | None) -> Script:
    if given is None or isinstance(given, Behaviour):
        return always(given) if given is not None else always()
    return given
