"""Directs the scripted shopper through the real client: move, aim, press, wait, keep pictures.

Everything goes through the headset: a press is the hand's ray on a drawn target, nothing else.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from catalog_sync.model.failure import Failure
from vr_client.app import App
from vr_client.frame_loop import run_frame
from vr_client.interact.pointer import point
from vr_client.interact.rays import ray_towards
from vr_client.trip.body import Body, Stage, looking, moves
from vr_client.trip.video import FPS, Film
from vr_client.ui.strings import notice_text

WAIT_S = 30.0
WAIT_FRAMES = 8
RESTING_FRAMES = 25
REST_S = 0.02
HOLD_STRIDE = 3
"""A shopper who stands still is drawn in every third frame of the film, which shows it thrice."""

LINE_CHARS_MAX = 64


def minor_units(shown: str) -> int:
    """The amount that a text such as `₩8,900` or `$12.99` shows, in minor units.

    Raises:
        Failure: no digits in it.
    """
    digits = "".join(letter for letter in shown if letter.isdecimal())
    if not digits:
        raise Failure(f"The total that was drawn, {shown!r}, is not an amount of money.")
    # Every locale writes all decimal places of a currency, so the digits are the minor units.
    return int(digits)


class Director:
    """One trip. `report` gets one line of JSON a station; `read_go` blocks until the next."""

    def __init__(
        self,
        app: App,
        stage: Stage,
        out: Path,
        film: Film | None,
        shopper: Callable[[], str],
        report: Callable[[str], None],
        read_go: Callable[[], str],
    ) -> None:
        self.app, self.stage = app, stage
        self._out, self._film, self._shopper = out, film, shopper
        self._report, self._read_go = report, read_go
        self._station = 0
        self.filming = True

    # ------------------------------------------------------------ frames

    def frame(self, body: Body | None = None, repeat: int = 1) -> None:
        """One frame of the client, and `repeat` of the film."""
        if body is not None:
            self.stage.body = body
        if not run_frame(self.app):
            raise Failure("The trip was ended by its headset.")
        if self._film is not None and self.filming and not self.stage.still:
            picture = self.app.renderer.read_eye(0)
            for _ in range(repeat):
                self._film.add(picture)

    def play(self, bodies: Iterable[Body]) -> None:
        """A movement, frame by frame."""
        for body in bodies:
            self.frame(body)

    def hold(self, seconds: float) -> None:
        """Stand still."""
        for _ in range(max(1, round(seconds * FPS / HOLD_STRIDE))):
            self.frame(repeat=HOLD_STRIDE)

    def move(self, goal: Body, seconds: float) -> None:
        """Move to `goal` with ease."""
        self.play(moves(self.stage.body, goal, max(1, round(seconds * FPS))))

    def wait(self, what: str, done: Callable[[], bool], limit_s: float = WAIT_S) -> None:
        """Let frames pass until `done`; its first moments are filmed, then the headset rests.

        Raises:
            Failure: it did not happen within `limit_s` seconds of real time.
        """
        started, passed = time.monotonic(), 0
        while not done():
            if time.monotonic() - started > limit_s:
                state = self.app.state
                said = notice_text(state.notice, "en") if state.notice else "nothing"
                raise Failure(
                    f"The trip waited {limit_s:.0f} s in vain for {what}; the shop said: {said}."
                )
            if passed >= WAIT_FRAMES:
                # Drawing would only take the processor from the shop, which has work to do.
                self.filming = False
                self.stage.resting = passed % RESTING_FRAMES != 0
                time.sleep(REST_S)
            self.frame()
            passed += 1
        self.filming, self.stage.resting = True, False
        self.frame()

    # ------------------------------------------------------------ pointing

    def target_place(self, target: str) -> NDArray[np.float64]:
        """Where in the store the middle of a drawn target is.

        Raises:
            Failure: it is not drawn.
        """
        place = self.app.shown.place_of(target)
        if place is None:
            raise Failure(f"The trip looks for {target!r}, which no panel shows.")
        return place

    def face_panel(self, name: str, seconds: float, share: float = 1.0) -> None:
        """Look at an open panel; `share` below 1 keeps something of where one looked before."""
        quad = next((panel for panel in self.app.shown.panels if panel.id == name), None)
        if quad is None:
            raise Failure(f"The trip looks for the panel {name!r}, which is not open.")
        now = self.stage.body
        goal = looking(now, quad.world_from_panel[:3, 3])
        turn = (goal.yaw - now.yaw + 180.0) % 360.0 - 180.0
        goal = replace(
            goal, yaw=now.yaw + turn * share, pitch=now.pitch + (goal.pitch - now.pitch) * share
        )
        self.move(goal, seconds)

    def lower_hand(self, name: str, seconds: float = 0.5) -> None:
        """Point below and beside an open panel, so that the beam hides nothing of it."""
        quad = next(panel for panel in self.app.shown.panels if panel.id == name)
        world, (width, height) = quad.world_from_panel, quad.size_m
        beside = world[:3, 3] + world[:3, 0] * (width * 0.62) - world[:3, 1] * (height * 0.45)
        self.move(replace(self.stage.body, aim=beside), seconds)

    def aim(self, target: str, seconds: float = 0.7) -> None:
        """Bring the beam onto a target, and see that it is on it."""
        self.move(replace(self.stage.body, aim=self.target_place(target)), seconds)
        body = replace(self.stage.body, aim=self.target_place(target))
        self.frame(body)
        aim = point(ray_towards(body.hand, body.aim), self.app.shown.panels, self.app.picks)
        over = self.app.shown.target_at(aim.panel) if aim.panel is not None else None
        if over != target:
            raise Failure(f"The trip points at {target!r} but the beam is on {over!r}.")

    def press(self, target: str, seconds: float = 0.7) -> None:
        """Aim and pull the trigger."""
        self.aim(target, seconds)
        self.pull_trigger()

    def pull_trigger(self) -> None:
        """Down for two frames, then up."""
        body = self.stage.body
        self.play([replace(body, select=True)] * 2 + [replace(body, select=False)] * 2)

    def _settle(self) -> None:
        """Let small frames pass, off the film, until every picture that is due has come.

        Raises:
            Failure: no more of them come.
        """
        self.filming = False
        self.frame()
        fewest, last = self.app.to_come, time.monotonic()
        while (due := self.app.to_come) != 0:
            if due is not None and (fewest is None or due < fewest):
                fewest, last = due, time.monotonic()
            if time.monotonic() - last > WAIT_S:
                raise Failure(
                    f"The trip waited {WAIT_S:.0f} s in vain for pictures of labels and goods, "
                    f"{due} of them: is the computer out of memory or very busy?"
                )
            time.sleep(REST_S)
            self.frame()
        self.filming = True

    # ------------------------------------------------------------ stations

    def station(self, name: str, **more: Any) -> None:
        """Stills of both eyes, one line of JSON, and on when the parent says so."""
        self._station += 1
        self._settle()
        self.stage.still = True
        self.frame()
        pictures = []
        for eye, side in enumerate(("left", "right")):
            path = self._out / f"{self._station:02d}-{name}-{side}.png"
            _save_png(self.app.renderer.read_eye(eye), path)
            pictures.append(path.name)
        shown = self.app.shown
        total = shown.text_of("order.total") or shown.text_of("cart.total") or ""
        self.stage.still = False
        line = {
            "step": name,
            "total_shown": total,
            "total_shown_minor": minor_units(total),
            "shopper": self._shopper(),
            "texts": [
                {"panel": drawn.panel, "role": drawn.role, "text": drawn.text}
                for drawn in shown.texts
            ],
            "pictures": pictures,
            **more,
        }
        self._report(json.dumps(line, ensure_ascii=False))
        if self._read_go().strip() != "go":
            raise Failure("The trip was called off: whoever started it does not answer.")


def _save_png(pixels: NDArray[np.uint8], path: Path) -> None:
    part = path.with_name(path.name + ".part")
    Image.fromarray(pixels).save(part, format="PNG", compress_level=4)
    part.replace(path)


def say(text: str) -> None:
    """Progress for people, on standard error."""
    sys.stderr.write(f"  {text}\n")
    sys.stderr.flush()
