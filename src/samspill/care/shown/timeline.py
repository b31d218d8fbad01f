"""What has happened with a patient, in words: a sentence for each kind of thing, grouped by day."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.care.known_signs import language, name_of, value_said
from samspill.care.models import Alert
from samspill.care.queries.timeline import Item
from samspill.care.shown.graphs import day_said, moment_said
from samspill.care.states import AlertAct, AlertKind, MessageWay
from samspill.rulebook.instruments import definition
from samspill.worklist.public import long_day

NOTE_FITS = 300


@dataclass(frozen=True)
class Line:
    """`clock` is "" for what has a day alone; `more` the words of a person; `url` leads to it."""

    kind: str
    clock: str
    said: str
    more: str = ""
    url: str = ""


@dataclass(frozen=True)
class Day:
    name: str
    lines: Sequence[Line]


def days_of(items: Iterable[Item], today: date) -> list[Day]:
    """In the order given, each day once."""
    found = groupby(items, key=lambda one: timezone.localtime(one.at).date())
    return [Day(_day_name(day, today), [line_of(one) for one in there]) for day, there in found]


def _day_name(day: date, today: date) -> str:
    return _("Today") if day == today else capfirst(long_day(day, today))


def line_of(one: Item) -> Line:
    said, more, url = _WORDS[one.source.name](one.row)
    clock = "" if one.source.is_day else f"{timezone.localtime(one.at):%H.%M}"
    return Line(one.source.kind, clock, said, more[:NOTE_FITS], url)


Words = tuple[str, str, str]
_STEPS: Mapping[str, object] = {
    AlertAct.RAISED: gettext_lazy("Alert: %(what)s"),
    AlertAct.MEASURED_AGAIN: gettext_lazy("Still: %(what)s"),
    AlertAct.CLEARED: gettext_lazy("Inside again: %(what)s"),
    AlertAct.TAKEN: gettext_lazy("%(name)s took the alert (%(what)s)"),
    AlertAct.RELEASED: gettext_lazy("%(name)s let the alert go (%(what)s)"),
    AlertAct.ACKNOWLEDGED: gettext_lazy("%(name)s has understood the alert (%(what)s)"),
    AlertAct.ACTED: gettext_lazy("%(name)s did something about it (%(what)s)"),
    AlertAct.PROPOSED: gettext_lazy("%(name)s offered the alert to %(team)s"),
    AlertAct.ACCEPTED: gettext_lazy("%(name)s took the alert over"),
    AlertAct.DECLINED: gettext_lazy("%(name)s did not take the alert over"),
    AlertAct.ESCALATED: gettext_lazy("Nobody had taken the alert, and others were told (%(what)s)"),
    AlertAct.CLOSED: gettext_lazy("%(name)s closed the alert (%(what)s)"),
}


def _step(row: Any) -> Words:
    values = {
        "what": about(row.alert, row.measurement),
        "name": row.by_name,
        "team": str(row.to_team or ""),
    }
    return str(_STEPS.get(row.act, row.get_act_display())) % values, row.note, ""


def about(alert: Alert, measurement: Any = None) -> str:
    """What an alert is about, in a few words: «Oxygen 84 %», «Weight did not come»."""
    measurement = measurement or alert.measurement
    indicator = alert.indicator
    name = name_of(indicator.code, indicator.name) if indicator else ""
    if alert.kind == AlertKind.MISSING:
        due = moment_said(alert.due) if alert.due else ""
        return _("%(name)s did not come, %(due)s") % {"name": name, "due": due}
    if measurement is not None:
        name = name or name_of(measurement.code)
        return f"{name} {value_said(measurement.value, measurement.unit)}"
    return name or str(alert.get_kind_display())


def _note(row: Any) -> Words:
    said = _("%(name)s corrected a note") if row.corrects_id else _("%(name)s wrote a note")
    return said % {"name": row.by_name}, row.text, f"#notat-{row.pk}"


def _message(row: Any) -> Words:
    is_to = row.way == MessageWay.TO_PATIENT
    said = _("%(name)s wrote to the patient") if is_to else _("%(name)s wrote to the team")
    return said % {"name": row.by_name}, row.text, ""


def _limits(row: Any) -> Words:
    said = {
        "name": row.by_name,
        "what": _what(row),
        "day": day_said(timezone.localtime(row.valid_from).date()),
    }
    if row.rule is None:
        return _("%(name)s took the limits of %(what)s away from %(day)s") % said, row.why, ""
    return _("%(name)s set limits for %(what)s from %(day)s") % said, row.why, ""


def _schedule(row: Any) -> Words:
    said = {"name": row.by_name, "what": _what(row)}
    if row.plan is None:
        return _("%(name)s took the due times of %(what)s away") % said, row.why, ""
    return _("%(name)s set when %(what)s is to come") % said, row.why, ""


def _what(row: Any) -> str:
    return name_of(row.indicator.code, row.indicator.name).lower()


def _mark(row: Any) -> Words:
    one = row.measurement
    name = name_of(one.code, one.indicator.name if one.indicator else "")
    values = {"name": row.by_name, "what": f"{name} {value_said(one.value, one.unit)}"}
    url = reverse("care:measurement", args=[row.patient_id, one.pk])
    if row.is_restored:
        return _("%(name)s let %(what)s count again") % values, row.reason, url
    return _("%(name)s set %(what)s aside") % values, row.reason, url


def _assessment(row: Any) -> Words:
    title = instrument_name(row.instrument)
    total = "" if row.total is None else f": {row.total}"
    url = reverse("care:assessments", args=[row.patient_id])
    said = _("%(name)s assessed %(what)s%(total)s") % {"name": row.by_name, "what": title, "total": total}
    return said, "", url


def instrument_name(code: str) -> str:
    """The first words of its title, which are what it is called: «NEWS2»."""
    return definition(code).title[language()].partition(" – ")[0]


def _plan(row: Any) -> Words:
    said = _("%(team)s sent «Hva er innafor», version %(number)s")
    url = reverse("care:plan", args=[row.patient_id, row.pk])
    return said % {"team": row.team, "number": row.version}, "", url


def _plan_ended(row: Any) -> Words:
    said = _("«Hva er innafor», version %(number)s of %(team)s is no longer in force")
    return said % {"team": row.team, "number": row.version}, row.end_reason, ""


def _pause(row: Any) -> Words:
    return _("Paused: %(why)s") % {"why": row.why}, "", ""


def _pause_ended(row: Any) -> Words:
    return _("The pause ended: %(why)s") % {"why": row.why}, "", ""


def _episode(row: Any) -> Words:
    said = _("%(team)s began to follow the patient: %(why)s")
    return said % {"team": row.team, "why": row.reason}, "", ""


def _episode_ended(row: Any) -> Words:
    said = _("%(team)s stopped following the patient: %(why)s")
    return said % {"team": row.team, "why": row.reason}, "", ""


def _medication(row: Any) -> Words:
    said = _("%(name)s signed the medication list (version %(number)s, %(place)s)")
    url = reverse("care:medication-list", args=[row.patient_id, row.pk])
    return said % {"name": row.signed_by_name, "number": row.version, "place": row.tenant}, "", url


_WORDS: Mapping[str, Callable[[Any], Words]] = {
    "step": _step,
    "note": _note,
    "message": _message,
    "limits": _limits,
    "schedule": _schedule,
    "mark": _mark,
    "assessment": _assessment,
    "plan": _plan,
    "plan_ended": _plan_ended,
    "pause": _pause,
    "pause_ended": _pause_ended,
    "episode": _episode,
    "episode_ended": _episode_ended,
    "medication": _medication,
}
