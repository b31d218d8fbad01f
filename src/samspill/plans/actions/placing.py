"""Where a plan stands and what it is called: set as a whole, and taken back as a whole."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, AuditEvent, record
from samspill.plans.actions.indexing import PLAN, index_plan
from samspill.plans.models import Plan
from samspill.plans.permissions import check_may_act
from samspill.plans.queries.place import parents_for
from samspill.plans.rules.dates import check_period
from samspill.plans.rules.revision import check_place, check_review_months
from samspill.plans.states import PlanKind
from samspill.refusal import Refused

_DAYS = ("period_start", "period_end")


@dataclass(frozen=True)
class Placed:
    """What a keeper says of a plan as a whole. `parent` is the number of the plan it stands under."""

    kind: str
    title: str
    slogan: str
    period_start: date | None
    period_end: date | None
    parent: int | None
    review_months: int

    @classmethod
    def of(cls, plan: Plan) -> "Placed":
        return cls(
            plan.kind, plan.title, plan.slogan, plan.period_start, plan.period_end, plan.parent_id,
            plan.review_months,
        )  # fmt: skip


def set_place(plan: Plan, placed: Placed, *, by: Actor) -> AuditEvent:
    """Write what was said of the plan. The event is what `undo_place` takes.

    Refuses an empty title, a period that ends before it begins, and a place the kinds do not allow.
    """
    check_may_act(by, "plans.revise", plan)
    with transaction.atomic():
        return _write(_lock(plan), placed, by=by, act="plan.place")


def undo_place(plan: Plan, event_id: int, *, by: Actor) -> None:
    """Put back what stood before. Refuses when somebody has changed it again since."""
    check_may_act(by, "plans.revise", plan)
    event = (
        AuditEvent.objects.visible_to(by)
        .filter(pk=event_id, on_kind=PLAN, on_id=plan.pk, details__has_key="placed")
        .first()
    )
    if event is None:
        raise Refused("undo.unknown", _("There is nothing to undo here."))
    with transaction.atomic():
        locked = _lock(plan)
        if _as_json(Placed.of(locked)) != event.details["placed"]["after"]:
            raise Refused(
                "undo.changed", _("Something else has been said of it since, so it was not undone.")
            )
        _write(locked, _from_json(event.details["placed"]["before"]), by=by, act="plan.place_undo")


def _lock(plan: Plan) -> Plan:
    return Plan.objects.select_for_update().get(pk=plan.pk)


def _write(plan: Plan, placed: Placed, *, by: Actor, act: str) -> AuditEvent:
    check_placed(plan, placed, by)
    before = _as_json(Placed.of(plan))
    for name, value in asdict(placed).items():
        setattr(plan, "parent_id" if name == "parent" else name, value)
    plan.save(update_fields=list(asdict(placed)))
    index_plan(plan)
    return record(by=by, act=act, on=plan, placed={"before": before, "after": _as_json(placed)})


def check_placed(plan: Plan, placed: Placed, by: Actor) -> None:
    if not placed.title.strip():
        raise Refused("plan.title", _("Write what the plan is called."), field="title")
    if placed.kind not in PlanKind.values:
        raise Refused("plan.kind", _("Choose what kind of plan it is."), field="kind")
    check_period(placed.period_start, placed.period_end)
    check_review_months(placed.review_months)
    parents = {one.pk: one.kind for one in parents_for(plan, by)}
    if placed.parent is not None and placed.parent not in parents:
        raise Refused(
            "plan.parent", _("Choose a plan of this helsefellesskap from the list."), field="parent"
        )
    parts = Plan.objects.filter(parent=plan).values_list("kind", flat=True)
    check_place(placed.kind, parents[placed.parent] if placed.parent else None, parts)


def _as_json(placed: Placed) -> dict[str, Any]:
    values = asdict(placed)
    return values | {name: values[name].isoformat() if values[name] else None for name in _DAYS}


def _from_json(values: dict[str, Any]) -> Placed:
    days = {name: date.fromisoformat(values[name]) if values[name] else None for name in _DAYS}
    return Placed(**{**values, **days})
