"""What a shopper does with card and cart beyond adding: undo, compare, look for something else."""

import pytest

from tests.unit.vr_client.test_app import frames
from vr_client.frame_loop import run_frame
from vr_client.headset.backends.scripted import ScriptFrame
from vr_client.state.events import (
    AddToCart,
    ProductPointed,
)

pytestmark = pytest.mark.gl


def keyed(app, *frames_of_keys):
    """One frame for each set of keys, pressed as the window or a mirrored keyboard would."""
    keys = iter(frames_of_keys)
    app.headset._script = lambda _index, _time: ScriptFrame(keys=next(keys))
    for _ in frames_of_keys:
        assert run_frame(app)


def test_the_keys_undo_and_redo_what_was_added_to_the_cart(client, shop):
    app, stage = client
    frames(app, stage, 2)
    for quantity in (2, 1):
        app.do(AddToCart(f"i{quantity}", "SKU-0", quantity))
        keyed(app, ())
    assert shop.cart.quantity("SKU-0") == 3
    assert app.state.notice == "cart_added=허니 그래놀라"
    keyed(app, ("undo", "undo"), (), ())
    assert [intent.quantity for intent in shop.sent] == [2, 1, -1, -2]
    assert (shop.cart.lines, app.state.history.done) == ((), ())
    keyed(app, ("redo",), (), ("undo",), (), ("redo",), ())
    assert [intent.quantity for intent in shop.sent[4:]] == [2, -2, 2]
    assert app.state.cart.quantity("SKU-0") == 2


def test_the_key_compares_the_product_of_the_card_with_the_next_one(client):
    app, stage = client
    frames(app, stage, 2)
    one, two = app.state.scene.skus[:2]
    app.apply(ProductPointed(one, 0))
    keyed(app, ("compare",))
    assert app.state.compared == (one,)
    app.apply(ProductPointed(two, 1))
    keyed(app, ())
    assert "compare" in {panel.id for panel in app.shown.panels}
    keyed(app, ("compare",), ())
    assert app.state.compared == ()
    assert "card" in {panel.id for panel in app.shown.panels}


def test_the_card_offers_other_products_of_its_kind(client, shop):
    app, stage = client
    frames(app, stage, 2)
    app.apply(ProductPointed(shop.products[0].sku, 0))
    keyed(app, (), ())
    others = {t.id for t in app.shown.targets if t.id.startswith("card.other.")}
    assert others == {f"card.other.{product.sku}" for product in shop.products[1:4]}
