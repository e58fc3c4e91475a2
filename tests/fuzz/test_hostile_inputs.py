"""Broken files of every kind: each ends well or in one sentence, in bounded memory and time.

Inputs are numbered and made from their number alone, so a failure repeats with
`python tests/fuzz/hostile.py TARGET NUMBER 1 FOLDER`, from the project's folder.
"""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import targets

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
SAMPLE = {
    "gltf": 1200, "mesh": 1000, "csv": 2500, "toml": 2500, "handling": 1000,
    "psa": 500, "positions": 1500, "vazen": 1000,
}  # fmt: skip
SOAK = 20_000
OUT_OF_PATIENCE_S = 1800


def hostile(target, first, count, folder):
    folder.mkdir()
    paths = os.pathsep.join([str(PROJECT), str(HERE)])
    done = subprocess.run(
        [sys.executable, str(HERE / "hostile.py"), target, str(first), str(count), str(folder)],
        capture_output=True, text=True, encoding="utf-8", errors="replace",
        timeout=OUT_OF_PATIENCE_S, cwd=PROJECT, env=os.environ | {"PYTHONPATH": paths},
    )  # fmt: skip
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    ran = sum(line.get("done", 0) for line in told)
    # A process that ends early (a signal, a crash in a library) is found by its missing count.
    assert (done.returncode, ran) == (0, count), done.stderr[-2000:]
    return [line for line in told if "wrong" in line]


def test_every_target_has_its_sample():
    assert SAMPLE.keys() == targets.TARGETS.keys()


@pytest.mark.parametrize("target", sorted(SAMPLE))
def test_a_sample_of_broken_inputs_ends_in_sentences(target, tmp_path):
    assert hostile(target, 0, SAMPLE[target], tmp_path / "in") == []


@pytest.mark.soak
@pytest.mark.parametrize("target", sorted(SAMPLE))
def test_twenty_thousand_broken_inputs_end_in_sentences(target, tmp_path):
    pieces = 4
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        jobs = [
            pool.submit(hostile, target, SOAK // pieces * n, SOAK // pieces, tmp_path / f"in{n}")
            for n in range(pieces)
        ]
        assert [wrong for job in jobs for wrong in job.result()] == []


def test_the_kernel_saw_no_other_file_opened(tmp_path):
    """The same question put to strace, for what libraries open without asking Python."""
    strace = shutil.which("strace")
    assert strace is not None, "strace is missing; make setup installs it"
    folder, log = tmp_path / "in", tmp_path / "opens.log"
    folder.mkdir()
    paths = os.pathsep.join([str(PROJECT), str(HERE)])
    for target in sorted(SAMPLE):
        subprocess.run(
            [strace, "-f", "-e", "trace=openat,open,openat2,connect", "-o", str(log),
             sys.executable, str(HERE / "hostile.py"), target, "0", "150", str(folder)],
            capture_output=True, check=True, timeout=OUT_OF_PATIENCE_S, cwd=PROJECT,
            env=os.environ | {"PYTHONPATH": paths},
        )  # fmt: skip
        lines = log.read_text(errors="replace").splitlines()
        assert len(lines) > 100
        assert not [line for line in lines if "connect(" in line and "AF_INET" in line]
        # Names that only a broken input can ask for.
        bait = ("passwd", "win.ini", "boot.ini", "/dev/zero", "/dev/stdin", "self/environ")
        assert not [line for line in lines if any(name in line for name in bait)]
