"""The cells of the console: each model's pages, the pages of its own, and its frame."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from tests.doors.at_the_chat import unseen
from tests.doors.cells import METHOD, MISSING, OPEN, REFUSED, SIGN_IN, Cell
from tests.doors.routes import Route
from tests.doors.rules import FRAME, MODELS, SHOWN, TAKEN, Page
from tests.doors.world import IDENTITIES, RIGHTS, STAFF, World, is_shared

METHODS = ("GET", "POST", "DELETE")
# The right that a standard page asks for; what is written there asks for more, when it is sent.
ASKS = {"changelist": "view", "history": "view", "change": "view", "add": "add", "delete": "delete"}
FINE = frozenset({OPEN})
SENDS = {"delete": {"post": "yes"}}


def may(who: str, right: str) -> bool:
    """Whether the cast gives `who` the right, "archive.view_document" say."""
    app, _, what = right.partition(".")
    if who == "operator":
        return True
    return what.partition("_")[0] in RIGHTS[who.removesuffix(" elsewhere")].get(app, ())


def offered(label: str, page: str, method: str) -> str:
    """The act that the page is, with this method; "" where the console does not offer it."""
    act = {"changelist": "list", "history": "view", "change": "view"}.get(page, page)
    if page == "change" and method == "POST" and label not in SHOWN:
        act = "change"
    return act if act in MODELS.get(label, "").split() else ""


def standard(world: World, route: Route, label: str, page: str) -> Iterator[Cell]:
    for who in IDENTITIES:
        for target, pk, theirs in rows(world, label, page, who):
            for method in METHODS:
                words = {"object_id": pk} if pk is not None else {}
                yield Cell(
                    route=route.name,
                    method=method,
                    who=who,
                    target=target,
                    address=route.address(words),
                    expected=of_standard(label, page, method, who, theirs),
                    named=(str(pk),) if pk is not None else (),
                    sends=SENDS.get(page, {}),
                    unseen=unseen_at_work(world, who),
                )


def of_standard(label: str, page: str, method: str, who: str, theirs: bool) -> frozenset[str]:
    if who not in STAFF:
        return frozenset({SIGN_IN})
    if page == "moved":
        return FINE  # on to the page of change, which asks
    if page in TAKEN.get(label, ()):
        return frozenset({REFUSED, MISSING, METHOD})
    act = offered(label, page, method)
    app, _, model = label.partition(".")
    right = "view" if act == "list" else act
    if not act or not may(who, f"{app}.{right}_{model}"):
        return frozenset({REFUSED})
    if theirs and page == "delete" and method == "POST":
        # From a row that is gone back to where one may be; or other rows stand in the way.
        return frozenset({OPEN, MISSING, REFUSED})
    return frozenset({OPEN if theirs else MISSING})


def rows(world: World, label: str, page: str, who: str) -> Iterator[tuple[str, Any, bool]]:
    """(what it is to them, its primary key, whether its house is theirs)."""
    if page in ("changelist", "add"):
        yield "no row", None, True
        return
    model = apps.get_model(label)
    yield "missing", unknown(model), False
    if is_shared(label):
        yield "own", world.shared.row(model).pk, True
        return
    place = world.works_at(who)
    for target, house in (("own", world.here), ("other brand's", world.there)):
        pk = model_row(house, model).pk
        yield target, pk, place is house or who == "operator"
    if label in ERASED:
        yield "erased", world.erased[ERASED[label]], False


ERASED = {
    "chat.conversation": "conversation",
}


def model_row(house: Any, model: type[models.Model]) -> models.Model:
    found: models.Model = house.row(model)
    return found


def unknown(model: type[models.Model]) -> Any:
    key = model._meta.pk
    return "00000000-0000-4000-8000-000000000000" if isinstance(key, models.UUIDField) else 999_999


def of_own(world: World, route: Route, page: Page) -> Iterator[Cell]:
    for who in IDENTITIES:
        for target, words, theirs in named_by(world, route, page, who):
            for method in METHODS:
                yield Cell(
                    route=route.name,
                    method=method,
                    who=who,
                    target=target,
                    address=route.address(words),
                    expected=of_page(page, method, who, theirs),
                    named=tuple(str(each) for each in words.values()),
                    unseen=unseen_at_work(world, who),
                )


def of_page(page: Page, method: str, who: str, theirs: bool) -> frozenset[str]:
    if who not in STAFF:
        return frozenset({SIGN_IN})
    allowed = may(who, page.right)
    if method not in page.methods:
        return frozenset({METHOD} if allowed else {METHOD, REFUSED})
    if not allowed:
        return frozenset({REFUSED})
    return frozenset({OPEN if theirs else MISSING})


def named_by(
    world: World, route: Route, page: Page, who: str
) -> Iterator[tuple[str, dict[str, Any], bool]]:
    if not page.about:
        yield "no row", dict(page.words), True
        return
    label = "archive.change" if page.about == "batch" else page.about
    model = apps.get_model(label)
    name = next(each for each in ("pk", "brand", "batch", "id") if f"{each}>" in route.pattern)
    house, rival = (world.shared,) * 2 if is_shared(label) else (world.here, world.there)
    here, there = house.row(model), rival.row(model)
    gone: Any = unknown(model)
    keys = [here.pk, there.pk]
    if page.about == "batch":
        gone = "00000000-0000-4000-8000-000000000000"
        keys = [here.batch, there.batch]  # type: ignore[attr-defined]
    place = world.works_at(who)
    shared = is_shared(label)
    yield "missing", {name: gone, **page.words}, False
    for target, key, house in zip(
        ("own", "other brand's"), keys, (world.here, world.there), strict=True
    ):
        theirs = shared or place is house or who == "operator"
        yield target, {name: key, **page.words}, theirs


def frame(world: World, route: Route) -> Iterator[Cell]:
    name = route.name.partition(":")[2]
    words: dict[str, Any] = {}
    if name == "app_list":
        words = {"app_label": "archive"}
    if name == "view_on_site":
        words = {"content_type_id": 1, "object_id": 999_999}
    for who in IDENTITIES:
        for method in ("GET", "POST"):
            yield Cell(
                route=route.name,
                method=method,
                who=who,
                target="no row",
                address=route.address(words),
                expected=of_frame(name, method, who),
                unseen=unseen_at_work(world, who),
            )


def of_frame(name: str, method: str, who: str) -> frozenset[str]:
    if who not in STAFF:
        return frozenset({SIGN_IN})
    if name in ("autocomplete", "view_on_site", "app_list"):
        return frozenset({OPEN, REFUSED, MISSING, METHOD})
    return FINE if method in FRAME[name] else frozenset({OPEN, METHOD})


def unseen_at_work(world: World, who: str) -> tuple[str, ...]:
    """No client's words, and of no house but one's own."""
    place = world.works_at(who)
    seals = list(unseen(world, ""))
    if who == "operator":
        return tuple(each for each in seals if each not in (world.here.seal, world.there.seal))
    return tuple(each for each in seals if place is None or each != place.seal)
