import sqlite3

import msgspec

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
