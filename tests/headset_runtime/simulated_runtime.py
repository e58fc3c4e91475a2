"""Builds the simulated SteamVR runtime, and drives it through the file that both map."""

import ctypes
import json
import mmap
import os
import subprocess
from pathlib import Path

import numpy as np
from controllers import Controllers

SOURCE = Path(__file__).with_name("runtime.cpp")
INTERFACES = (
    "IVRSystem", "IVRCompositor", "IVRChaperone", "IVRInput", "IVRApplications", "IVRRenderModels",
)  # fmt: skip
SIDE_MAX = 512
HEAD, LEFT, RIGHT = range(3)
NO_DEVICE = 0xFFFFFFFF

Matrix34 = ctypes.c_float * 12


class Action(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_char * 64),
        ("left", ctypes.c_float * 2),
        ("right", ctypes.c_float * 2),
        ("bound", ctypes.c_int32 * 2),
    ]


class Registered(ctypes.Structure):
    _fields_ = [
        ("path", ctypes.c_char * 512),
        ("key", ctypes.c_char * 64),
        ("temporary", ctypes.c_int32),
        ("overlay", ctypes.c_int32),
        ("starts", ctypes.c_int32),
    ]


class Event(ctypes.Structure):
    _fields_ = [("type", ctypes.c_uint32), ("device", ctypes.c_uint32)]


class Eye(ctypes.Structure):
    _fields_ = [
        ("submits", ctypes.c_uint32),
        ("width", ctypes.c_uint32),
        ("height", ctypes.c_uint32),
        ("type", ctypes.c_uint32),
        ("colour_space", ctypes.c_uint32),
        ("bounds", ctypes.c_float * 4),
        ("pixels", ctypes.c_uint8 * (SIDE_MAX * SIDE_MAX * 4)),
    ]

    def picture(self):
        """(h, w, 4) u1, top row first, as a person in the headset sees it."""
        flat = np.frombuffer(self.pixels, np.uint8)[: self.width * self.height * 4]
        return flat.reshape(self.height, self.width, 4)[::-1].copy()


class Shared(ctypes.Structure):
    """As `Shared` in runtime.cpp."""

    _fields_ = [
        ("init_error", ctypes.c_int32),
        ("no_headset", ctypes.c_int32),
        ("compositor_error", ctypes.c_int32),
        ("wait_error", ctypes.c_int32),
        ("input_available", ctypes.c_int32),
        ("width", ctypes.c_uint32),
        ("height", ctypes.c_uint32),
        ("raw", (ctypes.c_float * 4) * 2),
        ("eye_to_head", Matrix34 * 2),
        ("poses", Matrix34 * 3),
        ("valid", ctypes.c_int32 * 3),
        ("play_area", ctypes.c_float * 2),
        ("events", Event * 16),
        ("events_written", ctypes.c_uint32),
        ("actions", Action * 24),
        ("leave_gl_error", ctypes.c_int32),
        ("bindings_decide", ctypes.c_int32),
        ("activity", ctypes.c_int32),
        ("unknown_application", ctypes.c_int32),
        ("hidden", (ctypes.c_float * 48) * 2),
        ("hidden_count", ctypes.c_uint32 * 2),
        ("display_hz", ctypes.c_float),
        ("gpu_ms", ctypes.c_float),
        ("models", (ctypes.c_char * 64) * 3),
        ("model_waits", ctypes.c_int32),
        ("trigger_way", ctypes.c_float * 3),
        ("trigger_hidden", ctypes.c_int32),
        ("no_render_models", ctypes.c_int32),
        ("family", ctypes.c_char * 64),
        ("dead", ctypes.c_int32),
        ("events_read", ctypes.c_uint32),
        ("inits", ctypes.c_uint32),
        ("cleanups", ctypes.c_uint32),
        ("waits", ctypes.c_uint32),
        ("quits_acknowledged", ctypes.c_uint32),
        ("handoffs", ctypes.c_uint32),
        ("haptics", ctypes.c_uint32),
        ("universe", ctypes.c_uint32),
        ("faults", ctypes.c_uint32),
        ("fault", ctypes.c_char * 256),
        ("manifest", ctypes.c_char * 512),
        ("app_manifest", ctypes.c_char * 512),
        ("app_key", ctypes.c_char * 64),
        ("app_temporary", ctypes.c_uint32),
        ("app_process", ctypes.c_uint32),
        ("named_after_actions", ctypes.c_uint32),
        ("resets", ctypes.c_uint32 * 2),
        ("models_given", ctypes.c_uint32),
        ("models_freed", ctypes.c_uint32),
        ("textures_given", ctypes.c_uint32),
        ("textures_freed", ctypes.c_uint32),
        ("model_asks", ctypes.c_uint32),
        ("registered", Registered * 4),
        ("application_error", ctypes.c_uint32),
        ("calls_made", ctypes.c_uint32),
        ("calls", ctypes.c_char * 4096),
        ("eyes", Eye * 2),
    ]

    def send(self, event, device=NO_DEVICE):
        """What the next `pollNextEvent` says, of which device."""
        self.events[self.events_written % 16] = Event(int(event), device)
        self.events_written += 1

    @property
    def order(self):
        """The calls so far, a letter each: i(nit) w(ait) a(ctions) l(eft) r(ight) z(ero pose)
        q(uit acknowledged) s(hutdown)."""
        return self.calls.decode()

    def place(self, device, matrix):
        """A (4, 4) pose of the head or a hand, from now on tracked."""
        self.poses[device][:] = np.asarray(matrix, np.float32)[:3].ravel().tolist()
        self.valid[device] = 1

    def holds_model(self, device, name):
        """What a controller looks like from now on."""
        self.models[device].value = name.encode()

    def hold(self, action, left=(0.0, 0.0), right=(0.0, 0.0), bound=(1, 1)):
        """What the buttons and sticks say from now on. The client must have asked for `action`."""
        name = f"/actions/shop/in/{action}".encode()
        found = next(one for one in self.actions if one.name == name)
        found.left[:], found.right[:], found.bound[:] = left, right, bound

    def controllers(self, family):
        """One of `family` in each hand from now on; the client must have been opened."""
        return Controllers(self, family)


def build(folder: Path) -> Path:
    """Compiles the runtime; gives the folder that stands for SteamVR's installation."""
    import openvr

    lines = []
    for interface in INTERFACES:
        names = [field[0] for field in getattr(openvr, f"{interface}_FnTable")._fields_]
        slots = ", ".join(f"{interface}_{name} = {slot}" for slot, name in enumerate(names))
        lines.append(f"enum {{ {slots}, {interface}_COUNT = {len(names)} }};")
    (folder / "slots.h").write_text("\n".join(lines) + "\n")
    library = folder / "runtime" / "bin" / "linux64" / "vrclient.so"
    library.parent.mkdir(parents=True)
    subprocess.run(
        ["g++", "-std=c++17", "-O1", "-Wall", "-Wextra", "-Werror", "-fPIC", "-shared",
         "-Wl,-z,nodelete",
         f"-I{folder}", f"-I{SOURCE.parent}", str(SOURCE), "-o", str(library), "-ldl"],
        check=True, timeout=120,
    )  # fmt: skip
    return folder / "runtime"


def registry(folder: Path, runtime: Path) -> Path:
    """The file by which programs find SteamVR."""
    path = folder / "openvrpaths.vrpath"
    tree = {
        "config": [str(folder)], "external_drivers": None, "jsonid": "vrpathreg",
        "log": [str(folder)], "runtime": [str(runtime)], "version": 1,
    }  # fmt: skip
    path.write_text(json.dumps(tree))
    return path


def map_shared(path: Path) -> tuple[Shared, mmap.mmap]:
    """The file made anew, and its mapping, which must live as long as what is in it."""
    path.write_bytes(bytes(ctypes.sizeof(Shared)))
    descriptor = os.open(path, os.O_RDWR)
    memory = mmap.mmap(descriptor, ctypes.sizeof(Shared))
    os.close(descriptor)
    return Shared.from_buffer(memory), memory
