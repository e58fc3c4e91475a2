"""All panels of a frame: which are open, what they show, where they hang, what was redrawn."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from catalog_sync.model.cart import CartLine
from catalog_sync.model.product import Product
from vr_client.frame_packet import Matrix, PanelQuad, TextureUpdate
from vr_client.interact.rays import PanelHit
from vr_client.state.client_state import ClientState
from vr_client.state.events import AbandonCheckout, AddToCart, OpenCheckout
from vr_client.state.reduce import NOTICE_CONNECTION_LOST
from vr_client.ui import theme
from vr_client.ui.canvas import Canvas, PanelPicture
from vr_client.ui.marks import DrawnText, Target, contains
from vr_client.ui.panels import card, cart, checkout, chip, guide, hint, loading, notice, order
from vr_client.ui.pictures import PictureStore
from vr_client.ui.placement import (
    Clear,
    Follower,
    Placement,
    Sight,
    Size,
    ahead,
    beside,
    docked,
    is_left_behind,
)
from vr_client.ui.strings import notice_text

NOTICE_S = 6.0
GOOD_NOTICES = ("picture_kept",)
LASTING_NOTICES = frozenset({NOTICE_CONNECTION_LOST})


@dataclass(frozen=True, slots=True)
class UiFrame:
    """The panels of one frame and everything they say, redrawn in this frame or not."""

    panels: tuple[PanelQuad, ...] = ()
    textures: tuple[TextureUpdate, ...] = ()
    texts: tuple[DrawnText, ...] = ()
    targets: tuple[Target, ...] = ()
    sizes: tuple[tuple[str, Size], ...] = ()

    def target_at(self, hit: PanelHit) -> str | None:
        """The id of the target under a pointer; the last drawn wins."""
        width, height = dict(self.sizes)[hit.panel]
        x, y = hit.across * width, hit.down * height
        found = [t.id for t in self.targets if t.panel == hit.panel and contains(t.rect, x, y)]
        return found[-1] if found else None

    def text_of(self, role: str) -> str | None:
        """The first drawn text of `role`."""
        return next((drawn.text for drawn in self.texts if drawn.role == role), None)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A panel to show: its content (compared to see whether to redraw) and how to draw it."""

    id: str
    view: Any
    width: float
    height: float
    draw: Callable[[Canvas, Any], None]

    @property
    def size(self) -> Size:
        return self.width + 2.0 * theme.SHADOW, self.height + 2.0 * theme.SHADOW


class PanelSet:
    """Remembers where panels hang and what they looked like; everything shown is in the state."""

    def __init__(self, canvas: Canvas, pictures: PictureStore, controls: str) -> None:
        self._canvas = canvas
        self._pictures = pictures
        self._controls = controls
        self._drawn: dict[str, tuple[Any, str, PanelPicture]] = {}
        self._placed: tuple[Any, Placement] | None = None
        # In a window the line of keys is docked below the chip.
        self._chip = Follower(22.0 if controls == "desktop" else 25.0, 0.75)
        self._notice = Follower(-13.0, 0.8)
        self._hint_over = controls != "desktop"
        self._notice_since: tuple[str, float] = ("", 0.0)
        self._checkout_life: tuple[str, int] = ("", 1)
        self.cart_first = 0

    def build(
        self,
        state: ClientState,
        head: Matrix,
        hits: tuple[PanelHit, ...],
        time_s: float,
        unix_s: float,
        clear: Clear,
        before: UiFrame,
        sight: Sight | None = None,
    ) -> UiFrame:
        """The panels for `state`. `before` is the last frame's: hovering is over what was seen.

        `time_s` is the frame's time, `unix_s` the wall clock that checkouts expire by; `sight`
        counts in a window only.
        """
        sight = sight if self._controls == "desktop" else None
        pictures = self._pictures.draw_one()
        hovered = {hit.panel: before.target_at(hit) or "" for hit in hits}
        main = self._main(state, unix_s)
        shown: list[tuple[_Wanted, Placement]] = []
        main_place = self._place_main(main, state, head, clear, sight) if main is not None else None
        if main is not None and main_place is not None:
            shown.append((main, main_place))
        chip_wanted = _chip(state)
        if chip_wanted is not None:
            floating = self._chip.place(head, time_s, clear, sight)
            place = (
                docked(main_place, main.size, chip_wanted.size, above=False)
                if main is not None and main_place is not None
                else floating
            )
            shown.append((chip_wanted, place))
            keys = self._keys_hint(state, main)
            if keys is not None:
                shown.append((keys, docked(place, chip_wanted.size, keys.size, above=False)))
        toast = self._toast(state, time_s)
        if toast is not None:
            floating = self._notice.place(head, time_s, clear, sight)
            place = (
                docked(main_place, main.size, toast.size, above=True)
                if main is not None and main_place is not None
                else floating
            )
            shown.append((toast, place))
        return self._frame(shown, hovered, pictures)

    # ------------------------------------------------------------ drawing

    def _frame(
        self,
        shown: list[tuple[_Wanted, Placement]],
        hovered: dict[str, str],
        pictures: tuple[TextureUpdate, ...],
    ) -> UiFrame:
        panels: list[PanelQuad] = []
        texts: list[DrawnText] = []
        targets: list[Target] = []
        sizes: list[tuple[str, Size]] = []
        for wanted, place in shown:
            over = hovered.get(wanted.id, "")
            old = self._drawn.get(wanted.id)
            fresh = old is None or old[0] != wanted.view or old[1] != over
            if old is None or fresh:
                picture = self._draw(wanted, over)
                self._drawn[wanted.id] = (wanted.view, over, picture)
            else:
                picture = old[2]
            drawing = picture.drawing if fresh else None
            panels.append(
                PanelQuad(wanted.id, place.world_from_panel, place.size_m(picture.size), drawing)
            )
            texts.extend(picture.texts)
            targets.extend(picture.targets)
            sizes.append((wanted.id, picture.size))
        # A panel that went is forgotten, so that it is drawn anew when it comes back: the
        # renderer may have dropped its texture meanwhile.
        open_now = {wanted.id for wanted, _ in shown}
        self._drawn = {name: kept for name, kept in self._drawn.items() if name in open_now}
        textures = (*pictures, *self._canvas.texture_updates())
        return UiFrame(tuple(panels), textures, tuple(texts), tuple(targets), tuple(sizes))

    def _draw(self, wanted: _Wanted, hovered: str) -> PanelPicture:
        self._canvas.begin(wanted.id, wanted.width, wanted.height, hovered, theme.SHADOW)
        wanted.draw(self._canvas, wanted.view)
        return self._canvas.finish()

    # ------------------------------------------------------------ what is open

    def _main(self, state: ClientState, unix_s: float) -> _Wanted | None:
        """The one big panel: what stops the shopper first, then what they opened."""
        if state.scene is None:
            return _loading(state)
        if "order" in state.panels and state.order is not None:
            return self._order(state)
        if "checkout" in state.panels and state.checkout is not None:
            return self._checkout(state, unix_s)
        if "help" in state.panels:
            view = guide.GuideView(self._controls, state.language)
            return _Wanted("help", view, guide.WIDTH, guide.height(self._controls), guide.draw)
        if "cart" in state.panels:
            return self._cart(state)
        if state.card_sku is not None and state.card_sku in state.products:
            return self._card(state, state.products[state.card_sku])
        return None

    def _card(self, state: ClientState, product: Product) -> _Wanted:
        view = card.CardView(
            product,
            state.card_quantity,
            state.cart.quantity(product.sku),
            state.language,
            state.locale,
            self._pictures.key(product),
            any(isinstance(i, AddToCart) and i.sku == product.sku for i in state.pending),
        )
        return _Wanted("card", view, card.WIDTH, card.HEIGHT, card.draw)

    def _cart(self, state: ClientState) -> _Wanted:
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
            state.locale,
            self.cart_first,
            any(isinstance(intent, OpenCheckout) for intent in state.pending),
        )
        return _Wanted("cart", view, cart.WIDTH, cart.height(count), cart.draw)

    def turn_cart(self, state: ClientState, steps: int) -> None:
        """Show the lines after (or before) those in view; past the end it begins anew."""
        count = max(1, len(state.cart.lines))
        first = self.cart_first + steps * cart.LINES_SHOWN_MAX
        self.cart_first = first if 0 <= first < count else 0

    def _checkout(self, state: ClientState, unix_s: float) -> _Wanted:
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
            state.locale,
            any(isinstance(intent, AbandonCheckout) for intent in state.pending),
            browser=self._controls == "desktop",
        )
        return _Wanted("checkout", view, checkout.WIDTH, checkout.HEIGHT, checkout.draw)

    def _order(self, state: ClientState) -> _Wanted:
        placed = state.order
        assert placed is not None, "only called with an order"
        products = _products_of(placed.lines[: order.LINES_SHOWN_MAX], state)
        view = order.OrderView(placed, products, state.language, state.locale)
        return _Wanted("order", view, order.WIDTH, order.height(len(placed.lines)), order.draw)

    def _keys_hint(self, state: ClientState, main: _Wanted | None) -> _Wanted | None:
        """A window's keys, until the shopper opened the help or put something in the cart."""
        acted = any(isinstance(intent, AddToCart) for intent in state.pending)
        self._hint_over |= acted or "help" in state.panels
        if self._hint_over or main is not None:
            return None
        view = hint.HintView(state.language)
        return _Wanted("hint", view, hint.WIDTH, hint.HEIGHT, hint.draw)

    def _toast(self, state: ClientState, time_s: float) -> _Wanted | None:
        # What the shopper does clears a notice, but not the reason to wait.
        code = state.notice or ("" if state.connected else NOTICE_CONNECTION_LOST)
        if code != self._notice_since[0]:
            self._notice_since = (code, time_s)
        if not code or state.scene is None:
            return None  # before the store is there, the loading panel says it
        age_s = time_s - self._notice_since[1]
        if age_s > NOTICE_S and code not in LASTING_NOTICES and state.connected:
            return None
        view = notice.NoticeView(notice_text(code, state.language), code.startswith(GOOD_NOTICES))
        return _Wanted("notice", view, notice.WIDTH, notice.HEIGHT, notice.draw)

    # ------------------------------------------------------------ where it hangs

    def _place_main(
        self,
        main: _Wanted,
        state: ClientState,
        head: Matrix,
        clear: Clear,
        sight: Sight | None,
    ) -> Placement:
        """A panel stays where it was hung until the shopper leaves it behind."""
        is_card = main.id == "card"
        anchor = (main.id, state.card_instance if is_card else -1, sight)  # a resized window
        if self._placed is not None and self._placed[0] == anchor:
            kept = self._placed[1]
            if not is_left_behind(kept, head, turning=not is_card):
                return kept
        scene = state.scene
        if is_card and scene is not None and 0 <= state.card_instance < len(scene.bounds):
            place = beside(head, scene.bounds[state.card_instance], main.size, clear, sight)
        else:
            place = ahead(head, main.size, clear, sight)
        self._placed = (anchor, place)
        return place


def _chip(state: ClientState) -> _Wanted | None:
    if state.scene is None:
        return None
    view = chip.ChipView(
        state.cart.unit_count, state.cart.total, state.locale, bool(state.pending), state.connected
    )
    return _Wanted("chip", view, chip.WIDTH, chip.HEIGHT, chip.draw)


def _loading(state: ClientState) -> _Wanted:
    what, done, total = state.progress
    problem = notice_text(state.notice, state.language) if state.notice else ""
    view = loading.LoadingView(state.store, what, done, total, problem, state.language)
    return _Wanted("loading", view, loading.WIDTH, loading.HEIGHT, loading.draw)


def _products_of(
    lines: tuple[CartLine, ...], state: ClientState
) -> tuple[tuple[str, Product], ...]:
    return tuple(
        (line.sku, state.products[line.sku]) for line in lines if line.sku in state.products
    )
