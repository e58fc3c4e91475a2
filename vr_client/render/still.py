"""Pictures of a store without a headset: what `endcap render` and the tests draw."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription
from vr_client.frame_packet import ArtUpdate, EyeView, FramePacket, LabelUpdate
from vr_client.render.context import create_headless
from vr_client.render.renderer import Renderer

Near = Callable[[EyeView, int, int], tuple[tuple[LabelUpdate, ...], tuple[ArtUpdate, ...]]]
"""(view, art slots, label slots) to all labels and near art that this view is to show."""


def render_still(
    scene: SceneDescription,
    views: Sequence[EyeView],
    samples: int = 4,
    labels: Sequence[LabelUpdate] = (),
    near: Near | None = None,
) -> list[NDArray[np.uint8]]:
    """One picture (h, w, 3) a view, sRGB codes, top row first. Raises GraphicsUnavailableError.

    `labels` are printed once; `near` is asked for each view.
    """
    graphics = create_headless()
    try:
        renderer = Renderer(graphics, samples=samples)
        renderer.load_scene(scene)
        pictures = []
        printed = tuple(labels)
        for index, view in enumerate(views):
            art: tuple[ArtUpdate, ...] = ()
            if near is not None:
                more, art = near(view, renderer.art_slots, renderer.label_slots)
                printed += more
            packet = FramePacket(index=index, time_s=0.0, views=(view,), labels=printed, art=art)
            renderer.draw(packet)
            pictures.append(renderer.read_eye(0))
            printed = ()
        renderer.release()
        return pictures
    finally:
        graphics.release()
