import numpy as np
import pytest
import zxingcpp

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.models.art import draw_art, draw_sign, front_picture
from store_scenes.models.art.backs import ean13_modules, symbol_digits
from store_scenes.models.art.text import LEADING, fit_text, text_width
from store_scenes.models.packages import build_package, package_panels
from store_scenes.models.shapes.registry import SHAPES
from store_scenes.typefaces import missing_glyphs

SIZES = {
    "bag": (180, 260, 70), "bottle": (66, 220, 66), "box": (190, 270, 65),
    "can": (66, 122, 66), "carton": (70, 235, 70), "jar": (80, 110, 80),
}  # fmt: skip


def product(shape="box", name="감자칩", **more):
    facts = {
        "sku": "S1", "names": {"ko": name, "en": "Potato chips"}, "brand": "CRISP & CO.",
        "category": "snacks", "package": shape, "dimensions_mm": SIZES.get(shape, (90, 90, 90)),
        "size_text": "60 g", "gtin": "8801234567893",
    }  # fmt: skip
    return Product(**(facts | more))


@pytest.mark.parametrize("shape", SHAPES)
def test_art_covers_its_layer_and_leaves_the_white_patch(shape):
    art = draw_art(product(shape), package_panels(product(shape)))
    assert art.shape == (512, 512, 4)
    assert art.dtype == np.uint8
    assert (art[..., 3] == 255).all()
    assert (art[-8:, -8:] == 255).all()
    assert len(np.unique(art.reshape(-1, 4), axis=0)) > 200


def test_equal_products_give_equal_art_and_others_do_not():
    panels = package_panels(product())
    assert np.array_equal(draw_art(product(), panels), draw_art(product(), panels))
    assert not np.array_equal(draw_art(product(), panels), draw_art(product(name="김"), panels))


@pytest.mark.parametrize(
    "text",
    [
        "우유",
        "Giovanni Rana, Marinara Sauce With Extra Virgin Olive Oil And Basil Leaves",
        "Supercalifragilisticexpialidociousantidisestablishmentarianism",
        "아주아주아주아주아주아주아주아주아주아주긴이름의과자입니다만띄어쓰기가없습니다",
        "a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j",
    ],
)
@pytest.mark.parametrize(
    ("width", "height"), [(60.0, 30.0), (30.0, 90.0), (200.0, 12.0), (9.0, 9.0)]
)
@pytest.mark.parametrize("size_min", [0.0, 4.0])
def test_text_never_leaves_its_box(text, width, height, size_min):
    fitted = fit_text(text, width, height, "bold", 40.0, 3, size_min)
    assert 1 <= len(fitted.lines) <= 3
    for line in fitted.lines:
        assert text_width(line, "bold") * fitted.size <= width * 1.001
    if fitted.size > size_min:
        assert fitted.size * LEADING * len(fitted.lines) <= height * 1.001
    assert not missing_glyphs("".join(fitted.lines), "bold")


def test_a_name_without_one_drawable_character_leaves_the_place_empty():
    assert fit_text("\U000f0000", 50.0, 20.0, "bold", 20.0, 2, 0.0).lines == ()
    draw_art(product(name="\U000f0000\U000f0000"), package_panels(product()))


def test_lines_are_balanced():
    assert fit_text("Marinara Sauce Classic", 40.0, 40.0, "bold", 40.0, 3, 0.0).lines == (
        "Marinara",
        "Sauce",
        "Classic",
    )


@pytest.mark.parametrize("digits", ["8801234567893", "6291041500213", "0877448001674"])
def test_the_bar_code_scans(digits):
    # In the art a module is about one pixel: drawn here as large as a scanner would see it.
    row = np.array([0 if module == "1" else 255 for module in ean13_modules(digits)], np.uint8)
    symbol = np.kron(np.pad(row, 12, constant_values=255), np.ones((60, 3), np.uint8))
    codes = zxingcpp.read_barcodes(np.ascontiguousarray(symbol))
    assert [code.text for code in codes] == [digits]


def test_bar_code_modules_and_digits():
    # GS1 General Specifications: guards 101, 01010 and 101 about twelve symbols of seven modules.
    modules = ean13_modules("6291041500213")
    assert len(modules) == 95
    assert (modules[:3], modules[45:50], modules[-3:]) == ("101", "01010", "101")
    assert symbol_digits(product(gtin="00877448001674")) == "0877448001674"
    own = symbol_digits(product(gtin=""))
    assert own[0] == "2"
    weighted = sum(int(d) * (1, 3)[i % 2] for i, d in enumerate(own))
    assert weighted % 10 == 0


@pytest.mark.parametrize("shape", [*SHAPES, "model"])
def test_front_picture(shape):
    picture = front_picture(product(shape))
    assert picture.shape == (256, 256, 4)
    assert (picture[..., 3] == 255).all()
    assert len(np.unique(picture.reshape(-1, 4), axis=0)) > 100


def test_sign():
    sign = draw_sign(["과자와 음료", "Snacks & drinks"])
    assert sign.shape == (512, 512, 4)
    assert (sign[..., 3] == 255).all()
    assert not np.array_equal(sign, draw_sign(["과자와 음료"]))
    assert draw_sign([]).shape == (512, 512, 4)


def test_build_package_joins_shape_and_art():
    mesh = build_package(product("can"))
    position = mesh.vertices["position"].astype(float) * 1000
    assert np.allclose(np.ptp(position, axis=0), SIZES["can"], atol=0.01)
    assert mesh.art.shape == (512, 512, 4)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"package": "model"}, "'model', which is no package shape: use one of bag, bottle, box"),
        ({"dimensions_mm": (0.0, 10.0, 10.0)}, "0 × 10 × 10 mm, and no package is"),
        ({"dimensions_mm": (10.0, float("nan"), 10.0)}, "10 × nan × 10 mm"),
    ],
)
def test_what_cannot_be_built_is_said_in_one_sentence(changes, sentence):
    with pytest.raises(Failure, match=sentence):
        build_package(product(**changes))
