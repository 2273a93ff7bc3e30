"""What `check --deploy` asks of the walls: that they stand, and whom they hold."""

from collections.abc import Iterator
from typing import Any

import psycopg
from django.conf import settings
from django.core.checks import CheckMessage, Info, register
from django.core.checks import Warning as Concern

from archive.wall.policies import declared, ranks, withheld
from archive.wall.raise_walls import LOUD, QUIET, STANDING, mark_of

TIMEOUT = 5  # seconds

ROLE = "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
OWNED = """
    SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    AND pg_has_role(relowner, 'USAGE')
"""
MAKES = "SELECT has_schema_privilege('public', 'CREATE')"
LOW = """
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
    AND relname = ANY(%s) AND NOT (relrowsecurity AND relforcerowsecurity) ORDER BY relname
"""
CHANGES = """
    SELECT name FROM unnest(%s::text[], %s::text[]) AS held (name, rights)
    WHERE to_regclass(name) IS NOT NULL AND has_table_privilege(name, rights)
"""
UNGUARDED = """
    SELECT name FROM unnest(%s::text[]) AS name WHERE to_regclass(name) IS NOT NULL AND 2 > (
        SELECT count(*) FROM pg_trigger
        WHERE tgrelid = to_regclass(name) AND tgname LIKE 'wall_rank_%%' AND tgenabled = 'O'
    )
"""


@register("security", deploy=True)
def walls(app_configs: Any, **_: Any) -> list[CheckMessage]:
    try:
        with psycopg.connect(settings.DATABASE_URL, connect_timeout=TIMEOUT) as connection:
            return [*role(connection), *standing(connection), *search(connection)]
    except psycopg.OperationalError:
        return [told(30, "The database does not answer: its walls are unknown.", "Start it.")]


def told(number: int, words: str, hint: str) -> CheckMessage:
    return Concern(words, hint=hint, id=f"concierge.W{number:03}")


def role(connection: psycopg.Connection[Any]) -> Iterator[CheckMessage]:
    """The application's own role is held by every wall, and can take none down."""
    found = connection.execute(ROLE).fetchone()
    own = "Let DATABASE_URL name a role of its own, and DATABASE_OWNER_URL the tables' owner."
    if found and any(found):
        yield told(31, "The application's database role passes every wall.", own)
    elif one(connection, OWNED):
        yield told(32, "The application's database role owns its tables: it could open them.", own)
    if one(connection, MAKES):
        hint = "REVOKE CREATE ON SCHEMA public FROM PUBLIC, then `python manage.py migrate`."
        yield told(33, "The application's database role may make tables.", hint)


def standing(connection: psycopg.Connection[Any]) -> Iterator[CheckMessage]:
    """Every wall that is declared stands, as it is declared."""
    hint = "Run `python manage.py migrate`, which puts them up."
    tables = declared()
    low = [name for (name,) in connection.execute(LOW, [list(tables)])]
    if low:
        yield told(34, f"No wall stands around {', '.join(low)}.", hint)
    changed = [name for name in sorted(set(tables) - set(low)) if is_changed(connection, name)]
    if changed:
        yield told(35, f"The wall is not as declared around {', '.join(changed)}.", hint)
    kept = [list(withheld), list(withheld.values())]
    loose = [name for (name,) in connection.execute(CHANGES, kept)]
    if loose:
        words = f"The application has rights it does without: {', '.join(sorted(loose))}."
        yield told(36, words, hint)
    unguarded = [name for (name,) in connection.execute(UNGUARDED, [list(ranks)])]
    if unguarded:
        yield told(38, f"Anybody's rank may be raised in {', '.join(sorted(unguarded))}.", hint)


def is_changed(connection: psycopg.Connection[Any], table: str) -> bool:
    found = {name: (mark, rest) for name, mark, *rest in connection.execute(STANDING, [table])}
    wanted = declared()[table].policies()
    return found.keys() != {each.name for each in wanted} or any(
        found[each.name][0] != mark_of(each, found[each.name][1]) for each in wanted
    )


def search(connection: psycopg.Connection[Any]) -> Iterator[CheckMessage]:
    loud = [name for name in QUIET if one(connection, LOUD, [name])]
    if loud:
        words = f"Search by words looks through all rows of a house: {', '.join(loud)}."
        hint = "A superuser may mark them as leakproof: docs/decisions/wall.md has the lines."
        yield Info(words, hint=hint, id="concierge.I037")


def one(connection: psycopg.Connection[Any], statement: str, given: Any = None) -> Any:
    found = connection.execute(statement, given).fetchone()
    return found[0] if found else None
