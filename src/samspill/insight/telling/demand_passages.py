"""Figures of demand with their words: which way it goes, how much it grows, illnesses, levels, accuracy."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from samspill.analysis.demand import catalogue
from samspill.directory.public import Figure
from samspill.insight.drawings import Bar, Curve, Line, bars, span, spans, ways
from samspill.insight.drawings.waterfall import signed_about
from samspill.insight.telling import Asked, Passage
from samspill.insight.wording import about, decimal, rounded, signed
from samspill.insight.wording import demand as said
from samspill.insight.wording.curves import bands_in_words
from samspill.insight.wording.services import CHAPTERS, LINES, name_of, unit_of, within

Row = list[str | int | float | None]
MIDDLE = 3  # the place of the median among the percentiles of a year
MOST_CHAPTERS = 10  # drawn; the table has all
METHODS = ("ours", "no_change", "per_resident", "constant_use", "change_in_use")


def curve_of(service: Any, years: Sequence[int]) -> Curve:
    """Counted years, then expected ones."""
    known = service["known"]
    bands = service["bands"]
    return Curve(
        [*(year for year, _use in known), *years],
        [*(use for _year, use in known), *(band[MIDDLE] for band in bands)],
        [[*band[:MIDDLE], *band[MIDDLE + 1 :]] for band in bands],
    )


def which_way(told: Asked, code: str) -> Passage:
    """The fan of a service, with what one tries and the other ways to reckon."""
    found: Any = told.found
    service, years, lines = found["services"][code], found["years"], _lines(found, code)
    curve = curve_of(service, years)
    tried = [band[MIDDLE] for band in service["tried"]] if "tried" in service else None
    name = _("if all goes on as now") if tried is None else _("without measures")
    sentence = said.now_and_then(code, place_in(told), service, years)
    words = bands_in_words(curve)
    if tried:
        words.append(("c-me", _("With what you try: %(value)s") % {"value": about(tried[-1])}))
    words += [
        ("c-iqr", _("%(name)s: %(value)s") % {"name": _capital(str(LINES[line])), "value": about(values[-1])})
        for line, values in lines.items()
    ]
    told_beside = [
        said.tested(service["skill"]),
        said.level(code, found["focus"]["levels"]),
        said.assumed(code),
    ]
    if tried:
        unit = unit_of(code)
        units = found["sides"][code]["units"] if code in found["sides"] else (0.0, 0.0, 0.0)
        told_beside.insert(0, said.difference(units, unit))
    return Passage(
        Figure(
            key=code,
            title=_("%(name)s, %(place)s") % {"name": name_of(code), "place": place_in(told)},
            spec=ways(
                curve,
                told=sentence,
                counts=name_of(code),
                name=name,
                tried=Line(_("with what you try"), tried) if tried else None,
                beside=[Line(str(LINES[line]), values) for line, values in lines.items()],
            ),
            head=_head_of_ways(lines, tried is not None),
            rows=_rows_of_ways(service, years, lines, tried),
            source=told.source,
        ),
        _("%(name)s, %(unit)s") % {"name": name_of(code), "unit": unit_of(code)},
        [one for one in told_beside if one],
        words,
    )


def _lines(found: Any, code: str) -> dict[str, list[float]]:
    """The other ways to reckon; without «no change» where that is what is drawn."""
    is_flat = found["services"][code]["skill"]["verdict"] == "none"
    lines = found["focus"]["lines"]
    return {name: values for name, values in lines.items() if not (is_flat and name == "no_change")}


def _head_of_ways(lines: Any, is_tried: bool) -> list[str]:
    head = [_("Year"), _("If all goes on as now"), _("Eight of ten, from"), _("Eight of ten, to")]
    head += [_capital(str(LINES[line])) for line in lines]
    return head + ([_("With what you try")] if is_tried else [])


def _rows_of_ways(service: Any, years: Sequence[int], lines: Any, tried: list[float] | None) -> list[Row]:
    rows: list[Row] = [
        [str(year), round(use), None, None, *(None for _line in lines), *([None] if tried else [])]
        for year, use in service["known"]
    ]
    for place, (year, band) in enumerate(zip(years, service["bands"], strict=True)):
        row: Row = [str(year), rounded(band[MIDDLE]), rounded(band[1]), rounded(band[5])]
        row += [rounded(lines[line][place]) for line in lines]
        rows.append([*row, *([rounded(tried[place])] if tried else [])])
    return rows


def growth_of(told: Asked, codes: Sequence[str]) -> Passage:
    """How much each service grows."""
    found: Any = told.found
    services, years = found["services"], found["years"]
    title = _("Growth from %(now)s to %(to)s") % {"now": years[0], "to": years[-1]}
    rows = [
        span(name_of(code), services[code]["growth"], signed(round(services[code]["growth"][1])))
        for code in codes
    ]
    return Passage(
        Figure(
            key="growth",
            title=f"{title}, {place_in(told)}",
            spec=spans(rows, told=title, unit=" %"),
            head=[
                _("Service"),
                str(years[0]),
                str(years[-1]),
                _("Growth, per cent"),
                _("Eight of ten, from"),
                _("Eight of ten, to"),
                _("Unit"),
            ],
            rows=[_growth_row(code, services[code]) for code in codes],
            source=told.source,
        ),
        title,
        [
            _("The dot is most likely. The bar holds the answer eight times of ten."),
            _("Right of the line is more than today, left of it is less."),
        ],
    )


def _growth_row(code: str, service: Any) -> Row:
    low, middle, high = (round(value) for value in service["growth"])
    now, then = rounded(service["now"][1]), rounded(service["then"][1])
    return [name_of(code), now, then, middle, low, high, unit_of(code)]


def chapters(told: Asked, code: str) -> Passage | None:
    """What kinds of illness the growth is of; None for a service that is one."""
    found: Any = told.found
    parts, years = found["focus"]["parts"], found["years"]
    if not parts:
        return None
    ordered = sorted(parts, key=lambda part: -parts[part]["more"][1])
    title = _("More %(unit)s from %(now)s to %(to)s, by illness") % {
        "unit": unit_of(code),
        "now": years[0],
        "to": years[-1],
    }
    return Passage(
        Figure(
            key="chapters",
            title=title,
            spec=spans(
                [
                    span(str(CHAPTERS[part]), parts[part]["more"], signed_about(parts[part]["more"][1]))
                    for part in ordered[:MOST_CHAPTERS]
                ],
                told=title,
            ),
            head=[_("Illness"), str(years[0]), str(years[-1])],
            rows=[
                [str(CHAPTERS[part]), rounded(parts[part]["now"]), rounded(parts[part]["then"])]
                for part in ordered
            ],
            source=told.source,
        ),
        _("%(illness)s grows most") % {"illness": CHAPTERS[ordered[0]]},
        [f"{title}.", _("The dot is most likely. The bar holds the answer eight times of ten.")],
    )


def levels(told: Asked, code: str) -> Passage | None:
    """How the use of each municipality lies beside what its ages say; None where none is known of its own."""
    found: Any = told.found
    known = {told.names.get(area, area): band for area, band in found["focus"]["levels"].items()}
    if not known or catalogue()[code].side == "hospital":
        return None  # hospitals are known by trust, which its municipalities share
    ordered = sorted(known, key=lambda name: -known[name][1])
    title = _("Use beside what the ages there would say")
    heading = (
        _("%(strongest)s uses most for its ages, %(weakest)s least")
        % {"strongest": ordered[0], "weakest": ordered[-1]}
        if len(ordered) > 1
        else title
    )
    rows = [
        span(name, [100 * one for one in known[name]], f"{round(100 * known[name][1])}") for name in ordered
    ]
    return Passage(
        Figure(
            key="levels",
            title=f"{title}, {within(code)}",
            spec=spans(rows, told=title, same=100),
            head=[_("Municipality"), _("Level"), _("Eight of ten, from"), _("Eight of ten, to")],
            rows=[[row.name, round(row.middle), round(row.low), round(row.high)] for row in rows],
            source=told.source,
        ),
        heading,
        [
            _(
                "100 is what people of the same ages use in Østfold and Vestfold together. The curve begins "
                "where each municipality is, and goes over to the level of its last three years."
            )
        ],
    )


def back_test(told: Asked, code: str) -> Passage | None:
    """How far off each way has been, beside «no change»; None for what was never tried."""
    found: Any = told.found
    skill = found["services"][code]["skill"]
    errors = skill["errors"]
    if not errors:
        return None
    rows = [
        Bar(
            _capital(str(LINES[method])),
            0.0,
            errors[method][0],
            "less" if method == "ours" else "whole",
            f"{decimal(errors[method][0], 1)} %",
        )
        for method in METHODS
    ]
    title = _("How far off each way has been after %(years)s years, per cent") % {"years": skill["ahead"]}
    return Passage(
        Figure(
            key="accuracy",
            title=f"{title}, {within(code)}",
            spec=bars(rows, told=said.tested(skill), unit=" %"),
            head=[_("Way to reckon"), _("Off by, per cent"), _("Too high (+) or too low (−)")],
            rows=[
                [_capital(str(LINES[method])), round(errors[method][0], 1), round(errors[method][1], 1)]
                for method in METHODS
            ],
            source=told.source,
        ),
        said.verdict(skill),
        [
            said.tested(skill),
            _("%(number)s municipalities or hospitals were compared, with the true population handed in.")
            % {"number": skill["units"]},
        ],
    )


def place_in(told: Asked) -> str:
    asked: Any = told.asked
    return ", ".join(told.names[code] for code in asked["areas"]) or told.community.name


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
