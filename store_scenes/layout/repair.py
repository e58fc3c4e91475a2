"""`check --fix`: the changes that are safe, made in the files and nowhere else in them."""

import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path

from store_scenes.feeds.files import whole_file
from store_scenes.layout.documents import Finding, Fix
from store_scenes.layout.load import TOML_BYTES_MAX, read_bounded


def repaired(findings: Iterable[Finding], folder: Path) -> dict[str, tuple[bytes, bytes]]:
    """The files that would change: their bytes before and after.

    Changes that touch one another wait for the next time.

    Raises:
        Failure: a file cannot be read any more.
    """
    by_path: dict[str, list[Fix]] = {}
    for finding in findings:
        if finding.repair is not None:
            by_path.setdefault(finding.repair.path, []).append(finding.repair)
    changed: dict[str, tuple[bytes, bytes]] = {}
    for path, fixes in by_path.items():
        before = read_bounded(folder, path, TOML_BYTES_MAX)
        # The reader takes a byte-order mark off before it counts.
        mark = 3 if before.startswith(b"\xef\xbb\xbf") else 0
        after, end = before, len(before) + 1
        for fix in sorted(set(fixes), key=lambda fix: fix.start, reverse=True):
            if fix.end + mark <= end:
                end = fix.start + mark
                after = after[:end] + fix.text.encode() + after[fix.end + mark :]
        changed[path] = (before, after)
    return changed


def write_repaired(changed: Mapping[str, tuple[bytes, bytes]], folder: Path) -> None:
    """Put the changed files in the place of the old ones, each whole or not at all.

    Raises:
        Failure: a file cannot be written.
    """
    for path, (_, after) in changed.items():
        with whole_file(folder / path) as file:
            file.write(after)


def as_diff(changed: Mapping[str, tuple[bytes, bytes]]) -> list[str]:
    """The changes as a unified diff."""
    lines: list[str] = []
    for path, (before, after) in changed.items():
        old, new = (raw.decode("utf-8", "replace").splitlines() for raw in (before, after))
        lines += difflib.unified_diff(old, new, f"a/{path}", f"b/{path}", lineterm="")
    return lines
