"""What is known of a work, and which steps follow from it. Pure and synchronous."""

from scenewright.plan.desk import Desk, Performer
from scenewright.plan.kind import Kind
from scenewright.plan.known import Adopted, Known
from scenewright.plan.step import Pool, Step

__all__ = ["Adopted", "Desk", "Kind", "Known", "Performer", "Pool", "Step"]
