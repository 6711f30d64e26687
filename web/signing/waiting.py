"""Wait for what the signing library does in coroutines, wherever the question comes from."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def result_of(work: Coroutine[Any, Any, T]) -> T:
    """What the coroutine gives or raises, run in a thread of its own.

    Whoever asks may be called by a loop already, in which no other can run.
    """
    with ThreadPoolExecutor(max_workers=1) as alone:
        return alone.submit(asyncio.run, work).result()
