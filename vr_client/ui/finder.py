"""Finds products by what a shopper types. Built and asked a slice a frame, so no frame stalls.

A slice is counted in products and not in time, so that a replayed frame is the same frame.
"""

import re
import unicodedata
from bisect import insort
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from catalog_sync.model.category_names import category_name
from catalog_sync.model.product import Product
from vr_client.state.assortment import facts_of
from vr_client.ui.hangul import INITIALS, keys_of
from vr_client.ui.spelling import Mending, respelled

LEARNED_A_FRAME: Final = 64
"""About half a millisecond of reading names."""

ASKED_A_FRAME: Final = 1_000
"""At most three milliseconds of comparing, while a large catalogue is asked."""

FOUND_MAX: Final = 60
LISTED_MAX: Final = 600
"""Of a category all are shown, as far as anybody turns pages."""

PARTLY: Final = 9
"""Ranks of products that have what is written, but for its last syllable, come after this."""

LAST_RANK: Final = PARTLY + 4

SIZE_AT_THE_END: Final = re.compile(r" \d[\d.,]* ?\w{0,3}$")
"""` 1 l`, ` 500ml`: how much of it there is says nothing about what it is."""


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of product as the catalogue names it, how many there are, and one of them."""

    name: str
    count: int
    sku: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a query finds: SKUs, best first, at most FOUND_MAX, and how many there are in all.

    `query` is what was asked, as typed; `done` says whether every product was looked at. Where
    nothing is asked there are `categories`, in the catalogue's order; of a `category` that is
    asked for there are the products by name, at most LISTED_MAX. `meant` is what was looked for
    instead where nothing is called as it was asked: by that the best of them is called.
    """

    query: str = ""
    skus: tuple[str, ...] = ()
    count: int = 0
    done: bool = True
    category: str = ""
    categories: tuple[Category, ...] = ()
    meant: str = ""


NOTHING: Final = Found()


@dataclass(frozen=True, slots=True)
class _Entry:
    sku: str
    category: str
    names: tuple[str, ...]
    initials: str
    brand: str
    codes: tuple[str, ...]
    own: str  # names and brand
    everything: str  # and category, size, SKU and GTIN: found, but last
    keys: tuple[str, ...]  # of names and brand, the keys that write them
    all_keys: str


def plain(text: str) -> str:
    """`text` as it is compared: composed, without case, with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def initials_of(text: str) -> str:
    """`text` with each Hangul syllable as its initial consonant: 우유 is ㅇㅇ."""
    return "".join(
        INITIALS[(ord(letter) - 0xAC00) // 588] if "가" <= letter <= "힣" else letter
        for letter in text
    )


def query_of(typed: str) -> str:
    """A query as it is compared; unlike NFKC, it keeps single consonants as they are typed."""
    composed = unicodedata.normalize("NFC", typed).casefold()
    return " ".join(composed.split())


class Finder:
    """An index of names, brands, categories and codes; `turn` it once a frame."""

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}
        self._learned_from: object = None
        self._learning: Iterator[Product] = iter(())
        self._is_learning = False
        self._asked = ""
        self._language = ""
        self._category = ""
        self._kinds: dict[str, tuple[int, str]] = {}  # how many, and the first of them
        self._categories: tuple[Category, ...] = ()
        self._variants: tuple[str, ...] = ()
        self._mending: Mending | None = None
        self._todo: list[_Entry] = []
        self._ranked: list[tuple[int, int, str, str, str]] = []
        self._count = 0
        self._found = NOTHING

    def turn(
        self, products: Mapping[str, Product], query: str, language: str, category: str = ""
    ) -> Found:
        """What `query` finds so far, or what is of `category`; the same object while it is so.

        The rest of a large catalogue joins in the next frames.
        """
        fresh = self._learn(products)
        asked = query_of(query)
        if (asked, language, category) != (self._asked, self._language, self._category):
            self._asked, self._language, self._category = asked, language, category
            self._todo = self._candidates(self._entries.values())
            self._ranked, self._count = [], 0
            self._variants, self._mending = respelled(asked), None
            self._found = Found(category=category)
        elif fresh:
            self._todo += self._candidates(fresh)
        if self._todo:
            self._ask()
        elif asked and not self._count and not self._is_learning:
            self._mend()
        mended = self._mending is not None and self._mending.done
        answered = not asked or self._count > 0 or mended
        done = not self._todo and not self._is_learning and answered
        kinds = () if asked or category else self._categories
        found = self._found
        if (found.query, found.done, found.categories) != (query, done, kinds):
            self._found = replace(found, query=query, done=done, categories=kinds)
        return self._found

    # ------------------------------------------------------------ learning

    def _learn(self, products: Mapping[str, Product]) -> list[_Entry]:
        """Read a few more products; those that are new or have another name."""
        if not self._is_learning and facts_of(products) is not self._learned_from:
            self._learned_from = facts_of(products)
            self._learning = iter(tuple(products.values()))
            self._is_learning = True
        fresh: list[_Entry] = []
        for _ in range(LEARNED_A_FRAME if self._is_learning else 0):
            product = next(self._learning, None)
            if product is None:
                self._is_learning = False
                self._sum_up()
                break
            if product.sku not in self._entries:
                entry = self._entries[product.sku] = _entry(product)
                fresh.append(entry)
                if product.category:
                    count, first = self._kinds.get(product.category, (0, product.sku))
                    self._kinds[product.category] = (count + 1, first)
        return fresh

    def _sum_up(self) -> None:
        """The categories anew, where there are others or more of them."""
        kinds = tuple(Category(name, *facts) for name, facts in self._kinds.items())
        if kinds != self._categories:
            self._categories = kinds

    # ------------------------------------------------------------ asking

    def _candidates(self, entries: Iterable[_Entry]) -> list[_Entry]:
        """Those of `entries` that have to be looked at."""
        if self._asked:
            return list(entries)
        return [entry for entry in entries if self._category and entry.category == self._category]

    def _mend(self) -> None:
        """Nothing is called so: look, a slice a frame, what may have been meant, and ask for it."""
        if self._mending is None:
            self._mending = Mending(self._asked, [one.everything for one in self._entries.values()])
        if self._mending.done:
            return
        meant = self._mending.turn()
        if meant:
            self._variants = meant
            self._todo = list(self._entries.values())

    def _ask(self) -> None:
        count = max(1, ASKED_A_FRAME // (1 + len(self._variants)))
        slice_, self._todo = self._todo[:count], self._todo[count:]
        words = self._asked.split()
        by_initials = all(map(_are_initials, words))
        is_open = not by_initials and _may_go_on(words)
        last = words[-1] if words else ""
        keys = "" if _are_initials(last) else keys_of(last)
        for entry in slice_:
            if not words:
                self._list(entry)
                continue
            rank = _rank(entry, self._asked, words, by_initials=by_initials)
            by = ""  # the variant that it is called by, "" where it is called as it was asked
            for variant in self._variants if rank > LAST_RANK else ():
                as_variant = _rank(entry, variant, variant.split(), by_initials=False)
                rank, by = (as_variant, variant) if as_variant < rank else (rank, by)
            if rank > LAST_RANK and is_open:
                rank = _rank_partly(entry, words[:-1], last, keys)
            if rank > LAST_RANK:
                continue
            self._count += 1
            name = self._name(entry)
            insort(self._ranked, (rank, len(name), name, entry.sku, by))
            del self._ranked[FOUND_MAX:]
        skus = tuple(sku for _rank_, _length, _name, sku, _by in self._ranked)
        meant = self._ranked[0][-1] if self._ranked and self._mending is not None else ""
        self._found = replace(self._found, skus=skus, count=self._count, meant=meant)

    def _list(self, entry: _Entry) -> None:
        """One more of the category, by its name."""
        self._count += 1
        insort(self._ranked, (0, 0, self._name(entry), entry.sku, ""))
        del self._ranked[LISTED_MAX:]

    def _name(self, entry: _Entry) -> str:
        return entry.names[0] if self._language == "ko" else entry.names[-1]


def _entry(product: Product) -> _Entry:
    order = [product.name("ko"), product.name("en"), *product.names.values()]
    names = tuple(dict.fromkeys(plain(name) for name in order))
    # Korean first and English last, as `Finder` picks the one to sort by.
    english = plain(product.name("en"))
    names = (*(name for name in names if name != english), english)
    codes = tuple(plain(code) for code in (product.sku, product.gtin) if code)
    brand = plain(product.brand)
    own = "\n".join((*names, brand))
    keys = tuple(map(keys_of, (*names, brand)))
    kinds = (category_name(product.category, language) for language in ("ko", "en"))
    return _Entry(
        product.sku,
        product.category,
        names,
        " ".join(initials_of(name) for name in names),
        brand,
        codes,
        own,
        "\n".join((own, *map(plain, (product.category, *kinds)), plain(product.size_text), *codes)),
        keys,
        "\n".join(keys),
    )


def _are_initials(word: str) -> bool:
    return all(letter in INITIALS for letter in word)


def _may_go_on(words: list[str]) -> bool:
    """Whether the last word ends in Hangul: its last syllable may not be whole yet."""
    last = words[-1][-1] if words else ""
    return "가" <= last <= "힣" or "ㄱ" <= last <= "ㅣ"


def _rank(entry: _Entry, query: str, words: list[str], *, by_initials: bool) -> int:
    """0 is best; above LAST_RANK it is not found. Names first, then brands, then all the rest."""
    if by_initials:
        return _rank_initials(entry, words)
    if not all(word in entry.everything for word in words):
        return LAST_RANK + 1
    if query in entry.codes:
        return 0
    best = min((_rank_in(name, query) for name in entry.names), default=9)
    if best < 4:
        return best + 1
    brand = _rank_in(entry.brand, query)
    if brand < 4:
        return 5 + min(brand, 1)
    return 7 if all(word in entry.own for word in words) else 8


def _rank_partly(entry: _Entry, before: list[str], last: str, keys: str) -> int:
    """As `_rank` while the last word is being written: 웅 is on its way to 우유, 우ㅇ as well.

    `keys` write it; "" where it is of initial consonants alone, which are looked for: 딸기 ㅇㅇ.
    """
    found = keys in entry.all_keys if keys else last in entry.initials
    if not found or not all(word in entry.everything for word in before):
        return LAST_RANK + 1
    if not keys:
        return LAST_RANK
    return PARTLY + 1 + min(min(3, _rank_in(text, keys)) for text in entry.keys if keys in text)


def _rank_in(text: str, query: str) -> int:
    """0 it ends with it, 1 it begins with it, 2 a word does, 3 inside, 4 not there.

    In Korean and in English what a thing is comes last: milk tea is a tea, low-fat milk is milk.
    """
    at = text.find(query)
    if at < 0:
        return 4
    text = SIZE_AT_THE_END.sub("", text) or text
    before = text[: -len(query)]
    joined = "가" <= query[0] <= "힣"  # Korean writes compounds as one word
    if text.endswith(query) and (joined or not before or before.endswith(" ")):
        return 0
    if at == 0:
        return 1
    return 2 if f" {query}" in text else 3


def _rank_initials(entry: _Entry, words: list[str]) -> int:
    if not all(word in entry.initials for word in words):
        return LAST_RANK + 1
    return 1 + min(3, _rank_in(entry.initials, words[0]))
