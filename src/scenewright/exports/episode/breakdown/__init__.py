"""What a production counts in a script before it plans a day: cast, sets, props, effects, pages, running time."""

from scenewright.exports.episode.breakdown.count import breakdown
from scenewright.exports.episode.breakdown.export import export_breakdown
from scenewright.exports.episode.breakdown.tables import FILES, tables
from scenewright.exports.episode.breakdown.values import Breakdown, Role, SceneLine, SetLine, Totals

__all__ = [
    "FILES",
    "Breakdown",
    "Role",
    "SceneLine",
    "SetLine",
    "Totals",
    "breakdown",
    "export_breakdown",
    "tables",
]
