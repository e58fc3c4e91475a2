"""Makes an `App` out of its parts: the one place that knows which part is which class."""

from typing import Annotated, Literal, Protocol

import msgspec

from catalog_sync.model.failure import Failure
from store_scenes.typefaces import find_typeface
from vr_client.app import App, StoreRenderer, Worker
from vr_client.art_counter import ArtCounter
from vr_client.first_run import FirstRun
from vr_client.headset.backend import HeadsetBackend, KeyboardAndNeck
from vr_client.label_queue import DrawLabel, LabelQueue
from vr_client.near_art import ArtSource, NearArt
from vr_client.outside import Outside
from vr_client.preferences import Preferences
from vr_client.render.context import GraphicsContext
from vr_client.render.renderer import Renderer
from vr_client.sound.handle import Loudspeaker

SOFTWARE_PACE = 4

Slots = Annotated[int, msgspec.Meta(ge=1, le=4096)]


class Shop(Worker, ArtSource, Protocol):
    """The line to the shop with all that comes through it."""


class Setup(msgspec.Struct, frozen=True):
    """What of this computer, and of how the client was started, reaches what a frame decides.

    `pace`: how many times more than usual each frame may bring; a CPU draws few of them.
    `welcome`: whoever is new here is shown the safety notice and around. `neck`: it has one that
    can be tilted (`KeyboardAndNeck`), so a card comes a frame after who looks for it; None in a
    recording from before this was noted.
    """

    controls: Literal["desktop", "headset"]
    pace: Annotated[int, msgspec.Meta(ge=1, le=64)]
    label_slots: Slots
    art_slots: Slots
    samples: Annotated[int, msgspec.Meta(ge=1, le=64)]
    at_entrance: bool
    welcome: bool = False  # of a recording from before there was one, too
    neck: bool | None = None


class Recording(Protocol):
    """Notes what reaches the frame loop: `vr_client.replay.recorder.Recorder`."""

    def headset(self, headset: HeadsetBackend) -> HeadsetBackend:
        """The same headset, listened to."""

    def shop(self, shop: Shop) -> Shop:
        """The same shop, listened to."""

    def outside(self) -> Outside:
        """The world outside, listened to."""

    def begin(self, app: App, setup: Setup, preferences: Preferences | None, device: str) -> None:
        """All is put together; `device` is what draws."""


def build_app(
    headset: HeadsetBackend,
    worker: Shop,
    graphics: GraphicsContext,
    *,
    samples: int = 4,
    at_entrance: bool = True,
    preferences: Preferences | None = None,
    recording: Recording | None = None,
    speaker: Loudspeaker | None = None,
    welcome: bool = False,
) -> App:
    """A client over an opened headset, a started worker and a current context.

    Raises:
        Failure: a font or a shader is missing; says which and what to do.
    """
    # Native libraries with a window system of their own come after the headset's (glfw).
    from vr_client.labels.draw import draw_label

    controls: Literal["desktop", "headset"] = "desktop" if headset.name == "desktop" else "headset"
    # A CPU draws few frames: each may then bring more.
    pace = SOFTWARE_PACE if graphics.software else 1
    thrifty = controls == "desktop" and graphics.software
    renderer = Renderer(graphics, samples=samples, thrifty=thrifty)
    setup = Setup(
        controls, pace, renderer.label_slots, renderer.art_slots, samples, at_entrance, welcome,
        neck=isinstance(headset, KeyboardAndNeck),
    )  # fmt: skip
    outside = None
    if recording is not None:
        headset, worker = recording.headset(headset), recording.shop(worker)
        outside = recording.outside()
    app = furnish(
        headset,
        worker,
        renderer,
        setup,
        draw_label,
        preferences=preferences,
        outside=outside,
        speaker=speaker,
    )
    if recording is not None:
        recording.begin(app, setup, preferences, graphics.device)
    return app


def furnish(
    headset: HeadsetBackend,
    worker: Shop,
    renderer: StoreRenderer,
    setup: Setup,
    draw_label: DrawLabel,
    *,
    preferences: Preferences | None = None,
    outside: Outside | None = None,
    speaker: Loudspeaker | None = None,
) -> App:
    """A client of these parts, whichever computer they are of.

    Raises:
        Failure: a font is missing; says which and what to do.
    """
    from vr_client.ui.canvas import Canvas
    from vr_client.ui.panel_set import PanelSet
    from vr_client.ui.pictures import PictureStore

    regular, bold = find_typeface("regular"), find_typeface("bold")
    try:
        canvas = Canvas((regular.path, regular.index), (bold.path, bold.index))
    except ValueError as error:
        raise Failure(f"The font cannot be used: {error}. Set ENDCAP_FONT to another.") from error
    counter = ArtCounter(worker, setup.pace)
    panels = PanelSet(canvas, PictureStore(counter), setup.controls)
    labels = LabelQueue(draw_label, setup.label_slots, setup.pace)
    art = NearArt(counter, setup.art_slots, setup.pace)
    settings = preferences.settings if preferences is not None else None
    first_run = FirstRun(settings, setup.controls, welcome=setup.welcome)
    return App(
        headset, worker, renderer, panels, labels, art, counter, first_run=first_run,
        at_entrance=setup.at_entrance, preferences=preferences, outside=outside, speaker=speaker,
    )  # fmt: skip
