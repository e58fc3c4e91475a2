import numpy as np
import pytest

from catalog_sync.model.product import Product
from store_scenes.models.art import draw_art
from store_scenes.models.packages import package_panels

NAMES = (
    ("감자칩", "Potato chips", "chips & snacks", "bag", (180, 250, 70)),
    ("신선우유", "Fresh milk", "milk", "carton", (74, 235, 74)),
    ("토마토소스", "Tomato sauce", "sauces", "jar", (78, 120, 78)),
    ("콜라", "Cola", "soft drinks", "can", (66, 122, 66)),
    ("그래놀라", "Granola", "breakfast cereal", "box", (190, 275, 80)),
    ("샘물", "Spring water", "water", "bottle", (66, 225, 66)),
)


def products():
    return [
        Product(
            sku=f"S{i}", names={"ko": ko, "en": en}, brand="고을 Goeul", category=category,
            package=shape, dimensions_mm=size, size_text="500 g",
        )
        for i, (ko, en, category, shape, size) in enumerate(NAMES)
    ]  # fmt: skip


@pytest.mark.parametrize("size", [64, 128, 256, 512, 1024])
def test_every_size_has_its_white_patch(size):
    one = products()[0]
    art = draw_art(one, package_panels(one), size=size)
    assert art.shape == (size, size, 4)
    patch = size // 64
    assert (art[-patch:, -patch:] == 255).all()
    assert (art[..., 3] == 255).all()


@pytest.mark.parametrize("product", products(), ids=lambda product: product.package)
def test_the_far_art_is_the_near_art_made_small(product):
    panels = package_panels(product)
    near = draw_art(product, panels, size=512)[..., :3].astype(float)
    far = draw_art(product, panels, size=128)[..., :3].astype(float)
    shrunk = near.reshape(128, 4, 128, 4, 3).mean(axis=(1, 3))
    for panel in panels:
        inside = (
            slice(panel.y // 4 + 1, (panel.y + panel.height) // 4 - 1),
            slice(panel.x // 4 + 1, (panel.x + panel.width) // 4 - 1),
        )
        mean = np.abs(shrunk[inside].mean(axis=(0, 1)) - far[inside].mean(axis=(0, 1))).max()
        assert mean < 8, panel.face
        # Small print becomes grey lines, so backs and sides differ more pixel by pixel.
        bound = 14 if panel.face == "front" else 22
        assert np.abs(shrunk[inside] - far[inside]).mean() < bound, panel.face
