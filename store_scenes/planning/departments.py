"""Which department of the shop a product belongs to, by the words of its category and its name.

The table of departments and words is `departments.toml` beside this file. A word found last in an
English or Korean name leads (apple *juice*), one found first in a Romance name does (*jus* de
pomme), and what follows "with" or "in" counts half. What no word decides follows the products that
share its category or its brand, and where a feed's categories are of another trade altogether,
they become the departments themselves.
"""

import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from catalog_sync.model.product import Product
from store_scenes.layout.documents import ZoneStyle

Kind = Literal["gondola", "chiller", "freezer", "produce"]

OTHER = "other"
GENERAL = frozenset(
    ("kitchen-home", "stationery", "toys", "clothing", "electronics", "garden-diy", OTHER)
)
"""Where most products are of these, the feed's own categories make the better departments."""

OWN_MAX = 14
"""Departments made from a feed's own categories; the smallest go together beyond that."""

OWN_PRODUCTS_MIN = 3
UNKNOWN_SHARE_MAX = 0.4
"""Where more than this share of the products fits no department, the feed's categories lead."""

FOLLOW_SHARE_MIN = 0.25
"""What part of a category or brand must be known for the rest to follow."""

TEXT_CHARS_MAX = 240

COMPOUND_END_CHARS_MIN = 5
"""Of a Latin word: `milch` ends Kokosnussmilch, and `belt` must not be found in gerebelt."""

_ALWAYS, _SURE, _WORD, _WEAK = 16.0, 6.0, 3.0, 1.0
_PHRASE_TOKENS_MAX = 6
_CATEGORY_FACTOR = 2.0
_HEAD_FACTOR = 1.5
_AFTER_FACTOR = 0.5
_TOKEN = re.compile(r"[a-z]+|[가-힣]+")
_ROMANCE = frozenset((
    "de", "du", "des", "au", "aux", "a", "di", "al", "alla", "del", "della", "con", "en", "à",
    "d",
))  # fmt: skip
_AFTER = frozenset((
    "with", "in", "without", "mit", "ohne", "avec", "sans", "con", "senza", "sin", "flavored",
    "flavoured", "flavor", "flavour",
))  # fmt: skip
_SKIPPED = frozenset((
    "and", "or", "the", "of", "for", "la", "le", "les", "el", "il", "lo", "los", "las", "un",
    "une", "der", "die", "das", "und", "et", "y", "e", "o", "s", "l", "i",
))  # fmt: skip


class Department(msgspec.Struct, frozen=True):
    """A part of the shop. `order` is its place in the walk; `names` by language.

    `own` marks one made from a category of the feed, with the name as written there.
    """

    id: str
    names: dict[str, str]
    fixture: Kind
    order: int
    style: ZoneStyle = "plain"
    own: bool = False

    def __hash__(self) -> int:
        return hash(self.id)  # `names` has none


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    names: dict[str, str]
    fixture: Kind
    style: ZoneStyle = "plain"
    always: str = ""
    sure: str = ""
    words: str = ""
    weak: str = ""


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    signs: dict[str, dict[str, str]]
    departments: tuple[_Row, ...]


class _Word(msgspec.Struct, frozen=True):
    department: str
    weight: float


@cache
def departments() -> dict[str, Department]:
    """Every department of the table by its id, in the order of the walk."""
    return {
        row.id: Department(row.id, row.names, row.fixture, order, row.style)
        for order, row in enumerate(_table().departments)
    }


def sign(name: str, languages: Sequence[str]) -> dict[str, str]:
    """What stands on one of the shop's own signs (`chilled`, `checkout`, …), by language."""
    return in_languages(_table().signs[name], languages)


def in_languages(names: Mapping[str, str], languages: Sequence[str]) -> dict[str, str]:
    """Of `names` those in `languages`, in that order; all of them where there is none."""
    return {one: names[one] for one in languages if one in names} or dict(names)


def assign(products: Sequence[Product]) -> dict[str, Department]:
    """A department for each product, by SKU. Deterministic; needs only the products."""
    scores = [_scores(product) for product in products]
    found = [_best(score) for score in scores]
    _follow(products, found, lambda product: product.category)
    _follow(products, found, lambda product: product.brand)
    known = departments()
    unknown = [index for index, name in enumerate(found) if not name]
    categories = {product.category for product in products if product.category}
    foreign = len(unknown) > UNKNOWN_SHARE_MAX * len(products)
    if len(categories) > 1 and foreign:
        own = _own([product for product in products if not _category_scores(product.category)])
    elif len(categories) > 2 and sum(name in GENERAL for name in found) > 0.6 * len(products):
        # A shop of shirts knows its own kinds better than a supermarket's table does.
        own = _own(products)
    else:
        own = {}
    return {
        product.sku: own.get(product.sku) or known[name or OTHER]
        for product, name in zip(products, found, strict=True)
    }


def tokens(text: str) -> list[str]:
    """Lower-case words without accents and plain plurals; Korean words as they are."""
    composed = unicodedata.normalize("NFC", text[:TEXT_CHARS_MAX].lower())
    composed = composed.replace("thé", "tea")  # or it becomes the English article
    folded = "".join(
        character
        if "가" <= character <= "힣"
        else unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
        for character in composed.replace("ß", "ss").replace("œ", "oe")
    )
    return [_singular(token) for token in _TOKEN.findall(folded)]


def _singular(token: str) -> str:
    if len(token) > 4 and token.endswith(("ies", "ie")):
        return token.removesuffix("s")[:-2] + "y"
    if len(token) > 4 and token.endswith("oes"):
        return token[:-2]
    if len(token) > 4 and token.endswith("aux"):
        return token[:-1]
    if len(token) > 3 and token.endswith("s") and not token.endswith("ss"):
        return token[:-1]
    return token


@cache
def _table() -> _Table:
    raw = files("store_scenes.planning").joinpath("departments.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(raw), _Table)


@cache
def _vocabulary() -> dict[tuple[str, ...], _Word]:
    """Every phrase of the table as its tokens; the heavier of two entries stays."""
    vocabulary: dict[tuple[str, ...], _Word] = {}
    for row in _table().departments:
        for text, weight in (
            (row.always, _ALWAYS),
            (row.sure, _SURE),
            (row.words, _WORD),
            (row.weak, _WEAK),
        ):
            for phrase in text.split(","):
                key = tuple(token for token in tokens(phrase) if token not in _SKIPPED)
                if key and (key not in vocabulary or vocabulary[key].weight < weight):
                    vocabulary[key] = _Word(row.id, weight)
    return vocabulary


def _scores(product: Product) -> dict[str, float]:
    scores = defaultdict(float, _category_scores(product.category))
    for name in dict.fromkeys(product.names.values()):
        for department, score in _name_scores(name):
            scores[department] += score
    return scores


@cache
def _category_scores(category: str) -> tuple[tuple[str, float], ...]:
    """The category's scores. Of a path or a list of tags the last, most special, part leads."""
    parts = [part for part in re.split(r"\s*(?:>|/(?=\s)|,\s*(?=[a-z]{2}:))\s*", category) if part]
    scores: defaultdict[str, float] = defaultdict(float)
    # Open Food Facts and Google write from the general to the special; only the end is decisive.
    for reach, part in enumerate(reversed(parts[-3:])):
        whole = tuple(token for token in tokens(_plain(part)) if token not in _SKIPPED)
        exact = _vocabulary().get(whole)
        share = _CATEGORY_FACTOR / (1 + 2 * reach)
        if exact is not None:
            scores[exact.department] += 2.0 * exact.weight * share
            continue
        for department, score in _text_scores(_plain(part)):
            scores[department] += score * share
    return tuple(scores.items())


def _plain(tag: str) -> str:
    plain = tag.strip()
    return plain[3:].replace("-", " ") if re.match(r"[a-z]{2}:", plain) else plain


@cache
def _name_scores(name: str) -> tuple[tuple[str, float], ...]:
    return tuple(_text_scores(name))


def _text_scores(text: str) -> Iterable[tuple[str, float]]:
    words = tokens(text)
    hits: list[tuple[str, float]] = []
    romance_at = next((at for at, word in enumerate(words) if at and word in _ROMANCE), 0)
    after_at = next((at for at, word in enumerate(words) if at and word in _AFTER), len(words))
    kept = [(at, word) for at, word in enumerate(words) if word not in _SKIPPED]
    start = 0
    first_hit = True
    while start < len(kept):
        word, length = _longest(tuple(token for _, token in kept[start:]))
        if word is None:
            start += 1
            continue
        weight = word.weight + length - 1
        at = kept[start][0]
        if at >= after_at or (romance_at and at > romance_at):
            weight *= _AFTER_FACTOR
        elif romance_at and first_hit:
            weight *= _HEAD_FACTOR
        hits.append((word.department, weight))
        first_hit = False
        start += length
    if hits and not romance_at and after_at == len(words):
        department, weight = hits[-1]
        hits[-1] = (department, weight * _HEAD_FACTOR)
    return hits


def _longest(words: tuple[str, ...]) -> tuple[_Word | None, int]:
    vocabulary = _vocabulary()
    for length in range(min(len(words), _PHRASE_TOKENS_MAX), 0, -1):
        found = vocabulary.get(words[:length])
        if found is not None:
            return found, length
    return _compound(words[0]), 1


@cache
def _compound(word: str) -> _Word | None:
    """The longest known end of a Korean or German compound; within a Korean word as well."""
    vocabulary = _vocabulary()
    korean = "가" <= word[0] <= "힣"
    shortest = 1 if korean else COMPOUND_END_CHARS_MIN
    for start in range(1, len(word) - shortest + 1):
        found = vocabulary.get((word[start:],))
        if found is not None and found.weight > _WEAK:
            return found
    if not korean:
        return None
    for length in range(len(word) - 1, 1, -1):
        for start in range(len(word) - length + 1):
            found = vocabulary.get((word[start : start + length],))
            if found is not None:
                return found
    return None


def _best(scores: Mapping[str, float]) -> str:
    order = departments()
    return max(scores, key=lambda name: (scores[name], -order[name].order), default="")


def _follow(
    products: Sequence[Product],
    found: list[str],
    of: Callable[[Product], str],
) -> None:
    """Give what has no department yet that of most products with the same category or brand."""
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    sizes = Counter(of(product) for product in products)
    for product, name in zip(products, found, strict=True):
        if of(product) and name:
            groups[of(product)][name] += 1
    for group, votes in groups.items():
        for name in [name for name in votes if votes[name] < FOLLOW_SHARE_MIN * sizes[group]]:
            del votes[name]
    for index, product in enumerate(products):
        counts = groups.get(of(product))
        if not found[index] and counts:
            found[index] = min(counts, key=lambda name: (-counts[name], name))


def _own(products: Sequence[Product]) -> dict[str, Department]:
    """Departments from the feed's own categories, similar ones as one, by SKU.

    Products of a category too small for a department of its own are left out.
    """
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    members: dict[str, list[str]] = defaultdict(list)
    for product in products:
        leaf = re.split(r"\s*[>/]\s*", product.category.strip())[-1]
        key = " ".join(sorted(set(tokens(_plain(leaf))))) or leaf.strip().lower()
        if key:
            spelt[key][_plain(leaf)] += 1
            members[key].append(product.sku)
    large = [key for key in members if len(members[key]) >= OWN_PRODUCTS_MIN] or list(members)
    large.sort(key=lambda key: (-len(members[key]), key))
    own: dict[str, Department] = {}
    for number, key in enumerate(large[:OWN_MAX]):
        written = min(spelt[key], key=lambda text: (-spelt[key][text], text))
        slug = "-".join(_TOKEN.findall(key))[:40] or f"group-{number + 1}"
        department = Department(
            f"own-{slug}", {_language(written): written}, "gondola", number - OWN_MAX, own=True
        )
        own.update(dict.fromkeys(members[key], department))
    return own


def _language(text: str) -> str:
    return "ko" if any("가" <= character <= "힣" for character in text) else "en"
