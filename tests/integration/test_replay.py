"""A trip against a real server, recorded and replayed bit for bit: off screen and in a window."""

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import av
import numpy as np
import pytest
from busy_shop import BusyShop, write_busy_store
from conftest import endcap
from deeds import SEEN_OF_ALL, STATE
from PIL import Image
from recorded_trip import headless, record_trip, replay
from window_person import Eyes, display, shopping
from x_person import RIGHT, XPerson

import shaders
from catalog_sync.model.failure import Failure
from vr_client.labels import draw
from vr_client.replay.command import Wishes, run_replay
from vr_client.replay.recording import survey

pytestmark = pytest.mark.gl

WINDOW = (480, 360)


@pytest.fixture(scope="module")
def url(module_serve):
    return module_serve().url


@pytest.fixture(scope="module")
def trip(url, tmp_path_factory):
    """(recording, what the trip said at its stations, the folder of its pictures, its outcome)."""
    folder = tmp_path_factory.mktemp("trip")
    steps = record_trip(url, folder / "stills", folder / "trip.rec")
    outcome, _ = replay(folder / "trip.rec", "--out", folder / "pictures")
    return folder / "trip.rec", steps, folder / "pictures", outcome


def test_a_trip_of_twenty_seconds_is_the_same_trip_again(trip, module_store):
    _, steps, pictures, outcome = trip
    assert outcome["same"]
    assert outcome["whole"]
    assert survey(trip[0]).header.setup.neck is False
    assert outcome["frames"] == outcome["frames_recorded"] > 250
    assert outcome["seconds"] > 15.0
    assert outcome["difference"] is None
    with sqlite3.connect(f"file:{module_store}/.endcap/shop.sqlite?mode=ro", uri=True) as rows:
        assert rows.execute("SELECT state, total_minor FROM orders").fetchall() == [
            ("paid", steps[-1]["total_shown_minor"])
        ]
    facts = json.loads((pictures / "frames.json").read_text(encoding="utf-8"))
    assert (facts["size"], facts["camera"]) == ([128, 144], "eyes")
    frames = facts["frames"]
    assert [frame["frame"] for frame in frames] == list(range(outcome["frames"]))
    eyes = [len(frame["pictures"]) for frame in frames]
    assert sum(eyes) == outcome["pictures"] > 200
    assert eyes.count(2) >= len(steps)  # the stills of each station have both eyes
    assert len({name for frame in frames for name in frame["pictures"]}) > 150
    assert len({frame["state"] for frame in frames}) > 15


def test_states_alone_are_checked_without_drawing(trip):
    outcome, errors = replay(trip[0], DISPLAY="", LIBGL_ALWAYS_SOFTWARE="0")
    assert outcome == {**trip[3], "pictures": 0, "wrote": []}
    assert errors == ""


def test_every_picture_is_the_same_again_off_screen_and_in_a_window(trip):
    recording, _, pictures, outcome = trip
    assert replay(recording, "--verify", pictures)[0]["same"]
    with display((400, 400)) as number:
        seen, _ = replay(recording, "--verify", pictures, "--window", DISPLAY=f":{number}")
    assert (seen["same"], seen["frames"]) == (True, outcome["frames"])
    assert not (pictures / "difference").exists()


def planted(trip, tmp_path):
    """A replay in this process, held against the pictures of before."""
    recording, _, pictures, _ = trip
    folder = tmp_path / "pictures"
    folder.mkdir()
    for path in pictures.glob("*.*"):
        (folder / path.name).write_bytes(path.read_bytes())
    outcome = run_replay(Wishes(recording, verify=folder), lambda *_: None)
    return outcome, folder


def expect_first_difference(outcome, folder):
    found = outcome.difference
    assert found is not None
    assert outcome.frames == found.frame + 1
    assert f"frame {found.frame} at {found.time_s:.3f} s looks different" in found.sentence
    shown = {path.stem.rpartition("-")[2]: path for path in (folder / "difference").iterdir()}
    assert set(shown) == {"before", "now", "difference"}
    assert all(f"frame-{found.frame:06d}-eye-0" in path.name for path in shown.values())
    before, now, apart = (
        np.asarray(Image.open(shown[name])).astype(int) for name in ("before", "now", "difference")
    )
    assert before.shape == (144, 128, 3)
    assert ((before != now).any(axis=2) == (apart > 0).any(axis=2)).all()
    assert (before != now).any()
    return found


def test_another_colour_in_a_shader_is_found_at_the_first_frame_that_shows_it(
    trip, tmp_path, monkeypatch
):
    read = shaders.read

    def other(name):
        text = read(name)
        if name == "label.frag":
            assert "paper.rgb * 0.94" in text
            text = text.replace("paper.rgb * 0.94", "paper.rgb * 0.90")
        return text

    monkeypatch.setattr(shaders, "read", other)
    outcome, folder = planted(trip, tmp_path)
    found = expect_first_difference(outcome, folder)
    # Labels are there as soon as the store is, and not before.
    scene = next(n for n, state in enumerate(states(trip)) if state != states(trip)[0])
    assert found.frame >= scene


def states(trip):
    facts = json.loads((trip[2] / "frames.json").read_text(encoding="utf-8"))
    return [frame["state"] for frame in facts["frames"]]


def test_another_word_on_a_label_is_found(trip, tmp_path, monkeypatch):
    printed = draw.draw_label

    def other(product, *how, **looks):
        pixels = printed(product, *how, **looks)
        if product.sku == "RICE":
            pixels[8:24, 8:24, :3] = 0
        return pixels

    monkeypatch.setattr(draw, "draw_label", other)
    outcome, folder = planted(trip, tmp_path)
    expect_first_difference(outcome, folder)
    assert outcome.difference.frame > 0


def test_the_command_says_what_differs_and_ends_with_one(trip, tmp_path):
    recording, _, pictures, _ = trip
    facts = json.loads((pictures / "frames.json").read_text(encoding="utf-8"))
    facts["frames"][40]["state"] = "0" * 16
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "frames.json").write_text(json.dumps(facts), encoding="utf-8")
    (folder / "pictures.zst").write_bytes((pictures / "pictures.zst").read_bytes())
    outcome, errors = replay(recording, "--verify", folder, wanted=1)
    assert (outcome["same"], outcome["difference"]["frame"]) == (False, 40)
    assert errors.startswith(f"endcap: {recording}: frame 40 at ")
    assert errors.count("\n") == 1


def test_it_says_where_the_pictures_are_and_as_what(trip, tmp_path):
    recording, _, _, outcome = trip
    folder, film = tmp_path / "out", tmp_path / "trip.mp4"
    words = [endcap(), "replay", str(recording), "--out", str(folder)]
    done = subprocess.run(
        [*words, "--film", str(film)], capture_output=True, text=True, env=headless(), timeout=300
    )
    frames, count = outcome["frames"], outcome["pictures"]
    assert done.stdout == (
        f"{frames} of {frames} frames, {outcome['seconds']:.1f} s: the same; {count} pictures in "
        f"{folder}/pictures.zst, named in frames.json; a film in {film}\n"
    )
    assert {path.name for path in folder.iterdir()} == {"pictures.zst", "frames.json"}
    with av.open(str(film)) as seen:
        assert seen.streams.video[0].height == 144


def test_ctrl_c_leaves_nothing_half_written(trip, tmp_path):
    folder = tmp_path / "out"
    heeds = ("env", "--default-signal=INT")  # whoever runs the tests in the background does not
    process = subprocess.Popen(
        [*heeds, endcap(), "replay", str(trip[0]), "--out", str(folder)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=headless(),
    )  # fmt: skip
    end = time.monotonic() + 60
    while not (folder / "pictures.zst.part").exists():
        assert time.monotonic() < end
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=60)
    assert (process.returncode, out, errors.count("\n")) == (130, "", 1)
    assert errors.startswith(f"endcap: {trip[0]}: stopped ")
    assert errors.endswith("; nothing was written\n")
    assert list(folder.iterdir()) == []


def test_options_that_do_not_go_with_a_folder_are_refused(trip, tmp_path):
    recording, _, pictures, _ = trip

    def refused(*arguments):
        done = subprocess.run(
            [endcap(), "replay", *map(str, arguments)], capture_output=True, text=True,
            env=headless(), timeout=60,
        )  # fmt: skip
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done
        return done.stderr

    assert "leave --window out, or take --film" in refused(recording, "--window")
    assert "is a file: --out takes a folder" in refused(recording, "--out", recording)
    assert "leave these options out" in refused(recording, "--verify", pictures, "--size", "64x64")
    other = tmp_path / "other.rec"
    raw = bytearray(recording.read_bytes())
    other.write_bytes(raw[: len(raw) // 2])
    assert "is not a recording" in refused(pictures / "frames.json")
    raw[len(raw) // 2] ^= 0xFF
    other.write_bytes(raw)
    assert "is damaged" in refused(other, "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_person_in_a_window_is_recorded_and_replayed_on_either_kind_of_context(url, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    recording = tmp_path / "window.rec"
    with display(WINDOW) as number:
        with shopping(
            url, number, home, "--headset", "desktop", "--record", str(recording)
        ) as process:
            person = XPerson(number)
            eyes = Eyes(person)
            person.wait_for(eyes.inside, 60)
            person.tap("F1")
            person.wait_for(eyes.button)
            person.tap("Escape")
            person.wait_for(eyes.no_button)
            person.press(RIGHT)
            person.move(40, 120)
            person.release(RIGHT)
            person.tap("l")
            person.close_window(eyes.window)
            out, errors = process.communicate(timeout=30)
            assert (process.returncode, out, errors) == (0, "", "")
            person.close()
        assert survey(recording).header.setup.neck is True
        seen, _ = replay(recording, "--out", tmp_path / "glx", "--window", DISPLAY=f":{number}")
    assert seen["same"]
    assert seen["whole"]
    assert seen["pictures"] > 20
    again, _ = replay(recording, "--verify", tmp_path / "glx")
    assert (again["same"], again["frames"]) == (True, seen["frames"])


def test_a_client_that_is_killed_leaves_what_can_be_replayed(url, tmp_path):
    program = Path(__file__).with_name("long_trip.py")
    walk = subprocess.Popen(
        [sys.executable, str(program), url, str(tmp_path)], env=headless(), cwd=tmp_path,
        start_new_session=True,
    )  # fmt: skip
    recording = tmp_path / "long.rec"
    end, frames = time.monotonic() + 90, 0
    try:
        while frames < 150:
            assert time.monotonic() < end
            assert walk.poll() is None
            time.sleep(0.2)
            with contextlib.suppress(Failure):
                frames = survey(recording).frames
    finally:
        os.killpg(walk.pid, signal.SIGKILL)
        walk.wait()
    outcome, errors = replay(recording)
    assert (outcome["same"], outcome["whole"], errors) == (True, False, "")
    assert outcome["frames"] == outcome["frames_recorded"] >= 150


@pytest.mark.soak
def test_a_trip_of_five_minutes_with_all_one_can_do_is_the_same_again(serve, tmp_path):
    """While prices move, shelves are edited, and the server goes away, once with its database."""
    shop = BusyShop(write_busy_store(tmp_path / "busy"), serve)
    program = Path(__file__).with_name("long_trip.py")
    walk = subprocess.Popen(
        [sys.executable, str(program), shop.url, str(tmp_path)], cwd=tmp_path,
        env={**headless(), "PYTHONHASHSEED": "3"}, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        while walk.poll() is None:
            shop.turn()
    finally:
        walk.kill()
        _, errors = walk.communicate()
    assert walk.returncode == 0, errors
    deeds = json.loads((tmp_path / "deeds.json").read_text(encoding="utf-8"))["deeds"]
    assert {name for name in (*STATE, *SEEN_OF_ALL) if not deeds.get(name)} == set()
    assert deeds["stores"] > 2
    assert deeds["lights"] > 2
    assert deeds["prices of tea"] > 5
    recording, pictures = tmp_path / "long.rec", tmp_path / "pictures"
    first, _ = replay(recording, "--out", pictures)
    assert (first["same"], first["whole"], first["frames"]) == (True, True, 9000)
    assert first["seconds"] > 299.0
    facts = json.loads((pictures / "frames.json").read_text(encoding="utf-8"))
    assert facts["size"] == [128, 144]
    assert len({frame["state"] for frame in facts["frames"]}) > 500
    again, _ = replay(recording, "--verify", pictures, PYTHONHASHSEED="4")
    assert (again["same"], again["pictures"]) == (True, first["pictures"])
    with display((400, 400)) as number:
        seen, _ = replay(recording, "--verify", pictures, "--window", DISPLAY=f":{number}")
    assert (seen["same"], seen["pictures"]) == (True, first["pictures"])
    assert recording.stat().st_size < 24 * 1024**2
