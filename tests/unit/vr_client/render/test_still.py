import numpy as np
import pytest

from vr_client.frame_packet import EyeView, LabelUpdate
from vr_client.render.still import render_still
from vr_client.space.pose import look_at

pytestmark = pytest.mark.gl


def test_one_picture_a_view_in_its_own_size_with_labels_in_all(store):
    scene = store.small_scene()
    centre = scene.labels["centre"][0].astype(float)
    red = np.full((128, 256, 4), (200, 0, 0, 255), dtype=np.uint8)
    views = [
        EyeView(look_at(np.add(centre, (0, 0, 0.2)), centre), (-0.1, 0.1, -0.1, 0.1), size)
        for size in ((40, 30), (30, 20))
    ]
    pictures = render_still(scene, views, samples=1, labels=[LabelUpdate(0, red, 0)])
    assert [picture.shape for picture in pictures] == [(30, 40, 3), (20, 30, 3)]
    for picture in pictures:
        middle = picture[picture.shape[0] // 2, picture.shape[1] // 2]
        assert middle[0] > 180
        assert middle[1] == middle[2] == 0


def test_edges_are_smooth_unless_one_sample_a_pixel_is_asked_for(store):
    view = EyeView(look_at((1.0, 1.3, 1.6), (0.0, 0.9, 0.0)), (-0.6, 0.6, -0.6, 0.6), (120, 120))

    def drawn(**how):
        return render_still(store.small_scene(), [view], **how)[0].astype(int)

    smooth, coarse = drawn(), drawn(samples=1)
    np.testing.assert_array_equal(smooth, drawn(samples=4))
    assert (np.abs(smooth - coarse).max(axis=2) > 12).mean() > 0.01
