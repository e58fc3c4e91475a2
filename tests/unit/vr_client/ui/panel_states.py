"""Panels in every state that they have, for the tests of what they say."""

from dataclasses import replace

import numpy as np

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.facts import ALLERGENS, Facts, Nutrition
from catalog_sync.model.money import Money
from catalog_sync.model.order import Order
from catalog_sync.model.product import Product
from store_scenes.compile.scene import AisleLine, SceneDescription
from vr_client.frame_packet import Basket
from vr_client.interact.floor_plan import FloorPlan
from vr_client.sound.captions import Caption
from vr_client.space.pose import pose
from vr_client.state.assortment import Assortment
from vr_client.state.client_state import ClientState
from vr_client.state.events import CheckoutOpened, Keyboard, RoutePlanned
from vr_client.state.tutorial import STEPS
from vr_client.state.undo import CartStep, History
from vr_client.ui.around import Around
from vr_client.ui.finder import Category, Found
from vr_client.ui.panel_set import UiFrame

HEAD = pose((0.0, 1.6, 0.0))


def won(amount):
    return Money(amount, "KRW")


def product(sku, **changes):
    facts = {
        "names": {"ko": "유기농 현미 그래놀라", "en": "Organic Brown Rice Granola"},
        "brand": "Green Valley", "category": "cereal", "package": "box",
        "dimensions_mm": (190.0, 280.0, 70.0), "price": won(8900), "stock": 24,
        "size_text": "500 g", "colour": "#c9a868",
    }  # fmt: skip
    return Product(sku, **{**facts, **changes})


GRANOLA = Facts(
    Nutrition(412.0, 10.8, 1.9, 66.2, 14.2, 11.0, 0.45), ("soybeans", "milk", "nuts"), ("sesame",),
    {"ko": "아침에 바로 먹는 바삭한 통곡물 그래놀라. 국내산 현미와 아카시아 꿀로 구웠습니다.",
     "en": "Rolled oats, brown rice & almonds, slow-roasted with acacia honey."},
)  # fmt: skip
LONG_NAMES = {
    "ko": "아주 길고 긴 이름을 가진 유기농 현미 그래놀라 허니 아몬드 특별 한정판 대용량",
    "en": "A very long name of an organic brown rice granola with honey and almonds, limited",
}
EVERYTHING = Facts(
    Nutrition(1000.0, 100.0, 99.9, 100.0, 99.9, 88.8, 0.01),
    ALLERGENS[:14],
    ALLERGENS[14:],
    {"ko": "이것은 카드에 다 들어가지 않는 아주 긴 설명입니다. " * 8, "en": "Long words. " * 20},
)
OTHERS = ("B2", "B3", "B1")
PRODUCTS = {
    "A1": product("A1"),
    "A2": product("A2"),
    "A3": product("A3", was_price=won(11900)),
    "A4": product("A4", price_is_sample=True, price=won(128900), was_price=won(159900)),
    "B1": product("B1", facts=GRANOLA),
    "B2": product(
        "B2",
        names=LONG_NAMES,
        brand="그린밸리 유기농 농장 Green Valley Organic Farm",
        category="유기농 아침 식사 대용 곡물",
        price=won(128900),
        was_price=won(159900),
        price_is_sample=True,
        facts=EVERYTHING,
    ),
    "B3": product("B3", size_text="1 L", stock=0, facts=Facts(contains=("milk",))),
    "B4": product("B4", price=None, stock=3, facts=Facts(descriptions={"ko": "차.", "en": "Tea."})),
}
SCENE = SceneDescription(
    *[np.empty(0)] * 4, np.empty(0),
    np.array([[(-0.1, 1.2, -1.1), (0.1, 1.4, -1.0)]], np.float32), np.array([0], np.int32),
    *[np.empty(0)] * 9, ("A1", "A2"), (), ((-4, 0, -4), (4, 3, 4)), (0, 0, 0),
)  # fmt: skip
STATE = ClientState(connected=True, ever_connected=True, products=Assortment(PRODUCTS), scene=SCENE)
CART = Cart(3, "KRW", (CartLine("A1", 2, won(8900)), CartLine("A2", 1, won(2980))))
CHECKOUT = CheckoutOpened("o1", "http://127.0.0.1:8765/pay/" + "x" * 43, won(20780), 600)
ORDER = Order("o1", "K7F3-22", "paid", CART.lines, CART.total)

HISTORY = History((CartStep("i1", "A1", 2),), (CartStep("i2", "A2", -1),))
CAPTIONED = "a shop in which something is heard"

STATES = {
    "loading": replace(STATE, scene=None, progress=("models", 3, 10)),
    "lost_before_the_store": replace(STATE, scene=None, connected=False, notice="connection_lost"),
    "card": replace(STATE, card_sku="A1", card_instance=0, panels=frozenset({"card"})),
    "cart": replace(STATE, cart=CART, panels=frozenset({"cart"})),
    "basket": replace(STATE, cart=CART),
    "empty_cart": replace(STATE, panels=frozenset({"cart"})),
    "checkout": replace(STATE, cart=CART, panels=frozenset({"checkout"}), checkout=CHECKOUT),
    "order": replace(STATE, panels=frozenset({"order"}), order=ORDER),
    "help": replace(STATE, panels=frozenset({"help"})),
    "no_wishes": replace(STATE, panels=frozenset({"wishes"})),
    "wishes": replace(
        STATE, cart=CART, panels=frozenset({"wishes"}), wishes=("A2", "A3", "A1"),
        route=RoutePlanned(("A3",), ((0.0, 0.0), (0.0, -4.0)), 4.0),
    ),
    "settings": replace(STATE, panels=frozenset({"settings"})),
    "reading": replace(STATE, panels=frozenset({"settings", "reading"})),
    "notice": replace(STATE, notice="out_of_stock"),
    "map": replace(STATE, store="가게", panels=frozenset({"map"}), marked_sku="A1"),
    "map_with_ways": replace(
        STATE, store="가게", panels=frozenset({"map"}), marked_sku="A1", led_to="A1",
        way=RoutePlanned(("A1",), ((0.0, 3.5), (-2.0, 3.0), (-2.0, -3.0)), 9.0),
        wishes=("A3",), route=RoutePlanned(("A3",), ((0.0, 3.5), (2.0, 3.0), (2.0, -3.0)), 9.0),
    ),
    "search_led": replace(STATE, panels=frozenset({"search"}), query="그래", led_to="A2"),
    "search": replace(STATE, panels=frozenset({"search"}), query="그래", row=1),
    "letters": replace(STATE, panels=frozenset({"search", "letters"}), query="그래"),
    "shifted_letters": replace(
        STATE, panels=frozenset({"search", "letters"}), query="그래", keyboard=Keyboard("ko", True)
    ),
    "latin_letters": replace(
        STATE, panels=frozenset({"search", "letters"}), query="그래", keyboard=Keyboard("en")
    ),
    "mended_search": replace(STATE, panels=frozenset({"search"}), query="그래늘라 유기놋 현미"),
    "empty_search": replace(STATE, panels=frozenset({"search"})),
    "kinds": replace(STATE, panels=frozenset({"search"}), query=" ", row=1),
    "kinds_with_letters": replace(STATE, panels=frozenset({"search", "letters"}), query=" "),
    "one_kind": replace(STATE, panels=frozenset({"search"}), query="  ", category="milk", row=7),
    "found_nothing": replace(STATE, panels=frozenset({"search"}), query="없다"),
    "problem": replace(STATE, layout_problem="planograms/bay-1.toml, line 7: there is no product "
                       "'TEE' in the catalogue; write 'TEA' or add it to catalog.csv."),
    "said": replace(STATE, store=CAPTIONED),
    "said_at_the_cart": replace(STATE, store=CAPTIONED, cart=CART, panels=frozenset({"cart"})),
    "said_at_a_card": replace(STATE, store=CAPTIONED, card_sku="A1", card_instance=0,
                              panels=frozenset({"card"})),
    "safety": replace(STATE, panels=frozenset({"safety"})),
    "safety_first": replace(STATE, scene=None, panels=frozenset({"safety"})),
    **{f"lesson_{step}": replace(STATE, lesson=step) for step in STEPS},
    "offer": replace(STATE, card_sku="A3", card_instance=0, panels=frozenset({"card"})),
    "sample": replace(STATE, card_sku="A4", card_instance=0, panels=frozenset({"card"})),
    "label": replace(STATE, card_sku="B1", card_instance=0, panels=frozenset({"card"})),
    "long_label": replace(STATE, card_sku="B2", card_instance=-1, panels=frozenset({"card"}),
                          cart=Cart(1, "KRW", (CartLine("B2", 99, won(128900)),)),
                          compared=("B2",), wishes=("B2",)),
    "sold_out": replace(STATE, card_sku="B3", card_instance=0, panels=frozenset({"card"})),
    "unpriced": replace(STATE, card_sku="B4", card_instance=-1, panels=frozenset({"card"})),
    "compare": replace(STATE, panels=frozenset({"compare"}), compared=("B1", "A3")),
    "long_compare": replace(STATE, panels=frozenset({"compare"}), compared=("B2", "B1")),
    "no_choice": replace(STATE, panels=frozenset({"compare"}), compared=("B3", "B4")),
    "added": replace(STATE, notice="cart_added=" + LONG_NAMES["ko"], history=HISTORY),
    "added_at_a_label": replace(STATE, card_sku="B1", card_instance=0, panels=frozenset({"card"}),
                                notice="cart_added=" + LONG_NAMES["ko"], history=HISTORY),
    "added_at_a_lesson": replace(STATE, card_sku="B2", card_instance=0, panels=frozenset({"card"}),
                                 notice="cart_added=" + LONG_NAMES["ko"], lesson=STEPS[0]),
    "refused_at_the_search": replace(STATE, panels=frozenset({"search", "letters"}),
                                     notice="wishes_max", query="그래"),
    "cart_to_undo": replace(STATE, cart=CART, panels=frozenset({"cart"}), history=HISTORY),
    "empty_to_undo": replace(STATE, panels=frozenset({"cart"}), history=HISTORY),
}  # fmt: skip
AISLES = tuple(
    AisleLine(f"a{n}", {"ko": f"과일·채소 {n}", "en": f"Fruit and vegetables {n}"},
              (n * 1.5 - 4.0, 3.0), (n * 1.5 - 4.0, -3.0))
    for n in range(6)
)  # fmt: skip
PLAN = FloorPlan(
    (-5.0, -4.0, 5.0, 4.0), ((-4.5, -3.0, -3.5, 2.0), (0.0, -3.0, 1.0, 2.0)), AISLES, (0.0, 3.5),
    (("produce", {"ko": "채소", "en": "Produce"}, (2.0, -3.0, 4.0, 0.0)),),
)  # fmt: skip
FOUND = {
    "search": Found("그래", ("A1", "A2", "A3"), 3), "letters": Found("그래", ("A4",), 1),
    "found_nothing": Found("없다"),
    "mended_search": Found("그래늘라 유기놋 현미", ("A1", "A2", "A3", "A4") * 3, 12,
                           meant="그래놀라 유기농 현미"),
    "kinds": Found(" ", categories=tuple(
        Category(name, 7 + number, f"A{1 + number % 4}")
        for number, name in enumerate(
            ("milk", "frozen vegetables & fruit", "cereal", *(f"kind {n}" for n in range(20)))
        )
    )),
    "one_kind": Found("  ", ("A1", "A2", "A3", "A4", "A1", "A2", "A3", "A4"), 8, category="milk"),
}  # fmt: skip


def around(state):
    found = next((FOUND[name] for name in FOUND if STATES[name].query == state.query), Found())
    marked = ((0.5, 2.1),) if state.marked_sku else ()
    hangs = Basket(pose((-0.29, 0.92, -0.2)), over=not state.panels)
    hangs = hangs if state.cart is CART else None
    others = tuple(sku for sku in OTHERS if sku != state.card_sku)
    others = others if (state.card_sku or "").startswith("B") else ()
    heard = Caption("add", "left", "A1") if state.store == CAPTIONED else None
    return Around(
        PLAN, (0.0, 3.5), 20.0, marked, ((-3.0, 0.0),), found, basket=hangs, alternatives=others,
        caption=heard,
    )  # fmt: skip


class SolidFronts:
    """Every product looks alike, and its picture comes at once."""

    def __init__(self):
        self._asked = []

    def want_front(self, sku):
        self._asked.append(sku)

    def take_fronts(self, limit):
        taken, self._asked = self._asked[:limit], self._asked[limit:]
        return [(sku, np.full((8, 8, 4), 200, np.uint8)) for sku in taken]


def build(panels, state, hits=(), before=None, time_s=0.0, head=HEAD):
    return panels.build(state, head, hits, time_s, 0.0, lambda _e, _p: 1.0, before or UiFrame(),
                        None, around(state))  # fmt: skip
