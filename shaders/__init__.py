"""GLSL sources only, with `#include "common/..."`; `read(name)` gives one ready to compile.

May import: the standard library.
Never: imports anything of ours, or compiles.
"""

import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent
_INCLUDE = re.compile(r'^\s*#include\s+"([A-Za-z0-9_./]+)"\s*$')
_POSITION = re.compile(r"\b(\d+):(\d+)\b")


class ShaderSourceError(ValueError):
    """A shader file is missing, outside the folder, or includes itself."""


def read(name: str) -> str:
    """The text of a shader file with its includes in place, each file at most once.

    `#line LINE SOURCE` marks every border, SOURCE being the index into `sources(name)`, so that
    a compiler's message can be led back by `locate`. Raises ShaderSourceError.
    """
    return _expanded(name)[0]


def sources(name: str) -> tuple[str, ...]:
    """The files that `read(name)` is made of; a `#line`'s source number indexes them."""
    return _expanded(name)[1]


def locate(name: str, message: str) -> str:
    """A compiler's message with `SOURCE:LINE` turned into `file:line`."""
    files = sources(name)

    def named(match: re.Match[str]) -> str:
        number = int(match.group(1))
        return f"{files[number]}:{match.group(2)}" if number < len(files) else match.group(0)

    return _POSITION.sub(named, message)


@cache
def _expanded(name: str) -> tuple[str, tuple[str, ...]]:
    files: list[str] = []
    lines = _expand(name, files, ())
    return "\n".join(lines) + "\n", tuple(files)


def _expand(name: str, files: list[str], open_files: tuple[str, ...]) -> list[str]:
    if name in open_files:
        raise ShaderSourceError(f"shaders include each other: {' -> '.join((*open_files, name))}")
    if name in files:
        return []
    number = len(files)
    files.append(name)
    lines: list[str] = [] if number == 0 else [f"#line 1 {number}"]
    for line_number, line in enumerate(_text(name).splitlines(), start=1):
        include = _INCLUDE.match(line)
        if include is None:
            lines.append(line)
            continue
        lines += _expand(include.group(1), files, (*open_files, name))
        lines.append(f"#line {line_number + 1} {number}")
    return lines


def _text(name: str) -> str:
    path = (_FOLDER / name).resolve()
    if not path.is_relative_to(_FOLDER) or not path.is_file():
        raise ShaderSourceError(f"there is no shader file {name!r} in {_FOLDER}")
    return path.read_text(encoding="utf-8")
