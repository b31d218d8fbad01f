"""Who has looked at a patient, as the patient reads it: by day, a person once, with the times.

Called inside `opening` of the patient. The database gives the patient, and who is let in by the patient,
every line about them in all records; somebody at work gets their own lines alone (migration 0071).

Sources: pasientjournalforskriften § 14, pasientjournalloven § 22, Normen faktaark 15 «Logging og innsyn i
logg» (ehelse.no). As in the hospitals' logs on helsenorge.no, the free text of a reason is not shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from samspill.care.access_states import EmergencyReason
from samspill.care.access_words import WHAT_FOR, WHY, done
from samspill.care.models import AccessLogEntry, AccessReview, RefusedLook
from samspill.care.states import Basis
from samspill.directory.public import Party

PAGE_DAYS = 90
MOST = 2000
"""Lines read for one page. More in 90 days than this is told of, and the period made shorter."""
FIRST = date(2020, 1, 1)
PRIVATE = "-"
"""What stands for no organisation in the filter: the patient's own side."""


@dataclass
class Look:
    """One person's looks of a day on the same ground. `seen` is what, each once; `times` when, in order."""

    entry: int
    name: str
    team: str
    organisation: str
    why: str
    what_for: str
    reason: str
    is_emergency: bool
    is_chosen: bool
    is_own: bool
    times: list[datetime] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    @property
    def first(self) -> datetime:
        return self.times[0]

    @property
    def last(self) -> datetime:
        return self.times[-1]

    @property
    def when(self) -> str:
        """ "14:02", or "14:02–15:30"; the same minute once."""
        return "–".join(dict.fromkeys(f"{at:%H:%M}" for at in (self.first, self.last)))

    @property
    def count(self) -> int:
        return len(self.times)


@dataclass
class LogDay:
    day: date
    looks: list[Look]


@dataclass(frozen=True)
class Shown:
    """What the page shows: from `since` (included) until `until` (included).

    `is_cut` tells that there were more than `MOST` lines, and that the oldest of the period are not here.
    """

    days: list[LogDay]
    organisations: list[str]
    since: date
    until: date
    has_older: bool
    is_cut: bool = False


def about(patient_id: int) -> QuerySet[AccessLogEntry]:
    """Every line about the patient that the one who looks may see, lists included; newest first."""
    return AccessLogEntry.objects.filter(Q(patient_id=patient_id) | Q(patients__contains=[patient_id]))


def shown(
    patient_id: int,
    *,
    today: date,
    until: date | None = None,
    organisation: str = "",
    mine: int | None = None,
) -> Shown:
    """90 days until and with `until`, or until this moment; of one organisation, and without the lines of
    `mine` (an account). 2 queries."""
    last = max(min(until or today, today), FIRST + timedelta(days=PAGE_DAYS))
    since = last - timedelta(days=PAGE_DAYS - 1)
    every = about(patient_id)
    if mine is not None:
        every = every.exclude(by_id=mine)
    oldest = dict(every.order_by().values_list("tenant_name").annotate(Min("at")))
    rows = (
        every.filter(tenant_name="" if organisation == PRIVATE else organisation) if organisation else every
    )
    first = _start(since)
    here = rows.filter(at__gte=first)
    if until is not None and until < today:
        here = here.filter(at__lt=_start(last + timedelta(days=1)))
    read = list(here[: MOST + 1])
    return Shown(
        days=_by_day(read[:MOST]),
        organisations=sorted(name or PRIVATE for name in oldest),
        since=since,
        until=last,
        has_older=any(at < first for name, at in oldest.items() if organisation in ("", name or PRIVATE)),
        is_cut=len(read) > MOST,
    )


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def _by_day(entries: Iterable[AccessLogEntry]) -> list[LogDay]:
    """Entries newest first -> days newest first, in each the last look first."""
    days: dict[date, dict[tuple[object, ...], Look]] = {}
    for one in entries:
        at = timezone.localtime(one.at)
        looks = days.setdefault(at.date(), {})
        key = (
            one.by_id,
            one.by_name,
            one.team_name,
            one.tenant_name,
            one.basis,
            one.purpose,
            one.reason_code,
        )
        look = looks.setdefault(key, _look(one))
        look.times.insert(0, at)
        said = done(one.act, one.what)
        if said not in look.seen:
            look.seen.append(said)
    return [LogDay(day, list(looks.values())) for day, looks in days.items()]


def _look(one: AccessLogEntry) -> Look:
    reasons = dict(EmergencyReason.choices)
    return Look(
        entry=one.pk,
        name=one.by_name,
        team=one.team_name,
        organisation=one.tenant_name,
        why=str(WHY.get(one.basis, "")),
        what_for=str(WHAT_FOR.get(one.purpose, "")),
        reason=str(reasons.get(one.reason_code, "")),
        is_emergency=one.basis == Basis.BREAK_GLASS,
        is_chosen=one.is_chosen,
        is_own=one.basis == Basis.OWN,
    )


@dataclass(frozen=True)
class Tried:
    """Somebody asked to see and was refused. The patient is told where they work, and not who it was."""

    at: datetime
    organisations: str
    times: int


def refused_about(patient_id: int, *, since: date) -> list[Tried]:
    """At most 50, newest first. Nothing was seen, so it is no look of the log the patient has a right to;
    that somebody tried is told without a name, and the organisation answers for more. 2 queries."""
    found = list(RefusedLook.objects.filter(asked=patient_id, minute__gte=_start(since))[:50])
    names = _names({tenant for one in found for tenant in one.tenants})
    return [
        Tried(
            timezone.localtime(one.minute),
            ", ".join(sorted(names[tenant] for tenant in one.tenants if tenant in names)),
            one.times,
        )
        for one in found
    ]


def _names(tenants: set[int]) -> dict[int, str]:
    return {one.pk: str(one) for one in Party.objects.filter(pk__in=tenants)} if tenants else {}


def reviews_about(patient_id: int) -> list[AccessReview]:
    """What the patient has asked about, and every review of emergency access, newest first."""
    return list(AccessReview.objects.filter(patient_id=patient_id).select_related("tenant").order_by("-at"))
