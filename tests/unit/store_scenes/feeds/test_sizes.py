import pytest

from store_scenes.feeds.sizes import Size, read_size, size_within, written_size


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("500 ml", Size(500.0, "ml")),
        ("200g", Size(200.0, "g")),
        ("1.5 L", Size(1500.0, "ml")),
        ("0,75 l", Size(750.0, "ml")),
        ("1,5 Liter", Size(1500.0, "ml")),
        ("3 litres", Size(3000.0, "ml")),
        ("33cl", Size(330.0, "ml")),
        ("350 gr", Size(350.0, "g")),
        ("1 kg e", Size(1000.0, "g")),
        ("1,000 g", Size(1000.0, "g")),
        ("1.000,5 g", Size(1000.5, "g")),
        ("0,750 kg", Size(750.0, "g")),
        ("500㎖", Size(500.0, "ml")),
        ("6 x 330ml", Size(330.0, "ml", 6)),
        ("6×20 cl", Size(200.0, "ml", 6)),
        ("2X150GR", Size(150.0, "g", 2)),
        ("330ml×6캔", Size(330.0, "ml", 6)),
        ("120g x 5입", Size(120.0, "g", 5)),
        ("lot de 6 x 1.5L", Size(1500.0, "ml", 6)),
        ("12 oz/340 g", Size(340.0, "g")),
        ("16 oz/1 lbs/454 g", Size(454.0, "g")),
        ("2 LITER/67.6 FL OZ", Size(2000.0, "ml")),
        ("1/2 GAL/1.89 L", Size(1890.0, "ml")),
        ("12 fl. oz. / 355 mL", Size(355.0, "ml")),
        ("280 g neto, 170 g escurrido, 310 ml", Size(280.0, "g")),
        ("670 g (380 g net égoutté)", Size(670.0, "g")),
        ("1.19 KGM", Size(1190.0, "g")),
        ("5입", Size(count=5)),
        ("pack of 6", Size(count=6)),
        ("6-pack", Size(count=6)),
        ("30매", Size(pieces=30)),
        ("10 ct", Size(pieces=10)),
        ("대란 30구", Size(pieces=30)),
        ("12 eggs", Size(pieces=12)),
    ],
)
def test_sizes(text, size):
    assert read_size(text) == size


@pytest.mark.parametrize(
    "text", ["", "6", "950 ?", "0 g", "large", "7 layers", "12 grains", "size 4", "100 %"]
)
def test_what_is_no_size(text):
    assert read_size(text) is None


def test_ounces_are_told_apart():
    assert read_size("32 ONZ").amount == pytest.approx(907.18, abs=0.01)
    assert read_size("64 fl oz").amount == pytest.approx(1892.7, abs=0.1)
    assert read_size("1/2 gal").amount == pytest.approx(1892.7, abs=0.1)
    assert read_size("5 LBR").amount == pytest.approx(2268.0, abs=0.1)


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("Coconut Water 1L", "1L"),
        ("Yogurt 4X90g strawberry", "4X90g"),
        ("우유 500㎖", "500㎖"),
        ("No size at all", ""),
        ("7 Layer Dip", ""),
    ],
)
def test_a_size_within_a_name(name, size):
    assert size_within(name) == size


def test_codes_of_the_trade_are_written_as_units():
    assert written_size("7 ONZ") == "7 oz"
    assert written_size("1.19 KGM") == "1.19 kg"
    assert written_size("355 ML") == "355 ML"
    assert written_size("12 oz/340 g") == "12 oz/340 g"
