"""Places where the server kills itself, for the tests that prove that nothing is lost or doubled.

Inert without the variable `ENDCAP_FAILPOINT=PLACE:N`. With it the process ends as by `kill -9` at
the Nth time it comes past PLACE, counted from 1:

    before_commit   the Nth shopper's change is in its transaction, which is not committed
    after_commit    the transaction with the Nth shopper's change is committed, nobody knows yet
    after_ack       the Nth acknowledgement was written to its socket
"""

import os
import signal
import threading
from collections.abc import Mapping

from catalog_sync.model.failure import Failure

VARIABLE = "ENDCAP_FAILPOINT"
PLACES = ("before_commit", "after_commit", "after_ack")


class Failpoints:
    """Counts how often each place was passed; two threads pass them."""

    def __init__(self, place: str = "", strike: int = 0) -> None:
        self._place = place
        self._left = strike
        self._lock = threading.Lock()

    def passed(self, place: str, times: int = 1) -> None:
        """`place` was passed `times` times; does not return if that was the strike."""
        if place != self._place or times == 0:
            return
        with self._lock:
            self._left -= times
            if self._left <= 0:
                # As hard as it can be: on Windows os.kill(SIGTERM) is TerminateProcess.
                os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def failpoints_from(environment: Mapping[str, str]) -> Failpoints:
    """The failpoints that the environment asks for.

    Raises:
        Failure: the variable is set and makes no sense.
    """
    text = environment.get(VARIABLE, "")
    if not text:
        return Failpoints()
    place, _, count = text.partition(":")
    if place not in PLACES or not count.isdecimal() or not 1 <= int(count) <= 10**9:
        raise Failure(
            f"{VARIABLE}={text!r} is not one of {', '.join(PLACES)} followed by :N; correct or "
            "unset it."
        )
    return Failpoints(place, int(count))
