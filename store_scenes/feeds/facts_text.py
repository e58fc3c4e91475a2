"""What feeds say of a food, in their own words, as a product's facts.

Amounts are of 100 g or 100 ml. Codes of allergens are Open Food Facts' (`en:milk`,
https://static.openfoodfacts.org/data/taxonomies/allergens.json) and words of labels in several
languages; those lists are short because both laws are.
"""

import re
from typing import Final

import msgspec

from catalog_sync.model.facts import (
    AMOUNT_MAX,
    DESCRIPTION_CHARS_MAX,
    DESCRIPTION_LANGUAGES_MAX,
    NUTRIENTS,
    SALT_OF_SODIUM,
    Allergen,
    Facts,
    Nutrition,
    declared,
)

KCAL_OF_KJ: Final = 0.239006
ALLERGEN_WORDS_MAX: Final = 60
DIGITS: Final = 3  # of gram and kilocalorie, as a catalogue is written
TOLD_CHARS_MAX: Final = 2_000
SHOWN_CHARS_MAX: Final = 40

_AMOUNT = re.compile(
    r"(\d{1,6}(?:[.,]\d{1,17})?)(e[+-]?\d{1,2})?"
    r"(?:\s*(kcal|cal(?:ories?)?|kj|g(?:rams?)?|mg|milligrams?)\b.{0,40})?",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?。](?=\s|$)")
_BETWEEN = re.compile(r"[,;|/·、]|\band\b|\bet\b|\bund\b")

_NONE = frozenset({"none", "no", "없음", "-", "aucun", "keine"})
_LABELS: Final[dict[Allergen, str]] = {
    "gluten": "gluten cereals-containing-gluten barley rye oats spelt 글루텐 보리 귀리 호밀",
    "crustaceans": "crustacean crustaceans crustacés krebstiere 갑각류",
    "eggs": "egg eggs œufs oeufs eier 알류 알 계란 달걀 난류",
    "fish": "fish poisson fisch 생선 어류",
    "peanuts": "peanut peanuts arachides erdnüsse 땅콩",
    "soybeans": "soy soya soybean soybeans soja 대두 콩",
    "milk": "milk lactose dairy lait milch 우유 유제품 유당",
    "nuts": "nut nuts tree-nuts almond almonds hazelnuts cashews pistachios fruits-à-coque "
    "schalenfrüchte 견과 견과류 아몬드 캐슈 헤이즐넛 피스타치오",
    "celery": "celery céleri sellerie 셀러리",
    "mustard": "mustard moutarde senf 겨자",
    "sesame": "sesame sesame-seeds sésame sesam 참깨 깨",
    "sulphites": "sulphites sulfites sulphur-dioxide sulphur-dioxide-and-sulphites "
    "anhydride-sulfureux-et-sulfites 아황산 아황산류 아황산염",
    "lupin": "lupin lupine 루핀",
    "molluscs": "mollusc molluscs mollusks mollusques weichtiere oyster oysters "
    "mussels abalone 조개 조개류 굴 전복 홍합 연체동물",
    "wheat": "wheat blé weizen 밀",
    "buckwheat": "buckwheat 메밀",
    "walnuts": "walnut walnuts 호두",
    "pine-nuts": "pine-nut pine-nuts 잣",
    "mackerel": "mackerel 고등어",
    "crab": "crab crabs 게",
    "shrimp": "shrimp shrimps prawn prawns 새우",
    "squid": "squid 오징어",
    "pork": "pork 돼지고기",
    "beef": "beef 쇠고기 소고기",
    "chicken": "chicken 닭고기",
    "peach": "peach peaches 복숭아",
    "tomato": "tomato tomatoes 토마토",
}
_WORDS: Final = {word: code for code, words in _LABELS.items() for word in words.split()}
_SHELLFISH: Final[list[Allergen]] = ["crustaceans", "molluscs"]  # the word may mean either


class FactsTold(msgspec.Struct):
    """What a row says of a food, under our names.

    `sodium` stands in for salt, in grams unless it says milligrams; `energy_kj` for `energy_kcal`.
    `portion` is what the amounts are of, in grams or millilitres.
    """

    amounts: dict[str, str] = {}
    sodium: str = ""
    energy_kj: str = ""
    portion: float = 100.0
    allergens: str = ""
    traces: str = ""
    descriptions: dict[str, str] = {}


Fault = tuple[str, str]
"""A rule's id and a sentence."""


def read_facts(told: FactsTold) -> tuple[Facts, list[Fault]]:
    """The facts, and what had to be left out of them."""
    faults: list[Fault] = []
    contains = _codes(told.allergens, faults)
    facts = Facts(
        _nutrition(told, faults),
        declared(contains),
        declared(_codes(told.traces, faults), contains),
        {
            language: words
            for language, text in sorted(told.descriptions.items())[:DESCRIPTION_LANGUAGES_MAX]
            if (words := short_description(text))
        },
    )
    return facts, faults


def short_description(text: str) -> str:
    """As many whole sentences as fit on a card; else as many words, and an ellipsis."""
    text = text[:TOLD_CHARS_MAX].strip()
    if len(text) <= DESCRIPTION_CHARS_MAX:
        return text
    ends = [found.end() for found in _SENTENCE_END.finditer(text[:DESCRIPTION_CHARS_MAX])]
    if ends:
        return text[: ends[-1]]
    return text[: DESCRIPTION_CHARS_MAX - 1].rpartition(" ")[0].rstrip(" ,;:") + "…"


def _nutrition(told: FactsTold, faults: list[Fault]) -> Nutrition:
    found: dict[str, float] = {}
    for name in NUTRIENTS:
        text = told.amounts.get(name, "")
        factor = 1.0
        if not text and name == "energy_kcal":
            text, factor = told.energy_kj, KCAL_OF_KJ
        if not text and name == "salt_g":
            text, factor = told.sodium, SALT_OF_SODIUM
        if not text:
            continue
        amount = _amount(text)
        if amount is not None:
            amount = round(amount * factor * 100.0 / told.portion, DIGITS)
        if amount is None or amount > AMOUNT_MAX[name]:
            most = AMOUNT_MAX[name]
            shown = text[:SHOWN_CHARS_MAX]
            faults.append(("nutrition-bad", f"{name} {shown!r} is no amount from 0 to {most:g}"))
            continue
        found[name] = amount
    return Nutrition(**found)


def _amount(text: str) -> float | None:
    """Grams or kilocalories: `3.5`, `3,5 g`, `120 mg`, `523 kJ`."""
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        return None
    unit = (match[3] or "").lower()
    amount = float(match[1].replace(",", ".") + (match[2] or ""))
    if unit == "kj":
        return amount * KCAL_OF_KJ
    return amount / 1000.0 if unit.startswith("m") else amount


def _codes(text: str, faults: list[Fault]) -> list[Allergen]:
    codes: list[Allergen] = []
    for part in _BETWEEN.split(text[:TOLD_CHARS_MAX])[:ALLERGEN_WORDS_MAX]:
        word = re.sub(r"^[a-z]{2}:", "", part.strip().lower()).strip(" .()")
        if not word or word in _NONE:
            continue
        code = _WORDS.get(word.replace(" ", "-")) or _WORDS.get(word.replace("-", " ").split()[-1])
        if code is not None:
            codes.append(code)
        elif word == "shellfish":
            codes += _SHELLFISH
        else:
            shown = part.strip()[:SHOWN_CHARS_MAX]
            faults.append(("allergen-unknown", f"allergen {shown!r} is not known; it is left out"))
    return codes
