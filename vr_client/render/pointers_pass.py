"""What the shopper's hands show: controllers, beams, and the dot where a beam ends."""

from collections.abc import Sequence
from typing import Final

import moderngl
import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import INSTANCE
from vr_client.frame_packet import HandPose, HopMark, Laser
from vr_client.render.context import GraphicsContext
from vr_client.render.controller_shape import controller_mesh
from vr_client.render.hand_models import HandModels
from vr_client.render.opaque_pass import NO_HIGHLIGHT
from vr_client.render.scene_buffers import opaque_content
from vr_client.space.pose import quaternion

HANDS_MAX: Final = 4
LASERS_MAX: Final = 4
ARC_MAX: Final = 24
TRAIL_MAX: Final = 40
_BEAM_START_M: Final = 0.0016
_BEAM_END_M: Final = 0.0007
_ARC_M: Final = 0.004
_RING_M: Final = 0.20
_STEP_M: Final = 0.042
_DOT_SHARE: Final = 0.0105  # half size per metre of distance: about half a degree


class PointersPass:
    """Controllers are lit like products; beams and dots glow."""

    def __init__(self, graphics: GraphicsContext, opaque: moderngl.Program) -> None:
        self._gl = graphics.gl
        vertices, indices = controller_mesh()
        self._vertices = self._gl.buffer(vertices.tobytes())
        self._indices = self._gl.buffer(indices.tobytes())
        self._hands = self._gl.buffer(reserve=HANDS_MAX * INSTANCE.itemsize, dynamic=True)
        self._hand_array = self._gl.vertex_array(
            opaque, opaque_content(self._vertices, self._hands), self._indices, 4
        )
        self._program = graphics.program("beam.vert", "beam.frag")
        self._beams = self._gl.buffer(
            reserve=(2 * LASERS_MAX + ARC_MAX + 1 + TRAIL_MAX) * 36, dynamic=True
        )
        self._beam_array = self._gl.vertex_array(
            self._program, [(self._beams, "3f 3f 3f/i", "at_start", "at_end", "at_shape")]
        )
        self._models = HandModels(graphics, opaque, HANDS_MAX)
        self._hand_count = self._beam_count = 0

    def prepare(
        self,
        hands: Sequence[HandPose],
        lasers: Sequence[Laser],
        hop: HopMark | None = None,
        trail: Sequence[tuple[float, float]] = (),
    ) -> None:
        """Once a frame: what there is more of than the MAX of its kind is left out."""
        self._models.prepare(hands)
        plain = [hand.world_from_hand for hand in hands if hand.look is None][:HANDS_MAX]
        rows = np.zeros(len(plain), dtype=INSTANCE)
        if plain:
            rows["position"] = [matrix[:3, 3] for matrix in plain]
            rows["rotation"] = [quaternion(matrix) for matrix in plain]
            rows["occlusion"], rows["id"] = 1.0, NO_HIGHLIGHT - 1
        beams = beam_rows(lasers[:LASERS_MAX])
        if hop is not None:
            beams = np.concatenate([beams, hop_rows(hop)])
        if trail:
            beams = np.concatenate([trail_rows(trail[:TRAIL_MAX]), beams])
        self._hand_count, self._beam_count = len(rows), len(beams)
        if len(rows):
            self._hands.write(rows.tobytes())
        if len(beams):
            self._beams.write(beams.tobytes())

    def draw_hands(self) -> None:
        """Needs the opaque pass's textures and the room's light bound."""
        if self._hand_count:
            self._hand_array.render(moderngl.TRIANGLES, instances=self._hand_count)
        self._models.draw()

    def draw_beams(self) -> None:
        """Last of all, over panels."""
        if not self._beam_count:
            return
        self._gl.enable(moderngl.BLEND)
        self._gl.blend_func = moderngl.ONE, moderngl.ONE_MINUS_SRC_ALPHA
        self._gl.fbo.depth_mask = False
        self._beam_array.render(moderngl.TRIANGLE_STRIP, vertices=4, instances=self._beam_count)
        self._gl.fbo.depth_mask = True
        self._gl.disable(moderngl.BLEND)

    def release(self) -> None:
        """Gives everything back."""
        self._models.release()
        for thing in (
            self._hand_array, self._beam_array, self._vertices, self._indices, self._hands,
            self._beams, self._program,
        ):  # fmt: skip
            thing.release()


def beam_rows(lasers: Sequence[Laser]) -> NDArray[np.float32]:
    """(n, 9) start, end, (half width at start, at end, is a dot): beams first, then dots."""
    beams = [[*laser.start, *laser.end, _BEAM_START_M, _BEAM_END_M, 0.0] for laser in lasers]
    dots = [[*laser.start, *laser.end, 0.0, _DOT_SHARE, 1.0] for laser in lasers if laser.hit]
    return np.array(beams + dots, dtype=np.float32).reshape(-1, 9)


def hop_rows(hop: HopMark) -> NDArray[np.float32]:
    """(n, 9) as `beam_rows`: the arc in pieces, and a ring on the floor; a cross where none may be.

    The last column is -1 for a piece, 2 for the ring and 3 for the cross.
    """
    arc = np.asarray(hop.arc, dtype=np.float32)[: ARC_MAX + 1]
    rows = np.zeros((len(arc), 9), dtype=np.float32)
    rows[:-1, :3], rows[:-1, 3:6], rows[:-1, 6:8] = arc[:-1], arc[1:], _ARC_M
    rows[:-1, 8] = -1.0
    rows[-1] = [*arc[-1], *arc[-1], _RING_M, _RING_M, 2.0 if hop.free else 3.0]
    return rows


def trail_rows(trail: Sequence[tuple[float, float]]) -> NDArray[np.float32]:
    """(n, 9) as `beam_rows`: steps on the floor; the last column is 4."""
    rows = np.zeros((len(trail), 9), dtype=np.float32)
    rows[:, [0, 2]] = rows[:, [3, 5]] = np.asarray(trail, dtype=np.float32)
    rows[:, 6:8], rows[:, 8] = _STEP_M, 4.0
    return rows
