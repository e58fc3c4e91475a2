"""What each controller family has under a hand's fingers, as SteamVR's drivers name it.

Sources, all public:
- Vive and Touch: OpenVR wiki, "IVRDriverInput Overview", list "Existing input component paths".
- Index: OpenXR's profile valve/index_controller, under the names of SteamVR's driver (grip for
  squeeze), as ALVR's OpenvrController.cpp creates its components.
- Windows Mixed Reality: OpenXR's profile microsoft/motion_controller, under SteamVR's names
  (joystick, grip, application_menu), as xrizer's ms_motion_controller.rs translates them.
- HP: OpenXR's XR_EXT_hp_mixed_reality_controller, under SteamVR's names, as in VTK's
  vtk_openvr_binding_hpmotioncontroller.json and xrizer's hp_motion_controller.rs.
The system button is nobody's but SteamVR's, so no table has it.
"""

STICK = {"x", "y", "click", "touch"}
BARE_STICK = {"x", "y", "click"}
FACE = {"click", "touch"}


def both(**controls):
    return {"left": dict(controls), "right": dict(controls)}


def with_letters(controls, left, right, components):
    controls["left"] |= dict.fromkeys(left, components)
    controls["right"] |= dict.fromkeys(right, components)
    return controls


FAMILIES = {
    "knuckles": both(
        trigger={"click", "value", "touch"},
        grip={"value", "force", "touch"},
        a=FACE,
        b=FACE,
        thumbstick=STICK,
        trackpad={"x", "y", "force", "touch"},
    ),
    "oculus_touch": with_letters(
        both(trigger={"value", "touch"}, grip={"value"}, joystick=STICK), "xy", "ab", FACE
    ),
    "vive_controller": both(
        trigger={"click", "value"},
        grip={"click"},
        application_menu={"click"},
        trackpad={"x", "y", "click", "touch"},
    ),
    "holographic_controller": both(
        trigger={"value"},
        grip={"click"},
        application_menu={"click"},
        joystick=BARE_STICK,
        trackpad={"x", "y", "click", "touch"},
    ),
    "hpmotioncontroller": with_letters(
        both(
            trigger={"value"}, grip={"value"}, application_menu={"click"}, joystick=BARE_STICK
        ),
        "xy", "ab", {"click"},
    ),
}  # fmt: skip
"""Family, hand, control: its components."""

OUTPUTS = {"poses": {"pose/tip", "pose/raw", "pose/base"}, "haptics": {"output/haptic"}}

NEEDS = {
    ("button", "click"): [{"click"}, {"value"}, {"force"}],
    ("button", "touch"): [{"touch"}],
    ("trigger", "pull"): [{"value"}],
    ("trigger", "click"): [{"click"}, {"value"}],
    ("joystick", "position"): [{"x", "y"}],
    ("joystick", "click"): [{"click"}],
    ("trackpad", "position"): [{"x", "y", "touch"}],
    ("trackpad", "click"): [{"click"}, {"force"}],
    ("trackpad", "touch"): [{"touch"}],
    ("dpad", "north"): [{"x", "y"}],
    ("dpad", "east"): [{"x", "y"}],
    ("dpad", "south"): [{"x", "y"}],
    ("dpad", "west"): [{"x", "y"}],
    ("grab", "grab"): [{"value"}, {"force"}],
}
"""SteamVR's mode and input: one of these sets of components must be there."""
