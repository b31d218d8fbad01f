"""What is watched of a patient as pages show it: a sentence, a drawing, who set the limits, and a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import dateformat, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from samspill.care.drawings.axes import day_of, spread
from samspill.care.drawings.graph import (
    CROWDED,
    SHEETS,
    Drawing,
    InForce,
    Point,
    Series,
    Text,
    draw,
    written,
    zones,
)
from samspill.care.known_signs import PARTS, language, name_of, number_said, unit_said, value_said
from samspill.care.models import ThresholdSet
from samspill.care.queries.measured import Measured, Watched, rule_of
from samspill.care.shown.rises import last_rise, moved_last
from samspill.care.states import IndicatorKind
from samspill.refusal import Refused
from samspill.rulebook.safety_net import scale
from samspill.rulebook.triage import Judgement, Reason
from samspill.rulebook.triage.limits import Change, Components, Limits

APART = 19  # pixels between lines beside a drawing
COLOURS = {
    "red": gettext_lazy("Red"),
    "yellow": gettext_lazy("Yellow"),
    "green": gettext_lazy("Green"),
    "none": gettext_lazy("No rule"),
}
MARKS = {"red": "red", "yellow": "yellow", "green": "green", "none": "unknown"}
_SAID = {
    Reason.BELOW: gettext_lazy("%(what)s, below the limit of %(limit)s"),
    Reason.ABOVE: gettext_lazy("%(what)s, above the limit of %(limit)s"),
    Reason.INSIDE: gettext_lazy("%(what)s, inside the limits"),
}


@dataclass(frozen=True)
class Part:
    """One drawing, wide and narrow: the whole of what is watched, or a part of it (the two of a pressure)."""

    name: str
    wide: Drawing
    narrow: Drawing
    beside: Sequence[Text]
    words: str


@dataclass(frozen=True)
class Answer:
    """One answer in a row of marks."""

    g: str
    said: str
    day: str
    is_struck: bool


@dataclass(frozen=True)
class Graph:
    """One thing that is watched. `parts` is empty for what is answered in words; then there are `answers`.

    `heading` says what it shows, `unit` in what, `told` the same for who cannot see it. `limits_words` say
    who set the limits and when, `dues` how many due times nothing came for, `is_ended` that it is watched no
    more.
    """

    key: str
    name: str
    heading: str
    unit: str
    told: str
    team: str
    parts: Sequence[Part]
    answers: Sequence[Answer]
    limits_words: str
    dues: int
    is_ended: bool


Looks = Mapping[str, Mapping[str, str]]
"""What an answer looks like in words, by what is watched and the answer: from the plan in force."""


def graph_of(
    one: Watched, *, start: datetime, end: datetime, now: datetime, looks: Looks | None = None,
    planned: Change | None = None,
) -> Graph:  # fmt: skip
    """`planned` is how fast it may change by a plan in force."""
    indicator = one.indicator
    name = name_of(indicator.code, indicator.name)
    heading = heading_of(one, name, looks, planned)
    is_number = indicator.kind == IndicatorKind.MEASURED
    parts = _parts(one, start, end, planned) if is_number and (one.measured or one.missing) else []
    return Graph(
        key=str(indicator.pk),
        name=name,
        heading=heading,
        unit=unit_said(indicator.unit),
        told=_told(one, heading),
        team=str(indicator.episode.team),
        parts=parts,
        answers=[] if is_number else [_answer(said, looks) for said in one.measured],
        limits_words=set_by(one.in_force(now), now),
        dues=len(one.missing),
        is_ended=indicator.ends is not None,
    )


def heading_of(one: Watched, name: str, looks: Looks | None = None, planned: Change | None = None) -> str:
    """What the newest value that counts says, in a sentence: «Oxygen 84 %, below the limit of 86»."""
    latest = one.latest
    if latest is None:
        return _("%(name)s: no value in this time") % {"name": name}
    if (moved := moved_last(one, planned)) is not None:
        return f"{name} {value_said(latest.row.value, latest.row.unit)}, {moved.said}"
    if one.indicator.kind != IndicatorKind.MEASURED:
        return _("%(name)s: %(answer)s") % {"name": name, "answer": answer_said(latest, looks)}
    what = f"{name} {value_said(latest.row.value, latest.row.unit)}"
    return sentence_of(what, latest.judgement if latest.rule is not None else None, latest.colour)


def sentence_of(what: str, told: Judgement | None, colour: str) -> str:
    if told is None or told.reason not in _SAID:
        return what if colour != "none" else _("%(what)s, with no limit to hold it against") % {"what": what}
    part = name_of(told.component).lower() if told.component and told.colour != "green" else ""
    limit = "" if told.at is None else number_said(told.at)
    said = str(_SAID[Reason(told.reason)]) % {"what": what, "limit": limit}
    return f"{said} ({part})" if part else said


def answer_said(one: Measured, looks: Looks | None = None) -> str:
    value = str(one.row.value)
    known = (looks or {}).get(one.row.code, {}).get(value, "")
    return known or str(COLOURS.get(value, value))


def _answer(one: Measured, looks: Looks | None) -> Answer:
    day = moment_said(one.row.effective)
    return Answer(MARKS[one.colour], answer_said(one, looks), day, not one.counts)


def moment_said(moment: datetime) -> str:
    """«4 Nov 20.52», on the clock of Norway, with the year when it is another."""
    at = timezone.localtime(moment)
    if at.year == timezone.localdate().year:
        return dateformat.format(at, pgettext("date format", "j b H:i"))
    return dateformat.format(at, pgettext("date format", "j b Y H:i"))


def day_said(day: date) -> str:
    return dateformat.format(day, pgettext("date format", "j b"))


def set_by(version: ThresholdSet | None, now: datetime) -> str:
    """Who set the limits that hold, and when; "" when there are none."""
    if version is None:
        return ""
    said = {"name": version.by_name, "day": day_said(timezone.localtime(version.valid_from).date())}
    if version.rule is None:
        return _("%(name)s took the limits away from %(day)s.") % said
    told = _("%(name)s set the limits from %(day)s.") % said
    return (
        f"{told} {version.why}."
        if version.why and not version.why.endswith(".")
        else f"{told} {version.why}".strip()
    )


def _told(one: Watched, heading: str) -> str:
    counting = [each for each in one.measured if each.counts]
    if not counting:
        return heading
    first = counting[0]
    said = _("%(count)s values since %(day)s, the first %(value)s.") % {
        "count": len(counting),
        "day": day_said(day_of(first.row.effective)),
        "value": value_said(first.row.value, first.row.unit),
    }
    return f"{heading}. {said}"


def _parts(one: Watched, start: datetime, end: datetime, planned: Change | None) -> list[Part]:
    codes = PARTS.get(one.indicator.code) or _codes(one)
    return [_part(one, code, start, end, planned) for code in (codes or ("",))]


def _codes(one: Watched) -> tuple[str, ...]:
    """The parts of what is measured in several, though the table does not know it."""
    found = (each.row.value for each in one.measured if isinstance(each.row.value, Mapping))
    return tuple(dict.fromkeys(code for value in found for code in value))


def _part(one: Watched, code: str, start: datetime, end: datetime, planned: Change | None) -> Part:
    series = series_of(one, code, start=start, end=end)
    if not code:
        series = replace(series, rise=last_rise(one, planned))
    limits = _last_limits(series)
    known = code or one.indicator.code
    drawings = {shape: draw(series, shape, number=number_named, day=day_named) for shape in SHEETS}
    return Part(
        name=name_of(known) if code else "",
        wide=drawings["wide"],
        narrow=drawings["narrow"],
        beside=beside_of(drawings["wide"], series, limits, known),
        words=zones_said(limits, known),
    )


def number_named(value: float) -> str:
    return number_said(f"{value:.6g}")


def day_named(day: date, is_last: bool) -> str:
    """The windows end with today."""
    return _("Today") if is_last else dateformat.format(day, pgettext("date format, short", "j.n."))


def series_of(one: Watched, code: str, *, start: datetime, end: datetime) -> Series:
    """The points and limits of what is watched, or of the part `code` of it."""
    latest, is_crowded = one.latest, len(one.measured) > CROWDED
    points = [
        point
        for each in one.measured
        if (point := _point(each, code, is_said=not is_crowded or each is latest)) is not None
    ]
    before: Limits | None = None
    versions = []
    for version in one.versions:
        limits = limits_of(version.rule, code)
        day = day_said(timezone.localtime(version.valid_from).date())
        words = _("New limits %(day)s") % {"day": day} if limits != before else ""
        versions.append(InForce(version.valid_from, limits, words))
        before = limits
    return Series(
        start=start,
        end=end,
        points=points,
        versions=versions,
        missing=one.missing,
        pauses=[(pause.starts, pause.ends) for pause in one.pauses],
    )


def limits_of(plain: object, code: str) -> Limits | None:
    """The four limits of a rule as it is kept, or of one part of it; None when it has none."""
    rule = rule_of(plain)
    own = rule.rules.get(code) if isinstance(rule, Components) and code else rule
    return own if isinstance(own, Limits) else None


def _point(one: Measured, code: str, *, is_said: bool) -> Point | None:
    """What is not marked needs no words; of very many, that is what is inside."""
    value = one.row.value.get(code) if code and isinstance(one.row.value, Mapping) else one.row.value
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    colour = _colour(one, code)
    is_marked = is_said or colour != "green" or not one.counts
    said = f"{value_said(one.row.value, one.row.unit)}, {moment_said(one.row.effective)}" if is_marked else ""
    return Point(one.row.effective, number, colour, said, not one.counts)


def _colour(one: Measured, code: str) -> str:
    """Of a part, what the limits it was held against say of the part; otherwise as it was given."""
    told = one.judgement if code else None
    parts = told.parts if told is not None and told.parts else {}
    return str(parts[code].colour) if code in parts else one.colour


def _last_limits(series: Series) -> Limits | None:
    holding = [one for one in series.versions if one.starts < series.end]
    return max(holding, key=lambda one: one.starts).limits if holding else None


def zones_said(limits: Limits | None, code: str) -> str:
    """«Red below 86, yellow 86–87, green 88 or more»."""
    if limits is None:
        return ""
    said = [f"{COLOURS[level]} {text}" for level, text in _scale(limits, code)]
    return capfirst(
        ", ".join(one if place == 0 else one[0].lower() + one[1:] for place, one in enumerate(said))
    )


def _scale(limits: Limits, code: str) -> list[tuple[str, str]]:
    try:
        return [(str(one.level), one.text) for one in scale(limits, code, language())]
    except Refused:  # limits of something the rulebook does not measure
        return []


def beside_of(drawing: Drawing, series: Series, limits: Limits | None, code: str) -> list[Text]:
    """To the right of the wide drawing: what the bands are called, and the newest value; none over others."""
    x = written(drawing.sheet.width - drawing.sheet.right + 12)
    wanted: list[tuple[float, str, str]] = []
    if limits is not None:
        said = _scale(limits, code)
        for (_level, low, high), (level, text) in zip(zones(limits), said, strict=False):
            top = float(drawing.sheet.top) if high is None else drawing.up.at(high)
            bottom = drawing.floor if low is None else drawing.up.at(low)
            wanted.append(((top + bottom) / 2 + 4, "c-lab", f"{COLOURS[level]} {text}"))
    if series.counting:
        last = series.counting[-1]
        wanted.append((drawing.up.at(last.value) + 5, "c-val", number_said(str(last.value))))
    places = spread([y for y, _look, _text in wanted], APART, drawing.sheet.top + 8, drawing.floor)
    return [Text(look, x, written(y), text) for y, (_y, look, text) in zip(places, wanted, strict=True)]
