"""Whole plans: from a corner shop to a hall, written, read back and checked."""

import msgspec
import pytest

from catalog_sync.model.product import Product
from store_scenes.demo.make_catalog import demo_products
from store_scenes.layout.check import check
from store_scenes.layout.load import load_store
from store_scenes.layout.measures import MEASURES, footprint
from store_scenes.planning.plan import PlanOptions, plan_store
from store_scenes.planning.write import write_store

OPTIONS = PlanOptions(names={"ko": "가게", "en": "Shop"})


def goods(without_models=True):
    return tuple(
        msgspec.structs.replace(one, model="", package="box") if one.model else one
        for one in demo_products()
    )


def written(folder, planned, products):
    write_store(folder, planned, products)
    layout = load_store(folder)
    return layout, [one for one in check(layout, folder) if one.severity == "error"]


@pytest.mark.parametrize("step", [1, 4, 23, 150])
def test_a_store_of_any_size_is_sound(tmp_path, step):
    products = goods()[::step]
    planned = plan_store(products, OPTIONS)
    layout, errors = written(tmp_path / "store", planned, products)
    assert errors == []
    assert (layout.store, layout.planograms) == (planned.store, planned.planograms)
    assert planned.placed == len(products)
    assert planned.unplaced == ()
    assert sum(planned.departments.values()) == len(products)


def test_equal_catalogues_give_equal_folders(tmp_path):
    products = goods()
    for name in ("one", "two"):
        write_store(tmp_path / name, plan_store(products, OPTIONS), products)
    one, two = (
        {path.relative_to(tmp_path / name): path.read_bytes()
         for path in (tmp_path / name).rglob("*.*")}
        for name in ("one", "two")
    )  # fmt: skip
    assert one == two
    assert len(one) > 60


def test_a_supermarket_has_its_parts():
    planned = plan_store(goods(), msgspec.structs.replace(OPTIONS, target_facings=4200))
    assert planned.facings >= 4200
    kinds = {one.type for one in planned.store.fixtures}
    assert kinds >= {"gondola", "endcap", "chiller", "freezer", "produce", "till", "basket"}
    assert len(planned.store.aisles) >= 8
    assert {zone.style for zone in planned.store.zones} >= {"produce", "chilled", "tills"}
    assert planned.store.floor.shop_front
    assert next(iter(planned.departments)) == "produce"


def test_aisles_are_wide_enough_to_pass_and_the_entrance_is_free():
    for step in (1, 4, 23):
        planned = plan_store(goods()[::step], OPTIONS)
        store = planned.store
        boxes = []
        for one in store.fixtures:
            area = footprint(one, planned.planograms, MEASURES[one.type])
            xs, zs = zip(*area.corners(), strict=True)
            boxes.append((min(xs), max(xs), min(zs), max(zs)))
        x, z = store.floor.entrance_x_mm, store.floor.entrance_z_mm
        for low_x, high_x, low_z, high_z in boxes:
            assert not (low_x - 500 < x < high_x + 500 and low_z - 500 < z < high_z + 500)
        for aisle in store.aisles:
            x0, z0, x1, z1 = aisle.line_mm
            for low_x, high_x, low_z, high_z in boxes:
                if x0 == x1:
                    beside = low_z < max(z0, z1) and high_z > min(z0, z1)
                    assert not beside or x0 <= low_x - 850 or x0 >= high_x + 850
                else:
                    beside = low_x < max(x0, x1) and high_x > min(x0, x1)
                    assert not beside or z0 <= low_z - 850 or z0 >= high_z + 850


def test_departments_can_be_pinned_and_facings_asked_for():
    few = plan_store(goods(), msgspec.structs.replace(OPTIONS, target_facings=2500))
    many = plan_store(goods(), msgspec.structs.replace(OPTIONS, target_facings=5000))
    assert 2500 <= few.facings < 2900
    assert 5000 <= many.facings < 5700
    pinned = plan_store(goods(), msgspec.structs.replace(OPTIONS, order=("pet", "snacks")))
    assert list(pinned.departments)[:2] == ["pet", "snacks"]


def test_bulky_goods_get_deep_bays_and_impossible_ones_a_reason():
    large = msgspec.structs.replace(goods()[0], sku="large", dimensions_mm=(700.0, 900.0, 700.0))
    giant = msgspec.structs.replace(goods()[0], sku="giant", dimensions_mm=(3000.0, 900.0, 300.0))
    none = msgspec.structs.replace(goods()[0], sku="none", dimensions_mm=(0.0, 0.0, 0.0))
    planned = plan_store((*goods(), large, giant, none), OPTIONS)
    assert [(one.sku, one.reason.split(",")[0]) for one in planned.unplaced] == [
        ("none", "its dimensions"),
        ("giant", "it is 3000 by 900 by 300 mm; the largest bay takes 1996 by 1780 by 856 mm"),
    ]
    deep = [one for one in planned.store.fixtures if one.depth_mm == 900.0]
    skus = {
        position.sku
        for one in deep
        for key in one.planograms
        for shelf in planned.planograms[key].shelves
        for position in shelf.positions
    }
    assert "large" in skus


def test_a_shop_of_shirts_has_no_cold_cabinet_for_a_cream_one():
    shirts = tuple(
        Product(
            sku=f"{kind}-{n}",
            names={"en": f"{'Cream' if n == 1 else 'Blue'} {kind} {n}"},
            brand="Loom",
            category=kind,
            package="box",
            dimensions_mm=(250.0, 40.0, 300.0),
        )
        for kind in ("T-Shirts", "Hoodies", "Prints")
        for n in range(8)
    )
    planned = plan_store(shirts, OPTIONS)
    kinds = {one.type for one in planned.store.fixtures}
    assert kinds <= {"gondola", "endcap", "table", "till", "basket"}
    assert planned.placed == 24


def test_nothing_to_place_is_said():
    none = msgspec.structs.replace(goods()[0], dimensions_mm=(0.0, 0.0, 0.0))
    with pytest.raises(ValueError, match="not one product can stand on a shelf"):
        plan_store((none,), OPTIONS)


@pytest.mark.parametrize(
    ("locale", "languages", "chilled"),
    [
        ("ko-KR", {"ko", "en"}, {"ko": "신선 냉장", "en": "Chilled"}),
        ("en-US", {"en"}, {"en": "Chilled"}),
        ("fr-FR", {"fr"}, {"fr": "Frais"}),
        ("ja-JP", {"en"}, {"en": "Chilled"}),
    ],
)
def test_signs_speak_the_language_of_the_shop(locale, languages, chilled):
    planned = plan_store(goods(), msgspec.structs.replace(OPTIONS, locale=locale))
    assert {language for one in planned.store.aisles for language in one.names} == languages
    zones = {one.id: one.names for one in planned.store.zones}
    assert zones["chilled"] == chilled
