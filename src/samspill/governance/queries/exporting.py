"""Bodies with mandates, rules, seats and people, and what they decided, as plain values that can be moved.

Not here: minutes, papers and cases on their way (`exporting_records`), accounts, the links between things.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from samspill.directory.public import Body
from samspill.governance.models import (
    Decision,
    DecisionParty,
    DecisionPoint,
    FollowUp,
    Mandate,
    RepresentationRule,
    Seat,
    Tenure,
)
from samspill.governance.queries.exporting_records import (
    case_values,
    meeting_papers,
    minutes_values,
    undecided_cases,
)
from samspill.governance.queries.moved_rows import values
from samspill.governance.rules.moving_house import FORMAT, VERSION


def exported(bodies: Iterable[Body]) -> dict[str, Any]:
    """The file, for bodies of one community; those above before those below."""
    return {"format": FORMAT, "version": VERSION, "bodies": [body_values(one) for one in _in_order(bodies)]}


def _in_order(bodies: Iterable[Body]) -> list[Body]:
    """A body comes after the one it is part of, otherwise by name."""
    waiting = sorted(bodies, key=lambda one: one.name)
    wanted = {one.pk for one in waiting}
    told: list[Body] = []
    while waiting:
        known = {one.pk for one in told}
        free = [one for one in waiting if one.parent_id not in wanted or one.parent_id in known]
        told += free
        waiting = [one for one in waiting if one not in free]
    return told


def body_values(body: Body) -> dict[str, Any]:
    """A body with everything below it."""
    rules = list(RepresentationRule.objects.filter(body=body).order_by("from_day"))
    lines = {
        line.pk: [number, line.order] for number, rule in enumerate(rules) for line in rule.seat_rules.all()
    }
    seats = Seat.objects.filter(body=body).order_by("from_day", "order", "pk")
    decisions = Decision.objects.filter(body=body).order_by("decided_on", "pk")
    return {
        **values(body),
        "mandates": [values(one, leave=["body"]) for one in _of(Mandate, body).order_by("version")],
        "rules": [
            {**values(one, leave=["body"]), "lines": [values(line) for line in one.seat_rules.all()]}
            for one in rules
        ],
        "seats": [
            {
                **values(seat, leave=["body"]),
                "line": lines.get(seat.seat_rule_id or 0),
                "tenures": [values(one) for one in seat.tenures.order_by("from_day", "pk")],
            }
            for seat in seats
        ],
        "decisions": [_decision(one, list(seats)) for one in decisions],
        "minutes": minutes_values(body),
        "papers": meeting_papers(body),
        "cases": undecided_cases(body),
    }


def _of(model: type[Any], body: Body) -> Any:
    return model.objects.filter(body=body)


def _decision(one: Decision, seats: Sequence[Seat]) -> dict[str, Any]:
    """The decision with its meeting, item and case."""
    item = one.item
    return {
        **values(one, leave=["body"]),
        "meeting": values(item.meeting, leave=["body"]),
        "item": values(item, leave=["body"]),
        "case": case_values(one.case) if one.case else None,
        "passage": values(item.treatment, leave=["body"]) if item.treatment else None,
        "replaced_by": _number(one.replaced_by),
        "points": [_point(point) for point in one.points.order_by("order")],
        "votes": [{**values(vote), "by": _place(vote.tenure, seats)} for vote in one.votes.order_by("pk")],
        "dissents": [
            {**values(dissent), "by": _place(dissent.tenure, seats) if dissent.tenure else None}
            for dissent in one.dissents.order_by("pk")
        ],
    }


def _number(decision: Decision | None) -> list[Any] | None:
    """How a later decision is named: the body, and the item's year and number there."""
    if decision is None:
        return None
    return [decision.body.name, decision.item.year, decision.item.number]


def _place(tenure: Tenure, seats: Sequence[Seat]) -> list[int]:
    """Which seat of the body, and which of its tenures, in the order of the file."""
    seat = next(number for number, one in enumerate(seats) if one.pk == tenure.seat_id)
    people = list(seats[seat].tenures.order_by("from_day", "pk").values_list("pk", flat=True))
    return [seat, people.index(tenure.pk)]


def _point(point: DecisionPoint) -> dict[str, Any]:
    follow_up = FollowUp.objects.filter(point=point).first()
    parties = DecisionParty.objects.filter(point=point).order_by("party__name")
    return {
        **values(point),
        "follow_up": _follow_up(follow_up) if follow_up else None,
        "parties": [values(one) for one in parties],
    }


def _follow_up(one: FollowUp) -> dict[str, Any]:
    return {
        **values(one),
        "dropped_by": _number(one.dropped_by),
        "helpers": [values(helper) for helper in one.helpers.order_by("pk")],
        "reports": [values(report) for report in one.reports.order_by("at", "pk")],
    }
