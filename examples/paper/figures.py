# /// script
# requires-python = ">=3.11"
# dependencies = ["matplotlib>=3.11,<4", "numpy>=2.4,<3"]
# ///
"""Draws the plots of paper.typ from results.json."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image
from study import mean_wait

HERE = Path(__file__).parent
COLOURS = ("#1b4f72", "#2e86c1", "#d68910", "#a93226", "#5b2c6f")

mpl.rcParams.update({"font.family": "DejaVu Sans", "font.size": 8, "axes.linewidth": 0.6, "legend.frameon": False})


def save(figure: Figure, name: str) -> None:
    drawn = io.BytesIO()
    figure.savefig(drawn, dpi=260, facecolor="white")
    plt.close(figure)
    Image.open(drawn).convert("RGB").quantize(48).save(HERE / name, optimize=True)


def frame() -> tuple[Figure, Axes]:
    figure, axes = plt.subplots(figsize=(3.35, 2.35), layout="constrained")
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(alpha=0.25, lw=0.5)
    return figure, axes


def utilisation(results: dict[str, Any]) -> None:
    figure, axes = frame()
    curve = np.linspace(0.45, 0.96, 120)
    for servers, colour in zip((1, 2, 4, 8), COLOURS, strict=False):
        axes.plot(curve, [mean_wait(servers, rho) for rho in curve], color=colour, lw=1, label=f"{servers}")
        rows = [row for row in results["utilisation"]["rows"] if row["c"] == servers]
        axes.errorbar(
            [row["rho"] for row in rows],
            [row["wait"]["mean"] for row in rows],
            yerr=[row["wait"]["half"] for row in rows],
            fmt="o",
            ms=2.6,
            lw=0.8,
            color=colour,
        )
    axes.set(yscale="log", xlabel="utilisation", ylabel="mean wait (review times)")
    axes.legend(title="reviewers", fontsize=7, title_fontsize=7)
    save(figure, "utilisation.png")


def tails(results: dict[str, Any]) -> None:
    figure, axes = frame()
    spread = results["variability"]
    for row, colour in zip(spread["rows"], COLOURS, strict=True):
        seen = [(t, share) for t, share in zip(spread["grid"], row["tail"], strict=True) if share >= 0.001]
        axes.plot(*zip(*seen, strict=True), color=colour, lw=1.1, label=f"{row['scv']:g}")
    axes.set(yscale="log", xlabel="t (review times)", ylabel="share waiting longer than t", ylim=(0.001, 1))
    axes.legend(title="service SCV", fontsize=7, title_fontsize=7, ncols=3, loc="upper right")
    save(figure, "tails.png")


def pooling(results: dict[str, Any]) -> None:
    figure, axes = frame()
    names = {
        "random": "random\ninbox",
        "rotation": "rotation",
        "shortest": "shortest\ninbox",
        "shared": "shared\nqueue",
    }
    places = np.arange(len(names))
    for shift, key, label, colour in (
        (-0.2, "even", "SCV 1", COLOURS[1]),
        (0.2, "uneven", "SCV 4", COLOURS[2]),
    ):
        waits = [row[key]["wait"] for row in results["pooling"]]
        bars = axes.bar(
            places + shift,
            [wait["mean"] for wait in waits],
            0.38,
            yerr=[wait["half"] for wait in waits],
            color=colour,
            label=label,
            error_kw={"lw": 0.8},
        )
        axes.bar_label(bars, fmt="%.1f", fontsize=6.5, padding=1)
    axes.set_xticks(places, names.values())
    axes.set(ylabel="mean wait (review times)")
    axes.legend(fontsize=7)
    save(figure, "pooling.png")


if __name__ == "__main__":
    results = json.loads((HERE / "results.json").read_text())
    utilisation(results)
    tails(results)
    pooling(results)
