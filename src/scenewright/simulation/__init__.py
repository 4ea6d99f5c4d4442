"""Works that only take time, run by the real engine on a clock that jumps: how a setting is chosen beforehand.

from scenewright.simulation import Workload, compare, setting, waterfall

for report in compare(Workload(scenes=30), [setting("off"), setting("3"), setting("auto")]):
    print(report.summary())
    print(waterfall(report.course))
"""

from scenewright.simulation.bounds import Bounds, bounds
from scenewright.simulation.distributions import Distribution, Fixed, Lognormal, Uniform
from scenewright.simulation.picture import picture
from scenewright.simulation.report import Calls, Course, Interval, Report, Stalls
from scenewright.simulation.running import compare, simulate
from scenewright.simulation.settings import Parallel, Setting, setting
from scenewright.simulation.waterfall import waterfall
from scenewright.simulation.workload import Drawn, Failures, Workload, draw

__all__ = [
    "Bounds",
    "Calls",
    "Course",
    "Distribution",
    "Drawn",
    "Failures",
    "Fixed",
    "Interval",
    "Lognormal",
    "Parallel",
    "Report",
    "Setting",
    "Stalls",
    "Uniform",
    "Workload",
    "bounds",
    "compare",
    "draw",
    "picture",
    "setting",
    "simulate",
    "waterfall",
]
