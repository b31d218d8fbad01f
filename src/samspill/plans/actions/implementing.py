"""A party tells how far it has come; a keeper says whom a measure concerns. Each can be taken back.

What was done stands in one event of the log: `cells` with what each was before and after. `undo_told` puts
all of them back, or none when one has been told again since.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, AuditEvent, Party, record
from samspill.plans.actions.changing import lock
from samspill.plans.models import Measure, MeasureParty, MeasureResponsible, PartyImplementation, Plan
from samspill.plans.permissions import check_may_act
from samspill.plans.permissions_carrying import check_may_implement, is_on_behalf
from samspill.plans.queries.carrying import (
    as_parties,
    carried_out,
    concerned_by,
    default_of,
    parties_in,
)
from samspill.plans.rules.carrying_out import check_implementation, check_note, moves_on, to_say
from samspill.plans.states import ImplementationState
from samspill.refusal import Refused

TELL, TELL_MANY, CONCERN, UNDO = (
    "implementation.tell",
    "implementation.tell_many",
    "implementation.concern",
    "implementation.undo",
)
_Key = tuple[int, int]  # measure, party
_Snapshot = dict[str, Any] | None


def tell(
    measure: Measure,
    *,
    party: Party,
    state: str,
    by: Actor,
    day: date | None = None,
    note: str = "",
    at: datetime | None = None,
) -> AuditEvent:
    """`party` has come to `state` with the measure, since `day` (today when left out), with one sentence.

    Refuses a step that is not allowed, a measure that does not concern the party, and who may not say it.
    """
    check_may_implement(by, measure, party.pk)
    note, day = note.strip(), day or by.today
    with transaction.atomic():
        measure = lock(measure)
        if party.pk not in concerned_by(measure, parties_in(measure.community, by.today)):
            raise Refused(
                "implementation.not_concerned",
                _("The measure does not concern %(party)s. A keeper of the plan says whom it concerns.")
                % {"party": party},
            )
        before = _present([(measure.pk, party.pk)])[measure.pk, party.pk]
        check_implementation(_state(before), state, note=note, day=day, today=by.today)
        after = _snapshot(state, day, note, at or timezone.now(), by, party.pk)
        return _write(measure, measure, [((measure.pk, party.pk), before, after)], by, TELL, party)


def tell_row(measure: Measure, *, state: str, by: Actor, note: str = "") -> AuditEvent:
    """Every party the measure concerns has come to `state`; who has come further stays where it is."""
    check_may_act(by, "plans.change", measure)
    with transaction.atomic():
        measure = lock(measure)
        register = parties_in(measure.community, by.today)
        keys = [(measure.pk, party) for party in concerned_by(measure, register)]
        return _tell_many(measure, measure, keys, state=state, note=note, by=by, party=None)


def tell_column(plan: Plan, *, party: Party, state: str, by: Actor, note: str = "") -> AuditEvent:
    """Every measure of the plan that concerns `party` has come to `state`; what has come further stays."""
    check_may_act(by, "plans.change", plan)
    with transaction.atomic():
        register = parties_in(plan.community, by.today)
        found = carried_out([plan], by, register)
        keys = [(one.measure.pk, party.pk) for one in found if party.pk in one.standings]
        return _tell_many(plan, plan, keys, state=state, note=note, by=by, party=party)


def _tell_many(
    on: Plan | Measure,
    part_of: Plan | Measure,
    keys: Sequence[_Key],
    *,
    state: str,
    note: str,
    by: Actor,
    party: Party | None,
) -> AuditEvent:
    if state not in ImplementationState.values:
        raise Refused("implementation.state", _("Choose how far it has come."), field="state")
    check_note(state, note)
    now = timezone.now()
    changes = [
        (key, before, _snapshot(state, by.today, note.strip(), now, by, key[1]))
        for key, before in _present(keys).items()
        if moves_on(_state(before), state)
    ]
    if not changes:
        raise Refused(
            "implementation.none_moves",
            _("All have come that far already, or cannot go there at once. Nothing is changed."),
            field="state",
        )
    return _write(on, part_of, changes, by, TELL_MANY, party)


def set_concerned(measure: Measure, *, parties: Iterable[int], by: Actor) -> AuditEvent:
    """The measure concerns exactly `parties` (numbers); what follows from who answers is not stored again."""
    check_may_act(by, "plans.change", measure)
    with transaction.atomic():
        measure = lock(measure)
        known = as_parties(parties_in(measure.community, by.today))
        wanted = frozenset(parties)
        if wanted - known.every:
            raise Refused(
                "implementation.who",
                _("Choose parties of this helsefellesskap from the list."),
                field="parties",
            )
        default = default_of(MeasureResponsible.objects.filter(measure=measure), known)
        before, after = _said(measure), {str(k): v for k, v in to_say(default, wanted).items()}
        _say(measure, after)
        return record(by=by, act=CONCERN, on=measure, concerns={"before": before, "after": after})


def undo_told(event_id: int, *, by: Actor) -> AuditEvent:
    """Put back what an event of this file did, all of it. Refuses when something was told again since."""
    event = AuditEvent.objects.visible_to(by).filter(
        pk=event_id, act__in=(TELL, TELL_MANY, CONCERN), community_id=by.community_id
    )
    with transaction.atomic():
        found = event.first()
        if found is None:
            raise Refused("undo.unknown", _("There is nothing to undo here."))
        if "concerns" in found.details:
            return _undo_concern(found, by)
        changes = [
            ((cell["measure"], cell["party"]), cell["after"], cell["before"])
            for cell in found.details["cells"]
        ]
        measures = {one.pk: one for one in Measure.objects.filter(pk__in={key[0] for key, _a, _b in changes})}
        for (measure, party), _after, _before in changes:
            check_may_implement(by, measures[measure], party)
        present = _present([key for key, _a, _b in changes])
        if any(present[key] != after for key, after, _before in changes):
            raise _changed_since()
        on = next(iter(measures.values()))
        return _write(on, on, changes, by, UNDO, None)


def _undo_concern(event: AuditEvent, by: Actor) -> AuditEvent:
    measure = lock(Measure(pk=event.on_id))
    check_may_act(by, "plans.change", measure)
    before, after = event.details["concerns"]["before"], event.details["concerns"]["after"]
    if _said(measure) != after:
        raise _changed_since()
    _say(measure, before)
    return record(by=by, act=UNDO, on=measure, concerns={"before": after, "after": before})


def _changed_since() -> Refused:
    return Refused(
        "undo.changed", _("It has been changed again since, so it was not undone. See the history.")
    )


_FIELDS = ("state", "note", "told_by_id", "by_name", "is_on_behalf")


def _state(value: _Snapshot) -> str | None:
    return value["state"] if value else None


def _snapshot(state: str, day: date, note: str, at: datetime, by: Actor, party_id: int) -> dict[str, Any]:
    return {
        "state": str(state),
        "day": day.isoformat(),
        "note": note,
        "told_at": timezone.localtime(at).isoformat(),
        "told_by_id": by.account_id,
        "by_name": by.name,
        "is_on_behalf": is_on_behalf(by, party_id),
    }


def _present(keys: Sequence[_Key]) -> dict[_Key, _Snapshot]:
    """What is told of each, kept from others until the transaction ends."""
    rows = PartyImplementation.objects.select_for_update().filter(
        measure__in={measure for measure, _party in keys}, party__in={party for _measure, party in keys}
    )
    found: dict[_Key, _Snapshot] = dict.fromkeys(keys)
    for row in rows:
        if (row.measure_id, row.party_id) in found:
            found[row.measure_id, row.party_id] = {
                **{name: getattr(row, name) for name in _FIELDS},
                "day": row.day.isoformat(),
                "told_at": timezone.localtime(row.told_at).isoformat(),
            }
    return found


def _write(
    on: Plan | Measure,
    part_of: Plan | Measure,
    changes: Sequence[tuple[_Key, _Snapshot, _Snapshot]],
    by: Actor,
    act: str,
    party: Party | None,
) -> AuditEvent:
    plan_id = part_of.plan_id if isinstance(part_of, Measure) else part_of.pk
    gone = [key for key, _before, after in changes if after is None]
    for measure, whose in gone:
        PartyImplementation.objects.filter(measure=measure, party=whose).delete()
    rows = [
        PartyImplementation(
            community_id=part_of.community_id,
            plan_id=plan_id,
            measure_id=measure,
            party_id=whose,
            day=date.fromisoformat(after["day"]),
            told_at=datetime.fromisoformat(after["told_at"]),
            **{name: after[name] for name in _FIELDS},
        )
        for (measure, whose), _before, after in changes
        if after is not None
    ]
    PartyImplementation.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["measure", "party"],
        update_fields=["state", "day", "note", "told_at", "told_by", "by_name", "is_on_behalf"],
    )
    cells = [
        {"measure": measure, "party": whose, "before": before, "after": after}
        for (measure, whose), before, after in changes
    ]
    behalf = party if party and is_on_behalf(by, party.pk) else None
    return record(by=by, act=act, on=on, on_behalf_of=behalf, cells=cells)


def _said(measure: Measure) -> dict[str, bool]:
    """What keepers have said, by the party's number as text: JSON has no other keys."""
    said = MeasureParty.objects.filter(measure=measure).order_by("party_id")
    return {str(party): word for party, word in said.values_list("party_id", "is_concerned")}


def _say(measure: Measure, said: dict[str, bool]) -> None:
    MeasureParty.objects.filter(measure=measure).delete()
    MeasureParty.objects.bulk_create(
        MeasureParty(
            community_id=measure.community_id,
            plan_id=measure.plan_id,
            measure=measure,
            party_id=int(party),
            is_concerned=word,
        )
        for party, word in said.items()
    )
