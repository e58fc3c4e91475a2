"""One schema.org Product as a draft: identities, offers, sizes and its 3D model.

https://schema.org/Product, /Offer, /QuantitativeValue; GS1 Digital Links through `biip`.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from catalog_sync.model.money import MoneyError
from store_scenes.feeds.facts_text import TOLD_CHARS_MAX, FactsTold
from store_scenes.feeds.lengths import grams, millimetres
from store_scenes.feeds.money_text import read_money
from store_scenes.feeds.rows import STOCK_ASSUMED, Draft, ProductMaker, named
from store_scenes.feeds.sizes import read_size

VALUES_MAX = 50
TEXT_CHARS_MAX = 4_000

_GTINS = ("gtin", "gtin14", "gtin13", "gtin12", "gtin8", "ean", "isbn")
_NUTRIENTS = {
    "energy_kcal": "calories", "fat_g": "fatContent", "saturates_g": "saturatedFatContent",
    "carbohydrate_g": "carbohydrateContent", "sugars_g": "sugarContent",
    "protein_g": "proteinContent",
}  # fmt: skip
_IN_STOCK = frozenset({"instock", "limitedavailability", "onlineonly", "instoreonly"})
_MODELS = ("model/gltf-binary", "model/gltf+json")


def product_draft(maker: ProductMaker, line: int, node: dict[str, Any]) -> Draft:
    """A Product's node as the maker takes it; what is of another form than it should is left out.

    Of several offers the cheapest that is in stock is taken.
    """
    offer = _offer(node, maker.currency)
    price, was_price = _prices(offer)
    names: dict[str, str] = {}
    for language, text in _named(node.get("name")):
        names.update(named(maker.plain(line, text), language))
    group = next((text for _, text in _named(node.get("@group"))), "")
    if not names and group:
        words = [text for key in ("color", "size") for text in texts(node.get(key))]
        names = named(maker.plain(line, " – ".join((group, *words))))
    categories = [maker.plain(line, text) for text in _words(node.get("category"))]
    path = [part.strip() for text in categories for part in text.split(">") if part.strip()]
    link = _model(node)
    return Draft(
        row={key: text for key in sorted(node) if (text := " ".join(texts(node[key])))},
        sku=_first(node.get("sku")) or _first(offer.get("sku")) or _first(node.get("productID")),
        fallback_sku=_first(node.get("mpn"))[:64],
        code=_code(node, offer),
        names=names,
        brand=maker.plain(line, next(_words(node.get("brand") or node.get("manufacturer")), "")),
        category=path[-1] if path else "",
        wider=tuple(reversed(path[:-1])),
        price=price,
        was_price=was_price,
        stock=_stock(offer),
        size=next(_words(node.get("size")), ""),
        width_mm=_quantity(node.get("width"), millimetres),
        height_mm=_quantity(node.get("height"), millimetres),
        depth_mm=_quantity(node.get("depth"), millimetres),
        weight_g=_quantity(node.get("weight"), grams),
        facts=_facts(maker, line, node),
        model="" if "://" in link else link,
        model_link=link if "://" in link else "",
    )


def _facts(maker: ProductMaker, line: int, node: dict[str, Any]) -> FactsTold | None:
    """Its description, and its `NutritionInformation` where that says of how much.

    https://schema.org/NutritionInformation: amounts are of `servingSize`; without one in grams or
    millilitres nobody knows of what.
    """
    descriptions: dict[str, str] = {}
    for language, text in _named(node.get("description")):
        descriptions.update(named(maker.plain(line, text[:TOLD_CHARS_MAX]), language))
    allergens = ", ".join(_words(node.get("allergens") or node.get("allergen")))
    nutrition = next(iter(_items(node.get("nutrition"))), {})
    size = read_size(_first(nutrition.get("servingSize")))
    portion = size.amount * size.count if size is not None else 0.0
    if not portion:
        nutrition, portion = {}, 100.0
    amounts = {ours: text for ours, theirs in _NUTRIENTS.items()
               if (text := _first(nutrition.get(theirs)))}  # fmt: skip
    sodium = _first(nutrition.get("sodiumContent"))
    if not (descriptions or allergens or amounts or sodium):
        return None
    return FactsTold(
        amounts, sodium, portion=portion, allergens=allergens, descriptions=descriptions
    )


def texts(value: Any) -> list[str]:
    """The plain texts and numbers of a value or a list of them."""
    items = value if isinstance(value, list) else [value]
    return [str(item)[:TEXT_CHARS_MAX] for item in items[:VALUES_MAX] if _is_plain(item)]


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | int | float | Decimal) and not isinstance(value, bool)


def _first(value: Any) -> str:
    return next(iter(texts(value)), "").strip()


def _items(value: Any) -> list[dict[str, Any]]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items[:VALUES_MAX] if isinstance(item, dict)]


def _words(value: Any) -> Iterator[str]:
    """Texts, and the names of things."""
    yield from texts(value)
    for item in _items(value):
        yield from texts(item.get("name") or item.get("@value"))


def _named(value: Any) -> Iterator[tuple[str, str]]:
    """A name's texts, each with its language where it is tagged with one."""
    yield from (("", text) for text in texts(value))
    for item in _items(value):
        language = _first(item.get("@language"))[:2].lower()
        yield from ((language, text) for text in texts(item.get("@value")))


def _code(node: dict[str, Any], offer: dict[str, Any]) -> str:
    for place in (node, offer):
        found = next((text for key in _GTINS if (text := _first(place.get(key)))), "")
        if found and "/" not in found:
            return found
        if found or place.get("hasGS1DigitalLink"):
            return _of_link(found or _first(place.get("hasGS1DigitalLink")))
    return ""


def _of_link(link: str) -> str:
    """The GTIN of a GS1 Digital Link; the link itself where it has none."""
    from biip import ParseError
    from biip.gs1_digital_link_uris import GS1DigitalLinkURI

    try:
        found = GS1DigitalLinkURI.parse(link[:500]).element_strings.get(ai="01")
    except (ParseError, ValueError):
        return link
    return found.value if found else link


def _offer(node: dict[str, Any], currency: str) -> dict[str, Any]:
    """The cheapest offer that is in stock; of all, those in `currency` lead where one is told."""
    offers = [
        inner
        for offer in _items(node.get("offers"))
        for inner in (_items(offer.get("offers")) or [offer])
    ]

    def rank(offer: dict[str, Any]) -> tuple[bool, bool, float]:
        amount, _, told = _amounts(offer)
        try:
            price = float(read_money(amount, told or currency).amount_minor)
        except MoneyError:
            price = float("inf")
        return not _is_in_stock(offer), bool(told) and told != currency, price

    return min(offers, key=rank, default={})


def _prices(offer: dict[str, Any]) -> tuple[str, str]:
    """The price with its currency, and the one before it; empty where there is none."""
    price, was_price, currency = _amounts(offer)
    unit = f" {currency}" if currency else ""
    return (f"{price}{unit}" if price else ""), (f"{was_price}{unit}" if was_price else "")


def _amounts(offer: dict[str, Any]) -> tuple[str, str, str]:
    """The price, the one before it, and the currency of both."""
    currency = _first(offer.get("priceCurrency"))
    price = _first(offer.get("price")) or _first(offer.get("lowPrice"))
    was_price = ""
    for told in _items(offer.get("priceSpecification")):
        amount = _first(told.get("price"))
        kind = _first(told.get("priceType")).rpartition("/")[2].lower()
        currency = currency or _first(told.get("priceCurrency"))
        if kind in {"listprice", "strikethroughprice", "srp", "msrp"}:
            was_price = amount
        elif not price:
            price = amount
    return price, was_price, currency


def _is_in_stock(offer: dict[str, Any]) -> bool:
    state = _first(offer.get("availability")).rpartition("/")[2].lower()
    return not state or state in _IN_STOCK


def _stock(offer: dict[str, Any]) -> str:
    if not _is_in_stock(offer):
        return "0"
    level = next(iter(_items(offer.get("inventoryLevel"))), {})
    count = _first(level.get("value")) or _first(offer.get("inventoryLevel"))
    return count.removesuffix(".0") or str(STOCK_ASSUMED)


def _quantity(value: Any, convert: Any) -> str:
    """A length or weight: `20 cm`, or a QuantitativeValue with its unit code or text."""
    for item in _items(value):
        unit = _first(item.get("unitCode")) or _first(item.get("unitText"))
        text = _first(item.get("value"))
        return str(convert(text, unit)) or text
    return str(convert(_first(value))) or _first(value)


def _model(node: dict[str, Any]) -> str:
    """Where a 3D model of the product lies: a GLB before another glTF."""
    links: list[tuple[int, str]] = []
    for key in ("subjectOf", "model", "hasModel", "encoding", "image"):
        for model in _items(node.get(key)):
            if "3DModel" not in texts(model.get("@type")):
                continue
            for media in [*_items(model.get("encoding")), model]:
                link, kind = _first(media.get("contentUrl")), _first(media.get("encodingFormat"))
                if link and (kind in _MODELS or link.lower().endswith((".glb", ".gltf"))):
                    links.append((0 if kind == _MODELS[0] or link.endswith(".glb") else 1, link))
    return min(links, default=(0, ""))[1]
