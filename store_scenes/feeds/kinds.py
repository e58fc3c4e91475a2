"""Kinds of goods: the words that name them, their usual package and price, from `kinds.toml`."""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

from catalog_sync.model.product import PackageShape

TEXT_CHARS_MAX = 600
FROZEN_KINDS = 4  # at the head of the table

_ROMANCE = re.compile(r"(?<![a-z])(?:de|du|des|au|aux|al|alla|di|del|della|con|en|d|a la)(?![a-z])")
_WITH = re.compile(
    r" (?:with|in|without|mit|ohne|avec|sans|con|sin|for|flavou?red|gout|arome|sabor|gusto) "
)
_NOT_FRESH = re.compile(
    r"(?<![a-z])(?:pickled?|brine|saveur|gout|infus\w*|flavou?r\w*|the|tea|the vert|ale|jus|juice|"
    r"drink|concentr\w*|naturel|syrup|spearmint|menthe|mint|pitted|chopped|crushed|sliced|fried|"
    r"saute\w*|seasoned|roasted|grille\w*|dried|cider|exprimido|leaf|zero|sport|beverage|fanta|"
    r"froid|pur|touch|fun|emince\w*|caramel\w*|sauce|provencale|probiotics|balance|juicy|"
    r"frucht|wasser\w*|\w+wasser|ice|snack|stick|confiture|compot[ea]|"
    r"puree|caviar|quiche|boisson|soupe|vinaigre|poudre|pulpe|troceado|candy|halves|morceaux?|"
    r"chip|gatorade|mate|gnocchi|hydration|tarte|paste|cubes?|spiral|baby|melange|softy|quick)(?:e?s)?(?![a-z])"
)


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of goods. `size_mm` is what `holds` grams or millilitres need, `usd` what they cost.

    `weak` words are so general that any other word leads. `bare` words count only where a name
    says little else.
    """

    package: PackageShape
    size_mm: tuple[float, float, float]
    holds: float
    usd: float
    words: str
    weak: bool = False
    bare: bool = False


OTHER = Kind("box", (130.0, 180.0, 60.0), 350.0, 4.0, "")


class _Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    package: PackageShape
    words: str


class _Tables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: tuple[Kind, ...]
    package: tuple[_Named, ...]


def kind_of(category: str, name: str, wider: Sequence[str] = ()) -> Kind:
    """The kind of goods that the category's words name, else the product's own; OTHER for none.

    Of a category that lists several (dips & salsa), the product's own words choose; they also lead
    over a category that leaves open what it is (drinks, snacks). `wider` are categories around
    that one, the next wider first; they speak where it says nothing.
    """
    own = _of_name(folded(name))
    weak: Kind | None = None
    for words in (category, *wider):
        shelf = _of_category(folded(words))
        if own is not None and own in shelf and not own.bare:
            return own
        if shelf and not shelf[0].weak:
            return shelf[0]
        weak = weak or (shelf[0] if shelf else None)
    if own is not None and not own.weak:
        return own
    return weak or own or OTHER


@lru_cache(maxsize=4096)
def _of_category(words: str) -> tuple[Kind, ...]:
    """The kinds that a category names, strong ones first, in the table's order."""
    found = [kind for kind, pattern in _patterns() if pattern.search(words)] if words else []
    return tuple(sorted(found, key=lambda kind: kind.weak))


@lru_cache(maxsize=1024)
def _of_name(words: str) -> Kind | None:
    """The kind that a product's own words name, from the first part of it that names one.

    What English, German and Korean names end in is the thing itself (apple *juice*), what French,
    Spanish and Italian ones begin with (*jus* de pomme). Frozen things are told first.
    """
    parts = [part for part in re.split(r"[,;(]| - | – ", words) if part.strip()]
    found: Kind | None = None
    for part in parts:
        head_first = _ROMANCE.search(part) is not None
        said = _WITH.split(part, maxsplit=1)[0] or part
        bare = len(parts) == 1 and len(part.split()) <= 4 and not _NOT_FRESH.search(part)
        best: tuple[float, Kind] | None = None
        for number, (kind, pattern) in enumerate(_patterns()):
            if kind.bare and not bare:
                continue
            places = [match.span() for match in pattern.finditer(said)]
            if not places:
                continue
            if number < FROZEN_KINDS:
                return kind
            rank = -places[0][0] if head_first else places[-1][1]
            if best is None or (rank > best[0] and not kind.weak) or best[1].weak > kind.weak:
                best = (rank, kind)
        if best is not None and not best[1].weak:
            return best[1]
        found = found or (best[1] if best else None)
    return found


def named_package(words: str) -> PackageShape | None:
    """The package that words such as `Bocal, Verre` or `1 BOTTLE` name; None without any."""
    text = folded(words)
    return next((shape for shape, pattern in _package_patterns() if pattern.search(text)), None)


def folded(text: str) -> str:
    """Lower case, Latin letters without their accents, Korean as it is."""
    lower = text[:TEXT_CHARS_MAX].lower()
    if lower.isascii():
        return lower
    return (
        "".join(
            unicodedata.normalize("NFD", c)[0] if "\u00c0" <= c < "\u0250" else c for c in lower
        )
        .replace("ß", "ss")
        .replace("œ", "oe")
    )


@cache
def _tables() -> _Tables:
    raw = files(__package__).joinpath("kinds.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(raw), _Tables)


@cache
def _patterns() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    return tuple((kind, _pattern(kind.words)) for kind in _tables().kind)


@cache
def _package_patterns() -> tuple[tuple[PackageShape, re.Pattern[str]], ...]:
    return tuple((named.package, _pattern(named.words)) for named in _tables().package)


def _pattern(words: str) -> re.Pattern[str]:
    """Whole words for Latin letters, plurals included; Korean anywhere; * at a word's end."""
    korean, latin, ending = [], [], []
    for word in _alternatives(words.replace("\n", "")):
        if any("가" <= c <= "힣" for c in word):
            korean.append(word)
        elif word.startswith("*"):
            ending.append(word[1:])
        else:
            latin.append(word)
    parts = []
    if latin:
        parts.append(rf"(?<![a-z])(?:{'|'.join(latin)})(?:e?s)?(?![a-z])")
    if ending:
        parts.append(rf"(?:{'|'.join(ending)})(?![a-z])")
    return re.compile("|".join((*parts, *korean)))


def _alternatives(words: str) -> list[str]:
    """The alternatives at the outermost level: bars inside brackets part nothing."""
    found, depth, start = [], 0, 0
    for place, letter in enumerate(words):
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 0:
            found.append(words[start:place])
            start = place + 1
    return [*found, words[start:]]
