"""A folding carton: cereal, tea, detergent. Crisp faces, narrow bevels."""

from store_scenes.models.bevel import bevelled_box
from store_scenes.models.geometry import Finish, MeshBuilder
from store_scenes.models.panel import Panel, panel_of
from store_scenes.models.shapes.shape import Facts, Shape

BEVEL_MM = 1.6
BOARD = Finish(roughness=128, clearcoat=70)


def _panels(facts: Facts) -> tuple[Panel, ...]:
    width, height, depth = facts.size_mm
    if width > height * 1.6:
        # A flat, wide pack: the front is a strip across the whole art.
        return (
            Panel("front", 0, 0, 512, 240, width, height),
            Panel("back", 0, 244, 300, 140, width, height),
            Panel("side", 304, 244, 204, 140, depth, height),
            Panel("top", 0, 388, 496, 120, width, depth),
        )
    return (
        Panel("front", 0, 0, 328, 424, width, height),
        Panel("back", 332, 0, 180, 240, width, height),
        Panel("side", 332, 244, 164, 256, depth, height),
        Panel("top", 0, 428, 328, 84, width, depth),
    )


def _build(builder: MeshBuilder, facts: Facts) -> None:
    width, height, depth = (side / 1000 for side in facts.size_mm)
    panels = _panels(facts)
    side = panel_of(panels, "side")
    bevelled_box(
        builder,
        (-width / 2, 0.0, -depth / 2),
        (width / 2, height, depth / 2),
        min(BEVEL_MM / 1000, 0.08 * min(width, height, depth)),
        BOARD,
        {
            "front": panel_of(panels, "front"),
            "back": panel_of(panels, "back"),
            "right": side,
            "left": side,
            "top": panel_of(panels, "top"),
            "bottom": panel_of(panels, "top"),
        },
    )


SHAPE = Shape(_panels, _build)
