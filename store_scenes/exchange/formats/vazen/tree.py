"""A Vazen file as a tree of tables, read and written within bounds.

Source: the Vazen TOML specification 0.3.0 (CC BY 4.0). TOML and JSON hold the same keys and values.
"""

import datetime as dt
import json
import math
import re
from typing import Any

import tomli

from catalog_sync.model.failure import Failure
from store_scenes.exchange.contract import PLANOGRAM_BYTES_MAX

DEPTH_MAX = 24
BARE = re.compile(r"[A-Za-z0-9_-]+")

Table = dict[str, Any]


def is_vazen(head: bytes, name: str) -> bool:
    """Whether a file is one by its name, or by its schema in its first bytes."""
    if name.lower().endswith((".vazen.toml", ".vazen.json")):
        return True
    return bool(re.search(rb'"?schema"?\s*[=:]\s*"vazen/(layout|spec)"', head[:4096]))


def parse(data: bytes) -> Table:
    """The tree of a file.

    Raises:
        Failure: too large, not UTF-8, neither TOML nor JSON, nested too deeply, or no Vazen file.
    """
    if len(data) > PLANOGRAM_BYTES_MAX:
        raise Failure(f"larger than {PLANOGRAM_BYTES_MAX:,} bytes; split the file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Failure(f"line {line}: not UTF-8; save the file as UTF-8") from None
    try:
        tree = json.loads(text) if text.lstrip()[:1] == "{" else tomli.loads(text)
    except (tomli.TOMLDecodeError, json.JSONDecodeError) as error:
        said = " ".join(str(error).split())[:120]
        raise Failure(f"neither TOML nor JSON: {said}") from None
    except (RecursionError, ValueError):
        raise Failure("nested too deeply, or with a number that is none") from None
    if not isinstance(tree, dict) or tree.get("schema") not in ("vazen/layout", "vazen/spec"):
        raise Failure('this is no Vazen file: its schema is not "vazen/layout" or "vazen/spec"')
    _check_depth(tree, 0)
    return tree


def tables(value: Any) -> list[Table]:
    """A list of tables; an absent list and an empty one mean the same."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def number(value: Any) -> float | None:
    """A number that is one."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


def as_json(tree: Table) -> bytes:
    """The tree as JSON; dates as RFC 3339 text."""
    text = json.dumps(tree, indent=2, ensure_ascii=False, default=_date)
    return text.encode() + b"\n"


def as_toml(tree: Table) -> bytes:
    """The tree as TOML: plain values first, small tables in one line, lists of tables spelt out."""
    lines: list[str] = []
    _emit(lines, tree, ())
    return ("\n".join(lines).strip("\n") + "\n").encode()


def _emit(lines: list[str], table: Table, path: tuple[str, ...]) -> None:
    nested = []
    for key, value in table.items():
        if _is_spelt_out(value):
            nested.append((key, value))
        else:
            lines.append(f"{_key(key)} = {_value(value)}")
    for key, value in nested:
        name = (*path, _key(key))
        for one in value if isinstance(value, list) else [value]:
            header = ".".join(name)
            lines += ["", f"[[{header}]]" if isinstance(value, list) else f"[{header}]"]
            _emit(lines, one, name)


def _is_spelt_out(value: Any) -> bool:
    """Whether a value stands under a header of its own."""
    if isinstance(value, dict):
        return any(isinstance(one, dict | list) for one in value.values())
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, dict):
        inside = ", ".join(f"{_key(key)} = {_value(one)}" for key, one in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else str(value)
    return _date(value) if _is_date(value) else str(value)


def _is_date(value: Any) -> bool:
    return isinstance(value, dt.date | dt.time)


def _date(value: Any) -> str:
    if not _is_date(value):
        raise TypeError(f"{type(value).__name__} has no form in a file")
    return str(value.isoformat())


def _check_depth(value: Any, depth: int) -> None:
    if depth > DEPTH_MAX:
        raise Failure("nested too deeply to be a planogram")
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        if isinstance(one, dict | list):
            _check_depth(one, depth + 1)
