"""Feed one target many broken inputs in this process, and say what went wrong with which.

    python tests/fuzz/hostile.py TARGET FIRST COUNT FOLDER

Input number n is made from the seed n alone. It may end well or in a `Failure` of one line. What
else it ends in, a file opened outside FOLDER, more than 10 s of processor time for one input, or a
process of more than 1 GiB, is printed as one JSON object a line, with the input kept in FOLDER.
"""

import contextlib
import json
import os
import random
import signal
import sys
import tempfile
import traceback
from pathlib import Path

import targets

from catalog_sync.model.failure import Failure

CPU_S_MAX = 10.0
PEAK_KB_MAX = 1024 * 1024
WRONG_CHARS_MAX = 1500


class TooSlowError(BaseException):
    """An input took more processor time than it may."""


def _too_slow(_signal, _frame):
    raise TooSlowError


class Watch:
    """Notes every file that is opened while it looks."""

    def __init__(self) -> None:
        self.on = False
        self.opened: list[str] = []
        sys.addaudithook(self._hear)

    def _hear(self, event, arguments):
        if self.on and event in {"open", "os.listdir", "os.scandir", "socket.connect"}:
            self.opened.append(str(arguments[0]) if event != "socket.connect" else "a socket")


def main() -> None:
    """Run the inputs that the command line asks for."""
    name, first, count, folder = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])
    target = targets.TARGETS[name]
    folder = inside = folder.resolve()
    allowed = _own_code()
    tempfile.tempdir = str(inside)
    os.chdir(inside)  # relative names are as good as any
    seeds = target.seeds()
    for data in seeds:  # whatever is imported late is imported now, and must not be noted
        with contextlib.suppress(Failure):
            target.run(data, folder)
    watch = Watch()
    signal.signal(signal.SIGPROF, _too_slow)
    for number in range(first, first + count):
        data = target.mutate(random.Random(f"{name}/{number}"), seeds)
        watch.opened.clear()
        watch.on = True
        signal.setitimer(signal.ITIMER_PROF, CPU_S_MAX)
        try:
            target.run(data, folder)
            wrong = ""
        except Failure as failure:
            told = str(failure)
            wrong = "" if told and "\n" not in told and len(told) < 1000 else f"says {told!r}"
        except TooSlowError:
            wrong = f"took more than {CPU_S_MAX:g} s"
        except BaseException:  # a traceback is what this looks for
            wrong = traceback.format_exc(limit=-6)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            watch.on = False
        strange = [path for path in watch.opened if not _is_inside(path, inside, allowed)]
        if strange:
            wrong = f"opened {strange[:3]}"
        peak_kb = _peak_kb()
        if peak_kb > PEAK_KB_MAX:
            wrong = f"the process grew to {peak_kb // 1024} MiB"
        if wrong:
            kept = folder / f"{name}-{number}.bad"
            kept.write_bytes(data)
            print(
                json.dumps({"target": name, "number": number, "wrong": wrong[:WRONG_CHARS_MAX]}),
                flush=True,
            )
        if peak_kb > PEAK_KB_MAX:
            break  # all that follow would be blamed for it
    print(json.dumps({"target": name, "done": number + 1 - first}), flush=True)


def _peak_kb() -> int:
    """The most memory that this program held; `ru_maxrss` has that of its parent as well."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    raise AssertionError("the system does not say how much memory a process took")


def _own_code() -> tuple[str, ...]:
    """Where Python's own modules lie: a late import is no reading of a stranger's file."""
    roots = {sys.prefix, sys.base_prefix, str(Path(__file__).resolve().parents[2])}
    return tuple(root.rstrip(os.sep) + os.sep for root in roots)


def _is_inside(path, inside, allowed):
    if path.isdecimal():  # a descriptor, of something that was opened before
        return True
    try:
        resolved = Path(path).resolve()
    except (OSError, ValueError):
        return False
    if resolved.is_relative_to(inside):
        return True
    code = (".py", ".pyc", ".so", ".json", ".dat", ".glsl", ".pyd")
    return str(resolved).startswith(allowed) and (resolved.suffix in code or resolved.is_dir())


if __name__ == "__main__":
    main()
