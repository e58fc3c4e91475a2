"""What panels show that is not the shopper's state: where they stand, what a query found."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vr_client.frame_packet import Basket
from vr_client.interact.floor_plan import FloorPlan
from vr_client.interact.walk import Spot
from vr_client.sound.captions import Caption
from vr_client.ui.finder import NOTHING, Found


@dataclass(frozen=True, slots=True)
class Around:
    """`yaw_deg` 0 looks up on the map, positive to the left.

    `marked` and `pins` are where on the floor the marked product stands, and what was found.
    `darkness` 0..1 is how far the shopper's eyes are closed. `held` is the box (2, 3) of the thing
    in hand whose card is open; `basket` where theirs hangs. `alternatives` are other products for
    the card that is open; `caption` is what is heard, in words. `family` is the controllers'
    (`vr_client.headset.controls`), "" where it is not known.
    """

    plan: FloorPlan | None = None
    spot: Spot = (0.0, 0.0)
    yaw_deg: float = 0.0
    marked: tuple[Spot, ...] = ()
    pins: tuple[Spot, ...] = ()
    found: Found = NOTHING
    darkness: float = 0.0
    held: NDArray[np.float64] | None = None
    basket: Basket | None = None
    alternatives: tuple[str, ...] = ()
    caption: Caption | None = None
    family: str = ""


NOWHERE = Around()
