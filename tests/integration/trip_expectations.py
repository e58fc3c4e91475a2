"""What any headless trip must leave behind, whatever the store; two test files ask for it."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import av
import numpy as np
import zxingcpp
from PIL import Image

from store_scenes.typefaces import Weight, missing_glyphs

WEIGHTS: tuple[Weight, ...] = ("regular", "bold")
ENDCAP = Path(sys.executable).with_name("endcap")
TRIP_WAIT_S = 300
STEPS = (
    "enter",
    "shelves",
    "point",
    "card",
    "add_two",
    "cart",
    "take_one_out",
    "checkout",
    "confirmed",
)


def run_demo(out: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """`endcap demo --headless` with no display."""
    environment = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    return subprocess.run(
        [str(ENDCAP), "demo", "--headless", "--out", str(out), *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=TRIP_WAIT_S,
        env=environment,
        stdin=subprocess.DEVNULL,
    )


def read_trip(out: Path) -> dict[str, Any]:
    return json.loads((out / "trip.json").read_text(encoding="utf-8"))


def expect_whole_trip(out: Path, database: Path, *, filmed: bool = True) -> dict[str, Any]:
    """Every promise of the trip's output; gives back trip.json."""
    trip = read_trip(out)
    assert trip["outcome"] == "order.paid"
    assert tuple(step["step"] for step in trip["steps"]) == STEPS
    for step in trip["steps"]:
        assert step["total_shown_minor"] == step["total_held"], step
    expect_words_drawable(trip)
    expect_stills(out, trip)
    if filmed:
        expect_film(out / "trip.mp4")
    else:
        assert not (out / "trip.mp4").exists()
    expect_one_charge(database, trip)
    return trip


def expect_stills(out: Path, trip: dict[str, Any]) -> None:
    named = [name for step in trip["steps"] for name in step["pictures"]]
    assert sorted(named) == sorted(path.name for path in out.glob("*.png"))
    assert len(named) == 2 * len(STEPS)
    for step in trip["steps"]:
        left, right = (np.asarray(Image.open(out / name)) for name in step["pictures"])
        assert left.shape == right.shape == (960, 1280, 3)
        assert left.std() > 20, "a picture of nothing"
        assert (left != right).any(axis=2).mean() > 0.05, "both eyes see the same"


def expect_words_drawable(trip: dict[str, Any]) -> None:
    """No text of any still is drawn with an empty box for a letter."""
    words = {text["text"] for step in trip["steps"] for text in step["texts"]}
    assert len(words) > 20
    missing = {w: m for w in words for weight in WEIGHTS if (m := missing_glyphs(w, weight))}
    assert missing == {}


def expect_film(path: Path) -> None:
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        assert (stream.width, stream.height) == (640, 360)
        assert stream.average_rate == 15
        frames = sum(1 for _ in film.decode(stream))
    assert 15 * 5 < frames <= 15 * 40


def expect_one_charge(database: Path, trip: dict[str, Any]) -> None:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as rows:
        orders = rows.execute("SELECT state, total_minor FROM orders").fetchall()
        charges = rows.execute("SELECT amount_minor FROM charges").fetchall()
    total = trip["steps"][-1]["total_held"]
    assert total > 0
    assert orders == [("paid", total)]
    assert charges == [(total,)]


def read_qr(out: Path, trip: dict[str, Any]) -> str:
    """What a phone's camera reads in the still of the checkout, either eye."""
    step = next(step for step in trip["steps"] if step["step"] == "checkout")
    found = [
        barcode.text
        for name in step["pictures"]
        for barcode in zxingcpp.read_barcodes(np.asarray(Image.open(out / name)))
    ]
    assert found, "no QR code could be read in the stills of the checkout"
    assert len(set(found)) == 1
    return found[0]
