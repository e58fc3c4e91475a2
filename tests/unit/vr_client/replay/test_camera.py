"""Cameras: where they stand, what they see, and that no decision knows of them."""

import numpy as np
import pytest

from catalog_sync.model.failure import Failure
from tests.golden.small_scene import small_scene
from tests.unit.vr_client.replay.recorded_visit import record_visit
from vr_client.frame_packet import EyeView, FramePacket
from vr_client.replay.camera import Camera, CameraRenderer, camera_of
from vr_client.replay.command import Wishes, run_replay
from vr_client.space.pose import pose

HEAD = pose((0.5, 1.6, 0.0), 90.0, -10.0)  # looks along -x
SEEN = tuple(
    EyeView(HEAD @ pose((x, 0.0, 0.0)), (-0.8, 0.7, -0.6, 0.5), (640, 480)) for x in (-0.03, 0.03)
)
ROOM = ((-2.0, 0.0, -2.0), (2.0, 3.0, 2.0))


def test_the_shoppers_eyes_see_all_they_saw_in_pictures_of_another_size():
    views = Camera().views(SEEN, (128, 144), ROOM)
    assert [view.size for view in views] == [(128, 144)] * 2
    assert [view.tangents for view in views] == [view.tangents for view in SEEN]
    assert all(
        (one.world_from_eye == two.world_from_eye).all()
        for one, two in zip(views, SEEN, strict=True)
    )


def test_behind_stays_behind_and_in_the_room():
    (view,) = camera_of("behind").views(SEEN, (160, 90), ROOM)
    place = view.world_from_eye[:3, 3]
    assert place[0] == pytest.approx(0.5 + 1.2, abs=1e-9)
    assert place[1] > 1.6
    assert view.tangents[1] / view.tangents[3] == pytest.approx(16 / 9)
    wall = tuple(EyeView(pose((1.8, 1.6, 0.0), 90.0), s.tangents, s.size) for s in SEEN)
    (view,) = camera_of("behind").views(wall, (160, 90), ROOM)
    assert view.world_from_eye[0, 3] == pytest.approx(1.85)


def test_above_looks_down_from_under_the_ceiling():
    (view,) = camera_of("above").views(SEEN, (90, 90), ROOM)
    assert view.world_from_eye[:3, 3] == pytest.approx([0.5, 2.85, 0.0], abs=1e-6)
    assert -view.world_from_eye[:3, 2] == pytest.approx([0.0, -1.0, 0.0], abs=1e-9)


def test_a_place_stays_where_it_is():
    (view,) = camera_of("1,2,-3,90,-30").views(SEEN, (10, 10), ROOM)
    assert view.world_from_eye == pytest.approx(pose((1.0, 2.0, -3.0), 90.0, -30.0))


@pytest.mark.parametrize("words", ["", "beside", "1,2,3", "1,2,3,4,x", "nan,0,0,0,0", "1e9,0,0,0,0",
                                   "0,0,0,900,0"])  # fmt: skip
def test_what_is_no_camera(words):
    with pytest.raises(Failure, match="--camera"):
        camera_of(words)


class Watched:
    def __init__(self):
        self.packets = []

    def load_scene(self, scene):
        self.scene = scene

    def draw(self, packet):
        self.packets.append(packet)
        return tuple(range(1, len(packet.views) + 1))

    def read_eye(self, eye):
        return np.full((4, 4, 3), eye, np.uint8)


def test_only_the_views_of_what_is_drawn_change_and_an_unwanted_frame_still_brings_its_news():
    inner = Watched()
    renderer = CameraRenderer(inner, camera_of("behind"), (4, 4))
    renderer.load_scene(small_scene())
    packet = FramePacket(3, 0.5, SEEN, highlight=2, vignette=0.7)
    assert renderer.draw(packet) == (1,)
    assert renderer.drawn == 1
    (drawn,) = inner.packets
    assert (drawn.highlight, drawn.vignette, drawn.index) == (2, 0.0, 3)
    renderer.wanted = False
    assert renderer.draw(packet) == ()
    assert renderer.drawn == 0
    assert renderer.read_eye(0).shape == (4, 4, 3)
    eyes = CameraRenderer(inner, Camera(), (4, 4))
    eyes.draw(packet)
    assert inner.packets[-1].vignette == 0.7


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"size": "0x4"}, "out of bounds"),
        ({"size": "4"}, "is not a size"),
        ({"size": "99999999999x4"}, "is not a size"),
        ({"camera": "up"}, "is no camera"),
        ({"film": "a.avi"}, "the film is an MP4"),
    ],
)
def test_options_are_read_before_anything_else(tmp_path, options, said):
    wishes = {k: tmp_path / v if k == "film" else v for k, v in options.items()}
    with pytest.raises(Failure, match=said):
        run_replay(Wishes(tmp_path / "none.rec", **wishes), lambda *_: None)


@pytest.mark.gl
def test_every_camera_leads_to_the_same_states(tmp_path):
    record_visit(tmp_path / "a.rec")
    pictures = {}
    for camera in ("eyes", "behind", "above", "0,1.5,1.5,0,-10"):
        wishes = Wishes(
            tmp_path / "a.rec", out=tmp_path / camera[:4], size="32x24", camera=camera,
            film=tmp_path / f"{camera[:4]}.mp4",
        )  # fmt: skip
        outcome = run_replay(wishes, lambda *_: None)
        assert (outcome.difference, outcome.frames) == (None, 40)
        pictures[camera] = (tmp_path / camera[:4] / "pictures.zst").read_bytes()
        assert (tmp_path / f"{camera[:4]}.mp4").stat().st_size > 500
    assert len(set(pictures.values())) == 4
