"""Five minutes of a shopper who does a bit of everything, recorded: python long_trip.py URL DIR."""

import sys
import time
from pathlib import Path

import numpy as np

from vr_client.assemble import build_app
from vr_client.frame_loop import run_frame
from vr_client.headset.backend import HandState, SessionState
from vr_client.headset.backends.scripted import ScriptedBackend, ScriptFrame
from vr_client.net.handle import SyncWorker
from vr_client.render.context import create_headless
from vr_client.replay.recorder import Recorder
from vr_client.space.pose import pose

FPS = 30
SECONDS = 300
KEYS = ("help", "map", "search", "menu", "back", "add", "more", "fewer", "language", "settings")


def script(index, time_s):
    """The same for every run: sways, walks, turns, hops, presses, and takes the headset off."""
    chance = np.random.default_rng(index)
    head = pose((0.1 * np.sin(time_s), 1.6, 0.0), 40.0 * np.sin(time_s / 3.0), -12.0)
    aims = 25.0 * np.sin(time_s / 2.0 + np.array([0.0, 1.0]))
    hands = (
        HandState(pose((-0.2, 1.3, -0.2), aims[0], -15.0), move=(0.0, float(np.sin(time_s / 5.0)))),
        HandState(
            pose((0.2, 1.3, -0.2), aims[1], -15.0),
            select=index % 11 == 0,
            teleport=index % 200 < 20,
            turn=int(index % 170 == 0) - int(index % 230 == 0),
            scroll=float(index % 37 == 0),
        ),
    )
    keys = (KEYS[int(chance.integers(len(KEYS)))],) if index % 23 == 0 else ()
    state = SessionState.IDLE if index % 1500 > 1450 else SessionState.FOCUSED
    return ScriptFrame(head, hands, (48, 54), keys=keys, state=state)


def main():
    url, folder = sys.argv[1], Path(sys.argv[2])
    headset = ScriptedBackend(script, step_s=1.0 / FPS)
    headset.open()
    graphics = create_headless()
    recorder = Recorder(folder / "long.rec")
    worker = SyncWorker(url, folder / "shopper.token", folder / "cache")
    worker.start()
    try:
        app = build_app(headset, worker, graphics, recording=recorder)
        for _ in range(FPS * SECONDS):
            begun_s = time.monotonic()
            assert run_frame(app)
            app.keep_pictures()
            if app.state.scene is None:
                time.sleep(max(0.0, 1.0 / FPS - (time.monotonic() - begun_s)))
    finally:
        recorder.close()
        worker.close()
        headset.close()
        graphics.release()


if __name__ == "__main__":  # the sync worker's process imports this file too
    main()
