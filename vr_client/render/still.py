"""Pictures of a store without a headset: what `endcap render` and the tests draw."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from store_scenes.compile.scene import SceneDescription
from vr_client.frame_packet import EyeView, FramePacket, LabelUpdate
from vr_client.render.context import create_headless
from vr_client.render.renderer import Renderer


def render_still(
    scene: SceneDescription,
    views: Sequence[EyeView],
    samples: int = 4,
    labels: Sequence[LabelUpdate] = (),
) -> list[NDArray[np.uint8]]:
    """One picture (h, w, 3) a view, sRGB codes, top row first. Raises GraphicsUnavailableError."""
    graphics = create_headless()
    try:
        renderer = Renderer(graphics, samples=samples)
        renderer.load_scene(scene)
        pictures = []
        for index, view in enumerate(views):
            packet = FramePacket(
                index=index, time_s=0.0, views=(view,), labels=tuple(labels) if index == 0 else ()
            )
            renderer.draw(packet)
            pictures.append(renderer.read_eye(0))
        renderer.release()
        return pictures
    finally:
        graphics.release()
