from catalog_sync.model.facts import Facts, Nutrition
from store_scenes.feeds.registry import read_feed

HEADER = "code\tproduct_name\tgeneric_name\tquantity\tpackaging\tbrands\tcategories\tmain_category_en\tcountries_en\tserving_size\tproduct_quantity"  # noqa: E501


def read(*rows, header=HEADER):
    return read_feed("\n".join((header, *rows)).encode(), "EUR")


def test_a_row_of_the_export():
    result = read(
        "3017620422003\tP&acirc;te &agrave; tartiner\t\t400 g\tBocal,Verre\tFerrero, Nutella\t"
        "Produits à tartiner, en:hazelnut-spreads\tCocoa and hazelnuts spreads\tFrance\t15 g\t400"
    )
    (product,) = result.products
    assert (result.kind, result.separator) == ("off", "tabs")
    assert (product.sku, product.gtin) == ("3017620422003", "3017620422003")
    assert (product.names, product.brand) == ({"en": "Pâte à tartiner"}, "Ferrero")
    assert (product.category, product.package) == ("Cocoa and hazelnuts spreads", "jar")
    assert (product.size_text, product.weight_g, product.price) == ("400 g", 400.0, None)
    assert product.dimensions_estimated


def test_damaged_codes_never_merge_and_are_no_gtin():
    result = read(
        "8.41E+12\tOlives vertes\t\t\t\t\t\t\t\t\t",
        "8.41E+12\tOlives noires\t\t\t\t\t\t\t\t\t",
        "8.41E+12\tOlives noires\t\t\t\t\t\t\t\t\t",
        "8410000000000\tOlives\t\t\t\t\t\t\t\t\t",
    )
    skus = [product.sku for product in result.products]
    assert len(set(skus)) == 4
    assert all(sku.startswith("X-") for sku in skus)
    assert skus[2] == f"{skus[1]}-2"
    assert [product.gtin for product in result.products] == ["", "", "", ""]
    assert (result.counts["code-damaged"], result.codes) == (4, {"damaged": 4})
    again = read("8.41E+12\tOlives noires\t\t\t\t\t\t\t\t\t")
    assert again.products[0].sku == skus[1]


def test_the_category_is_the_most_particular_one_in_plain_words():
    result = read(
        "1\tA\t\t\t\t\tBoissons, Thés, en:iced-teas\t\t\t\t",
        "2\tB\t\t\t\t\t\t\t\t\t",
        "3\tC\t\t\t\t\tBoissons\tunknown\t\t\t",
    )
    assert [p.category for p in result.products] == ["Iced teas", "", "Boissons"]
    assert result.products[0].package == "bottle"


def test_a_whole_package_as_the_serving_is_its_size():
    result = read(
        "1\tCola\t\t\t\t\t\t\t\t355 ml (1 BOTTLE)\t", "2\tCola\t\t6\t\t\t\t\t\t30 g (1 CHILE)\t"
    )
    bottle, can = result.products
    assert (bottle.size_text, bottle.package) == ("355 ml", "bottle")
    assert (can.size_text, can.package) == ("", "can")


def test_names_in_the_languages_told():
    header = "code\tlang\tproduct_name\tproduct_name_de\tcountries\tbrands_tags"
    result = read("1\tfr\tLait\tMilch\t\t", "2\t\t우유\t\t\t", header=header)
    assert result.products[0].names == {"fr": "Lait", "de": "Milch"}
    assert result.products[1].names == {"ko": "우유"}


OF_FOODS = (
    "code\tproduct_name\tgeneric_name\tlang\tcategories_tags\tenergy-kcal_100g\tenergy_100g\tfat_100g\t"
    "saturated-fat_100g\tcarbohydrates_100g\tsugars_100g\tproteins_100g\tsalt_100g\tsodium_100g\t"
    "allergens_tags\ttraces_tags\tcountries"
)


def test_what_the_export_tells_of_100_g():
    granola, water, plain = read(
        "3017620422003\tGranola\tC&eacute;r&eacute;ales\tfr\ten:granolas\t412\t1724\t10.8\t1.9\t"
        "66.2\t14.2\t11\t0.45\t0.18\ten:nuts,en:gluten\ten:sesame-seeds,en:nuts,fr:amour\tFrance",
        "3274080005003\tEau\tEau\tfr\ten:waters\t\t0\t\t\t\t\t\t\t0.0052\t\t\tFrance",
        "3274080005010\tSel\t\tfr\ten:salts\t\t\t\t\t\t\t\t\t\t\t\tFrance",
        header=OF_FOODS,
    ).products
    assert granola.facts == Facts(
        Nutrition(412.0, 10.8, 1.9, 66.2, 14.2, 11.0, 0.45),
        ("gluten", "nuts"),
        ("sesame",),
        {"fr": "Céréales"},
    )
    assert water.facts == Facts(Nutrition(energy_kcal=0.0, salt_g=0.013))
    assert plain.facts is None
