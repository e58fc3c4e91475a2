"""Words on packs: on the panel, apart from each other, readable on what they lie on."""

import itertools

import numpy as np
import pytest

from catalog_sync.model.product import Product
from store_scenes.models.art.claims import claims_of, hotness_of
from store_scenes.models.art.compositions.registry import COMPOSITIONS, GENERIC
from store_scenes.models.art.front import contrast, legible
from store_scenes.models.art.fronts import draw_front
from store_scenes.models.art.package_art import words_of
from store_scenes.models.art.sheet import sheet
from store_scenes.models.packages import package_panels
from store_scenes.models.panel import panel_of
from store_scenes.models.scheme import luminance, scheme_of

PX_PER_MM = 2.0
CONTRAST = 3.0

NAMES = (
    ("감자칩", "Potato Chips"),
    ("유기농 현미 그래놀라 허니 아몬드", "Organic Brown Rice Granola, Honey and Almond"),
    ("매운 새우탕면", "Hot Shrimp Noodles"),
    ("Confiture extra de fraises des bois à l'ancienne", ""),
)
BRANDS = ("푸른목장 Blue Meadow", "톡쏘 Toksso", "한소끔", "Giovanni & Figli", "Store Brand", "")
SHAPES = {
    "box": (190, 275, 80), "carton": (74, 235, 74), "bag": (180, 250, 70),
    "can": (66, 122, 66), "bottle": (66, 225, 66), "jar": (80, 110, 80), "wide": (260, 115, 165),
}  # fmt: skip
COLOURS = ("#e8b923", "#1e1e1e", "#7cc4e8", "#c8203f", "#f4efe2", "#3d7a4a", "")


def products():
    """Every kind, each with some shapes, brands, names and colours, in a fixed rotation."""
    turn = 0
    for kind in (*COMPOSITIONS, "generic"):
        for step in range(6):
            turn += 1
            shape = list(SHAPES)[(turn + step) % len(SHAPES)]
            ko, en = NAMES[turn % len(NAMES)]
            names = {"ko": ko, "en": en} if en else {"en": ko}
            yield kind, Product(
                sku=f"S{turn}", names=names, brand=BRANDS[turn % len(BRANDS)],
                category=CATEGORIES.get(kind, kind), package="box" if shape == "wide" else shape,
                dimensions_mm=SHAPES[shape], size_text="500 g",
                colour=COLOURS[(turn // 2) % len(COLOURS)],
            )  # fmt: skip


CATEGORIES = {
    "icecream": "ice cream", "noodle-dry": "noodles", "bar": "energy bars", "tin-fish": "tuna",
    "tin": "canned", "oral": "oral care", "ready": "iced tea", "noodles": "instant noodles",
    "body": "shampoo", "condiment": "ketchup", "generic": "widgets",
}  # fmt: skip


def drawn(product, *, lettering):
    panel = panel_of(package_panels(product), "front")
    shape = (round(panel.width_mm * PX_PER_MM), round(panel.height_mm * PX_PER_MM))
    pixels, surface = sheet(*shape, (0, 255, 0))
    canvas = surface.getCanvas()
    canvas.scale(PX_PER_MM, PX_PER_MM)
    words = words_of(product, ("ko", "en"))
    written = draw_front(canvas, panel, scheme_of(product), words, pixels, lettering=lettering)
    return panel, pixels[..., :3], written


CASES = [pytest.param(one, id=f"{kind}-{one.sku}") for kind, one in products()]


@pytest.mark.parametrize("product", CASES)
def test_every_name_is_there_within_the_panel_and_apart(product):
    panel, _pixels, written = drawn(product, lettering=True)
    name = words_of(product, ("ko", "en")).name
    assert name in {one.text for one in written}
    half = panel.width_mm * panel.safe / 2
    for one in written:
        assert one.box.x >= panel.width_mm / 2 - half - 0.5, one.text
        assert one.box.x + one.box.width <= panel.width_mm / 2 + half + 0.5, one.text
        assert one.box.y >= panel.clear[0] * panel.height_mm - 0.5, one.text
        assert one.box.y + one.box.height <= (1 - panel.clear[1]) * panel.height_mm + 0.5, one.text
    for one, other in itertools.combinations(written, 2):
        if one.turned_deg != other.turned_deg:
            continue
        across = min(one.box.x + one.box.width, other.box.x + other.box.width) - max(
            one.box.x, other.box.x
        )
        down = min(one.box.y + one.box.height, other.box.y + other.box.height) - max(
            one.box.y, other.box.y
        )
        # A line's box is a little higher than its letters.
        slack = 0.2 * min(one.box.height, other.box.height)
        assert across <= 0 or down <= slack, (one.text, other.text)


@pytest.mark.parametrize("product", CASES)
def test_words_can_be_read_on_what_they_lie_on(product):
    _panel, pixels, written = drawn(product, lettering=False)
    for one in written:
        if one.outline is not None:
            assert contrast(one.ink, one.outline) >= CONTRAST, one.text
            continue
        left, top = (max(0, int(v * PX_PER_MM)) for v in (one.box.x, one.box.y))
        right = int((one.box.x + one.box.width) * PX_PER_MM) + 1
        bottom = int((one.box.y + one.box.height) * PX_PER_MM) + 1
        under = pixels[top:bottom, left:right].reshape(-1, 3)[::7]
        ratios = np.sort([contrast(one.ink, tuple(int(v) for v in colour)) for colour in under])
        assert ratios[len(ratios) // 8] >= CONTRAST, (one.text, one.ink)


def test_legible_moves_no_further_than_it_must():
    assert legible((0, 0, 0), (255, 255, 255)) == (0, 0, 0)
    for ground in ((255, 255, 255), (0, 0, 0), (240, 200, 40), (120, 120, 120), (200, 30, 40)):
        for ink in ((255, 255, 255), (10, 10, 10), (200, 40, 60), (120, 130, 120)):
            assert contrast(legible(ink, ground), ground) >= 4.0


def test_claims_are_only_what_the_name_says():
    assert claims_of("무가당 두유 Soy Milk, Unsweetened", "ko") == ("무가당",)
    assert claims_of("Organic wholewheat crackers", "en") == ("ORGANIC", "WHOLE GRAIN")
    assert claims_of("Biodegradable bag", "en") == ()
    names = ("Udon", "순한 라면", "매운 라면", "불닭 볶음면")
    assert [hotness_of(name) for name in names] == [0, 1, 2, 3]


def test_two_brands_of_one_kind_differ_and_one_brand_keeps_its_place():
    def front(brand, name, colour):
        one = Product(
            sku="S", names={"ko": name}, brand=brand, category="chips & snacks", package="bag",
            dimensions_mm=(180, 250, 70), colour=colour,
        )  # fmt: skip
        return drawn(one, lettering=True)[1].astype(int)

    ours = front("달보드레 Dalbodre", "감자칩", "#e8b923")
    theirs = front("바삭소 Basakso", "감자칩", "#e8b923")
    assert (np.abs(ours - theirs).max(axis=2) > 24).mean() > 0.3
    house = front("Store Brand", "감자칩", "#e8b923")
    assert np.mean([luminance(tuple(p)) for p in house[::9, ::9].reshape(-1, 3)]) > 0.6


def test_all_generic_compositions_can_be_reached():
    seen = set()
    for i in range(60):
        scheme = scheme_of(
            Product(sku="S", names={"en": "Thing"}, brand=f"Maker {i}", category="things",
                    package="box", dimensions_mm=(1, 1, 1))
        )  # fmt: skip
        seen.add((scheme.brand.seed >> 22) % len(GENERIC))
    assert seen == set(range(len(GENERIC)))
