"""What became of a measure, told: the verdict as a message, the chart, the others, how it was made."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.analysis.effects import Assessed, Compared, Floats, Verdict, together
from samspill.directory.public import Figure
from samspill.insight.drawings.lines import Line, lines
from samspill.insight.drawings.since import Names, Since, since
from samspill.insight.models import Expectation
from samspill.insight.queries.expectations import Happened
from samspill.insight.states import Period
from samspill.insight.telling import Pair, Passage, Told
from samspill.insight.telling.effects_words import how_sure, why
from samspill.insight.wording.effects import (
    NO_FIGURES,
    change_in_words,
    compared_in_words,
    goal_in_words,
    heading_of,
    interval_in_words,
    names_in_words,
    number,
    way_in_words,
)
from samspill.insight.wording.measured import source_line

MONTHS = 12


def tell_what_happened(happened: Happened) -> Told:
    """The answer to an expectation; `assessed` must be there."""
    found = _assessed(happened)
    way = direction_of(found)
    passages = [_chart(happened, found)]
    if found.compared is not None:
        passages.append(_others(happened, found, found.compared))
    return Told(
        heading_of(found.verdict, way),
        " ".join(why(happened.expectation, found)),
        passages,
        asked(happened.expectation, happened),
        list(method(happened, found)),
        warnings=warnings(happened, found),
    )


def heading_for(happened: Happened | None) -> str:
    """The verdict in a line, wherever it is shown; that there are no figures, before there are."""
    if happened is None or happened.assessed is None:
        return str(NO_FIGURES)
    return heading_of(happened.assessed.verdict, direction_of(happened.assessed))


def direction_of(found: Assessed) -> int:
    """−1 when what is told of went down, else 1."""
    told = found.ratio
    if found.verdict is Verdict.MOVED_ALSO_ELSEWHERE and found.compared is not None:
        told = found.compared.reached
    return -1 if told is not None and told.estimate < 1 else 1


def asked(one: Expectation, happened: Happened | None) -> list[Pair]:
    """What was expected, as (term, text); without figures there is no level it begins from."""
    assessed = happened.assessed if happened else None
    baseline = assessed.own.baseline if assessed else float("nan")
    pairs = [
        (_("Is to move"), one.indicator.title()),
        (_("Expected"), goal_in_words(one, baseline if np.isfinite(baseline) else None)),
        (_("Begins"), date_format(one.starts, "DATE_FORMAT")),
        (_("Where"), names_in_words(one.areas)),
        (_("Compared with"), compared_in_words(one)),
    ]
    if one.why:
        pairs.append((_("Why"), one.why))
    set_by = {"who": one.changed_by, "day": date_format(one.changed_at, "DATE_FORMAT")}
    return [*pairs, (_("Said by"), _("%(who)s, %(day)s") % set_by)]


def method(happened: Happened, found: Assessed) -> Iterator[Pair]:
    basis = found.compared.way if found.compared is not None else found.own.way
    yield _("Method"), way_in_words(basis) if basis else _("The figures before the start, and after it.")
    yield _("How sure"), " ".join(how_sure(found)) or _("It cannot be told from so few figures.")
    if found.compared is not None:
        yield _("Areas"), _areas(found.compared)
    yield _("Definition"), happened.expectation.indicator.means()
    yield _("Sources"), source_line(happened.measured)
    worked = {"day": date_format(happened.measured.run.made_at, "DATE_FORMAT")}
    yield _("Worked out"), _("%(day)s, from the newest data in use then") % worked


def _areas(compared: Compared) -> str:
    told = _("%(reached)s reached, %(others)s to compare with.") % {
        "reached": compared.areas[0],
        "others": compared.areas[1],
    }
    if compared.left_out:
        told += " " + _("Left out, since figures are hidden, missing or few: %(names)s.") % {
            "names": names_in_words(list(compared.left_out))
        }
    return told


def warnings(happened: Happened, found: Assessed) -> list[str]:
    said = []
    if happened.measured.run.is_invented:
        said.append(_("The figures are invented: nobody in them has ever lived."))
    if happened.missing:
        said.append(
            _("There are no figures for %(names)s.") % {"names": names_in_words(list(happened.missing))}
        )
    if happened.expectation.made_at.date() > happened.expectation.starts and found.own.after:
        said.append(
            _("The expectation was set after the measure began. One that was set before would weigh more.")
        )
    return said


def _assessed(happened: Happened) -> Assessed:
    if happened.assessed is None:
        raise ValueError("There are no figures to tell of.")
    return happened.assessed


def _chart(happened: Happened, found: Assessed) -> Passage:
    one, own = happened.expectation, found.own
    name, where = one.indicator.title(), names_in_words(one.areas)
    values = together(found.asked.reached)
    times = _times(happened)
    special = {period for period, _rule, _kind in own.since}
    ends = _expected_line(happened, found, times)
    drawn = since(
        Since(
            times,
            [None if np.isnan(value) else float(value) for value in values],
            _labels(happened),
            [period in special for period in found.asked.periods],
            _finite(own.baseline),
            _finite(own.chart.lower[-1]) if own.chart else None,
            _finite(own.chart.upper[-1]) if own.chart else None,
            ends,
            one.starts.year + (one.starts.timetuple().tm_yday - 1) / 365.25,
        ),
        Names(
            _("%(name)s in %(where)s, and when the measure began") % {"name": name, "where": where},
            one.indicator.unit(),
            _("begins"),
            _("expected %(value)s") % {"value": number(ends[-1][1])} if ends else "",
            _("before"),
            _("Period"),
        ),
    )
    figure = Figure(
        "serien",
        _("%(name)s, %(where)s") % {"name": name, "where": where},
        drawn,
        (_("Period"), one.indicator.unit(), _("Expected"), _("Lower limit"), _("Upper limit")),
        _rows(happened, found, values),
        source_line(happened.measured),
    )
    return Passage(figure, name, list(_about_the_series(happened, found)))


def _about_the_series(happened: Happened, found: Assessed) -> Iterator[str]:
    own, one = found.own, happened.expectation
    if own.before:
        told = _("In the %(count)s periods before, it was %(value)s %(unit)s on average.")
        yield told % {"count": own.before, "value": number(own.baseline), "unit": one.indicator.unit()}
    if own.chart is None:
        yield _("With fewer than six periods before, there are no limits to hold the others against.")
    elif own.since:
        yield ngettext(
            "Since the start, one point differs more than chance explains, by the limits of before.",
            "Since the start, %(count)s points differ more than chance explains, by the limits of before.",
            len(own.since),
        ) % {"count": len(own.since)}
    else:
        yield _("No point since the start differs more than chance explains.")
    if own.began_bad:
        yield _(
            "The last figure before the start was the worst for a long time. After such a figure the next is "
            "most often better by itself, whatever is done (regression to the mean). It is therefore held "
            "against all of the time before."
        )


def _others(happened: Happened, found: Assessed, compared: Compared) -> Passage:
    one = happened.expectation
    times = _times(happened)
    left = set(compared.left_out)
    others = together([area for area in found.asked.others if area.code not in left])
    reached = together([area for area in found.asked.reached if area.code not in left])
    told = _("%(name)s among those the measure reaches, and the others") % {"name": one.indicator.title()}
    names = (names_in_words(one.areas), _("the others"))
    drawn = lines(
        [
            Line(name, _points(times, values), look, named_at=-1, side=side)
            for name, values, look, side in zip(
                names, (reached, others), ("main", "third"), _sides(reached, others), strict=True
            )
        ],
        told=told,
        across="",
        counts=one.indicator.unit(),
        here=(one.starts.year + (one.starts.timetuple().tm_yday - 1) / 365.25, ""),
        zero=False,
        years=True,
    )
    rows = [
        (label, _cell(on), _cell(off))
        for label, on, off in zip(_labels(happened), reached, others, strict=True)
    ]
    figure = Figure(
        "de-andre",
        told,
        drawn,
        (_("Period"), *(name.capitalize() for name in names)),
        rows,
        source_line(happened.measured),
    )
    change = {
        "reached": change_in_words(compared.reached.estimate),
        "others": change_in_words(compared.others.estimate),
    }
    heading = _("After the start: %(reached)s here, %(others)s among the others") % change
    return Passage(figure, heading, list(_about_the_others(happened, found, compared)))


def _about_the_others(happened: Happened, found: Assessed, compared: Compared) -> Iterator[str]:
    yield _("Compared with %(others)s.") % {"others": compared_in_words(happened.expectation)}
    yield _("Against the others: %(change)s, and that may be anything %(interval)s.") % {
        "change": change_in_words(compared.ratio.estimate),
        "interval": interval_in_words(compared.ratio),
    }
    if found.before is None:
        yield _("There are too few periods before to see whether the others went the same way then.")
    elif found.verdict is Verdict.PRE_TREND:
        yield _("Already before the start they went different ways, so the difference says nothing.")
    else:
        yield _("Before the start they went the same way, as far as can be seen.")
    if compared.permuted is not None and compared.fewest is not None:
        yield _(
            "Had one drawn by lot who was to be reached, so large a difference would have come %(share)s "
            "times of a hundred."
        ) % {"share": number(100 * compared.permuted, 0)}


def _expected_line(happened: Happened, found: Assessed, times: list[float]) -> list[tuple[float, float]]:
    """From the last period before to what is expected, at the end of its year."""
    expected, own = found.asked.expected, found.own
    if expected is None or not np.isfinite(own.baseline) or found.asked.before == 0:
        return []
    begin = times[found.asked.before - 1]
    end = float(happened.expectation.by_year)
    return [(begin, own.baseline), (max(end, begin + 1), expected.at_end(own.baseline))]


def _rows(happened: Happened, found: Assessed, values: Floats) -> list[tuple[str | float | None, ...]]:
    own = found.own
    lower = float(own.chart.lower[-1]) if own.chart else float("nan")
    upper = float(own.chart.upper[-1]) if own.chart else float("nan")
    return [
        (label, _cell(value), _cell(expected), _cell(lower), _cell(upper))
        for label, value, expected in zip(_labels(happened), values, found.expected, strict=True)
    ]


def _times(happened: Happened) -> list[float]:
    if happened.measured.answer.period == Period.MONTH:
        return [one // 100 + (one % 100 - 1) / MONTHS for one in happened.measured.periods]
    return [float(one) for one in happened.measured.periods]


def _labels(happened: Happened) -> list[str]:
    if happened.measured.answer.period == Period.MONTH:
        return [f"{one // 100}-{one % 100:02}" for one in happened.measured.periods]
    return [str(one) for one in happened.measured.periods]


def _points(times: list[float], values: Floats) -> list[tuple[float, float]]:
    return [(x, float(y)) for x, y in zip(times, values, strict=True) if np.isfinite(y)]


def _sides(reached: Floats, others: Floats) -> tuple[str, str]:
    """Names above and below, as the lines end."""
    return (
        ("above", "below") if np.nan_to_num(reached[-1]) >= np.nan_to_num(others[-1]) else ("below", "above")
    )


def _finite(value: Any) -> float | None:
    return float(value) if np.isfinite(value) else None


def _cell(value: Any) -> float | None:
    return round(float(value), 2) if np.isfinite(value) else None
