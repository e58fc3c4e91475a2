"""A person at the client's window: a display, the window on it, and what the person sees there."""

import os
import signal
import subprocess
import time
from contextlib import contextmanager

import numpy as np
from conftest import endcap
from x_person import XPerson

ACCENT = (0x0F, 0x76, 0x6E)
ACCENT_HOVERED = (0x0B, 0x5F, 0x58)
FLOOR_OF_MAP = (0xF3, 0xEF, 0xE7)
WARNING_SOFT = (0xFE, 0xF3, 0xC7)
ACCENT_SOFT = (0xE3, 0xF2, 0xF0)
QUIET_S = 0.6
"""Longer than a frame takes a CPU: what did not change for so long will not."""

QUIET_MAX_S = 3.0
"""As long where frames were seen to come slowly, as they do on a busy computer."""

BUTTON_PX = 80
"""A wide button is at least this wide in the window; the chip's disc and progress bars are less."""


def shopper_of(home):
    (token,) = (home / "state" / "endcap" / "shoppers").glob("*.token")
    return token.read_text(encoding="ascii").split(".")[1]


def is_colour(seen, colour, off=3):
    """Where in (h, w, 3) pixels a panel's colour is; panels come out exactly as drawn."""
    return (np.abs(seen - colour) <= off).all(axis=2)


@contextmanager
def display(size, dpi=96):
    """The number of a display of our own, on which somebody asked for `dpi`."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{size[0]}x{size[1]}x24",
         "-nolisten", "tcp", "-noreset"],
        pass_fds=[writer], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writer)
    try:
        with os.fdopen(reader) as answer:
            number = int(answer.readline())
        if dpi != 96:
            person = XPerson(number)
            person.set_dpi(dpi)
            person.close()
        yield number
    finally:
        server.terminate()
        server.wait(10)


@contextmanager
def shopping(url, number, home, *arguments, program=None, new=False):
    """`endcap shop` (or `program`) in a window, in a group of its own.

    `new`: the shopper is shown around, as they are on a first visit.
    """
    environment = {
        **os.environ, "DISPLAY": f":{number}", "HOME": str(home),
        "XDG_STATE_HOME": str(home / "state"), "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
    }  # fmt: skip
    environment.pop("WAYLAND_DISPLAY", None)
    known = () if new else ("--no-tutorial",)
    process = subprocess.Popen(
        program or [endcap(), "shop", "--server", url, *known, *arguments],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, cwd=home, start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=10)


class Eyes:
    """What the person sees in the one window there is."""

    def __init__(self, person, quiet_s=QUIET_S):
        self._person = person
        self._quiet_s = quiet_s
        ((self.window, self.size),) = person.wait_for(person.windows).items()

    def look(self):
        """(h, w, 3) red, green, blue."""
        data = self._person.picture(self.window, self.size)
        rows = np.frombuffer(data, np.uint8).reshape(self.size[1], self.size[0], 4)
        return rows[:, :, 2::-1].astype(int)

    def inside(self):
        """Whether the store is there: before it, everything around the panel is dark."""
        return self.look()[5, 5].min() > 60

    def shows(self, before, most=0.02):
        """Whether it is what was seen `before`, but for a few pixels where the pointer is."""
        return (np.abs(self.look() - before).max(axis=2) > 12).mean() < most

    def told(self):
        """Whether a notice of something that was done is still there, by the square of its tick."""
        return is_colour(self.look(), ACCENT_SOFT, 2).sum() > 300

    def button(self):
        """The middle of the big button in the panel in front, or None."""
        seen = self.look()
        filled = sum((np.abs(seen - c) < 8).all(axis=2) for c in (ACCENT, ACCENT_HOVERED)) > 0
        rows = np.flatnonzero(filled.sum(axis=1) >= BUTTON_PX)
        if not len(rows):
            return None
        row = rows[len(rows) // 2]
        return float(np.flatnonzero(filled[row]).mean()), float(rows[0] + 2)

    def no_button(self):
        return self.button() is None

    def settled(self):
        """What is seen once it stays: the fine picture of a window that a CPU draws."""
        seen, since = self.look(), time.monotonic()

        def stays():
            nonlocal seen, since
            now = self.look()
            if (now != seen).any():
                apart = time.monotonic() - since
                self._quiet_s = min(max(self._quiet_s, 2.0 * apart), QUIET_MAX_S)
                seen, since = now, time.monotonic()
            return time.monotonic() - since > self._quiet_s

        self._person.wait_for(stays)
        return seen

    def map(self):
        """(left, top, right, bottom) of the floor on the open map, in pixels; None: no map."""
        floor = is_colour(self.look(), FLOOR_OF_MAP, 1)
        if floor.sum() < 5000:
            return None
        # A wall may have a few such pixels: the map's rows and columns have many.
        columns, rows = (
            np.flatnonzero(count > 0.25 * count.max()) for count in (floor.sum(0), floor.sum(1))
        )
        return columns[0], rows[0], columns[-1] + 1, rows[-1] + 1

    def spot(self, room):
        """Where in `room` (x0, z0, x1, z1) the open map shows the shopper."""
        left, top, right, bottom = self.map()
        seen = is_colour(self.look()[top + 3 : bottom - 3, left + 3 : right - 3], ACCENT, 8)
        rows, columns = np.nonzero(seen)
        assert len(rows), "nobody is on the map"
        across = (columns.mean() + 3.5) / (right - left)
        down = (rows.mean() + 3.5) / (bottom - top)
        return (room[0] + across * (room[2] - room[0]), room[1] + down * (room[3] - room[1]))
