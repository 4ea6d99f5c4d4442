# /// script
# requires-python = ">=3.11"
# dependencies = ["matplotlib>=3.11,<4", "numpy>=2.4,<3"]
# ///
"""Draws the pictures of tides.md, gezeiten.md and chaoxi.md beside this file. Run: uv run examples/figures/tides.py"""

from __future__ import annotations

import io
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Ellipse
from PIL import Image

HERE = Path(__file__).parent
SEA, EARTH, MOON, SUN, INK = "#2b7bba", "#7fa650", "#9a9aa2", "#f2b134", "#22303c"

mpl.rcParams.update({"font.family": "DejaVu Sans", "font.size": 11, "text.color": INK, "axes.edgecolor": INK})


def save(figure: Figure, name: str) -> None:
    """A PNG with 32 colours: line drawings lose nothing by it and stay small."""
    drawn = io.BytesIO()
    figure.savefig(drawn, dpi=150, facecolor="white")
    plt.close(figure)
    Image.open(drawn).convert("RGB").quantize(32).save(HERE / name, optimize=True)


def bare(axes: Axes, width: float, height: float) -> None:
    axes.set(xlim=(-width, width), ylim=(-height, height), aspect="equal")
    axes.axis("off")


def pull() -> None:
    """Tidal acceleration around the Earth, to first order: (2 cos t, -sin t)."""
    figure, axes = plt.subplots(figsize=(8, 4), layout="constrained")
    bare(axes, 3.4, 1.7)
    axes.add_patch(Ellipse((0, 0), 2.5, 1.8, facecolor="#cfe4f4", edgecolor="none"))
    axes.add_patch(Circle((0, 0), 0.85, facecolor=EARTH, edgecolor=INK))
    axes.add_patch(Circle((3.0, 0), 0.22, facecolor=MOON, edgecolor=INK))
    axes.text(0, 0, "Earth", ha="center", va="center", color="white", weight="bold")
    axes.text(3.0, -0.45, "Moon", ha="center")
    for angle in np.linspace(0, 2 * np.pi, 24, endpoint=False):
        x, y = 0.98 * np.cos(angle), 0.98 * np.sin(angle)
        axes.annotate(
            "",
            xy=(x + 0.36 * 2 * np.cos(angle), y - 0.36 * np.sin(angle)),
            xytext=(x, y),
            arrowprops={"arrowstyle": "-|>", "color": SEA, "lw": 1.6},
        )
    axes.text(-2.1, 0.25, "away from\nthe Moon", ha="right", va="center", fontsize=10)
    axes.text(2.0, 0.45, "towards\nthe Moon", ha="left", va="center", fontsize=10)
    axes.text(0, 1.28, "squeezed in from above and below", ha="center", fontsize=10)
    axes.text(
        0, -1.5, "Arrows: Moon's pull here minus Moon's pull at the centre (not to scale)", ha="center", fontsize=9
    )
    save(figure, "tidal-pull.png")


def sky(axes: Axes, title: str, moon: tuple[float, float], stretch: tuple[float, float]) -> None:
    bare(axes, 3.3, 2.25)
    axes.set_title(title, fontsize=12, weight="bold", color=INK)
    axes.add_patch(Circle((-2.75, 0), 0.42, facecolor=SUN, edgecolor="none"))
    axes.text(-2.75, -0.72, "Sun", ha="center")
    axes.add_patch(Ellipse((0, 0), *stretch, facecolor="#cfe4f4", edgecolor=SEA))
    axes.add_patch(Circle((0, 0), 0.55, facecolor=EARTH, edgecolor=INK))
    axes.add_patch(Circle((0, 0), 1.5, fill=False, edgecolor="#b8bfc6", linestyle=":"))
    for sign in (1, -1):
        x, y = sign * moon[0], sign * moon[1]
        axes.add_patch(Circle((x, y), 0.16, facecolor=MOON if sign > 0 else "white", edgecolor=INK))


def alignment() -> None:
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    sky(left, "Spring tide: new or full Moon", (1.5, 0), (2.0, 1.25))
    left.text(0, -2.1, "Sun and Moon pull along one line", ha="center", fontsize=10)
    sky(right, "Neap tide: first or last quarter", (0, 1.5), (1.25, 1.45))
    right.text(0, -2.1, "The Sun works against the Moon", ha="center", fontsize=10)
    save(figure, "spring-neap.png")


def month() -> None:
    """Three constituents, with amplitudes like those of a port on the English Channel, over a month."""
    hours = np.arange(0, 29.53 * 24, 0.25)
    height = sum(
        amplitude * np.cos(2 * np.pi * (hours - start) / period)
        for amplitude, period, start in ((2.2, 12.4206, 36.0), (0.75, 12.0, 36.0), (0.4, 12.6583, 36.0))
    )
    figure, axes = plt.subplots(figsize=(9, 3.6), layout="constrained")
    axes.plot(hours / 24, height, color=SEA, lw=1.0)
    axes.axhline(0, color=INK, lw=0.6)
    axes.set(xlim=(0, 29.53), ylim=(-4.2, 5.0), xlabel="days since new Moon", ylabel="height (m)")
    axes.spines[["top", "right"]].set_visible(False)
    for day, words in ((1.5, "springs"), (8.9, "neaps"), (16.3, "springs"), (23.6, "neaps")):
        axes.text(day, 4.3, words, ha="center", weight="bold")
    save(figure, "tide-month.png")


if __name__ == "__main__":
    pull()
    alignment()
    month()
