"""`endcap shop` where SteamVR is missing, damaged or hostile: one sentence, and the window."""

import json
import subprocess

import pytest
from window_person import Eyes, display, shopping
from x_person import XPerson

from tests.headset_runtime.conftest import headset, steamvr  # noqa: F401 - fixtures

pytestmark = pytest.mark.gl

SIZE = (480, 360)
CRASH = "*(volatile int *)0 = 1;"
FACTORY = "void *VRClientCoreFactory(const char *name, int *error)"
CASES = {
    "no runtime": ("whole", None, "SteamVR is not installed here"),
    "junk file": ("{nope", None, "SteamVR's file {file} is damaged"),
    "junk library": (
        "whole", b"not a library",
        "SteamVR's library cannot be used (vrclient Shared Lib Not Found (102))",
    ),
    "no factory": (
        "whole", "int nothing;",
        "SteamVR's library cannot be used (Factory Function Not Found (104))",
    ),
    "crashes when loaded": (
        "whole", f"__attribute__((constructor)) static void begin(void) {{ {CRASH} }}",
        "SteamVR's library crashes",
    ),
    "crashes when asked": (
        "whole", f"{FACTORY} {{ {CRASH} return 0; }}", "SteamVR's library crashes",
    ),
}  # fmt: skip
"""What the path registry says, what the library is, and what the shopper is told."""


@pytest.fixture(scope="module")
def screen():
    with display(SIZE) as number:
        yield number


@pytest.fixture(scope="module")
def url(module_serve):
    return module_serve().url


def installed(folder, registry, library):
    """The path of a registry, with a runtime beside it."""
    file = folder / "openvrpaths.vrpath"
    if registry == "whole":
        tree = {"config": [str(folder)], "log": [str(folder)], "jsonid": "vrpathreg", "version": 1}
        registry = json.dumps(tree | {"runtime": [str(folder / "runtime")]})
    if registry is not None:
        file.write_text(registry)
    if library is not None:
        path = folder / "runtime" / "bin" / "linux64" / "vrclient.so"
        path.parent.mkdir(parents=True)
        if isinstance(library, bytes):
            path.write_bytes(library)
        else:
            (folder / "library.c").write_text(library)
            subprocess.run(
                ["g++", "-x", "c", "-fPIC", "-shared", str(folder / "library.c"), "-o", str(path)],
                check=True,
            )
    return file


def opens_in_a_window(url, number, home, sentence):
    home.mkdir()
    with shopping(url, number, home) as process:
        person = XPerson(number)
        eyes = Eyes(person)
        person.wait_for(eyes.inside, 60)
        person.close_window(eyes.window)
        out, errors = process.communicate(timeout=20)
        person.close()
    assert (process.returncode, out) == (0, "")
    assert errors == f"endcap: {sentence}, so the shop opens in a window.\n"


@pytest.mark.parametrize("case", CASES)
def test_without_a_usable_steamvr_the_shop_opens_in_a_window(
    url, screen, tmp_path, monkeypatch, case
):
    registry, library, sentence = CASES[case]
    file = installed(tmp_path, registry, library)
    monkeypatch.setenv("VR_PATHREG_OVERRIDE", str(file))
    opens_in_a_window(url, screen, tmp_path / "home", sentence.format(file=file))


def test_without_a_headset_the_shop_opens_in_a_window(
    headset, url, screen, tmp_path  # noqa: F811 - fixtures
):  # fmt: skip
    headset.no_headset = 1
    sentence = "SteamVR is installed but sees no headset"
    opens_in_a_window(url, screen, tmp_path / "home", sentence)


def test_a_steamvr_that_does_not_start_leaves_the_window(
    headset, url, screen, tmp_path  # noqa: F811 - fixtures
):  # fmt: skip
    headset.init_error = 108
    sentence = "SteamVR did not start (Hmd Not Found (108), InitError_Init_HmdNotFound)"
    opens_in_a_window(url, screen, tmp_path / "home", sentence)
