"""The one way into history: a function of the tables' owner that blanks named columns past their period.

The application may call it and nothing more. The function itself knows the table, the columns, the day the
period counts from and the shortest period; who calls can only ask for a longer one.
"""

from collections.abc import Mapping

from django.db.migrations import RunSQL

from samspill.directory.isolation.policies import APP_ROLE, COMMUNITY

_TODAY = "(now() AT TIME ZONE 'Europe/Oslo')::date"
_EVERY_ACCOUNT = "SELECT id FROM directory_account UNION SELECT pgh_obj_id FROM directory_accountevent"

_ENTER = "PERFORM set_config('samspill.account', _who::text, true);"
_LEAVE = "PERFORM set_config('samspill.account', coalesce(_before, ''), true);"
FUNCTION = """
CREATE FUNCTION erase_{table}(_months integer, _today date, OUT _rows bigint, OUT _history bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    _before text := current_setting('samspill.account', true);
    _ignored text := current_setting('pgtrigger.ignore', true);
    _guards text := (SELECT array_agg(tgname)::text FROM pg_trigger
        WHERE tgrelid = '{table}event'::regclass AND tgname LIKE 'pgtrigger_append_only_%');
    _who bigint;
    _due bigint[];
    _count bigint;
BEGIN
    IF _months IS NULL OR _today IS NULL OR _months < {months} OR _today > {day} THEN
        RAISE EXCEPTION 'Rows of {table} are kept for {months} months, counted to a day that has come.'
            USING ERRCODE = 'check_violation';
    END IF;
    _rows := 0;
    _history := 0;
    FOR _who IN {every} LOOP
        {enter}
        SELECT array_agg(t.id) INTO _due FROM {table} t
            WHERE {mine_now} AND ({since}) + make_interval(months => _months) <= _today;
        UPDATE {table} t SET {set_now}
            WHERE {mine_now} AND t.id = ANY(_due) AND ({differs_now});
        GET DIAGNOSTICS _count = ROW_COUNT;
        _rows := _rows + _count;
        PERFORM set_config('pgtrigger.ignore', _guards, true);
        UPDATE {table}event e SET {set_then} WHERE {mine_then} AND ({differs_then})
            AND (e.pgh_obj_id = ANY(_due) OR (
                NOT EXISTS (SELECT 1 FROM {table} t WHERE t.id = e.pgh_obj_id)
                AND (SELECT max(x.pgh_created_at) FROM {table}event x WHERE x.pgh_obj_id = e.pgh_obj_id)
                    + make_interval(months => _months) <= _today
            ));
        GET DIAGNOSTICS _count = ROW_COUNT;
        _history := _history + _count;
        PERFORM set_config('pgtrigger.ignore', coalesce(_ignored, ''), true);
    END LOOP;
    {leave}
END $$
"""
"""History of a row that is gone counts from its last line. Its guard (of `tracked`) is let go
for that one statement alone; the application has no right to change history besides."""


def erasable(
    table: str,
    *,
    columns: Mapping[str, str],
    since: str,
    months: int,
    only_now: Mapping[str, str] | None = None,
    owner: str = "community_id",
    account: str = "",
) -> RunSQL:
    """Makes `erase_<table>(months, today)`, which returns how many rows and rows of history it changed.

    columns   column -> SQL of what stands there afterwards, in the table and in its history
    since     SQL of the day the period counts from, for the row `t`; NULL or infinity is never
    months    the shortest period that may be asked for
    only_now  the same for columns that history does not hold
    owner     the column of the community, "" for a table without tenant, where `since` must ask for it
    account   the column of an account without whose scope the rows or their day cannot be seen
    """
    function = f"erase_{table}(integer, date)"
    now = {**columns, **(only_now or {})}
    made = FUNCTION.format(
        table=table,
        months=months,
        day=_TODAY,
        since=since,
        every=_EVERY_ACCOUNT if account else "SELECT NULL::bigint",
        enter=_ENTER if account else "",
        leave=_LEAVE if account else "",
        mine_now=_mine("t", owner, account),
        mine_then=_mine("e", owner, account),
        set_now=_set(now),
        set_then=_set(columns),
        differs_now=_differs("t", now),
        differs_then=_differs("e", columns),
    )
    return RunSQL(
        [
            made,
            f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC",
            f"GRANT EXECUTE ON FUNCTION {function} TO {APP_ROLE}",
        ],
        [f"DROP FUNCTION {function}"],
    )


def _mine(alias: str, owner: str, account: str) -> str:
    ours = f"{alias}.{owner} = {COMMUNITY}" if owner else "true"
    theirs = f"{alias}.{account} = _who" if account else "true"
    return f"{ours} AND {theirs}"


def _set(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{column} = {value}" for column, value in columns.items())


def _differs(alias: str, columns: Mapping[str, str]) -> str:
    return " OR ".join(f"{alias}.{column} IS DISTINCT FROM {value}" for column, value in columns.items())
