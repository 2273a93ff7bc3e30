"""A lease renewed for as long as the work under it goes on, however long one step of it takes."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, connection

from archive.wall.scope import carried

LEASE = timedelta(seconds=40)  # after its last renewal the work of a killed worker is free
BEAT = 10.0  # seconds between two renewals

log = logging.getLogger(__name__)


class ClaimLostError(RuntimeError):
    """The lease ended and another worker has the work, or its row was deleted."""


@contextmanager
def kept_alive(renew: Callable[[], None]) -> Iterator[None]:
    """Call `renew` every BEAT seconds inside the block, from a thread with its own connection.

    It ends quietly when `renew` raises ClaimLostError: the work meets the same at its next step.
    """
    over = threading.Event()
    thread = threading.Thread(target=carried(beat), args=(renew, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def beat(renew: Callable[[], None], over: threading.Event) -> None:
    try:
        while not over.wait(BEAT):
            try:
                renew()
            except DatabaseError:  # a server that restarts: the next beat may reach it
                log.warning("lease not renewed")
                connection.close()
    except ClaimLostError:
        return
    finally:
        connection.close()
