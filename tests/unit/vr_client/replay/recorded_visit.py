"""A short visit without server and OpenGL that uses every kind of input, recorded into a file."""

import numpy as np

from catalog_sync.model.cart import Cart, CartLine
from catalog_sync.model.money import Money
from catalog_sync.model.product import PriceChange, Product
from tests.golden.small_scene import small_scene
from vr_client.assemble import Setup, furnish
from vr_client.frame_loop import run_frame
from vr_client.headset.backend import HandState, SessionState
from vr_client.headset.backends.scripted import ScriptedBackend, ScriptFrame
from vr_client.preferences import Settings, UnkeptPreferences
from vr_client.replay.camera import Undrawn
from vr_client.replay.player import no_label
from vr_client.replay.recorder import Recorder
from vr_client.space.pose import look_at, pose
from vr_client.state.events import (
    AddToCart,
    CartChanged,
    Connected,
    IntentDone,
    PricesChanged,
    ProductsLoaded,
    Progress,
    SceneReady,
)

SETUP = Setup("headset", 1, 20, 20, 4, at_entrance=False)
PRICE = Money(8900, "KRW")
EYE = np.array([0.0, 1.6, 1.5])


class Numbered(Undrawn):
    """Draws nothing, but gives every view its number, as the scripted headset wants it."""

    def draw(self, packet):
        return tuple(range(1, len(packet.views) + 1))


class MadeShop:
    """Answers in the next frame; its pictures lie in one ring, as the sync worker's do."""

    def __init__(self):
        scene = small_scene()
        names = {"ko": "허니 그래놀라", "en": "Honey granola"}
        self.skus = scene.skus
        products = tuple(
            Product(sku, names, "Brand", "cereal", "box", (100.0, 160.0, 60.0), PRICE, 9)
            for sku in scene.skus
        )
        self.told = [
            [Progress("scene", 1, 2)],
            [Connected("가게", "KRW", "ko_KR"), ProductsLoaded("a", products)],
            [CartChanged(Cart(1, "KRW")), SceneReady(scene)],
        ]
        self.ring = np.zeros((2, 512, 512, 4), np.uint8)
        self.asked = []
        self.sent = []
        self.cart = Cart(1, "KRW")

    def send(self, intent):
        self.sent.append(intent)
        if isinstance(intent, AddToCart):
            lines = (CartLine(intent.sku, self.cart.quantity(intent.sku) + 1, PRICE),)
            self.cart = Cart(self.cart.version + 1, "KRW", lines)
            self.told.append([CartChanged(self.cart), IntentDone(intent.id, ok=True)])

    def reprice(self):
        change = PriceChange(self.skus[0], Money(9900, "KRW"), 7, PRICE)
        self.told.append([PricesChanged((change,))])

    def poll(self, _limit=64):
        return self.told.pop(0) if self.told else []

    def want_art(self, key, _sku):
        self.asked.append(key)

    def take_art(self, _limit):
        """A view of the ring, which is written over with every picture."""
        if not self.asked:
            return []
        self.ring[0] = len(self.asked) * 7
        key = self.asked.pop(0)
        return [(key, self.ring[0] if len(self.asked) % 3 else None)]


UNIT = (small_scene().bounds[small_scene().product_of >= 0][0]).astype(float).mean(axis=0)


def script(index, _time_s):
    """Walks, presses on a unit, reads its card, puts it in the cart, searches, looks around."""
    head = pose(EYE + np.array([0.004 * index, 0.0, 0.0]), 2.0 * (index % 7), -20.0)
    held = HandState(
        look_at(EYE + np.array([0.2, -0.3, 0.0]), UNIT),
        select=index in {6, 26},
        move=(0.0, 0.1 if index < 5 else 0.0),
        turn=int(index == 34),
        scroll=1.0 if index == 29 else 0.0,
    )
    keys = {
        8: ("more",),
        10: ("fewer",),
        12: ("add",),
        16: ("help",),
        20: ("search",),
        24: ("back",),
    }
    state = SessionState.IDLE if index in {21, 22} else SessionState.FOCUSED
    return ScriptFrame(head, (held,), (64, 48), keys=keys.get(index, ()), state=state)


def record_visit(path, frames=40, *, shop=None, close=True, preferences=True, script=script,
                 renderer=None, backend=ScriptedBackend, setup=SETUP):  # fmt: skip
    """Record `frames` frames into `path`; the recorder and the client it listened to."""
    headset = backend(script, step_s=1.0 / 30.0)
    headset.open()
    recorder = Recorder(path)
    shop = shop or MadeShop()
    kept = UnkeptPreferences(Settings(language="en")) if preferences else None
    app = furnish(
        recorder.headset(headset), recorder.shop(shop), renderer or Numbered(), setup, no_label,
        preferences=kept, outside=recorder.outside(),
    )  # fmt: skip
    recorder.begin(app, setup, kept, "a test")
    for number in range(frames):
        if number == 18:
            shop.reprice()
        assert run_frame(app)
        app.keep_pictures()
    if close:
        recorder.close()
    return recorder, app
