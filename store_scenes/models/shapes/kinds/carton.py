"""A gable-top carton: milk, juice. Folded roof, crimped fin, a screw cap where there is room."""

import dataclasses

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.product import Product
from store_scenes.models.bevel import BASE_OCCLUSION, bevelled_box
from store_scenes.models.geometry import Finish, MeshBuilder, quad_positions
from store_scenes.models.lathe import Stretch, turn
from store_scenes.models.panel import Panel, panel_of
from store_scenes.models.scheme import Scheme
from store_scenes.models.shapes.shape import Facts, Shape, SizeMm, near_colour, whole_size

BOARD = Finish(roughness=112, clearcoat=90)
BEVEL_MM = 1.8
FIN_HALF_MM = 1.2
CAP_FROM_MM = 58.0
"""Narrower cartons are for a straw, and have no screw cap."""

Array = NDArray[np.float64]


def _heights(size_mm: SizeMm) -> tuple[float, float, float]:
    """Body, roof and fin, metres; their sum is the whole height."""
    width, height, depth = (side / 1000 for side in size_mm)
    fin = min(0.06 * height, 0.014)
    roof = min(0.46 * min(depth, width), 0.22 * height)
    return height - roof - fin, roof, fin


def _panels(facts: Facts) -> tuple[Panel, ...]:
    size_mm = facts.size_mm
    width, height, depth = size_mm
    body, roof, fin = _heights(size_mm)
    clear = ((roof + fin) * 1000 / height, 0.0)
    side = (roof / (body + roof), 0.0)
    return (
        Panel("front", 0, 0, 236, 512, width, height, clear=clear, trim="roof"),
        Panel("back", 240, 0, 136, 320, width, height, clear=clear, trim="roof"),
        Panel("side", 380, 0, 132, 320, depth, (body + roof) * 1000, clear=side, trim="roof"),
    )


def _build(builder: MeshBuilder, facts: Facts) -> None:
    size_mm = facts.size_mm
    width, height, depth = (side / 1000 for side in size_mm)
    body, roof, fin = _heights(size_mm)
    panels = _panels(facts)
    front, back, side = (panel_of(panels, face) for face in ("front", "back", "side"))
    half = np.array([width / 2, depth / 2])
    bevel = min(BEVEL_MM / 1000, 0.06 * min(width, depth))
    share = body / height
    for turned, panel, across, away in (
        (0.0, front, half[0], half[1]),
        (np.pi, back, half[0], half[1]),
        (np.pi / 2, side, half[1], half[0]),
        (-np.pi / 2, side, half[1], half[0]),
    ):
        roof_share = 1.0 - (share if panel is not side else body / (body + roof))
        _wall(builder, (across, away, body, bevel), turned, panel, roof_share)
    t = FIN_HALF_MM / 1000
    for turned, panel in ((0.0, front), (np.pi, back)):
        slope = quad_positions(
            (-half[0], body + roof, t), (half[0], body + roof, t),
            (-half[0], body, half[1]), (half[0], body, half[1]),
        )  # fmt: skip
        rows = np.array([[fin / height], [1 - share]])
        builder.grid(_turned(slope, turned), BOARD, uv=panel.uv([[0.0, 1.0]], rows), occlusion=0.98)
    x, z = half[0] - bevel, half[1]
    bottom = quad_positions((-x, 0, z), (x, 0, z), (-x, 0, -z), (x, 0, -z))
    builder.grid(bottom, BOARD, uv=side.uv([[0.4, 0.6]], [[0.04], [0.06]]), occlusion=0.3)
    for sign in (1.0, -1.0):
        _fold(builder, half, (body, roof), t, side, sign)
    bevelled_box(
        builder,
        (-half[0], body + roof - 0.0005, -t),
        (half[0], height, t),
        0.0004,
        BOARD,
        {"front": _fin_panel(front, fin / height), "back": _fin_panel(back, fin / height)},
        base_occlusion=0.8,
    )
    if min(size_mm[0], size_mm[2]) >= CAP_FROM_MM:
        _screw_cap(builder, facts)


def _fin_panel(panel: Panel, share: float) -> Panel:
    rows = max(2, round(panel.height * share))
    return dataclasses.replace(panel, height=rows, height_mm=panel.height_mm * share)


def _turned(points: Array, angle: float) -> Array:
    sine, cosine = round(np.sin(angle), 9), round(np.cos(angle), 9)
    x, y, z = points[..., 0], points[..., 1], points[..., 2]
    return np.stack([x * cosine + z * sine, y, z * cosine - x * sine], -1)


def _wall(
    builder: MeshBuilder,
    sizes: tuple[float, float, float, float],
    turned: float,
    panel: Panel,
    roof_share: float,
) -> None:
    """One side of the body and the bevel to its right; art continues over the roof."""
    across, away, body, bevel = sizes
    columns = np.array([-across + bevel, across - bevel, across])
    depth = np.array([away, away, away - bevel])
    heights = np.array([body, min(0.04, body / 2), 0.0])
    points = np.stack(
        [
            np.broadcast_to(columns, (3, 3)),
            np.broadcast_to(heights[:, None], (3, 3)),
            np.broadcast_to(depth, (3, 3)),
        ],
        -1,
    )
    normals = np.broadcast_to(np.array([[0, 0, 1], [0, 0, 1], [1, 0, 0]], float), (3, 3, 3))
    down = roof_share + (1 - roof_share) * (1 - heights[:, None] / body)
    builder.grid(
        _turned(points, turned),
        BOARD,
        uv=panel.uv(np.array([[0.0, 1.0, 1.0]]), down),
        normals=_turned(normals, turned),
        occlusion=np.array([[1.0], [1.0], [BASE_OCCLUSION]]),
    )


def _fold(
    builder: MeshBuilder,
    half: Array,
    heights: tuple[float, float],
    fin_half: float,
    side: Panel,
    sign: float,
) -> None:
    """The triangle tucked in under the roof at one side, and the two flaps that hold it."""
    body, roof = heights
    top = body + roof
    tuck = half[0] - min(0.55 * half[1], 0.7 * half[0])
    front_foot, back_foot = (half[0], body, half[1]), (half[0], body, -half[1])
    front_top, back_top = (half[0], top, fin_half), (half[0], top, -fin_half)
    apex = (tuck, top - 0.02 * roof, 0.0)
    share = roof / (body + roof)
    middle = side.uv([[0.5, 0.5], [0.0, 1.0]], [[0.02], [share]])
    turned = 0.0 if sign > 0 else np.pi
    for points, occlusion in (
        (quad_positions(apex, apex, front_foot, back_foot), [[0.45, 0.45], [0.95, 0.95]]),
        (quad_positions(front_top, apex, front_foot, front_foot), [[0.8, 0.45], [0.9, 0.9]]),
        (quad_positions(apex, back_top, back_foot, back_foot), [[0.45, 0.8], [0.9, 0.9]]),
    ):
        builder.grid(_turned(points, turned), BOARD, uv=middle, occlusion=occlusion)


def _screw_cap(builder: MeshBuilder, facts: Facts) -> None:
    """Set square on the middle of the front slope."""
    size_mm = facts.size_mm
    body, roof, _fin = _heights(size_mm)
    depth = size_mm[2] / 2000
    radius, tall = min(0.0135, 0.19 * size_mm[0] / 1000), 0.0085
    plastic = Finish(facts.cap, roughness=104, clearcoat=60)
    part = MeshBuilder()
    turn(
        part,
        (
            Stretch(((0.0, tall), (0.93, tall), (1.0, tall - 0.0012)), plastic,
                    knurls=0.03, knurled="last"),
            Stretch(((1.0, tall - 0.0012), (1.0, 0.002)), plastic, None, (1.0, 0.8), knurls=0.03),
            Stretch(((1.0, 0.002), (1.12, 0.002), (1.12, -0.001)), plastic, occlusion=(0.7, 0.6),
                    knurls=0.03, knurled="first"),
        ),
        radius,
        radius,
        segments=24,
    )  # fmt: skip
    made = part.finish()
    vertices = made.vertices
    # The cap's axis (+y) leans forward to the slope's normal (0, depth, roof) / length.
    length = float(np.hypot(depth, roof))
    cosine, sine = depth / length, roof / length
    lean = np.array([[1, 0, 0], [0, cosine, -sine], [0, sine, cosine]])
    seat = np.array([0.0, body + 0.56 * roof, 0.44 * depth])
    vertices["position"] = vertices["position"] @ lean.T + seat
    vertices["normal"] = vertices["normal"] @ lean.T
    builder.add(made)


def _facts(product: Product, scheme: Scheme) -> Facts:
    size_mm = whole_size(product)
    if min(size_mm[0], size_mm[2]) < CAP_FROM_MM:
        return Facts(size_mm)
    return Facts(size_mm, cap=near_colour(scheme.cap))


SHAPE = Shape(_panels, _build, _facts)
