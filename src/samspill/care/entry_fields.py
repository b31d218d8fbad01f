"""The fields of the page where values are entered, and what was written read back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.care.entered_values import PRESSURE, given
from samspill.care.models import SafetyNetPlan
from samspill.care.plain_values import number
from samspill.care.queries.own import Due, Shown
from samspill.care.queries.watching import code_of
from samspill.refusal import Refused
from samspill.rulebook.safety_net import Indicator, described, from_plain
from samspill.rulebook.safety_net.roles import LEVELS
from samspill.rulebook.wall_clock import instant

UNITS = {
    "kg": gettext_lazy("kilos"),
    "%": gettext_lazy("per cent"),
    "/min": gettext_lazy("in a minute"),
    "Cel": gettext_lazy("degrees"),
    "mm[Hg]": "mmHg",
    "mmol/L": "mmol/l",
    "cm": "cm",
}
BOTH = gettext_lazy("upper/lower, as 120/80")
LONGEST = 60


@dataclass(frozen=True)
class Field:
    """Something one can enter. `choices` are (answer, words) of what is not measured; `lang` of its words."""

    code: str
    name: str
    unit: str = ""
    how: str = ""
    lang: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    due: Due | None = None
    value: str = ""
    error: str = ""

    @property
    def is_number(self) -> bool:
        return not self.choices

    @property
    def id(self) -> str:
        return f"v-{self.code}"


@dataclass(frozen=True)
class Written:
    """What was written. `errors` by field: then nothing is entered."""

    fields: tuple[Field, ...]
    values: Mapping[str, object]
    effective: datetime
    errors: Mapping[str, str]


def fields_of(every: Iterable[Shown], plans: Iterable[SafetyNetPlan]) -> tuple[Field, ...]:
    """One for each thing that is watched, in the words of the plan in force where one has it."""
    words = _words(plans)
    return tuple(_field(one, words.get(one.code)) for one in every)


def _words(plans: Iterable[SafetyNetPlan]) -> dict[str, tuple[Indicator, str]]:
    found: dict[str, tuple[Indicator, str]] = {}
    for row in plans:
        plan = from_plain(row.content)
        for one in plan.indicators:
            found.setdefault(code_of(plan, one), (one, row.language))
    return found


def _field(one: Shown, words: tuple[Indicator, str] | None) -> Field:
    indicator = one.watch.indicator
    unit = indicator.unit if indicator else ""
    said = BOTH if one.code == PRESSURE else UNITS.get(unit, unit)
    made = Field(one.code, one.name, str(said), due=one.due)
    if words is not None:
        made = replace(made, name=words[0].name, how=words[0].how, lang=words[1])
    return made if one.is_measured else replace(made, choices=_choices(one, words))


def _choices(one: Shown, words: tuple[Indicator, str] | None) -> tuple[tuple[str, str], ...]:
    answers = one.rule.get("answers", {}) if isinstance(one.rule, Mapping) else {}
    # the database keeps no order of names: what is usual first, what is worst last
    in_order = sorted(answers, key=lambda one: LEVELS.index(one) if one in LEVELS else len(LEVELS))
    told = {answer: str(answer) for answer in in_order}
    if words is not None:
        indicator, language = words
        told |= {
            level: _described(indicator, level, language) for level in answers if level in indicator.levels
        }
    return tuple(told.items())


def _described(indicator: Indicator, level: str, language: str) -> str:
    try:
        return described(indicator, level, language)
    except Refused:
        return indicator.levels[level]


def read(posted: QueryDict, fields: Iterable[Field], now: datetime) -> Written:
    """Numbers and answers by code. A number that cannot be read stands as it was written, with what to do."""
    filled = tuple(replace(one, value=_text(posted, one.id)) for one in fields)
    errors = {one.id: told for one in filled if (told := _wrong(one))}
    effective = _effective(posted, now, errors)
    values = {one.code: one.value for one in filled if one.value}
    if not values and not errors:
        errors["values"] = _("Write at least one value.")
    return Written(
        tuple(replace(one, error=errors.get(one.id, "")) for one in filled), values, effective, errors
    )


def _text(posted: QueryDict, name: str) -> str:
    return (posted.get(name, "") or "").replace("\x00", "").strip()[:LONGEST]


def _wrong(one: Field) -> str:
    if not one.value:
        return ""
    if one.choices:
        return "" if one.value in dict(one.choices) else _("Choose one of the sentences.")
    if one.code == PRESSURE:
        return (
            "" if one.value.count("/") == 1 else _("A blood pressure has two numbers. Write both, as 120/80.")
        )
    try:
        number(str(given(one.value).value))
    except ValueError:
        return _("Write the value as a number, as 72.5.")
    return ""


def _effective(posted: QueryDict, now: datetime, errors: dict[str, str]) -> datetime:
    """When it was measured, as a wall clock in Norway shows it; now when nothing is said."""
    day, at = _text(posted, "day"), _text(posted, "time")
    if not day and not at:
        return now
    try:
        on = date.fromisoformat(day) if day else timezone.localdate(now)
        found = instant(on, time.fromisoformat(at) if at else timezone.localtime(now).time())
    except (ValueError, OverflowError):
        errors["day"] = _("Write the day as year-month-day and the time as 08:30.")
        return now
    is_this_minute = abs((now - found).total_seconds()) < 60
    return now if is_this_minute else found
