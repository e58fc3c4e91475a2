"""One frame of the client, top to bottom."""

import gc
from typing import TYPE_CHECKING, Final

from vr_client.memory import keep_memory

if TYPE_CHECKING:
    from vr_client.app import App  # for its type only: app does not need the loop to be built

YOUNG_MAX: Final = 700
YOUNG_ROUNDS: Final = 4
NEVER: Final = 1_000_000
"""Objects that make the youngest be looked through, and after how often the less young are."""


def run_frame(app: "App") -> bool:
    """Poll, take in the shop's news, point, decide, draw, hand over; False when it is over."""
    seen = app.headset.poll()
    if seen.over:
        return False
    for event in app.worker.poll():
        app.apply(event)
    app.take_scene()
    info = app.stand(app.headset.begin_frame())
    aims = app.reach(seen, info, app.pointer.update(info.hands, app.shown.panels, app.picks))
    for action in app.decide(seen, info, aims):
        app.do(action)
    app.hear(info, aims)
    pictures: tuple[int, ...] = ()
    if info.should_render:  # else nobody looks, and what changed is drawn when somebody does
        app.shown = app.draw_panels(info, aims)
        pictures = app.renderer.draw(app.pack(info, aims))
    app.headset.end_frame(pictures)
    return True


def run(app: "App") -> None:
    """Frame after frame until the shopper leaves."""
    keep_memory()
    scene = app.scene
    tidy = True
    keep_what_stays()
    while run_frame(app):
        app.keep_pictures()
        # Another store holds frames up anyway, and while nobody looks nobody minds.
        if app.scene is not scene or not (app.looked_at or tidy):
            scene = app.scene
            keep_what_stays()
        tidy = not app.looked_at


def keep_what_stays() -> None:
    """Look once for what may go, and never again among what is there now.

    To look through ten thousand products was measured to hold a frame up for 80 ms, and through
    what prices changed in ten seconds for 20 ms: between two calls only the young are looked
    through, which is where a frame's litter is.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_MAX, YOUNG_ROUNDS, NEVER)
