"""Seeded ways to break a file: as bytes, as text, and as the JSON inside a glTF."""

import copy
import json
import random
import re
import struct

INTERESTING = (
    0, 1, -1, 2, 3, 127, 128, 255, 256, 32767, 65535, 65536, 2**24, 2**31 - 1, 2**31, 2**32 - 1,
    2**32, 2**53, 2**63 - 1, 2**63, 10**30, -(2**31), 0.5, -0.0, 1e-300, 1e308, float("nan"),
    float("inf"), 5120, 5121, 5123, 5125, 5126, 5130,
)  # fmt: skip
TEXTS = (
    "", " ", "../../../etc/passwd", "/etc/passwd", "..\\..\\windows\\win.ini", "file:///etc/passwd",
    "C:/boot.ini", "%2e%2e/%2e%2e/etc/passwd", "\x00", "a" * 5000, "감자칩", "\u202e\ufeff", "=1+1",
    "nan", "inf", "-1", "1e999", "0x10", "99999999999999999999", "1,5", '"', "'", "[", "]]", "{",
    "&lt;", "\\,", "\\", "\r", "\n\n", "\t", ",,,,", ";", "http://127.0.0.1:1/x.glb",
    "/dev/zero", "/dev/stdin", "/proc/self/environ", "data:application/octet-stream;base64,AAAA",
)  # fmt: skip
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")


def mutated(rng: random.Random, seeds: list[bytes], text: bool) -> bytes:
    """One input: a seed with one to eight things done to it."""
    data = rng.choice(seeds)
    ways = _TEXT_WAYS + _BYTE_WAYS if text else _BYTE_WAYS
    for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
        data = rng.choice(ways)(rng, data, seeds)
        if len(data) > 4_000_000:
            data = data[:4_000_000]
    return data


def _flip(rng, data, _seeds):
    raw = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 8))):
        if raw:
            raw[rng.randrange(len(raw))] = rng.choice((0, 255, 127, 128, rng.randrange(256)))
    return bytes(raw)


def _cut(rng, data, _seeds):
    return data[: rng.randrange(len(data) + 1)]


def _delete(rng, data, _seeds):
    start = rng.randrange(len(data) + 1)
    return data[:start] + data[start + rng.randrange(1, 200) :]


def _double(rng, data, _seeds):
    start = rng.randrange(len(data) + 1)
    piece = data[start : start + rng.randrange(1, 2000)]
    return data[:start] + piece * rng.choice((2, 3, 50)) + data[start:]


def _splice(rng, data, seeds):
    other = rng.choice(seeds)
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]


def _integer(rng, data, _seeds):
    if len(data) < 8:
        return data
    at = rng.randrange(len(data) - 7)
    value = int(rng.choice(INTERESTING[:19])) & 0xFFFFFFFF
    return data[:at] + struct.pack("<I", value) + data[at + 4 :]


def _number(rng, data, _seeds):
    found = list(_NUMBER.finditer(data))
    if not found:
        return data
    one = rng.choice(found)
    return data[: one.start()] + str(rng.choice(INTERESTING)).encode() + data[one.end() :]


def _word(rng, data, _seeds):
    at = rng.randrange(len(data) + 1)
    length = rng.choice((0, 0, 3, 20))
    return data[:at] + rng.choice(TEXTS).encode() + data[at + length :]


def _line(rng, data, seeds):
    lines = data.split(b"\n")
    other = rng.choice(seeds).split(b"\n")
    at = rng.randrange(len(lines))
    way = rng.randrange(4)
    if way == 0:
        del lines[at]
    elif way == 1:
        lines.insert(at, rng.choice(other))
    elif way == 2:
        lines[at] = lines[at] * rng.choice((2, 100))
    else:
        swap = rng.randrange(len(lines))
        lines[at], lines[swap] = lines[swap], lines[at]
    return b"\n".join(lines)


def _nest(rng, data, _seeds):
    at = rng.randrange(len(data) + 1)
    piece = rng.choice((b"[", b"{", b'{"a":', b"[[", b"<a>", b"(", b"x=[", b"\\"))
    return data[:at] + piece * rng.choice((10, 1000, 20_000)) + data[at:]


def _recode(rng, data, _seeds):
    try:
        return data.decode().encode(rng.choice(("utf-16", "cp949", "utf-16-be", "utf-8-sig")))
    except UnicodeError:
        return data


_BYTE_WAYS = (_flip, _flip, _cut, _delete, _double, _splice, _integer)
_TEXT_WAYS = (_number, _number, _number, _word, _word, _line, _line, _nest, _recode)


def mutated_gltf(rng: random.Random, seeds: list[bytes]) -> bytes:
    """A GLB whose JSON has changed values, keys or elements; sometimes with broken bytes, too."""
    data = rng.choice(seeds)
    if rng.random() < 0.25 or data[:4] != b"glTF":
        return mutated(rng, seeds, text=data[:4] != b"glTF")
    size = struct.unpack_from("<I", data, 12)[0]
    tree = json.loads(data[20 : 20 + size])
    for _ in range(rng.choice((1, 1, 2, 4))):
        _mutate_tree(rng, tree)
    text = json.dumps(tree).encode()
    text += b" " * (-len(text) % 4)
    rest = data[20 + size :]
    if rng.random() < 0.2:
        rest = _flip(rng, rest, seeds)
    head = struct.pack("<III", 0x46546C67, 2, 12 + 8 + len(text) + len(rest))
    return head + struct.pack("<II", len(text), 0x4E4F534A) + text + rest


def _mutate_tree(rng, tree):
    places = []
    stack = [tree]
    while stack:
        node = stack.pop()
        for key in node if isinstance(node, dict) else range(len(node)):
            places.append((node, key))
            if isinstance(node[key], (dict, list)):
                stack.append(node[key])
    if not places:
        return
    holder, key = rng.choice(places)
    old = holder[key]
    way = rng.randrange(6)
    if way == 0:
        holder[key] = rng.choice(INTERESTING)
    elif way == 1:
        holder[key] = rng.choice(TEXTS)
    elif way == 2 and isinstance(holder, dict):
        del holder[key]
    elif way == 3:
        other, at = rng.choice(places)
        holder[key] = copy.deepcopy(other[at]) if other is not tree else rng.choice(([], {}, None))
    elif way == 4 and isinstance(old, list) and old:
        holder[key] = old * rng.choice((2, 50)) if len(old) < 1000 else old[:1]
    elif isinstance(old, int) and not isinstance(old, bool):
        holder[key] = old + rng.choice((-1, 1, 4, 1000))
    else:
        holder[key] = rng.choice((None, True, [], {}, -1))
