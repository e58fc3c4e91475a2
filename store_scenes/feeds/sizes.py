"""What a pack holds, read from the words that feeds and packages say it in."""

import re

import msgspec

TEXT_CHARS_MAX = 200
AMOUNT_MAX = 1_000_000.0
COUNT_MAX = 100

# Grams or millilitres of one. Codes in capitals on trade items (ONZ, LBR, GRM, MLT …) are those of
# UN/ECE Recommendation 20, which GS1 uses: https://unece.org/trade/uncefact/cl-recommendations
_UNITS: dict[str, tuple[str, float]] = {
    "mg": ("g", 0.001), "kg": ("g", 1000.0), "kilo": ("g", 1000.0), "kgm": ("g", 1000.0),
    "g": ("g", 1.0), "gr": ("g", 1.0), "grm": ("g", 1.0), "gm": ("g", 1.0), "gram": ("g", 1.0),
    "gramm": ("g", 1.0), "gramme": ("g", 1.0), "gramo": ("g", 1.0), "grammi": ("g", 1.0),
    "㎏": ("g", 1000.0), "㎎": ("g", 0.001), "그램": ("g", 1.0), "킬로그램": ("g", 1000.0),
    "oz": ("g", 28.349523125), "onz": ("g", 28.349523125), "ounce": ("g", 28.349523125),
    "lb": ("g", 453.59237), "lbr": ("g", 453.59237), "pound": ("g", 453.59237),
    "ml": ("ml", 1.0), "mlt": ("ml", 1.0), "cc": ("ml", 1.0), "millilitre": ("ml", 1.0),
    "milliliter": ("ml", 1.0), "밀리리터": ("ml", 1.0),
    "cl": ("ml", 10.0), "clt": ("ml", 10.0), "dl": ("ml", 100.0), "dlt": ("ml", 100.0),
    "l": ("ml", 1000.0), "lt": ("ml", 1000.0), "ltr": ("ml", 1000.0), "liter": ("ml", 1000.0),
    "litre": ("ml", 1000.0), "litro": ("ml", 1000.0), "litri": ("ml", 1000.0),
    "리터": ("ml", 1000.0), "㎖": ("ml", 1.0), "ℓ": ("ml", 1000.0),
    "fl oz": ("ml", 29.5735295625), "floz": ("ml", 29.5735295625), "oza": ("ml", 29.5735295625),
    "fluid ounce": ("ml", 29.5735295625),
    "pt": ("ml", 473.176473), "pint": ("ml", 473.176473),
    "qt": ("ml", 946.352946), "quart": ("ml", 946.352946),
    "gal": ("ml", 3785.411784), "gallon": ("ml", 3785.411784),
}  # fmt: skip
_METRIC = frozenset(
    name for name, (_, factor) in _UNITS.items() if factor in {0.001, 1.0, 10.0, 100.0, 1000.0}
)
_CODES = {
    "onz": "oz", "lbr": "lb", "grm": "g", "kgm": "kg", "mlt": "ml", "ltr": "l", "clt": "cl",
    "oza": "fl oz",
}  # fmt: skip

_NAMES = "|".join(sorted((re.escape(name) for name in _UNITS), key=len, reverse=True))
_TIMES = r"\s*[x×*]\s*"
_AMOUNT = re.compile(
    rf"(?:(?<![\d.,])(\d{{1,3}}){_TIMES})?(?<![\d.,])(\d{{1,6}}(?:[.,]\d{{1,4}})*)\s*"
    rf"({_NAMES})s?(?![a-wyzà-ÿ]|x(?!\s*\d))(?:{_TIMES}(\d{{1,3}})(?!\d))?"
)
_FRACTION = re.compile(r"(?<![\d./])([1-9])/([2-9])(?=\s?[a-z])")
_PACKS = re.compile(
    r"(?<!\d)(\d{1,3})\s*-?\s*(?:입|팩|캔|병|packs?\b|pk\b|-?er[- ]pack|cans?\b|bottles?\b|"
    r"bouteilles?\b|canettes?\b|flaschen\b|dosen\b|latas?\b|botellas?\b|lattine\b|bottiglie\b)|"
    r"(?:pack of|case of|lot de|pack de|packung mit|confezione da|paquete de)\s*(\d{1,3})(?!\d)|"
    r"(?:^|\s)[x×](\d{1,3})(?!\d)"
)
_PIECES = re.compile(
    r"(?<![\d.,])(\d{1,4})\s*(?:개|매|롤|정|티백|장|구|ct\b|count\b|pcs?\b|pieces?\b|pièces?\b|"
    r"stück\b|stk\b|st\b|unidades\b|uds?\b|unités?\b|pezzi\b|pz\b|ea\b|sheets?\b|rolls?\b|"
    r"tea ?bags?\b|bags?\b|sachets?\b|tablets?\b|comprimés\b|capsules?\b|eggs?\b)"
)


class Size(msgspec.Struct, frozen=True):
    """`count` packs of `amount` grams or millilitres each; or `pieces` of something, or both.

    `amount` 0: not said. `unit` is "g", "ml" or empty. `pieces` are inside one pack: sheets, eggs.
    """

    amount: float = 0.0
    unit: str = ""
    count: int = 1
    pieces: int = 0


def read_size(text: str) -> Size | None:
    """The size that a text states; None when it states none.

    `6 x 330ml` is 6 of 330 ml, `12 oz/340 g` is 340 g (a metric amount is the exact one), and of
    several metric ones the first counts, for the drained weight comes second. A comma before
    three digits parts thousands of grams or millilitres; any other comma is a decimal one.
    """
    words = _plain(text)
    best: tuple[int, Size] | None = None
    for before, number, name, after in _AMOUNT.findall(words):
        unit, factor = _UNITS[name]
        amount = _number(number, unit) * factor
        count = int(before or 1) * int(after or 1)
        if not 0.0 < amount <= AMOUNT_MAX or not 1 <= count <= COUNT_MAX:
            continue
        rank = (count > 1) * 2 + (name in _METRIC)
        if best is None or rank > best[0]:
            best = (rank, Size(amount, unit, count))
    size = best[1] if best else Size()
    if size.count == 1:
        packs = _PACKS.search(words)
        count = int(next((n for n in packs.groups() if n), 1)) if packs else 1
        if 1 < count <= COUNT_MAX:
            size = msgspec.structs.replace(size, count=count)
    pieces = _PIECES.search(words)
    if pieces and int(pieces[1]) > 0:
        size = msgspec.structs.replace(size, pieces=int(pieces[1]))
    return size if size != Size() else None


def size_within(name: str) -> str:
    """The words of a product's name that state its size, as written there; empty without one."""
    plain = _plain(name)
    match = _AMOUNT.search(plain)
    # Written the same length as the name, else the place found is another one.
    if match is None or len(plain) != len(name[:TEXT_CHARS_MAX]):
        return ""
    return name[match.start() : match.end()].strip()


def written_size(text: str) -> str:
    """A size as a label writes it: unit codes of the trade become units (`7 ONZ`: `7 oz`)."""
    match = re.fullmatch(r"([\d.,]+)\s*([A-Z]{3})", text)
    unit = _CODES.get(match[2].lower()) if match else None
    return f"{match[1]} {unit}" if match and unit else text


def _plain(text: str) -> str:
    words = text[:TEXT_CHARS_MAX].lower()
    words = _FRACTION.sub(lambda found: f"{int(found[1]) / int(found[2]):.2f}", words)
    return re.sub(r"fl\.?\s?oz\.?", "fl oz", words)


def _number(text: str, unit: str) -> float:
    """A number with a decimal point, a decimal comma, or commas between thousands."""
    whole, comma, rest = text.rpartition(",")
    if "." in text and comma:  # both: the last one is the decimal one
        decimal = "." if text.rfind(".") > text.rfind(",") else ","
        other = "," if decimal == "." else "."
        text = text.replace(other, "").replace(decimal, ".")
    elif comma:
        thousands = len(rest) == 3 and whole.strip("0,") != "" and unit in {"g", "ml"}
        text = text.replace(",", "" if thousands else ".")
    return float(text) if text.count(".") <= 1 else 0.0
