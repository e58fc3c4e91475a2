"""The shop's actions, as SteamVR binds them to whatever controllers there are (IVRInput).

A person can bind each action to something else in SteamVR; what comes with the shop stands in
`openvr_actions`. So nothing here knows a controller: it reads actions of the left and right hand.
"""

import contextlib
from pathlib import Path
from typing import Any, Final

import numpy as np

from vr_client.headset.backend import HandState
from vr_client.headset.steamvr.poses import rigid

MANIFEST: Final = Path(__file__).resolve().parent.parent / "openvr_actions" / "actions.json"
ACTIONS: Final = (
    "hand", "select", "grab", "menu", "back", "teleport", "turn_left", "turn_right", "move",
    "quantity", "pad_click", "recentre",
)  # fmt: skip
HANDS: Final = ("/user/hand/left", "/user/hand/right")
TICK_HZ: Final = 160.0
KIND_EVERY: Final = 90
"""Frames between two questions what a controller is."""

KIND_CHARS_MAX: Final = 64
STEP_ON, STEP_OFF = 0.7, 0.4
"""A stick past the first is one step of quantity; it must come back behind the second before
the next."""


class Hands:
    """Both hands of one session.

    `wants_recentre` is true for the one frame in which a person asks to be in the middle again.
    `sources` are the input sources of the left and the right hand.
    """

    def __init__(self, vr: Any, universe: Any, lift_m: float = 0.0) -> None:
        """Poses are measured in `universe`, and `lift_m` higher.

        Raises an OpenVRError when SteamVR does not take the action manifest.
        """
        self._vr, self._universe, self._lift_m = vr, universe, lift_m
        self.wants_recentre = False
        self._recentre_held = False
        self._input = vr.VRInput()
        # Absolute: SteamVR has a working directory of its own.
        self._input.setActionManifestPath(str(MANIFEST))
        # A ctypes array: a list would be replaced by zeros without a word.
        self._sets = (vr.VRActiveActionSet_t * 1)()
        self._sets[0].ulActionSet = self._input.getActionSetHandle("/actions/shop")
        self._action = {
            name: self._input.getActionHandle(f"/actions/shop/in/{name}") for name in ACTIONS
        }
        self._tick = self._input.getActionHandle("/actions/shop/out/tick")
        self.sources: list[int] = [self._input.getInputSourceHandle(path) for path in HANDS]
        self._stepped = [0.0, 0.0]
        self._system = vr.VRSystem()
        self._roles = (vr.TrackedControllerRole_LeftHand, vr.TrackedControllerRole_RightHand)
        self._kinds = ["", ""]
        self._asked_before = [KIND_EVERY, KIND_EVERY]

    def now(self) -> tuple[HandState, ...]:
        """Left and right as they are now: `updateActionState` once, then every action."""
        self._input.updateActionState(self._sets)
        held = any(self._digital("recentre", source)[1] for source in self.sources)
        self.wants_recentre, self._recentre_held = held and not self._recentre_held, held
        return tuple(self._hand(number) for number in range(len(self.sources)))

    def tick(self, hand: int, seconds: float, strength: float) -> None:
        """`triggerHapticVibrationAction`; without a controller in that hand nothing happens."""
        with contextlib.suppress(self._vr.OpenVRError):
            self._input.triggerHapticVibrationAction(
                self._tick, 0.0, seconds, TICK_HZ, strength, self.sources[hand]
            )

    def _hand(self, number: int) -> HandState:
        source = self.sources[number]
        held = self._input.getPoseActionDataForNextFrame(
            self._action["hand"], self._universe, source
        )
        if not (held.bActive and held.pose.bPoseIsValid):
            self._asked_before[number] = KIND_EVERY  # who takes a controller up is asked which
            return HandState(np.eye(4), tracked=False)
        # A thumb that rests on a pad does not mean to walk: where "pad_click" is bound, a pad
        # counts while it is pressed only. A stick springs back, so it needs no such thing.
        bound, pressed = self._digital("pad_click", source)
        heeded = pressed or not bound
        move = self._analog("move", source) if heeded else (0.0, 0.0)
        quantity = self._analog("quantity", source) if heeded else (0.0, 0.0)
        world_from_hand = rigid(held.pose.mDeviceToAbsoluteTracking)
        world_from_hand[1, 3] += self._lift_m
        return HandState(
            world_from_hand=world_from_hand,
            select=self._digital("select", source)[1],
            grab=self._digital("grab", source)[1],
            menu=self._digital("menu", source)[1],
            back=self._digital("back", source)[1],
            teleport=self._digital("teleport", source)[1],
            turn=self._turn(source),
            scroll=self._steps(number, quantity[1]),
            move=move,
            stick=max(move, quantity, key=lambda stick: max(map(abs, stick))),
            kind=self._kind(number),
        )

    def _kind(self, number: int) -> str:
        """Which family the controller is of (Prop_ControllerType_String), asked now and then."""
        self._asked_before[number] += 1
        if self._asked_before[number] <= KIND_EVERY:
            return self._kinds[number]
        self._asked_before[number] = 0
        self._kinds[number] = ""
        device = self._system.getTrackedDeviceIndexForControllerRole(self._roles[number])
        if device != self._vr.k_unTrackedDeviceIndexInvalid:
            # A driver may not tell, or tell what is no text.
            with contextlib.suppress(self._vr.OpenVRError, UnicodeDecodeError):
                told = self._system.getStringTrackedDeviceProperty(
                    device, self._vr.Prop_ControllerType_String
                )
                self._kinds[number] = str(told)[:KIND_CHARS_MAX]
        return self._kinds[number]

    def _digital(self, action: str, source: int) -> tuple[bool, bool]:
        """Whether something is bound to `action` on that hand, and whether it is held."""
        data = self._input.getDigitalActionData(self._action[action], source)
        return bool(data.bActive), bool(data.bActive and data.bState)

    def _analog(self, action: str, source: int) -> tuple[float, float]:
        data = self._input.getAnalogActionData(self._action[action], source)
        return (float(data.x), float(data.y)) if data.bActive else (0.0, 0.0)

    def _turn(self, source: int) -> int:
        left, right = (self._digital(way, source)[1] for way in ("turn_left", "turn_right"))
        return int(left) - int(right)

    def _steps(self, number: int, stick: float) -> float:
        if abs(stick) < STEP_OFF:
            self._stepped[number] = 0.0
        if abs(stick) < STEP_ON or self._stepped[number]:
            return 0.0
        self._stepped[number] = 1.0 if stick > 0.0 else -1.0
        return self._stepped[number]
