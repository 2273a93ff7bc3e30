"""Which rows each scope is let through to, declared table by table in the applications' `walls`.

A wall has up to three conditions, as SQL on the table's row:

`house`  rows of the brands a member of staff works for: read and written
`reader` rows that a client's viewer may read, never written in their name
`own`    rows of the client's own: read and written

What says who somebody is (accounts, sessions, sign-ins) is let through in a scope of its own, in
which nothing of a house or a client is (`ACCOUNTS`). In the scope of everything no row is hidden;
in no scope every row is, and none is taken.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.module_loading import autodiscover_modules

# The scope's parts, as `archive.wall.scope` words them. NULL, which nothing equals, where unset.
PART = "nullif(split_part(current_setting('wall.scope', true), '|', {}), '')"
FUNCTIONS = {
    "wall_everything": ("boolean", f"coalesce({PART.format(1)} = 'everything', false)"),
    "wall_houses": ("bigint[]", f"CASE {PART.format(1)} WHEN 'house' THEN {PART.format(2)} END"),
    "wall_accounts": ("boolean", f"coalesce({PART.format(1)} = 'accounts', false)"),
    "wall_brand": (
        "bigint",
        f"CASE {PART.format(1)} WHEN 'reading' THEN trim('{{}}' FROM {PART.format(2)}) END",
    ),
    "wall_audiences": ("text[]", PART.format(3)),
    "wall_visitors": ("uuid[]", PART.format(4)),
    "wall_browser": ("uuid", PART.format(5)),
    "wall_user": ("bigint", PART.format(6)),
}

# Asked in a subquery each, so that a statement evaluates them once and not for every row.
EVERYTHING = "(SELECT wall_everything())"
ACCOUNTS = "(SELECT wall_accounts())"
HOUSES = "(SELECT wall_houses())"
BRAND = "(SELECT wall_brand())"
AUDIENCES = "(SELECT wall_audiences())::text[]"
VISITORS = "(SELECT wall_visitors())::uuid[]"
BROWSER = "(SELECT wall_browser())"
USER = "(SELECT wall_user())"
AT_THE_DESK = f"{HOUSES} IS NOT NULL AND {USER} IS NOT NULL"  # one of the staff, in the console

OF_BRAND = f"brand_id = {BRAND}"
FOR_AUDIENCE = f"{OF_BRAND} AND audience = ANY ({AUDIENCES})"
PUBLISHED = (
    f"{FOR_AUDIENCE} AND status = 'published' AND (embargo_until IS NULL OR embargo_until <= now())"
)
WITH_RIGHTS = f"{PUBLISHED} AND (rights_until IS NULL OR rights_until > now())"


WRITING = ("INSERT", "UPDATE", "DELETE")


def either(*conditions: str) -> str:
    """Each once: a condition that stands for two is asked once."""
    return " OR ".join(f"({each})" for each in dict.fromkeys(conditions) if each)


@dataclass(frozen=True, slots=True)
class Policy:
    """One of PostgreSQL's."""

    name: str
    command: str
    condition: str


@dataclass(frozen=True, slots=True)
class Wall:
    """What stands around one table."""

    house: str = ""
    reader: str = ""
    own: str = ""

    def policies(self) -> list[Policy]:
        """Of reading and of each way to write one: the fewer, the sooner a statement is planned."""
        written = either(EVERYTHING, self.house, self.own)
        if self.reader == self.own or not self.reader:
            return [Policy("wall_all", "ALL", written)]
        read = either(EVERYTHING, self.house, self.own, self.reader)
        writing = [Policy(f"wall_{each.lower()}", each, written) for each in WRITING]
        return [Policy("wall_select", "SELECT", read), *writing]


walls: dict[str, Wall] = {}  # by table
open_tables: dict[str, str] = {}  # why the table has none
growing: set[str] = set()  # tables that the application adds to, and changes nothing of
withheld: dict[str, str] = {}  # by table, the rights the application does without
kept_columns: dict[str, str] = {}  # by table, columns it may change all the same
ranks: dict[str, tuple[str, ...]] = {}  # by table, columns that raise somebody; (): every row does


def wall(model: type[models.Model], built: Wall) -> None:
    table = model._meta.db_table
    parts = (built.house, built.reader, built.own)
    walls[table] = Wall(*(part.replace("{row}", table) for part in parts))


def stands_open(model: type[models.Model], because: str) -> None:
    """`model` holds nothing of one brand or person: `because` says what it does hold."""
    open_tables[model._meta.db_table] = because


def only_grows(model: type[models.Model]) -> None:
    """The application may add rows to it and read them, no more."""
    growing.add(model._meta.db_table)
    does_without(model, "UPDATE, DELETE, TRUNCATE")


def does_without(model: type[models.Model], rights: str, but: str = "") -> None:
    """The application has not these rights to the table, but to UPDATE the columns `but`."""
    withheld[model._meta.db_table] = rights
    if but:
        kept_columns[model._meta.db_table] = but


def raises_rank(model: type[models.Model], *columns: str) -> None:
    """What makes somebody more than they are is written in the scope of everything alone: by a
    superuser at the desk, and by commands. `columns` are booleans; without one it is every row."""
    ranks[model._meta.db_table] = columns


def of_brand(column: str = "brand_id", reader: str = "", own: str = "") -> Wall:
    """The row names its brand."""
    return Wall(f"{column} = ANY ({HOUSES}::bigint[])", reader, own)


def behind(parent: type[models.Model], column: str, read: bool = False, own: bool = False) -> Wall:
    """The row belongs to another, by `column`, and is let through where that one is.

    With `read` readers who see the parent read it; with `own` they write it too, as it is theirs.
    """
    key = parent._meta.pk
    assert key is not None
    table = parent._meta.db_table
    seen = f"EXISTS (SELECT FROM {table} AS parent WHERE parent.{key.column} = {{row}}.{column})"
    if own:
        return Wall(seen)
    if read:
        return Wall(f"{HOUSES} IS NOT NULL AND {seen}", seen)
    return Wall(f"{HOUSES} IS NOT NULL AND {seen}")


def declared() -> dict[str, Wall]:
    """Every wall, the applications' `walls` modules read."""
    autodiscover_modules("walls")
    return walls
