"""Two products side by side: the rows, the signs, and what can be pressed."""

from dataclasses import replace

import pytest

from catalog_sync.model.facts import Facts, Nutrition
from tests.unit.vr_client.ui.panel_states import STATES, SolidFronts, build, product, won
from vr_client.state.events import AddToCart, CompareSwapped, PanelToggled
from vr_client.ui.actions import go_back, press
from vr_client.ui.panel_set import PanelSet
from vr_client.ui.panels.comparison import HIGHER, LOWER, ComparisonView, rows
from vr_client.ui.pictures import PictureStore

CHEAPER = "▼ 더 저렴"


@pytest.fixture(params=["desktop", "headset"])
def panels(canvas, request):
    return PanelSet(canvas, PictureStore(SolidFronts()), request.param)


def read(one, two, language="ko"):
    view = ComparisonView((one, two), (None, None), (False, False), language, "ko_KR")
    return {row.name: (row.said, row.signs) for row in rows(view)}


def test_the_cheaper_one_is_told_by_a_word_for_as_much():
    said = read(product("A", price=won(2000), size_text="1 kg"),
                product("B", price=won(1500), size_text="500 g"))  # fmt: skip
    assert said["가격"] == (("₩2,000", "₩1,500"), ("", ""))
    assert said["단위 가격"] == (("100 g당 ₩200", "100 g당 ₩300"), (CHEAPER, ""))
    assert said["용량"][0] == ("1 kg", "500 g")


@pytest.mark.parametrize(
    "change", [{"size_text": "1 L"}, {"size_text": ""}, {"price": None}, {"price": won(1000)}]
)
def test_no_side_is_cheaper_where_that_cannot_be_told(change):
    other = product("B", **{"price": won(1000), "size_text": "500 g", **change})
    said = read(product("A", price=won(1000), size_text="500 g"), other)
    assert said["단위 가격"][1] == ("", "")


def test_amounts_have_a_sign_for_the_lower_and_the_higher_and_none_where_they_read_the_same():
    one = product("A", facts=Facts(Nutrition(100.0, 1.04, 0.5, None, 3.0, None, 1.0)))
    two = product("B", facts=Facts(Nutrition(250.0, 1.01, None, None, 2.0, None, 0.5)))
    said = read(one, two)
    assert said["영양성분"][0] == ("100 g당", "100 g당")
    assert said["열량"] == (("100 kcal", "250 kcal"), (LOWER, HIGHER))
    assert said["지방"] == (("1 g", "1 g"), ("", ""))
    assert said["포화지방"] == (("0.5 g", "–"), ("", ""))
    assert said["당류"][1] == (HIGHER, LOWER)
    assert said["나트륨"] == (("400 mg", "200 mg"), (HIGHER, LOWER))
    assert "탄수화물" not in said
    assert read(one, two, "en")["Salt"][0] == ("1 g", "0.5 g")


def test_grams_are_not_compared_with_millilitres():
    label = Facts(Nutrition(energy_kcal=50.0))
    one, two = product("A", facts=label), product("B", facts=label, size_text="1 L")
    other = replace_energy(two, 80.0)
    assert read(one, other)["열량"][1] == ("", "")
    assert read(one, other)["영양성분"][0] == ("100 g당", "100 ml당")


def replace_energy(of, kcal):
    return product(of.sku, size_text=of.size_text, facts=Facts(Nutrition(energy_kcal=kcal)))


def test_goods_without_labels_have_no_rows_for_them(panels):
    assert "영양성분" not in read(product("A"), product("B"))
    state = replace(STATES["compare"], compared=("A1", "A3"))
    assert build(panels, state).text_of("compare.declared") is None


def test_what_is_not_told_of_allergens_is_said_so_and_never_called_none(panels):
    frame = build(panels, STATES["compare"])
    told = [drawn.text for drawn in frame.texts if drawn.role == "compare.declared"]
    assert told == ["대두, 우유, 견과류", "섞였을 수 있음: 참깨", "정보 없음"]


def test_each_side_can_be_added_or_make_room(panels):
    state = STATES["compare"]
    ids = {target.id for target in build(panels, state).targets}
    assert {"compare.add.0", "compare.add.1", "compare.swap.0", "compare.swap.1",
            "compare.close"} <= ids  # fmt: skip
    assert press("compare.add.1", state, lambda: "i") == (AddToCart("i", "A3", 1),)
    assert press("compare.swap.0", state, str) == (CompareSwapped(0),)
    assert press("compare.swap.2", state, str) == ()
    assert press("compare.add.x", state, str) == ()
    closed = (PanelToggled("compare", False),)
    assert press("compare.close", state, str) == go_back(state) == closed


def test_what_cannot_be_bought_has_no_button(panels):
    frame = build(panels, STATES["no_choice"])
    assert not any(target.id.startswith("compare.add") for target in frame.targets)
    told = [drawn.text for drawn in frame.texts if drawn.role == "compare.add"]
    assert told == ["품절", "가격 없음"]
