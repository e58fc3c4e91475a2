"""New products in a catalogue that people keep by hand: their rows come last, the rest stays.

Columns that Endcap does not know keep their cells, and no row is written anew, except where the
products say what the catalogue has no column for.
"""

import codecs
import csv
import io
from collections.abc import Iterable, Sequence

from catalog_sync.model.product import Product
from store_scenes.feeds.encodings import find_encoding
from store_scenes.feeds.headings import Headings
from store_scenes.feeds.plain_csv import COLUMNS, write_catalogue
from store_scenes.feeds.table import SEPARATORS, read_table


def with_products(raw: bytes, products: Iterable[Product]) -> bytes:
    """The catalogue `raw` with rows for products that it does not have.

    It becomes UTF-8 where its encoding lacks a letter of them.

    Raises:
        Failure: the catalogue cannot be read.
    """
    rows = _plain_rows(list(products))
    table = read_table(raw)
    separator = next(sign for sign, word in SEPARATORS.items() if word == table.separator)
    codec, text = _decoded(raw)
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    hint = lines[0] if lines and lines[0].lower().startswith("sep=") else ""
    names, missing = _columns(table.header, rows)
    if missing:
        text = hint + _widened(text[len(hint) :], separator, missing, newline)
    elif not text.endswith(("\n", "\r")):
        text += newline
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator=newline)
    for row in rows:
        writer.writerow([row.get(name, "") for name in (*names, *missing)])
    text += out.getvalue()
    try:
        return text.encode(codec)
    except UnicodeEncodeError:
        return text.encode("utf-8-sig")


def _plain_rows(products: Sequence[Product]) -> list[dict[str, str]]:
    """The products' cells by the names of our own columns, without empty ones."""
    out = io.StringIO(newline="")
    write_catalogue(products, Headings(products), out)
    out.seek(0)
    return [{key: cell for key, cell in row.items() if cell} for row in csv.DictReader(out)]


def _columns(header: Sequence[str], rows: Sequence[dict[str, str]]) -> tuple[list[str], list[str]]:
    """Our name of each of the catalogue's columns (empty: not ours), and of those it lacks."""
    ours = {name: key for key, known in COLUMNS.items() for name in reversed(known)}
    names: list[str] = []
    for column in header:
        plain = column.removeprefix("product_")
        key = plain if plain.startswith("name_") else ours.get(column, "")
        names.append("" if key in names else key)
    for row in rows:  # a column of names in any language takes the first one that lacks its own
        told = [name for name in row if name.startswith("name_")]
        if "name" in names and told and told[0] not in names:
            row["name"] = row.pop(told[0])
    missing = [key for row in rows for key in row if key not in names]
    return names, list(dict.fromkeys(missing))


def _decoded(raw: bytes) -> tuple[str, str]:
    codec = find_encoding(io.BytesIO(raw)).codec
    if codec == "utf-8-sig" and not raw.startswith(codecs.BOM_UTF8):
        codec = "utf-8"
    return codec, raw.decode(codec)


def _widened(text: str, separator: str, missing: Sequence[str], newline: str) -> str:
    """The table with further columns at its right end, empty in every row there is."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator=newline)
    for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator)):
        writer.writerow([*cells, *(missing if number == 0 else [""] * len(missing))])
    return out.getvalue()
