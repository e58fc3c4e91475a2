"""What a frame asks its worker's pipe: is there anything to read, or is it the end?"""

import select
from multiprocessing import Pipe

import pytest

from vr_client.net.handle import _watch


@pytest.fixture(params=["as the system has it", "without select.poll"])
def pipe(request, monkeypatch):
    """(what a frame asks, our end, the worker's end), on this system and on one like Windows."""
    if request.param == "without select.poll":
        monkeypatch.delattr(select, "poll", raising=False)
    ours, theirs = Pipe(duplex=False)
    yield _watch(ours), ours, theirs
    ours.close()
    theirs.close()


def test_nothing_waits_until_something_is_sent_and_again_once_it_is_read(pipe):
    waits, ours, theirs = pipe
    assert waits() is False
    theirs.send_bytes(b"one")
    theirs.send_bytes(b"two")
    for sent in (b"one", b"two"):
        assert waits() is True
        assert waits() is True  # to ask takes nothing away
        assert ours.recv_bytes() == sent
    assert waits() is False


def test_the_end_is_something_to_read_too(pipe):
    waits, ours, theirs = pipe
    assert waits() is False
    theirs.close()
    assert waits() is True
    with pytest.raises(EOFError):
        ours.recv_bytes()
    assert waits() is True


def test_what_was_sent_before_the_end_is_read_first(pipe):
    waits, ours, theirs = pipe
    theirs.send_bytes(b"goodbye")
    theirs.close()
    assert waits() is True
    assert ours.recv_bytes() == b"goodbye"
    assert waits() is True
    with pytest.raises(EOFError):
        ours.recv_bytes()


def test_where_the_system_has_no_poll_the_connection_itself_is_asked(monkeypatch):
    monkeypatch.delattr(select, "poll", raising=False)
    ours, theirs = Pipe(duplex=False)
    with ours, theirs:
        waits = _watch(ours)
        assert waits.__self__ is ours
        assert waits.__func__ is type(ours).poll


def test_where_the_system_has_poll_the_connection_is_not_asked():
    ours, theirs = Pipe(duplex=False)
    with ours, theirs:
        itself = getattr(_watch(ours), "__self__", None) is ours
        assert itself != hasattr(select, "poll")
