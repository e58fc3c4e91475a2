"""The cardboard around units that are sold from their tray, case or display."""

from functools import lru_cache

from store_scenes.fixtures.fixture import Part
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


@lru_cache(maxsize=KEPT)
def carton(pack: Pack) -> Part:
    """A pack without its units, standing on the middle of its base, open above and in front."""
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
