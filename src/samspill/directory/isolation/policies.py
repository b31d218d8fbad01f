"""Row-level security, written once and used by every app's migrations.

Each function returns a migration operation for one table *and* its history table, enabled and FORCED, so
that not even the tables' owner reads past it. A table without such an operation fails a structural test.
"""

from collections.abc import Sequence
from typing import Any

from django.db.migrations import RunSQL

# A sub-select is worked out once per query, not once per row.
COMMUNITY = "(SELECT NULLIF(current_setting('samspill.community', true), '')::bigint)"
ACCOUNT = "(SELECT NULLIF(current_setting('samspill.account', true), '')::bigint)"
APP_ROLE = "samspill_app"
Statements = list[str | tuple[str, dict[str, Any] | list[Any] | tuple[Any, ...] | None]]
"""Statements as RunSQL's type wants them."""
_LATER = "ALTER DEFAULT PRIVILEGES IN SCHEMA public"


def ground() -> RunSQL:
    """The application's role, and what it may do with tables the owner has made or will make: use, not own.

    On a server where the role is made by hand, its making is skipped; without the right to make it,
    PostgreSQL's own sentence says so (docs/how-to/run-in-production.md).
    """
    return RunSQL(
        [
            f"""DO $$ BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APP_ROLE}') THEN
                    CREATE ROLE {APP_ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS;
                END IF;
            END $$""",
            f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE}",
            f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {APP_ROLE}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}",
            f"{_LATER} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP_ROLE}",
            f"{_LATER} GRANT USAGE, SELECT ON SEQUENCES TO {APP_ROLE}",
        ],
        RunSQL.noop,
    )


def isolate(table: str, *, seen: str = "", history: bool = True, owner: str = "community_id") -> RunSQL:
    """Rows of `table` are read and written only inside their own community.

    seen     a further SQL condition under which a row may be *read* from outside ("true" for open facts)
    history  the table has an event table `<table>event`, which is never open
    owner    the column that holds the community
    """
    own = f"{owner} = {COMMUNITY}"
    read = f"{own} OR ({seen})" if seen else own
    forward = policies(table, read=read, write=own)
    reverse = _drop(table)
    if history:
        forward += policies(f"{table}event", read=own, write=own)
        forward += _kept(f"{table}event")
        reverse += _drop(f"{table}event")
    return RunSQL(forward, reverse)


def append_only(*tables: str) -> RunSQL:
    """The application may add to `tables` and read them; it can neither change nor empty them."""
    return RunSQL(_kept(*tables), [f"GRANT UPDATE, DELETE ON {table} TO {APP_ROLE}" for table in tables])


def frozen(table: str, *, but: Sequence[str]) -> RunSQL:
    """The application may add rows to `table`, read them and change the columns `but`; it removes none."""
    columns = ", ".join(but)
    return RunSQL(
        [*_kept(table), f"GRANT UPDATE ({columns}) ON {table} TO {APP_ROLE}"],
        [f"GRANT UPDATE, DELETE ON {table} TO {APP_ROLE}"],
    )


def _kept(*tables: str) -> Statements:
    return [f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APP_ROLE}" for table in tables]


def policies(table: str, *, read: str, write: str) -> Statements:
    """Statements that force row-level security on a table: who reads a row, and who writes it, as SQL."""
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY {table}_read ON {table} FOR SELECT USING ({read})",
        f"CREATE POLICY {table}_add ON {table} FOR INSERT WITH CHECK ({write})",
        f"CREATE POLICY {table}_change ON {table} FOR UPDATE USING ({write}) WITH CHECK ({write})",
        f"CREATE POLICY {table}_remove ON {table} FOR DELETE USING ({write})",
    ]


def _drop(table: str) -> Statements:
    return [
        *(f"DROP POLICY {table}_{act} ON {table}" for act in ("read", "add", "change", "remove")),
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    ]
