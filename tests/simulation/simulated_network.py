"""A clock, a dice and connections that break in every way real ones do; one seed decides all."""

import asyncio
import heapq
import itertools
import random

PING_GIVES_UP_S = 40.0


class World(asyncio.AbstractEventLoop):
    """Events in time order; nothing else moves `now`. Also asyncio's loop, for code that awaits."""

    def __init__(self, seed):
        self.now = 0.0
        self.dice = random.Random(seed)
        self.failures = []
        self._tasks = set()
        self._queue = []
        self._ticket = itertools.count()

    def after(self, delay_s, call, *arguments):
        heapq.heappush(
            self._queue, (self.now + max(0.0, delay_s), next(self._ticket), call, arguments)
        )

    def run_until(self, end_s):
        asyncio._set_running_loop(self)
        try:
            while self._queue and self._queue[0][0] <= end_s:
                self.now, _, call, arguments = heapq.heappop(self._queue)
                call(*arguments)
        finally:
            asyncio._set_running_loop(None)
        self.now = end_s

    # ------------------------------------------------------------ as asyncio asks for it
    def time(self):
        return self.now

    def call_soon(self, callback, *args, context=None):
        handle = asyncio.Handle(callback, args, self, context)
        self.after(0.0, self._run_handle, handle)
        return handle

    def call_later(self, delay, callback, *args, context=None):
        return self.call_at(self.now + delay, callback, *args, context=context)

    def call_at(self, when, callback, *args, context=None):
        handle = asyncio.TimerHandle(when, callback, args, self, context)
        self.after(when - self.now, self._run_handle, handle)
        return handle

    def create_future(self):
        return asyncio.Future(loop=self)

    def create_task(self, coro, *, name=None, context=None):
        task = asyncio.Task(coro, loop=self, name=name, context=context)
        self._tasks.add(task)
        task.add_done_callback(self._task_ended)
        return task

    def end_tasks(self):
        """The process is gone, and with it all that it was about to do."""
        for task in tuple(self._tasks):
            task.cancel()

    def _task_ended(self, task):
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self.failures.append(task.exception())

    def call_exception_handler(self, context):
        self.failures.append(context.get("exception") or context["message"])

    def get_debug(self):
        return False

    def _timer_handle_cancelled(self, handle):
        pass

    def _run_handle(self, handle):
        if not handle.cancelled():
            handle._run()


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

    def cut(self):
        if self._cut:
            return
        self._cut = True
        for end in ("client", "server"):
            self._world.after(self._world.dice.uniform(0.0, 2.0), self._tell, end, None, "cut")

    def leave(self, end):
        """`end` is gone at once and is not told; the other end is."""
        self._told.add(end)
        self.cut()

    def close(self, code, reason):
        """The server says goodbye: the client hears everything sent before, and then the code."""
        if self._cut or "server" in self._told:
            return
        self._tell("server", code, reason)
        delay_s = max(0.0, self._last_at["client"] - self._world.now) + 0.001
        self._world.after(delay_s, self._tell, "client", code, reason)

    def _deliver(self, to, data):
        if not self._cut and to not in self._told:
            self.ends[to].receive(self, data)

    def _tell(self, end, code, reason):
        if end not in self._told:
            self._told.add(end)
            self.ends[end].lost(self, code, reason)
