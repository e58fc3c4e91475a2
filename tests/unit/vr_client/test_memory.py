"""Arrays that come and go in every frame cost no pages once they were there."""

import subprocess
import sys

from vr_client.memory import keep_memory

SCRIPT = """
import resource
import sys
import numpy as np
from vr_client.memory import keep_memory

if "kept" in sys.argv:
    assert keep_memory()
for number in range(400):
    if number == 200:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    large = [np.ones(100_000 + 30_000 * (number % 7)) for _ in range(3)]
    del large
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def faults(*words):
    told = subprocess.run(
        [sys.executable, "-c", SCRIPT, *words], capture_output=True, text=True, check=True
    )
    return int(told.stdout)


def test_what_was_free_is_used_again_without_asking_the_system():
    if not sys.platform.startswith("linux"):
        assert not keep_memory()  # no other allocator can be told so
        return
    assert faults("kept") < 100
    assert faults() > 10 * 100  # else the test shows nothing
