"""From one frame's state to the packet that the renderer draws. Pure."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vr_client.carrying import NEAR_EYE_M, InHand
from vr_client.frame_packet import (
    ArtUpdate,
    EyeView,
    FramePacket,
    HandPose,
    HopMark,
    LabelUpdate,
    Laser,
)
from vr_client.headset.backend import FrameInfo
from vr_client.interact.hop import Landing
from vr_client.interact.pointer import Pointing
from vr_client.interact.trail import steps_along
from vr_client.interact.walk import Spot
from vr_client.state.client_state import ClientState
from vr_client.traveller import Traveller
from vr_client.ui.actions import to_get
from vr_client.ui.panel_set import UiFrame
from vr_client.ui.placement import APART, Sight

ZOOM_MAX = 1.55
"""A window asks for a pixel a panel unit; more than this, and the longest panel would not fit."""

WIDEST_PANEL = 680.0
"""Panel units: the line of keys, with its shadow and a margin."""


NOTHING_IN_HAND = InHand()


class Pictures(NamedTuple):
    """What is newly drawn and goes to the renderer with this frame."""

    labels: tuple[LabelUpdate, ...]
    art: tuple[ArtUpdate, ...]


def pack(
    index: int,
    info: FrameInfo,
    aims: tuple[Pointing, ...],
    state: ClientState,
    shown: UiFrame,
    feet: Traveller,
    pictures: Pictures,
    hands: InHand = NOTHING_IN_HAND,
) -> FramePacket:
    """Everything the renderer may know of frame `index`."""
    eye = info.world_from_head[:3, 3]
    pointed = next((aim.instance for aim in aims if aim.instance >= 0), -1)
    pointed = hands.reached if hands.reached >= 0 else pointed
    highlight = pointed if pointed >= 0 else state.card_instance
    return FramePacket(
        index=index,
        time_s=0.0 if state.comfort.still else info.predicted_time_s,
        views=info.views,
        panels=shown.panels,
        lasers=tuple(
            Laser(aim.ray.origin, aim.ray.at(aim.distance_m), aim.hit)
            for aim in aims
            if not _is_mouse(aim.ray.origin, eye)
            and (aim.hand not in hands.quiet or aim.panel is not None)
        ),
        hands=tuple(
            HandPose(
                hand.world_from_hand,
                left=number == 0 and len(info.hands) > 1,
                look=info.looks[number] if number < len(info.looks) else None,
            )
            for number, hand in enumerate(info.hands)
            if hand.tracked and not _is_mouse(hand.world_from_hand[:3, 3], eye)
        ),
        labels=pictures.labels,
        art=pictures.art,
        textures=shown.textures,
        highlight=highlight if highlight not in hands.hidden else -1,
        hidden=hands.hidden,
        held=hands.held,
        basket=hands.basket,
        hop=_hop_mark(feet.landing),
        trail=_trail(state, feet.spot),
        vignette=feet.vignette,
        stark=state.senses.high_contrast,
    )


def _trail(state: ClientState, here: Spot) -> tuple[Spot, ...]:
    """The way that is shown, or to what is next on the list: points on the floor a step apart."""
    if state.led_to is not None:
        return steps_along(state.way.path, here) if state.way is not None else ()
    if state.route is None or not to_get(state):
        return ()
    return steps_along(state.route.path, here)


def _hop_mark(landing: Landing | None) -> HopMark | None:
    return HopMark(landing.arc, landing.free) if landing is not None else None


def _is_mouse(hand: NDArray[np.float64], eye: NDArray[np.float64]) -> bool:
    return math.dist(hand.tolist(), eye.tolist()) < NEAR_EYE_M


def sight_of(views: tuple[EyeView, ...], scale: float = 1.0) -> Sight:
    """What every eye sees around its middle, and how much larger panels have to be there.

    `scale` pixels are as wide as one of a plain screen.
    """
    left, right, bottom, top = np.abs([view.tangents for view in views]).min(axis=0)
    half = np.degrees(np.arctan([min(left, right), min(bottom, top)]))
    pixels = min(view.size[1] / (view.tangents[3] - view.tangents[2]) for view in views)
    pixels /= 1000.0 * max(0.1, scale)
    both = len(views) > 1
    fits = 2000.0 * (float(min(left, right)) - (APART if both else 0.0)) / WIDEST_PANEL
    zoom = max(0.1, min(max(1.0, 1.0 / pixels), ZOOM_MAX, fits))
    return Sight(float(half[0]), float(half[1]), zoom, both_eyes=both)
