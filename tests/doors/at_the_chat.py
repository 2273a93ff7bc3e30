"""The cells of the pages that clients come to."""

import uuid
from collections.abc import Iterator
from typing import Any

from tests.doors.cells import METHOD, MISSING, OPEN, REFUSED, SIGN_IN, Cell
from tests.doors.routes import Route
from tests.doors.rules import ANYBODY, MACHINES, ONWARD, STAFF, Door
from tests.doors.world import IDENTITIES, PEOPLE, World
from tests.doors.world import STAFF as AT_WORK

METHODS = ("GET", "POST", "DELETE")
OWN_FACTOR = frozenset({OPEN, MISSING, REFUSED, METHOD})
ARGUMENTS = {
    "conversation": "conversation_id",
    "off the record": "conversation_id",
    "answer": "message_id",
    "question": "message_id",
    "citation": "citation_id",
    "piece": "product_id",
    "memory": "memory_id",
    "aside": "aside_id",
    "export": "export_id",
}


def cells(world: World, route: Route, door: Door) -> Iterator[Cell]:
    for who in IDENTITIES:
        for target, named, theirs in targets(world, door, who):
            words = named | door.words
            for method in METHODS:
                yield Cell(
                    route=route.name,
                    method=method,
                    who=who,
                    target=target,
                    address=route.address(words),
                    expected=expected(door, who, method, theirs),
                    named=tuple(str(each) for each in named.values()),
                    sends=door.sends,
                    unseen=unseen(world, who) if door.to != MACHINES else (),
                    alike=target == "private" or door.about not in ("house", "purpose"),
                )


def expected(door: Door, who: str, method: str, theirs: bool) -> frozenset[str]:
    """`theirs`: the row is this person's, or for everybody."""
    if door.to == ONWARD:
        return frozenset({OPEN, SIGN_IN, MISSING, METHOD})
    if door.to == STAFF:  # of one's own second factor: who has none may be told so
        return OWN_FACTOR if who in AT_WORK else frozenset({SIGN_IN})
    if method not in door.methods:
        return frozenset({METHOD})
    if door.to == MACHINES:
        return frozenset({OPEN})
    return frozenset({OPEN if theirs else MISSING})


def targets(world: World, door: Door, who: str) -> Iterator[tuple[str, dict[str, Any], bool]]:
    """(what it is to them, the words of the address, whether they may come in)."""
    here, there = world.here.brand.slug, world.there.brand.slug
    if not door.about:
        yield "no row", {}, True
    elif door.about in ("house", "purpose"):
        more = {"purpose": "personalise"} if door.about == "purpose" else {}
        known = door.to == ANYBODY or who in PEOPLE
        yield "missing", {"brand": "no-such-house", **more}, False
        yield "own", {"brand": here, **more}, known
        yield "other brand's", {"brand": there, **more}, door.to == ANYBODY
        yield "private", {"brand": world.private.slug, **more}, False  # type: ignore[union-attr]
        if more:
            yield "no such purpose", {"brand": here, "purpose": "resell"}, False
    elif door.about == "piece":
        for target, where, pk, is_open in (
            ("missing", here, 999_999_999, False),
            ("own", here, world.pieces["own"], True),
            ("hidden", here, world.pieces["hidden"], False),
            ("other brand's", here, world.pieces["elsewhere"], False),
            ("at their address", there, world.pieces["elsewhere"], True),
        ):
            yield target, {"brand": where, "product_id": pk}, is_open
    else:
        yield from of_people(world, door, who)


def of_people(world: World, door: Door, who: str) -> Iterator[tuple[str, dict[str, Any], bool]]:
    here, there = world.here.brand.slug, world.there.brand.slug
    kind = "conversation" if door.about == "off the record" else door.about
    name = ARGUMENTS[door.about]
    other = "other visitor" if who == "visitor" else "visitor"
    assert world.rival is not None
    unknown = uuid.uuid4() if isinstance(world.erased[kind], uuid.UUID) else 999_999_999
    yield "missing", {"brand": here, name: unknown}, False
    if who in PEOPLE:
        own = world.held[who].ids[kind]
        may = door.about != "off the record" or who == "off the record"
        yield "own", {"brand": here, name: own}, may
        yield "own at another house", {"brand": there, name: own}, False
    yield "another's", {"brand": here, name: world.held[other].ids[kind]}, False
    yield "a client's", {"brand": here, name: world.held[client_other(who)].ids[kind]}, False
    yield "other brand's", {"brand": here, name: world.rival.ids[kind]}, False
    yield "at their address", {"brand": there, name: world.rival.ids[kind]}, False
    yield "erased", {"brand": here, name: world.erased[kind]}, False


def client_other(who: str) -> str:
    return "other client" if who == "client" else "client"


def unseen(world: World, who: str) -> tuple[str, ...]:
    """The words of everybody else, and of what houses keep to themselves."""
    held = [*world.held.items(), ("", world.rival)]
    people = [each.seal for whose, each in held if each and whose != who]
    return (*people, "sealoferased", world.here.seal, world.there.seal)
