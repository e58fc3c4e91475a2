"""The room's light, gathered in code from its own walls and ceiling panels. Pure numpy.

One probe in the middle of the room: an octahedral map whose third axis is roughness, for
reflections (the shader corrects it for where the surface really stands), and nine spherical
harmonics for matt surfaces.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription

Floats = NDArray[np.float32]

SIZE: Final = 64  # ENVIRONMENT_SIZE in shaders/common/room.glsl
LEVELS: Final = 6  # ENVIRONMENT_LEVELS there
PANELS_MAX: Final = 4096

# Light is scaled so that white paper standing upright, as most labels do, reaches this.
UPRIGHT_WHITE: Final = 0.88

_WALL_HIGH = np.array([0.98, 0.98, 0.97])
_WALL_LOW = np.array([0.56, 0.55, 0.54])  # at shelf height one sees goods, not paint
_FLOOR = np.array([0.70, 0.69, 0.67])
_CEILING = np.array([0.95, 0.95, 0.94])
_PANEL = np.array([6.2, 6.3, 6.2])
# Lamps in reflections are brighter than evenness would have them: tubes show through diffusers,
# and glints are what tells foil and glass from card.
_GLINT: Final = 2.0
# And all else is darker: what a bottle sees opposite is goods in the shade of their shelves.
_SHADE: Final = 0.62
_SHELF_HEIGHT_M = 2.1


@dataclass(frozen=True, slots=True)
class Environment:
    """`reflections` (LEVELS, SIZE, SIZE, 3); `irradiance` (9, 3), see diffuse_light in GLSL."""

    probe: tuple[float, float, float]
    reflections: Floats
    irradiance: Floats


def gather(scene: SceneDescription) -> Environment:
    """Light of the scene's room; a scene without panels gets an evenly lit ceiling."""
    low, high = (np.array(corner, dtype=np.float64) for corner in scene.room)
    probe = (low + high) * 0.5
    probe[1] = min(low[1] + 1.5, probe[1])
    directions, solid_angles = _sphere(SIZE)
    light = room_radiance(probe, directions, (low, high), scene.ceiling)
    irradiance = harmonics(light, directions, solid_angles)
    scale = UPRIGHT_WHITE / _upright(irradiance)
    targets = octahedral_directions(SIZE)
    glints = np.where(light > 3.0, light * _GLINT, light * _SHADE)
    sharp = room_radiance(probe, targets, (low, high), scene.ceiling)
    sharp = np.where(sharp > 3.0, sharp * _GLINT, sharp * _SHADE)
    levels = [sharp.reshape(SIZE, SIZE, 3)]
    wide, wide_angles = _sphere(SIZE // 2)
    wide_glints = glints.reshape(SIZE // 2, 2, SIZE // 2, 2, 3).mean(axis=(1, 3)).reshape(-1, 3)
    for level in range(1, LEVELS):
        if level == 1:
            blurred = _blur(targets, directions, glints, solid_angles, level)
        else:  # wide lobes need no fine source
            blurred = _blur(targets, wide, wide_glints, wide_angles, level)
        levels.append(blurred.reshape(SIZE, SIZE, 3))
    return Environment(
        probe=(float(probe[0]), float(probe[1]), float(probe[2])),
        reflections=np.ascontiguousarray(np.stack(levels) * scale, dtype=np.float32),
        irradiance=np.ascontiguousarray(irradiance * scale, dtype=np.float32),
    )


def room_radiance(
    origin: NDArray[np.float64],
    directions: NDArray[np.float64],
    room: tuple[NDArray[np.float64], NDArray[np.float64]],
    panels: NDArray[np.void],
) -> NDArray[np.float64]:
    """Linear light (n, 3) that reaches `origin` against unit `directions` (n, 3)."""
    low, high = room
    with np.errstate(divide="ignore", invalid="ignore"):
        sides = np.where(directions > 0.0, high - origin, low - origin) / directions
    sides = np.where(np.isfinite(sides), sides, np.inf)
    axis = np.argmin(sides, axis=1)
    reach = sides[np.arange(len(sides)), axis]
    hit = origin + directions * reach[:, None]
    height = np.clip((hit[:, 1] - low[1] - _SHELF_HEIGHT_M + 0.15) / 0.30, 0.0, 1.0)[:, None]
    light = _WALL_LOW * (1.0 - height) + _WALL_HIGH * height
    vertical = axis == 1
    up = vertical & (directions[:, 1] > 0.0)
    light[vertical & ~up] = _FLOOR
    light[up] = _CEILING if len(panels) else _CEILING * 2.2
    for panel in panels[:PANELS_MAX]:
        inside = (
            up
            & (np.abs(hit[:, 0] - panel["centre"][0]) <= panel["half_size"][0])
            & (np.abs(hit[:, 2] - panel["centre"][2]) <= panel["half_size"][1])
        )
        light[inside] = _PANEL
    return np.asarray(light)


def harmonics(
    light: NDArray[np.float64], directions: NDArray[np.float64], solid_angles: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(9, 3): cosine-convolved spherical harmonics over pi, in diffuse_light's order.

    Ramamoorthi and Hanrahan, "An Efficient Representation for Irradiance Environment Maps" (2001).
    """
    x, y, z = directions.T
    one = np.ones_like(x)
    shapes = np.stack([one, y, z, x, x * y, y * z, 3 * z * z - 1, x * z, x * x - y * y])
    scales = np.array(
        [0.282095, 0.488603, 0.488603, 0.488603, 1.092548, 1.092548, 0.315392, 1.092548, 0.546274]
    )
    cosine = np.array([1.0, 2 / 3, 2 / 3, 2 / 3, 0.25, 0.25, 0.25, 0.25, 0.25])
    weights = (cosine * scales * scales)[:, None]
    return np.asarray(weights * (shapes @ (light * solid_angles[:, None])))


def octahedral_directions(size: int) -> NDArray[np.float64]:
    """Unit vectors (size * size, 3) of a map whose border texels lie exactly on its border."""
    return _unfold(np.linspace(-1.0, 1.0, size))[0]


def _sphere(size: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Directions at texel middles and the solid angle of each; together 4 pi."""
    directions, lengths = _unfold((np.arange(size) + 0.5) / size * 2.0 - 1.0)
    angles = lengths**-3.0
    return directions, angles * (4.0 * np.pi / angles.sum())


def _unfold(line: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    z, x = (part.ravel() for part in np.meshgrid(line, line, indexing="ij"))
    y = 1.0 - np.abs(x) - np.abs(z)
    sign_x, sign_z = np.where(x >= 0.0, 1.0, -1.0), np.where(z >= 0.0, 1.0, -1.0)
    folded_x, folded_z = (1.0 - np.abs(z)) * sign_x, (1.0 - np.abs(x)) * sign_z
    points = np.stack([np.where(y < 0.0, folded_x, x), y, np.where(y < 0.0, folded_z, z)], axis=1)
    lengths = np.linalg.norm(points, axis=1)
    return points / lengths[:, None], lengths


def _upright(irradiance: NDArray[np.float64]) -> float:
    """Mean light leaving upright white surfaces, over all compass directions."""
    # Over a turn about y only the terms without an odd x or z remain.
    green = irradiance[:, 1]
    return float(green[0] + green[6] * 0.5 + green[8] * 0.5)


def _blur(
    targets: NDArray[np.float64],
    directions: NDArray[np.float64],
    light: NDArray[np.float64],
    solid_angles: NDArray[np.float64],
    level: int,
) -> NDArray[np.float64]:
    """GGX-weighted average about each target, with normal = view = target (Karis, 2013)."""
    alpha = (level / (LEVELS - 1)) ** 2
    source = np.concatenate([light, np.ones((len(light), 1))], axis=1) * solid_angles[:, None]
    source, against = source.astype(np.float32), directions.T.astype(np.float32)
    result = np.empty((len(targets), 3))
    for start in range(0, len(targets), 512):  # bounds the matrix to 512 x 4096
        cosine = targets[start : start + 512].astype(np.float32) @ against
        half_squared = (1.0 + cosine) * np.float32(0.5)
        spread = half_squared * np.float32(alpha * alpha - 1.0) + np.float32(1.0)
        weights = np.maximum(cosine, 0.0) / (spread * spread)
        sums = weights @ source
        result[start : start + 512] = sums[:, :3] / sums[:, 3:]
    return result
