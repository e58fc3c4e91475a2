"""What comes with goods: the cardboard around trays and cases, and hooks that goods hang from."""

from functools import lru_cache

import msgspec

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
TICKET_ARM_M = 0.030
"""The label hangs before the hook's tip from an arm this high over the hook."""


class Hook(msgspec.Struct, frozen=True):
    """A hook of that length from the board behind it to its tip."""

    length_mm: float


Fitting = Pack | Hook


@lru_cache(maxsize=KEPT)
def fitting_part(fitting: Fitting) -> Part:
    """A pack without its units, on the middle of its base; a hook from its tip, which is at 0."""
    return _hook(fitting) if isinstance(fitting, Hook) else _carton(fitting)


def _hook(hook: Hook) -> Part:
    length = max(hook.length_mm / 1000.0, 0.02)
    tip, back = (0.0, 0.0, 0.0), (0.0, 0.0, -length)
    bend = (0.0, 0.010, 0.004)
    plate = bevelled_box((-0.012, -0.022, -length), (0.012, 0.012, -length + 0.004), 0.001, CHROME)
    rods = [tube(back, tip, HOOK_RADIUS_M, CHROME, 6), tube(tip, bend, HOOK_RADIUS_M, CHROME, 6)]
    arm = [
        tube((0.0, 0.010, -length), (0.0, TICKET_ARM_M, 0.0), HOOK_RADIUS_M * 0.7, CHROME, 5),
        bevelled_box((-0.018, TICKET_ARM_M - 0.010, 0.001), (0.018, TICKET_ARM_M + 0.010, 0.003),
                     0.0005, CHROME),
    ]  # fmt: skip
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
