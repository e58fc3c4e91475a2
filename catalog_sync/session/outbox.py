"""What the shopper asked for and the server has not answered: kept, and sent again, in order."""

from collections.abc import Iterable, Iterator

from catalog_sync.wire.limits import ID_CHARS_MAX, OPS_IN_FLIGHT_MAX, OUTBOX_OPS_MAX
from catalog_sync.wire.messages import Op


class Outbox:
    """Ops by id in the order they were added; the first `in_flight` of them were sent.

    An op leaves only when the server answered it, so after any break the rest is sent again and
    the server, which knows their ids, lets each take effect once.
    """

    def __init__(self, ops: Iterable[Op] = ()) -> None:
        self._ops: dict[str, Op] = {}
        self._sent: set[str] = set()
        self.revision = 0  # grows with every change of `ops`, so that a keeper sees it is stale
        for op in ops:
            self.add(op)

    def __len__(self) -> int:
        return len(self._ops)

    def __iter__(self) -> Iterator[Op]:
        return iter(tuple(self._ops.values()))

    @property
    def in_flight(self) -> int:
        """Ops sent on this connection and not answered."""
        return len(self._sent)

    def add(self, op: Op) -> bool:
        """Keep `op`; False when the outbox is full. An id that is already here is kept once.

        Raises:
            ValueError: the id is empty or longer than the wire allows.
        """
        if not 0 < len(op.id) <= ID_CHARS_MAX:
            raise ValueError(f"op id of {len(op.id)} characters; 1 to {ID_CHARS_MAX}")
        if op.id in self._ops:
            return True
        if len(self._ops) >= OUTBOX_OPS_MAX:
            return False
        self._ops[op.id] = op
        self.revision += 1
        return True

    def settle(self, op_id: str) -> bool:
        """The server answered `op_id`; False when it is not here (answered twice)."""
        if self._ops.pop(op_id, None) is None:
            return False
        self._sent.discard(op_id)
        self.revision += 1
        return True

    def replace(self, ops: Iterable[Op]) -> None:
        """Keep exactly `ops`, at most `OUTBOX_OPS_MAX`, none of them sent."""
        self._ops = {op.id: op for op in ops}
        assert len(self._ops) <= OUTBOX_OPS_MAX
        self._sent.clear()
        self.revision += 1

    def rewind(self) -> None:
        """The connection is gone: nothing is in flight any more."""
        self._sent.clear()

    def next_to_send(self) -> Op | None:
        """The oldest op not sent, unless as many as allowed are in flight."""
        if self.in_flight >= OPS_IN_FLIGHT_MAX:
            return None
        return next((op for op in self._ops.values() if op.id not in self._sent), None)

    def mark_sent(self, op: Op) -> None:
        """`op` left on this connection."""
        assert op.id in self._ops
        self._sent.add(op.id)
