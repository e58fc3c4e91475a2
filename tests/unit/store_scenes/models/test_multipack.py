import numpy as np
import pytest

from catalog_sync.model.product import Product
from store_scenes.models.packages import package_mesh, package_mesh_key
from store_scenes.models.shapes.kinds.multipack import count_of
from store_scenes.models.shapes.shape import TRIANGLES_MAX


def pack(name, size_text="", size=(200, 226, 134), category=""):
    return Product(
        sku="M", names={"en": name}, brand="B", category=category, package="multipack",
        dimensions_mm=size, size_text=size_text,
    )  # fmt: skip


def facts(product):
    return package_mesh_key(product)[1]


@pytest.mark.parametrize(
    ("name", "size_text", "count"),
    [
        ("Cola", "6 x 355 ml", 6), ("Cola", "6×330ml", 6), ("Yogurt drink", "65 ml x 5", 5),
        ("Ramen", "120 g x 5", 5), ("라면 5입", "600 g", 5), ("Tissue", "30 m x 12", 12),
        ("Beer 12 pack", "", 12), ("Beer, 6 Cans", "330 ml", 6), ("샘물 6병", "2 L", 6),
        ("Beer 12-pack", "", 12), ("Water, pack of 8", "", 8), ("Facial Tissues, 3", "", 3),
        ("Toilet paper", "24 rolls", 24), ("Juice", "1.5 L", 0), ("Juice", "200 ml", 0),
    ],
)  # fmt: skip
def test_the_count_is_read_from_the_words(name, size_text, count):
    assert count_of(pack(name, size_text)) == count


@pytest.mark.parametrize(
    ("product", "form", "count"),
    [
        (pack("Spring water", "6 x 2 L", (315, 312, 210)), "bottles", 6),
        (pack("Cola", "6 x 355 ml", (198, 124, 132)), "cans", 6),
        (pack("Lager, 6 bottles", "330 ml", (198, 124, 132)), "bottles", 6),
        (pack("Yogurt drink", "65 ml x 5", (200, 92, 45)), "bottles", 5),
        (pack("Ramen", "120 g x 5", (260, 115, 165)), "brick", 5),
        (pack("Toilet tissue", "30 m x 12", (330, 235, 220)), "rolls", 12),
        (pack("Lager", "24 x 330 ml", (400, 124, 264)), "brick", 8),
    ],
)
def test_the_form_comes_from_words_and_size(product, form, count):
    assert (facts(product).form, facts(product).count) == (form, count)


@pytest.mark.parametrize("count", [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
@pytest.mark.parametrize("unit", ["bottles", "cans"])
def test_any_number_of_units_stays_within_the_budget_and_the_box(count, unit):
    product = pack(f"Drink, {count} {unit}", size=(264, 200, 132))
    assert (facts(product).form, facts(product).count) == (unit, count)
    mesh = package_mesh(product)
    assert len(mesh.indices) // 3 <= TRIANGLES_MAX
    position = mesh.vertices["position"].astype(float) * 1000
    assert np.allclose(position.max(axis=0), (132, 200, 66), atol=0.01)
    assert np.allclose(position.min(axis=0), (-132, 0, -66), atol=0.01)
