"""`endcap shop` in a headset and its window: a controller points, keys add, SteamVR dies."""

import os
import subprocess

import numpy as np
import openvr
import pytest
from conftest import endcap
from simulated_runtime import RIGHT
from test_desktop_window import easy_to_reach, left_behind
from window_person import Eyes, display, shopper_of, shopping
from x_person import XPerson

from server.storage.inspect import held_total
from store_scenes.compile.compiler import compile_scene
from store_scenes.layout.load import load_store
from tests.headset_runtime.conftest import headset, steamvr  # noqa: F401 - fixtures
from vr_client.space.pose import inverse_rigid, look_at, pose, transform_point

pytestmark = pytest.mark.gl


def pointing_at(folder, sku):
    """A right hand, in the play space of somebody who just came in, that points at a `sku`."""
    layout = load_store(folder)
    scene = compile_scene(
        layout, layout.products, lambda _path: None, lambda *_progress: None, lit=False
    )
    x, z, yaw = scene.entrance
    play_from_world = inverse_rigid(pose((x, 0.0, z), yaw))
    rows = np.flatnonzero(scene.product_of == scene.skus.index(sku))
    middles = scene.bounds[rows].astype(float).mean(axis=1)
    seen = [transform_point(play_from_world, middle) for middle in middles]
    front = max(seen, key=lambda point: point[2])
    return look_at((-0.2, 1.5, -0.1), front)  # past the chip, which hangs before the chest


@pytest.mark.parametrize("asked", ["auto", "openvr"])
def test_a_person_shops_in_a_headset_and_goes_on_in_the_window(
    headset, serve, tiny_store, tmp_path, asked  # noqa: F811 - fixtures
):  # fmt: skip
    easy_to_reach(tiny_store)
    headset.width, headset.height = 160, 184
    headset.place(0, pose((0.0, 1.6, 0.0)))
    headset.place(RIGHT, pointing_at(tiny_store, "RICE"))
    serving, home = serve(), tmp_path / "home"
    home.mkdir()
    database = tiny_store / ".endcap" / "shop.sqlite"

    def in_cart():
        held = held_total(database, shopper_of(home))
        return (held.unit_count, held.cart_total_minor)

    with (
        display((800, 600)) as number,
        shopping(serving.url, number, home, "--headset", asked) as process,
    ):
        person = XPerson(number)
        eyes = Eyes(person)
        person.wait_for(eyes.inside, 60)
        left = headset.eyes[0].picture()[..., :3]
        assert left.std() > 5.0
        assert abs(eyes.look().mean() - left.mean()) < 25.0

        def goes_by(frames):
            last = headset.waits + frames
            person.wait_for(lambda: headset.waits >= last)

        fingers = headset.controllers("knuckles")
        before = headset.eyes[0].picture().astype(int)
        fingers.press("right", "trigger")
        goes_by(3)
        fingers.release("right", "trigger")
        person.wait_for(
            lambda: (np.abs(headset.eyes[0].picture().astype(int) - before) > 30).mean() > 0.02
        )
        person.look_at(eyes.window)
        person.tap("Return")
        person.wait_for(lambda: in_cart() == (1, 9000))

        if asked == "auto":
            headset.send(openvr.VREvent_Quit)
        else:
            headset.dead = 1
        person.wait_for(lambda: headset.cleanups == 1)
        assert headset.order.endswith("qs" if asked == "auto" else "s")
        person.wait_for(eyes.button)  # the card that was open, large in the window now
        person.taps("Escape", 3)
        person.wait_for(eyes.no_button)
        person.tap("/")
        person.write("tea")
        person.tap("Return")
        person.wait_for(eyes.button)
        person.tap("Return")
        person.wait_for(lambda: in_cart() == (2, 10500))

        person.close_window(eyes.window)
        out, errors = process.communicate(timeout=20)
        assert (process.returncode, out, errors) == (0, "", "")
        person.wait_for(lambda: left_behind(process) == ([], []), 5)
        assert (headset.inits, headset.cleanups) == (1, 1)
        assert (headset.faults, headset.fault) == (0, b"")
        person.close()


def test_without_a_display_a_headset_shops_alone(
    headset, serve, tiny_store, tmp_path  # noqa: F811 - fixtures
):  # fmt: skip
    """Off screen (EGL) as before, until SteamVR wants it to end."""
    headset.place(0, pose((0.0, 1.6, 0.0)))
    serving = serve()
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state"),
                   "XDG_CACHE_HOME": str(tmp_path / "cache")}  # fmt: skip
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        environment.pop(name, None)
    process = subprocess.Popen(
        [endcap(), "shop", "--server", serving.url, "--no-tutorial"],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        XPerson.wait_for(None, lambda: headset.eyes[1].submits > 5)
        headset.send(openvr.VREvent_Quit)
        out, errors = process.communicate(timeout=30)
    finally:
        process.kill()
    assert (process.returncode, out, errors) == (0, "", "")
    assert headset.order.endswith("qs")
    assert (headset.faults, headset.fault) == (0, b"")
