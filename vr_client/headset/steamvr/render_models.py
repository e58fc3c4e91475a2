"""What the controllers in both hands look like, as SteamVR's drivers have it (IVRRenderModels).

Models are loaded by SteamVR beside us: we ask now and then whether one is there, and copy a little
at a time. Until then, and for whatever cannot be drawn, a hand has no look.
"""

import contextlib
import ctypes
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vr_client.frame_packet import HandLook, HandModel, HandPart, Matrix
from vr_client.headset.backend import HandState
from vr_client.headset.steamvr.model_arrays import TextureCopy, part_of
from vr_client.space.pose import inverse_rigid

STEP_FRAMES: Final = 3
"""So often a model that is being loaded is asked for again, or copied on."""

LOOK_FRAMES: Final = 45
"""So often a hand is looked at for another controller: they are swapped while one shops."""

PARTS_MAX: Final = 48
MODEL_VERTICES_MAX: Final = 200_000
"""Of all parts together: the frame that uploads them must not be late."""

Steps = Generator[None, None, "_Known | None"]


@dataclass(frozen=True, slots=True)
class _Known:
    """A loaded model. `names` are its components', b"" where it has none; `moving` their numbers.

    `device_from_part` (n, 4, 4) and `shown` (n,) are what holds for those that never move.
    """

    model: HandModel
    file: bytes
    names: tuple[bytes, ...]
    moving: tuple[int, ...]
    device_from_part: NDArray[np.float64]
    shown: NDArray[np.bool_]


class _JunkError(Exception):
    """The model cannot be drawn."""


class RenderModels:
    """Both hands' controllers. Nothing here is called after `close`."""

    def __init__(self, vr: Any, system: Any, sources: list[int]) -> None:
        """`sources` are the input sources of the left and the right hand."""
        self._vr, self._system, self._sources = vr, system, sources
        self._models: Any = None
        # KeyError: openvr does not know every code that a runtime may answer with.
        self._wrong = (vr.OpenVRError, KeyError, UnicodeDecodeError)
        # openvr shuts SteamVR down altogether when it is asked for an interface that is not there.
        if vr.isInterfaceVersionValid(vr.IVRRenderModels_Version):
            with contextlib.suppress(*self._wrong):
                self._models = vr.VRRenderModels()
        self._roles = (vr.TrackedControllerRole_LeftHand, vr.TrackedControllerRole_RightHand)
        self._devices = [int(vr.k_unTrackedDeviceIndexInvalid)] * 2
        self._files = [""] * 2
        self._known: dict[str, _Known | None] = {}  # None: not to be drawn
        self._loading: dict[str, Steps] = {}
        self._frame = 0
        self._mode = vr.RenderModel_ControllerMode_State_t()
        self._state = vr.RenderModel_ComponentState_t()

    def looks(
        self, hands: tuple[HandState, ...], poses: Any, lift_m: float
    ) -> tuple[HandLook | None, ...]:
        """One for each hand; `poses` are `waitGetPoses`' of all devices, `lift_m` is added."""
        if self._models is None:
            return ()
        if self._frame % LOOK_FRAMES == 0:
            self._look_at_hands()
        if self._loading and self._frame % STEP_FRAMES == 0:
            self._step()
        self._frame += 1
        if not any(self._known.get(file) for file in self._files):
            return ()
        with contextlib.suppress(*self._wrong):
            return tuple(
                self._look(number, hand, poses, lift_m) for number, hand in enumerate(hands)
            )
        return ()

    def close(self) -> None:
        """Gives back what SteamVR still holds for us."""
        for steps in self._loading.values():
            steps.close()
        self._loading.clear()
        self._models = None

    def forget(self) -> None:
        """As `close`, where SteamVR must not be called any more."""
        self._models = None
        self.close()

    # ------------------------------------------------------------ which controllers

    def _look_at_hands(self) -> None:
        vr = self._vr
        for number, role in enumerate(self._roles):
            self._files[number] = ""
            with contextlib.suppress(*self._wrong):
                device = int(self._system.getTrackedDeviceIndexForControllerRole(role))
                if device >= vr.k_unMaxTrackedDeviceCount:
                    continue
                self._devices[number] = device
                file = self._system.getStringTrackedDeviceProperty(
                    device, vr.Prop_RenderModelName_String
                )
                self._files[number] = file
                if file and file not in self._known and file not in self._loading:
                    self._loading[file] = self._load(file)

    # ------------------------------------------------------------ loading

    def _step(self) -> None:
        """One step of one model."""
        file, steps = next(iter(self._loading.items()))
        del self._loading[file]
        try:
            next(steps)
        except StopIteration as done:
            self._known[file] = done.value
        except (_JunkError, *self._wrong):
            self._known[file] = None
        else:
            self._loading[file] = steps  # behind the others

    def _load(self, file: str) -> Steps:
        """With its components where it has them; raises what is wrong with it."""
        names = self._components(file)
        if names:
            try:
                return (yield from self._load_parts(file, names))
            except (_JunkError, *self._wrong):
                pass  # the whole in one piece may be better
        return (yield from self._load_parts(file, {b"": file}))

    def _components(self, file: str) -> dict[bytes, str]:
        """The file of each component that can be seen; "tip" and such are places only."""
        models = self._models
        found: dict[bytes, str] = {}
        for number in range(min(int(models.getComponentCount(file)), PARTS_MAX)):
            name = models.getComponentName(file, number)
            part = models.getComponentRenderModelName(file, name) if name else ""
            if part:
                found[name.encode("utf-8")] = part
        return found

    def _load_parts(self, file: str, names: dict[bytes, str]) -> Steps:
        parts: list[HandPart] = []
        pictures: dict[int, NDArray[np.uint8] | None] = {}
        for part_file in names.values():
            part, texture = yield from self._load_part(part_file)
            if texture >= 0 and texture not in pictures:
                pictures[texture] = yield from self._load_texture(texture)
            parts.append(replace(part, texture=pictures.get(texture)))
            if sum(len(one.positions) for one in parts) > MODEL_VERTICES_MAX:
                raise _JunkError
            yield
        known = _Known(
            HandModel(file, tuple(parts)), file.encode("utf-8"), tuple(names), (),
            np.tile(np.eye(4), (len(parts), 1, 1)), np.ones(len(parts), np.bool_),
        )  # fmt: skip
        if b"" in names:
            return known
        moving = tuple(
            number
            for number in range(len(parts))
            if not self._place(known, number, 0) & self._vr.VRComponentProperty_IsStatic
        )
        return replace(known, moving=moving)

    def _load_part(self, file: str) -> Generator[None, None, tuple[HandPart, int]]:
        model = yield from self._once_there(lambda: self._models.loadRenderModel_Async(file))
        try:
            part = part_of(model)
            texture = int(model.diffuseTextureId)
        finally:
            self._models.freeRenderModel(model)
        if part is None:
            raise _JunkError
        return part, texture

    def _load_texture(self, number: int) -> Generator[None, None, NDArray[np.uint8] | None]:
        """None for one that cannot be used: the shape alone is worth having."""
        try:
            texture = yield from self._once_there(lambda: self._models.loadTexture_Async(number))
        except self._wrong:
            return None
        try:
            copy = TextureCopy(texture, self._vr.VRRenderModelTextureFormat_RGBA8_SRGB)
            while copy.more():
                yield
        except ValueError:
            return None
        else:
            return copy.pixels
        finally:
            if self._models is not None:
                self._models.freeTexture(texture)

    def _once_there(self, ask: Callable[[], Any]) -> Generator[None, None, Any]:
        while True:
            try:
                answer = ask()
            except self._vr.error_code.RenderModelError_Loading:
                yield
                continue
            if answer is None:
                raise _JunkError
            return answer

    # ------------------------------------------------------------ as they are now

    def _look(self, number: int, hand: HandState, poses: Any, lift_m: float) -> HandLook | None:
        known = self._known.get(self._files[number])
        pose = poses[self._devices[number]] if known is not None else None
        if known is None or pose is None or not (hand.tracked and pose.bPoseIsValid):
            return None
        for part in known.moving:
            self._place(known, part, self._sources[number])
        world_from_device: Matrix = np.eye(4)
        world_from_device[:3] = np.frombuffer(pose, np.float32, 12).reshape(3, 4)
        world_from_device[1, 3] += lift_m
        hand_from_device = inverse_rigid(hand.world_from_hand) @ world_from_device
        return HandLook(known.model, hand_from_device @ known.device_from_part, known.shown.copy())

    def _place(self, known: _Known, part: int, source: int) -> int:
        """Where a component is now and whether it shows; returns all its properties.

        Not through openvr's own wrapper, which takes four times as long.
        """
        state = self._state
        found = self._models.function_table.getComponentStateForDevicePath(
            known.file, known.names[part], source,
            ctypes.byref(self._mode), ctypes.byref(state),
        )  # fmt: skip
        if not found:
            return int(self._vr.VRComponentProperty_IsStatic)
        rows = np.frombuffer(state, np.float32, 12).reshape(3, 4)
        if np.isfinite(rows).all():
            known.device_from_part[part, :3] = rows
        properties = int(state.uProperties)
        known.shown[part] = bool(properties & self._vr.VRComponentProperty_IsVisible)
        return properties
