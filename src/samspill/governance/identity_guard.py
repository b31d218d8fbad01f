"""The last door against somebody's fødselsnummer: the database saves no row of governance that holds one.

Actions refuse such a text at its field (`rules.identity`). This catches what comes by another way, and every
field that is made later: a trigger on the tables, and its error as the same kind of refusal.
"""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.migrations import RunSQL
from django.utils.translation import gettext_lazy as _

from samspill.governance.rules.identity import FIRST_WEIGHTS, MONTHS_ADDED, SECOND_WEIGHTS
from samspill.refusal import Refused

NAME = "no_identity_number"
GAP = "[ \u00a0\u2009\u202f.-]?"
SHAPE = f"(?<![0-9])[0-9]{{2}}{GAP}[0-9]{{2}}{GAP}[0-9]{{2}}{GAP}[0-9]{{3}}{GAP}[0-9]{{2}}(?![0-9])"


def _remainder(weights: tuple[int, ...]) -> str:
    """SQL for a control digit of `digits`: minus the weighted sum, modulo 11, never negative."""
    terms = " + ".join(
        f"{weight} * substr(digits, {place}, 1)::int" for place, weight in enumerate(weights, 1)
    )
    return f"(11 - ({terms}) % 11) % 11"


# Only constants of this house are put into the text.
FUNCTIONS = f"""
CREATE FUNCTION governance_holds_identity(words text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    found text[];
    digits text;
    day int;
    added int;
    month int;
BEGIN
    FOR found IN SELECT regexp_matches(words, '{SHAPE}', 'g') LOOP
        digits := regexp_replace(found[1], '[^0-9]', '', 'g');
        day := substr(digits, 1, 2)::int;
        IF day > 40 THEN day := day - 40; END IF;
        CONTINUE WHEN {_remainder(FIRST_WEIGHTS)} <> substr(digits, 10, 1)::int
            OR {_remainder(SECOND_WEIGHTS)} <> substr(digits, 11, 1)::int;
        FOREACH added IN ARRAY ARRAY{list(MONTHS_ADDED)} LOOP
            month := substr(digits, 3, 2)::int - added;
            IF month BETWEEN 1 AND 12 AND day BETWEEN 1 AND
                (ARRAY[31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])[month] THEN
                RETURN true;
            END IF;
        END LOOP;
    END LOOP;
    RETURN false;
END $$;

CREATE FUNCTION governance_refuse_identity() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := CASE TG_OP WHEN 'UPDATE' THEN to_jsonb(OLD) ELSE '{{}}' END;
    field record;
BEGIN
    -- What stood there before may stay until somebody mends it; a fingerprint is no text.
    FOR field IN SELECT key, value FROM jsonb_each_text(to_jsonb(NEW))
        WHERE key <> 'sha256' AND value IS DISTINCT FROM before ->> key LOOP
        IF governance_holds_identity(field.value) THEN
            RAISE EXCEPTION 'A text holds a national identity number.' USING ERRCODE = 'check_violation',
                CONSTRAINT = '{NAME}', TABLE = TG_TABLE_NAME, COLUMN = field.key;
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
"""  # noqa: S608
NO_FUNCTIONS = "DROP FUNCTION governance_refuse_identity(); DROP FUNCTION governance_holds_identity(text);"


def guarded(*tables: str) -> RunSQL:
    """No row of `tables` is saved with somebody's number in any of its texts."""
    return RunSQL(
        [
            f"CREATE TRIGGER {NAME} BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW "
            "EXECUTE FUNCTION governance_refuse_identity()"
            for table in tables
        ],
        [f"DROP TRIGGER {NAME} ON {table}" for table in tables],
    )


def refuse_identity(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Runs a statement; what the trigger stops is a `Refused` at the column's field."""
    try:
        return execute(sql, params, many, context)
    except IntegrityError as error:
        said = getattr(error.__cause__, "diag", None)
        if said is None or said.constraint_name != NAME:
            raise
        raise Refused(
            "text.identity",
            _(
                "A text holds a fødselsnummer. Samspill never holds who a patient is. Take the number out, "
                "and save again."
            ),
            field=said.column_name or "",
        ) from error


def watch() -> None:
    """Every connection from now on."""
    connection_created.connect(_watch, dispatch_uid=NAME)


def _watch(connection: BaseDatabaseWrapper, **_kwargs: object) -> None:
    if refuse_identity not in connection.execute_wrappers:
        connection.execute_wrappers.append(refuse_identity)
