"""One thread that writes, many callers: jobs that come together share one commit to disk."""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import structlog

from server.failpoints import Failpoints
from server.storage.contract import Committed, Listener

BATCH_MAX = 256

log = structlog.get_logger()

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], tuple[T, Committed | None]]


class StorageError(Exception):
    """The disk or the database refused; nothing of the call took effect."""


class _Job(NamedTuple):
    work: Work[Any]
    future: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop
    counted: bool


class _Result(NamedTuple):
    job: _Job
    value: Any
    committed: Committed | None
    error: BaseException | None


class Writer:
    """Runs jobs in the order they came; a job is a function of the connection.

    A job that raises is rolled back to its savepoint and leaves the others of its batch alone.
    Results are handed over only after the commit, all of a batch in one call to the event loop.
    """

    def __init__(self, connection: sqlite3.Connection, failpoints: Failpoints) -> None:
        self._connection = connection
        self._failpoints = failpoints
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._listeners: list[Listener] = []
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="storage-writer", daemon=True)
        self._thread.start()

    def listen(self, listener: Listener) -> None:
        """Call `listener` on the event loop for every commit, before the caller resumes."""
        self._listeners.append(listener)

    async def write(self, work: Work[T], *, counted: bool = False) -> T:
        """Do `work` in a transaction and return its value once that is on disk.

        `counted`: a shopper's change, which the failpoints count.

        Raises:
            StorageError: the commit failed or the storage is closed.
        """
        if self._closed:
            raise StorageError("the storage is closed")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._jobs.put(_Job(work, future, loop, counted))
        return await future

    def close(self) -> None:
        """Finish what was asked for, then end the thread. Blocks; closes the connection."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
            self._thread.join()

    def _run(self) -> None:
        open_ = True
        while open_:
            batch = [self._jobs.get()]
            while len(batch) < BATCH_MAX and batch[-1] is not None:
                try:
                    batch.append(self._jobs.get_nowait())
                except queue.Empty:
                    break
            open_ = batch[-1] is not None
            jobs = [job for job in batch if job is not None]
            if jobs:
                results = self._transact(jobs)
                for loop in {id(job.loop): job.loop for job in jobs}.values():
                    _call_in(loop, self._deliver, [r for r in results if r.job.loop is loop])
        self._connection.close()

    def _transact(self, jobs: list[_Job]) -> list[_Result]:
        counted = sum(job.counted for job in jobs)
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            results = [self._attempt(job) for job in jobs]
            self._failpoints.passed("before_commit", counted)
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            return [_Result(job, None, None, StorageError(str(error))) for job in jobs]
        self._failpoints.passed("after_commit", counted)
        return results

    def _attempt(self, job: _Job) -> _Result:
        self._connection.execute("SAVEPOINT job")
        try:
            value, committed = job.work(self._connection)
            result = _Result(job, value, committed, None)
        except Exception as error:
            self._connection.execute("ROLLBACK TO job")
            result = _Result(job, None, None, error)
        self._connection.execute("RELEASE job")
        return result

    def _tell(self, committed: Committed) -> None:
        for listener in self._listeners:
            try:
                listener(committed)
            except Exception:  # its caller's commit stands, so that must be answered all the same
                log.exception("a listener failed")

    def _deliver(self, results: list[_Result]) -> None:
        for job, value, committed, error in results:
            if committed is not None:
                self._tell(committed)
            if job.future.cancelled():
                continue
            if error is not None:
                job.future.set_exception(error)
            else:
                job.future.set_result(value)


def _call_in(
    loop: asyncio.AbstractEventLoop, function: Callable[[list[_Result]], None], results: Any
) -> None:
    try:
        loop.call_soon_threadsafe(function, results)
    except RuntimeError:  # the loop is closed: nobody waits for these any more
        return
