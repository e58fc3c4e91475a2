"""What grows on a fruit: stems, the star of a calyx, stubs of leaves, a crown of blades."""

import numpy as np
from numpy.typing import NDArray

from store_scenes.models.geometry import Finish, MeshBuilder
from store_scenes.models.palette import Rgb
from store_scenes.models.shapes.crop.globe import Globe, Sides, globe_surface

Array = NDArray[np.float64]

WOOD: Rgb = (96, 66, 38)
GREEN: Rgb = (74, 118, 48)
PALE_GREEN: Rgb = (136, 164, 88)


def add_stem(
    builder: MeshBuilder,
    start: tuple[float, float, float],
    end: tuple[float, float, float],
    radii: tuple[float, float],
    colour: Rgb,
    *,
    sides: int = 6,
    bend: float = 0.0,
) -> None:
    """A rod of `radii` at its ends, metres, open below and closed above, bent towards +x."""
    share = np.linspace(0.0, 1.0, 4)[::-1]
    angle = np.linspace(-np.pi, np.pi, sides + 1)
    angle[-1] = angle[0]
    middle = np.asarray(start) + share[:, None] * (np.asarray(end) - np.asarray(start))
    middle[:, 0] += bend * share**2
    radius = radii[0] + share * (radii[1] - radii[0])
    ring = np.stack([np.sin(angle), np.zeros_like(angle), np.cos(angle)], -1)
    rod = middle[:, None] + radius[:, None, None] * ring[None]
    tip = np.broadcast_to(middle[:1, None], (1, sides + 1, 3))
    finish = Finish(colour, roughness=190)
    normals = np.broadcast_to(ring, rod.shape)
    shade = np.linspace(1.0, 0.62, 4)[:, None, None]
    builder.grid(rod, finish, normals=normals, shade=shade)
    top = np.concatenate([tip, rod[:1]])
    builder.grid(top, finish, normals=np.broadcast_to([0.0, 1.0, 0.0], top.shape))


def add_calyx(
    builder: MeshBuilder,
    globe: Globe,
    sides: Sides,
    points: int,
    reach: float,
    colour: Rgb,
    *,
    lift: float = 0.0006,
    curl: float = 0.0,
) -> None:
    """A star of `points` sepals lying on the top of the globe.

    `reach` is how far down (t) the tips come; `curl` lifts the tips, metres.
    """
    columns = points * 4
    s = np.linspace(0.0, 1.0, columns + 1)
    phase = np.arange(columns + 1) % 4
    length = np.array([0.22, 0.55, 1.0, 0.55])[phase] * reach
    steps = np.linspace(0.0, 1.0, 4)[:, None]
    t = steps * length[None]
    on = globe_surface(globe, sides, np.broadcast_to(s, t.shape), t)
    on[:, -1] = on[:, 0]
    on[..., 1] += lift + curl * (t / reach) ** 2
    on[..., [0, 2]] *= 1.0 + 0.02 * (t / reach)[..., None]
    finish = Finish(colour, roughness=168)
    shade = 0.78 + 0.30 * (t / reach)[..., None] * np.ones(3)
    builder.grid(on, finish, shade=shade)


def add_blades(
    builder: MeshBuilder,
    base: tuple[float, float],
    count: int,
    length: float,
    width: float,
    colour: Rgb,
    *,
    spread: float = 0.5,
    tiers: int = 1,
) -> None:
    """Leaves that rise from height and radius `base` and lean out, both sides drawn."""
    height, radius = base
    t = np.linspace(0.0, 1.0, 4)
    for index in range(count):
        tier = index % tiers
        turn = 2 * np.pi * index / count + 0.35 * tier
        grow = length * (1.0 - 0.22 * ((index * 5) % 3) / 2) * (1.0 - 0.12 * (tiers - 1 - tier))
        lean = spread * (1.0 - 0.55 * tier / max(1, tiers - 1) if tiers > 1 else 1.0)
        out = radius + grow * lean * t**1.6
        up = height + grow * t * np.sqrt(max(0.1, 1 - 0.45 * lean * lean)) - 0.12 * grow * t**3
        half = width / 2 * np.array([0.75, 1.0, 0.7, 0.0])
        outward = np.array([np.sin(turn), 0.0, np.cos(turn)])
        aside = np.array([np.cos(turn), 0.0, -np.sin(turn)])
        spine = out[:, None] * outward + up[:, None] * np.array([0.0, 1.0, 0.0])
        left, right = spine - half[:, None] * aside, spine + half[:, None] * aside
        keel = spine - 0.25 * half[:, None] * outward
        sheet = np.stack([left, keel, right], 1)[::-1]
        shade = np.linspace(1.12, 0.7, 4)[:, None, None]
        finish = Finish(colour, roughness=150, clearcoat=40)
        builder.grid(sheet, finish, shade=shade)
        builder.grid(sheet[:, ::-1], finish, shade=shade * 0.8, occlusion=0.8)
