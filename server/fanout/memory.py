"""Fan-out between the hubs of one process."""

from collections.abc import Callable

from server.fanout.contract import Hear, Notice


class MemoryFanout:
    """Calls every subscriber at once, in the order they subscribed."""

    def __init__(self) -> None:
        self._hearers: dict[int, Hear] = {}
        self._serial = 0

    def subscribe(self, hear: Hear) -> Callable[[], None]:
        """See the contract."""
        self._serial += 1
        number = self._serial
        self._hearers[number] = hear

        def end() -> None:
            self._hearers.pop(number, None)

        return end

    def publish(self, notice: Notice) -> None:
        """See the contract."""
        for hear in tuple(self._hearers.values()):
            hear(notice)
