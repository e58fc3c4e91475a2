"""A person in the window: keys, clicks and the wheel through X, until the shop's books say two."""

import os
import time
from pathlib import Path

import numpy as np
import pytest
from window_person import Eyes, display, shopper_of, shopping
from x_person import RIGHT, WHEEL_UP, XPerson

from server.storage.inspect import held_total
from store_scenes.compile.compiler import compile_scene
from store_scenes.layout.load import load_store
from vr_client.headset.backends.desktop import EYE_HEIGHT_M, HALF_HEIGHT_TANGENT
from vr_client.space.pose import inverse_rigid, pose

pytestmark = pytest.mark.gl

SIZE = (480, 360)


def pixel_of_unit(folder, sku):
    """Where a unit of `sku` is in the window of somebody who just came in."""
    layout = load_store(folder)
    scene = compile_scene(
        layout, layout.products, lambda _path: None, lambda *_progress: None, lit=False
    )
    x, z, yaw = scene.entrance
    eye_from_world = inverse_rigid(pose((x, EYE_HEIGHT_M, z), yaw))
    rows = np.flatnonzero(scene.product_of == scene.skus.index(sku))
    middles = scene.bounds[rows].astype(float).mean(axis=1)
    seen = middles @ eye_from_world[:3, :3].T + eye_from_world[:3, 3]
    right, up, back = seen[np.argmax(seen[:, 2])]  # the front row
    pixels = SIZE[1] / 2.0 / HALF_HEIGHT_TANGENT
    return SIZE[0] / 2.0 - right / back * pixels, SIZE[1] / 2.0 + up / back * pixels


def easy_to_reach(folder):
    """The shopper stands before the first run, whose one shelf is at the height of the chest."""
    for path, before, after in (
        (folder / "store.toml", "entrance_z_mm = 2500", "entrance_z_mm = 1900"),
        (folder / "planograms" / "bay-1.toml", "height_mm = 500", "height_mm = 1200"),
    ):
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")


def left_behind(process):
    """What a client must not leave: processes of its group and shared files."""
    group = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                if os.getpgid(int(entry.name)) == process.pid:
                    words = (entry / "cmdline").read_bytes()
                    group += [words] if words else []  # nothing: ended, and not buried yet
            except OSError:
                continue
    return group, list(Path("/dev/shm").glob(f"endcap-{process.pid}-*"))


def test_a_person_shops_in_the_window(serve, tiny_store, tmp_path):
    easy_to_reach(tiny_store)
    serving = serve()
    home = tmp_path / "home"
    home.mkdir()
    database = tiny_store / ".endcap" / "shop.sqlite"
    with display(SIZE) as number, shopping(serving.url, number, home) as process:
        person = XPerson(number)
        eyes = Eyes(person)
        assert eyes.size == SIZE
        person.wait_for(eyes.inside, 60)

        # Point at a product, read its card, turn the wheel to two, put them in.
        person.click(*pixel_of_unit(tiny_store, "RICE"))
        x, y = person.wait_for(eyes.button)
        person.click(x, y - 30, button=WHEEL_UP)
        person.click(x, y)

        def in_cart():
            held = held_total(database, shopper_of(home))
            return (held.unit_count, held.cart_total_minor)

        person.wait_for(lambda: in_cart() == (2, 18000))

        # Every panel opens and closes by its key.
        person.tap("Escape")
        person.wait_for(eyes.no_button)
        for opens, closes in (("Tab", "Tab"), ("i", "Escape"), ("F1", "Escape")):
            person.tap(opens)
            person.wait_for(eyes.button)
            person.tap(closes)
            person.wait_for(eyes.no_button)

        # Walking and looking around change the whole view.
        def changed_by(act):
            before = eyes.look()
            act()
            person.wait_for(lambda: (np.abs(eyes.look() - before).max(axis=2) > 8).mean() > 0.2)

        person.move(240, 120)
        changed_by(lambda: person.hold("w"))
        person.let_go("w")
        time.sleep(0.5)
        person.press(RIGHT)
        changed_by(lambda: person.move(40, 120))
        person.release(RIGHT)

        person.close_window(eyes.window)
        out, errors = process.communicate(timeout=20)
        assert (process.returncode, out) == (0, "")
        assert errors == "endcap: SteamVR is not installed here, so the shop opens in a window.\n"
        person.wait_for(lambda: left_behind(process) == ([], []), 5)
        assert in_cart() == (2, 18000)
        person.close()
