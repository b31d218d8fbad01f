"""What an alert says: as the plain values a list keeps of it, and those in words.

Plain values in, text out, in the language of the moment. Here: what an alert is about, and how long it has
waited. Not here: what one can do about it.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from samspill.care.models import Alert
from samspill.care.moves import from_plain, moved_by
from samspill.care.plain_values import to_numbers
from samspill.care.states import AlertKind, IndicatorKind
from samspill.refusal import Refused
from samspill.rulebook.vital_signs import find
from samspill.worklist.public import day_of_month, number_in_words

NBSP = "\xa0"
UNITS: Mapping[str, str] = {"Cel": "°C", "/min": "", "{beats}/min": "", "mm[Hg]": "", "mmol/L": "mmol/l"}
"""UCUM -> what people say after the number; a unit that is not here is said as it is."""
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)

Told = Mapping[str, Any]

_ABOUT: Mapping[str, Any] = {
    AlertKind.OUTSIDE: "%(what)s",
    AlertKind.NOT_TRIAGED: gettext_lazy("%(what)s, no limits are set"),
    AlertKind.MACHINE_FAILURE: gettext_lazy("%(what)s could not be assessed"),
    AlertKind.UNEXPECTED: gettext_lazy("%(what)s, nobody had asked for it"),
    AlertKind.SAFETY_ANSWER: gettext_lazy("%(what)s, an answer that cannot wait"),
    AlertKind.SET_ASIDE: gettext_lazy("%(what)s cannot be right, and is set aside"),
}


def what_it_says(alert: Alert) -> dict[str, Any]:
    """What an alert is told in words by. Its indicator and measurement are read with it, or one by one."""
    sign, taken = alert.indicator, alert.measurement
    return {
        "alert": alert.pk,
        "kind": alert.kind,
        "severity": alert.severity,
        "state": alert.state,
        "raised": alert.raised.isoformat(),
        "due": alert.due.isoformat() if alert.due else "",
        "is_inside": alert.cleared is not None,
        "name": sign.name if sign else "",
        "is_asked": sign is not None and sign.kind != IndicatorKind.MEASURED,
        "code": taken.code if taken else "",
        "value": taken.value if taken else None,
        "unit": taken.unit if taken else "",
        "taken": taken.effective.isoformat() if taken else "",
        "moved": _moved(alert),
    }


def _moved(alert: Alert) -> dict[str, Any] | None:
    """How fast it changed, when that is what was outside."""
    taken = alert.measurement
    if taken is None or alert.kind != AlertKind.OUTSIDE:
        return None
    found = moved_by(getattr(taken, "triage", None), taken.unit)
    return found.plain() if found else None


def in_words(told: Told, now: datetime) -> str:
    """«Oksygen 84 %», «Vekt: ingen måling på tre dager», «Vekt 73 kg, har økt mer enn 2 kg på 3 dager»."""
    if told["kind"] == AlertKind.MESSAGE:
        return _("A message to the team")
    if told["kind"] == AlertKind.MISSING:
        return missing_since(name_of(told), datetime.fromisoformat(told["due"] or told["raised"]), now)
    said = str(_ABOUT[told["kind"]]) % {"what": measured(told)}
    return f"{said}, {from_plain(moved).said}" if (moved := told.get("moved")) else said


def all_in_words(about: Sequence[Told], now: datetime) -> list[str]:
    """Each alert in words, in their order; what stays away is said once for a sign, from the first time."""
    said: list[str] = []
    absent: set[str] = set()
    for one in about:
        if one["kind"] == AlertKind.MISSING:
            if (name := name_of(one)) in absent:
                continue
            absent.add(name)
            same = [other for other in about if other["kind"] == AlertKind.MISSING and name_of(other) == name]
            one = min(same, key=lambda other: datetime.fromisoformat(other["due"] or other["raised"]))
        said.append(in_words(one, now))
    return said


def measured(told: Told) -> str:
    """The sign with its value: «Vekt 75,5 kg», «Pust: «tyngre enn i går»»."""
    if told["value"] is None:
        return name_of(told)
    if told["is_asked"]:
        return f"{name_of(told)}: «{told['value']}»"
    return f"{name_of(told)} {value_in_words(told['value'], told['unit'])}"


def value_in_words(value: Any, unit: str) -> str:
    """A value as it is kept, as one says it: 37,5{NBSP}°C, 168/94."""
    if isinstance(value, Mapping):
        return "/".join(value_in_words(one, "") for one in value.values())
    number = to_numbers(value)
    if isinstance(number, Decimal) and number.is_finite():
        text = number_format(number.to_integral_value() if number == number.to_integral_value() else number)
    else:
        text = str(value)
    said = UNITS.get(unit, unit)
    return f"{text}{NBSP}{said}" if said else text


def name_of(told: Told) -> str:
    """What the sign is called in the plan, or in general when no plan asks for it."""
    if told["name"]:
        return str(told["name"])
    try:
        names = find(told["code"]).names
    except Refused:
        return _("A measurement")
    name = names.get((get_language() or "nb")[:2], names["nb"])
    return name[:1].upper() + name[1:]


def missing_since(name: str, due: datetime, now: datetime) -> str:
    """For how long, in days as people count them: today, yesterday, and then how many."""
    days = (timezone.localtime(now).date() - timezone.localtime(due).date()).days
    at = {"name": name, "time": clock_time(due)}
    if days <= 0:
        return _("%(name)s did not come at %(time)s") % at
    if days == 1:
        return _("%(name)s did not come yesterday at %(time)s") % at
    said = ngettext("%(name)s: nothing for %(days)s day", "%(name)s: nothing for %(days)s days", days)
    return said % {"name": name, "days": number_in_words(days)}


def clock_time(at: datetime) -> str:
    """«20.52», on the wall clock."""
    return date_format(timezone.localtime(at), pgettext("time format", "H:i"))


def moment(at: datetime, now: datetime) -> str:
    """«20.52», with the day when it is another."""
    day, today = timezone.localtime(at).date(), timezone.localtime(now).date()
    return clock_time(at) if day == today else f"{day_of_month(day, today)} {clock_time(at)}"


def waited(since: datetime, now: datetime) -> str:
    """How long, short: «8 min», «1 t 5 min», «3 d»."""
    return length(max(now - since, timedelta()))


def length(span: timedelta) -> str:
    """A length of time, short: minutes, hours with minutes, or days."""
    if span >= 2 * _DAY:
        return _("%(days)s d") % {"days": span.days}
    hours, minutes = int(span / _HOUR), int(span.total_seconds() // 60) % 60
    if not hours:
        return _("%(minutes)s min") % {"minutes": minutes}
    if not minutes or span >= _DAY:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}


def age_on(day: date, born: date | None) -> int | None:
    """Whole years."""
    if born is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
