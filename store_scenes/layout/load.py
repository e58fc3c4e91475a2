"""Read a store folder into a `StoreLayout`, and carry it over the wire without its products.

Files that build on others: `include` in `store.toml` names further files with `aisles`,
`fixtures` and `zones` (a pattern such as `aisles/*.toml` is allowed); a planogram's `base` names
another one whose keys and shelves hold where it says nothing, and its `replace` swaps SKUs.
"""

import hashlib
import re
import stat
from pathlib import Path, PurePosixPath
from typing import TypeVar

import msgspec
import tomli

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.feeds.plain_csv import CATALOG_BYTES_MAX, read_own_catalogue
from store_scenes.layout.bounds import SHOWN_CHARS_MAX, check_planograms, check_store, shown
from store_scenes.layout.compose import Tree, over, swapped
from store_scenes.layout.documents import (
    STORE_FILE,
    Handling,
    Planogram,
    StoreDocument,
    StoreLayout,
    StorePart,
    planogram_path,
)
from store_scenes.layout.handling import HANDLING_BYTES_MAX, read_handling
from store_scenes.layout.locate import line_of

TOML_BYTES_MAX = 4 * 1024 * 1024
PLANOGRAMS_MAX = 5_000
NAME_CHARS_MAX = 240  # of a file, with its folders
SENTENCE_CHARS_MAX = 160  # of what is wrong with a value


INCLUDES_MAX = 500
BASES_MAX = 8

Document = TypeVar("Document", StoreDocument, StorePart, Planogram)


class LayoutDamagedError(ValueError):
    """Bytes that are no layout: cut short, changed on the way, or from another version."""


def load_store(folder: Path) -> StoreLayout:
    """Read `store.toml`, every planogram it names and its catalogue.

    A planogram's key is its file's name without `.toml`. Planograms that no fixture names are
    left out; one that is named and has no file is left to `check`. Rows of the catalogue that
    cannot be read are left out as well, and `check` reports them.

    Raises:
        Failure: a file is missing, too large, not UTF-8, broken, or says what a store cannot.
    """
    store = load_document(folder)
    check_store(store)
    keys = _planogram_keys(store)
    planograms: dict[str, Planogram] = {}
    trees: dict[str, Tree] = {}
    for key in keys:
        name = planogram_path(key)
        if inside(folder, name, STORE_FILE).is_file():
            planograms[key] = _convert(folder, name, _planogram(folder, key, trees, ()), Planogram)
    check_planograms(planograms)
    handling: dict[str, Handling] = {}
    if store.handling:
        raw = read_bounded(folder, store.handling, HANDLING_BYTES_MAX)
        handling = read_handling(raw, str(folder / store.handling))
    products = load_products(folder, store)
    version = _version(store, planograms, handling)
    return StoreLayout(version, store, planograms, products, handling)


def load_document(folder: Path) -> StoreDocument:
    """`store.toml` and what its `include` adds, without planograms and catalogue.

    Raises:
        Failure: as `load_store`.
    """
    tree = _tree(folder, STORE_FILE)
    names = included(folder, tree)
    if tree.pop("include", None):
        tree = {"aisles": [], "fixtures": []} | tree  # they may all stand in other files
    store = _convert(folder, STORE_FILE, tree, StoreDocument)
    parts = [_convert(folder, name, _tree(folder, name), StorePart) for name in names]
    if not parts:
        return store
    return msgspec.structs.replace(
        store,
        aisles=store.aisles + tuple(aisle for part in parts for aisle in part.aisles),
        fixtures=store.fixtures + tuple(one for part in parts for one in part.fixtures),
        zones=store.zones + tuple(zone for part in parts for zone in part.zones),
    )


def included(folder: Path, tree: Tree) -> list[str]:
    """The files that `include` of a store's TOML tree names, relative to the folder, sorted.

    Raises:
        Failure: no list of texts, outside the folder, missing, or too many.
    """
    patterns = tree.get("include", [])
    if not isinstance(patterns, list) or not all(isinstance(name, str) for name in patterns):
        raise Failure(f'{folder / STORE_FILE}: include is a list of files, as in ["aisles/*.toml"]')
    names: dict[str, None] = {}
    for pattern in patterns[:INCLUDES_MAX]:
        inside(folder, pattern.replace("*", "-"), STORE_FILE)
        if "*" in pattern:
            try:
                paths = sorted(folder.glob(pattern))
            except (ValueError, RuntimeError, OSError):
                raise Failure(
                    f"{folder / STORE_FILE}: include has {pattern!r}, which is no pattern such as "
                    "aisles/*.toml"
                ) from None
            found = [path.relative_to(folder).as_posix() for path in paths]
            names.update((name, None) for name in found if name != STORE_FILE)
        else:
            names[pattern] = None
    if len(names) > INCLUDES_MAX or len(patterns) > INCLUDES_MAX:
        raise Failure(f"{folder / STORE_FILE} includes more than {INCLUDES_MAX} files; join some")
    return list(names)


def load_products(folder: Path, store: StoreDocument) -> tuple[Product, ...]:
    """The products of the store's own catalogue, in its order.

    Raises:
        Failure: the catalogue is missing, too large, not UTF-8 or has no usable header.
    """
    raw = read_bounded(folder, store.catalog, CATALOG_BYTES_MAX)
    try:
        return read_own_catalogue(raw, store.currency).products
    except Failure as failure:
        raise Failure(f"{folder / store.catalog}: {failure}") from None


def encode_layout(layout: StoreLayout) -> bytes:
    """The layout as MessagePack, without its products."""
    bare = msgspec.structs.replace(layout, products=())
    return msgspec.msgpack.encode(bare, order="deterministic")


def decode_layout(raw: bytes) -> StoreLayout:
    """What `encode_layout` wrote.

    Raises:
        LayoutDamagedError: the bytes do not decode, or their content is not that of `version`.
    """
    try:
        layout = msgspec.msgpack.decode(raw, type=StoreLayout)
        check_store(layout.store)
        check_planograms(layout.planograms)
    except (msgspec.DecodeError, ValueError, RecursionError, Failure) as error:
        raise LayoutDamagedError(f"the store's layout does not read: {error}") from None
    if layout.version != _version(layout.store, layout.planograms, layout.handling):
        raise LayoutDamagedError("the store's layout was damaged on the way")
    return layout


def aisle_products(layout: StoreLayout) -> dict[str, tuple[str, ...]]:
    """SKUs placed in each aisle, each once, in the order of shelves; every aisle has an entry.

    A product that stands nowhere belongs to no aisle. One that stands in two belongs to both.
    """
    placed: dict[str, dict[str, None]] = {aisle.id: {} for aisle in layout.store.aisles}
    for fixture in layout.store.fixtures:
        if not (fixture.planograms or fixture.back_planograms):
            continue
        seen = placed.setdefault(fixture.aisle, {})
        for key in (*fixture.planograms, *fixture.back_planograms):
            planogram = layout.planograms.get(key)
            for shelf in planogram.shelves if planogram else ():
                seen.update((position.sku, None) for position in shelf.positions)
    return {aisle: tuple(skus) for aisle, skus in placed.items()}


def inside(folder: Path, name: str, told_by: str) -> Path:
    """`folder / name`, refused when it leads out of the folder.

    Raises:
        Failure: absolute, with `..`, a backslash or a drive, or a link that leads elsewhere.
    """
    if len(name) > NAME_CHARS_MAX:
        raise Failure(f"{folder / told_by} names a file with {len(name)} letters in its name")
    parts = PurePosixPath(name)
    bad = not name or parts.is_absolute() or ".." in parts.parts or "\\" in name or ":" in name
    path = folder / name
    if bad or not path.resolve().is_relative_to(folder.resolve()):
        raise Failure(
            f"{folder / told_by} names {name!r}, which leads out of the store folder; "
            "use a path inside it, with forward slashes"
        )
    return path


def read_bounded(folder: Path, name: str, bytes_max: int) -> bytes:
    """The bytes of a file inside the store folder.

    Raises:
        Failure: outside the folder, missing, no file, unreadable or larger than `bytes_max`.
    """
    path = inside(folder, name, STORE_FILE)
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for
            raise Failure(f"{path} is no file; a store folder's documents are plain files")
        with path.open("rb") as file:
            raw = file.read(bytes_max + 1)
    except FileNotFoundError:
        raise Failure(f"{path} does not exist; is {folder} a store folder?") from None
    except OSError as error:
        raise Failure(f"{path} cannot be read: {error.strerror or error}") from None
    if len(raw) > bytes_max:
        raise Failure(f"{path} is larger than {bytes_max:,} bytes; split it or make it smaller")
    return raw


def read_text(folder: Path, name: str) -> str:
    """A TOML file's text.

    Raises:
        Failure: as `read_bounded`, or not UTF-8.
    """
    raw = read_bounded(folder, name, TOML_BYTES_MAX)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Failure(f"{folder / name}, line {line}: not UTF-8; save the file as UTF-8") from None


def _tree(folder: Path, name: str) -> Tree:
    text = read_text(folder, name)
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise Failure(f"{folder / name}{_syntax(text, error)}") from None
    except RecursionError:
        raise Failure(f"{folder / name}: nested too deeply to be a store's document") from None


def _convert(folder: Path, name: str, tree: Tree, kind: type[Document]) -> Document:
    try:
        return msgspec.convert(tree, kind)
    except msgspec.ValidationError as error:
        sentence, _, where = str(error).partition(" - at ")
        if len(sentence) > SENTENCE_CHARS_MAX:
            sentence = sentence[:SENTENCE_CHARS_MAX] + "…"
        where = where.strip("`").removeprefix("$").removeprefix(".")
        line = line_of(read_text(folder, name), where)
        at = f", line {line}" if line else ""
        under = f" (at {where})" if where else ""
        raise Failure(
            f"{folder / name}{at}: {sentence}{under}; docs/store-folder.md has the keys"
        ) from None


def _planogram(folder: Path, key: str, trees: dict[str, Tree], above: tuple[str, ...]) -> Tree:
    """A planogram's TOML tree with its `base` and `replace` worked out.

    `above` are the planograms that build on it, so that a circle ends.
    """
    if key in trees:
        return trees[key]
    name = planogram_path(key)
    told_by = planogram_path(above[-1]) if above else STORE_FILE
    if not inside(folder, name, told_by).is_file():
        raise Failure(f"{folder / told_by}: base names {key!r}, and there is no {name}")
    tree = _tree(folder, name)
    base = tree.pop("base", None)
    replace = tree.pop("replace", {})
    if base is not None:
        if not isinstance(base, str) or base == key or base in above or len(above) >= BASES_MAX:
            raise Failure(
                f"{folder / name}: base = {shown(base)} must name another planogram, at most "
                f"{BASES_MAX} deep and never in a circle"
            )
        tree = over(_planogram(folder, base, trees, (*above, key)), tree)
    if replace:
        if not isinstance(replace, dict) or not all(map(_is_text, replace.values())):
            raise Failure(f'{folder / name}: replace is a table of SKUs, as in "A-1" = "B-2"')
        tree = swapped(tree, replace)
    trees[key] = tree
    return tree


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _syntax(text: str, error: tomli.TOMLDecodeError) -> str:
    """Where and how `text` is not TOML; the line itself is shown, for the fault is often plain."""
    said, _, where = str(error).rpartition(" (at ")
    lines = text.splitlines()
    found = re.match(r"line (\d+)", where)
    # Python says "end of document" where the last line is not finished.
    used = max((n for n, line in enumerate(lines, 1) if line.strip()), default=1)
    line = min(int(found[1]), len(lines)) if found else used
    shown = "".join(filter(str.isprintable, lines[line - 1]))[:SHOWN_CHARS_MAX] if lines else ""
    if said.startswith("Cannot"):
        mend = "a key and a [table] may be there once"
    else:
        mend = 'texts need "quotes", and every [ and { its end'
    said = said[:1].lower() + said[1:]
    return f", line {line}: not valid TOML: {said} in `{shown.strip()}`; {mend}"


def _planogram_keys(store: StoreDocument) -> list[str]:
    keys: dict[str, None] = {}
    for fixture in store.fixtures:
        keys.update((key, None) for key in (*fixture.planograms, *fixture.back_planograms))
    if len(keys) > PLANOGRAMS_MAX:
        raise Failure(f"{STORE_FILE} names {len(keys)} planograms; at most {PLANOGRAMS_MAX}")
    return list(keys)


def _version(
    store: StoreDocument, planograms: dict[str, Planogram], handling: dict[str, Handling]
) -> str:
    encoded = msgspec.msgpack.encode((store, planograms, handling), order="deterministic")
    return hashlib.sha256(encoded).hexdigest()
