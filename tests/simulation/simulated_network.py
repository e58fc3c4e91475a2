"""A clock, a dice and connections that break in every way real ones do; one seed decides all."""

import heapq
import itertools
import random

PING_GIVES_UP_S = 40.0


class World:
    """Events in time order. Nothing else moves `now`."""

    def __init__(self, seed):
        self.now = 0.0
        self.dice = random.Random(seed)
        self._queue = []
        self._ticket = itertools.count()

    def after(self, delay_s, call, *arguments):
        heapq.heappush(self._queue, (self.now + delay_s, next(self._ticket), call, arguments))

    def run_until(self, end_s):
        while self._queue and self._queue[0][0] <= end_s:
            self.now, _, call, arguments = heapq.heappop(self._queue)
            call(*arguments)
        self.now = end_s


class Link:
    """One connection: two ordered streams, which can be slow, stalled, half dead or cut.

    What is under way when it is cut is lost; each end hears of the cut in its own time.
    """

    def __init__(self, world, client, server):
        self._world = world
        self.ends = {"client": client, "server": server}
        self._last_at = {"client": 0.0, "server": 0.0}
        self._deaf = set()
        self._cut = False
        self._told = set()

    def send(self, to, data):
        """Deliver `data` to the end `to`, after everything sent to it before."""
        if self._cut or to in self._deaf:
            return
        due = self._world.now + self._world.dice.uniform(0.001, 0.03)
        self._last_at[to] = max(self._last_at[to], due)
        self._world.after(self._last_at[to] - self._world.now, self._deliver, to, data)

    def stall(self, to, for_s):
        self._last_at[to] = max(self._last_at[to], self._world.now + for_s)

    def half_close(self, to):
        """`to` hears nothing any more; a ping that is not answered ends it."""
        self._deaf.add(to)
        self._world.after(self._world.dice.uniform(1.0, PING_GIVES_UP_S), self.cut)

    def cut(self, code=None, reason="cut"):
        if self._cut:
            return
        self._cut = True
        for end in ("client", "server"):
            delay_s = self._world.dice.uniform(0.0, 2.0)
            self._world.after(delay_s, self._tell, end, code, reason)

    def leave(self, end):
        """`end` closes: it is not told, the other end is."""
        self._told.add(end)
        self.cut()

    def _deliver(self, to, data):
        if not self._cut and to not in self._told:
            self.ends[to].receive(self, data)

    def _tell(self, end, code, reason):
        if end not in self._told:
            self._told.add(end)
            self.ends[end].lost(self, code, reason)
