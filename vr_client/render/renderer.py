"""One frame packet in, one finished texture an eye out."""

import time
from dataclasses import replace
from typing import Final

import moderngl
import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription, differs_in_light_only
from store_scenes.models.mesh import ART_SIZE
from vr_client.frame_packet import EyeView, FramePacket, Matrix
from vr_client.render.context import GraphicsContext
from vr_client.render.held_pass import HeldPass
from vr_client.render.hidden_pass import HiddenPass
from vr_client.render.labels_pass import NEAR_LABELS, NEAR_LABELS_SOFTWARE, LabelsPass
from vr_client.render.opaque_pass import OpaquePass
from vr_client.render.panels_pass import PanelsPass
from vr_client.render.picture_tiers import ART_LEVELS, PictureTiers
from vr_client.render.pointers_pass import PointersPass
from vr_client.render.room_light import RoomLight
from vr_client.render.scene_buffers import SceneBuffers
from vr_client.render.scene_quads import CeilingPass, ContactPass
from vr_client.render.targets import EyeTargets
from vr_client.render.thrift import FINE, Plan, Thrift
from vr_client.render.view_block import ViewBlock, clip_from_world
from vr_client.render.vignette_pass import VignettePass
from vr_client.space.culling import planes_of_each

VIEWS_MAX: Final = 4
NEAR_ART: Final = 256
NEAR_ART_SOFTWARE: Final = 96  # a CPU clears all of them at the start


class Renderer:
    """Owns everything on the GPU. All calls come from the thread that has the context current.

    `thrifty` is for a window that a CPU draws: see `vr_client.render.thrift`. `slots` are those
    for near art and near labels where another renderer's have to be kept; else what is best here.
    """

    def __init__(
        self,
        graphics: GraphicsContext,
        *,
        samples: int = 4,
        thrifty: bool = False,
        slots: tuple[int, int] | None = None,
    ) -> None:
        graphics.make_current()
        self._graphics = graphics
        self._gl = graphics.gl
        self._targets = EyeTargets(graphics, samples)
        self._thrift = Thrift() if thrifty else None
        self._view = ViewBlock(graphics.gl)
        self._hidden = HiddenPass(graphics)
        self._opaque = OpaquePass(graphics)
        self._ceiling = CeilingPass(graphics)
        self._contact = ContactPass(graphics)
        art_slots, label_slots = slots or _slots(graphics)
        self._labels = LabelsPass(graphics, label_slots)
        self._art = PictureTiers(graphics, (ART_SIZE, ART_SIZE), ART_LEVELS, slots=art_slots)
        self._panels = PanelsPass(graphics)
        self._pointers = PointersPass(graphics, self._opaque.program)
        self._held = HeldPass(graphics.gl, self._opaque.program)
        self._vignette = VignettePass(graphics)
        self._scene: SceneBuffers | None = None
        self._light: RoomLight | None = None
        self._loaded: SceneDescription | None = None

    @property
    def art_slots(self) -> int:
        """How many products' near art there is room for."""
        return self._art.slots

    @property
    def label_slots(self) -> int:
        """How many products' near labels there is room for."""
        return self._labels.slots

    def load_scene(self, scene: SceneDescription) -> None:
        """Uploads a compiled store in place of the one before.

        Products that were in it keep their labels and near art; other labels start blank. The
        same scene with another light only changes its light.

        Raises Failure when it does not fit this graphics card.
        """
        self._graphics.make_current()
        if self._thrift is not None:
            # Who moved a shelf wants to see it at once.
            self._thrift = Thrift(coarsely=self._loaded is not None)
        before, self._loaded = self._loaded, scene
        if self._light is not None and before and differs_in_light_only(before, scene):
            self._light.release()
            self._light = RoomLight(self._gl, scene, self._light)
            return
        dimmed = self._light
        self._release_scene()
        self._load_art(scene)
        self._scene = SceneBuffers(self._graphics, scene, self._art.tiles)
        self._light = RoomLight(self._gl, scene, dimmed)
        self._opaque.load(scene, self._scene, self._art)
        self._held.load(self._scene)
        self._ceiling.load(scene)
        self._contact.load(scene)
        self._labels.load(scene)

    def _load_art(self, scene: SceneDescription) -> None:
        """Only pictures that were not in the store before cross to the GPU."""
        new = self._art.load([key.tobytes() for key in scene.art_keys], scene.signs)
        if len(new) == len(scene.skus):
            self._art.fill_far(scene.art_far)
        else:
            self._art.write_far(new, scene.art_far[new])
        self._art.flush()

    def draw(self, packet: FramePacket) -> tuple[int, ...]:
        """Draws every view; returns one GL texture name a view.

        Textures are single-sample RGBA8 with sRGB codes, bottom row first, and stay the same
        from frame to frame until a view's size changes. A thrifty renderer returns none when
        the pictures before still hold, and may draw smaller ones than a view asks for.
        """
        if len(packet.views) > VIEWS_MAX:
            raise ValueError(f"{len(packet.views)} views in one frame; at most {VIEWS_MAX}")
        if self._thrift is None:
            return self._draw_all(packet, FINE)
        begun_s = time.perf_counter()
        plan = self._thrift.plan(packet, begun_s)
        if plan is None:
            return ()
        names = self._draw_all(packet, plan)
        self._gl.finish()
        self._thrift.took(time.perf_counter() - begun_s)
        return names

    def read_eye(self, eye: int) -> NDArray[np.uint8]:
        """The picture last drawn for an eye: (h, w, 3) sRGB codes, top row first."""
        self._graphics.make_current()
        return self._targets.read(eye)

    def _draw_all(self, packet: FramePacket, plan: Plan) -> tuple[int, ...]:
        self._graphics.make_current()
        if plan.scale != 1.0:
            packet = replace(
                packet, views=tuple(_smaller(view, plan.scale) for view in packet.views)
            )
        matrices = [
            clip_from_world(view, reversed_depth=self._graphics.reversed_depth)
            for view in packet.views
        ]
        self._prepare(packet, matrices)
        return tuple(
            self._draw_eye(eye, packet, view, matrix, fine=plan.fine)
            for eye, (view, matrix) in enumerate(zip(packet.views, matrices, strict=True))
        )

    def release(self) -> None:
        """Gives everything but the context back; the renderer is dead afterwards."""
        self._graphics.make_current()
        self._release_scene()
        for part in (
            self._vignette, self._held, self._pointers, self._panels, self._labels, self._contact,
            self._ceiling, self._opaque, self._hidden, self._view, self._targets, self._art,
        ):  # fmt: skip
            part.release()

    def _prepare(self, packet: FramePacket, matrices: list[Matrix]) -> None:
        """All that both eyes share."""
        if self._scene is not None:
            self._scene.hide(packet.hidden)
            self._contact.hide(packet.hidden)
        self._labels.update(packet.labels)
        for update in packet.art:
            self._art.write_near(update.slot, update.row, update.pixels)
        if packet.art:
            self._art.flush()
        self._panels.prepare(packet.panels, packet.textures, packet.views)
        self._pointers.prepare(packet.hands, packet.lasers, packet.hop, packet.trail)
        planes = planes_of_each(matrices)
        self._held.prepare(packet.held, packet.basket, planes)
        if packet.views:
            seen = self._opaque.prepare(packet.views, planes, packet.highlight)
            self._contact.choose(seen)
            self._labels.choose(seen)

    def _draw_eye(
        self, eye: int, packet: FramePacket, view: EyeView, matrix: Matrix, *, fine: bool
    ) -> int:
        self._targets.begin(eye, view.size, fine=fine)
        self._view.write(view, matrix, packet.time_s)
        self._gl.enable_only(moderngl.DEPTH_TEST)
        self._gl.depth_func = ">=" if self._graphics.reversed_depth else "<="
        self._hidden.draw(eye, view)
        if self._light is not None:
            self._light.bind()
            self._opaque.draw()
            self._held.draw()
            self._pointers.draw_hands()
            self._ceiling.draw()
            self._opaque.draw_outline(stark=packet.stark)
            self._contact.draw()
            self._labels.draw()
        self._panels.draw()
        self._pointers.draw_beams()
        if packet.vignette > 0.0:
            self._vignette.draw(view, packet.vignette)
        return self._targets.resolve(eye)

    def _release_scene(self) -> None:
        if self._scene is not None:
            self._scene.release()
        if self._light is not None:
            self._light.release()
        self._scene = self._light = None


def _slots(graphics: GraphicsContext) -> tuple[int, int]:
    if graphics.software:
        return NEAR_ART_SOFTWARE, NEAR_LABELS_SOFTWARE
    return NEAR_ART, NEAR_LABELS


def _smaller(view: EyeView, scale: float) -> EyeView:
    width, height = (max(1, round(side * scale)) for side in view.size)
    return replace(view, size=(width, height))
