"""Say what a measure is to do with an indicator; change it, take it away, and take that back again.

The link and the expectation are one act: what is expected is always measured. What it was before stands in
the log, and `undo` puts it there again.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, AuditEvent, Ref, SearchEntry, join, joined, part, record
from samspill.insight.models import Expectation, Indicator
from samspill.insight.permissions import check_may_act
from samspill.refusal import Refused

# Things of a sibling, known by name alone: plans have measures, and register the link.
MEASURE, INDICATOR, MEASURED_BY = "plans.measure", "insight.indicator", "measured_by"
EXPECTATION = "insight.expectation"
ACT = "insight.expect"
_EARLIEST, _LATEST = 2000, 2100
_FIELDS = ("goal", "goal_is", "by_year", "areas", "compared_as", "compared", "why")


@dataclass(frozen=True)
class Wanted:
    """What is expected, as it was said."""

    goal: float
    goal_is: str
    by_year: int
    starts: date
    areas: tuple[str, ...]
    compared_as: str
    compared: tuple[str, ...] = ()
    why: str = ""


def expect(about: Ref, indicator: Indicator, wanted: Wanted, *, by: Actor) -> AuditEvent:
    """Join the measure to the indicator and set what is expected. The event is what `undo` takes."""
    _check(about, wanted, by)
    content = {**asdict(wanted), "starts": wanted.starts.isoformat()}
    content |= {"areas": list(wanted.areas), "compared": list(wanted.compared)}
    return _change(about, indicator, content, is_linked=True, act="expectation.set", by=by)


def stop_expecting(about: Ref, indicator: Indicator, *, by: Actor) -> AuditEvent:
    """Take the expectation away; the measure is still measured by the indicator."""
    check_may_act(by, ACT)
    check_own(about, by)
    is_linked = _link(about, indicator, by) is not None
    return _change(about, indicator, None, is_linked=is_linked, act="expectation.taken_away", by=by)


def undo_expecting(event_id: int, *, by: Actor) -> Ref:
    """Put back what a change replaced. Refuses when it has been changed again since."""
    check_may_act(by, ACT)
    event = AuditEvent.objects.visible_to(by).filter(pk=event_id, act__startswith="expectation.").first()
    if event is None:
        raise Refused("undo.unknown", _("There is nothing to undo here."))
    details = event.details
    about, indicator = Ref(MEASURE, details["about"]), Indicator.objects.get(pk=details["indicator"])
    with transaction.atomic():
        if _as_it_is(about, indicator, lock=True) != details["after"]:
            raise Refused(
                "undo.changed", _("It has been changed again since, so it was not undone. See the measure.")
            )
        _change(
            about, indicator, details["before"], is_linked=details["linked"], act="expectation.undone", by=by
        )
    return about


def own(about: Ref, by: Actor) -> QuerySet[SearchEntry]:
    """One row when it is a measure of the actor's community's own, none otherwise."""
    return SearchEntry.objects.inside(by).filter(kind=about.kind, thing_id=about.id).filter(kind=MEASURE)


def check_own(about: Ref, by: Actor) -> None:
    """Refuses a measure that is not the actor's community's own."""
    if not own(about, by).exists():
        raise Refused(
            "insight.elsewhere",
            _("This measure is not your helsefellesskap's own. You can read about it, not change it."),
            forbidden=True,
        )


def _change(
    about: Ref,
    indicator: Indicator,
    after: Mapping[str, Any] | None,
    *,
    is_linked: bool,
    act: str,
    by: Actor,
) -> AuditEvent:
    with transaction.atomic():
        before = _as_it_is(about, indicator, lock=True)
        was_linked = _set_link(about, indicator, is_linked, by)
        _write(about, indicator, after, by)
        return record(
            by=by,
            act=act,
            on=indicator,
            title=indicator.title("nb"),
            about=about.id,
            indicator=indicator.pk,
            before=before,
            after=dict(after) if after is not None else None,
            linked=was_linked,
        )


def _set_link(about: Ref, indicator: Indicator, is_linked: bool, by: Actor) -> bool:
    """Join or part them; whether they were joined before."""
    link = _link(about, indicator, by)
    if is_linked and link is None:
        join(MEASURED_BY, about, Ref(INDICATOR, indicator.pk), by=by)
    elif link is not None and not is_linked:
        part(link, by=by)
    return link is not None


def _link(about: Ref, indicator: Indicator, by: Actor) -> int | None:
    other = Ref(INDICATOR, indicator.pk)
    found = (
        one.link_id for one in joined([about], by)[about] if (one.kind, one.other) == (MEASURED_BY, other)
    )
    return next(found, None)


def _row(about: Ref, indicator: Indicator) -> Any:
    return Expectation.objects.filter(about_kind=about.kind, about_id=about.id, indicator=indicator)


def _as_it_is(about: Ref, indicator: Indicator, *, lock: bool) -> dict[str, Any] | None:
    rows = _row(about, indicator)
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        return None
    return {**{name: getattr(found, name) for name in _FIELDS}, "starts": found.starts.isoformat()}


def _write(about: Ref, indicator: Indicator, content: Mapping[str, Any] | None, by: Actor) -> None:
    if content is None:
        _row(about, indicator).delete()
        return
    values = {**content, "starts": date.fromisoformat(content["starts"]), "changed_by": by.name}
    Expectation.objects.update_or_create(
        about_kind=about.kind,
        about_id=about.id,
        indicator=indicator,
        defaults=values,
        create_defaults={**values, "community_id": by.community_id or 0, "made_by": by.name},
    )


def _check(about: Ref, wanted: Wanted, by: Actor) -> None:
    check_may_act(by, ACT)
    check_own(about, by)
    if not wanted.areas:
        raise Refused("expectation.areas", _("Choose where the measure works."), field="areas")
    if set(wanted.areas) & set(wanted.compared):
        raise Refused(
            "expectation.compared",
            _("Those the measure reaches cannot be compared with. Leave them out."),
            field="chosen",
        )
    if not _EARLIEST <= wanted.starts.year <= _LATEST:
        raise Refused("expectation.starts", _("Write the day as 2026-01-31."), field="starts")
    if wanted.by_year < wanted.starts.year:
        raise Refused("expectation.by", _("It cannot be reached before the measure begins."), field="by_year")
