"""What comes with goods: the cardboard around trays and cases, and hooks that goods hang from."""

from functools import lru_cache

import msgspec
import numpy as np
from numpy.typing import NDArray

from store_scenes.fixtures.fixture import Part
from store_scenes.fixtures.forms import tube
from store_scenes.fixtures.shapes import Finish, bevelled_box, joined
from store_scenes.layout.documents import Pack

CARDBOARD = Finish((190, 152, 108), roughness=220, clearcoat=0)
WALL_M = 0.0016
OUTSIDE_M = 0.0006
"""Its walls stand this far outside of the box that its units fill."""

WALLS: dict[str, tuple[float, float, float]] = {
    "tray": (0.36, 0.36, 0.22),
    "case": (1.0, 1.0, 0.30),
    "display": (1.0, 0.55, 0.16),
}
"""How high back, sides and front are, as shares of the pack's height."""

KEPT = 256

CHROME = Finish((206, 208, 210), roughness=55, metallic=210)
HOOK_RADIUS_M = 0.0026
ARM_RADIUS_M = HOOK_RADIUS_M * 0.7
ARM_END_TENTHS = 20
"""Tenths of a millimetre by which the round end of a slanting arm may reach behind its hook's."""

SAME_M = 2e-5
TICKET_ARM_M = 0.030
"""The label hangs before the hook's tip from an arm this high over the hook."""


class Hook(msgspec.Struct, frozen=True):
    """A hook of that length from the board behind it to its tip.

    `arm_mm` is how high over it the plate of its label is, `plate_mm` how wide that is; without an
    arm it has none.
    """

    length_mm: float
    arm_mm: float = TICKET_ARM_M * 1000.0
    plate_mm: float = 36.0


Fitting = Pack | Hook


@lru_cache(maxsize=KEPT)
def fitting_part(fitting: Fitting) -> Part:
    """A pack without its units, on the middle of its base; a hook from its tip, which is at 0."""
    return _hook(fitting) if isinstance(fitting, Hook) else _carton(fitting)


def hook_of(low: NDArray[np.float32], high: NDArray[np.float32]) -> Hook | None:
    """The hook whose mesh has just these bounds, if there is one."""
    reach_mm, half = -float(low[2]) * 1000.0, float(high[0])
    if abs(float(low[0]) + half) > SAME_M or not 0.005 < half < 0.05 or reach_mm < 15.0:
        return None
    over = float(high[1]) - 0.010
    arm, plate = (over, half) if over > 0.010 else (0.0, 0.018)
    for short in range(ARM_END_TENTHS):
        length_mm = round(reach_mm - short / 10.0, 1)
        hook = Hook(length_mm, round(arm * 1000.0, 1), round(plate * 2000.0, 1))
        corners = fitting_part(hook).vertices["position"]
        ends = np.stack([corners.min(axis=0), corners.max(axis=0)])
        if np.abs(ends - (low, high)).max() < SAME_M:
            return hook
    return None


def _hook(hook: Hook) -> Part:
    length = max(hook.length_mm / 1000.0, 0.02)
    tip, back = (0.0, 0.0, 0.0), (0.0, 0.0, -length)
    bend = (0.0, 0.010, 0.004)
    plate = bevelled_box((-0.012, -0.022, -length), (0.012, 0.012, -length + 0.004), 0.001, CHROME)
    rods = [tube(back, tip, HOOK_RADIUS_M, CHROME, 6), tube(tip, bend, HOOK_RADIUS_M, CHROME, 6)]
    if hook.arm_mm <= 0.0:
        return joined([plate, *rods])
    over, half = hook.arm_mm / 1000.0, hook.plate_mm / 2000.0
    arm = [
        tube((0.0, 0.010, -length), (0.0, over, 0.0), ARM_RADIUS_M, CHROME, 5),
        bevelled_box((-half, over - 0.010, 0.001), (half, over + 0.010, 0.003), 0.0005, CHROME),
    ]
    return joined([plate, *rods, *arm])


def _carton(pack: Pack) -> Part:
    width, height, depth = (side / 1000.0 for side in pack.size_mm)
    x, z = width / 2.0 + OUTSIDE_M, depth / 2.0 + OUTSIDE_M
    back, side, front = (share * height for share in WALLS[pack.style])
    thin = min(WALL_M, height / 4.0)
    walls = [
        ((-x, 0.0, -z), (x, back, -z + thin)),
        ((-x, 0.0, z - thin), (x, front, z)),
        ((-x, 0.0, -z + thin), (-x + thin, side, z - thin)),
        ((x - thin, 0.0, -z + thin), (x, side, z - thin)),
        ((-x + thin, 0.0, -z + thin), (x - thin, thin / 2.0, z - thin)),
    ]
    return joined([bevelled_box(low, high, thin / 8.0, CARDBOARD) for low, high in walls])
