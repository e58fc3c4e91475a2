"""A feed into a store's catalogue, a product at a time, in little memory however long it is."""

import io
import struct
import tempfile
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

import msgspec

from catalog_sync.model.money import Money
from catalog_sync.model.product import Product
from store_scenes.feeds.currencies import CURRENCY_ASSUMED, PricesSeen
from store_scenes.feeds.feed import Progress
from store_scenes.feeds.headings import Headings
from store_scenes.feeds.plain_csv import completed, write_catalogue
from store_scenes.feeds.registry import FeedStream, open_feed, prices_seen
from store_scenes.feeds.report import Tally

_LENGTH = struct.Struct("<I")

Sizes = Mapping[str, tuple[float, float, float]]


class Spool:
    """Products on disk, in order, and what there is to count about them."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close()
        self._headings = Headings()
        self._skus = 0

    def fill(self, stream: FeedStream, dimensions: Sizes, prices: Mapping[str, Money]) -> None:
        """Read the feed to its end.

        Raises:
            Failure: the feed as a whole cannot be read.
        """
        encoder = msgspec.msgpack.Encoder()
        for product in stream:
            whole = completed(product, dimensions, prices)
            self._headings.note(whole)
            data = encoder.encode(whole)
            self._file.write(_LENGTH.pack(len(data)) + data)
            self._skus += 1

    def __len__(self) -> int:
        return self._skus

    def __iter__(self) -> Iterator[Product]:
        decoder = msgspec.msgpack.Decoder(Product)
        self._file.seek(0)
        while head := self._file.read(_LENGTH.size):
            yield decoder.decode(self._file.read(_LENGTH.unpack(head)[0]))

    def write(self, out: BinaryIO, change: Callable[[Product], Product]) -> Tally:
        """Write the catalogue; `change` has the last word on each product."""
        tally = Tally()
        text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
        write_catalogue(tally.counted(change(product) for product in self), self._headings, text)
        text.flush()
        text.detach()
        return tally

    def close(self) -> None:
        """Give the disk back."""
        self._file.close()


def open_in_its_currency(
    file: BinaryIO,
    currency: str,
    told_elsewhere: PricesSeen,
    kind: str = "",
    progress: Progress | None = None,
    columns: Mapping[str, str] | None = None,
    encoding: str = "",
) -> FeedStream:
    """`open_feed`; without a `currency` in the one that its prices say, or a price file's do.

    Raises:
        Failure: the file as a whole cannot be read.
    """
    if currency:
        return open_feed(file, currency, kind, progress, columns, encoding)
    seen = prices_seen(file, kind, columns, encoding)
    seen.currencies.update(told_elsewhere.currencies)
    taken = seen.only or CURRENCY_ASSUMED
    stream = open_feed(file, taken, kind, progress, columns, encoding)
    stream.say("currency-assumed", seen.doubt(taken))
    return stream


def with_models(models: Mapping[str, str]) -> Callable[[Product], Product]:
    """What gives each product the model that was fetched for it, by SKU."""

    def change(product: Product) -> Product:
        model = models.get(product.sku)
        if model is None:
            return product
        return msgspec.structs.replace(product, model=model, package="model")

    return change
