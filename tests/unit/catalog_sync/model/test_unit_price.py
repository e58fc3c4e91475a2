"""What a pack holds is read from its printed size, and priced by 100 g, 100 ml or the piece."""

import pytest

from catalog_sync.model.money import Money
from catalog_sync.model.product import Product
from catalog_sync.model.unit_price import UnitPrice, size_of, unit_price, unit_price_text


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("500 g", (500, "g")),
        ("1.5 kg", (1500, "g")),
        ("1,5 L", (1500, "ml")),
        ("1,000 g", (1000, "g")),
        ("6 x 330ml", (1980, "ml")),
        ("120g×5", (600, "g")),
        ("20티백", (20, "piece")),
        ("100 ㎖", (100, "ml")),
        ("12 oz", (340.194282, "g")),
        ("large", None),
        ("", None),
        ("0 g", None),
        ("9" * 200 + " g", None),
    ],
)
def test_size_of(text, size):
    found = size_of(text)
    if size is None:
        assert found is None
    else:
        assert found == (pytest.approx(size[0]), size[1])


def test_unit_prices():
    won = Money(8900, "KRW")
    assert unit_price(won, "500 g") == UnitPrice(Money(1780, "KRW"), 100, "g")
    assert unit_price(won, "", weight_g=250.0) == UnitPrice(Money(3560, "KRW"), 100, "g")
    assert unit_price(Money(1299, "USD"), "20티백") == UnitPrice(Money(65, "USD"), 1, "piece")
    assert unit_price(won, "1 ea") is None
    assert unit_price(won, "") is None


@pytest.mark.parametrize(
    ("size", "language", "said"),
    [
        ("500 g", "ko", "100 g당 ₩1,780"),
        ("500 g", "en", "₩1,780 per 100 g"),
        ("20티백", "ko", "1개당 ₩445"),
        ("20티백", "en", "₩445 each"),
        ("large", "ko", ""),
    ],
)
def test_a_unit_price_in_words(size, language, said):
    product = Product("A", {"ko": "가"}, "B", "c", "box", (1.0, 1.0, 1.0), Money(8900, "KRW"))
    sized = Product(
        **{f: getattr(product, f) for f in Product.__struct_fields__} | {"size_text": size}
    )
    assert unit_price_text(sized, "ko_KR", language) == said
