"""Sets a trip up and runs it: headless graphics, the scripted headset, the real sync worker."""

import sys
import tempfile
from pathlib import Path

import numpy as np

from catalog_sync.model.failure import Failure
from vr_client.assemble import Recording, build_app
from vr_client.headset.backends.scripted import ScriptedBackend
from vr_client.net.handle import SyncWorker
from vr_client.net.places import default_cache_dir
from vr_client.render.context import create_headless
from vr_client.trip.body import FILM_SIZE, Body, Stage
from vr_client.trip.director import LINE_CHARS_MAX, Director, say
from vr_client.trip.steps import Shopping
from vr_client.trip.video import FPS, Film, can_film

START = Body(np.array([0.0, 1.6, 0.0]), 0.0, -5.0, np.array([0.1, 1.0, -1.5]))


def run_trip(
    server_url: str,
    out: Path,
    buy: str,
    *,
    filmed: bool = True,
    recording: Recording | None = None,
) -> None:
    """A whole trip against the server at `server_url`; pictures, film and lines as they come.

    Each station prints one line of JSON on standard output and waits for `go` on standard input.

    Raises:
        Failure: no OpenGL, no font, no server, or a station that was not reached.
    """
    out.mkdir(parents=True, exist_ok=True)
    graphics = create_headless()
    film = Film(out / "trip.mp4", FILM_SIZE) if filmed and can_film() else None
    if filmed and film is None:
        say("no film: PyAV is not installed (pip install 'endcap[video]')")
    stage = Stage(START, filmed=film is not None)
    headset = ScriptedBackend(stage.script, step_s=1.0 / FPS)
    with tempfile.TemporaryDirectory(prefix="endcap-trip-") as keep:
        token_file = Path(keep) / "shopper.token"
        worker = SyncWorker(server_url, token_file, default_cache_dir())
        worker.start()
        try:
            headset.open()
            app = build_app(headset, worker, graphics, at_entrance=False, recording=recording)
            director = Director(
                app, stage, out, film, lambda: _shopper(token_file), _report,
                lambda: sys.stdin.readline(LINE_CHARS_MAX),
            )  # fmt: skip
            Shopping(director, buy).run()
            if film is not None:
                film.finish()
                film = None
        finally:
            if film is not None:
                film.abandon()
            headset.close()
            worker.close()
            graphics.release()


def _report(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _shopper(token_file: Path) -> str:
    """The shopper's id, which stands in the token that the shop gave out (`v1.<id>.…`)."""
    parts = token_file.read_text(encoding="ascii").split(".")
    if len(parts) < 4:
        raise Failure(f"The token in {token_file} is not one of ours.")
    return parts[1]
