"""How long the command line takes to start, beside a bare interpreter and the imports it avoids, in one run.

Run: python benchmarks/startup.py [rounds]
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

CASES = {
    "python -c pass": ["-c", "pass"],
    "import typer": ["-c", "import typer"],
    "scenewright --version": ["-m", "scenewright", "--version"],
    "scenewright make --help": ["-m", "scenewright", "make", "--help"],
    "scenewright works": ["-m", "scenewright", "works"],
    "import pydantic_ai": ["-c", "import pydantic_ai"],
}


def seconds(arguments: list[str], environment: dict[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, check=True)
    return time.perf_counter() - began


@dataclass(frozen=True)
class Row:
    case: str
    median: float  # seconds
    least: float  # seconds
    ratio: float  # median / that of a bare interpreter


def rows(rounds: int = 7) -> list[Row]:
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "SCENEWRIGHT_HOME": home}
        for arguments in CASES.values():
            seconds(arguments, environment)  # warm the caches
        taken: dict[str, list[float]] = {name: [] for name in CASES}
        for _ in range(rounds):  # in turn, so that a busy moment hits all alike
            for name, arguments in CASES.items():
                taken[name].append(seconds(arguments, environment))
    base = statistics.median(taken["python -c pass"])
    medians = {name: statistics.median(times) for name, times in taken.items()}
    return [Row(name, medians[name], min(times), medians[name] / base) for name, times in taken.items()]


def main() -> None:
    print(f"{'case':26} {'median':>9} {'min':>9} {'x bare python':>14}")
    for row in rows(int(sys.argv[1]) if len(sys.argv) > 1 else 7):
        print(f"{row.case:26} {row.median * 1000:6.0f} ms {row.least * 1000:6.0f} ms {row.ratio:14.1f}")


if __name__ == "__main__":
    main()
