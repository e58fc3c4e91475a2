"""Two controllers of one family: what fingers do to them becomes the client's actions.

As in SteamVR, the client's own action manifest and its default binding file for the family decide
what an input means. The modes are those of SteamVR's binding page: thresholds of `button` and
their defaults as that page shows them, wedges of `dpad` and thresholds of `grab` as xrizer
(src/input/custom_bindings.rs) found them by trying.
"""

import json
import math
from pathlib import Path

from families import FAMILIES

STICKS = ("thumbstick", "joystick")
WEDGES = {"east": 0.0, "north": 90.0, "west": 180.0, "south": -90.0}
CLICK_ON, CLICK_OFF = 0.25, 0.2
GRAB_ON, GRAB_OFF = 0.7, 0.65
DEAD_ZONE_PCT = 50.0


class Controllers:
    def __init__(self, shared, family):
        manifest = Path(shared.manifest.decode())
        assert manifest.is_file(), "the client has not given its action manifest yet"
        entries = json.loads(manifest.read_text(encoding="utf-8"))["default_bindings"]
        (url,) = (one["binding_url"] for one in entries if one["controller_type"] == family)
        tree = json.loads((manifest.parent / url).read_text(encoding="utf-8"))
        assert tree["controller_type"] == family
        self._set = tree["bindings"]["/actions/shop"]
        self._shared = shared
        self.family = family
        self._now = {
            hand: {name: dict.fromkeys(parts, 0.0) for name, parts in controls.items()}
            for hand, controls in FAMILIES[family].items()
        }
        self._was_on = {}
        shared.bindings_decide = 1
        shared.family = family.encode()
        self._settle()

    # ------------------------------------------------------------ what fingers do

    def press(self, hand, control, amount=1.0):
        """Pull or push; a trigger clicks at the end of its way."""
        whole = {"value": amount, "click": float(amount >= 1.0), "touch": float(amount > 0.0)}
        self._set_parts(hand, control, whole)

    def squeeze(self, hand, value, force=0.0):
        """Close a hand around a grip that feels it, and perhaps press."""
        self._set_parts(hand, "grip", {"value": value, "force": force, "touch": 1.0})

    def release(self, hand, control):
        self._set_parts(hand, control, dict.fromkeys(self._now[hand][control], 0.0))

    def stick(self, hand, x, y):
        control = next(name for name in STICKS if name in self._now[hand])
        self._set_parts(hand, control, {"x": x, "y": y, "touch": 1.0})

    def touch(self, hand, control, x, y):
        self._set_parts(hand, control, {"x": x, "y": y, "touch": 1.0, "click": 0.0})

    def click(self, hand, control, x=0.0, y=0.0):
        self._set_parts(hand, control, {"x": x, "y": y, "touch": 1.0, "click": 1.0})

    def steer(self, hand, x, y):
        """The stick, or a press on the pad of whoever has none."""
        if set(STICKS) & self._now[hand].keys():
            self.stick(hand, x, y)
        else:
            self.click(hand, "trackpad", x, y)

    def let_go(self, hand):
        for control in self._now[hand]:
            self.release(hand, control)

    # ------------------------------------------------------------ what SteamVR makes of it

    def _set_parts(self, hand, control, parts):
        here = self._now[hand][control]
        here.update({name: value for name, value in parts.items() if name in here})
        self._settle()

    def _settle(self):
        """Every action anew, on both hands."""
        values, bound = {}, {}
        for one in self._set["poses"]:
            bound.setdefault(one["output"], set()).add(one["path"].split("/")[3])
        for source in self._set["sources"]:
            _, _, _, hand, _, control = source["path"].split("/")
            for name, one in source["inputs"].items():
                key = (one["output"], hand)
                bound.setdefault(one["output"], set()).add(hand)
                value = self._value(source, hand, control, name)
                values[key] = max(
                    values.get(key, (0.0, 0.0)), value, key=lambda xy: math.hypot(*xy)
                )
        for action in self._shared.actions:
            name = action.name.decode()
            hands = bound.get(name, set())
            action.bound[:] = ["left" in hands, "right" in hands]
            action.left[:] = values.get((name, "left"), (0.0, 0.0))
            action.right[:] = values.get((name, "right"), (0.0, 0.0))

    def _value(self, source, hand, control, name):
        parts = self._now[hand][control]
        settings = source.get("parameters", {})
        key = (source["path"], source["mode"], name)
        match source["mode"], name:
            case "button", "click":
                analog = next((part for part in ("value", "force") if part in parts), None)
                if analog is None:
                    return parts["click"], 0.0
                on = float(settings.get("click_activate_threshold", CLICK_ON))
                off = float(settings.get("click_deactivate_threshold", CLICK_OFF))
                return self._switch(key, parts[analog], on, off)
            case "joystick", "position":
                return parts["x"], parts["y"]
            case "trackpad", "position":
                return (parts["x"], parts["y"]) if parts["touch"] else (0.0, 0.0)
            case "joystick" | "trackpad", "click":
                return parts["click"], 0.0
            case "dpad", _:
                return float(_in_wedge(parts, settings, name)), 0.0
            case "grab", "grab":
                # Squeezing counts on top of a closed hand.
                squeezed = 1.0 + parts["force"] if parts["force"] else parts["value"]
                on = float(settings.get("value_hold_threshold", GRAB_ON))
                off = float(settings.get("value_release_threshold", GRAB_OFF))
                return self._switch(key, squeezed, on, off)
        raise AssertionError(f"SteamVR's mode {source['mode']} with {name} is not simulated")

    def _switch(self, key, value, on, off):
        self._was_on[key] = value > off if self._was_on.get(key) else value >= on
        return float(self._was_on[key]), 0.0


def _in_wedge(parts, settings, way):
    """A quarter each, outside the dead zone. A bare stick counts as touched."""
    mode = settings["sub_mode"]
    meant = parts["click"] if mode == "click" else parts.get("touch", 1.0)
    if not meant or math.hypot(parts["x"], parts["y"]) * 100.0 <= float(
        settings.get("deadzone_pct", DEAD_ZONE_PCT)
    ):
        return False
    angle = math.degrees(math.atan2(parts["y"], parts["x"]))
    return abs((angle - WEDGES[way] + 180.0) % 360.0 - 180.0) < 45.0
