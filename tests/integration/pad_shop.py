"""`endcap shop` in a window whose gamepad is read from standard input: one JSON object a line.

No virtual gamepad can be plugged in, so this takes the place of GLFW's reading and nothing else.
"""

import json
import sys
import threading

from vr_client.cli import _run_shop
from vr_client.headset.backends.desktop import DesktopBackend
from vr_client.headset.gamepad import BUTTONS, PadReading
from vr_client.render.context import adopt_current
from vr_client.render.present import Presenter

NOTHING = {"axes": [0.0, 0.0, 0.0, 0.0, -1.0, -1.0], "held": []}


class StandardInputPad:
    def __init__(self):
        self._now = NOTHING
        threading.Thread(target=self._follow, daemon=True).start()

    def _follow(self):
        for line in sys.stdin:
            self._now = json.loads(line)

    def read(self):
        now = self._now
        return PadReading(tuple(now["axes"]), tuple(name in now["held"] for name in BUTTONS))


def main():
    graphics = []

    def make_presenter():
        graphics.append(adopt_current())
        return Presenter(graphics[0])

    backend = DesktopBackend(make_presenter, (800, 600), read_pad=StandardInputPad().read)
    backend.open()
    _run_shop(backend, graphics[0], sys.argv[1])


if __name__ == "__main__":  # the sync worker's process imports this file too
    main()
