"""What is set on a measure: who answers, by when, what it is measured on, and how it is worded."""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import THINGS, Actor, Answerable, AuditEvent, answerable_in
from samspill.plans.actions.changing import INDICATOR, change, current, lock
from samspill.plans.models import Measure
from samspill.plans.permissions import check_may_act
from samspill.plans.rules.dates import check_deadline
from samspill.plans.states import Answers, Basis, Hole, Precision
from samspill.refusal import Refused


def set_responsible(measure: Measure, *, who: str, by: Actor, helpers: tuple[str, ...] = ()) -> AuditEvent:
    """`who` answers and `helpers` take part; each is the key of an `Answerable` here ("body:12")."""
    check_may_act(by, "plans.change", measure)
    register = {one.key: one for one in answerable_in(measure.community_id)}
    rows = [_owner_row(_known(who, register), Answers.ACCOUNTABLE)]
    rows += [_owner_row(_known(key, register), Answers.HELPER) for key in helpers if key != who]
    return change(measure, "owner", rows, by=by)


def _known(key: str, register: dict[str, Answerable]) -> Answerable:
    if key not in register:
        raise Refused(
            "measure.who",
            _("Choose a body or a party of this helsefellesskap from the list."),
            field="who",
        )
    return register[key]


def _owner_row(one: Answerable, role: Answers) -> dict[str, object]:
    return {
        "raw": one.short_name or one.name,
        "body_id": one.id if one.kind == "body" else None,
        "party_id": one.id if one.kind == "party" else None,
        "side": "",
        "role": str(role),
        "basis": str(Basis.SET),
    }


def set_deadline(measure: Measure, *, deadline: date | None, by: Actor) -> AuditEvent:
    """A day, or None to take it away. Refuses a day before the plan begins."""
    check_may_act(by, "plans.change", measure)
    check_deadline(deadline, measure.plan.period_start)
    value = {
        "day": deadline.isoformat() if deadline else None,
        "raw": "",
        "precision": str(Precision.DAY) if deadline else "",
    }
    return change(measure, "deadline", value, by=by)


def link_indicator(measure: Measure, *, indicator_id: int, by: Actor) -> AuditEvent:
    """The measure is measured by one more indicator. Refuses an indicator that is not there."""
    check_may_act(by, "plans.change", measure)
    if INDICATOR not in THINGS:
        raise Refused("measure.no_indicators", _("There are no indicators to choose from here."))
    present = current(measure, "indicator", by)
    return change(measure, "indicator", sorted({*present, indicator_id}), by=by)


def edit_text(measure: Measure, *, title: str, text: str, by: Actor) -> AuditEvent:
    """New words for a measure. Where it stands in the document, and what stands there, is never touched."""
    check_may_act(by, "plans.change", measure)
    title, text = title.strip(), text.strip()
    if not text:
        raise Refused("measure.text", _("Write what is to be done."), field="text")
    return change(measure, "text", {"title": title[:200], "text": text}, by=by)


def fill_hole(measure: Measure, *, hole: str, value: str, by: Actor) -> AuditEvent:
    """Say yes to a proposal: `value` is what was proposed. Refuses a hole that is filled meanwhile."""
    check_may_act(by, "plans.change", measure)
    if hole not in Hole.values:
        raise Refused("measure.hole", _("Choose what to fill: responsible, deadline or indicator."))
    with transaction.atomic():
        measure = lock(measure)
        check_is_hole(measure, hole, by)
        return _FILL[Hole(hole)](measure, value, by)


def check_is_hole(measure: Measure, hole: str, by: Actor) -> None:
    present = current(measure, hole, by)
    if present["day"] if hole == Hole.DEADLINE else present:
        raise Refused(
            "measure.filled", _("Somebody has filled this already. What they chose stands in the row now.")
        )


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Refused(
            "measure.day", _("Write the deadline as a day, for example 2027-06-30."), field="deadline"
        ) from None


def _number(value: str) -> int:
    if not value.isdecimal():
        raise Refused("measure.indicator", _("Choose an indicator from the list."), field="indicator")
    return int(value)


_FILL: dict[Hole, Callable[[Measure, str, Actor], AuditEvent]] = {
    Hole.OWNER: lambda measure, value, by: set_responsible(measure, who=value, by=by),
    Hole.DEADLINE: lambda measure, value, by: set_deadline(measure, deadline=_day(value), by=by),
    Hole.INDICATOR: lambda measure, value, by: link_indicator(measure, indicator_id=_number(value), by=by),
}
