"""A shopper who does all that one can do here, through hands, keys and letters, and never stops.

What came of it is counted: a chore that fails (a panel is covered, the shop is away) is left for
another one, as people do.
"""

import time
from collections import Counter

import numpy as np
from deeds import STATE

from catalog_sync.model.failure import Failure
from vr_client.headset.backend import HandState, SessionState
from vr_client.headset.backends.scripted import ScriptFrame
from vr_client.interact.pointer import point
from vr_client.interact.rays import ray_of
from vr_client.space.pose import inverse_rigid, look_at, pose, transform_point
from vr_client.trip.body import turned
from vr_client.trip.phone import pay

RESTING = np.array([-0.25, 1.15, -0.15])
PATIENCE = 150
"""Frames that something may take to come; the shopper then does something else."""

KEYS = ("help", "map", "search", "menu", "back", "add", "more", "fewer", "language", "settings",
        "wishes", "next", "compare", "undo", "redo", "recentre", "grab")  # fmt: skip


class Shopper:
    """Wears the scripted headset: `script` is asked once a frame, and looks at what was shown."""

    def __init__(self):
        self.app = None
        self.deeds = Counter()
        self.failed = Counter()
        self._chance = np.random.default_rng(7)
        self._eye = np.array([0.0, 1.6, 0.0])
        self._yaw, self._pitch = 0.0, -8.0
        self._aim = np.array([0.1, 1.0, -1.5])
        self._reach = self._left = None
        self._grab = self._left_grab = False
        self._prices, self._stores, self._lights = set(), set(), set()
        self._scene = None
        self._life = self._visit()
        self._time_s = 0.0

    def script(self, _index, time_s):
        self._time_s = time_s
        return next(self._life)

    def look_back(self):
        """What the frame that has just been showed."""
        app, state = self.app, self.app.state
        self.deeds.update(name for name, seen in STATE.items() if seen(state))
        hands = app.carrying.shown
        facts = {
            "in the right hand": 1 in hands.busy,
            "in the left hand": 0 in hands.busy,
            "over the basket": hands.basket is not None and hands.basket.over,
            "hop": app.feet.landing is not None,
            "eyes closed on the way": app.feet.darkness(self._time_s) > 0.0,
            "sound": app.sounded,
        }
        self.deeds.update(name for name, seen in facts.items() if seen)
        tea = state.products.get("TEA")
        self._prices.add(tea.price if tea is not None else None)
        if app.scene is not None:
            self._stores.add(app.scene.version)
            if app.scene is not self._scene:
                self._scene = app.scene
                self._lights.add(app.scene.light.tobytes())
        self.deeds["prices of tea"] = len(self._prices) - 1
        self.deeds["stores"], self.deeds["lights"] = len(self._stores), len(self._lights)

    # ------------------------------------------------------------ the visit

    def _visit(self):
        yield from self._until(lambda: self._state.scene is not None and self._state.connected, 900)
        yield from self._pull()  # the safety notice closes wherever one points
        yield from self._tutorial()
        chores = (
            self._find_by_letters, self._find_by_kind, self._compare, self._write_list,
            self._buy_by_hand, self._put_back, self._change_cart, self._walk, self._see_map,
            self._set, self._follow_way, self._call_from_afar, self._check_out, self._rest,
            self._fidget,
        )  # fmt: skip
        while True:
            for number in self._chance.permutation(len(chores)):
                yield from chores[number]()
                yield from self._clear()

    def _tutorial(self):
        for yaw in (70.0, -70.0, 0.0):
            yield from self._face(yaw, -5.0)
        yield from self._frames(20, left={"move": (0.0, 0.6)})
        yield from self._press("tutorial.skip")

    def _find_by_letters(self):
        yield from self._keys("search")
        if "en" not in (self._state.keyboard.letters, self._state.language):
            yield from self._hangul()
        yield self._now(typed="te")
        yield self._now(typed="ax\b")
        yield from self._until(lambda: self.app.found.query == "tea" and self.app.found.done)
        yield from self._press("search.wish.TEA")
        yield self._now(typed="\x0e\x10\n")
        yield from self._until(lambda: self._state.card_sku is not None)
        yield from self._frames(20)
        yield from self._press("card.plus")
        yield from self._press("card.plus")
        yield from self._press("card.minus")
        yield from self._buy()

    def _hangul(self):
        yield from self._press("search.keys")
        for letter in "ㅊㅏ":
            yield from self._press(f"search.key.{letter}")
        yield from self._press("search.key.erase")
        yield from self._press("search.key.letters")
        yield from self._press("search.key.shift")
        yield from self._press("search.clear")

    def _find_by_kind(self):
        yield from self._press("dock.search")
        yield from self._until(lambda: self.app.found.categories)
        yield from self._press("search.row.0")
        yield from self._until(lambda: self._state.category and self.app.found.skus)
        yield from self._press("search.row.0")
        yield from self._until(lambda: self._state.card_sku is not None)
        yield from self._frames(15, right={"scroll": 1.0})
        yield from self._buy()

    def _compare(self):
        yield from self._go_to("TEA")
        yield from self._press("card.compare")
        yield from self._until(lambda: self._one_of("card.other.") is not None)
        yield from self._press(self._one_of("card.other.") or "card.compare")
        yield from self._until(lambda: len(self._state.compared) == 2)
        yield from self._frames(10)
        yield from self._press("compare.add.1")
        yield from self._press("compare.swap.0")
        yield from self._keys("compare")
        yield from self._frames(5)

    def _write_list(self):
        for sku in ("RICE", "SOAP", "JAM"):
            yield from self._go_to(sku)
            yield from self._press("card.wish")
        yield from self._press("dock.wishes")
        yield from self._until(lambda: self._state.route is not None)
        yield from self._press("wishes.drop.JAM")
        yield from self._press("wishes.next")
        yield from self._frames(40)
        yield from self._buy()
        yield from self._keys("next")
        yield from self._frames(40)

    def _buy_by_hand(self):
        """Reached for, looked at from all sides, passed on, and let go over the basket."""
        yield from self._go_to(self._some("TEA", "COFFEE", "SOAP"))
        yield from self._take_up()
        front = self._eye + np.array([0.05, -0.2, -0.35])
        yield from self._glide(reach=front, frames=10)
        for turn in range(12):
            self._aim = front + np.array([np.sin(turn / 2.0), np.cos(turn / 2.0), -1.0])
            yield self._now()
        self._left, self._left_grab = front.copy(), True
        yield from self._frames(4)
        self._grab = False
        yield from self._frames(6)
        self._grab = True
        yield from self._frames(4)
        self._left_grab = False
        yield from self._frames(3)
        self._left = None
        yield from self._drop()

    def _put_back(self):
        yield from self._go_to(self._some("RICE", "TEA", "VASE"))
        yield from self._take_up()
        yield from self._glide(reach=self._eye + np.array([0.2, -0.1, -0.5]), frames=8)
        yield from self._frames(5, right={"tracked": False})
        yield from self._frames(2, state=SessionState.VISIBLE)
        self._grab = False
        yield from self._frames(20)

    def _call_from_afar(self):
        yield from self._go_to(self._some("COFFEE", "TEA"))
        unit = self._card_unit()
        if unit is None:
            return
        yield from self._glide(aim=unit)
        self._grab = True
        yield from self._frames(25)
        yield from self._drop()

    def _change_cart(self):
        if not self._state.cart.lines:
            yield from self._find_by_kind()
        if not self._shows("chip.open"):
            yield from self._clear()
        yield from self._frames(3, right={"menu": True})
        yield from self._until(lambda: self._one_of("cart.line.") is not None)
        line = self._one_of("cart.line.") or "cart.close"
        for sign in ("plus", "plus", "minus"):
            yield from self._press(f"{line.rpartition('.')[0]}.{sign}")
        yield from self._until(lambda: not self._state.pending)
        yield from self._press("cart.undo")
        yield from self._until(lambda: self._state.history.undone)
        yield from self._frames(8)
        yield from self._press("cart.redo")
        yield from self._until(lambda: not self._state.pending)
        yield from self._keys("undo", "undo", "redo")
        yield from self._until(lambda: not self._state.pending)

    def _walk(self):
        yield from self._frames(40, left={"move": (0.3, 0.8)})
        yield from self._frames(25, left={"move": (0.0, -0.7), "run": True})
        for turn in (1, 0, -1, 0, 1, 0):
            yield from self._frames(4, right={"turn": turn})
        floor = self._near(np.array([*self.app.feet.spot, 0.0])[[0, 2, 1]])
        yield from self._glide(aim=floor + np.array([0.3, 0.0, -1.0]))
        yield from self._frames(12, right={"teleport": True})
        yield from self._frames(12)

    def _see_map(self):
        yield from self._keys("map")
        yield from self._press("map.aisle.0")
        yield from self._frames(30)
        yield from self._press("dock.map")
        yield from self._press("map.floor")
        yield from self._frames(30)
        yield from self._keys("help")
        yield from self._frames(8)

    def _set(self):
        """Each setting of both pages one further; what that does is lived with until next time."""
        yield from self._keys("settings")
        for page in ("page.moving", "page.reading"):
            if self._shows(f"settings.{page}"):
                yield from self._press(f"settings.{page}")
            names = [n for n in self._shown() if n.startswith("settings.")]
            for name in names:
                if not name.startswith(("settings.page.", "settings.close")):
                    yield from self._press(name)
        yield from self._keys("screenshot")

    def _follow_way(self):
        yield from self._go_to("RICE")  # from where the soap is some steps away
        yield from self._clear()
        yield from self._keys("search")
        yield self._now(typed="soap")
        yield from self._until(lambda: self.app.found.query == "soap" and self.app.found.done)
        yield from self._press("search.way.SOAP")
        yield from self._until(lambda: self._state.way is not None)
        yield from self._frames(40, left={"move": (0.0, 0.9)})
        yield from self._keys("map")
        yield from self._press("map.stop")

    def _check_out(self):
        for pays in (False, True):
            if not self._state.cart.lines:
                yield from self._find_by_kind()
            yield from self._clear()
            yield from self._keys("menu")
            yield from self._press("cart.checkout")
            yield from self._until(lambda: self._state.checkout is not None)
            yield from self._frames(10)
            if self._state.checkout is None:
                return
            if pays:
                try:
                    pay(self._state.checkout.url)
                except Failure:
                    self.failed["paying"] += 1  # the shop is closed at the moment
                yield from self._until(lambda: self._state.checkout is None)
                yield from self._press("order.close")
            else:
                yield from self._press("checkout.cancel")
                yield from self._until(lambda: self._state.checkout is None)

    def _rest(self):
        yield from self._frames(40, state=SessionState.IDLE)
        yield from self._frames(10, state=SessionState.LOST)
        yield from self._frames(10, state=SessionState.VISIBLE)

    def _fidget(self):
        """No plan at all: keys, sticks and triggers as they come, looking about."""
        chance = self._chance
        for number in range(120):
            self._yaw = turned(self._yaw, self._yaw + float(chance.normal(0.0, 9.0)), 0.5)
            self._pitch = float(np.clip(self._pitch + chance.normal(0.0, 4.0), -50.0, 20.0))
            self._aim = self._aim + chance.normal(0.0, 0.08, 3)
            keys = (KEYS[int(chance.integers(len(KEYS)))],) if number % 9 == 0 else ()
            right = {"select": number % 7 < 2, "scroll": float(number % 31 == 0),
                     "turn": int(number % 50 == 0), "twist": (0.0, 0.0)}  # fmt: skip
            self._grab = bool(number % 40 > 20)
            yield self._now(keys=keys, right=right, left={"move": (0.0, float(chance.normal()))})
        self._grab = False

    # ------------------------------------------------------------ what it is made of

    def _go_to(self, sku):
        """Be brought before it by the search, and have its card."""
        if self._state.card_sku == sku:
            return
        yield from self._clear()
        yield from self._keys("search")
        product = self._state.products.get(sku)
        words = product.name("en").lower() if product is not None else sku.lower()
        yield self._now(typed=words)
        yield from self._until(lambda: self.app.found.query == words and self.app.found.done)
        yield self._now(typed="\n")
        yield from self._until(lambda: self._state.card_sku == sku)
        yield from self._frames(12)

    def _buy(self):
        units = self._state.cart.unit_count
        yield from self._press("card.add")
        yield from self._until(lambda: self._state.cart.unit_count > units, 60)

    def _take_up(self):
        unit = self._card_unit()
        if unit is None:
            self.failed["unit"] += 1
            return
        yaw, pitch = self._towards(unit)
        yield from self._face(yaw, pitch)
        yield from self._glide(reach=unit, aim=unit + (unit - self._eye), frames=10)
        self._grab = True
        yield from self._frames(5)

    def _drop(self):
        basket = self.app.carrying.shown.basket
        if basket is not None:
            over = self._near(basket.world_from_basket[:3, 3]) + np.array([0.0, 0.12, 0.0])
            yield from self._glide(reach=over, aim=over + np.array([0.0, -0.2, -0.3]), frames=10)
            yield from self._frames(3)
        self._grab = False
        yield from self._frames(12)
        self._reach = None

    def _clear(self):
        """Close what is open, give an open checkout up, and hold nothing."""
        self._grab = self._left_grab = False
        self._reach = self._left = None
        yield from self._face(0.0, -8.0)
        if self._state.checkout is not None:
            yield from self._press("checkout.cancel")
        for _ in range(8):
            if not self._state.panels - {"reading", "letters"} and self._state.card_sku is None:
                return
            yield from self._frames(2, right={"back": True})
            yield from self._frames(2)

    def _press(self, target):
        """Bring the beam onto a target as soon as it is shown, and pull the trigger."""
        yield from self._until(lambda: self._shows(target), 40)
        for _ in range(6):  # what follows one's eyes may still be on its way
            place = self.app.shown.place_of(target)
            if place is None:
                break
            yield from self._glide(aim=self._near(place), frames=4)
            if self._over() == target:
                yield from self._pull()
                return
        self.failed[target.rpartition(".")[0] if target.count(".") > 1 else target] += 1

    def _pull(self):
        yield from self._frames(2, right={"select": True})
        yield from self._frames(2)

    def _keys(self, *keys):
        for key in keys:
            yield self._now(keys=(key,))
            yield from self._frames(4)

    def _until(self, done, frames=PATIENCE):
        for _ in range(frames):
            if done():
                return
            yield self._now()
            time.sleep(0.004)  # the shop answers in real time

    def _frames(self, count, **how):
        for _ in range(count):
            yield self._now(**how)

    def _glide(self, aim=None, reach=None, frames=6):
        aim = self._aim if aim is None else aim
        start, begin = self._aim, self._reach if self._reach is not None else self._right()
        for number in range(1, frames + 1):
            share = number / frames
            self._aim = start + (aim - start) * share
            if reach is not None:
                self._reach = begin + (reach - begin) * share
            yield self._now()

    def _face(self, yaw, pitch, frames=8):
        from_yaw, from_pitch = self._yaw, self._pitch
        for number in range(1, frames + 1):
            share = number / frames
            self._yaw = turned(from_yaw, yaw, share)
            self._pitch = from_pitch + (pitch - from_pitch) * share
            yield self._now()

    def _now(self, *, keys=(), typed="", state=SessionState.FOCUSED, left=None, right=None):
        """One frame of a body that is never quite still."""
        time_s = self._time_s
        sway = 0.003 * np.sin(time_s * np.array([1.3, 1.7, 0.9]))
        head = pose(self._eye + sway, self._yaw + 0.2 * np.sin(time_s), self._pitch)
        at = (self._reach if self._reach is not None else self._right()) + sway
        resting = pose(RESTING + sway, self._yaw, -20.0)
        held = resting if self._left is None else pose(self._left + sway, self._yaw, -20.0)
        hands = (
            HandState(held, grab=self._left_grab, **(left or {})),
            HandState(look_at(at, self._aim), grab=self._grab, **(right or {})),
        )
        return ScriptFrame(head, hands, (48, 54), keys=keys, typed=typed, state=state)

    def _right(self):
        return (pose(self._eye, self._yaw) @ np.array([0.2, -0.35, -0.25, 1.0]))[:3]

    # ------------------------------------------------------------ what there is to see

    @property
    def _state(self):
        return self.app.state

    def _near(self, place):
        """Where in the shopper's own room a place of the store is."""
        return transform_point(inverse_rigid(self.app.feet.rig.world_from_play()), place)

    def _card_unit(self):
        row, scene = self._state.card_instance, self._state.scene
        if scene is None or row < 0:
            return None
        return self._near(scene.bounds[row].astype(np.float64).mean(axis=0))

    def _towards(self, place):
        off = place - self._eye
        yaw = np.degrees(np.arctan2(-off[0], -off[2]))
        return float(yaw), float(np.degrees(np.arctan2(off[1], np.hypot(off[0], off[2]))))

    def _over(self):
        world = self.app.feet.rig.world_from_play() @ look_at(
            self._reach if self._reach is not None else self._right(), self._aim
        )
        aim = point(ray_of(world), self.app.shown.panels, self.app.picks)
        return self.app.shown.target_at(aim.panel) if aim.panel is not None else None

    def _shown(self):
        return [drawn.id for drawn in self.app.shown.targets]

    def _shows(self, target):
        return target in self._shown()

    def _one_of(self, prefix):
        return next((name for name in self._shown() if name.startswith(prefix)), None)

    def _some(self, *skus):
        return skus[int(self._chance.integers(len(skus)))]
