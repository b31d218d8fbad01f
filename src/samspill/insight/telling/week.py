"""The coming days in words and figures: how full, who is still there, the risk, and how it went before."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspill.directory.public import Figure
from samspill.insight.drawings.days import Day, days_ahead
from samspill.insight.drawings.lines import Line, lines
from samspill.insight.telling import Asked, Passage, Told
from samspill.insight.wording import decimal
from samspill.worklist.public import long_day

Values = Mapping[str, Any]
SURE = 99.5  # percent that are «almost surely»
HOURS_IN_DAY = 24
NOON = 12


def tell(told: Asked) -> Told:
    found: Any = told.found
    fullest = max(range(len(found["days"])), key=lambda place: (found["middle"][place], -place))
    passages = [_days(told, found)]
    if found.get("tried"):
        passages.append(_tried(told, found["tried"]))
    if found.get("hours"):
        passages.append(_hours(told, found["hours"]))
    return Told(
        heading=_("Fullest on %(day)s: probably %(low)s to %(high)s patients")
        % {
            "day": _day(found, fullest),
            "low": found["low"][fullest],
            "high": found["high"][fullest],
        },
        lede=_lede(told, found),
        passages=passages,
        question=_question(told, found),
        method=_method(found),
        warnings=_warnings(found),
    )


def _day(found: Values, place: int) -> str:
    return long_day(date.fromisoformat(found["days"][place]), date.fromisoformat(found["at"]))


def _lede(told: Asked, found: Values) -> str:
    now = _("%(now)s are in bed now.") % {"now": found["now"]}
    if not found["over"]:
        return now
    worst = max(range(len(found["over"])), key=lambda place: (found["over"][place], -place))
    values = {
        "beds": told.asked["beds"],
        "day": _day(found, worst),
        "risk": _of_hundred(found["over"][worst]),
    }
    if found["over"][worst] < 1:
        risk = _("More than %(beds)s beds will hardly be needed on any of the days.") % values
    elif found["over"][worst] > SURE:
        risk = _("More than %(beds)s beds will almost surely be needed on %(day)s.") % values
    else:
        risk = (
            _("The risk that more than %(beds)s beds are needed is greatest on %(day)s: %(risk)s of 100.")
            % values
        )
    return f"{now} {risk}"


def _days(told: Asked, found: Values) -> Passage:
    sentence = _("The line on each bar holds the true number eight times out of ten; the dot is the middle.")
    beds = told.asked.get("beds")
    shown = [
        Day(_short(found["days"][place]), *(found[part][place] for part in ("present", "coming", *_BAND)))
        for place in range(len(found["days"]))
    ]
    title = _("Patients in bed, day by day")
    figure = Figure(
        key="1",
        title=title,
        spec=days_ahead(
            shown,
            told=sentence,
            beds=(float(str(beds)), _("%(beds)s beds") % {"beds": beds}) if beds else None,
        ),
        head=_head(told, found),
        rows=[_row(found, place) for place in range(len(found["days"]))],
        source=told.source,
    )
    words = [
        ("c-me", _("Those of today who are still there")),
        ("c-b50", _("Those who come from now on")),
    ]
    return Passage(figure, title, [sentence], words)


_BAND = ("low", "middle", "high")


def _short(day: str) -> str:
    return dateformat.format(date.fromisoformat(day), pgettext("date format", "D j"))


def _head(told: Asked, found: Values) -> list[str]:
    head = [_("Day"), _("Most likely"), _("Eight of ten"), _("Still there"), _("To come")]
    return [*head, _("More than %(beds)s, of 100") % {"beds": told.asked["beds"]}] if found["over"] else head


def _row(found: Values, place: int) -> list[str | int | float | None]:
    row: list[str | int | float | None] = [
        _day(found, place),
        found["middle"][place],
        f"{found['low'][place]}–{found['high'][place]}",
        round(found["present"][place]),
        round(found["coming"][place]),
    ]
    return [*row, _of_hundred(found["over"][place])] if found["over"] else row


def _tried(told: Asked, tried: Values) -> Passage:
    ours, simple = (sum(tried[part]) / len(tried[part]) for part in ("error", "no_change"))
    values = {
        "times": tried["times"],
        "ours": decimal(ours, 1),
        "simple": decimal(simple, 1),
        "covered": tried["covered"],
    }
    sentence = (
        _(
            "Tried on %(times)s earlier weeks, the forecast missed by %(ours)s beds on average. «As many "
            "as now» "
            "missed by %(simple)s."
        )
        % values
    )
    held = _("The band held the true number %(covered)s of 100 times; 80 is meant.") % values
    worse = (
        [_("Here «as many as now» would have done as well: trust the forecast accordingly.")]
        if ours >= simple
        else []
    )
    ahead = range(1, len(tried["error"]) + 1)
    title = _("How the forecast would have done before")
    figure = Figure(
        key="2",
        title=title,
        spec=lines(
            [
                Line(
                    _("the forecast"),
                    list(zip(ahead, tried["error"], strict=True)),
                    "main",
                    _low(tried["error"]),
                    "below",
                ),
                Line(
                    _("«as many as now»"),
                    list(zip(ahead, tried["no_change"], strict=True)),
                    "second",
                    _high(tried["no_change"]),
                    "above",
                ),
            ],
            told=sentence,
            across=_("Days ahead"),
            counts=_("beds off"),
        ),
        head=[_("Days ahead"), _("The forecast, beds off"), _("«As many as now», beds off")],
        rows=[
            [str(day), round(error, 1), round(simple_one, 1)]
            for day, error, simple_one in zip(ahead, tried["error"], tried["no_change"], strict=True)
        ],
        source=told.source,
    )
    return Passage(figure, title, [sentence, held, *worse])


def _hours(told: Asked, hours: Values) -> Passage:
    top = max(range(len(hours["mean"])), key=lambda place: hours["mean"][place])
    bottom = min(range(len(hours["mean"])), key=lambda place: hours["mean"][place])
    names = weekdays()
    sentence = _(
        "On average it is fullest on %(full)s at %(full_hour)s with %(most)s in bed, and emptiest on "
        "%(empty)s at "
        "%(empty_hour)s with %(least)s. Counted over %(weeks)s weeks."
    ) % {
        "full": names[top // HOURS_IN_DAY],
        "full_hour": f"{top % HOURS_IN_DAY:02}",
        "most": decimal(hours["mean"][top], 0),
        "empty": names[bottom // HOURS_IN_DAY],
        "empty_hour": f"{bottom % HOURS_IN_DAY:02}",
        "least": decimal(hours["mean"][bottom], 0),
        "weeks": hours["weeks"],
    }
    title = _("How full it is through the week")
    figure = Figure(
        key="3",
        title=title,
        spec=lines(
            [
                Line(
                    _("one hour in ten is above"),
                    list(enumerate(hours["high"])),
                    "third",
                    _high(hours["high"]),
                    "above",
                ),
                Line(_("average"), list(enumerate(hours["mean"])), "main", _low(hours["mean"]), "below"),
            ],
            told=sentence,
            across="",
            counts=_("in bed"),
            names={HOURS_IN_DAY * place + NOON: name[:3].lower() for place, name in enumerate(names)},
        ),
        head=[_("Hour"), _("Average in bed"), _("One hour in ten is above")],
        rows=[
            [f"{names[hour // HOURS_IN_DAY]} {hour % HOURS_IN_DAY:02}", mean, high]
            for hour, (mean, high) in enumerate(zip(hours["mean"], hours["high"], strict=True))
        ],
        source=told.source,
    )
    return Passage(figure, title, [sentence])


def _inner(values: Sequence[float]) -> range:
    """Places far enough from both ends for a name to stand over or under them."""
    return range(len(values) // 4, max(3 * len(values) // 4, len(values) // 4 + 1))


def _high(values: Sequence[float]) -> int:
    return max(_inner(values), key=lambda place: values[place])


def _low(values: Sequence[float]) -> int:
    return min(_inner(values), key=lambda place: values[place])


def weekdays() -> list[str]:
    """Monday first."""
    return [dateformat.format(date(2024, 1, day), "l") for day in range(1, 8)]


def _question(told: Asked, found: Values) -> list[tuple[str, str]]:
    asked: Any = told.asked
    rows = [
        (_("From"), long_day(date.fromisoformat(found["at"]), date.fromisoformat(found["at"]))),
        (_("In bed now"), str(found["now"])),
    ]
    if asked.get("beds") is not None:
        rows.append((_("Beds there are"), str(asked["beds"])))
    if "totals" in asked:
        return [*rows, (_("Rests on"), _("the ward's own stays, of which only these sums are kept"))]
    arrivals = [decimal(asked[f"day_{place}"], 1) for place in range(7)]
    return [
        *rows,
        (_("Come a day, Monday to Sunday"), " – ".join(arrivals)),
        (_("Usual stay"), _("%(days)s days") % {"days": decimal(asked["stay"], 1)}),
    ]


def _method(found: Values) -> list[tuple[str, str]]:
    tried = (
        _("Tried on the ward's own earlier weeks; see the figure.")
        if found.get("tried")
        else _("Not tried: that takes the ward's own stays in a file.")
    )
    return [
        (
            _("Method"),
            _(
                "Each patient who is there stays on as others have who had been there as long. Those who "
                "come are "
                "as many as is usual on the weekday, and leave as others do. The numbers of both are put "
                "together "
                "exactly, not drawn."
            ),
        ),
        (_("Accuracy"), tried),
        (_("Not included"), _("Holidays, closed wards and outbreaks: correct for them in your heads.")),
        (_("Kept"), _("Nothing of a file is kept. Who presses «Keep» keeps the sums by day and no more.")),
    ]


def _warnings(found: Values) -> list[str]:
    if not found["beyond"]:
        return []
    return [
        _("%(number)s have been here longer than anybody before them; how long they stay is a guess.")
        % {"number": found["beyond"]}
    ]


def _of_hundred(share: float) -> str:
    if 0 < share < 1:
        return _("under 1")
    return decimal(share, 0)
