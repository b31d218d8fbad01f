"""The life of a table: what a person starts, and the steps a job takes in the background.

A step is one transaction on one chunk of rows, and says itself that it is done. A worker that dies between
two steps, or in the middle of one, leaves nothing half done: the next worker goes on where the last step
ended. The table's row is locked during a step, so that two workers never take the same rows.
"""

import hashlib
from dataclasses import replace
from pathlib import PurePath

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, record, scope
from samspill.plans.actions.bringing_in.checking import Checker
from samspill.plans.actions.bringing_in.spreadsheets import format_of, read_sheet
from samspill.plans.actions.bringing_in.taking import save_many, take, undo
from samspill.plans.actions.indexing import index_plan
from samspill.plans.models import Plan, PlanDocument, TableImport, TableRow
from samspill.plans.permissions import check_may_act
from samspill.plans.rules.tables.refusals import Unfit
from samspill.plans.states import AT_WORK, TABLE_TRANSITIONS, Outcome, TableState, Verdict
from samspill.refusal import Refused

CHUNK = 250
Memory = dict[str, Checker]
"""What a job keeps between the steps of one run; an empty one costs time, never correctness."""

_ROW_FIELDS = ["verdict", "outcome", "changes", "problem", "measure"]


def bring(plan: Plan, *, content: bytes, file_name: str, by: Actor) -> TableImport:
    """Keep a table whole, to be checked. Refuses at once what is plainly no table."""
    check_may_act(by, "plans.change", plan)
    name = PurePath(file_name).name[:255]
    table = TableImport.objects.create(
        community_id=plan.community_id,
        plan=plan,
        file_name=name,
        format=format_of(content, name),
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        received_by_id=by.account_id,
    )
    record(by=by, act="table.bring", on=table, plan=plan.pk)
    return table


def take_in(table: TableImport, *, by: Actor) -> TableImport:
    """Say yes to what the check found. Refuses a table without anything new, and one that is not ready."""
    table = _lock(table.pk)
    check_may_act(by, "plans.change", table.plan)
    waiting = _waiting(table)
    if not waiting.exists():
        raise Refused("table.nothing", _("No row is new or changed, so there is nothing to take in."))
    if waiting.filter(verdict=Verdict.NEW).exists():
        _check_document(table)
    _move(table, TableState.TAKING, total=waiting.count())
    table.taken_at, table.taken_by_id = timezone.now(), by.account_id
    table.save(update_fields=["taken_at", "taken_by"])
    record(by=by, act="table.take", on=table, plan=table.plan_id, rows=table.total)
    return table


def undo_all(table: TableImport, *, by: Actor) -> TableImport:
    """Take back everything a table did, where nobody has changed it since."""
    table = _lock(table.pk)
    check_may_act(by, "plans.change", table.plan)
    _move(table, TableState.UNDOING, total=_taken(table).count())
    table.undone_at, table.undone_by_id = timezone.now(), by.account_id
    table.save(update_fields=["undone_at", "undone_by"])
    record(by=by, act="table.undo", on=table, plan=table.plan_id, rows=table.total)
    return table


def next_step(table_id: int, memory: Memory, *, by: Actor, chunk: int = CHUNK) -> bool:
    """One step of what waits to be done with a table; whether there is more. `by` is Samspill at work."""
    table = _lock(table_id)
    if table.state not in AT_WORK:
        return False
    who = table.undone_by or table.taken_by or table.received_by
    if who is not None:
        by = replace(by, account_id=who.pk, name=who.name)
    language = (who.written_form if who else "") or table.community.written_form
    with translation.override(language), scope(by):
        return {
            TableState.CHECKING: _check,
            TableState.TAKING: _take,
            TableState.UNDOING: _undo,
        }[TableState(table.state)](table, memory, by, chunk)


def _check(table: TableImport, memory: Memory, by: Actor, chunk: int) -> bool:
    """Read the file once per run; then so many rows a time, from where the last step ended."""
    if "checker" not in memory:
        try:
            memory["checker"] = _read(table, by)
        except Unfit as refused:
            table.problem = refused.problem
            table.save(update_fields=["problem"])
            _move(table, TableState.REFUSED)
            return False
        table.save(update_fields=["header", "total", "moved"])
        return True
    checker = memory["checker"]
    lines = checker.sheet.lines[table.done : table.done + chunk]
    rows = [checker.row(line) for line in lines]
    for row in rows:
        row.table = table
    TableRow.objects.bulk_create(rows)
    return _done(table, len(rows), TableState.READY)


def _read(table: TableImport, by: Actor) -> Checker:
    sheet = read_sheet(bytes(table.content), table.file_name)
    if not sheet.lines:
        raise Unfit("table.no_rows", file=table.file_name)
    table.total = len(sheet.lines)
    table.header = {
        "sheet": sheet.name,
        "left_out": list(sheet.left_out),
        "row": sheet.header_row,
        "headers": list(sheet.headers),
        "columns": {str(column): place for column, place in sheet.header.columns.items()},
        "unknown": list(sheet.header.unknown),
    }
    return Checker(sheet, table.plan, by)


def _take(table: TableImport, memory: Memory, by: Actor, chunk: int) -> bool:
    rows = list(_waiting(table).select_for_update(of=("self",))[:chunk])
    take(table, rows, table.plan, by)
    save_many(rows, _ROW_FIELDS)
    table.save(update_fields=["document"])
    if _done(table, len(rows), TableState.TAKEN):
        return True
    index_plan(table.plan)
    return False


def _undo(table: TableImport, memory: Memory, by: Actor, chunk: int) -> bool:
    rows = list(_taken(table).order_by("-number").select_for_update(of=("self",))[:chunk])
    undo(rows, table.plan, by)
    save_many(rows, _ROW_FIELDS)
    if _done(table, len(rows), TableState.UNDONE):
        return True
    index_plan(table.plan)
    return False


def _done(table: TableImport, count: int, after: TableState) -> bool:
    """Count `count` rows; when they were the last, the table is `after`. Whether there is more."""
    table.done += count
    table.save(update_fields=["done", "moved"])
    if count and table.done < table.total:
        return True
    _move(table, after)
    return False


def _move(table: TableImport, state: TableState, total: int | None = None) -> None:
    if state not in TABLE_TRANSITIONS[TableState(table.state)]:
        raise Refused(
            "table.state",
            _("The table is «%(state)s» now. Load the page again to see it.")
            % {"state": TableState(table.state).label},
        )
    table.state = state
    if total is not None:
        table.total, table.done = total, 0
    table.save(update_fields=["state", "total", "done", "moved"])


def _check_document(table: TableImport) -> None:
    """New measures are anchored in the file, and a file is the document of one plan."""
    other = (
        PlanDocument.objects.filter(community_id=table.community_id, sha256=table.sha256)
        .exclude(plan_id=table.plan_id)
        .select_related("plan")
        .first()
    )
    if other is not None:
        raise Refused(
            "table.other_plan",
            _("This very file is taken into «%(plan)s» already. Save a copy with only the rows of this plan.")
            % {"plan": other.plan.title},
        )


def _waiting(table: TableImport):  # type: ignore[no-untyped-def]
    return TableRow.objects.filter(
        table=table, verdict__in=[Verdict.NEW, Verdict.CHANGED], outcome=Outcome.WAITING
    ).order_by("number")


def _taken(table: TableImport):  # type: ignore[no-untyped-def]
    return TableRow.objects.filter(table=table, outcome=Outcome.TAKEN)


def _lock(pk: int) -> TableImport:
    return (
        TableImport.objects.select_for_update(of=("self",))
        .select_related("plan__community", "community", "document", "received_by", "taken_by", "undone_by")
        .get(pk=pk)
    )
