"""What the panels say, that it can be read and pressed, and that they are drawn only when new."""

import re
from dataclasses import fields as fields_of
from dataclasses import replace
from itertools import pairwise

import msgspec
import numpy as np
import pytest

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.money import Money
from catalog_sync.model.order import Order
from store_scenes.typefaces import find_typeface
from tests.unit.vr_client.ui.panel_states import (
    CHECKOUT,
    HEAD,
    STATE,
    STATES,
    SolidFronts,
    build,
    product,
    won,
)
from vr_client.interact.comfort import Comfort
from vr_client.interact.pointer import point
from vr_client.interact.rays import hit_panel, ray_towards
from vr_client.sound.captions import Caption
from vr_client.state.assortment import Assortment
from vr_client.state.events import AddToCart, CheckoutOpened, LanguageChanged, PanelToggled
from vr_client.state.notices import says
from vr_client.state.reduce import NOTICE_CONNECTION_LOST, reduce
from vr_client.state.senses import Senses
from vr_client.ui import theme
from vr_client.ui.actions import press
from vr_client.ui.around import Around
from vr_client.ui.canvas import PICTURE_KEY_FIRST, Canvas
from vr_client.ui.marks import centre
from vr_client.ui.panel_set import NOTICE_S, PanelSet, UiFrame
from vr_client.ui.panels.checkout import QUIET_MODULES, qr_modules
from vr_client.ui.panels.settings import CHOICES, PAGES, SENSES
from vr_client.ui.pictures import PictureStore
from vr_client.ui.strings import STRINGS


@pytest.fixture
def panels(canvas):
    return PanelSet(canvas, PictureStore(SolidFronts()), "desktop")


@pytest.fixture(params=["desktop", "headset"])
def either(canvas, request):
    return PanelSet(canvas, PictureStore(SolidFronts()), request.param)


def texts(frame):
    return {(drawn.role, drawn.text) for drawn in frame.texts}


def test_the_card_says_what_it_costs(panels):
    frame = build(panels, STATES["card"])
    assert {
        ("card.brand", "Green Valley · cereal"), ("card.price", "₩8,900"),
        ("card.add", "담기 ₩8,900"),
        ("card.unit_price", "100 g당 ₩1,780"), ("card.stock", "재고 24개"),
        ("card.quantity", "1"), ("cart.total", "₩0"),
    } <= texts(frame)  # fmt: skip
    name = " ".join(drawn.text for drawn in frame.texts if drawn.role == "card.name")
    assert name == "유기농 현미 그래놀라"


def test_the_button_counts_the_quantity_and_speaks_english(panels):
    state = replace(STATES["card"], card_quantity=3, language="en", locale="en_US")
    assert build(panels, state).text_of("card.add") == "Add ₩26,700"


def test_the_language_decides_how_money_and_counts_are_written_in_every_panel(panels):
    """A shop in euros: each panel that shows a sum shows it in the reader's own form."""
    euros = {sku: msgspec.structs.replace(one, price=Money(123456, "EUR"), stock=4321,
                                          was_price=None, price_is_sample=False)
             for sku, one in STATES["card"].products.items()}  # fmt: skip
    cart = Cart(3, "EUR", (CartLine("A1", 2, Money(123456, "EUR")),))
    order = Order("o1", "K7", "paid", cart.lines, cart.total)
    checkout = CheckoutOpened("o1", CHECKOUT.url, cart.total, 600)
    forms = {"ko": r"€[\d,]+\.\d\d", "en": r"[\d.]+,\d\d\s€"}
    stock = {"ko": "재고 4,321개", "en": "4.321 in stock"}
    for language, form in forms.items():
        for name in ("card", "cart", "checkout", "order", "search", "wishes"):
            state = replace(STATES[name], products=Assortment(euros), cart=cart, order=order,
                            language=language, locale="de_DE")  # fmt: skip
            if state.checkout is not None:
                state = replace(state, checkout=checkout)
            frame = build(panels, state)
            sums = [drawn.text for drawn in frame.texts if "€" in drawn.text]
            assert sums, name
            assert all(re.search(form, one) for one in sums), (name, language, sums)
            if name == "card":
                assert frame.text_of("card.stock") == stock[language]


@pytest.mark.parametrize(("change", "reason"), [({"price": None}, "아직"), ({"stock": 0}, "품절")])
def test_what_cannot_be_bought_has_no_button_and_says_why(panels, change, reason):
    state = replace(STATES["card"], products=Assortment({"A1": product("A1", **change)}))
    frame = build(panels, state)
    assert "card.add" not in {target.id for target in frame.targets}
    assert frame.text_of("card.add").startswith(reason)


@pytest.mark.parametrize(("language", "size"), [("ko", "1개"), ("en", "1 ea")])
def test_what_is_counted_is_counted_in_the_readers_language(panels, language, size):
    apples = {sku: msgspec.structs.replace(one, size_text="1 ea")
              for sku, one in STATE.products.items()}  # fmt: skip
    for name, role in (("card", "card.size"), ("cart", "cart.line_size"),
                       ("search", "search.about"), ("compare", "compare.value")):  # fmt: skip
        state = replace(STATES[name], products=Assortment(apples), language=language)
        said = [drawn.text for drawn in build(panels, state).texts if drawn.role == role]
        assert any(text in {size, f"Green Valley · {size}"} for text in said), (name, said)


def test_a_second_press_waits_for_the_first(panels):
    state = replace(STATES["card"], pending=(AddToCart("i", "A1", 1),))
    assert "card.add" not in {target.id for target in build(panels, state).targets}


def test_the_cart_adds_up(panels):
    frame = build(panels, STATES["cart"])
    assert {
        ("cart.panel_total", "₩20,780"), ("cart.total", "₩20,780"), ("cart.unit_count", "3"),
        ("cart.line_total", "₩17,800"), ("cart.line_total", "₩2,980"), ("cart.units", "3개 상품"),
    } <= texts(frame)  # fmt: skip
    assert {"cart.line.A1.minus", "cart.line.A2.plus", "cart.checkout", "cart.close"} <= {
        target.id for target in frame.targets
    }


def test_a_long_cart_is_turned_page_by_page(panels):
    lines = tuple(CartLine(f"S{n}", 1, won(100)) for n in range(7))
    state = replace(STATES["cart"], cart=Cart(1, "KRW", lines))
    first = [d.text for d in build(panels, state).texts if d.role == "cart.line_name"]
    panels.turn_cart(state, 1)
    second = [d.text for d in build(panels, state).texts if d.role == "cart.line_name"]
    panels.turn_cart(state, 1)
    assert first == ["S0", "S1", "S2", "S3", "S4"]
    assert second == ["S5", "S6"]
    assert panels.cart_first == 0


def test_the_checkout_counts_down_and_the_order_shows_its_number(panels):
    assert build(panels, STATES["checkout"]).text_of("checkout.left") == "10:00 남음"
    frame = build(panels, STATES["order"])
    assert (frame.text_of("order.number"), frame.text_of("order.total")) == (
        "주문 번호 K7F3-22", "₩20,780",
    )  # fmt: skip


def test_a_notice_is_said_and_goes_by_itself_but_a_lost_connection_stays(panels):
    state = STATES["notice"]
    assert build(panels, state).text_of("notice") == STRINGS["notice.out_of_stock"]["ko"]
    assert build(panels, state, time_s=NOTICE_S + 1).text_of("notice") is None
    lost = replace(state, notice="connection_lost", connected=False)
    build(panels, lost, time_s=10.0)
    assert build(panels, lost, time_s=99.0).text_of("notice") is not None


def test_before_the_store_is_there_the_loading_panel_says_what_is_wrong(panels):
    frame = build(panels, STATES["lost_before_the_store"])
    assert [quad.id for quad in frame.panels] == ["loading"]
    assert frame.text_of("notice").startswith("연결이")


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", STATES)
def test_everything_can_be_read_and_pressed(either, name, language):
    frame = build(either, replace(STATES[name], language=language))
    quads = {quad.id: quad for quad in frame.panels}
    sizes = dict(frame.sizes)
    for drawn in frame.texts:
        quad = quads[drawn.panel]
        away = np.linalg.norm(quad.world_from_panel[:3, 3] - HEAD[:3, 3])
        em_m = drawn.em * quad.size_m[0] / sizes[drawn.panel][0]
        assert np.degrees(em_m / away) >= theme.EM_DEGREES_MIN, drawn
        width, height = sizes[drawn.panel]
        assert 0 <= drawn.rect[0] < drawn.rect[2] <= width, drawn
        assert 0 <= drawn.rect[1] < drawn.rect[3] <= height, drawn
    for target in frame.targets:
        left, top, right, bottom = target.rect
        assert min(right - left, bottom - top) >= theme.TARGET_MIN, target


@pytest.mark.parametrize("name", STATES)
def test_no_text_lies_on_another(either, name):
    frame = build(either, STATES[name])
    for first in range(len(frame.texts)):
        for second in range(first):
            a, b = frame.texts[first], frame.texts[second]
            if a.panel != b.panel:
                continue
            wide = min(a.rect[2], b.rect[2]) - max(a.rect[0], b.rect[0])
            # Line boxes hold room for accents and descenders: a fifth may be shared.
            high = min(a.rect[3], b.rect[3]) - max(a.rect[1], b.rect[1])
            assert wide <= 0 or high <= 0.2 * min(a.em, b.em), (a, b)


def test_no_letter_of_ours_is_missing_from_the_fonts(canvas):
    for sentences in STRINGS.values():
        for sentence in sentences.values():
            assert canvas.readable(sentence) == sentence


def test_decomposed_hangul_is_composed_and_unknown_letters_are_left_out(canvas):
    assert canvas.readable("그래놀라") == "그래놀라"
    assert canvas.readable("a\U0001f600b") == "ab"


def test_a_panel_is_drawn_again_only_when_something_changed(panels):
    state = STATES["card"]
    first = build(panels, state)
    assert all(quad.drawing is not None for quad in first.panels)
    second = build(panels, state, before=first)  # the picture arrived meanwhile
    assert [quad.id for quad in second.panels if quad.drawing is not None] == ["card"]
    third = build(panels, state, before=second)
    assert [quad.drawing for quad in third.panels] == [None, None]
    assert third.textures == ()
    assert third.texts == second.texts
    other = build(panels, replace(state, card_quantity=2), before=third)
    assert [quad.id for quad in other.panels if quad.drawing is not None] == ["card"]


def test_the_product_picture_comes_as_a_texture_of_its_own(panels):
    keys = []
    for _ in range(2):
        frame = build(panels, STATES["card"])
        keys += [u.key for u in frame.textures if u.key >= PICTURE_KEY_FIRST]
    assert keys == [PICTURE_KEY_FIRST]
    card = next(quad for quad in frame.panels if quad.id == "card")
    assert PICTURE_KEY_FIRST in card.drawing.commands["texture"]


def test_drawings_hold_together(panels):
    for state in STATES.values():
        for quad in build(panels, state).panels:
            drawing = quad.drawing
            if drawing is None:  # the chip, as in the state before
                continue
            for command in drawing.commands:
                first, count = int(command["index_offset"]), int(command["element_count"])
                used = drawing.indices[first : first + count] + int(command["vertex_offset"])
                assert len(used) == count
                assert used.max() < len(drawing.vertices)
            aspect = quad.size_m[0] / quad.size_m[1]
            assert aspect == pytest.approx(drawing.size_px[0] / drawing.size_px[1], rel=0.01)


def test_a_ray_on_a_button_finds_that_button_and_lights_it_up(panels):
    state = STATES["card"]
    frame = build(panels, state)
    quad = next(panel for panel in frame.panels if panel.id == "card")
    for target in frame.targets:
        if target.panel != "card":
            continue
        width, height = dict(frame.sizes)["card"]
        x, y = centre(target.rect)
        local = np.array([(x / width - 0.5) * quad.size_m[0], (0.5 - y / height) * quad.size_m[1]])
        place = quad.world_from_panel @ np.array([*local, 0.0, 1.0])
        hit = hit_panel(ray_towards(np.array([0.2, 1.2, -0.3]), place[:3]), quad)
        assert frame.target_at(hit) == target.id
        lit = build(panels, state, hits=(hit,), before=frame)
        assert next(q for q in lit.panels if q.id == "card").drawing is not None


def test_the_qr_code_is_drawn_with_its_quiet_zone(panels):
    modules = qr_modules(CHECKOUT.url)
    count = len(modules)
    assert modules.shape == (count, count)
    assert modules[0, :7].all()  # a finder pattern's edge
    frame = build(panels, STATES["checkout"])
    drawing = next(q for q in frame.panels if q.id == "checkout").drawing
    black = drawing.vertices[(drawing.vertices["colour"] == (0, 0, 0, 255)).all(axis=1)]
    low, high = black["position"].min(axis=0), black["position"].max(axis=0)
    side = (high[0] - low[0]) / count
    frame_px = (230.0 - 8.0) * 2.0
    assert (frame_px - (high[0] - low[0])) / 2 >= QUIET_MODULES * side - 1.0


def test_nothing_a_panel_shows_is_a_key_by_mistake(panels):
    for state in STATES.values():
        for drawn in build(panels, state).texts:
            assert not re.fullmatch(r"[a-z]+\.[a-z_]+", drawn.text)


def test_no_panel_ever_draws_with_a_texture_that_is_not_there():
    """The atlas is replaced while it grows: also between two panels of one frame."""
    regular, bold = find_typeface("regular"), find_typeface("bold")
    canvas = Canvas((regular.path, regular.index), (bold.path, bold.index))
    panels = PanelSet(canvas, PictureStore(SolidFronts()), "desktop")
    alive, gone = set(), 0
    for number, state in enumerate([*STATES.values(), *STATES.values()]):
        new = replace(state, language="en" if number >= len(STATES) else "ko")
        frame = build(panels, new)
        for update in frame.textures:
            if update.pixels is None:
                alive.remove(update.key)
                gone += 1
            else:
                alive.add(update.key)
        for quad in frame.panels:
            if quad.drawing is not None:
                assert set(quad.drawing.commands["texture"].tolist()) <= alive, quad.id
    canvas.close()
    assert gone >= 1  # else this test has shown nothing


# ---------------------------------------------------------------- a window's own


def test_a_window_shows_its_keys_from_the_first_screen_until_they_are_known(panels):
    frame = build(panels, STATE)
    assert [drawn.text for drawn in frame.texts if drawn.role == "hint.key"] == [
        "클릭", "G", "W A S D", "오른쪽 끌기", "/", "M", "Tab", "F1",
    ]  # fmt: skip
    assert build(panels, STATES["cart"]).text_of("hint.key") is None
    assert build(panels, STATE).text_of("hint.key") == "클릭"
    build(panels, STATES["help"])
    assert build(panels, STATE).text_of("hint.key") is None


def test_the_keys_go_with_the_first_product_and_a_headset_has_none(canvas):
    window = PanelSet(canvas, PictureStore(SolidFronts()), "desktop")
    build(window, replace(STATE, pending=(AddToCart("i", "A1", 1),)))
    assert build(window, STATE).text_of("hint.key") is None
    headset = PanelSet(canvas, PictureStore(SolidFronts()), "headset")
    assert build(headset, STATE).text_of("hint.key") is None


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_keys_have_room_beside_each_other(panels, language):
    frame = build(panels, replace(STATE, language=language))
    boxes = [drawn.rect for drawn in frame.texts if drawn.role.startswith("hint.")]
    assert len(boxes) == 16
    for before, after in pairwise(boxes):
        assert after[0] - before[2] >= 5.0


def test_a_window_can_pay_in_this_computers_browser_and_a_headset_cannot(canvas, panels):
    assert "checkout.browse" in {t.id for t in build(panels, STATES["checkout"]).targets}
    headset = PanelSet(canvas, PictureStore(SolidFronts()), "headset")
    assert "checkout.browse" not in {t.id for t in build(headset, STATES["checkout"]).targets}


def test_without_a_connection_the_notice_outlives_what_the_shopper_does(panels):
    lost = replace(STATE, connected=False, notice="", card_sku="A1", panels=frozenset({"card"}))
    frame = build(panels, lost, time_s=3 * NOTICE_S)
    assert frame.text_of("notice") == STRINGS["notice.connection_lost"]["ko"]


def test_who_points_at_a_notice_that_says_something_only_points_past_it(panels):
    told = build(panels, replace(STATE, notice="picture_kept=shop.png"))
    quad = next(quad for quad in told.panels if quad.id == "notice")
    assert not quad.pointed
    assert point(ray_towards(HEAD[:3, 3], quad.world_from_panel[:3, 3]), [quad], None).panel is None


def test_a_kept_picture_is_told_by_name(panels):
    frame = build(panels, replace(STATE, notice="picture_kept=shop.png"))
    assert frame.text_of("notice") == "화면을 저장했습니다: shop.png"


# ---------------------------------------------------------------- what is heard, and said


def heard(panels, state, caption, time_s=0.0):
    """The subtitle that is shown, None for none."""
    frame = panels.build(state, HEAD, (), time_s, 0.0, lambda _e, _p: 1.0, UiFrame(), None,
                         Around(caption=caption))  # fmt: skip
    return frame.text_of("caption")


def test_without_a_connection_what_is_heard_is_read_as_well(either):
    added = Caption("add", "left", "A1")
    wants = AddToCart("one", "A1", 1)
    assert heard(either, replace(STATE, pending=(wants,)), added) is None  # a notice follows
    assert heard(either, replace(STATE, pending=(wants,), connected=False), added) is not None
    assert not says(NOTICE_CONNECTION_LOST, "refused", "")


def test_a_subtitle_does_not_say_again_what_a_notice_says(either):
    added, name = Caption("add", "left", "A1"), STATE.products["A1"].name("ko")
    said = STRINGS["caption.add"]["ko"].format(name=name)
    assert heard(either, STATE, added) == said
    told = replace(STATE, notice=f"cart_added={name}")
    assert heard(either, told, added) is None
    # Another sound, or another product than the notice is about, is news.
    assert heard(either, told, Caption("back")) == STRINGS["caption.back"]["ko"]
    others = Assortment({**STATE.products, "A2": product("A2", names={"ko": "우유", "en": "Milk"})})
    other = replace(told, products=others)
    assert heard(either, other, Caption("add", "", "A2")).endswith("우유")


def test_a_subtitle_that_a_notice_has_said_does_not_come_when_the_notice_goes(panels):
    added = Caption("add", "left", "A1")
    told = replace(STATE, notice="cart_added=" + STATE.products["A1"].name("ko"))
    assert heard(panels, told, added) is None
    assert heard(panels, STATE, added, 1.0) is None
    assert heard(panels, STATE, Caption("add", "left", "A1"), 1.1) is not None


def test_what_the_shopper_asked_for_waits_for_the_shops_notice(panels):
    added = Caption("add", "left", "A1")
    waiting = replace(STATE, pending=(AddToCart("i", "A1", 1),))
    assert heard(panels, waiting, added) is None
    assert heard(panels, replace(waiting, pending=(AddToCart("i", "A2", 1),)), added) is not None


def test_a_refusal_is_said_once(panels):
    refused = Caption("refused", "left")
    assert heard(panels, replace(STATE, notice="out_of_stock"), refused) is None
    late = replace(STATE, notice="out_of_stock")
    panels = PanelSet(panels._canvas, PictureStore(SolidFronts()), "desktop")
    assert heard(panels, STATE, Caption("refused"), 0.0) is not None
    assert heard(panels, late, Caption("lost"), NOTICE_S) is not None


# ---------------------------------------------------------------- a headset's own


@pytest.fixture
def headset(canvas):
    return PanelSet(canvas, PictureStore(SolidFronts()), "headset")


def test_a_headset_has_a_button_for_what_a_keyboard_has_keys_for(headset, panels):
    ids = {target.id for target in build(headset, STATE).targets}
    assert {"dock.search", "dock.map", "dock.settings", "dock.help", "chip.open"} <= ids
    assert not any(target.id.startswith("dock.") for target in build(panels, STATE).targets)


@pytest.mark.parametrize("name", ["search", "map", "settings", "help"])
def test_a_button_of_the_dock_opens_its_panel_and_closes_it(name):
    (opened,) = press(f"dock.{name}", STATE, str)
    assert opened == PanelToggled(name, True)
    state = reduce(STATE, opened)
    assert press(f"dock.{name}", state, str) == (PanelToggled(name, False),)
    assert reduce(state, PanelToggled("help" if name != "help" else "map", True)).panels != {name}


def test_each_setting_goes_through_its_choices_and_comes_round():
    state = STATE
    for name, choices in (CHOICES | SENSES).items():
        seen = []
        for _ in choices:
            seen.append(getattr(state.comfort if name in CHOICES else state.senses, name))
            (action,) = press(f"settings.{name}", state, str)
            state = reduce(state, action)
        assert sorted(map(str, seen)) == sorted(map(str, choices))
        assert (state.comfort, state.senses) == (STATE.comfort, STATE.senses)
    fields = [*fields_of(Comfort), *fields_of(Senses)]
    assert [f.name for f in fields] == [*CHOICES, *SENSES]


def test_the_settings_have_two_pages_and_every_setting_is_on_one(headset):
    rows, state = [], STATES["settings"]
    for page in PAGES:
        (turned,) = press(f"settings.page.{page}", state, str)
        state = reduce(state, turned)
        ids = {target.id.removeprefix("settings.") for target in build(headset, state).targets}
        rows += sorted(ids & {*CHOICES, *SENSES, "language"})
        assert {f"page.{name}" for name in PAGES} <= ids
    assert sorted(rows) == sorted([*CHOICES, *SENSES, "language"])


def test_a_window_lists_only_what_has_an_effect_there(panels):
    rows, state = [], STATES["settings"]
    for page in PAGES:
        state = reduce(state, *press(f"settings.page.{page}", state, str))
        ids = {target.id.removeprefix("settings.") for target in build(panels, state).targets}
        rows += sorted(ids & {*CHOICES, *SENSES, "language"})
    assert rows == ["pace", "still", "vignette", *sorted([*SENSES, "language"])]


def test_the_language_is_one_of_the_settings():
    (action,) = press("settings.language", STATE, str)
    assert action == LanguageChanged("en")
    assert press("settings.wings", STATE, str) == ()


def test_the_settings_say_what_is_chosen(headset):
    state = replace(STATES["settings"], comfort=Comfort(turn="smooth", seated=True), language="en")
    values = [drawn.text for drawn in build(headset, state).texts if drawn.role == "settings.value"]
    assert values == [
        "Smoothly", "Short (1.5 m)", "Usual", "On", "On", "Right", "Off",
    ]  # fmt: skip
    state = replace(STATES["reading"], senses=Senses("large", "dark"), language="en")
    values = [drawn.text for drawn in build(headset, state).texts if drawn.role == "settings.value"]
    assert values == ["Large", "White on black", "Usual", "On", "English"]
