"""Everything that one drawn frame needs, and all that the renderer may see of the client."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
"""(4, 4), column vectors, metres; named by what it maps: `world_from_eye`."""


HiddenArea = NDArray[np.float32]
"""(n, 3, 2) triangles, in shares of the picture from its lower left."""


@dataclass(frozen=True, slots=True)
class EyeView:
    """One eye. `tangents` are left, right, bottom, top of the frustum at distance 1.

    Left and bottom are negative for an ordinary eye; the frustum may be asymmetric.
    `size` is width and height in pixels. What `hidden_area` covers is seen by nobody: it is drawn
    black, and costs nothing.
    """

    world_from_eye: Matrix
    tangents: tuple[float, float, float, float]
    size: tuple[int, int]
    hidden_area: HiddenArea | None = None


PANEL_VERTEX = np.dtype([("position", "f4", 2), ("uv", "f4", 2), ("colour", "u1", 4)])
"""Dear ImGui's own vertex: pixels from the top left, texture coordinates, sRGB colour."""

PANEL_COMMAND = np.dtype(
    [
        ("clip", "f4", 4),  # x0, y0, x1, y1 in pixels
        ("texture", "u8"),
        ("element_count", "u4"),
        ("index_offset", "u4"),
        ("vertex_offset", "u4"),
    ]
)


@dataclass(frozen=True, slots=True)
class TextureUpdate:
    """A texture that panels draw with (the font atlas, a product picture) came, changed or went.

    pixels (h, w, 4) u1, straight alpha, or None to destroy. `key` is never 0. With `at` they take
    the place of a part of what is there, which begins so many columns and rows from its top left.
    """

    key: int
    pixels: NDArray[np.uint8] | None
    at: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class PanelDrawing:
    """One panel's picture as draw commands; `vertices` PANEL_VERTEX, `commands` PANEL_COMMAND."""

    size_px: tuple[int, int]
    vertices: NDArray[np.void]
    indices: NDArray[np.uint16] | NDArray[np.uint32]
    commands: NDArray[np.void]
    background: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class PanelQuad:
    """A panel hanging in the store. `drawing` None: unchanged since the last frame.

    `world_from_panel`: origin at the panel's middle, x right, y up, +z towards the reader. Who
    points at one that is not `pointed` points at what is behind it. One that is `laid` lies on
    the one before it.
    """

    id: str
    world_from_panel: Matrix
    size_m: tuple[float, float]
    drawing: PanelDrawing | None
    pointed: bool = True
    laid: bool = False


@dataclass(frozen=True, slots=True)
class LabelUpdate:
    """New pixels, u1 sRGB, top row first, for the shelf-edge labels of one product of the scene.

    `slot` -1: (32, 64, 4), as seen from afar. Else (128, 256, 4) into that near slot, in place of
    the product that had it.
    """

    row: int
    pixels: NDArray[np.uint8]
    slot: int = -1


@dataclass(frozen=True, slots=True)
class ArtUpdate:
    """A product's near art (512, 512, 4) u1 sRGB, top row first, into a near slot."""

    slot: int
    row: int
    pixels: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Laser:
    """A pointer's beam from `start` to `end`, metres, and whether it ends on something."""

    start: NDArray[np.float64]
    end: NDArray[np.float64]
    hit: bool


@dataclass(frozen=True, slots=True)
class HopMark:
    """Where a hop would end: `arc` (n, 3) metres from the hand to the floor; or that it cannot."""

    arc: NDArray[np.float64]
    free: bool


@dataclass(frozen=True, slots=True, eq=False)
class HandPart:
    """A piece of a controller, in metres: `positions` and `normals` (n, 3), `uvs` (n, 2).

    `indices` (m,) are triangles. `texture` (h, w, 4) sRGB, first row at v 0; parts may share one.
    """

    positions: NDArray[np.float32]
    normals: NDArray[np.float32]
    uvs: NDArray[np.float32]
    indices: NDArray[np.uint32]
    texture: NDArray[np.uint8] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class HandModel:
    """What a controller looks like; the same object as long as it looks like that."""

    name: str
    parts: tuple[HandPart, ...]


@dataclass(frozen=True, slots=True, eq=False)
class HandLook:
    """A controller as it is now: `hand_from_part` (n, 4, 4) rigid, `shown` (n,) by part."""

    model: HandModel
    hand_from_part: NDArray[np.float64]
    shown: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class HandPose:
    """Where a controller is drawn; without a `look` it is a plain one of our own."""

    world_from_hand: Matrix
    left: bool
    look: HandLook | None = None


@dataclass(frozen=True, slots=True)
class HeldUnit:
    """The unit of scene row `instance` is drawn here instead of on its shelf."""

    instance: int
    world_from_unit: Matrix


@dataclass(frozen=True, slots=True)
class Basket:
    """The shopper's basket: origin in the middle of its rim, -z ahead; `over`: about to be filled.

    Then it glows and is a little larger.
    """

    world_from_basket: Matrix
    over: bool = False


@dataclass(frozen=True, slots=True)
class FramePacket:
    """One frame. `highlight` is an instance row of the scene, -1 for none.

    `time_s` is for what moves by itself: it stands still for whoever wants that.
    """

    index: int
    time_s: float
    views: tuple[EyeView, ...]
    panels: tuple[PanelQuad, ...] = ()
    lasers: tuple[Laser, ...] = ()
    hands: tuple[HandPose, ...] = ()
    labels: tuple[LabelUpdate, ...] = ()
    art: tuple[ArtUpdate, ...] = ()
    textures: tuple[TextureUpdate, ...] = ()
    highlight: int = -1
    hidden: tuple[int, ...] = ()  # instance rows not to draw (taken off the shelf)
    held: tuple[HeldUnit, ...] = ()
    basket: Basket | None = None
    hop: HopMark | None = None
    trail: tuple[tuple[float, float], ...] = ()  # steps on the floor, x and z
    vignette: float = 0.0  # 0: the whole view; 1: as narrow as it gets
    stark: bool = False  # the highlight has a thick rim, white within black
