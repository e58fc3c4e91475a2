import pytest

from store_scenes.feeds.codes import made_sku, read_code


@pytest.mark.parametrize(
    ("cell", "state", "gtin"),
    [
        ("8801234567893", "good", "8801234567893"),
        ("00877448001674", "good", "00877448001674"),
        ("'8801234567893", "good", "8801234567893"),
        ('="0012000000850"', "good", "0012000000850"),
        ("8-801234-567893", "good", "8801234567893"),
        ("37600665605", "zeros-restored", "037600665605"),
        ("651511016", "zeros-restored", "000651511016"),
        ("148214", "zeros-restored", "00148214"),
        ("8.41E+12", "damaged", ""),
        ("8,41E+12", "damaged", ""),
        ("8E+12", "damaged", ""),
        ("877448001674.0", "good", "877448001674"),
        ("4006381333931,00", "good", "4006381333931"),
        ("37600665605.0", "zeros-restored", "037600665605"),
        ("877448001675.0", "damaged", ""),
        ("8410000000000.0", "damaged", ""),
        ("877448001,000", "damaged", ""),
        ("8410000000000", "damaged", ""),
        ("00877448001675", "bad", ""),
        ("37600665606", "bad", ""),
        ("12345", "bad", ""),
        ("0162300000230111", "bad", ""),
        ("SN-001", "bad", ""),
        ("", "none", ""),
        ("N/A", "none", ""),
        ("0", "none", ""),
        ("00000000", "none", ""),
        ("Does not apply", "none", ""),
    ],
)
def test_codes_as_spreadsheets_leave_them(cell, state, gtin):
    code = read_code(cell)
    assert (code.state, code.gtin) == (state, gtin)


def test_one_gtin_has_one_key_in_all_its_lengths():
    keys = {read_code(cell).key for cell in ("877448001674", "0877448001674", "00877448001674")}
    assert keys == {"00877448001674"}
    assert read_code("8.41E+12").key == ""


def test_a_made_sku_is_the_rows_and_not_its_columns_orders():
    row = {"code": "8.41E+12", "name": "Olives", "brand": ""}
    assert made_sku(row) == "X-ba2cdfd4"
    assert made_sku({"name": "Olives", "code": "8.41E+12"}) == made_sku(row)
    assert made_sku({"name": "Olive", "code": "8.41E+12"}) != made_sku(row)
