import hashlib
import json

import pytest

import server.cooking
from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from server.cooking import cooked_products, endcap_script, read_manifest

CONTENT = b"a cooked model"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def product(sku, model=""):
    package = "model" if model else "box"
    return Product(sku, {"en": sku}, "B", "c", package, (60.0, 90.0, 60.0), model=model)


@pytest.fixture
def store(tmp_path):
    cooked = tmp_path / ".endcap" / "cooked"
    cooked.mkdir(parents=True)
    (cooked / f"{SHA256}.cooked").write_bytes(CONTENT)
    manifest = {
        "schema": 3,
        "suffix": ".cooked",
        "products": {"vase": SHA256, "urn": SHA256},
    }
    (cooked / "manifest.json").write_text(json.dumps(manifest))
    return tmp_path


@pytest.fixture
def cooked_already(monkeypatch):
    calls = []
    monkeypatch.setattr(server.cooking, "cook", calls.append)
    return calls


def test_a_store_without_models_cooks_nothing(store, cooked_already):
    products = (product("tea"),)
    assert cooked_products(store, products) == (products, {})
    assert cooked_already == []


def test_a_model_is_served_by_the_hash_of_its_cooked_file(store, cooked_already):
    wanted = [product("tea"), product("vase", "models/a.glb"), product("urn", "models/a.glb")]
    served, assets = cooked_products(store, wanted)
    assert [p.model for p in served] == ["", SHA256, SHA256]
    assert assets == {SHA256: store / ".endcap" / "cooked" / f"{SHA256}.cooked"}
    assert cooked_already == [store]


def test_a_model_that_was_not_cooked_is_a_sentence(store, cooked_already):
    with pytest.raises(Failure, match=r"models/b.glb, the model of jug, was not cooked; run"):
        cooked_products(store, [product("jug", "models/b.glb")])


def test_a_damaged_cooked_file_is_a_sentence(store, cooked_already):
    (store / ".endcap" / "cooked" / f"{SHA256}.cooked").write_bytes(CONTENT[:-1])
    with pytest.raises(Failure, match="is missing or damaged; delete"):
        cooked_products(store, [product("vase", "models/a.glb")])


def told(sha256, suffix=".cooked"):
    return json.dumps({"schema": 3, "suffix": suffix, "products": {"a": sha256}})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        '{"schema": 2, "suffix": ".cooked", "products": {}}',
        "[" * 100_000,
        '{"schema": 3, "products": {}}',
        told("../../etc/passwd"),
        told("A" * 64),
        told("a" * 64, suffix="/../x"),
    ],
)
def test_a_damaged_manifest_is_a_sentence(store, text):
    (store / ".endcap" / "cooked" / "manifest.json").write_text(text)
    with pytest.raises(Failure, match=r"does not read \(.+\); delete"):
        read_manifest(store)


def test_the_console_script_of_this_installation_is_found():
    assert endcap_script().endswith(("endcap", "endcap.exe"))
