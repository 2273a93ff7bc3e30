"""The one bridge from asyncio to blocking work on the database or the local models."""

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import wraps
from typing import ParamSpec, TypeVar

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections

P = ParamSpec("P")
R = TypeVar("R")

# Threads for what may not wait behind a crowd's searches: an answer whose lease is not renewed in
# time is taken for abandoned and written twice, which makes the crowd wait the longer.
URGENT_THREADS = 2
# Searches compute most of their time, one at a time whatever their threads: more of them at once
# end no sooner, all together reach their deadline, and nothing else is done meanwhile. More than
# one, because an embedder elsewhere is waited for.
SEARCH_THREADS = max(1, min(3, (settings.DATABASE_POOL_SIZE - URGENT_THREADS) // 3))
# As many threads as the process may hold connections: a thread never waits for one.
POOL = ThreadPoolExecutor(
    max(1, settings.DATABASE_POOL_SIZE - URGENT_THREADS - SEARCH_THREADS),
    thread_name_prefix="blocking",
)
SEARCHES = ThreadPoolExecutor(SEARCH_THREADS, thread_name_prefix="search")
URGENT = ThreadPoolExecutor(URGENT_THREADS, thread_name_prefix="urgent")


def in_thread(
    function: Callable[P, R], pool: ThreadPoolExecutor = POOL
) -> Callable[P, Awaitable[R]]:
    """`function`, awaitable, in a thread whose database connections are sound before and after.

    Channels and Django would run it in the one thread all consumers of a process share.
    """

    @wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        close_old_connections()
        try:
            return function(*args, **kwargs)
        finally:
            close_old_connections()

    return sync_to_async(guarded, thread_sensitive=False, executor=pool)
