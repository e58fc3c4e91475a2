r"""How long a merchandiser's edit takes to show to a shopper: file saved to frame drawn.

A real `endcap serve --watch` on a copy of a store folder, the client's own sync worker and
renderer; a shelf of one planogram is moved up and down by turns. A broken edit is timed as well:
file saved to its sentence in the client.

    python benchmarks/layout_edit.py [--json] [--store DIR] [--edits N] [--size WxH]
"""

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from vr_client.app import App
from vr_client.assemble import build_app
from vr_client.frame_loop import run_frame
from vr_client.headset.backends.scripted import ScriptedBackend, ScriptFrame
from vr_client.net.handle import SyncWorker
from vr_client.render.context import create_headless
from vr_client.space.pose import pose

DEMO_STORE = Path(__file__).parent.parent / "store_scenes" / "demo" / "store"
SHELF = re.compile(r"height_mm = (\d+)")
WAIT_S = 300.0
REST_S = 2.0
FPS = 90.0


class Window(ScriptedBackend):
    """Drawn as a window is: on a CPU only what changed, coarsely first and finely after."""

    name = "desktop"

    def end_frame(self, textures: tuple[int, ...]) -> None:
        """A frame that was not drawn shows the picture before it."""
        super().end_frame(textures or (0,))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--store", type=Path, default=DEMO_STORE)
    parser.add_argument("--edits", type=int, default=8)
    parser.add_argument("--size", default="1280x800")
    asked = parser.parse_args()
    width, _, height = asked.size.partition("x")
    with tempfile.TemporaryDirectory() as keep:
        folder = Path(keep) / "store"
        shutil.copytree(asked.store, folder, ignore=shutil.ignore_patterns(".endcap"))
        figures = measure(folder, Path(keep), asked.edits, (int(width), int(height)))
    if asked.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:22} {value:,.0f}" if isinstance(value, float) else f"{name:22} {value:,}")


def measure(folder: Path, keep: Path, edits: int, size: tuple[int, int]) -> dict[str, float]:
    """Every figure in milliseconds."""
    server = subprocess.Popen(
        [sys.executable, "-m", "endcap", "serve", str(folder), "--watch", "--port", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    worker = None
    try:
        assert server.stdout is not None
        url = next(found[0] for line in server.stdout if (found := re.search(r"http://\S+", line)))
        graphics = create_headless()
        headset = Window(looking(size), step_s=1.0 / FPS)
        worker = SyncWorker(url, keep / "shopper.token", keep / "cache")
        worker.start()
        headset.open()
        app = build_app(headset, worker, graphics)
        until(app, lambda: app.state.scene is not None)
        rest(app)
        assert app.state.scene is not None
        units = int((app.state.scene.product_of >= 0).sum())
        path = max(folder.glob("planograms/*.toml"), key=lambda p: p.stat().st_size)
        good = path.read_text(encoding="utf-8")
        found = SHELF.search(good)
        if found is None:
            raise SystemExit(f"{path} has no shelf with a height_mm")
        seen = [
            edited(app, path, shelf_at(good, found, int(found[1]) + (20 if turn % 2 == 0 else 0)))
            for turn in range(edits)
        ]
        said = broken(app, path, good)
        still = [one_frame(app) for _ in range(10)]
    finally:
        if worker is not None:
            worker.close()
        server.terminate()
        server.wait()
    return {
        "units": units,
        "edits": edits,
        "edit_seen_ms": statistics.median(seen),
        "edit_seen_max_ms": max(seen),
        "broken_edit_said_ms": said,
        "frame_ms": statistics.median(still),
    }


def looking(size: tuple[int, int]) -> Callable[[int, float], ScriptFrame]:
    """A shopper in the door who looks ahead."""
    head = pose((0.0, 1.6, 0.0))
    return lambda _number, _time: ScriptFrame(head, (), size, stereo=False)


def shelf_at(text: str, found: re.Match[str], height_mm: int) -> str:
    """The planogram with its first shelf at another height."""
    return f"{text[: found.start(1)]}{height_mm}{text[found.end(1) :]}"


def until(app: App, done: Callable[[], bool]) -> float:
    """Milliseconds of frames until `done`."""
    started = time.perf_counter()
    while not done():
        if time.perf_counter() - started > WAIT_S:
            raise SystemExit(f"it did not happen in {WAIT_S:.0f} s")
        run_frame(app)
        time.sleep(0.002)
    return (time.perf_counter() - started) * 1000.0


def edited(app: App, path: Path, text: str) -> float:
    """Save, and count until the frame that shows it is drawn and read back."""
    before = app.state.scene
    path.write_text(text, encoding="utf-8")
    passed_ms = until(app, lambda: app.state.scene is not before)
    started = time.perf_counter()
    np.asarray(app.renderer.read_eye(0))
    passed_ms += (time.perf_counter() - started) * 1000.0
    rest(app)
    return passed_ms


def rest(app: App) -> None:
    """Until the picture is there in full and stays."""
    until(app, lambda: app.to_come == 0)
    end = time.perf_counter() + REST_S
    until(app, lambda: time.perf_counter() > end)


def broken(app: App, path: Path, good: str) -> float:
    """Save what is no layout, and count until its sentence is there."""
    path.write_text(good + "\n[[shelves\n", encoding="utf-8")
    return until(app, lambda: bool(app.state.layout_problem))


def one_frame(app: App) -> float:
    """Milliseconds of a frame, drawn and read back."""
    started = time.perf_counter()
    run_frame(app)
    np.asarray(app.renderer.read_eye(0))
    return (time.perf_counter() - started) * 1000.0


if __name__ == "__main__":
    main()
