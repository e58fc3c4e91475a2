import numpy as np
import pytest

from catalog_sync.model.product import Product
from store_scenes.models.packages import package_mesh, package_mesh_key
from store_scenes.models.shapes.kinds.produce import FORMS, form_of
from store_scenes.models.shapes.shape import TRIANGLES_MAX

FORM_NAMES = ["round", *dict.fromkeys(line.partition(":")[0] for line in FORMS.strip().split("\n"))]


def loose(name, size=(80, 90, 80), category="fresh", colour=""):
    return Product(
        sku=name, names={"en": name}, brand="B", category=category, package="produce",
        dimensions_mm=size, colour=colour,
    )  # fmt: skip


def of_form(form, size=(80, 90, 80)):
    words = {f: w for f, _, w in (line.partition(":") for line in FORMS.strip().split("\n"))}
    return loose(words.get(form, "Durian").split(",")[0].strip(), size)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Fuji Apple", "apple"), ("Pineapple", "pineapple"), ("배", "pear"), ("배추", "napa"),
        ("양배추", "cabbage"), ("Napa Cabbage", "napa"), ("Savoy Cabbage", "cabbage"),
        ("감자", "potato"), ("감귤", "citrus"), ("단감", "persimmon"), ("감", "persimmon"),
        ("고구마", "sweet-potato"), ("무", "radish"), ("무화과", "kiwi"), ("애호박", "courgette"),
        ("단호박", "pumpkin"), ("Watermelon", "watermelon"), ("머스크멜론", "melon"),
        ("Oriental Melon", "oriental-melon"), ("Cherry Tomatoes", "tomato"), ("Durian", "round"),
    ],
)  # fmt: skip
def test_the_form_comes_from_the_words(name, form):
    assert form_of(loose(name)) == form


def test_the_category_speaks_where_the_name_does_not():
    assert form_of(loose("Gala", category="Apples")) == "apple"
    assert form_of(loose("Gala", category="Fruit")) == "round"


@pytest.mark.parametrize("form", FORM_NAMES)
@pytest.mark.parametrize("size", [(80, 90, 80), (46, 190, 46), (190, 80, 90)])
def test_every_form_is_sound_and_fills_its_box(form, size):
    product = of_form(form, size)
    assert form_of(product) == form
    mesh = package_mesh(product)
    position = mesh.vertices["position"].astype(float) * 1000
    assert np.allclose(position.max(axis=0), (size[0] / 2, size[1], size[2] / 2), atol=0.01)
    assert np.allclose(position.min(axis=0), (-size[0] / 2, 0, -size[2] / 2), atol=0.01)
    assert len(mesh.indices) // 3 <= TRIANGLES_MAX
    assert np.allclose(np.linalg.norm(mesh.vertices["normal"], axis=1), 1, atol=1e-5)
    assert mesh.vertices["uv"].min() >= 0
    assert mesh.vertices["uv"].max() <= 1


@pytest.mark.parametrize("form", FORM_NAMES)
def test_every_form_shades_the_way_it_faces(form):
    mesh = package_mesh(of_form(form))
    corner = mesh.vertices["position"].astype(float)[mesh.indices.reshape(-1, 3)]
    face = np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0])
    shading = mesh.vertices["normal"].astype(float)[mesh.indices.reshape(-1, 3)].sum(axis=1)
    area = np.linalg.norm(face, axis=1)
    against = area[np.einsum("ij,ij->i", face, shading) <= 0].sum()
    assert against < 0.02 * area.sum()


def test_colour_stays_in_the_art_except_for_leaves():
    red, green = (loose("Apple", colour=c) for c in ("#c8362c", "#8fb53a"))
    assert package_mesh_key(red) == package_mesh_key(green)
    red, green = (loose("Lettuce", colour=c) for c in ("#7a3a4a", "#6fae3d"))
    assert package_mesh_key(red) != package_mesh_key(green)
