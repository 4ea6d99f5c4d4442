"""The scripted provider as a command: for a client that is to be tried against quotas, latencies and faults.

    python -m scenewright.testing.provider --rpm 60 --latency 0.8 --per-token 0.02 --errors 0.05

prints the base URL and serves until it is interrupted. Statistics: GET /stats, beside /v1.
"""

from __future__ import annotations

import argparse
import signal
import threading

from scenewright.testing.provider import (
    ERROR,
    RESET,
    Behaviour,
    Lognormal,
    Quota,
    ScriptedProvider,
    Time,
    faulty,
)


def main(arguments: list[str] | None = None) -> None:
    given = _parser().parse_args(arguments)
    usual = Behaviour(latency=_time(given.latency, given.sigma), per_token=_time(given.per_token, given.sigma))
    try:
        script = faulty(usual, (given.errors, ERROR), (given.resets, RESET), seed=given.seed)
        server = ScriptedProvider(
            script=script, speech=script, quota=_quota(given), scale=given.scale, seed=given.seed,
            keys=given.key, models=given.model, answers="by-content" if given.by_content else "differ",
        )  # fmt: skip
    except ValueError as exc:
        raise SystemExit(str(exc)) from exc
    server.port = given.port
    _serve(server)


def _serve(server: ScriptedProvider) -> None:
    ended = threading.Event()
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, lambda *_: ended.set())
    try:
        with server:
            print(server.base_url, flush=True)  # noqa: T201 - what this command is for
            ended.wait()
    except OSError as exc:
        raise SystemExit(f"Cannot listen on port {server.port}: {exc.strerror}. Choose another with --port.") from exc


def _quota(given: argparse.Namespace) -> Quota:
    return Quota(
        concurrent=given.concurrent, per_minute=given.rpm, per_day=given.rpd, tokens=given.tpm,
        window=given.window, hidden=given.hidden,
    )  # fmt: skip


def _time(mean: float, sigma: float) -> Time:
    return Lognormal(mean, sigma) if sigma else mean


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m scenewright.testing.provider",
        description="A model provider to test against: OpenAI's protocol, with the limits and faults of your choice.",
    )
    parser.add_argument("--port", type=int, default=0, help="0 = any that is free")
    parser.add_argument("--concurrent", type=int, help="requests in flight of a key")
    parser.add_argument("--rpm", type=int, help="requests per minute of a key")
    parser.add_argument("--rpd", type=int, help="requests per day of a key")
    parser.add_argument("--tpm", type=int, help="tokens per minute of a key, input and output")
    parser.add_argument("--window", choices=["bucket", "sliding", "fixed"], default="bucket", help="how minutes count")
    parser.add_argument("--hidden", action="store_true", help="tell nothing of the limits in headers")
    parser.add_argument("--latency", type=float, default=0.0, help="mean seconds before the first byte")
    parser.add_argument("--per-token", type=float, default=0.0, help="mean seconds for each token")
    parser.add_argument("--sigma", type=float, default=0.0, help="how much both vary (lognormal); 0 = not at all")
    parser.add_argument("--scale", type=float, default=1.0, help="real seconds for each second of all of these")
    parser.add_argument("--errors", type=float, default=0.0, help="share of the requests that get a 500")
    parser.add_argument("--resets", type=float, default=0.0, help="share of the connections that are reset")
    parser.add_argument("--key", action="append", default=[], help="a key that is accepted (any, if none is given)")
    parser.add_argument("--model", action="append", default=[], help="a model that exists (any, if none is given)")
    parser.add_argument("--by-content", action="store_true", help="answer the same to the same")
    parser.add_argument("--seed", type=int, default=0)
    return parser


if __name__ == "__main__":
    main()
