"""GLSL sources only, with `#include "common/..."`; `read(name)` gives one ready to compile.

May import: the standard library.
Never: imports anything of ours, or compiles.
"""

import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent
_INCLUDE = re.compile(r'^\s*#include\s+"([A-Za-z0-9_./]+)"\s*$')
# Mesa and Intel say `0:LINE`, NVIDIA says `0(LINE)`; 0 is the source number.
_POSITION = re.compile(r"\b0(?::(\d+)|\((\d+)\))")


class ShaderSourceError(ValueError):
    """A shader file is missing, outside the folder, or includes itself."""


def read(name: str) -> str:
    """The text of a shader file with its includes in place, each file at most once.

    Raises ShaderSourceError. There are no `#line` marks: Mesa 22 drops their source number, so
    `locate` leads a compiler's line of this text back to its file instead.
    """
    return "".join(f"{text}\n" for text, _, _ in _expanded(name))


def sources(name: str) -> tuple[str, ...]:
    """The files that `read(name)` is made of, each once, in order of their first line."""
    return tuple(dict.fromkeys(file for _, file, _ in _expanded(name)))


def locate(name: str, message: str) -> str:
    """A compiler's message about `read(name)` with its positions turned into `file:line`."""
    lines = _expanded(name)

    def named(match: re.Match[str]) -> str:
        number = int(match.group(1) or match.group(2))
        if not 1 <= number <= len(lines):
            return match.group(0)
        _, file, line = lines[number - 1]
        return f"{file}:{line}"

    return _POSITION.sub(named, message)


@cache
def _expanded(name: str) -> tuple[tuple[str, str, int], ...]:
    """Every line of the expanded text: the line, the file it comes from, its number there."""
    return tuple(_expand(name, set(), ()))


def _expand(name: str, done: set[str], open_files: tuple[str, ...]) -> list[tuple[str, str, int]]:
    if name in open_files:
        raise ShaderSourceError(f"shaders include each other: {' -> '.join((*open_files, name))}")
    if name in done:
        return []
    done.add(name)
    lines: list[tuple[str, str, int]] = []
    for number, line in enumerate(_text(name).splitlines(), start=1):
        include = _INCLUDE.match(line)
        if include is None:
            lines.append((line, name, number))
        else:
            lines += _expand(include.group(1), done, (*open_files, name))
    return lines


def _text(name: str) -> str:
    path = (_FOLDER / name).resolve()
    if not path.is_relative_to(_FOLDER) or not path.is_file():
        raise ShaderSourceError(f"there is no shader file {name!r} in {_FOLDER}")
    return path.read_text(encoding="utf-8")
