"""The contract of a planogram format: bytes in, a store's documents out, and back again.

What a file says and a store's documents cannot say is *kept*: opaque JSON beside the planograms
(`exchange/<source>.json` in the store folder), from which `write` makes the file whole again.
Records and what became of them find each other by `ref`, a text that the format chooses and that
stands on `Planogram`, `Shelf` and `Position`. A record whose planogram, shelf or position was
deleted since is not written; one that was added gets the format's defaults.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

import msgspec

from catalog_sync.model.product import Product
from store_scenes.layout.documents import FixturePlacement, Handling, Planogram, StoreLayout

Progress = Callable[[int, int], None]
"""Called now and then with how much is done and how much there is."""

Wrote = Callable[[str], None]
"""Called with the key of each planogram, in the order in which the file has them."""

PLANOGRAM_BYTES_MAX = 128 * 1024 * 1024
PLANOGRAM_RECORDS_MAX = 500_000
FINDINGS_MAX = 10_000


class ImportFinding(msgspec.Struct, frozen=True):
    """One thing about one record: a stable rule id and a plain sentence. `line` 0: the file."""

    rule: str
    severity: Literal["error", "warning"]
    line: int  # 1-based
    sentence: str


class Imported(msgspec.Struct, frozen=True):
    """What a file holds. `planograms` by key, in the file's order, each with its `source` set.

    `fixtures` has a placement for each planogram where the file says where they stand; without,
    whoever writes the store sets them up in a row. `kept` is what `write` wants back. `codes` says
    which code page or encoding was read.
    """

    planograms: dict[str, Planogram]
    products: tuple[Product, ...] = ()
    handling: dict[str, Handling] = {}
    fixtures: tuple[FixturePlacement, ...] = ()
    kept: bytes = b""
    findings: tuple[ImportFinding, ...] = ()
    version: str = ""
    encoding: str = "UTF-8"
    units: str = "mm"


class Write(Protocol):
    """How a format writes."""

    def __call__(
        self,
        layout: StoreLayout,
        keys: tuple[str, ...],
        kept: Mapping[str, bytes],
        wrote: Wrote | None = None,
        /,
    ) -> bytes:
        """The file."""


@dataclass(frozen=True, slots=True)
class PlanogramFormat:
    """One format. `title` for people, `suffix` with its dot.

    `is_of` looks at a file's first bytes and its name. `read` takes its bytes, a name for it
    (letters, digits and dashes) that becomes `Planogram.source` and begins every key, and the
    currency for prices. `write` takes a layout, the keys to write in order, and what was kept by
    `source`, and calls its last argument, if there is one, with each key in the order of the
    file; it gives equal bytes for equal arguments. A second use of a `ref` is a new record.
    Both raise `Failure`: one sentence that says what is wrong, where, and what to do.
    """

    title: str
    suffix: str
    is_of: Callable[[bytes, str], bool]
    read: Callable[[bytes, str, str, Progress | None], Imported]
    write: Write
