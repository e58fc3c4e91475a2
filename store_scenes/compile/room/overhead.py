"""The ceiling: mineral tiles, rows of light along the aisles, vents, sprinklers, cameras."""

from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.decor import Decor
from store_scenes.compile.room.hall import Hall
from store_scenes.compile.room.sheets import edges, tiled
from store_scenes.compile.scene import CEILING_PANEL
from store_scenes.fixtures.artwork import Artwork
from store_scenes.fixtures.fixture import Part
from store_scenes.fixtures.forms import tube
from store_scenes.fixtures.shapes import Finish, bevelled_box, joined, kept
from store_scenes.layout.documents import Aisle

TILE = 0.6
SQUARE = 4 * TILE
SQUARES_MAX = 4_000
LIGHT_LONG, LIGHT_SHORT = 0.60, 0.15
"""Half sizes of a light."""

PITCH_ALONG, PITCH_ACROSS = 1.8, 2.2
ROW_GAP_MAX = 3.4
LIGHTS_MAX = 60_000
FITTINGS_MAX = 400

CEILING = Finish((255, 255, 255), roughness=225)
FRAME = Finish((210, 211, 212), roughness=110, metallic=120)
VENT = Finish((206, 207, 206), roughness=150)
SLOT = Finish((60, 62, 64), roughness=200)
DOME = Finish((26, 28, 32), roughness=25, clearcoat=255)
WHITE = Finish((238, 238, 236), roughness=140)
BRASS = Finish((196, 176, 130), roughness=80, metallic=160)


def place_lights(hall: Hall, aisles: tuple[Aisle, ...]) -> NDArray[np.void]:
    """(n,) CEILING_PANEL: rows along the aisles' lines, and between them where gaps are wide.

    Without lines, an even grid.
    """
    lines = [aisle.line_mm for aisle in aisles if aisle.line_mm is not None]
    along_z = sum(abs(z1 - z0) >= abs(x1 - x0) for x0, z0, x1, z1 in lines) * 2 >= len(lines)
    if not lines:
        return _panels(_even(hall.half_x, PITCH_ACROSS), _even(hall.half_z, PITCH_ALONG), hall,
                       (LIGHT_LONG, LIGHT_SHORT))  # fmt: skip
    wide, deep = (hall.half_x, hall.half_z) if along_z else (hall.half_z, hall.half_x)
    own = [
        (line[0] + line[2] if along_z else line[1] + line[3]) / 2000.0
        for line in lines
        if (abs(line[3] - line[1]) >= abs(line[2] - line[0])) == along_z
    ]
    rows, spots = light_rows(own, wide), _even(deep, PITCH_ALONG)
    if along_z:
        return _panels(rows, spots, hall, (LIGHT_SHORT, LIGHT_LONG))
    return _panels(spots, rows, hall, (LIGHT_LONG, LIGHT_SHORT))


def light_rows(lines: list[float], half: float) -> list[float]:
    """Where rows of light run across a room from -half to half: over each line, and in between."""
    rows: list[float] = []
    for line in sorted(lines):
        if abs(line) < half - 0.3 and (not rows or line - rows[-1] > 0.9):
            rows.append(line)
    ends = [-half - ROW_GAP_MAX / 2.0 + 0.4, *rows, half + ROW_GAP_MAX / 2.0 - 0.4]
    filled = list(rows)
    for low, high in pairwise(ends):
        count = int(np.ceil((high - low) / ROW_GAP_MAX - 1e-9)) - 1
        filled += [low + (high - low) * (number + 1) / (count + 1) for number in range(count)]
    return sorted(row for row in filled if abs(row) < half - 0.25)


def _even(half: float, pitch: float) -> list[float]:
    count = max(int(2.0 * half / pitch), 1)
    return [(number + 0.5) * 2.0 * half / count - half for number in range(count)]


def _panels(
    columns: list[float], rows: list[float], hall: Hall, half: tuple[float, float]
) -> NDArray[np.void]:
    thin = max(int(np.ceil(len(columns) * len(rows) / LIGHTS_MAX)), 1)
    x, z = (values.ravel() for values in np.meshgrid(columns, rows[::thin]))
    panels = np.zeros(len(x), CEILING_PANEL)
    panels["centre"] = np.stack([x, np.full(len(x), hall.height - 0.03), z], axis=1)
    panels["half_size"] = half
    return panels


def hang_ceiling(hall: Hall, lights: NDArray[np.void]) -> list[Decor]:
    """The tiles, the lights' frames and what else is on a ceiling."""
    step = max(SQUARE, (4.0 * hall.half_x * hall.half_z / SQUARES_MAX) ** 0.5)
    x, z = edges(-hall.half_x, hall.half_x, step), edges(-hall.half_z, hall.half_z, step)
    x0, z0 = (values.ravel() for values in np.meshgrid(x[:-1], z[:-1]))
    x1, z1 = (values.ravel() for values in np.meshgrid(x[1:], z[1:]))
    sheet = tiled((x0, x1, z0, z1), (-hall.half_x, -hall.half_z), step, hall.height, CEILING,
                  down=True)  # fmt: skip
    decor = [Decor(sheet, artwork=Artwork("ceiling"), whole_room=True)]
    if len(lights):
        half = lights["half_size"][0].astype(float)
        at = lights["centre"].astype(np.float64)
        decor.append(Decor(_light_frame(float(half[0]), float(half[1])), at))
    return decor + _fittings(hall, lights)


@lru_cache(maxsize=4)
def _light_frame(x: float, z: float) -> Part:
    """Four rails around a light, whose lit face is the renderer's to draw."""
    rim, low, high = 0.025, -0.008, 0.030
    bars = (
        ((-x - rim, low, -z - rim), (x + rim, high, -z)),
        ((-x - rim, low, z), (x + rim, high, z + rim)),
        ((-x - rim, low, -z), (-x, high, z)),
        ((x, low, -z), (x + rim, high, z)),
    )
    return kept(joined([bevelled_box(first, second, 0.004, FRAME) for first, second in bars]))


def _fittings(hall: Hall, lights: NDArray[np.void]) -> list[Decor]:
    """Sprinklers, vents, speakers and cameras, each on the middle of a tile that is free."""
    decor = []
    for part, pitch, start in _fitting_kinds():
        places = _free_tiles(hall, lights, pitch, start)
        if len(places):
            decor.append(Decor(part, places))
    return decor


@cache
def _fitting_kinds() -> tuple[tuple[Part, float, float], ...]:
    """Each kind, how far apart it hangs, and how far from the wall the first one does."""
    vent = joined([
        bevelled_box((-0.27, -0.012, -0.27), (0.27, 0.0, 0.27), 0.004, VENT),
        *(bevelled_box((-0.23, -0.018, z), (0.23, -0.010, z + 0.03), 0.003, SLOT)
          for z in (-0.20, -0.12, -0.04, 0.04, 0.12)),
    ])  # fmt: skip
    sprinkler = joined([
        tube((0.0, -0.004, 0.0), (0.0, 0.0, 0.0), 0.035, WHITE, 12),
        tube((0.0, -0.05, 0.0), (0.0, -0.004, 0.0), 0.008, BRASS, 6),
        tube((0.0, -0.056, 0.0), (0.0, -0.050, 0.0), 0.022, BRASS, 10),
    ])  # fmt: skip
    speaker = joined([
        tube((0.0, -0.010, 0.0), (0.0, 0.0, 0.0), 0.10, WHITE, 20),
        tube((0.0, -0.013, 0.0), (0.0, -0.009, 0.0), 0.082, VENT, 20),
    ])  # fmt: skip
    camera = joined([
        tube((0.0, -0.03, 0.0), (0.0, 0.0, 0.0), 0.075, WHITE, 16),
        tube((0.0, -0.075, 0.0), (0.0, -0.03, 0.0), 0.055, DOME, 16),
    ])  # fmt: skip
    kinds = ((sprinkler, 3.6, 0.9), (vent, 6.0, 2.1), (speaker, 7.2, 3.3), (camera, 8.4, 1.5))
    return tuple((kept(part), pitch, start) for part, pitch, start in kinds)


def _free_tiles(
    hall: Hall, lights: NDArray[np.void], pitch: float, start: float
) -> NDArray[np.float64]:
    """(n, 3) points under the ceiling about `pitch` apart that keep off the lights."""
    x = np.arange(-hall.half_x + start, hall.half_x - 0.4, pitch)
    z = np.arange(-hall.half_z + start, hall.half_z - 0.4, pitch)
    at_x, at_z = (values.ravel() for values in np.meshgrid(x, z))
    thin = max(int(np.ceil(len(at_x) / FITTINGS_MAX)), 1)
    at_x, at_z = at_x[::thin], at_z[::thin]
    if len(lights) and len(at_x):
        centre, half = lights["centre"].astype(float), lights["half_size"].astype(float)
        for _ in range(3):
            gap_x = np.abs(at_x[:, None] - centre[None, :, 0]) - half[:, 0] - 0.33
            gap_z = np.abs(at_z[:, None] - centre[None, :, 2]) - half[:, 1] - 0.33
            under = ((gap_x < 0.0) & (gap_z < 0.0)).any(axis=1)
            at_x, at_z = at_x + under * TILE, at_z + under * (TILE / 2.0)
        inside = (at_x < hall.half_x - 0.35) & (at_z < hall.half_z - 0.35) & ~under
        at_x, at_z = at_x[inside], at_z[inside]
    return np.stack([at_x, np.full(len(at_x), hall.height), at_z], axis=1)
