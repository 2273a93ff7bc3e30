"""A shelf of hostile files: each is made when it is asked for, by the function of its name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

OWN = "The heron stands in the reeds, and the weaver counts a hundred threads before dusk."
Make = Callable[[str], bytes]


@dataclass(frozen=True)
class Hostile:
    name: str  # the file's
    make: Make  # from the address of somebody who listens
    ends: str  # the beginning of its sentence; "" where it is read, or one of:


CRASH = "crash"  # it ends its parser
SLOW = "slow"  # it takes longer than it may


SHELF: list[Hostile] = []


def file(name: str, ends: str = "") -> Callable[[Make], Make]:
    def put(make: Make) -> Make:
        SHELF.append(Hostile(name, make, ends))
        return make

    return put


def files() -> Iterator[Hostile]:
    from . import mails, markup, packages, pdfs, pictures, plain, zips  # noqa: F401 - they fill it

    yield from SHELF
