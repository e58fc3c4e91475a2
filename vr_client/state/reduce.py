"""The one place where the client state changes: an event in, the next state out."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import assert_never

import numpy as np

from catalog_sync.model.cart import Cart
from catalog_sync.model.product import Product, at_prices_of, is_another
from vr_client.state import undo
from vr_client.state.client_state import ClientState
from vr_client.state.events import (
    AddToCart,
    CardQuantityChanged,
    CartChanged,
    CategoryChosen,
    ChangeQuantity,
    CheckoutOpened,
    ComfortChanged,
    CompareSwapped,
    CompareToggled,
    Connected,
    Disconnected,
    Event,
    IntentDone,
    IntentSent,
    KeyboardChanged,
    LanguageChanged,
    LayoutProblem,
    LessonMoved,
    LocalEvent,
    Noticed,
    OrderMoved,
    PanelToggled,
    PricesChanged,
    ProductMarked,
    ProductPointed,
    ProductsLoaded,
    Progress,
    QueryChanged,
    RedoBegun,
    RoutePlanned,
    RowChosen,
    SceneReady,
    SensesChanged,
    UndoAsked,
    UndoBegun,
    WayWanted,
    WishToggled,
)

CARD_QUANTITY_MAX = 99
NOTICE_CONNECTION_LOST = "connection_lost"
LANGUAGES = ("ko", "en")
QUERY_MAX = 40
WISHES_MAX = 40
IN_TURN = frozenset({"cart", "compare", "help", "map", "search", "settings", "wishes"})
"""Panels of which one at a time is open: who opens the map is done with the cart."""


def reduce(state: ClientState, event: Event) -> ClientState:
    """The state after `event`; the very same object when nothing changed."""
    match event:
        case Connected():
            return _connected(state, event)
        case Disconnected(reason=reason, retry_s=retry_s):
            notice = reason if retry_s is None else NOTICE_CONNECTION_LOST
            return replace(state, connected=False, notice=notice)
        case ProductsLoaded():
            return _products_loaded(state, event)
        case PricesChanged():
            return _prices_changed(state, event)
        case SceneReady():
            return _scene_ready(state, event)
        case Progress(what=what, done=done, total=total):
            return replace(state, progress=(what, done, total))
        case CartChanged(cart=cart):
            # They come in order, so a lower version is a new history: a restored or lost database.
            return state if cart == state.cart else _cart_changed(state, cart)
        case IntentDone():
            return _intent_done(state, event)
        case CheckoutOpened():
            return _checkout_opened(state, event)
        case OrderMoved():
            return _order_moved(state, event)
        case RoutePlanned():
            return _route_planned(state, event)
        case LayoutProblem(sentence=sentence):
            return replace(state, layout_problem=sentence)
        case _:
            return _done(state, event)


def _done(state: ClientState, event: LocalEvent) -> ClientState:
    """After what the shopper did."""
    match event:
        case ProductPointed():
            return _product_pointed(state, event)
        case PanelToggled():
            return _panel_toggled(state, event)
        case CardQuantityChanged(quantity=quantity):
            return replace(state, card_quantity=max(1, min(quantity, CARD_QUANTITY_MAX)))
        case LanguageChanged(language=language):
            dirty = frozenset(state.products)
            return replace(state, language=language, language_chosen=True, labels_dirty=dirty)
        case ComfortChanged(comfort=comfort):
            return replace(state, comfort=comfort)
        case SensesChanged(senses=senses):
            other = senses.high_contrast != state.senses.high_contrast
            dirty = frozenset(state.products) if other else state.labels_dirty
            return replace(state, senses=senses, labels_dirty=dirty)
        case LessonMoved(step=step):
            return replace(state, lesson=step)
        case WishToggled(sku=sku):
            return _wish_toggled(state, sku)
        case CompareToggled(sku=sku):
            return _compare_toggled(state, sku)
        case CompareSwapped(side=side):
            return _compare_swapped(state, side)
        case UndoAsked():
            history = undo.ask(state.history, of_cart(state))
            return state if history is state.history else replace(state, history=history)
        case UndoBegun(step_id=step_id, id=intent_id):
            return _undo_begun(state, step_id, intent_id)
        case RedoBegun(step_id=step_id, id=intent_id):
            return _redo_begun(state, step_id, intent_id)
        case QueryChanged(query=query):
            # What is written is looked for in the whole store.
            return replace(state, query=query[:QUERY_MAX], category="", row=0, marked_sku=None)
        case CategoryChosen(category=category):
            return replace(state, query="", category=category, row=0, marked_sku=None)
        case KeyboardChanged(keyboard=keyboard):
            return replace(state, keyboard=keyboard)
        case RowChosen(row=row):
            return replace(state, row=max(0, row))
        case ProductMarked(sku=sku):
            return replace(state, marked_sku=sku)
        case WayWanted(sku=sku):
            return replace(state, led_to=sku, way=None, marked_sku=sku or state.marked_sku)
        case IntentSent(intent=intent):
            return replace(state, pending=(*state.pending, intent), notice="")
        case Noticed(notice=notice):
            # Of two things to say, that nothing arrives at the shop is the weightier one.
            lost = not state.connected and state.notice != ""
            return state if lost else replace(state, notice=notice)
        case _:
            assert_never(event)


def mark_labels_told(state: ClientState, skus: Iterable[str]) -> ClientState:
    """Whoever draws the labels of `skus` knows; the same object when none of them was dirty."""
    dirty = state.labels_dirty.difference(skus)
    if len(dirty) == len(state.labels_dirty):
        return state
    return replace(state, labels_dirty=dirty)


def _wish_toggled(state: ClientState, sku: str) -> ClientState:
    if sku in state.wishes:
        left = tuple(one for one in state.wishes if one != sku)
        return replace(state, wishes=left, route=state.route if left else None)
    if sku not in state.products:
        return state
    if len(state.wishes) >= WISHES_MAX:
        return replace(state, notice="wishes_max")
    return replace(state, wishes=(*state.wishes, sku))


def _cart_changed(state: ClientState, cart: Cart) -> ClientState:
    """Who has put what they were led to into the cart has found it."""
    led_to = state.led_to
    if led_to is not None and cart.quantity(led_to) > state.cart.quantity(led_to):
        state = replace(state, led_to=None, way=None)
    return replace(state, cart=cart)


def _route_planned(state: ClientState, event: RoutePlanned) -> ClientState:
    """The list in the order of the walk; what has been got since stays where it was, behind.

    Or the way to the one product that the shopper is led to.
    """
    if state.led_to is not None and {*event.skus, *event.missed} == {state.led_to}:
        if event.missed:
            return replace(state, led_to=None, way=None, notice="not_on_shelf")
        return replace(state, way=event)
    wanted = set(state.wishes)
    walked = tuple(sku for sku in event.skus if sku in wanted)
    rest = tuple(sku for sku in state.wishes if sku not in set(walked))
    return replace(state, wishes=walked + rest, route=event)


def _connected(state: ClientState, event: Connected) -> ClientState:
    first = not state.ever_connected
    own = event.locale.replace("-", "_").split("_")[0]
    language = own if own in LANGUAGES else "en"
    empty = state.cart.version == 0 and not state.cart.lines
    return replace(
        state if event.resumed else _without_checkout(state),
        connected=True,
        ever_connected=True,
        store=event.store,
        locale=event.locale,
        language=language if first and not state.language_chosen else state.language,
        cart=Cart(0, event.currency) if empty else state.cart,
        notice="" if state.notice == NOTICE_CONNECTION_LOST else state.notice,
    )


def _scene_ready(state: ClientState, event: SceneReady) -> ClientState:
    """A new store around the shopper: the open card stays, on the unit nearest to the old one."""
    scene, before = event.scene, state.scene
    dirty = state.labels_dirty | frozenset(scene.skus)
    instance = -1
    if state.card_sku in scene.skus:
        rows = np.flatnonzero(scene.product_of == scene.skus.index(state.card_sku))
        if before is not None and 0 <= state.card_instance < len(before.bounds) and len(rows):
            middles = scene.bounds[rows].astype(np.float64).mean(axis=1)
            was = before.bounds[state.card_instance].astype(np.float64).mean(axis=0)
            instance = int(rows[np.linalg.norm(middles - was, axis=1).argmin()])
        elif len(rows):
            instance = int(rows[0])
    return replace(state, scene=scene, labels_dirty=dirty, card_instance=instance)


def _products_loaded(state: ClientState, event: ProductsLoaded) -> ClientState:
    changed: dict[str, Product] = {}
    facts = False
    for product in event.products:
        before = state.products.get(product.sku)
        if before == product:
            continue
        changed[product.sku] = product
        # A shop that comes back tells all its products: they are what they were, at other prices.
        facts = facts or before is None or is_another(before, product)
    if not changed:
        return state
    return _with_products(state, changed, frozenset(changed), facts=facts)


def _prices_changed(state: ClientState, event: PricesChanged) -> ClientState:
    changed: dict[str, Product] = {}
    dirty = set[str]()
    for change in event.changes:
        product = changed.get(change.sku) or state.products.get(change.sku)
        if product is None:
            continue
        if (product.price, product.was_price) != (change.price, change.was_price):
            dirty.add(change.sku)  # stock is not written on the label
        changed[change.sku] = at_prices_of(product, change)
    if not changed:
        return state
    return _with_products(state, changed, frozenset(dirty), facts=False)


def _with_products(
    state: ClientState, changed: Mapping[str, Product], dirty: frozenset[str], *, facts: bool
) -> ClientState:
    return replace(
        state,
        products=state.products.changed(changed, facts=facts),
        labels_dirty=state.labels_dirty | dirty,
    )


def _intent_done(state: ClientState, event: IntentDone) -> ClientState:
    history, notice = state.history, state.notice if event.ok else event.reason
    done = next((intent for intent in of_cart(state) if intent.id == event.id), None)
    if done is not None:
        units = event.units if event.ok else 0
        if event.ok:
            notice = _said_of(state, done, units) or notice
        history = undo.settled(history, done.id, done.sku, units)
    return replace(
        state,
        pending=tuple(intent for intent in state.pending if intent.id != event.id),
        notice=notice,
        history=history,
    )


def of_cart(state: ClientState) -> tuple[AddToCart | ChangeQuantity, ...]:
    """The intents about the cart that the shop has not answered yet, oldest first."""
    return tuple(one for one in state.pending if isinstance(one, AddToCart | ChangeQuantity))


def _said_of(state: ClientState, done: AddToCart | ChangeQuantity, units: int) -> str:
    """What is said of a change that took effect: of what one may want back, and cannot see."""
    product = state.products.get(done.sku)
    name = product.name(state.language) if product is not None else done.sku
    if state.history.is_undoing(done.id):
        return f"undone={name}" if units else f"undone_nothing={name}"
    if units > 0 and "cart" not in state.panels:
        return f"cart_added={name}"
    return f"cart_taken={name}" if units < 0 and not state.cart.quantity(done.sku) else ""


def _undo_begun(state: ClientState, step_id: str, intent_id: str) -> ClientState:
    step = next((one for one in state.history.done if one.id == step_id), None)
    if step is None:
        return state
    return replace(state, history=undo.begun(state.history, step, intent_id))


def _redo_begun(state: ClientState, step_id: str, intent_id: str) -> ClientState:
    step = next((one for one in state.history.undone if one.id == step_id), None)
    if step is None:
        return state
    return replace(state, history=undo.redone(state.history, step, intent_id))


def _compare_toggled(state: ClientState, sku: str) -> ClientState:
    product, held = state.products.get(sku), state.compared
    if product is None:
        return state
    if held == (sku,):
        return replace(state, compared=(), notice="")
    if sku in held:
        return _panel_toggled(state, PanelToggled("compare", visible=True))
    if len(held) == 1:
        return _beside(state, sku)
    return replace(state, compared=(sku,), notice=f"compare_choose={product.name(state.language)}")


def _beside(state: ClientState, sku: str) -> ClientState:
    """The other product is chosen: both lie side by side."""
    state = replace(state, compared=(state.compared[0], sku), notice="")
    return _panel_toggled(state, PanelToggled("compare", visible=True))


def _compare_swapped(state: ClientState, side: int) -> ClientState:
    if len(state.compared) != 2 or side not in {0, 1}:
        return state
    stays = state.products.get(state.compared[1 - side])
    if stays is None:
        return state
    state = _product_pointed(state, ProductPointed(None))
    return replace(
        state,
        compared=(stays.sku,),
        panels=state.panels - {"compare"},
        notice=f"compare_choose={stays.name(state.language)}",
    )


def _checkout_opened(state: ClientState, event: CheckoutOpened) -> ClientState:
    if state.checkout is not None and state.checkout.order_id == event.order_id:
        return replace(state, checkout=event)  # told again after a reconnect: panels stay
    return replace(
        state,
        checkout=event,
        panels=(state.panels - {"card", "cart", "order"}) | {"checkout"},
        card_sku=None,
        card_instance=-1,
        notice="",
    )


def _order_moved(state: ClientState, event: OrderMoved) -> ClientState:
    order = event.order
    if state.order == order:
        return state
    ours = state.checkout is not None and state.checkout.order_id == order.id
    if order.state == "paid":
        return replace(
            state,
            order=order,
            checkout=None,
            panels=(state.panels - {"card", "cart", "checkout"}) | {"order"},
            card_sku=None,
            card_instance=-1,
            notice="",
            history=undo.NOTHING_DONE,  # what was bought is no longer in a cart
        )
    if order.state == "pending":
        return replace(state, order=order)
    # Whichever order ended: a shopper has one open checkout, and the server tells of the one that
    # is still open after the ones that ended.
    notice = f"order_{order.state}" if ours else state.notice
    return replace(_without_checkout(state), order=order, notice=notice)


def _without_checkout(state: ClientState) -> ClientState:
    """No checkout is open: whoever looked at it looks at the cart."""
    panels = state.panels
    if "checkout" in panels:
        panels = (panels - {"checkout"}) | {"cart"}
    return replace(state, checkout=None, panels=panels)


def _product_pointed(state: ClientState, event: ProductPointed) -> ClientState:
    if event.sku is None:
        return replace(state, card_sku=None, card_instance=-1, panels=state.panels - {"card"})
    if event.sku == state.led_to:  # it is found
        state = replace(state, led_to=None, way=None)
    pointed = replace(
        state,
        card_sku=event.sku,
        card_instance=event.instance,
        card_quantity=1,
        panels=state.panels | {"card"},
        notice="",
    )
    if len(state.compared) == 1 and event.sku not in state.compared:
        return _beside(pointed, event.sku)
    return pointed


def _panel_toggled(state: ClientState, event: PanelToggled) -> ClientState:
    if event.panel == "card" and not event.visible:
        return _product_pointed(state, ProductPointed(None))
    if event.panel == "checkout" and event.visible and state.checkout is None:
        return state  # there is nothing to show yet
    if event.visible:
        if event.panel == "search":
            # A new search; what was found stays marked.
            state = replace(state, query="", category="", row=0)
        others = IN_TURN - {event.panel} if event.panel in IN_TURN else frozenset[str]()
        return replace(state, panels=(state.panels - others) | {event.panel})
    left = replace(state, panels=state.panels - {event.panel})
    return replace(left, compared=()) if event.panel == "compare" else left
