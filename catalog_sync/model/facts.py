"""What a shopper may want to know of a food before it goes into the cart. Cold, small, bounded.

There are no ratings here: no source of honest ones is known to us.
"""

import math
from collections.abc import Iterable
from typing import Literal, get_args

import msgspec

Allergen = Literal[
    # The fourteen of Regulation (EU) 1169/2011, Annex II.
    "gluten", "crustaceans", "eggs", "fish", "peanuts", "soybeans", "milk", "nuts", "celery",
    "mustard", "sesame", "sulphites", "lupin", "molluscs",
    # What the Korean list (식품등의 표시기준, MFDS) names besides, or names more closely.
    "wheat", "buckwheat", "walnuts", "pine-nuts", "mackerel", "crab", "shrimp", "squid", "pork",
    "beef", "chicken", "peach", "tomato",
]  # fmt: skip
"""What has to be declared: the European list, and what the Korean one adds to it."""

ALLERGENS: tuple[Allergen, ...] = get_args(Allergen)

Nutrient = Literal[
    "energy_kcal", "fat_g", "saturates_g", "carbohydrate_g", "sugars_g", "protein_g", "salt_g"
]
NUTRIENTS: tuple[Nutrient, ...] = get_args(Nutrient)
"""In the order of a label (Regulation (EU) 1169/2011, Annex XV)."""

AMOUNT_MAX: dict[Nutrient, float] = {
    "energy_kcal": 1000.0,  # pure fat has 900
    "fat_g": 100.0,
    "saturates_g": 100.0,
    "carbohydrate_g": 100.0,
    "sugars_g": 100.0,
    "protein_g": 100.0,
    "salt_g": 100.0,
}
DESCRIPTION_CHARS_MAX = 240
DESCRIPTION_LANGUAGES_MAX = 8
LANGUAGE_CHARS_MAX = 8

SALT_OF_SODIUM = 2.5
"""Grams of salt that a gram of sodium counts as (Regulation (EU) 1169/2011, Annex I)."""


class Nutrition(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Of 100 g, or of 100 ml where the pack says millilitres; None: not known."""

    energy_kcal: float | None = None
    fat_g: float | None = None
    saturates_g: float | None = None
    carbohydrate_g: float | None = None
    sugars_g: float | None = None
    protein_g: float | None = None
    salt_g: float | None = None

    @property
    def sodium_mg(self) -> float | None:
        """Milligrams of sodium, as Korean labels say it."""
        return None if self.salt_g is None else self.salt_g / SALT_OF_SODIUM * 1000.0

    def __bool__(self) -> bool:
        """Whether anything is known."""
        return any(getattr(self, name) is not None for name in NUTRIENTS)


class Facts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """`contains` and `may_contain` have no code in common; no code: none declared, not none in it.

    `descriptions` maps a language to a sentence or two.
    """

    nutrition: Nutrition = Nutrition()
    contains: tuple[Allergen, ...] = ()
    may_contain: tuple[Allergen, ...] = ()
    descriptions: dict[str, str] = {}

    def description(self, language: str) -> str:
        """The description in `language`, else in English, else in whatever there is; or ""."""
        told = self.descriptions
        return told.get(language) or told.get("en") or next(iter(told.values()), "")

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.nutrition or self.contains or self.may_contain or self.descriptions)


NO_FACTS = Facts()


def declared(codes: Iterable[str], but: Iterable[str] = ()) -> tuple[Allergen, ...]:
    """Those of `codes` that are ours, once each and in our order, without those in `but`."""
    told, left_out = set(codes), set(but)
    return tuple(code for code in ALLERGENS if code in told and code not in left_out)


def fault(facts: Facts) -> str:
    """Why these cannot be a product's facts, in a few words; "" where they can.

    For what came from outside in our own form: the codes themselves are held by their type.
    """
    for name in NUTRIENTS:
        amount = getattr(facts.nutrition, name)
        if amount is not None and not (math.isfinite(amount) and 0.0 <= amount <= AMOUNT_MAX[name]):
            return f"a {name} of no food"
    if len(facts.contains) + len(facts.may_contain) > len(ALLERGENS):
        return "more allergens than there are"
    if set(facts.contains) & set(facts.may_contain):
        return "an allergen that it both contains and may contain"
    if len(facts.descriptions) > DESCRIPTION_LANGUAGES_MAX:
        return "a description in too many languages"
    for language, words in facts.descriptions.items():
        if len(language) > LANGUAGE_CHARS_MAX or len(words) > DESCRIPTION_CHARS_MAX:
            return "a description that is too long"
    return ""
