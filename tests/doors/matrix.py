"""The whole matrix, from the resolver and the table."""

import zlib
from collections.abc import Iterator

from tests.doors import at_the_chat, at_the_desk
from tests.doors.cells import METHOD, REFUSED, Cell
from tests.doors.cells import SIGN_IN as SIGN_IN_FIRST
from tests.doors.routes import Route, routes
from tests.doors.rules import ACCOUNTS, CHAT, FRAME, MODELS, PAGES, SIGN_IN
from tests.doors.world import World


def of_route(world: World, route: Route) -> Iterator[Cell]:
    door = CHAT.get(route.name) or ACCOUNTS.get(route.name)
    if door is not None:
        yield from at_the_chat.cells(world, route, door)
    elif route.model is not None:
        yield from at_the_desk.standard(world, route, *route.model)
    elif (page := PAGES.get(route.name.removeprefix("admin:"))) is not None:
        yield from at_the_desk.of_own(world, route, page)
    elif route.name.removeprefix("admin:") in FRAME:
        yield from at_the_desk.frame(world, route)


def unlisted() -> list[str]:
    """Routes that the table does not know."""
    return [each.name for each in routes() if not is_listed(each)]


def is_listed(route: Route) -> bool:
    if route.name in CHAT or route.name in ACCOUNTS or route.name in SIGN_IN:
        return True
    if route.model is not None:
        return route.model[0] in MODELS
    name = route.name.removeprefix("admin:")
    return route.is_console and (name in PAGES or name in FRAME)


def without_route() -> list[str]:
    """Entries of the table that no route answers to."""
    names = {each.name.removeprefix("admin:") for each in routes()} | {
        each.name for each in routes()
    }
    labels = {each.model[0] for each in routes() if each.model}
    listed = {*CHAT, *ACCOUNTS, *PAGES, *FRAME, *SIGN_IN}
    return sorted((listed - names) | (set(MODELS) - labels))


def slice_of(cells: list[Cell]) -> list[Cell]:
    """The same slice each time: all targets of a door, by one identity and method, or none."""
    return [each for each in cells if chosen(each)]


def chosen(cell: Cell) -> bool:
    place = zlib.crc32(f"{cell.route} {cell.method} {cell.who}".encode())
    if not cell.address.startswith("/admin/"):
        return cell.expected != {METHOD} or place % 6 == 0
    if SIGN_IN_FIRST in cell.expected:
        return place % 25 == 0
    return place % (10 if REFUSED in cell.expected else 20) == 0


def whole(world: World) -> list[Cell]:
    return [cell for route in routes() for cell in of_route(world, route)]
