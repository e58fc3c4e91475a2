"""The card: what it says of a food and of what else there is, and that it is as high as that."""

from dataclasses import replace

import msgspec
import pytest

from catalog_sync.model.facts import ALLERGENS
from tests.unit.vr_client.ui.panel_states import STATES, SolidFronts, build
from vr_client.state.assortment import Assortment
from vr_client.state.events import CompareToggled, ProductPointed
from vr_client.ui import theme
from vr_client.ui.actions import GoToProduct, press
from vr_client.ui.panel_set import PanelSet
from vr_client.ui.pictures import PictureStore
from vr_client.ui.strings import STRINGS


@pytest.fixture(params=["desktop", "headset"])
def panels(canvas, request):
    return PanelSet(canvas, PictureStore(SolidFronts()), request.param)


def said(frame, role):
    return [drawn.text for drawn in frame.texts if drawn.role == role]


def targets(frame):
    return {target.id for target in frame.targets}


def height_of(panels, name):
    frame = build(panels, STATES[name])
    return dict(frame.sizes)["card"][1]


def test_a_food_s_label_is_read_from_the_card(panels):
    frame = build(panels, STATES["label"])
    assert said(frame, "card.nutrient") == ["열량", "당류", "나트륨", "단백질"]
    assert said(frame, "card.amount") == ["412 kcal", "14.2 g", "180 mg", "11 g"]
    assert said(frame, "card.percent") == ["21%", "14%", "9%", "20%"]
    assert said(frame, "card.per") == ["100 g당 · 1일 기준치 %"]
    assert said(frame, "card.contains") == ["알레르기: 대두, 우유, 견과류"]
    assert said(frame, "card.may_contain") == ["섞였을 수 있음: 참깨"]
    assert " ".join(said(frame, "card.description")).startswith("아침에 바로 먹는")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_allergen_is_ever_cut_off(panels, language):
    frame = build(panels, replace(STATES["long_label"], language=language))
    words = " ".join(said(frame, "card.contains") + said(frame, "card.may_contain"))
    assert "…" not in words
    for code in ALLERGENS:
        assert STRINGS[f"allergen.{code}"][language] in words


def test_a_card_is_as_high_as_it_has_something_to_say(panels):
    plain, with_label, with_all = (height_of(panels, n) for n in ("card", "label", "long_label"))
    assert plain < 310.0
    assert 480.0 < with_label < with_all < 640.0


def test_other_products_are_shown_with_their_prices_and_a_press_shows_their_card(panels):
    frame = build(panels, STATES["label"])
    assert said(frame, "card.other_price") == ["₩128,900", "품절"]
    assert {"card.other.B2", "card.other.B3"} <= targets(frame)
    assert press("card.other.B3", STATES["label"], str) == (ProductPointed("B3"),)


def test_a_card_nobody_pointed_at_leads_to_its_shelf(panels):
    assert "card.go" not in targets(build(panels, STATES["label"]))
    assert "card.go" in targets(build(panels, STATES["long_label"]))
    assert press("card.go", STATES["long_label"], str) == (GoToProduct("B2"),)


def test_what_cannot_be_bought_can_be_compared(panels):
    for name in ("sold_out", "unpriced", "card"):
        assert "card.compare" in targets(build(panels, STATES[name]))
        sku = STATES[name].card_sku
        assert press("card.compare", STATES[name], str) == (CompareToggled(sku),)


BRANDS = {
    "Valley": ["Valley · cereal"],
    "들녘 Deulnyeok": ["들녘 Deulnyeok", "Breakfast cereal"],
    "그린밸리 유기농 농장 Green Valley": ["그린밸리 유기농 농장 Green Valley", "Breakfast cereal"],
}


@pytest.mark.parametrize("brand", BRANDS)
def test_brand_and_kind_stand_in_two_lines_before_either_is_cut(panels, brand):
    kind = "cereal" if brand == "Valley" else "breakfast cereal"
    product = msgspec.structs.replace(STATES["card"].products["A1"], brand=brand, category=kind)
    products = Assortment({"A1": product})
    frame = build(panels, replace(STATES["card"], language="en", products=products))
    assert said(frame, "card.brand") == BRANDS[brand]


def test_only_what_is_too_long_for_a_line_of_the_smallest_letters_ends_in_an_ellipsis(panels):
    frame = build(panels, STATES["long_label"])
    drawn = [one for one in frame.texts if one.role == "card.brand"]
    assert [one.em for one in drawn] == [theme.TEXT_LEAST, theme.TEXT_SMALL]
    assert drawn[0].text.endswith("…")
    assert drawn[1].text == "유기농 아침 식사 대용 곡물"
