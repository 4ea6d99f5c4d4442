"""What all tests share."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# No test judges the real clock, and a busy machine is no defect. In CI the same cases run every time.
settings.register_profile(
    "ours",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=os.environ.get("CI") == "true",
)
settings.load_profile("ours")
