import json
import re

import pytest

from catalog_sync.model.facts import Facts, Nutrition
from catalog_sync.model.failure import Failure
from catalog_sync.model.money import Money
from store_scenes.feeds import json_ld
from store_scenes.feeds.registry import read_feed

CUP = {
    "@context": "https://schema.org/", "@type": "Product", "sku": "cup-1",
    "name": [{"@value": "찻잔", "@language": "ko"}, {"@value": "Tea cup", "@language": "en-US"}],
    "gtin13": "6291041500213", "brand": {"@type": "Brand", "name": "Acme"},
    "category": "Kitchen > Cups", "size": "330 ml",
    "width": {"@type": "QuantitativeValue", "value": 10.5, "unitCode": "CMT"},
    "height": "90 mm", "depth": {"value": "4", "unitText": "in"},
    "weight": {"@type": "QuantitativeValue", "value": 0.3, "unitCode": "KGM"},
    "offers": [
        {"@type": "Offer", "price": 9.5, "priceCurrency": "USD",
         "availability": "https://schema.org/OutOfStock"},
        {"@type": "Offer", "price": "12.99", "priceCurrency": "USD", "availability": "InStock",
         "inventoryLevel": {"value": 7},
         "priceSpecification": {"@type": "UnitPriceSpecification", "price": 15,
                                "priceType": "https://schema.org/ListPrice"}},
    ],
    "subjectOf": {"@type": "3DModel", "encoding": [
        {"@type": "MediaObject", "contentUrl": "https://shop.example/cup.usdz"},
        {"@type": "MediaObject", "contentUrl": "https://shop.example/cup.glb",
         "encodingFormat": "model/gltf-binary"}]},
}  # fmt: skip


def read(tree, currency="USD"):
    return read_feed(json.dumps(tree).encode(), currency, "json-ld")


def small(sku, **more):
    return {"@type": "Product", "sku": sku, "name": sku.upper(), **more}


def test_every_property_finds_its_place():
    result = read(CUP)
    (cup,) = result.products
    assert (cup.sku, cup.gtin, cup.brand, cup.category) == (
        "cup-1",
        "6291041500213",
        "Acme",
        "Cups",
    )
    assert cup.names == {"ko": "찻잔", "en": "Tea cup"}
    assert (cup.price, cup.was_price) == (Money(1299, "USD"), Money(1500, "USD"))
    assert cup.dimensions_mm == (105.0, 90.0, 101.6)
    assert (cup.weight_g, cup.stock, cup.size_text) == (300.0, 7, "330 ml")
    assert result.links == {"cup-1": "https://shop.example/cup.glb"}


@pytest.mark.parametrize(
    "tree",
    [
        [small("a"), small("b")],
        {"@graph": [{"@type": "WebSite", "name": "Shop"}, small("a"), small("b")]},
        {"@type": "ItemList", "itemListElement": [
            {"@type": "ListItem", "position": 1, "item": small("a")},
            {"@type": "ListItem", "position": 2, "item": small("b")}]},
        {"@type": "DataFeed", "dataFeedElement": [
            {"@type": "DataFeedItem", "item": small(sku)} for sku in "ab"]},
        {"@type": "WebPage", "mainEntity": {"@type": "ItemList", "itemListElement": [
            small("a"), small("b")]}},
        {"@type": "OfferCatalog", "itemListElement": [
            {"@type": "Offer", "itemOffered": small(sku)} for sku in "ab"]},
    ],
)  # fmt: skip
def test_products_are_found_wherever_they_may_be(tree):
    assert [product.sku for product in read(tree).products] == ["a", "b"]


def test_one_in_each_line_is_read_too():
    data = "\n".join(json.dumps(small(sku)) for sku in "abc").encode()
    result = read_feed(data, "USD", "json-ld")
    assert [product.sku for product in result.products] == ["a", "b", "c"]


def test_variants_have_what_their_group_says():
    group = {
        "@type": "ProductGroup", "name": "Chair", "brand": "Acme", "sku": "chair",
        "hasVariant": [
            {"@type": "Product", "sku": "c-red", "color": "Red", "size": "L"},
            {"@type": "Product", "sku": "c-blue", "name": "Blue chair"},
        ],
    }  # fmt: skip
    found = [(p.sku, p.name("en"), p.brand) for p in read(group).products]
    assert found == [("c-red", "Chair", "Acme"), ("c-blue", "Blue chair", "Acme")]


def test_a_gs1_digital_link_has_the_code_in_it():
    link = "https://id.gs1.org/01/09506000134352/10/ABC?17=201225"
    assert read(small("a", hasGS1DigitalLink=link)).products[0].gtin == "09506000134352"


def test_the_scripts_of_a_page_are_read_with_their_lines():
    page = (
        "<!doctype html>\n<html><head><script>var x = '<b>'</script>\n"
        f'<script type="application/ld+json">{json.dumps(small("a"))}</script>\n'
        f'<script type="application/ld+json">\n{json.dumps({"@type": "Product", "sku": "b"})}'
        "</script></head></html>"
    )
    result = read_feed(page.encode(), "USD")
    assert [product.sku for product in result.products] == ["a"]
    assert ("name-missing", 4) in [(one.rule, one.line) for one in result.findings]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"@type": "Product"', "not valid JSON"),
        ('{"@type": "WebSite"}', "no schema.org Product"),
        ("[" * 200, "nested deeper than 32"),
        (
            '<html><script type="application/ld+json">{</script></html>',
            "line 1: the page's JSON-LD",
        ),
        ("<html></html>", "no schema.org Product"),
    ],
)
def test_what_is_no_feed_is_refused_in_a_sentence(text, sentence):
    with pytest.raises(Failure, match=re.escape(sentence)):
        read_feed(text.encode(), "USD", "json-ld")


def test_a_number_without_measure_is_refused_or_left_out():
    huge = '{"@type": "Product", "sku": "a", "name": "A", "offers": {"price": 1e99999}}'
    assert read_feed(huge.encode(), "USD", "json-ld").products[0].price is None


def test_values_of_another_form_than_they_should_have_are_left_out():
    odd = small("a", gtin=["6291041500213", {}], brand=[{"name": {"x": 1}}], offers="free",
                width=[], weight={"value": None}, subjectOf=[3], category={"@id": "x"})  # fmt: skip
    (product,) = read(odd).products
    assert (product.gtin, product.brand, product.price) == ("6291041500213", "", None)


def test_a_node_that_would_fill_the_memory_is_refused(monkeypatch):
    monkeypatch.setattr(json_ld, "EVENTS_OF_NODE_MAX", 50)
    with pytest.raises(Failure, match="a node has more than 50 parts"):
        read(small("a", additionalProperty=list(range(60))))


def offered(price, stock="InStock", currency="EUR"):
    return {"@type": "Offer", "price": price, "priceCurrency": currency,
            "availability": f"https://schema.org/{stock}"}  # fmt: skip


@pytest.mark.parametrize(
    ("offers", "minor"),
    [
        ([offered("9.00"), offered("4.00")], 400),
        ([offered("4.00"), offered("9.00")], 400),
        ([offered(9), offered(10)], 900),
        ([offered("3.00", "OutOfStock"), offered("5,50"), offered("1.299,00")], 550),
        ([offered("3.00", currency="USD"), offered("5.50")], 550),
        ([offered(""), offered("5.50")], 550),
        ([{"offers": [offered("9.00"), offered("4.00")]}], 400),
        ([offered("3.00", "OutOfStock"), offered("2.00", "OutOfStock")], 200),
    ],
)
def test_the_cheapest_offer_in_stock_is_taken(offers, minor):
    (product,) = read(small("a", offers=offers), "EUR").products
    assert product.price == Money(minor, "EUR")


def test_nutrition_of_a_serving_is_told_of_100_g_and_of_nobody_knows_what_is_not():
    nutrition = {
        "@type": "NutritionInformation", "servingSize": "30 g", "calories": "120 calories",
        "fatContent": "3 grams fat", "sugarContent": "4.5 g", "sodiumContent": "90 mg",
    }  # fmt: skip
    said = [
        small("a", nutrition=nutrition, description={"@language": "fr", "@value": "Bon."}),
        small("b", nutrition=nutrition | {"servingSize": "2 biscuits"}),
        small("c", nutrition=nutrition | {"servingSize": "250 ml", "calories": 100}),
    ]
    one, two, three = read(said).products
    assert one.facts == Facts(
        Nutrition(energy_kcal=400.0, fat_g=10.0, sugars_g=15.0, salt_g=0.75),
        descriptions={"fr": "Bon."},
    )
    assert two.facts is None
    assert three.told.nutrition.energy_kcal == 40.0
