"""The walls are put up, as declared, after every migration: nothing to do by hand, nothing twice.

By the owner of the tables. What stands as declared is left alone, since a change of a policy
waits for everybody who reads the table.
"""

import hashlib
import logging
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, transaction
from django.db.models.signals import post_migrate
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from archive.wall import policies
from archive.wall.policies import Policy

# What searches ask of an index. The database uses no index for a condition that might tell of rows
# before the policy has hidden them, unless its function is known to tell nothing; these compare
# and report nothing. Only a superuser may say so.
QUIET = (
    "ts_match_vq(tsvector, tsquery)",
    "arrayoverlap(anyarray, anyarray)",
    "arraycontains(anyarray, anyarray)",
    "archive_deletions(text)",
    "archive_codes(text, text)",
)
MAINTAINED = 170000  # the first version in which others than the owner may ANALYZE a table

OWNS = "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass(%s)"
STANDING = """
    SELECT pol.polname, coalesce(obj_description(pol.oid, 'pg_policy'), ''),
        pg_get_expr(coalesce(pol.polqual, pol.polwithcheck), pol.polrelid),
        pol.polcmd::text, pol.polpermissive
    FROM pg_policy AS pol WHERE pol.polrelid = to_regclass(%s)
"""
FORCED = "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = to_regclass(%s)"
SUPERUSER = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
LOUD = "SELECT NOT proleakproof FROM pg_proc WHERE oid = to_regprocedure(%s)"

# Whoever is made more than they were is made so in the scope of everything.
RANK = """
    CREATE OR REPLACE FUNCTION wall_rank() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF wall_everything() THEN RETURN NEW; END IF;
        RAISE insufficient_privilege
            USING MESSAGE = 'Nobody is raised in this scope (' || TG_TABLE_NAME || ')';
    END $$
"""

log = logging.getLogger(__name__)


def raise_walls(using: str = "default", **_: object) -> None:
    """Functions, policies and grants, in one transaction. A receiver of `post_migrate`.

    Who does not own the tables has not migrated them either, and changes nothing.
    """
    with connections[using].cursor() as cursor:
        if not one(cursor, OWNS, ["archive_document"]):
            return
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('archive.wall'))")
        make_functions(cursor)
        for table, wall in policies.declared().items():
            if one(cursor, "SELECT to_regclass(%s) IS NOT NULL", [table]):
                put_up(cursor, table, wall.policies())
        guard_ranks(cursor)
        keep_quiet(cursor)
        admit(cursor)


def one(cursor: Any, statement: str, given: list[Any]) -> Any:
    cursor.execute(statement, given)
    row = cursor.fetchone()
    return row[0] if row else None


def make_functions(cursor: Any) -> None:
    for name, (kind, body) in policies.FUNCTIONS.items():
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS {kind} LANGUAGE sql STABLE PARALLEL SAFE"
            f" AS $$ SELECT ({body})::{kind} $$"
        )


def put_up(cursor: Any, table: str, wanted: list[Policy]) -> None:
    if not one(cursor, FORCED, [table]):
        cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    cursor.execute(STANDING, [table])
    standing = {name: (mark, rest) for name, mark, *rest in cursor.fetchall()}
    for policy in wanted:
        mark, rest = standing.pop(policy.name, ("", []))
        if mark != mark_of(policy, rest):
            replace(cursor, table, policy)
    for name in standing:
        cursor.execute(f"DROP POLICY {name} ON {table}")


def replace(cursor: Any, table: str, policy: Policy) -> None:
    cursor.execute(f"DROP POLICY IF EXISTS {policy.name} ON {table}")
    asked = "WITH CHECK" if policy.command == "INSERT" else "USING"
    cursor.execute(
        f"CREATE POLICY {policy.name} ON {table} FOR {policy.command} {asked} ({policy.condition})"
    )
    cursor.execute(STANDING, [table])
    rest = next(row[2:] for row in cursor.fetchall() if row[0] == policy.name)
    cursor.execute(f"COMMENT ON POLICY {policy.name} ON {table} IS '{mark_of(policy, list(rest))}'")


def guard_ranks(cursor: Any) -> None:
    """Triggers, which hold where a policy cannot compare a row with what it was."""
    cursor.execute(RANK)
    for table, columns in policies.ranks.items():
        if not one(cursor, "SELECT to_regclass(%s) IS NOT NULL", [table]):
            continue
        is_raised = " OR ".join(f"NEW.{each}" for each in columns) or "true"
        was_not = " OR ".join(f"(NEW.{each} AND NOT OLD.{each})" for each in columns) or "true"
        for name, event, when in (("made", "INSERT", is_raised), ("raised", "UPDATE", was_not)):
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER wall_rank_{name} BEFORE {event} ON {table}"
                f" FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION wall_rank()"
            )


def mark_of(policy: Policy, rest: list[Any]) -> str:
    """What a policy that stands as declared has for a comment; changed by hand it has another."""
    return hashlib.sha256(repr((policy, rest)).encode()).hexdigest()[:32]


def keep_quiet(cursor: Any) -> None:
    if not one(cursor, SUPERUSER, []):
        return
    for function in QUIET:
        if one(cursor, LOUD, [function]):
            cursor.execute(f"ALTER FUNCTION {function} LEAKPROOF")


def application_role() -> tuple[str, str]:
    """(name, password) of the role that the application's own address names."""
    told = conninfo_to_dict(settings.DATABASE_URL)
    return str(told.get("user") or ""), str(told.get("password") or "")


def admit(cursor: Any) -> None:
    """Let the application's role use the tables, and no more; made if it is missing."""
    name, password = application_role()
    if not name or name == one(cursor, "SELECT current_user", []):
        return
    role = sql.Identifier(name)
    if one(cursor, "SELECT 1 FROM pg_roles WHERE rolname = %s", [name]) is None:
        made = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS").format(role)
        if password:
            made += sql.SQL(" PASSWORD {}").format(sql.Literal(password))
        cursor.execute(made)
    for grant in grants(cursor.connection.info.server_version):
        cursor.execute(sql.SQL(grant).format(role=role))
    for table, rights in sorted(policies.withheld.items()):
        if not one(cursor, "SELECT to_regclass(%s) IS NOT NULL", [table]):
            continue
        named = {"table": sql.Identifier(table), "role": role}
        taken = sql.SQL(f"REVOKE {rights} ON {{table}} FROM {{role}}")
        cursor.execute(taken.format(**named))
        if columns := policies.kept_columns.get(table):
            given = sql.SQL(f"GRANT UPDATE ({columns}) ON {{table}} TO {{role}}")
            cursor.execute(given.format(**named))


def grants(version: int) -> Iterator[str]:
    yield "GRANT USAGE ON SCHEMA public TO {role}"
    yield "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"
    yield "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"
    yield "REVOKE CREATE ON SCHEMA public FROM {role}, PUBLIC"
    yield "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}"
    if version >= MAINTAINED:  # for ANALYZE, after a house's words are counted
        yield "GRANT MAINTAIN ON ALL TABLES IN SCHEMA public TO {role}"


def connect() -> None:
    """After the last application's migrations; the signal comes once for each."""
    post_migrate.connect(
        raise_walls, sender=apps.get_app_config("archive"), dispatch_uid="archive.wall"
    )
