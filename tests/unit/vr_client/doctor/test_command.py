"""What the doctor comes to: nobody is told that they can shop where they cannot."""

import pytest

from vr_client.doctor.command import verdict
from vr_client.doctor.probes import Answer

NAMES = ("Endcap", "SteamVR", "OpenGL", "Window", "Font", "Cache", "Sound", "Extras", "Shop")


def answers(**states):
    return [Answer(name, states.get(name, "ok"), "") for name in NAMES]


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ({}, "You can shop here, in the headset or a window."),
        ({"SteamVR": "lacking", "Sound": "lacking"}, "You can shop here, in a window."),
        ({"Window": "broken"}, "You can shop here, in the headset."),
        (
            {"SteamVR": "lacking", "Window": "lacking"},
            "Nobody can look at a shop here: there is neither a headset nor a display.",
        ),
        (
            {"SteamVR": "lacking", "Window": "broken", "Shop": "lacking"},
            "Nobody can look at a shop here: there is neither a headset nor a display.",
        ),
        (
            {"SteamVR": "lacking", "Shop": "lacking"},
            "One can shop here in a window once a shop is open: none answers now.",
        ),
        ({"Font": "broken"}, "Nobody can shop here yet: mend what has ✗."),
        ({"OpenGL": "broken", "Window": "lacking"}, "Nobody can shop here yet: mend what has ✗."),
        ({"OpenGL": "lacking"}, "You can shop here, in the headset or a window."),
    ],
)
def test_the_last_line_says_what_is_true(states, said):
    assert verdict(answers(**states)) == said
