"""What has happened with a patient, newest first, a page at a time: a query for each kind of thing.

Inside `care.actions.opening.opening`. The place one has come to is the moment, the kind and the number of the
last thing shown, so that nothing is shown twice or passed over while new things come.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from heapq import merge
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspill.care.models import (
    AlertStep,
    Assessment,
    CareEpisode,
    CareNote,
    Invalidation,
    MedicationList,
    Message,
    PassiveInterval,
    SafetyNetPlan,
    ScheduleVersion,
    ThresholdSet,
)
from samspill.care.safety_net_states import PlanState
from samspill.care.states import AlertAct
from samspill.refusal import Refused

NORWAY = ZoneInfo("Europe/Oslo")
QUIET = (AlertAct.SEEN, AlertAct.INVALIDATED, AlertAct.RESTORED)
"""Steps that are nothing to tell of, or that something else tells."""
PAGE = 30


@dataclass(frozen=True)
class Source:
    """A kind of thing in the timeline.

    kind    what one can choose to see; `part` what a patient's block of it is called
    at      the field with its moment; `is_day` when that is a day, `may_be_ahead` when it may be to come
    also    joined rows that its words need
    """

    name: str
    kind: str
    model: type[Model]
    at: str = "at"
    also: tuple[str, ...] = ()
    only: Q = field(default_factory=Q)
    is_day: bool = False
    may_be_ahead: bool = False
    part: str = "measurements"


SOURCES: Sequence[Source] = (
    Source(
        "step", "alerts", AlertStep,
        also=("alert__indicator", "alert__measurement", "measurement", "to_team"), only=~Q(act__in=QUIET),
    ),
    Source("note", "notes", CareNote, also=("corrects",), part="notes"),
    Source("message", "messages", Message, part="messages"),
    Source("limits", "limits", ThresholdSet, also=("indicator",)),
    Source("schedule", "limits", ScheduleVersion, also=("indicator",)),
    Source("mark", "measurements", Invalidation, also=("measurement__indicator",)),
    Source("assessment", "assessments", Assessment, part="assessments"),
    Source(
        "plan", "plans", SafetyNetPlan, at="sent_at", also=("team", "sent_by"),
        only=Q(sent_at__isnull=False), part="safety_net",
    ),
    Source(
        "plan_ended", "plans", SafetyNetPlan, at="ended_at", also=("team", "ended_by"), part="safety_net",
        only=Q(ended_at__isnull=False, state__in=[PlanState.SUPERSEDED, PlanState.MISTAKE]),
    ),
    Source("pause", "pauses", PassiveInterval, at="starts", may_be_ahead=True),
    Source(
        "pause_ended", "pauses", PassiveInterval, at="ends", only=Q(ends__isnull=False), may_be_ahead=True
    ),
    Source("episode", "episodes", CareEpisode, at="from_day", also=("team",), is_day=True),
    Source(
        "episode_ended", "episodes", CareEpisode, at="to_day", also=("team",), is_day=True,
        only=Q(to_day__isnull=False),
    ),
    Source(
        "medication", "medication", MedicationList, at="signed_at", also=("tenant",),
        only=Q(signed_at__isnull=False), part="medication",
    ),
)  # fmt: skip
KINDS: Mapping[str, object] = {
    "alerts": _("Alerts"),
    "notes": _("Notes"),
    "messages": _("Messages"),
    "measurements": _("Values set aside"),
    "limits": _("Limits and times"),
    "plans": _("Plans"),
    "medication": _("Medicines"),
    "pauses": _("Pauses"),
    "assessments": pgettext_lazy("of a patient", "Assessments"),
    "episodes": _("Follow-up"),
}


@dataclass(frozen=True)
class Item:
    """Something that happened. `row` is of the model of SOURCES[rank]."""

    at: datetime
    rank: int
    pk: int
    row: Any

    @property
    def source(self) -> Source:
        return SOURCES[self.rank]

    @property
    def place(self) -> tuple[float, int, int]:
        """Rises with how far down it stands."""
        return (-self.at.timestamp(), self.rank, -self.pk)


@dataclass(frozen=True)
class Place:
    """Where one has come to: all above it, and itself, is shown."""

    at: datetime
    rank: int
    pk: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.rank}~{self.pk}"


@dataclass(frozen=True)
class Page:
    """`after` is where the next page begins; None when there is no more."""

    items: tuple[Item, ...]
    after: Place | None


def read_place(said: str) -> Place | None:
    """As `str(Place)` writes it; None for "". Refuses (`timeline.place`) what is none."""
    if not said:
        return None
    try:
        at, rank, pk = said.replace(" ", "+").split("~")
        place = Place(datetime.fromisoformat(at), int(rank), int(pk))
        if place.at.utcoffset() is None or not 0 <= place.rank < len(SOURCES) or not 0 < place.pk < 2**63:
            raise ValueError(said)
        place = replace(place, at=place.at.astimezone(UTC))  # the database does not know every zone
    except (ValueError, OverflowError) as problem:
        raise Refused(
            "timeline.place", _("This place in the list is not known. Begin at the top.")
        ) from problem
    return place


def timeline(
    patient_id: int,
    *,
    until: datetime,
    after: Place | None = None,
    kind: str = "",
    hidden: Callable[[str], bool] = lambda _part: False,
    size: int = PAGE,
) -> Page:
    """What has happened, of one `kind` or all, from where one had come to; nothing that begins after `until`.

    `hidden` tells whether the patient has blocked a part. At most a query for each of SOURCES.
    """
    ranks = [
        rank
        for rank, source in enumerate(SOURCES)
        if (not kind or source.kind == kind) and not hidden(source.part)
    ]
    each = [_items(patient_id, rank, until, after, size + 1) for rank in ranks]
    found = list(islice(merge(*each, key=lambda one: one.place), size + 1))
    shown = tuple(found[:size])
    last = shown[-1] if len(found) > size else None
    return Page(shown, Place(last.at, last.rank, last.pk) if last else None)


def _items(patient_id: int, rank: int, until: datetime, after: Place | None, most: int) -> Iterator[Item]:
    """Newest first. Of one moment, and after it of one kind, the newest number first."""
    source = SOURCES[rank]
    rows = _rows(source, patient_id).filter(source.only)
    if source.is_day:
        found = [_item(rank, row) for row in rows]  # a patient has few of them
        ordered = sorted(found, key=lambda one: one.place)
        begins = None if after is None else (-after.at.timestamp(), after.rank, -after.pk)
        return iter(
            [one for one in ordered if one.at <= until and (begins is None or one.place > begins)][:most]
        )
    if source.may_be_ahead:
        rows = rows.filter(**{f"{source.at}__lte": until})
    if after is not None:
        rows = rows.filter(_below(source.at, rank, after))
    ordered_rows = rows.order_by(f"-{source.at}", "-pk")[:most]
    return iter([_item(rank, row) for row in ordered_rows])


def _rows(source: Source, patient_id: int) -> QuerySet[Any]:
    rows = source.model._default_manager.filter(patient_id=patient_id)
    return rows.select_related(*source.also) if source.also else rows


def _below(at: str, rank: int, after: Place) -> Q:
    earlier = Q(**{f"{at}__lt": after.at})
    same = Q(**{at: after.at})
    if rank > after.rank:
        return earlier | same
    return earlier | same & Q(pk__lt=after.pk) if rank == after.rank else earlier


def _item(rank: int, row: Any) -> Item:
    source = SOURCES[rank]
    at = getattr(row, source.at)
    return Item(datetime.combine(at, time(0), NORWAY) if source.is_day else at, rank, row.pk, row)


def kinds_seen(hidden: Callable[[str], bool]) -> Collection[str]:
    """The kinds one may choose among."""
    return [kind for kind in KINDS if any(one.kind == kind and not hidden(one.part) for one in SOURCES)]
