"""A shop that lives in memory: all of it that a client sees, without a process or a network."""

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.money import Money
from catalog_sync.model.order import Order
from catalog_sync.model.product import Product
from tests.golden.small_scene import small_scene
from vr_client.state.events import (
    AbandonCheckout,
    AddToCart,
    CartChanged,
    CheckoutOpened,
    Connected,
    IntentDone,
    OpenCheckout,
    OrderMoved,
    ProductsLoaded,
    SceneReady,
)

PRICE = Money(8900, "KRW")


class MemoryShop:
    """Answers intents at once, as a shop would; a `Worker` without a process or a network."""

    def __init__(self):
        scene = small_scene()
        names = {"ko": "허니 그래놀라", "en": "Honey granola"}
        self.products = tuple(
            Product(sku, names, "Brand", "cereal", "box", (100, 160, 60), PRICE, 9)
            for sku in scene.skus
        )
        self.events = [
            Connected("가게", "KRW", "ko_KR"), ProductsLoaded("a", self.products),
            CartChanged(Cart(1, "KRW")), SceneReady(scene),
        ]  # fmt: skip
        self.cart = Cart(1, "KRW")
        self.sent = []
        self.questions = []
        self.art = []

    def poll(self, limit=64):
        told, self.events = self.events[:limit], self.events[limit:]
        return told

    def ask(self, question):
        self.questions.append(question)

    def want_art(self, key, _sku):
        self.art.append((key, None))  # there is none

    def take_art(self, _limit):
        told, self.art = self.art, []
        return told

    def send(self, intent):
        self.sent.append(intent)
        units = 0
        if isinstance(intent, AddToCart):
            held = self.cart.quantity(intent.sku)
            count = max(0, held + intent.quantity)
            units = count - held
            lines = (CartLine(intent.sku, count, PRICE),) if count else ()
            self.cart = Cart(self.cart.version + 1, "KRW", lines)
            self.events.append(CartChanged(self.cart))
        elif isinstance(intent, OpenCheckout):
            opened = CheckoutOpened("o1", "http://127.0.0.1:1/pay/x", self.cart.total, 2**40)
            self.events.append(opened)
        elif isinstance(intent, AbandonCheckout):
            self._order("cancelled")
        self.events.append(IntentDone(intent.id, ok=True, units=units))

    def pay(self):
        self._order("paid")
        self.cart = Cart(self.cart.version + 1, "KRW")
        self.events.append(CartChanged(self.cart))

    def _order(self, state):
        order = Order("o1", "K7F3", state, self.cart.lines, self.cart.total)
        self.events.append(OrderMoved(order))
