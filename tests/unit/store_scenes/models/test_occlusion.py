import numpy as np

from store_scenes.models.mesh import VERTEX
from store_scenes.models.occlusion import openness


def mesh(*quads):
    """Quads of four corners each, counter-clockwise from outside, with flat normals."""
    vertices, indices = [], []
    for quad in quads:
        corners = np.array(quad, float)
        normal = np.cross(corners[1] - corners[0], corners[2] - corners[0])
        start = len(vertices)
        vertices += [(corner, normal / np.linalg.norm(normal)) for corner in corners]
        indices += [start, start + 1, start + 2, start, start + 2, start + 3]
    rows = np.zeros(len(vertices), VERTEX)
    rows["position"] = [position for position, _ in vertices]
    rows["normal"] = [normal for _, normal in vertices]
    return rows, np.array(indices, np.uint32)


def floor(y, half):
    return [(-half, y, half), (half, y, half), (half, y, -half), (-half, y, -half)]


def test_what_lies_open_is_open():
    assert openness(*mesh(floor(0.0, 1.0))).min() >= 252


def test_what_lies_under_a_roof_is_dark_and_the_roof_is_not():
    vertices, indices = mesh(floor(0.0, 0.5), floor(0.2, 2.0))
    shade = openness(vertices, indices)
    assert shade[:4].max() < 120
    assert shade[4:].min() >= 252


def test_nothing_is_wholly_dark_and_the_same_comes_out_every_time():
    vertices, indices = mesh(floor(0.0, 0.1), floor(0.01, 5.0))
    one, two = openness(vertices, indices), openness(vertices, indices)
    assert one.min() >= round(255 * 0.35)
    assert np.array_equal(one, two)


def test_a_wall_shades_the_foot_before_it_more_than_what_is_far():
    wall = [(-1, 0, 0), (1, 0, 0), (1, 1, 0), (-1, 1, 0)]
    near, far = floor(0.0, 0.2), floor(0.0, 0.2)
    move = lambda quad, z: [(x, y, pz + z) for x, y, pz in quad]  # noqa: E731 - two words
    vertices, indices = mesh(wall, move(near, 0.25), move(far, 1.5))
    shade = openness(vertices, indices).astype(int)
    assert shade[4:8].min() < shade[8:].min() - 15
