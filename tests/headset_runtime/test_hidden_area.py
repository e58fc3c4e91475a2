"""What each lens hides (getHiddenAreaMesh), in the pictures that the compositor is given."""

import numpy as np
import pytest
from simulated_runtime import HEAD
from wearing import draw_plainly

from tests.golden.small_scene import small_scene
from tests.unit.vr_client.replay.recorded_visit import MadeShop
from vr_client.assemble import build_app
from vr_client.frame_loop import run_frame
from vr_client.headset.registry import create
from vr_client.labels.draw import draw_label
from vr_client.render.renderer import Renderer
from vr_client.replay.player import Player
from vr_client.replay.recorder import Recorder
from vr_client.replay.recording import Recording
from vr_client.space.pose import pose

# Lower left and upper right of the left eye, lower right of the right one.
LEFT = np.array([[[0, 0], [0.3, 0], [0, 0.4]], [[1, 1], [0.7, 1], [1, 0.6]]], np.float32)
RIGHT = np.array([[[1, 0], [0.6, 0], [1, 0.5]]], np.float32)


@pytest.fixture
def lenses(headset):
    for eye, triangles in enumerate((LEFT, RIGHT)):
        headset.hidden[eye][: triangles.size] = triangles.ravel().tolist()
        headset.hidden_count[eye] = len(triangles)
    headset.place(HEAD, pose((-0.10, 1.30, 1.05), 14.0, -6.0))
    return headset


def corner(eye, size):
    """(h, w) pixels that are wholly in a triangle, and those wholly outside all; top row first.

    Each triangle is the corner of the picture cut off by one line.
    """
    width, height = size
    inside, outside = np.zeros((height, width), bool), np.ones((height, width), bool)
    x, y = np.meshgrid((np.arange(width) + 0.5) / width, 1 - (np.arange(height) + 0.5) / height)
    pixel = np.array([1 / width, 1 / height])
    for (x0, y0), (x1, _), (_, y2) in (LEFT, RIGHT)[eye]:
        away = np.abs(x - x0) / abs(x1 - x0) + np.abs(y - y0) / abs(y2 - y0)
        across = float((pixel / [abs(x1 - x0), abs(y2 - y0)]).sum())
        inside |= away < 1.0 - across
        outside &= away > 1.0 + across
    return inside, outside


def pictures(headset):
    return [eye.picture()[..., :3].astype(int) for eye in headset.eyes]


@pytest.mark.parametrize("samples", [0, 4])
def test_it_is_black_and_the_rest_is_as_it_was(lenses, graphics, samples):
    renderer = Renderer(graphics, samples=samples)
    renderer.load_scene(small_scene())
    taken = []
    for counts in ((2, 1), (0, 0)):
        lenses.hidden_count[:] = counts
        backend = create("openvr", after_submit=graphics.settle)
        backend.open()
        for _ in range(2):
            backend.poll()
            backend.end_frame(draw_plainly(renderer, backend.begin_frame()))
        taken.append(pictures(lenses))
        backend.close()
    renderer.release()
    for eye, (masked, whole) in enumerate(zip(*taken, strict=True)):
        inside, outside = corner(eye, (96, 112))
        assert inside.sum() > 500
        assert masked[inside].max() == 0
        assert whole[inside].max() > 30
        np.testing.assert_array_equal(masked[outside], whole[outside])
    assert (lenses.faults, lenses.fault) == (0, b"")


def test_it_is_black_in_the_shop_while_a_trip_is_recorded_and_whole_in_its_replay(
    lenses, graphics, tmp_path
):
    path = tmp_path / "trip.rec"
    backend = create("openvr", after_submit=graphics.settle)
    backend.open()
    recorder = Recorder(path)
    app = build_app(backend, MadeShop(), graphics, samples=1, recording=recorder)
    for _ in range(4):
        assert run_frame(app)
    for eye, picture in enumerate(pictures(lenses)):
        inside, outside = corner(eye, (96, 112))
        assert picture[inside].max() == 0
        assert picture[outside].std() > 5.0
    recorder.close()
    app.renderer.release()
    backend.close()
    with Recording(path) as recording:
        renderer = Renderer(graphics, samples=1)
        player = Player(recording.header, renderer, draw_label)
        frames = list(player.play(recording.frames()))
        assert (len(frames), player.difference) == (4, None)
        inside, _ = corner(0, (96, 112))
        assert renderer.read_eye(0)[inside].max() > 30
        renderer.release()
