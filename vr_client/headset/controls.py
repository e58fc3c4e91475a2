"""What every key and button does: read by the window's input and by the help page alike. Pure.

Keys are named as they are printed; a `+` joins what is pressed together.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Control:
    """One thing a shopper can do. `does` names it (and its sentence, `help.<does>`).

    `keys` of a keyboard, `mouse` a key of the panels' strings, `pad` as printed on a gamepad and
    `hand` a key of the strings for a headset's controllers; empty where there is no way.
    """

    does: str
    keys: tuple[str, ...] = ()
    mouse: str = ""
    pad: str = ""
    hand: str = ""


FAMILIES: Final[dict[str, dict[str, str]]] = {
    "knuckles": {"menu": "B", "back": "A"},
    "oculus_touch": {"menu": "B / Y", "back": "A / X"},
    "hpmotioncontroller": {"menu": "B / Y", "back": "A / X"},
    "vive_controller": {
        "menu": "help.menu_left", "back": "help.menu_right", "walk": "help.pad",
        "hop": "help.pad_up", "turn": "help.pad_aside",
    },
    "holographic_controller": {"menu": "help.menu_button", "back": "help.pad"},
}  # fmt: skip
"""What the controls of a family of controllers are called, where it is not the usual name.

As the bindings that come with the shop have it (`openvr_actions`); the families by SteamVR's names
for them (Prop_ControllerType_String). Names with a dot are keys of the panels' strings.
"""

HELD: Final[dict[str, tuple[str, ...]]] = {
    "ahead": ("W", "↑"),
    "left": ("A",),
    "behind": ("S", "↓"),
    "right": ("D",),
    "turn_left": ("Q", "←"),
    "turn_right": ("E", "→"),
    "run": ("Shift",),
}
"""Keys that act as long as they are held."""

CONTROLS: Final[tuple[Control, ...]] = (
    Control("point", mouse="help.mouse_left", pad="A", hand="help.trigger"),
    Control("walk", ("W", "A", "S", "D"), pad="L", hand="help.stick"),
    Control("run", ("Shift",), pad="L3"),
    Control("hop", hand="help.stick_up"),
    Control("turn", hand="help.stick_aside"),
    Control("look", ("Q", "E", "←", "→"), mouse="help.mouse_right", pad="R", hand="help.head"),
    Control("quantity", ("+", "-"), mouse="help.wheel", pad="LT RT"),
    Control("grab", ("G",), pad="RB", hand="help.grip"),
    Control("twist", mouse="help.mouse_right", pad="R", hand="help.wrist"),
    Control("drop", hand="help.basket"),
    Control("add", ("Enter",)),
    Control("menu", ("Tab", "I"), pad="X", hand="help.menu_button"),
    Control("map", ("M",), pad="Y"),
    Control("search", ("/", "Ctrl+F"), pad="Back"),
    Control("compare", ("C",)),
    Control("undo", ("Ctrl+Z", "Ctrl+Y")),
    Control("back", ("Esc",), pad="B", hand="help.back_button"),
    Control("wishes", ("T",)),
    Control("next", ("N",)),
    Control("settings", ("F2", "O")),
    Control("help", ("F1", "H"), pad="Start"),
    Control("language", ("L",)),
    Control("recentre", ("F9",)),
    Control("mirror", ("F10",)),
    Control("fullscreen", ("F11",)),
    Control("screenshot", ("F12",)),
)
"""In the order of the help page."""

BY_NAME: Final = {control.does: control for control in CONTROLS}


def hand_name(control: Control, family: str) -> str:
    """What a headset's `control` is called on controllers of `family` ("": any); "" for none."""
    return FAMILIES.get(family, {}).get(control.does, control.hand) if control.hand else ""


def caps_of(does: str, kind: str, family: str = "") -> tuple[str, ...]:
    """What is printed on whatever does `does`: keys and mouse, or a headset's controller."""
    control = BY_NAME[does]
    if kind == "headset":
        name = hand_name(control, family)
        return (name,) if name else ()
    return (*((control.mouse,) if control.mouse else ()), *control.keys)


PRESSED: Final[dict[str, str]] = {
    "+": "more",
    "-": "fewer",
    "Ctrl+Z": "undo",
    "Ctrl+Y": "redo",
    **{
        key: control.does
        for control in CONTROLS
        for key in control.keys
        if control.does not in {"walk", "run", "look", "quantity", "undo"}
    },
}
"""What a key does once, each time it goes down."""

WRITTEN: Final[dict[str, str]] = {"Backspace": "\b", "Enter": "\n", "↑": "\x10", "↓": "\x0e"}
"""What keys without a letter add to typed text; up and down as in a terminal, ^P and ^N."""

REPEATED: Final = frozenset({"\b", "\x10", "\x0e"})
"""What is written again while its key stays down."""
