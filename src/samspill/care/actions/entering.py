"""Enter values by hand: one door for the patient, somebody near, staff, the phone and a file.

A value goes to whoever watches it, once in each record (`queries.watching`); what cannot be kept is set
aside as a task of a named team, and never dropped. Sent twice with the same key it is entered once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.care.actions.alerting import raise_alert
from samspill.care.actions.deciding import Wish, decide
from samspill.care.actions.entered_again import mended_by_sender
from samspill.care.actions.measuring import Incoming, take_in
from samspill.care.actions.opening import Opened, opening
from samspill.care.entered_values import Checked, check, moment
from samspill.care.models import CareEpisode, Entry, Measurement, SetAside
from samspill.care.plain_values import to_json
from samspill.care.queries.watching import Watch, asked_of, chosen, nearest, unblocked, watched, watchers_of
from samspill.care.states import Act, AlertKind, Basis, Entered, Purpose, Right
from samspill.directory.public import Actor
from samspill.refusal import Refused
from samspill.rulebook.triage import Colour
from samspill.rulebook.vital_signs import find

WHAT, PART, SUBMIT = "care.entry", "measurements", "submit"
_AT_WORK = Wish(right=Right.MEASURE, part=PART)
_PATIENT = Wish(purpose=Purpose.OWN, right=SUBMIT, part=PART)
_NEAR = Wish(purpose=Purpose.RELATIVE, right=SUBMIT, part=PART)
WISHES: Mapping[str, tuple[Wish, ...]] = {
    Entered.PATIENT: (_PATIENT,),
    Entered.RELATIVE: (_NEAR,),
    Entered.STAFF: (_AT_WORK,),
    Entered.PHONE: (_AT_WORK,),
    Entered.FILE: (_AT_WORK, _PATIENT, _NEAR),
}
LONGEST_KEY, MOST_VALUES = 64, 40


@dataclass(frozen=True)
class Result:
    """What became of some values. `is_repeat` when they were sent before: then it tells of that time."""

    kept: tuple[Measurement, ...]
    aside: tuple[SetAside, ...]
    is_repeat: bool = False
    entries: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Sending:
    """What is the same for all values of one sending."""

    opened: Opened
    by: Actor
    entered: str
    effective: object
    received: datetime


def enter(
    patient_id: int, values: Mapping[str, object], *, by: Actor, effective: object, entered: str,
    key: str = "", told_by: str = "", now: datetime | None = None,
) -> Result:  # fmt: skip
    """Keep some values of a patient, measured at the same time, or set aside those that cannot be kept.

    values     by code of what is watched (LOINC for what is measured): a number, a text as "101,3 F", an
               answer, a pair of value and unit, or both blood pressures as "120/80" or by code
    effective  when it was measured: an instant, or a text in ISO form; without a zone it is set aside
    entered    of `Entered`: how it came here, and so who `by` must be
    key        the sender's own id of this sending; sent again it changes nothing
    told_by    who said it on the phone

    Refused: as `opening`; `entering.nothing`, `entering.too_many`, `entering.key`, `entering.way` not for
    people, `entering.not_near` a relative who may not enter, `entering.nobody_follows`.
    """
    _check_sending(values, entered, key)
    wish = _way_in(patient_id, by, entered)
    with transaction.atomic(), opening(patient_id, by=by, what=WHAT, act=Act.WRITE, wish=wish) as opened:
        _check_near(opened, by)
        if key and (before := _before(patient_id, by, key)):
            return before
        sending = _Sending(opened, by, entered, effective, now or timezone.now())
        try:
            with transaction.atomic():
                return _kept(sending, values, key, told_by)
        except IntegrityError as problem:  # the same was sent twice at once, and the other was first
            if "entry_once" not in str(problem) or not (before := _before(patient_id, by, key)):
                raise
            return before


def _check_sending(values: Mapping[str, object], entered: str, key: str) -> None:
    if entered not in WISHES:
        raise Refused("entering.way", _("This is not how people enter values."))
    if not values:
        raise Refused("entering.nothing", _("Write at least one value."), field="values")
    if len(values) > MOST_VALUES:
        raise Refused("entering.too_many", _("These are too many values at once. Enter fewer."))
    if len(key) > LONGEST_KEY:
        raise Refused("entering.key", _("The sender's name of this entry is too long."))


def _way_in(patient_id: int, by: Actor, entered: str) -> Wish:
    """By which of the ways somebody may enter; the last tells why not."""
    *others, last = WISHES[entered]
    for wish in others:
        try:
            decide(patient_id, by=by, wish=wish)
        except Refused:
            continue
        return wish
    return last


def _check_near(opened: Opened, by: Actor) -> None:
    if any(one.basis != Basis.RELATIVE for one in opened.decisions):
        return
    if not any(
        one.account_id == by.account_id and one.may_see and one.may_enter for one in opened.known.related
    ):
        raise Refused(
            "entering.not_near",
            _("You may read, and not enter values. Ask the patient, or the service, to let you."),
            forbidden=True,
        )


def _before(patient_id: int, by: Actor, key: str) -> Result | None:
    rows = list(Entry.objects.filter(patient=patient_id, by=by.account_id, key=key).order_by("pk"))
    if not rows:
        return None
    numbers = [one for row in rows for one in row.measurements]
    return Result(
        tuple(Measurement.objects.filter(pk__in=numbers).select_related("triage").order_by("pk")),
        tuple(SetAside.objects.filter(entry__in=rows)),
        is_repeat=True,
        entries=tuple(one.pk for one in rows),
    )


def _kept(sending: _Sending, values: Mapping[str, object], key: str, told_by: str) -> Result:
    tenants = sending.opened.tenants
    episodes = [one for one in unblocked(sending.opened.known, PART) if one.tenant_id in tenants]
    if not episodes:
        raise Refused(
            "entering.nobody_follows",
            _("No service follows this patient here now, so nobody would see the value. Call the GP."),
        )
    every, by_record = watched(episodes), _ByRecord({}, {})
    for code, said in values.items():
        _sort(sending, code, said, every, episodes, by_record)
    kept: list[Measurement] = []
    aside: list[SetAside] = []
    entries = []
    for tenant in sorted({*by_record.usable, *by_record.aside}):
        taken = [_take(sending, watch, one) for watch, one in by_record.usable.get(tenant, [])]
        row = _entry(sending, tenant, values, key, told_by, taken)
        entries.append(row.pk)
        kept += [one for one, _is_new in taken]
        aside += [_set_aside(sending, row, watch, one) for watch, one in by_record.aside.get(tenant, [])]
    return Result(tuple(kept), tuple(aside), entries=tuple(entries))


@dataclass(frozen=True)
class _ByRecord:
    usable: dict[int, list[tuple[Watch, Checked]]]
    aside: dict[int, list[tuple[Watch, Checked]]]


def _sort(
    sending: _Sending,
    code: str,
    said: object,
    every: list[Watch],
    episodes: list[CareEpisode],
    into: _ByRecord,
) -> None:
    """Read a value, and find in each record who has it; where nobody asked, the nearest of ours is told."""
    watchers = watchers_of(code, every)
    first = [one for watches in watchers.values() for one in watches]
    one = check(
        asked_of(code, first, sending.received), said, effective=sending.effective, received=sending.received
    )
    groups = watchers or {0: [Watch(_ours(sending, episodes))]}
    for watches in groups.values():
        usable = not one.aside
        watch = chosen(watches, one.value, _instant(sending)) if usable else watches[0]
        place = into.usable if usable else into.aside
        place.setdefault(watch.episode.tenant_id, []).append((watch, one))


def _ours(sending: _Sending, episodes: list[CareEpisode]) -> CareEpisode:
    """By which the one who enters follows the patient; for the patient's side, the nearest of all."""
    teams = {one.team_id for one in sending.opened.decisions if one.team_id}
    return nearest([one for one in episodes if one.team_id in teams] or episodes)[0]


def _instant(sending: _Sending) -> datetime:
    found = moment(sending.effective)
    assert isinstance(found, datetime)  # noqa: S101  what is no time is set aside before
    return found.astimezone(UTC)


def _take(sending: _Sending, watch: Watch, one: Checked) -> tuple[Measurement, bool]:
    taken = take_in(
        watch.episode,
        Incoming(
            watch.code or one.code,
            one.value,
            one.unit,
            _instant(sending),
            entered=sending.entered,
            sent_value=one.sent_value,
            sent_unit=one.sent_unit,
        ),
        by=sending.by,
    )
    if taken.is_new:
        mended_by_sender(taken.measurement, by=sending.by, now=sending.received)
    return taken.measurement, taken.is_new


def _entry(
    sending: _Sending, tenant: int, values: Mapping[str, object], key: str, told_by: str,
    taken: list[tuple[Measurement, bool]],
) -> Entry:  # fmt: skip
    return Entry.objects.create(
        community_id=sending.opened.patient.community_id,
        tenant_id=tenant,
        patient=sending.opened.patient,
        key=key,
        entered=sending.entered,
        told_by=told_by.strip()[:160],
        sent={str(code)[:40]: to_json(getattr(said, "value", said)) for code, said in values.items()},
        effective=_told(sending.effective),
        measurements=[one.pk for one, _is_new in taken],
        renewed=[one.pk for one, is_new in taken if not is_new],
        at=sending.received,
        by_id=sending.by.account_id,
        by_name=sending.by.name,
    )


def _told(effective: object) -> str:
    said = effective.isoformat() if isinstance(effective, datetime) else str(effective)
    return said.replace("\x00", "")[:40]


def _set_aside(sending: _Sending, row: Entry, watch: Watch, one: Checked) -> SetAside:
    alert = raise_alert(
        watch.episode,
        None,
        indicator=watch.indicator,
        kind=AlertKind.SET_ASIDE,
        severity=Colour.NONE,
        by=sending.by,
    )
    return SetAside.objects.create(
        community_id=row.community_id,
        tenant_id=row.tenant_id,
        patient_id=row.patient_id,
        entry=row,
        episode=watch.episode,
        alert=alert,
        code=one.code[:40],
        name=_name(watch, one.code)[:120],
        sent_value=one.sent_value,
        sent_unit=one.sent_unit,
        sent_time=row.effective,
        reasons=[[reason.code, reason.sentence] for reason in one.aside],
    )


def _name(watch: Watch, code: str) -> str:
    if watch.indicator is not None:
        return watch.indicator.name
    try:
        return find(code).names["nb"]
    except Refused:
        return code


def outcomes(result: Result) -> list[dict[str, Any]]:
    """What became of each value, as plain values: for the page that sent them and waits for an answer."""
    kept = [
        {"code": one.code, "state": "kept", "value": one.value, "unit": one.unit, "colour": one.triage.colour}
        for one in result.kept
    ]
    aside = [
        {"code": one.code, "state": "aside", "reasons": [code for code, _sentence in one.reasons]}
        for one in result.aside
    ]
    return kept + aside
