"""The contract of the family of package shapes, run over its registry."""

import itertools
import typing

import msgspec
import numpy as np
import pytest

from catalog_sync.model.product import PackageShape, Product
from store_scenes.models.geometry import WHITE_UV, MeshBuilder
from store_scenes.models.mesh import ART_SIZE, VERTEX
from store_scenes.models.packages import (
    fit_exactly,
    package_mesh,
    package_mesh_key,
    package_panels,
)
from store_scenes.models.scheme import scheme_of
from store_scenes.models.shapes.registry import SHAPES
from store_scenes.models.shapes.shape import TRIANGLES_MAX
from store_scenes.models.thinning import LOST_M

SIZES = [(66, 122, 66), (190, 270, 65), (70, 235, 70), (84, 40, 84), (40, 180, 30), (300, 90, 120)]
WORDS = {
    "bottle": ("Orange juice", "Dish soap", "Chili sauce"),
    "multipack": ("Spring Water 6 bottles", "Lager 6 cans", "Ramen", "Toilet paper 12 rolls"),
    "pouch": ("Sausages", "Coffee", "Detergent refill"),
    "tray": ("Lasagne", "Tofu", "Beef", "Strawberries", "Eggs"),
    "tub": ("Yogurt", "Noodles", "Kimchi"),
}
CASES = [
    pytest.param(shape, size, words, id=f"{shape}-{'x'.join(map(str, size))}-{words.split()[0]}")
    for shape, size in itertools.product(SHAPES, SIZES)
    for words in WORDS.get(shape, ("Milk",))
]


def made(shape, size, words="Milk", sku="S1"):
    return Product(
        sku=sku, names={"en": words}, brand="B", category="C", package=shape, dimensions_mm=size
    )


def facts(shape, size, words="Milk", sku="S1"):
    product = made(shape, size, words, sku)
    return SHAPES[shape].facts(product, scheme_of(product))


def build(shape, size, words="Milk", sku="S1"):
    builder = MeshBuilder()
    SHAPES[shape].build(builder, facts(shape, size, words, sku))
    made = builder.finish()
    return made.vertices, made.indices


def test_every_package_of_the_catalogue_has_a_shape():
    assert set(SHAPES) == set(typing.get_args(PackageShape)) - {"model"}


@pytest.mark.parametrize(("shape", "size", "words"), CASES)
def test_fills_its_box_and_stands_on_its_base(shape, size, words):
    vertices, _ = build(shape, size, words)
    position = fit_exactly(vertices, size)["position"].astype(float) * 1000
    assert np.allclose(position.max(axis=0), (size[0] / 2, size[1], size[2] / 2), atol=0.01)
    assert np.allclose(position.min(axis=0), (-size[0] / 2, 0, -size[2] / 2), atol=0.01)


@pytest.mark.parametrize(("shape", "size", "words"), CASES)
def test_is_a_sound_mesh_within_its_budget(shape, size, words):
    vertices, indices = build(shape, size, words)
    assert vertices.dtype == VERTEX
    assert indices.dtype == np.uint32
    assert 0 < len(indices) // 3 <= TRIANGLES_MAX
    assert indices.max() < len(vertices)
    for field in ("position", "normal", "uv"):
        assert np.isfinite(vertices[field]).all()
    assert np.allclose(np.linalg.norm(vertices["normal"], axis=1), 1, atol=1e-5)
    assert vertices["uv"].min() >= 0
    assert vertices["uv"].max() <= 1
    assert (vertices["colour"][:, 3] == 255).all()


@pytest.mark.parametrize(("shape", "size", "words"), CASES)
def test_faces_outwards_and_shades_the_way_it_faces(shape, size, words):
    vertices, indices = build(shape, size, words)
    corner = vertices["position"].astype(float)[indices.reshape(-1, 3)]
    face = np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0])
    volume = np.einsum("ij,ij->i", corner[:, 0], np.cross(corner[:, 1], corner[:, 2])).sum() / 6
    box = np.prod(np.array(size) / 1000)
    assert 0.2 * box < volume < 1.001 * box
    shading = vertices["normal"].astype(float)[indices.reshape(-1, 3)].sum(axis=1)
    facing = np.einsum("ij,ij->i", face, shading) > 0
    area = np.linalg.norm(face, axis=1)
    assert area[~facing].sum() < 0.005 * area.sum()


# The rims of what is set on a closed body: a pull tab; a screw cap, the folds and the fin; a band.
OPEN_EDGES = {"can": 12, "carton": 50, "tray": 24}


@pytest.mark.parametrize("shape", SHAPES)
def test_has_no_holes(shape):
    vertices, indices = build(shape, (80, 200, 70))
    _, place = np.unique(np.round(vertices["position"], 6), axis=0, return_inverse=True)
    corner = place[indices.reshape(-1, 3)]
    edges = np.sort(np.concatenate([corner[:, [0, 1]], corner[:, [1, 2]], corner[:, [2, 0]]]))
    _, count = np.unique(edges, axis=0, return_counts=True)
    assert (count == 1).sum() == OPEN_EDGES.get(shape, 0)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("size", SIZES)
def test_panels_lie_inside_the_art_apart_from_each_other_and_from_the_white_patch(shape, size):
    used = np.zeros((ART_SIZE, ART_SIZE), int)
    used[-8:, -8:] += 1
    for panel in SHAPES[shape].panels(facts(shape, size)):
        assert panel.x >= 0
        assert panel.y >= 0
        assert panel.x + panel.width <= ART_SIZE
        assert panel.y + panel.height <= ART_SIZE
        used[panel.y : panel.y + panel.height, panel.x : panel.x + panel.width] += 1
    assert used.max() == 1
    assert SHAPES[shape].panels(facts(shape, size))[0].face == (
        "skin" if shape == "produce" else "front"
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_the_middle_of_the_front_shows_the_middle_of_the_front_panel(shape):
    size = (80.0, 200.0, 70.0)
    vertices, _ = build(shape, size)
    panel = SHAPES[shape].panels(facts(shape, size))[0]
    u0, v0 = panel.uv(0.0, 0.0)
    u1, v1 = panel.uv(1.0, 1.0)
    front = vertices[
        (vertices["normal"][:, 2] > 0.8) & ~np.isclose(vertices["uv"], WHITE_UV).all(1)
    ]
    u, v = front["uv"][:, 0], front["uv"][:, 1]
    inside = front[(u >= u0 - 1e-6) & (u <= u1 + 1e-6) & (v >= v0 - 1e-6) & (v <= v1 + 1e-6)]
    assert len(inside) >= 4
    # u grows with x, so that text reads from left to right; v grows downwards.
    across = np.corrcoef(inside["position"][:, 0], inside["uv"][:, 0])[0, 1]
    down = np.corrcoef(inside["position"][:, 1], inside["uv"][:, 1])[0, 1]
    assert across > 0.95
    assert down < -0.95
    assert inside["uv"][:, 0].min() + inside["uv"][:, 0].max() == pytest.approx(u0 + u1, abs=0.002)
    assert np.ptp(inside["uv"][:, 1]) > 0.5 * (v1 - v0)


def test_equal_products_give_equal_bytes_and_bags_crease_differently():
    first, again, other = (build("bag", (180, 260, 70), sku=sku)[0] for sku in ("A", "A", "B"))
    assert first.tobytes() == again.tobytes()
    assert first.tobytes() != other.tobytes()


@pytest.mark.parametrize("shape", SHAPES)
def test_products_of_one_size_and_colour_share_a_mesh_and_its_panels(shape):
    one, two = (made(shape, (80.0, 200.0, 70.0), sku=sku) for sku in ("S1", "S4"))
    nearly = msgspec.structs.replace(one, dimensions_mm=(80.4, 200.9, 70.2))
    assert package_mesh_key(one) == package_mesh_key(nearly)
    assert package_panels(one) == package_panels(nearly)
    mesh, same = package_mesh(one), package_mesh(nearly)
    assert mesh.key == same.key == package_mesh_key(one)
    assert mesh.vertices.tobytes() == same.vertices.tobytes()
    assert mesh.indices.tobytes() == same.indices.tobytes()
    larger = msgspec.structs.replace(one, dimensions_mm=(80.0, 201.0, 70.0))
    assert package_mesh_key(larger) != package_mesh_key(one)
    assert hash(package_mesh_key(two)) == hash(package_mesh_key(two))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shared_mesh_never_leaves_the_box_of_any_product_that_shares_it(shape):
    size = np.array([80.9, 200.5, 70.1])
    position = package_mesh(made(shape, tuple(size))).vertices["position"].astype(float) * 1000
    assert (np.abs(position[:, [0, 2]]) <= size[[0, 2]] / 2 + 1e-3).all()
    assert position[:, 1].min() == pytest.approx(0.0, abs=1e-3)
    assert size[1] - 1 < position[:, 1].max() <= size[1] + 1e-3


# ---------------------------------------------------------------- levels of detail


# One body each; the others have parts that stand on one another or are open where none sees.
CLOSED = {"bag", "bottle", "box", "jar", "pouch", "tub"}


def levels(made_mesh):
    lists = made_mesh.levels
    return [
        lists.indices[first : first + count]
        for first, count in zip(lists.first, lists.count, strict=True)
    ]


def uneven_edges(vertices, indices):
    """How many edges, by place, are not run along as often one way as the other: cracks."""
    _, place = np.unique(np.round(vertices["position"], 6), axis=0, return_inverse=True)
    corner = place.reshape(-1)[indices.reshape(-1, 3)]
    edges = np.concatenate([corner[:, [0, 1]], corner[:, [1, 2]], corner[:, [2, 0]]])
    way = np.where(edges[:, 0] < edges[:, 1], 1, -1)
    _, edge = np.unique(np.sort(edges), axis=0, return_inverse=True)
    return int(np.count_nonzero(np.bincount(edge.reshape(-1), way)))


@pytest.mark.parametrize(("shape", "size", "words"), CASES)
def test_no_level_is_longer_than_the_one_before_it_nor_names_a_vertex_that_is_not_there(
    shape, size, words
):
    mesh = package_mesh(made(shape, size, words))
    counts = [len(one) for one in levels(mesh)]
    assert len(counts) == 1 + len(LOST_M)
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1] >= 3 * 12
    assert mesh.levels.indices.max() < len(mesh.vertices)
    for one in levels(mesh):
        corner = mesh.vertices["position"][one.reshape(-1, 3)].astype(float)
        assert (np.linalg.norm(np.diff(corner, axis=1), axis=2) > 0).all()


@pytest.mark.parametrize(("shape", "size", "words"), CASES)
def test_every_level_keeps_the_extent_of_the_mesh(shape, size, words):
    mesh = package_mesh(made(shape, size, words))
    fine, *coarse = (mesh.vertices["position"][one].astype(float) for one in levels(mesh))
    for lost_m, worn in zip(LOST_M, coarse, strict=True):
        # A row and a column may go: what either costs adds up.
        assert np.allclose(worn.min(axis=0), fine.min(axis=0), rtol=0, atol=1.5 * lost_m)
        assert np.allclose(worn.max(axis=0), fine.max(axis=0), rtol=0, atol=1.5 * lost_m)
        assert (np.ptp(worn, axis=0) >= 0.6 * np.ptp(fine, axis=0)).all()


@pytest.mark.parametrize(("shape", "size", "words"), CASES)
def test_no_level_has_a_crack_that_the_finest_has_not(shape, size, words):
    mesh = package_mesh(made(shape, size, words))
    fine, *coarse = (uneven_edges(mesh.vertices, one) for one in levels(mesh))
    if shape in CLOSED:
        assert fine == 0
    assert max(coarse) <= fine


@pytest.mark.parametrize(("shape", "size", "words"), CASES)
def test_every_level_shows_the_whole_front_panel(shape, size, words):
    mesh = package_mesh(made(shape, size, words))
    panel = package_panels(made(shape, size, words))[0]
    first, last = panel.uv(0.0, 0.0) - 1e-6, panel.uv(1.0, 1.0) + 1e-6
    ends = []
    for one in levels(mesh):
        uv = mesh.vertices["uv"][one]
        uv = uv[((uv >= first) & (uv <= last)).all(axis=1)]
        ends.append(np.concatenate([uv.min(axis=0), uv.max(axis=0)]))
    for worn in ends[1:]:
        assert np.allclose(worn, ends[0], rtol=0, atol=1e-6)


@pytest.mark.parametrize(("shape", "size", "words"), CASES)
def test_every_level_faces_outwards(shape, size, words):
    mesh = package_mesh(made(shape, size, words))
    volumes = []
    for one in levels(mesh):
        corner = mesh.vertices["position"].astype(float)[one.reshape(-1, 3)]
        cross = np.cross(corner[:, 1], corner[:, 2])
        volumes.append(np.einsum("ij,ij->i", corner[:, 0], cross).sum() / 6)
    assert volumes[1] == pytest.approx(volumes[0], rel=0.05)
    assert volumes[2] == pytest.approx(volumes[0], rel=0.15)
    # A circle in four chords has 0.64 of its area.
    assert 0.5 * volumes[0] < volumes[-1] < 1.05 * volumes[0]


def test_levels_get_shorter_by_about_half_and_the_last_is_an_outline():
    counts = np.array([[len(one) / 3 for one in levels(package_mesh(made(*case.values)))]
                       for case in CASES])  # fmt: skip
    mean = counts.mean(axis=0)
    assert (mean[1:] < np.array([0.75, 0.5, 0.25, 0.08]) * mean[0]).all()
    assert counts[:, -1].max() <= 320
