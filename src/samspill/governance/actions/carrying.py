"""A party tells how far it has come with a point that binds it; the secretariat says whom a point binds.

What was done stands in one event of the log: `cells` with what each was before and after. `undo_carrying`
puts all of them back, or none when one has been told again since.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, AuditEvent, Party, record
from samspill.governance.models import DecisionParty, DecisionPoint
from samspill.governance.permissions import check_may_act
from samspill.governance.permissions_follow_ups import check_may_tell, is_on_behalf
from samspill.governance.rules.follow_ups import check_carrying, check_note, moves_on
from samspill.governance.states import CarryingState
from samspill.refusal import Refused

TELL, TELL_MANY, BINDS, UNDO = "carrying.tell", "carrying.tell_many", "carrying.binds", "carrying.undo"
_Cell = dict[str, Any]


def tell_carrying(
    point: DecisionPoint,
    *,
    party: Party,
    state: str,
    by: Actor,
    note: str = "",
    via: str = "page",
    at: datetime | None = None,
) -> AuditEvent:
    """`party` has come to `state` with the point, with one sentence of at most 500 characters.

    `at`: when it was told, where that is not now.
    Refuses a step that is not allowed, «does not concern us» without a reason, and a point that does not bind
    the party.
    """
    check_may_tell(by, point, party.pk)
    with transaction.atomic():
        row = DecisionParty.objects.select_for_update().filter(point=point, party=party).first()
        if row is None:
            raise Refused(
                "carrying.not_bound",
                _("The point does not bind %(party)s. The secretariat says whom it binds.")
                % {"party": party},
            )
        check_carrying(row.state, state, note, is_told=row.told_at is not None)
        return _write(point, [(row, state)], note, by=by, act=TELL, party=party, via=via, at=at)


def tell_row(point: DecisionPoint, *, state: str, by: Actor, note: str = "") -> AuditEvent:
    """Every party the point binds has come to `state`; who has come further stays where it is."""
    check_may_act(by, "follow_ups.manage", point)
    rows = DecisionParty.objects.filter(point=point)
    return _tell_many(point, rows.values_list("pk", flat=True), state=state, note=note, by=by)


def tell_column(
    points: Sequence[DecisionPoint], *, party: Party, state: str, by: Actor, note: str = ""
) -> AuditEvent:
    """`party` has come to `state` with every one of `points` that binds it; what has come further stays."""
    for point in points:
        check_may_tell(by, point, party.pk)
    rows = DecisionParty.objects.filter(point__in=points, party=party)
    on = points[0] if points else None
    if on is None:
        raise _none_moves()
    return _tell_many(on, rows.values_list("pk", flat=True), state=state, note=note, by=by, party=party)


def _tell_many(
    on: DecisionPoint,
    ids: Iterable[int],
    *,
    state: str,
    note: str,
    by: Actor,
    party: Party | None = None,
) -> AuditEvent:
    if state not in CarryingState.values:
        raise Refused("carrying.state", _("Choose how far you have come."), field="state")
    check_note(state, note)
    with transaction.atomic():
        rows = DecisionParty.objects.select_for_update().filter(pk__in=list(ids)).order_by("pk")
        moving = [(row, state) for row in rows if moves_on(row.state, state, is_told=row.told_at is not None)]
        if not moving:
            raise _none_moves()
        return _write(on, moving, note, by=by, act=TELL_MANY, party=party)


def _none_moves() -> Refused:
    return Refused(
        "carrying.none_moves",
        _("All have come that far already, or cannot go there at once. Nothing is changed."),
        field="state",
    )


def set_bound(point: DecisionPoint, *, parties: Iterable[Party], by: Actor) -> AuditEvent:
    """The point binds exactly `parties`. Who is taken away keeps what it told in the history."""
    check_may_act(by, "follow_ups.manage", point)
    wanted = {one.pk: one for one in parties}
    if any(one.community_id != point.community_id for one in wanted.values()):
        raise Refused(
            "carrying.who", _("Choose parties of this helsefellesskap from the list."), field="parties"
        )
    with transaction.atomic():
        present = {one.party_id: one for one in DecisionParty.objects.select_for_update().filter(point=point)}
        gone = [_cell(row) for party, row in present.items() if party not in wanted]
        DecisionParty.objects.filter(point=point).exclude(party__in=wanted).delete()
        for party in wanted.keys() - present.keys():
            DecisionParty.objects.create(community_id=point.community_id, point=point, party_id=party)
        return record(
            by=by,
            act=BINDS,
            on=point,
            binds={"before": sorted(present), "after": sorted(wanted), "gone": gone},
        )


def undo_carrying(event_id: int, *, by: Actor) -> AuditEvent:
    """Put back what an event of this file did, all of it. Refuses when something was told again since."""
    with transaction.atomic():
        found = (
            AuditEvent.objects.visible_to(by)
            .filter(pk=event_id, act__in=(TELL, TELL_MANY, BINDS), community_id=by.community_id)
            .first()
        )
        if found is None:
            raise Refused("undo.unknown", _("There is nothing to undo here."))
        if found.act == BINDS:
            return _undo_binding(found, by)
        cells = {cell["after"]["id"]: cell for cell in found.details["cells"]}
        rows = {
            row.pk: row
            for row in DecisionParty.objects.select_for_update(of=("self",))
            .filter(pk__in=cells)
            .select_related("point", "party")
        }
        for row in rows.values():
            check_may_tell(by, row.point, row.party_id)
        if any(number not in rows or _cell(rows[number]) != cell["after"] for number, cell in cells.items()):
            raise _changed_since()
        for number, cell in cells.items():
            _put(rows[number], cell["before"])
        return record(
            by=by,
            act=UNDO,
            on=next(iter(rows.values())).point,
            cells=[{"before": cell["after"], "after": cell["before"]} for cell in cells.values()],
        )


def _undo_binding(event: AuditEvent, by: Actor) -> AuditEvent:
    point = DecisionPoint.objects.get(pk=event.on_id or 0)
    check_may_act(by, "follow_ups.manage", point)
    binds: Mapping[str, Any] = event.details["binds"]
    present = DecisionParty.objects.select_for_update().filter(point=point)
    if sorted(present.values_list("party_id", flat=True)) != binds["after"]:
        raise _changed_since()
    present.exclude(party__in=binds["before"]).delete()
    kept = {cell["party"]: cell for cell in binds["gone"]}
    for party in set(binds["before"]) - set(binds["after"]):
        row = DecisionParty.objects.create(community_id=point.community_id, point=point, party_id=party)
        if party in kept:
            _put(row, kept[party])
    return record(
        by=by, act=UNDO, on=point, binds={"before": binds["after"], "after": binds["before"], "gone": []}
    )


def _changed_since() -> Refused:
    return Refused(
        "undo.changed", _("It has been changed again since, so it was not undone. See the history.")
    )


def _cell(row: DecisionParty) -> _Cell:
    return {
        "id": row.pk,
        "party": row.party_id,
        "state": str(row.state),
        "note": row.note,
        "told_at": timezone.localtime(row.told_at).isoformat() if row.told_at else None,
        "told_by": row.told_by_id,
    }


def _put(row: DecisionParty, cell: _Cell) -> None:
    row.state, row.note, row.told_by_id = cell["state"], cell["note"], cell["told_by"]
    row.told_at = datetime.fromisoformat(cell["told_at"]) if cell["told_at"] else None
    row.save(update_fields=["state", "note", "told_by", "told_at"])


def _write(
    on: DecisionPoint,
    moving: Sequence[tuple[DecisionParty, str]],
    note: str,
    *,
    by: Actor,
    act: str,
    party: Party | None,
    via: str = "page",
    at: datetime | None = None,
) -> AuditEvent:
    now, cells = at or timezone.now(), []
    for row, state in moving:
        before = _cell(row)
        row.state, row.note, row.told_at, row.told_by_id = state, note.strip(), now, by.account_id
        row.save(update_fields=["state", "note", "told_at", "told_by"])
        cells.append({"before": before, "after": _cell(row)})
    behalf = party if party and is_on_behalf(by, party.pk) else None
    return record(by=by, act=act, on=on, on_behalf_of=behalf, cells=cells, via=via)
