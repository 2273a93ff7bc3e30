"""Who a statement is made for. Without a scope the database shows nothing and takes nothing.

A scope belongs to the running task or thread, as context variables do: `asgiref` and asyncio carry
it along; a thread of one's own is given it by `carried`.
"""

import uuid
from collections.abc import Callable, Iterable
from contextlib import ContextDecorator
from contextvars import ContextVar, copy_context
from dataclasses import dataclass
from functools import partial
from typing import ParamSpec, TypeVar

from archive.viewer import Viewer

P = ParamSpec("P")
R = TypeVar("R")

SETTING = "wall.scope"  # of PostgreSQL, for one transaction; read by the functions of `policies`


@dataclass(frozen=True, slots=True)
class People:
    """Whose own rows a reader sees: of these visitors, of this browser, of this user."""

    visitors: tuple[uuid.UUID, ...] = ()
    browser: uuid.UUID | None = None
    user: int | None = None


NOBODY = People()


@dataclass(frozen=True, slots=True)
class Scope:
    """What a statement may see and write; `words` is its form in the database's setting."""

    words: str


def _words(kind: str, brands: Iterable[int], audiences: Iterable[str], people: People) -> str:
    """Parts with `|` between them, in PostgreSQL's own form: nothing that needs an escape."""
    parts = [
        kind,
        _listed(sorted(int(each) for each in brands)),
        _listed(sorted(str(each) for each in audiences)),
        _listed(people.visitors),
        str(people.browser or ""),
        str(people.user or ""),
    ]
    return "|".join(parts)


def _listed(values: Iterable[object]) -> str:
    return "{" + ",".join(str(value) for value in values) + "}"


NOTHING = Scope("")
EVERYTHING = Scope("everything")
ACCOUNTS = Scope("accounts")
_current: ContextVar[Scope | None] = ContextVar("wall_scope", default=None)
_of_process = [NOTHING]


def current() -> Scope:
    return _current.get() or _of_process[0]


def set_for_process(scope: Scope) -> None:
    """What holds wherever no block says another: for a command, which has one scope throughout."""
    _of_process[0] = scope


class Within(ContextDecorator):
    """A block, or a decorated function, in which the database is asked in one scope."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.before: Scope | None = None

    def _recreate_cm(self) -> "Within":
        """Each call of a decorated function has a block of its own."""
        return Within(self.scope)

    def __enter__(self) -> None:
        self.before = _current.get()
        _current.set(self.scope)

    def __exit__(self, *_: object) -> None:
        # Not by a token: a block of an asynchronous journey may end in another context.
        _current.set(self.before)


def everything() -> Within:
    """For commands, workers and bookkeeping: no row is hidden."""
    return Within(EVERYTHING)


def accounts() -> Within:
    """For signing in and out: accounts and sessions, and nothing of a house or a client."""
    return Within(ACCOUNTS)


def nothing() -> Within:
    return Within(NOTHING)


def house(*brand_ids: int) -> Within:
    """For staff: all rows of these brands."""
    return Within(of_house(brand_ids))


def reading(viewer: Viewer, people: People = NOBODY) -> Within:
    """For a client: what `viewer` may read, and the rows of `people` at that brand."""
    return Within(of_reader(viewer, people))


def of_house(brand_ids: Iterable[int], user: int | None = None) -> Scope:
    """`user` is who of the staff looks, where somebody does."""
    return Scope(_words("house", brand_ids, (), People(user=user)))


def of_reader(viewer: Viewer, people: People = NOBODY) -> Scope:
    return Scope(_words("reading", [viewer.brand_id], viewer.audiences, people))


def carried(function: Callable[P, R]) -> Callable[P, R]:
    """`function`, to be called once in another thread, in the scope of today."""
    return partial(copy_context().run, function)
