"""What every panel shows, read from the client state: what is open, with which words and sums."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.category_names import category_name
from catalog_sync.model.product import Product
from vr_client.interact.trail import rest_of
from vr_client.sound.captions import Caption
from vr_client.state.client_state import ClientState
from vr_client.state.events import AbandonCheckout, AddToCart, OpenCheckout
from vr_client.state.reduce import of_cart
from vr_client.state.undo import candidates, to_redo
from vr_client.ui import theme
from vr_client.ui.actions import letters_of, to_get
from vr_client.ui.around import Around
from vr_client.ui.canvas import Canvas
from vr_client.ui.finder import Category
from vr_client.ui.keyboard import KeyboardView
from vr_client.ui.panels import (
    basket_tag,
    card,
    cart,
    checkout,
    chip,
    comparison,
    dock,
    floor_map,
    guide,
    loading,
    order,
    problem,
    safety,
    search,
    settings,
    tutorial,
    wishes,
)
from vr_client.ui.panels import caption as caption_panel
from vr_client.ui.pictures import PictureStore
from vr_client.ui.placement import Size
from vr_client.ui.strings import notice_text, text

MAP_STEP_M = 0.5
"""A way on the map grows shorter in steps, so that the map is not drawn anew in every frame."""


Zoom = Callable[[Size], float]
"""How many times as large as usual a panel of some size can hang."""


def _as_usual(_size: Size) -> float:
    return 1.0


def _with_margin(wide: float, high: float) -> Size:
    return wide + 2.0 * theme.SHADOW, high + 2.0 * theme.SHADOW


@dataclass(frozen=True, slots=True)
class Wanted:
    """A panel to show: its content (compared to see whether to redraw) and how to draw it."""

    id: str
    view: Any
    width: float
    height: float
    draw: Callable[[Canvas, Any], None]
    fixed: tuple[float, float] | None = None
    """The point, units within the margin, that stays where it is in every text size."""
    pointed: bool = True
    """Whether who points at it points at no other."""
    laid: bool = False
    """Whether it lies on the panel before it."""

    @property
    def size(self) -> Size:
        """Width and height with the margin for the shadow, panel units."""
        return _with_margin(self.width, self.height)


HERE = Wanted("here", None, floor_map.HERE, floor_map.HERE, floor_map.draw_here,
              pointed=False, laid=True)  # fmt: skip
"""The shopper on the map."""

READ_ALONE = frozenset({"safety", "help", "settings", "search", "map", "wishes"})
"""What is in front instead of the tutorial's step, which comes again when they are closed."""


class Contents:
    """Makes what is open into panels to draw; remembers only which pages are in view."""

    def __init__(self, pictures: PictureStore, controls: str, canvas: Canvas) -> None:
        """`canvas` measures words: some panels are as high as what they say is long."""
        self._pictures = pictures
        self.controls = controls
        self._canvas = canvas
        self._measured: tuple[Any, float] = (None, 0.0)
        self._checkout_life: tuple[str, int] = ("", 1)
        self._chip: tuple[tuple[Cart, str, bool, bool], Wanted] | None = None
        self.cart_first = 0
        self._help_page = 0

    def main(
        self, state: ClientState, unix_s: float, around: Around, zoom: Zoom = _as_usual
    ) -> Wanted | None:
        """The one big panel: what stops the shopper first, then what they opened."""
        if "help" not in state.panels:
            self._help_page = 0
        if "safety" in state.panels:
            notice = safety.SafetyView(state.language)
            return Wanted("safety", notice, safety.WIDTH, safety.HEIGHT, safety.draw)
        if state.scene is None:
            return _loading(state)
        if "order" in state.panels and state.order is not None:
            return self._order(state)
        if "checkout" in state.panels and state.checkout is not None:
            return self._checkout(state, unix_s)
        if "search" in state.panels:
            return self._search(state, around)
        if "map" in state.panels and around.plan is not None:
            return self._map(state, around)
        if "wishes" in state.panels:
            return _wishes(state)
        if "settings" in state.panels:
            page = "reading" if "reading" in state.panels else "moving"
            window = self.controls == "desktop"
            chosen = settings.SettingsView(
                state.comfort, state.senses, state.language, page, window
            )
            return Wanted(
                "settings", chosen, settings.WIDTH, settings.height(window=window), settings.draw,
                settings.SIZE_AT,
            )  # fmt: skip
        if "help" in state.panels:
            return self._help(state, around.family, zoom)
        if "cart" in state.panels:
            return self._cart(state)
        if "compare" in state.panels:
            both = [state.products[sku] for sku in state.compared if sku in state.products]
            if len(both) == 2:
                return self._comparison(state, (both[0], both[1]))
        if state.card_sku is not None and state.card_sku in state.products:
            return self._card(state, state.products[state.card_sku], around)
        return None

    def chip(self, state: ClientState) -> Wanted | None:
        """The chip that is always in view, once there is a store; added up for each cart once."""
        if state.scene is None:
            return None
        key = (state.cart, state.reading, bool(state.pending), state.connected)
        if self._chip is None or self._chip[0] != key:
            cart, reading, waits, connected = key
            view = chip.ChipView(cart.unit_count, cart.total, reading, waits, connected)
            self._chip = key, Wanted("chip", view, chip.WIDTH, chip.HEIGHT, chip.draw)
        return self._chip[1]

    def lesson(self, state: ClientState, family: str) -> Wanted | None:
        """The step of the tutorial that is to be done, if there is one."""
        if not state.lesson or state.scene is None or state.panels & READ_ALONE:
            return None
        view = tutorial.TutorialView(state.lesson, self.controls, family, state.language)
        return Wanted("tutorial", view, tutorial.WIDTH, tutorial.HEIGHT, tutorial.draw)

    def _high(self, view: Any, measure: Callable[[Canvas, Any], float]) -> float:
        """How high a panel is whose words decide it; measured when its view is another."""
        if self._measured[0] != view:
            self._measured = (view, measure(self._canvas, view))
        return self._measured[1]

    def _comparison(self, state: ClientState, both: tuple[Product, Product]) -> Wanted:
        one, two = both
        view = comparison.ComparisonView(
            both,
            (self._pictures.key(one), self._pictures.key(two)),
            (_is_being_added(state, one.sku), _is_being_added(state, two.sku)),
            state.language,
            state.reading,
        )
        high = self._high(view, comparison.height)
        return Wanted("compare", view, comparison.WIDTH, high, comparison.draw)

    def _card(self, state: ClientState, product: Product, around: Around) -> Wanted:
        others = (state.products[sku] for sku in around.alternatives if sku in state.products)
        view = card.CardView(
            product,
            state.card_quantity,
            state.cart.quantity(product.sku),
            state.language,
            state.reading,
            self._pictures.key(product),
            _is_being_added(state, product.sku),
            product.sku in state.wishes,
            tuple((other, self._pictures.key(other)) for other in others),
            product.sku in state.compared,
            state.card_instance < 0,
        )
        return Wanted("card", view, card.WIDTH, self._high(view, card.height), card.draw)

    def _cart(self, state: ClientState) -> Wanted:
        count = len(state.cart.lines)
        if self.cart_first >= count:
            self.cart_first = 0
        lines = state.cart.lines[self.cart_first : self.cart_first + cart.LINES_SHOWN_MAX]
        products = _products_of(lines, state)
        keys = [(sku, self._pictures.key(product)) for sku, product in products]
        view = cart.CartView(
            state.cart,
            products,
            tuple((sku, key) for sku, key in keys if key is not None),
            state.language,
            state.reading,
            self.cart_first,
            any(isinstance(intent, OpenCheckout) for intent in state.pending),
            bool(candidates(state.history, of_cart(state))),
            to_redo(state.history, of_cart(state)) is not None,
        )
        return Wanted("cart", view, cart.WIDTH, cart.height(count), cart.draw)

    def turn_cart(self, state: ClientState, steps: int) -> None:
        """Show the lines after (or before) those in view; past the end it begins anew."""
        count = max(1, len(state.cart.lines))
        first = self.cart_first + steps * cart.LINES_SHOWN_MAX
        self.cart_first = first if 0 <= first < count else 0

    def _help(self, state: ClientState, family: str, zoom: Zoom) -> Wanted:
        pages = guide.pages_for(
            self.controls, state.senses.scale, lambda wide, high: zoom(_with_margin(wide, high))
        )
        self._help_page %= pages
        view = guide.GuideView(self.controls, state.language, family, self._help_page, pages)
        return Wanted("help", view, guide.WIDTH, guide.height(self.controls, pages), guide.draw)

    def turn_help(self, steps: int) -> None:
        """Show a page of the help that is so many further; past either end it begins anew."""
        self._help_page += steps

    def _checkout(self, state: ClientState, unix_s: float) -> Wanted:
        opened = state.checkout
        assert opened is not None, "only called with an open checkout"
        left = max(0, int(opened.expires_unix_s - unix_s))
        if self._checkout_life[0] != opened.order_id:
            self._checkout_life = (opened.order_id, max(1, left))
        view = checkout.CheckoutView(
            opened.url,
            opened.total,
            left,
            self._checkout_life[1],
            state.language,
            state.reading,
            any(isinstance(intent, AbandonCheckout) for intent in state.pending),
            browser=self.controls == "desktop",
        )
        return Wanted("checkout", view, checkout.WIDTH, checkout.HEIGHT, checkout.draw)

    def _order(self, state: ClientState) -> Wanted:
        placed = state.order
        assert placed is not None, "only called with an order"
        products = _products_of(placed.lines[: order.LINES_SHOWN_MAX], state)
        view = order.OrderView(placed, products, state.language, state.reading)
        return Wanted("order", view, order.WIDTH, order.height(len(placed.lines)), order.draw)

    def _map(self, state: ClientState, around: Around) -> Wanted | None:
        if around.plan is None:
            return None
        marked = state.products.get(state.marked_sku or "")
        x, z = (round(round(side / MAP_STEP_M) * MAP_STEP_M, 3) for side in around.spot)
        view = floor_map.MapView(
            around.plan,
            state.store,
            around.marked,
            around.pins,
            marked.name(state.language) if marked is not None else "",
            state.language,
            rest_of(state.way.path, (x, z)) if state.way is not None else (),
            rest_of(state.route.path, (x, z)) if state.route is not None and to_get(state) else (),
            led=state.led_to is not None,
            sought=around.found.meant
            or state.query.strip()
            or category_name(state.category, state.language),
        )
        wide = floor_map.frame_of(around.plan).panel_width
        return Wanted("map", view, wide, self._high(view, floor_map.height), floor_map.draw)

    def _search(self, state: ClientState, around: Around) -> Wanted:
        found = around.found
        letters = ("letters" in state.panels) != (self.controls != "desktop")
        listed = len(found.categories or found.skus)
        shown = search.rows_shown(keys=letters, kinds=bool(found.categories))
        row = min(state.row, max(0, listed - 1))
        first = row // shown * shown
        rows = tuple(
            state.products[sku]
            for sku in found.skus[first : first + shown]
            if sku in state.products
        )
        keys = [(product.sku, self._pictures.key(product)) for product in rows]
        board = KeyboardView(letters_of(state), state.keyboard.shift, state.language)
        view = search.SearchView(
            state.query,
            category_name(state.category, state.language),
            self._kinds(found.categories[first : first + shown], state),
            rows,
            tuple((sku, key) for sku, key in keys if key is not None),
            first,
            row,
            len(found.categories) or found.count,
            listed,
            board if letters else None,
            state.language,
            state.reading,
            tuple(product.sku for product in rows if product.sku in state.wishes),
            state.led_to or "",
            found.meant,
            found.done,
        )
        return Wanted("search", view, search.WIDTH, search.height(keys=letters), search.draw)

    def _kinds(
        self, categories: tuple[Category, ...], state: ClientState
    ) -> tuple[search.Kind, ...]:
        kinds = []
        for category in categories:
            product = state.products.get(category.sku)
            kinds.append(
                search.Kind(
                    category_name(category.name, state.language),
                    category.count,
                    _tint_of(product),
                    self._pictures.key(product) if product is not None else None,
                )
            )
        return tuple(kinds)


def _tint_of(product: Product | None) -> str:
    """What is seen in place of a picture that is not drawn yet."""
    return (product.colour.removeprefix("#") if product is not None else "") or theme.GROUND_DEEP


def _is_being_added(state: ClientState, sku: str) -> bool:
    return any(isinstance(one, AddToCart) and one.sku == sku for one in state.pending)


def _wishes(state: ClientState) -> Wanted:
    listed = tuple(
        (state.products[sku], state.cart.quantity(sku) > 0)
        for sku in state.wishes
        if sku in state.products
    )
    length_m = state.route.length_m if state.route is not None else 0.0
    view = wishes.WishesView(listed, length_m, state.language, state.reading)
    return Wanted("wishes", view, wishes.WIDTH, wishes.height(len(listed)), wishes.draw)


def in_short(lesson: Wanted) -> Wanted:
    """A step of the tutorial in two short lines, for where there is little room; else the same."""
    if lesson.id != "tutorial":
        return lesson
    view = replace(lesson.view, short=True)
    return Wanted("tutorial", view, tutorial.SHORT_WIDTH, tutorial.SHORT_HEIGHT, tutorial.draw)


def layout_problem(state: ClientState) -> Wanted | None:
    """Why the newest layout is not shown, as long as it is not."""
    if not state.layout_problem or state.scene is None:
        return None
    view = problem.ProblemView(state.layout_problem, state.language)
    return Wanted("problem", view, problem.WIDTH, problem.HEIGHT, problem.draw)


def tag_of_basket(state: ClientState, *, over: bool) -> Wanted | None:
    """The tag on the basket at the hip, where there is one; `over`: a thing is held over it."""
    if state.scene is None:
        return None
    view = basket_tag.BasketTagView(state.cart.unit_count, over)
    return Wanted("basket", view, basket_tag.WIDTH, basket_tag.HEIGHT, basket_tag.draw)


def caption_strip(caption: Caption, state: ClientState) -> Wanted:
    """What is heard, in words."""
    product = state.products.get(caption.sku)
    name = product.name(state.language) if product is not None else caption.sku
    sentence = text(f"caption.{caption.cue}", state.language, name=name)
    view = caption_panel.CaptionView(sentence, caption.side)
    return Wanted("caption", view, caption_panel.WIDTH, caption_panel.HEIGHT, caption_panel.draw)


def dock_below(state: ClientState) -> Wanted | None:
    """The buttons below the chip, for hands that have no keyboard."""
    if state.scene is None or "checkout" in state.panels:
        return None
    now = next((name for name, _ in dock.BUTTONS if name in state.panels), "")
    view = dock.DockView(now, state.language, len(to_get(state)))
    return Wanted("dock", view, dock.width(view), dock.HEIGHT, dock.draw)


def _loading(state: ClientState) -> Wanted:
    what, done, total = state.progress
    problem = notice_text(state.notice, state.language) if state.notice else ""
    view = loading.LoadingView(state.store, what, done, total, problem, state.language)
    return Wanted("loading", view, loading.WIDTH, loading.HEIGHT, loading.draw)


def _products_of(
    lines: tuple[CartLine, ...], state: ClientState
) -> tuple[tuple[str, Product], ...]:
    return tuple(
        (line.sku, state.products[line.sku]) for line in lines if line.sku in state.products
    )
