"""When a revision is adopted: the former measures get their state, and what they had goes on with them."""

from samspill.directory.public import Actor, record
from samspill.plans.actions.changing import change, current
from samspill.plans.models import Measure, Plan, StatusReport
from samspill.plans.queries.revision import DEADLINE, OWNER, STATUS, Line, Revision, brings
from samspill.plans.queries.rows import Row
from samspill.plans.rules.revision import steps_to
from samspill.plans.rules.status import check_state_change
from samspill.plans.states import Basis, Hole, MeasureState

BROUGHT = "measure.brought"
_AT_WORK = frozenset({MeasureState.NOT_STARTED, MeasureState.IN_PROGRESS})


def close_former(revision: Revision, *, by: Actor) -> None:
    """Every former measure gets the state of its fate, by the table of what may follow what."""
    for line in revision.lines:
        assert line.fate is not None  # noqa: S101  the plan is adopted only when all are accounted for
        measure, before = line.old.measure, line.old.measure.state
        for state in steps_to(before, line.fate.fate):
            check_state_change(measure.state, state)
            measure.state = state
        if measure.state != before:
            measure.save(update_fields=["state"])
        if line.new is not None:
            _bring_along(line, line.new, before, revision.plan, by)
        record(
            by=by,
            act="measure.fate",
            on=measure,
            fate=line.fate.fate,
            reason=line.fate.reason,
            before=before,
            after=measure.state,
            new=line.fate.new_id,
        )


def _bring_along(line: Line, new: Row, state: str, plan: Plan, by: Actor) -> None:
    """Only what the new one lacks. Each part stands in its history, and can be undone there."""
    # Another that became the same measure may have brought something a moment ago.
    new.measure.refresh_from_db()
    lacking = brings(line.old, new, plan.period_start)
    if OWNER in lacking and not current(new.measure, Hole.OWNER, by):
        _bring_owners(line.old, new.measure, by)
    if DEADLINE in lacking:
        _bring_deadline(line.old.measure, new.measure, by)
    if STATUS in lacking and not StatusReport.objects.filter(measure=new.measure).exists():
        _bring_status(line.old, new.measure, state)
    _bring_indicators(line.old.measure, new.measure, by)


def _bring_owners(old: Row, new: Measure, by: Actor) -> None:
    rows = [
        {
            "raw": one.raw,
            "body_id": one.body_id,
            "party_id": one.party_id,
            "side": one.side,
            "role": one.role,
            "basis": str(Basis.SET),
        }
        for one in old.responsibles
    ]
    change(new, Hole.OWNER, rows, by=by, act=BROUGHT)


def _bring_deadline(old: Measure, new: Measure, by: Actor) -> None:
    day = old.deadline.isoformat() if old.deadline else None
    value = {"day": day, "raw": old.deadline_raw, "precision": old.deadline_precision}
    change(new, Hole.DEADLINE, value, by=by, act=BROUGHT)


def _bring_indicators(old: Measure, new: Measure, by: Actor) -> None:
    wanted = current(old, Hole.INDICATOR, by)
    if not wanted or current(new, Hole.INDICATOR, by):
        return
    change(new, Hole.INDICATOR, wanted, by=by, act=BROUGHT)


def _bring_status(old: Row, new: Measure, state: str) -> None:
    """The newest report goes on with its own day, so that it grows old as it would have."""
    report = old.report
    if report is None:
        return
    StatusReport.objects.create(
        community_id=new.community_id,
        plan_id=new.plan_id,
        measure=new,
        word=report.word,
        sentence=report.sentence,
        at=report.at,
        by_id=report.by_id,
        by_name=report.by_name,
    )
    if state in _AT_WORK and MeasureState(new.state) in {MeasureState.PROPOSED, MeasureState.ADOPTED}:
        check_state_change(new.state, state)
        new.state = state
        new.save(update_fields=["state"])
