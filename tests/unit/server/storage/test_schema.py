import sqlite3

import msgspec

from catalog_sync.model.facts import Facts, Nutrition
from catalog_sync.model.money import Money
from catalog_sync.model.product import Product
from server.storage.catalogue_rows import listed_products, take_products
from server.storage.schema import MIGRATIONS, migrate


def product(sku, price, stock):
    cost = None if price is None else Money(price, "KRW")
    return Product(sku, {"en": sku}, "Brand", "tea", "box", (60.0, 120.0, 60.0), cost, stock)


def test_a_database_of_the_first_schema_gains_offers_and_keeps_its_prices(tmp_path):
    connection = sqlite3.connect(tmp_path / "shop.sqlite")
    connection.executescript(MIGRATIONS[0])
    cold = msgspec.msgpack.encode(product("tea", None, 0))
    connection.execute(
        "INSERT INTO products (sku, cold, listed, price_minor, file_price_minor, stock, file_stock)"
        " VALUES ('tea', ?, 1, 1200, 1500, 9, 9)",
        (cold,),
    )
    connection.execute("PRAGMA user_version = 1")
    migrate(connection, "shop")
    (tea,) = listed_products(connection, "KRW")
    assert tea == product("tea", 1200, 9)
    assert take_products(connection, [product("tea", 1500, 9)], "KRW") == ([], False)
    connection.close()


def test_a_database_from_before_facts_and_units_gains_both_and_keeps_its_answers(tmp_path):
    connection = sqlite3.connect(tmp_path / "shop.sqlite")
    connection.executescript("".join(MIGRATIONS[:2]))
    as_it_was = msgspec.to_builtins(product("tea", None, 0))
    del as_it_was["facts"]
    connection.execute(
        "INSERT INTO products (sku, cold, listed, price_minor, file_price_minor, stock, file_stock)"
        " VALUES ('tea', ?, 1, 1500, 1500, 9, 9)",
        (msgspec.msgpack.encode(as_it_was),),
    )
    connection.execute("INSERT INTO shoppers (id, created_unix_s) VALUES ('mia', 1)")
    connection.execute("INSERT INTO ops VALUES ('mia', 'a', 1, 4, '', 1)")
    connection.execute("PRAGMA user_version = 2")
    connection.commit()
    migrate(connection, "shop")
    assert connection.execute("SELECT * FROM ops").fetchall() == [("mia", "a", 1, 4, "", 1, 0)]
    assert listed_products(connection, "KRW") == (product("tea", 1500, 9),)
    facts = Facts(Nutrition(sugars_g=3.5), ("milk",), (), {"ko": "차", "en": "Tea."})
    told = msgspec.structs.replace(product("tea", 1500, 9), facts=facts)
    assert take_products(connection, [told], "KRW") == ([], True)
    assert listed_products(connection, "KRW") == (told,)
    assert take_products(connection, [told], "KRW") == ([], False)
    connection.close()
