"""How far a long replay is: a line that is rewritten on a terminal, else a line now and then."""

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import Final, TextIO

Progress = Callable[[str, int, int], None]
"""(stage, done, of how many): `read` counts bytes, `replay` frames."""

LINE_S: Final = 10.0
"""Between two lines where nothing can be rewritten: in a log, or in the output of a build."""

SETTLED_SHARE: Final = 0.02
"""Before so much is done nobody knows how long the rest takes."""


@contextlib.contextmanager
def progress_on(file: TextIO, *, lines: bool) -> Iterator[Progress]:
    """Tell it on `file`: if that is no terminal, in `lines` or not at all."""
    if not file.isatty():
        yield Lines(file, time.monotonic).tell if lines else _nothing
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[how_far]}"),
               TimeRemainingColumn())  # fmt: skip
    tasks: dict[str, TaskID] = {}
    with Bar(*columns, console=Console(file=file), transient=True) as bar:

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                for before in tasks.values():
                    bar.remove_task(before)
                tasks[stage] = bar.add_task(f"{stage}ing", total=total, how_far="")
            bar.update(
                tasks[stage], completed=done, total=total, how_far=how_far(stage, done, total)
            )

        yield tell


class Lines:
    """A line for each stage that takes long, every `LINE_S` seconds."""

    def __init__(self, file: TextIO, clock_s: Callable[[], float]) -> None:
        self._file, self._clock_s = file, clock_s
        self._stage = ""
        self._told_s, self._told = 0.0, 0

    def tell(self, stage: str, done: int, total: int) -> None:
        """This far is it now."""
        now_s = self._clock_s()
        if stage != self._stage:
            self._stage, self._told_s, self._told = stage, now_s, done
        if now_s - self._told_s < LINE_S or done >= total:
            return
        rest = ""
        if done > SETTLED_SHARE * total and done > self._told:
            # As fast as since the line before: before the store is there, frames take no time.
            left_s = (now_s - self._told_s) * (total - done) / (done - self._told)
            rest = f", {duration(left_s)} left"
        self._told_s, self._told = now_s, done
        self._file.write(f"{stage}ing: {how_far(stage, done, total)}{rest}\n")
        self._file.flush()


def how_far(stage: str, done: int, total: int) -> str:
    """Frames by number; bytes, which nobody counts, by their share."""
    if stage == "read":
        return f"{100 * done // max(1, total)} %"
    return f"{done:,} of {total:,} frames"


def duration(seconds: float) -> str:
    """Roughly, as people say it: `40 s`, `3 min 20 s`, `1 h 5 min`."""
    whole = max(1, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def _nothing(_stage: str, _done: int, _total: int) -> None:
    """Nobody is told."""
