"""Every kind of fan-out, by the name that people give it."""

from collections.abc import Callable

from server.fanout.contract import Fanout
from server.fanout.memory import MemoryFanout

FANOUTS: dict[str, Callable[[], Fanout]] = {"memory": MemoryFanout}
