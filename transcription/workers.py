"""Two processes for long work. They die with their parent; where none can be had the work is done here."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST_WORKERS = 2
_IN_FLIGHT = 2  # items waiting for each worker: more would hold the whole recording in memory twice


def usable_workers() -> int:
    """How many processes to use: at most two, one on a single core or inside a daemon, which may have no
    children.
    """
    if multiprocessing.current_process().daemon:
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)
    return max(1, min(MOST_WORKERS, cores))


def in_order(work: Callable[[Item], Result], items: Iterable[Item], workers: int) -> Iterator[Result]:
    """`work` of each item, in order; with more than one worker in processes of their own.

    A pool that breaks (a script without a main guard, a worker killed for memory) is replaced by this
    process.
    """
    if workers < 2:
        yield from map(work, items)
        return
    source = iter(items)
    waiting: deque[tuple[Item, Future[Result]]] = deque()
    with _pool(workers) as pool:
        try:
            for item in islice(source, workers * _IN_FLIGHT):
                waiting.append((item, pool.submit(work, item)))
            while waiting:
                result = waiting[0][1].result()
                waiting.popleft()
                for item in islice(source, 1):
                    waiting.append((item, pool.submit(work, item)))
                yield result
            return
        except BrokenProcessPool:
            pool.shutdown(wait=False, cancel_futures=True)
        finally:
            for _, future in waiting:
                future.cancel()
    for item, _ in waiting:
        yield work(item)
    yield from map(work, source)


def _pool(workers: int) -> ProcessPoolExecutor:
    # spawn: forking a process that runs threads (Prefect's does) can hang the child
    return ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_die_with_parent,
        initargs=(os.getpid(),),
    )


def _die_with_parent(parent: int) -> None:
    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="parent-watch").start()
