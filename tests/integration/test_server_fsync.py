"""The sync to disk comes before the acknowledgement: seen from outside, in the system calls."""

import os
import re
import signal
import sys
from pathlib import Path

import pytest

from catalog_sync.wire.messages import Ack, AddItem

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="strace is Linux's")

CALLS = "fsync,fdatasync,sendto,sendmsg,write,writev,pwrite64,pwritev"
SYNC_BEGUN = re.compile(r"^(\d+) +(?:fsync|fdatasync)\(\d+<[^>]*-wal>")
SYNC_RESUMED = re.compile(r"^(\d+) +<\.\.\. (?:fsync|fdatasync) resumed>.* = 0$")


def story_of(trace, op_id):
    """The places (line numbers) of the log write, its finished sync and the ack of `op_id`.

    strace writes a call that another thread's call interrupts as two lines, `<unfinished ...>` and
    `<... resumed>`: a sync counts from its second line on, a send from its first.
    """
    written = synced = acked = None
    under_way = set()
    for number, line in enumerate(trace):
        if written is None and "-wal>" in line and "write" in line and op_id in line:
            written = number
        begun = SYNC_BEGUN.match(line)
        if begun and written is not None:
            if line.endswith(" = 0"):
                synced = number if synced is None else synced
            elif line.endswith("<unfinished ...>"):
                under_way.add(begun[1])
        resumed = SYNC_RESUMED.match(line)
        if resumed and resumed[1] in under_way:
            under_way.discard(resumed[1])
            synced = number if synced is None else synced
        if acked is None and re.match(r"^\d+ +send(to|msg)\(|^\d+ +writev?\(", line):
            acked = number if op_id in line and "-wal>" not in line else None
    return written, synced, acked


def test_the_log_is_synced_before_the_ack_leaves(serve, talk, tmp_path):
    trace_file = tmp_path / "trace"
    strace = ["strace", "-f", "-y", "-s", "8192", "-e", f"trace={CALLS}", "-o", trace_file]
    server = serve(before=[*strace, "--"])
    # strace keeps signals to itself, so the server behind it is told by its own number.
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text()
    (traced,) = map(int, children.split())
    op_ids = [f"op-to-be-seen-{number}" for number in range(5)]
    try:
        with server.live() as socket:
            device = talk(socket)
            for op_id in op_ids:
                device.op(AddItem("TEA", 1), op_id)
                assert device.hear(Ack).id == op_id
    finally:
        os.kill(traced, signal.SIGTERM)
    assert server.process.wait(20) == 0
    trace = trace_file.read_text(errors="replace").splitlines()
    for op_id in op_ids:
        written, synced, acked = story_of(trace, op_id)
        assert None not in {written, synced, acked}
        assert written < synced < acked


def test_the_witness_would_see_an_ack_that_runs_ahead():
    write = '7 pwrite64(5</s/shop.sqlite-wal>, "..op-1..", 4096, 32) = 4096'
    sync = "7 fdatasync(5</s/shop.sqlite-wal>) = 0"
    send = '6 sendto(9<socket:[1]>, "..op-1..", 20, 0, NULL, 0) = 20'
    begun = "7 fdatasync(5</s/shop.sqlite-wal> <unfinished ...>"
    done = "7 <... fdatasync resumed>) = 0"
    failed = "7 <... fdatasync resumed>) = -1 EIO (Input/output error)"
    other = "7 fdatasync(4</s/shop.sqlite>) = 0"
    assert story_of([write, sync, send], "op-1") == (0, 1, 2)
    assert story_of([write, begun, send, done], "op-1") == (0, 3, 2)
    assert story_of([write, begun, done, send], "op-1") == (0, 2, 3)
    assert story_of([sync, write, send], "op-1") == (1, None, 2)
    assert story_of([write, begun, failed, other, send], "op-1") == (0, None, 4)
