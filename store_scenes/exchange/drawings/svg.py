"""Sheets as one SVG file: real text, no references to anything outside, no font needed."""

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from store_scenes.exchange.drawings.sheet import Disc, Group, Item, Line, Pen, Shape, Sheet, Text

FONTS = (
    "'Noto Sans KR','Noto Sans CJK KR',NanumBarunGothic,'Nanum Gothic','Apple SD Gothic Neo',"
    "'Malgun Gothic',Arial,'DejaVu Sans',sans-serif"
)
BETWEEN_MM = 8.0
"""Between sheets that stand under one another in one file."""

_ANCHORS = {"start": "", "middle": ' text-anchor="middle"', "end": ' text-anchor="end"'}


def svg_of(sheets: Sequence[Sheet], language: str, about: str) -> bytes:
    """One file; several sheets under one another. `about` is its description."""
    width = max(sheet.size_mm[0] for sheet in sheets)
    height = sum(sheet.size_mm[1] for sheet in sheets) + BETWEEN_MM * (len(sheets) - 1)
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(width)}mm" '
            f'height="{_n(height)}mm" '
            f'viewBox="0 0 {_n(width)} {_n(height)}" role="img" aria-labelledby="title about" '
            f"xml:lang={quoteattr(language)} font-family={quoteattr(FONTS)} "
            'fill="none" stroke-linejoin="round">'
        ),
        f'<title id="title">{_escaped(sheets[0].title)}</title>',
        f'<desc id="about">{_escaped(about)}</desc>',
    ]
    top = 0.0
    ids: set[str] = set()
    for sheet in sheets:
        move = f' transform="translate(0 {_n(top)})"' if top else ""
        out.append(f'<g id={quoteattr(_only(_id(sheet.id), ids))} class="sheet"{move}>')
        out.append(f"<title>{_escaped(sheet.title)}</title>")
        wide, high = sheet.size_mm
        out.append(f'<rect class="paper" width="{_n(wide)}" height="{_n(high)}" fill="#ffffff"/>')
        prefix = "" if len(sheets) == 1 else f"{_id(sheet.id)}."
        for item in sheet.items:
            _write(item, out, prefix, ids)
        out.append("</g>")
        top += high + BETWEEN_MM
    out.append("</svg>")
    return ("\n".join(out) + "\n").encode()


def _write(item: Item, out: list[str], prefix: str, ids: set[str]) -> None:
    kind = f" class={quoteattr(item.kind)}" if item.kind else ""
    if isinstance(item, Group):
        name = _only(prefix + _id(item.id), ids)
        out.append(f"<g id={quoteattr(name)}{kind}>")
        out.append(f"<title>{_escaped(item.title)}</title>")
        for part in item.items:
            _write(part, out, prefix, ids)
        out.append("</g>")
    elif isinstance(item, Line):
        points = " ".join(f"{_n(x)},{_n(y)}" for x, y in item.points)
        out.append(f'<polyline{kind} points="{points}"{_pen(item.pen)}/>')
    elif isinstance(item, Shape):
        fill = f' fill="{item.fill}"' if item.fill else ""
        points = " ".join(f"{_n(x)},{_n(y)}" for x, y in item.points)
        out.append(f'<polygon{kind} points="{points}"{fill}{_pen(item.pen)}/>')
    elif isinstance(item, Disc):
        fill = f' fill="{item.fill}"' if item.fill else ""
        x, y = item.centre
        out.append(
            f'<circle{kind} cx="{_n(x)}" cy="{_n(y)}" r="{_n(item.radius_mm)}"{fill}'
            f"{_pen(item.pen)}/>"
        )
    elif isinstance(item, Text):
        out.append(_text(item, kind))


def _text(item: Text, kind: str) -> str:
    x, y = item.at
    turn = f' transform="rotate({_n(-item.turn_deg)} {_n(x)} {_n(y)})"' if item.turn_deg else ""
    bold = ' font-weight="bold"' if item.bold else ""
    return (
        f'<text{kind} x="{_n(x)}" y="{_n(y)}" font-size="{_n(item.size_mm)}" '
        f'fill="{item.colour}"{_ANCHORS[item.anchor]}{bold}{turn}>{_escaped(item.text)}</text>'
    )


def _pen(pen: Pen | None) -> str:
    if pen is None:
        return ""
    dash = f' stroke-dasharray="{" ".join(_n(part) for part in pen.dash)}"' if pen.dash else ""
    cap = ' stroke-linecap="round"' if pen.dash and pen.dash[0] < pen.width_mm else ""
    return f' stroke="{pen.colour}" stroke-width="{_n(pen.width_mm)}"{dash}{cap}'


def _n(value: float) -> str:
    """Hundredths of a millimetre, without needless noughts."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def _escaped(text: str) -> str:
    """For element content: XML has no place for most control characters, not even escaped."""
    return escape("".join(c for c in text if c >= " " and c not in "\ufffe\uffff" and
                          not "\ud800" <= c <= "\udfff"))  # fmt: skip


def _id(text: str) -> str:
    """Letters, digits, points, dashes; a name that begins with a letter."""
    name = re.sub(r"[^\w.-]", "-", text)
    return name if name[:1].isalpha() else f"s-{name}"


def _only(name: str, ids: set[str]) -> str:
    """The name, with a number where another element has it already."""
    found, more = name, 2
    while found in ids:
        found = f"{name}.{more}"
        more += 1
    ids.add(found)
    return found
