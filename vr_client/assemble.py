"""Makes an `App` out of its parts: the one place that knows which part is which class."""

from typing import Protocol

from catalog_sync.model.failure import Failure
from store_scenes.typefaces import find_typeface
from vr_client.app import App, Worker
from vr_client.headset.backend import HeadsetBackend
from vr_client.label_queue import LabelQueue
from vr_client.near_art import ArtSource, NearArt
from vr_client.preferences import Preferences
from vr_client.render.context import GraphicsContext
from vr_client.render.renderer import Renderer

SOFTWARE_PACE = 4


class Shop(Worker, ArtSource, Protocol):
    """The line to the shop with all that comes through it."""


def build_app(
    headset: HeadsetBackend,
    worker: Shop,
    graphics: GraphicsContext,
    *,
    samples: int = 4,
    at_entrance: bool = True,
    preferences: Preferences | None = None,
) -> App:
    """A client over an opened headset, a started worker and a current context.

    Raises:
        Failure: a font or a shader is missing; says which and what to do.
    """
    # Native libraries with a window system of their own come after the headset's (glfw).
    from store_scenes.models.art import front_picture
    from vr_client.labels.draw import draw_label
    from vr_client.ui.canvas import Canvas
    from vr_client.ui.panel_set import PanelSet
    from vr_client.ui.pictures import PictureStore

    regular, bold = find_typeface("regular"), find_typeface("bold")
    try:
        canvas = Canvas((regular.path, regular.index), (bold.path, bold.index))
    except ValueError as error:
        raise Failure(f"The font cannot be used: {error}. Set ENDCAP_FONT to another.") from error
    controls = "desktop" if headset.name == "desktop" else "headset"
    panels = PanelSet(canvas, PictureStore(front_picture), controls)
    thrifty = controls == "desktop" and graphics.software
    renderer = Renderer(graphics, samples=samples, thrifty=thrifty)
    # A CPU draws few frames: each may then bring more.
    pace = SOFTWARE_PACE if graphics.software else 1
    labels = LabelQueue(draw_label, renderer.label_slots, pace)
    art = NearArt(worker, renderer.art_slots, pace)
    return App(
        headset, worker, renderer, panels, labels, art,
        at_entrance=at_entrance, preferences=preferences,
    )  # fmt: skip
