"""What the labels of the demo store's foods say: read from `foods.txt`. All of it is invented.

A line is `SKU or prefix | energy fat saturates carbohydrate sugars protein salt | contains | may
contain | Korean sentence / English sentence`, of 100 g or 100 ml. A prefix speaks for a family of
products; the line of one SKU says what is otherwise with it, and what it leaves empty stays as in
the family (`none` for no allergen).
"""

import zlib
from pathlib import Path

from catalog_sync.model.facts import AMOUNT_MAX, NUTRIENTS, Facts, Nutrition, declared

FOODS = Path(__file__).with_name("foods.txt")
SPREAD = 0.05
"""By how much products of a family differ from what is said of it: no two recipes are the same."""

_PARTS = 5


def demo_facts(path: Path = FOODS) -> dict[str, tuple[str, ...]]:
    """The lines by SKU or prefix, each in its five parts.

    Raises:
        ValueError: a line that does not read, with its file and number.
    """
    lines: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        parts = tuple(part.strip() for part in line.split("|"))
        amounts = len(parts[1].split()) if len(parts) == _PARTS else 0
        if amounts not in {0, len(NUTRIENTS)} or len(parts) != _PARTS or parts[0] in lines:
            raise ValueError(f"{path.name}, line {number}: not five parts of something new")
        lines[parts[0]] = parts
    return lines


def facts_of(sku: str, lines: dict[str, tuple[str, ...]]) -> Facts | None:
    """What is told of a product; None for one that is no food of ours."""
    family = lines.get(sku.partition("-")[0])
    own = lines.get(sku)
    if family is None and own is None:
        return None
    parts = [
        mine or theirs
        for mine, theirs in zip(own or ("",) * _PARTS, family or ("",) * _PARTS, strict=True)
    ]
    _, amounts, contains, may_contain, words = parts
    korean, _, english = (text.strip() for text in words.partition(" / "))
    # A product that has numbers of its own has exactly those.
    factor = 1.0 if own and own[1] else 1.0 + SPREAD * (zlib.crc32(sku.encode()) % 201 - 100) / 100
    held = declared(contains.split())
    return Facts(
        _nutrition([float(amount) for amount in amounts.split()], factor),
        held,
        declared(may_contain.split(), held),
        {language: text for language, text in (("ko", korean), ("en", english)) if text},
    )


def _nutrition(amounts: list[float], factor: float) -> Nutrition:
    told = dict(zip(NUTRIENTS, amounts, strict=True))
    digits = {"energy_kcal": 0 if told["energy_kcal"] >= 1.0 else 1, "salt_g": 2}
    return Nutrition(**{
        name: min(AMOUNT_MAX[name], round(told[name] * factor, digits.get(name, 1)))
        for name in NUTRIENTS
    })  # fmt: skip
