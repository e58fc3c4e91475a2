"""Minutes of a shopper who does a bit of everything, recorded.

python long_trip.py URL DIR [SECONDS]. What came of it is in DIR/deeds.json: how many frames showed
each deed, and what was tried in vain.
"""

import json
import sys
import time
from pathlib import Path

from busy_shopper import Shopper

from vr_client.assemble import build_app
from vr_client.frame_loop import run_frame
from vr_client.headset.backends.scripted import ScriptedBackend
from vr_client.net.handle import SyncWorker
from vr_client.preferences import Preferences
from vr_client.render.context import create_headless
from vr_client.replay.recorder import Recorder

FPS = 30
SECONDS = 300


def main():
    url, folder = sys.argv[1], Path(sys.argv[2])
    seconds = float(sys.argv[3]) if len(sys.argv) > 3 else SECONDS
    shopper = Shopper()
    headset = ScriptedBackend(shopper.script, step_s=1.0 / FPS)
    headset.open()
    graphics = create_headless()
    recorder = Recorder(folder / "long.rec")
    worker = SyncWorker(url, folder / "shopper.token", folder / "cache")
    worker.start()
    preferences = Preferences(folder / "settings.json")
    try:
        app = shopper.app = build_app(
            headset, worker, graphics, recording=recorder, preferences=preferences, welcome=True
        )
        for _ in range(round(FPS * seconds)):
            begun_s = time.monotonic()
            assert run_frame(app)
            app.keep_pictures()
            shopper.look_back()
            if app.state.scene is None:
                time.sleep(max(0.0, 1.0 / FPS - (time.monotonic() - begun_s)))
    finally:
        recorder.close()
        worker.close()
        headset.close()
        graphics.release()
    told = {"deeds": shopper.deeds, "failed": shopper.failed}
    (folder / "deeds.json").write_text(json.dumps(told, indent=1), encoding="utf-8")


if __name__ == "__main__":  # the sync worker's process imports this file too
    main()
