"""What the patient's side sees: whom one may follow, numbers with what is usual, messages, and who helps.

But for `mine`, all are called inside `care.actions.opening.opening` of the patient.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Q

from samspill.care.entered_values import kept_code
from samspill.care.models import (
    CareEpisode,
    Measurement,
    MeasurementSchedule,
    Message,
    MessagesRead,
    PassiveInterval,
    Patient,
    RelatedPerson,
    ThresholdSet,
)
from samspill.care.plain_values import to_numbers
from samspill.care.queries.access_facts import Known
from samspill.care.queries.watching import Watch, counting, limits_of, nearest, watched
from samspill.care.states import IndicatorKind, MessageWay, TeamKind
from samspill.directory.public import Actor
from samspill.refusal import Refused
from samspill.rulebook.triage import as_schedule, due_between, missing_at

BACK = timedelta(days=30)
AHEAD, LOOKED_BACK = timedelta(days=8), timedelta(days=2)
MOST_SHOWN = 60


@dataclass(frozen=True)
class Mine:
    """Somebody whose page one may see; `relation` "" is oneself."""

    patient: int
    relation: str = ""
    may_enter: bool = True


def mine(actor: Actor) -> list[Mine]:
    """Oneself first, then those one is near to and may see. No names: those are read when they are opened."""
    if actor.account_id is None:
        return []
    own = Patient.objects.filter(account=actor.account_id).order_by("pk").values_list("pk", flat=True)
    near = RelatedPerson.objects.filter(
        Q(to_day__isnull=True) | Q(to_day__gt=actor.today),
        account=actor.account_id, may_see=True, from_day__lte=actor.today,
    ).order_by("pk")  # fmt: skip
    found = {pk: Mine(pk) for pk in own}
    for one in near:
        found.setdefault(one.patient_id, Mine(one.patient_id, one.get_relation_display(), one.may_enter))
    return list(found.values())


@dataclass(frozen=True)
class Due:
    """When a value is awaited next; `since` when it already is."""

    at: datetime
    is_now: bool = False
    is_late: bool = False


@dataclass(frozen=True)
class Shown:
    """Something that is watched, as the patient sees it: `rows` newest first, `rule` the limits that hold."""

    watch: Watch
    rows: tuple[Measurement, ...]
    rule: object
    due: Due | None

    @property
    def code(self) -> str:
        return kept_code(self.watch.code or "")

    @property
    def name(self) -> str:
        return self.watch.indicator.name if self.watch.indicator else self.code

    @property
    def is_measured(self) -> bool:
        indicator = self.watch.indicator
        return indicator is None or indicator.kind == IndicatorKind.MEASURED

    @property
    def last(self) -> Measurement | None:
        return self.rows[0] if self.rows else None


def open_episodes(known: Known, tenants: Collection[int]) -> list[CareEpisode]:
    """Those by which services follow the patient, in the records that are open; nearest first."""
    return nearest(one for one in known.episodes if one.tenant_id in tenants)


def shown(known: Known, tenants: Collection[int], now: datetime) -> list[Shown]:
    """What is watched, each once however many watch it; what is due first comes first."""
    episodes = open_episodes(known, tenants)
    firsts: dict[str, Watch] = {}
    every = watched(episodes)
    for one in every:
        firsts.setdefault(kept_code(one.code or ""), one)
    rows = _measurements(known.patient.pk, tenants, now)
    dues = _dues(episodes, every, now)
    held = limits_of([one.indicator.pk for one in firsts.values() if one.indicator], now)
    found = [
        Shown(one, tuple(rows.get(code, ())), _rule(one, held), dues.get(code))
        for code, one in firsts.items()
    ]
    never = now + timedelta(days=400)
    return sorted(found, key=lambda one: one.due.at if one.due else never)


def _rule(watch: Watch, held: Mapping[int, ThresholdSet]) -> object:
    limits = held.get(watch.indicator.pk) if watch.indicator else None
    return to_numbers(limits.rule) if limits else None


def _measurements(patient: int, tenants: Collection[int], now: datetime) -> dict[str, list[Measurement]]:
    """Newest first, by code; the same in two records once, with the worse of its colours."""
    rows = counting(
        Measurement.objects.filter(patient_id=patient, tenant_id__in=tenants, effective__gte=now - BACK)
    )
    found: dict[str, dict[tuple[datetime, str], Measurement]] = {}
    for one in rows.select_related("triage").order_by("-effective", "-pk"):
        same = found.setdefault(kept_code(one.code), {})
        at = (one.effective, str(one.value))
        if at not in same or _is_worse(one, same[at]):
            same[at] = one
    return {code: list(many.values())[:MOST_SHOWN] for code, many in found.items()}


def _is_worse(one: Measurement, other: Measurement) -> bool:
    order = ("green", "none", "yellow", "red")
    return order.index(one.triage.colour) > order.index(other.triage.colour)


def _dues(episodes: Collection[CareEpisode], every: Iterable[Watch], now: datetime) -> dict[str, Due]:
    """When each is awaited next, by code: the first of all who wait for it."""
    codes = {one.indicator.pk: kept_code(one.indicator.code) for one in every if one.indicator}
    pauses: dict[int, list[tuple[datetime, datetime | None]]] = {}
    for episode, start, end in PassiveInterval.objects.filter(episode__in=episodes).values_list(
        "episode", "starts", "ends"
    ):
        pauses.setdefault(episode, []).append((start, end))
    rows = list(MeasurementSchedule.objects.filter(indicator__in=codes).select_related("indicator"))
    taken = _taken(rows, now)
    found: dict[str, Due] = {}
    for row in rows:
        times = taken.get((row.tenant_id, row.indicator.code), [])
        due = _due(row, times, pauses.get(row.indicator.episode_id, []), now)
        code = codes[row.indicator_id]
        if due is not None and (code not in found or due.at < found[code].at):
            found[code] = due
    return found


def _taken(rows: Collection[MeasurementSchedule], now: datetime) -> dict[tuple[int, str], list[datetime]]:
    """When what is awaited was measured the last days, by record and code."""
    if not rows:
        return {}
    found: dict[tuple[int, str], list[datetime]] = {}
    last = Measurement.objects.filter(
        patient_id__in={one.patient_id for one in rows},
        code__in={one.indicator.code for one in rows},
        effective__gte=now - LOOKED_BACK,
    )
    for tenant, code, at in last.values_list("tenant", "code", "effective"):
        found.setdefault((tenant, code), []).append(at)
    return found


def _due(
    row: MeasurementSchedule,
    taken: Collection[datetime],
    pauses: Collection[tuple[datetime, datetime | None]],
    now: datetime,
) -> Due | None:
    """What is awaited now, else the next; None while there is a pause, and for a schedule nobody can read."""
    if any(start <= now and (end is None or end > now) for start, end in pauses):
        return None
    try:
        plan = as_schedule(row.plan)
        told = missing_at(plan, taken, pauses, now, since=now - LOOKED_BACK)
        waits = [*told.missing[-1:], *told.pending]
        if waits:
            return Due(waits[-1], is_now=True, is_late=waits[-1] in told.missing)
        after = [one for one in due_between(plan, now, now + AHEAD) if one not in told.met]
        return Due(after[0]) if after else None
    except Refused:
        return None


@dataclass(frozen=True)
class Helper:
    """A service that follows the patient, with its number and when somebody answers."""

    name: str
    kind: str
    phone: str
    hours: str


def helpers(known: Known, tenants: Collection[int]) -> list[Helper]:
    """Those who follow, nearest first, then the GP; each once."""
    teams = [one.team for one in open_episodes(known, tenants)]
    gp = known.patient.gp_team
    every = {one.pk: one for one in [*teams, *([gp] if gp else [])]}.values()
    return [Helper(one.name, str(TeamKind(one.kind).label), one.phone, one.hours) for one in every]


def conversation(patient: int, episodes: Iterable[int] | None = None, most: int = 100) -> list[Message]:
    """The last messages, oldest first; of these episodes, or of all that are open."""
    rows = Message.objects.filter(patient=patient).select_related("episode__team")
    if episodes is not None:
        rows = rows.filter(episode__in=list(episodes))
    return list(rows.order_by("-pk")[:most])[::-1]


def unread(patient: int, actor: Actor) -> int:
    """How many messages of the teams the one who looks has not read."""
    read = MessagesRead.objects.filter(patient=patient, by=actor.account_id).order_by("-up_to").first()
    rows = Message.objects.filter(patient=patient, way=MessageWay.TO_PATIENT)
    return rows.filter(pk__gt=read.up_to_id if read else 0).count()


def number_of(value: object) -> Decimal | None:
    """A measured value as one number: of a blood pressure the upper; None for an answer."""
    found = to_numbers(value)
    if isinstance(found, dict):
        found = found.get("8480-6")
    return found if isinstance(found, Decimal) else None
