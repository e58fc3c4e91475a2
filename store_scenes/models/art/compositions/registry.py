"""Which composition each kind of goods gets; of several, a brand keeps its own."""

from collections.abc import Callable

from store_scenes.models.art.compositions import drinks, fresh, home, pantry, snacks
from store_scenes.models.art.front import Front
from store_scenes.models.scheme import Scheme

Composition = Callable[[Front], None]

COMPOSITIONS: dict[str, tuple[Composition, ...]] = {
    "snack": (snacks.snack, snacks.stick),
    "bar": (snacks.foiled,),
    "candy": (snacks.candy, snacks.stick),
    "chocolate": (snacks.chocolate,),
    "biscuit": (snacks.biscuit,),
    "cereal": (snacks.cereal,),
    "nuts": (snacks.nuts,),
    "icecream": (snacks.icecream,),
    "bread": (snacks.bread,),
    "milk": (drinks.milk,),
    "yogurt": (drinks.yogurt,),
    "juice": (drinks.juice,),
    "water": (drinks.water,),
    "soda": (drinks.soda,),
    "beer": (drinks.beer,),
    "wine": (drinks.wine,),
    "tea": (drinks.tea,),
    "coffee": (drinks.coffee,),
    "ready": (drinks.ready,),
    "noodles": (pantry.noodles,),
    "noodle-dry": (pantry.rice, pantry.pasta),
    "pasta": (pantry.pasta,),
    "rice": (pantry.rice,),
    "baking": (pantry.baking,),
    "spice": (pantry.spice,),
    "sauce": (pantry.sauce,),
    "vinegar": (pantry.oil,),
    "oil": (pantry.oil,),
    "condiment": (pantry.condiment,),
    "spread": (pantry.spread,),
    "tin-fish": (pantry.tin_fish,),
    "tin": (pantry.tin,),
    "pickles": (pantry.tin, pantry.spread),
    "kimchi": (pantry.kimchi,),
    "soup": (pantry.soup,),
    "meal": (pantry.soup,),
    "seaweed": (pantry.seaweed,),
    "meat": (fresh.counter,),
    "fish": (fresh.counter,),
    "fresh": (fresh.fresh,),
    "tofu": (fresh.tofu,),
    "eggs": (fresh.eggs,),
    "cheese": (fresh.dairy,),
    "butter": (fresh.dairy,),
    "deli": (fresh.deli,),
    "frozen": (fresh.frozen,),
    "laundry": (home.laundry,),
    "cleaning": (home.cleaning,),
    "body": (home.body,),
    "oral": (home.oral,),
    "paper": (home.paper,),
    "pet": (home.pet,),
    "baby": (home.baby,),
    "health": (home.health,),
}

GENERIC: tuple[Composition, ...] = (
    home.generic_blocks,
    home.generic_plate,
    home.generic_rosette,
    drinks.ready,
    snacks.foiled,
)
"""For goods of no known kind; a brand keeps one of them."""


def composition_of(scheme: Scheme) -> Composition:
    """The composition for a scheme: by its kind, a shop's own brand apart."""
    if scheme.brand.house:
        return home.house
    choices = COMPOSITIONS.get(scheme.kind, GENERIC)
    return choices[(scheme.brand.seed >> 22) % len(choices)]
