"""Runs the benchmarks and writes what they measured into docs/benchmarks.md, each table where its marker is.

Run: python benchmarks/report.py [name ...]        (all of them take about half an hour on two cores)

The text of the page is written by hand; what stands between `<!-- name -->` and `<!-- end -->` is replaced.
"""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import adaptive
import kills
import orders
import overhead
import policies
import policies_sockets
import startup

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def machine() -> str:
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} ({platform.machine()})."


def policies_drawn() -> str:
    files = policies.pictures()
    return "\n\n".join(f"![{path.stem}]({path.relative_to(PAGE.parent).as_posix()})" for path in files)


def adaptive_table() -> str:
    heads = (
        "account",
        "gate",
        "quota used",
        "worst seed",
        "answered 429",
        "worst seed",
        "tokens/s",
        "first token",
        "failed",
    )
    return markdown(
        heads,
        [
            (
                row["quota"], row["policy"], f"{row['used']:.1%}", f"{row['least_used']:.1%}", f"{row['refused']:.2%}",
                f"{row['most_refused']:.2%}", f"{row['tokens']:.0f}", f"{row['first']:.1f} s", str(row["failed"]),
            )
            for row in adaptive.rows()
        ],
    )  # fmt: skip


def kills_table() -> str:
    return markdown(
        ("measured", "count", "promised"),
        [(row["measured"], str(row["count"]), str(row["promised"])) for row in kills.rows()],
    )


def startup_table() -> str:
    heads = ("command", "median", "least", "times bare python")
    return markdown(
        heads,
        [
            (f"`{row.case}`", f"{row.median * 1000:.0f} ms", f"{row.least * 1000:.0f} ms", f"{row.ratio:.1f}")
            for row in startup.rows()
        ],
    )


def markdown(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    marks = ["---", *("--:" for _ in heads[1:])]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (heads, marks, *lines))


SECTIONS: dict[str, Callable[[], str]] = {
    "machine": machine,
    "policies": lambda: policies.table(policies.rows()),
    "sockets": lambda: policies_sockets.table(policies_sockets.rows()),
    "pictures": policies_drawn,
    "orders": lambda: orders.table([row for row in orders.rows() if row.limit in (2, 3)]),
    "overhead": lambda: overhead.table(overhead.rows()),
    "durable": lambda: overhead.durable_table(overhead.durable_rows()),
    "adaptive": adaptive_table,
    "kills": kills_table,
    "startup": startup_table,
}


def replaced(page: str, name: str, found: str) -> str:
    """Raises: ValueError: the page has no place for it."""
    place = re.compile(rf"(<!-- {name} -->\n).*?(\n<!-- end -->)", re.DOTALL)
    if not place.search(page):
        raise ValueError(f"{PAGE} has no place for {name}: write <!-- {name} --> and <!-- end --> into it.")
    return place.sub(lambda match: f"{match[1]}{found}{match[2]}", page)


def main() -> None:
    wanted = sys.argv[1:] or list(SECTIONS)
    if unknown := [name for name in wanted if name not in SECTIONS]:
        raise SystemExit(f"There is no benchmark {unknown[0]!r}; there are: {', '.join(SECTIONS)}.")
    for name in wanted:
        found = SECTIONS[name]()
        print(f"{name}\n\n{found}\n", flush=True)
        PAGE.write_text(replaced(PAGE.read_text("utf-8"), name, found), "utf-8")


if __name__ == "__main__":
    main()
