"""The whole client, real headset and renderer included, against a shop that lives in memory."""

import json
import threading
import webbrowser
from dataclasses import replace

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from catalog_sync.model.failure import Failure
from catalog_sync.model.money import Money
from catalog_sync.model.product import PriceChange
from tests.unit.vr_client.memory_shop import MemoryShop
from vr_client.app import App
from vr_client.assemble import build_app
from vr_client.frame_loop import run_frame
from vr_client.frame_packet import EyeView
from vr_client.headset.backend import HandState, SessionState
from vr_client.headset.backends.scripted import ScriptedBackend, ScriptFrame
from vr_client.interact.trail import steps_along
from vr_client.net.route_desk import RouteDesk
from vr_client.packing import sight_of
from vr_client.space.pose import look_at, pose
from vr_client.state.events import (
    PlanRoute,
    PricesChanged,
    SceneReady,
    WayWanted,
    WishToggled,
)
from vr_client.trip.body import Body, Stage
from vr_client.trip.director import Director
from vr_client.trip.steps import Shopping
from vr_client.ui.actions import GoToProduct, ShowWay, point_at, press

pytestmark = pytest.mark.gl


def test_a_whole_trip_leaves_stills_and_honest_lines(client, shop, tmp_path):
    app, stage = client
    lines = []

    def report(line):
        lines.append(json.loads(line))
        if "url" in lines[-1]:
            shop.pay()

    director = Director(app, stage, tmp_path, None, lambda: "me", report, lambda: "go\n")
    Shopping(director, "").run()
    assert [(line["step"], line["total_shown"], line["total_shown_minor"]) for line in lines] == [
        ("enter", "₩0", 0),
        ("shelves", "₩0", 0),
        ("point", "₩0", 0),
        ("card", "₩0", 0),
        ("add_two", "₩17,800", 17800),
        ("cart", "₩17,800", 17800),
        ("take_one_out", "₩8,900", 8900),
        ("checkout", "₩8,900", 8900),
        ("confirmed", "₩8,900", 8900),
    ]
    assert {line["shopper"] for line in lines} == {"me"}
    assert [type(intent).__name__ for intent in shop.sent] == [
        "AddToCart", "AddToCart", "OpenCheckout",
    ]  # fmt: skip
    assert [intent.quantity for intent in shop.sent[:2]] == [2, -1]
    pictures = sorted(path.name for path in tmp_path.iterdir())
    assert len(pictures) == 18
    assert pictures[:2] == ["01-enter-left.png", "01-enter-right.png"]
    for eye in ("left", "right"):
        with Image.open(tmp_path / f"08-checkout-{eye}.png") as still:
            assert still.size == (1280, 960)
            (code,) = zxingcpp.read_barcodes(still)
            assert code.text == "http://127.0.0.1:1/pay/x"


def test_a_trip_for_what_is_not_there_says_so(client, tmp_path):
    app, stage = client
    director = Director(app, stage, tmp_path, None, lambda: "me", lambda _: None, lambda: "go")
    with pytest.raises(Failure, match="no product 'NOPE'"):
        Shopping(director, "NOPE").run()


def test_when_the_parent_is_gone_the_trip_ends(client, tmp_path):
    app, stage = client
    director = Director(app, stage, tmp_path, None, lambda: "me", lambda _: None, lambda: "")
    with pytest.raises(Failure, match="called off"):
        Shopping(director, "").run()


@pytest.mark.parametrize(("samples", "same"), [({"samples": 4}, True), ({"samples": 1}, False)])
def test_a_client_draws_smooth_edges_unless_it_is_told_otherwise(graphics, samples, same):
    def drawn(**more):
        stage = Stage(Body(np.array([0.0, 1.6, 1.5]), 0.0, -20.0, np.array([1.5, 1.0, 1.0])))
        headset = ScriptedBackend(stage.script, step_s=1.0 / 15.0)
        headset.open()
        app = build_app(headset, MemoryShop(), graphics, at_entrance=False, **more)
        for _ in range(3):
            assert run_frame(app)
        seen = app.renderer.read_eye(0).astype(int)
        app.renderer.release()
        return seen

    apart = np.abs(drawn() - drawn(**samples)).max(axis=2) > 12
    assert (not apart.any()) if same else apart.mean() > 0.001


def frames(app, stage, count, **changes):
    stage.body = replace(stage.body, **changes)
    for _ in range(count):
        assert run_frame(app)


def test_labels_are_drawn_a_few_a_frame_and_again_when_a_price_moves(client, shop):
    app, stage = client
    frames(app, stage, 3)
    assert app.state.labels_dirty == frozenset()
    shop.events.append(PricesChanged((PriceChange("SKU-0", Money(9900, "KRW"), 9),)))
    frames(app, stage, 1)
    assert app.state.labels_dirty == frozenset()
    assert app.state.products["SKU-0"].price == Money(9900, "KRW")


def test_the_frame_loop_ends_when_the_headset_says_so(graphics, shop):
    headset = ScriptedBackend(lambda _index, _time: ScriptFrame(state=SessionState.QUITTING))
    headset.open()
    app = App(headset, shop, None, None, None)
    assert run_frame(app) is False
    assert shop.events  # nothing was taken in: the frame did not begin


def test_the_frame_loop_goes_on_without_a_picture_while_nobody_looks(client):
    app, stage = client
    frames(app, stage, 2)
    told = app.shown
    app.headset._script = lambda _index, _time: ScriptFrame(state=next(states))
    states = iter([SessionState.IDLE, SessionState.LOST, SessionState.FOCUSED])
    for _ in range(2):
        assert run_frame(app)
        assert app.shown is told
    assert run_frame(app)
    assert app.shown is not told


def test_the_key_and_the_action_recentre_the_headset(client):
    app, stage = client
    frames(app, stage, 1)
    app.headset._script = lambda _index, _time: ScriptFrame(keys=("recentre",))
    assert run_frame(app)
    assert app.headset.recentred == 1


def test_sticks_walk_from_the_entrance_and_shelves_stop_them(client, shop):
    app, stage = client
    app.feet.at_entrance = True
    head = pose((0.0, 1.6, 0.0))
    walking = HandState(pose((0.3, 1.2, 0.0)), move=(0.0, 1.0))
    stage.script = None
    app.headset._script = lambda _index, _time: ScriptFrame(head, (walking,), (64, 48))
    for _ in range(30):
        assert run_frame(app)
    # The shelf's front is at z = 0.25 and a body has a radius of 0.25.
    assert app.feet.rig.x == pytest.approx(0.0, abs=1e-6)
    assert 0.5 <= app.feet.rig.z < 0.65


def test_a_screenshot_is_kept_in_the_folder_of_the_shopper_and_told(
    client, shop, tmp_path, monkeypatch
):
    app, stage = client
    frames(app, stage, 2)
    monkeypatch.chdir(tmp_path)
    app._screenshot = True
    app.keep_pictures()
    app._outside.keeper.finish()
    app.keep_pictures()
    (kept,) = tmp_path.glob("endcap-*.png")
    assert app.state.notice == f"picture_kept={kept.name}"
    with Image.open(kept) as picture:
        assert (np.asarray(picture) == app.renderer.read_eye(0)).all()
    app.keep_pictures()
    assert len(list(tmp_path.iterdir())) == 1


def test_a_screenshot_that_cannot_be_kept_is_told_and_ends_nothing(client, monkeypatch):
    app, stage = client
    frames(app, stage, 2)

    def full(*_arguments, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Image.Image, "save", full)
    app._screenshot = True
    app.keep_pictures()
    app._outside.keeper.finish()
    app.keep_pictures()
    assert app.state.notice.startswith("picture_lost=")


@pytest.mark.parametrize("over_it", [True, False])
def test_a_mouse_has_neither_beam_nor_hand_and_its_wheel_counts_on_the_card(client, shop, over_it):
    app, stage = client
    frames(app, stage, 2)
    app.state = replace(app.state, card_sku="SKU-0", panels=frozenset({"card"}))
    head = pose((0.0, 1.6, 1.5), 0.0, -20.0)
    turned = []

    def script(_index, _time):
        aim = head
        quad = next((p for p in app.shown.panels if p.id == "card"), None)
        if quad is not None and over_it:
            aim = look_at(head[:3, 3], quad.world_from_panel[:3, 3])
        elif quad is not None:
            aim = look_at(head[:3, 3], head[:3, 3] + (0.0, 1.0, -1.0))  # the wall above it
        turned.append(1.0 if quad is not None else 0.0)
        return ScriptFrame(head, (HandState(aim, scroll=turned[-1]),), (64, 48))

    app.headset._script = script
    for _ in range(3):
        assert run_frame(app)
    info = app.headset._info
    packet = app.pack(info, app.pointer.update(info.hands, app.shown.panels, app.picks))
    assert (packet.lasers, packet.hands) == ((), ())
    assert app.state.card_quantity == 1 + sum(turned) == 3


def test_paying_in_this_computers_browser(client, shop, monkeypatch):
    app, stage = client
    frames(app, stage, 2)
    opened = threading.Event()
    urls = []

    class Browser:
        def open(self, url):
            urls.append(url)
            opened.set()

    monkeypatch.setattr("webbrowser.get", Browser)
    assert app._outside.browse("http://127.0.0.1:1/pay/x")
    assert opened.wait(10)
    assert urls == ["http://127.0.0.1:1/pay/x"]

    def none():
        raise webbrowser.Error("no browser")

    monkeypatch.setattr("webbrowser.get", none)
    assert not app._outside.browse("http://127.0.0.1:1/pay/x")


@pytest.mark.parametrize(
    ("size", "zoom"),
    [((1280, 800), 1.5), ((1920, 1200), 1.0), ((480, 360), 1.55), ((300, 800), 0.661764705)],
)
def test_a_window_asks_for_panels_that_can_be_read_and_that_fit(size, zoom):
    across = 0.6 * size[0] / size[1]
    sight = sight_of((EyeView(np.eye(4), (-across, across, -0.6, 0.6), size),))
    assert sight.zoom == pytest.approx(zoom)
    assert sight.up_deg == pytest.approx(np.degrees(np.arctan(0.6)))


def test_without_motion_nothing_pulses_and_the_same_view_is_the_same_picture(client):
    app, stage = client
    frames(app, stage, 4)
    app.state = replace(app.state, card_sku="SKU-0", card_instance=0)

    def pictures(*, still):
        app.state = replace(app.state, comfort=replace(app.state.comfort, still=still))
        seen = []
        for _ in range(9):
            frames(app, stage, 1)
            seen.append(app.renderer.read_eye(0).tobytes())
        return len(set(seen[3:]))  # the card has its picture by then

    assert pictures(still=False) > 1
    assert pictures(still=True) == 1


# ---------------------------------------------------------------- search, map, a new layout


class Neck(ScriptedBackend):
    """A scripted headset with what a window has: a keyboard, and a neck that can be tilted."""

    def __init__(self):
        super().__init__(lambda _index, _time: self.now, step_s=1.0 / 15.0)
        self.now = ScriptFrame(pose((0.0, 1.6, 0.0)), (), (64, 48))
        self.typed, self.pitch, self.writes = "", None, None

    def poll(self):
        seen = replace(super().poll(), typed=self.typed)
        self.typed, self.now = "", replace(self.now, keys=())
        return seen

    def take_text(self, *, wanted):
        self.writes = wanted

    def tilt(self, pitch_deg):
        self.pitch = pitch_deg

    def lend_drag(self, *, wanted):
        self.lent = wanted


@pytest.fixture
def window(client, shop):
    app, _stage = client
    neck = Neck()
    neck.open()
    app.headset = app.neck = neck
    app.feet.at_entrance = True
    for _ in range(3):
        assert run_frame(app)
    return app, neck


def turn(app, neck, count=1, keys=(), typed=""):
    neck.now, neck.typed = replace(neck.now, keys=keys), typed
    for _ in range(count):
        assert run_frame(app)


def test_who_finds_a_product_stands_before_it_with_its_card_and_a_pin(window):
    app, neck = window
    turn(app, neck, keys=("search",))
    assert neck.writes is True
    turn(app, neck, 3, typed="sku-3\n")
    assert app.state.marked_sku == "SKU-3"
    assert "search" not in app.state.panels
    assert app.shown.panels[-1].id == "lids"
    turn(app, neck, 8)
    assert app.state.card_sku == "SKU-3"
    assert app.state.scene.skus[app.state.scene.product_of[app.state.card_instance]] == "SKU-3"
    assert neck.pitch is not None
    assert neck.writes is False
    assert "lids" not in {panel.id for panel in app.shown.panels}
    unit = app.state.scene.bounds[app.state.card_instance].astype(float).mean(axis=0)
    assert np.hypot(unit[0] - app.feet.spot[0], unit[2] - app.feet.spot[1]) < 1.5
    turn(app, neck, keys=("map",))
    assert app.shown.text_of("map.hint").endswith("허니 그래놀라")


def test_a_card_comes_once_the_neck_is_where_it_was_tilted_to(window):
    app, neck = window
    app.do(GoToProduct("SKU-3"))
    while neck.pitch is None:
        turn(app, neck)
    assert app.state.card_sku is None  # this frame was still seen as before
    turn(app, neck)
    assert app.state.card_sku == "SKU-3"


def test_enter_goes_on_to_the_next_on_the_list_and_an_empty_list_is_told(window):
    app, neck = window
    turn(app, neck, keys=("next",))
    assert app.state.notice == "nothing_left"
    app.apply(WishToggled("SKU-3"))
    turn(app, neck, keys=("wishes",))
    assert "wishes" in app.state.panels
    turn(app, neck, keys=("add",))
    turn(app, neck, 8)
    assert "wishes" not in app.state.panels
    assert app.state.card_sku == "SKU-3"
    assert not app.state.pending


def test_who_likes_to_walk_is_shown_the_way_until_they_are_there(window, shop):
    app, neck = window
    desk = RouteDesk(lambda: app.state.scene, None)
    app.feet.rig = app.feet.rig.brought(neck.begin_frame(), (-1.6, 1.6), None)
    turn(app, neck, keys=("search",))
    turn(app, neck, 3, typed="sku-3")
    assert "search.way.SKU-3" in {target.id for target in app.shown.targets}
    app.do(*press("search.way.SKU-3", app.state, str, app.found))
    here = app.feet.spot
    turn(app, neck)
    assert (app.state.led_to, app.state.panels & {"search", "card"}) == ("SKU-3", frozenset())
    assert app.state.notice.startswith("way_shown=")
    question = shop.questions[-1]
    assert question == PlanRoute(("SKU-3",), here)
    assert app.feet.spot == here, "nobody is moved"
    turn(app, neck)
    assert len(shop.questions) == 1, "one question is enough"
    way = desk.answer(question, app.state.scene)
    shop.events.append(way)
    turn(app, neck)
    assert app.state.way == way
    packet = app.pack(neck.begin_frame(), ())
    assert packet.trail
    assert packet.trail == steps_along(way.path, app.feet.spot)
    turn(app, neck, keys=("map",))
    assert "map.stop" in {target.id for target in app.shown.targets}
    turn(app, neck, keys=("map",))
    end = way.path[-1]
    app.feet.rig = app.feet.rig.brought(neck.begin_frame(), end, None)
    turn(app, neck, 2)
    assert (app.state.led_to, app.state.way) == (None, None)
    assert app.state.card_sku == "SKU-3"
    assert app.state.notice.startswith("way_here=")
    assert app.state.scene.skus[app.state.scene.product_of[app.state.card_instance]] == "SKU-3"
    assert app.pack(neck.begin_frame(), ()).trail == ()


def test_who_stands_before_it_is_told_so_and_shown_no_way(window, shop):
    app, neck = window
    journey = app.feet.ways.to_product("SKU-3")
    app.feet.rig = app.feet.rig.brought(neck.begin_frame(), journey.spot, journey.yaw_deg)
    turn(app, neck, keys=("search",))
    app.do(ShowWay("SKU-3"))
    turn(app, neck, 2)
    name = app.state.products["SKU-3"].name("ko")
    assert app.state.notice == f"way_here={name}"
    assert app.shown.text_of("notice") == f"바로 여기 있습니다: {name}"
    assert (app.state.led_to, app.state.way, app.state.panels) == (None, None, {"card"})
    assert app.state.marked_sku == "SKU-3"
    assert not shop.questions
    packet = app.pack(neck.begin_frame(), ())
    assert packet.trail == ()
    assert app.state.scene.skus[app.state.scene.product_of[packet.highlight]] == "SKU-3"


def test_while_a_way_is_shown_the_list_waits_and_then_goes_on(window, shop):
    app, neck = window
    app.do(WishToggled("SKU-1"))
    turn(app, neck)
    app.do(ShowWay("SKU-1"))  # the very same product: another question all the same
    turn(app, neck)
    app.do(WayWanted(None))
    turn(app, neck)
    assert [question.skus for question in shop.questions] == [("SKU-1",)] * 3
    app.do(ShowWay("SKU-1"))
    app.do(GoToProduct("SKU-1"))
    assert app.state.led_to is None


def test_a_press_on_the_map_goes_there(window):
    app, neck = window
    turn(app, neck, keys=("map",))
    quad = next(panel for panel in app.shown.panels if panel.id == "map")
    floor = next(target for target in app.shown.targets if target.id == "map.floor")
    width, height = dict(app.shown.sizes)["map"]
    x, y = floor.rect[0] + 0.8 * (floor.rect[2] - floor.rect[0]), floor.rect[3] - 10.0
    local = [(x / width - 0.5) * quad.size_m[0], (0.5 - y / height) * quad.size_m[1], 0.0, 1.0]
    place = (quad.world_from_panel @ local)[:3]
    eye = np.array([app.feet.spot[0], 1.6, app.feet.spot[1]])
    hand = HandState(
        np.linalg.inv(app.feet.rig.world_from_play()) @ look_at(eye, place), select=True
    )
    neck.now = replace(neck.now, hands=(hand,))
    assert run_frame(app)
    neck.now = replace(neck.now, hands=())
    turn(app, neck, 8)
    (x0, _, _z0), (x1, _, z1) = app.state.scene.room
    assert app.feet.spot[0] == pytest.approx(x0 + 0.8 * (x1 - x0), abs=0.15)
    assert z1 - 1.2 < app.feet.spot[1] < z1
    assert "map" not in app.state.panels


def test_a_new_layout_keeps_the_shopper_s_place_unless_a_shelf_stands_there(window, shop):
    app, neck = window
    app.feet.rig = replace(app.feet.rig, yaw_deg=30.0)
    spot = app.feet.spot
    shop.events.append(SceneReady(replace(app.state.scene, version="2")))
    turn(app, neck, 2)
    assert app.feet.spot == pytest.approx(spot)
    assert app.feet.rig.yaw_deg == 30.0
    solids = app.state.scene.solids.copy()
    solids[-1]["min"], solids[-1]["max"] = (
        (spot[0] - 0.4, 0.0, spot[1] - 0.4), (spot[0] + 0.4, 2.0, spot[1] + 0.4),
    )  # fmt: skip
    shop.events.append(SceneReady(replace(app.state.scene, version="3", solids=solids)))
    turn(app, neck, 2)
    assert app.feet.spot != pytest.approx(spot)
    assert app.feet.ways.free_near(app.feet.spot) == pytest.approx(app.feet.spot)
    assert app.feet.rig.yaw_deg == 30.0


def test_keys_that_need_no_pointer(window):
    app, neck = window
    app.do(point_at(int(np.flatnonzero(app.state.scene.product_of == 3)[0]), app.state)[0])
    turn(app, neck, 2)
    turn(app, neck, keys=("more", "more", "fewer"))
    assert app.state.card_quantity == 2
    turn(app, neck, keys=("add",))
    assert app.state.pending or app.state.cart.lines
    turn(app, neck, keys=("menu",))
    assert "cart" in app.state.panels
    turn(app, neck, keys=("back",))
    assert "cart" not in app.state.panels
    turn(app, neck, keys=("mirror_both",))
    assert app.state.notice == "mirror_both"
