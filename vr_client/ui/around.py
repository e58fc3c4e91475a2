"""What panels show that is not the shopper's state: where they stand, what a query found."""

from dataclasses import dataclass

from vr_client.interact.floor_plan import FloorPlan
from vr_client.interact.walk import Spot
from vr_client.ui.finder import NOTHING, Found


@dataclass(frozen=True, slots=True)
class Around:
    """`yaw_deg` 0 looks up on the map, positive to the left.

    `marked` and `pins` are where on the floor the marked product stands, and what was found.
    `darkness` 0..1 is how far the shopper's eyes are closed.
    """

    plan: FloorPlan | None = None
    spot: Spot = (0.0, 0.0)
    yaw_deg: float = 0.0
    marked: tuple[Spot, ...] = ()
    pins: tuple[Spot, ...] = ()
    found: Found = NOTHING
    darkness: float = 0.0


NOWHERE = Around()
