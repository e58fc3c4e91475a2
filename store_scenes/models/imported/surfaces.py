"""Materials of an imported model: base colours to vertices, base textures to one art."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from store_scenes.models.geometry import WHITE_PATCH_PX, WHITE_UV
from store_scenes.models.imported.container import refuse
from store_scenes.models.imported.plain import Material
from store_scenes.models.mesh import ART_SIZE

IMAGE_SIDE_MAX = 8192
IMAGES_MAX = 16
UV_SLACK = 1e-3
TURNS_MAX = 8
"""A texture that repeats as often across a part is drawn so often into the art."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Surface:
    """One primitive's look. `uv` (n, 2) from the image's top left, or None without an image.

    `colour` (n, 4) sRGB bytes as floats; `image` is a PIL image in RGBA.
    """

    colour: Array
    roughness: int
    metallic: int
    clearcoat: int
    uv: Array | None
    image: Any


def surface_of(
    path: Path, visual: Any, count: int, material: Material | None, shown: dict[Any, Any]
) -> Surface:
    """Read what a trimesh part looks like; `material` has what trimesh has no place for.

    `shown` keeps each picture as it is drawn, for the other parts that have it.

    glTF's default is rough metal. Where a file leaves both factors out, or is unlit, nobody chose
    that: it is drawn as plain plastic.

    Raises:
        Failure: an image larger than `IMAGE_SIDE_MAX`.
    """
    held = getattr(visual, "material", None)
    told = material or Material()
    factor = np.full(4, 255.0)
    roughness, metallic, clearcoat = 0.75, 0.0, round(told.clearcoat * 255)
    image = None
    if held is not None and hasattr(held, "baseColorFactor"):
        if held.baseColorFactor is not None:
            # glTF 3.9.2: linear in the file; trimesh hands it over as bytes of the same scale.
            factor = _encoded(np.asarray(held.baseColorFactor, np.float64) / 255.0)
        chosen = (held.roughnessFactor, held.metallicFactor)
        if chosen != (None, None) and not told.unlit:
            roughness, metallic = (1.0 if value is None else float(value) for value in chosen)
        image = held.baseColorTexture
        if held.alphaMode == "BLEND" and factor[3] < 254:
            # Glass is drawn opaque for now: paler and glossy instead of see-through.
            share = factor[3] / 255.0
            factor = np.append(factor[:3] * share + 235.0 * (1 - share), 255.0)
            roughness, clearcoat = 0.15, 255
    elif held is not None:  # of an OBJ: its diffuse colour and picture
        diffuse = getattr(held, "diffuse", None)
        if diffuse is not None:
            factor = np.append(np.asarray(diffuse, np.float64)[:3], 255.0)
        image = getattr(held, "image", None)
        if image is not None:
            factor = np.full(4, 255.0)
    colour = np.broadcast_to(factor, (count, 4)).copy()
    tint = _vertex_colours(visual, count)
    if tint is not None:
        colour *= tint / 255.0
    uv = getattr(visual, "uv", None)
    if image is None or uv is None or len(uv) != count:
        return Surface(colour, _byte(roughness), _byte(metallic), clearcoat, None, None)
    if max(image.size) > IMAGE_SIDE_MAX:
        raise refuse(
            path, f"has an image of {image.size[0]} × {image.size[1]} pixels",
            f"make its sides at most {IMAGE_SIDE_MAX}",
        )  # fmt: skip
    # trimesh turns v upside down; the art's first row is its top, as in glTF.
    top_left = np.stack([uv[:, 0], 1.0 - uv[:, 1]], 1).astype(np.float64)
    key = (id(image), told.alpha_mode, told.alpha_cutoff)
    if key not in shown:
        # The image is kept as well: while it lives, no other has its id.
        shown[key] = (image, _opaque(path, image, told))
    return Surface(colour, _byte(roughness), _byte(metallic), clearcoat, top_left, shown[key][1])


def _opaque(path: Path, image: Any, material: Material) -> Any:
    """The picture in RGBA without holes: what is cut out or clear gets the mean of the rest."""
    try:
        rgba = image.convert("RGBA")
    except (OSError, ValueError, SyntaxError):
        raise refuse(path, "has a picture that does not read", "export it again") from None
    if material.alpha_mode != "OPAQUE":
        alpha = rgba.getchannel("A")
        if material.alpha_mode == "MASK":
            least = material.alpha_cutoff * 255
            alpha = alpha.point([255 if value >= least else 0 for value in range(256)])
        if alpha.getbbox() is not None:
            rgba = _over_mean(rgba, alpha)
    rgba.putalpha(255)
    return rgba


def _over_mean(rgba: Any, alpha: Any) -> Any:
    from PIL import Image, ImageStat

    mean = ImageStat.Stat(rgba, mask=alpha).mean[:3]
    paper = Image.new("RGBA", rgba.size, (*(round(part) for part in mean), 255))
    paper.paste(rgba, mask=alpha)
    return paper


def _byte(value: float) -> int:
    return int(np.clip(round(value * 255), 0, 255))


def _encoded(linear: Array) -> Array:
    """SRGB bytes of linear factors; alpha stays (IEC 61966-2-1)."""
    rgb = np.clip(linear[:3], 0, 1)
    coded = np.where(rgb <= 0.0031308, rgb * 12.92, 1.055 * rgb ** (1 / 2.4) - 0.055)
    return np.append(coded * 255.0, linear[3] * 255.0 if len(linear) > 3 else 255.0)


def _vertex_colours(visual: Any, count: int) -> Array | None:
    attributes = getattr(visual, "vertex_attributes", None) or {}
    colours = attributes.get("color")
    if colours is None and getattr(visual, "kind", None) == "vertex":
        colours = visual.vertex_colors
    if colours is None or len(colours) != count:
        return None
    array = np.asarray(colours)
    if array.dtype.kind == "f":
        array = np.clip(array, 0, 1) * 255.0
    full = np.full((count, 4), 255.0)
    full[:, : array.shape[1]] = array
    return full


def bake(
    path: Path, surfaces: list[Surface]
) -> tuple[NDArray[np.uint8], list[tuple[Array, Array]]]:
    """One art for all surfaces, and for each its (n, 2) uv on it and (n, 4) vertex colours.

    A texture that repeats a few times across a part is drawn as often; one that repeats more often
    cannot be in an atlas: its colours go to the vertices.

    Raises:
        Failure: more images than an art can hold.
    """
    names = {id(one.image): _same(one.image) for one in _unique(surfaces)}
    within = [None if one.uv is None else _within(one.uv) for one in surfaces]
    images: dict[Any, tuple[int, Any]] = {}
    for surface, found in zip(surfaces, within, strict=True):
        if surface.image is not None and found is not None:
            key = (names[id(surface.image)], found[1])
            images.setdefault(key, (len(images), surface.image))
    if len(images) > IMAGES_MAX:
        raise refuse(path, f"has {len(images)} textures", f"join them into at most {IMAGES_MAX}")
    side = max(1, math.ceil(math.sqrt(len(images))))
    cell = (ART_SIZE - WHITE_PATCH_PX) // side
    art = np.full((ART_SIZE, ART_SIZE, 4), 255, np.uint8)
    for (_name, turns), (place, image) in images.items():
        row, column = divmod(place, side)
        shrunk = _repeated(image, turns, cell)
        art[row * cell : (row + 1) * cell, column * cell : (column + 1) * cell] = shrunk
    placed = []
    for surface, found in zip(surfaces, within, strict=True):
        white = np.broadcast_to(np.array(WHITE_UV), (len(surface.colour), 2))
        if surface.image is None or surface.uv is None:
            placed.append((white, surface.colour))
        elif found is None:
            placed.append((white, surface.colour * _sampled(surface.image, surface.uv) / 255.0))
        else:
            uv, turns = found
            row, column = divmod(images[names[id(surface.image)], turns][0], side)
            # Half a pixel in, so that bilinear filtering stays inside the cell.
            inner = (np.array([column, row]) * cell + 0.5 + uv * (cell - 1)) / ART_SIZE
            placed.append((inner, surface.colour))
    return art, placed


def _unique(surfaces: list[Surface]) -> list[Surface]:
    """One surface an image."""
    found = {id(surface.image): surface for surface in surfaces if surface.image is not None}
    return list(found.values())


def _same(image: Any) -> int:
    """Equal pixels, one place: a file may hold a picture twice."""
    return hash((image.size, image.tobytes()))


def _repeated(image: Any, turns: tuple[int, int], cell: int) -> NDArray[np.uint8]:
    """The image `turns` times across and down, (cell, cell, 4)."""
    from PIL import Image

    across, down = turns
    if turns == (1, 1):
        return np.asarray(_shrunk(image, cell, cell))
    one = np.asarray(_shrunk(image, -(-cell // across), -(-cell // down)))
    whole = Image.fromarray(np.tile(one, (down, across, 1)))
    return np.asarray(_shrunk(whole, cell, cell))


def _shrunk(image: Any, width: int, height: int) -> Any:
    from PIL import Image

    return image.resize((width, height), Image.Resampling.LANCZOS)


def _within(uv: Array) -> tuple[Array, tuple[int, int]] | None:
    """`uv` moved by whole turns and squeezed into 0..1, and how often the picture repeats there."""
    moved = uv - np.floor(uv.min(axis=0) + UV_SLACK)
    turns = np.maximum(np.ceil(moved.max(axis=0) - UV_SLACK), 1.0)
    if not turns.max() <= TURNS_MAX:
        return None
    return np.clip(moved / turns, 0.0, 1.0), (int(turns[0]), int(turns[1]))


def _sampled(image: Any, uv: Array) -> Array:
    pixels = np.asarray(image)
    height, width = pixels.shape[:2]
    wrapped = uv - np.floor(uv)
    column = np.minimum((wrapped[:, 0] * width).astype(int), width - 1)
    row = np.minimum((wrapped[:, 1] * height).astype(int), height - 1)
    return np.asarray(pixels[row, column], np.float64)
