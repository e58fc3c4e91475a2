"""A trip of the scripted shopper, recorded against a real `endcap serve`, and its replays."""

import json
import os
import subprocess

from conftest import endcap

from vr_client.trip.phone import pay

TRIP_WAIT_S = 240
REPLAY_WAIT_S = 900


def headless():
    """An environment without a display."""
    return {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY"}}


def record_trip(url, folder, recording, *arguments):
    """The whole trip, paid on the way; what it said at its stations."""
    trip = subprocess.Popen(
        [endcap(), "trip", "--server", url, "--out", str(folder), "--no-film",
         "--record", str(recording), *map(str, arguments)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**headless(), "PYTHONHASHSEED": "1"},
    )  # fmt: skip
    steps = []
    try:
        while line := trip.stdout.readline():
            steps.append(json.loads(line))
            if steps[-1].get("url"):
                pay(steps[-1]["url"])
            trip.stdin.write("go\n")
            trip.stdin.flush()
        _, errors = trip.communicate(timeout=TRIP_WAIT_S)
    finally:
        if trip.poll() is None:
            trip.kill()
            trip.communicate()
    assert trip.returncode == 0, errors
    return steps


def replay(recording, *arguments, wanted=0, **environment):
    """`endcap replay --json` in a process with other chances; its outcome and what it said."""
    done = subprocess.run(
        [endcap(), "replay", str(recording), "--json", *map(str, arguments)],
        capture_output=True, text=True, timeout=REPLAY_WAIT_S, stdin=subprocess.DEVNULL,
        env={**headless(), "PYTHONHASHSEED": "2", **environment},
    )  # fmt: skip
    assert done.returncode == wanted, (done.returncode, done.stdout, done.stderr)
    return json.loads(done.stdout), done.stderr
