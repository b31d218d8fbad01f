"""One profession told: need and staff, what lacks, who comes and goes, their ages, and what levers do."""

from typing import Any

from django.utils.translation import gettext as _

from samspill.directory.public import Figure
from samspill.insight.drawings import Curve
from samspill.insight.drawings.ages import ages
from samspill.insight.drawings.expected import expected
from samspill.insight.drawings.two_curves import two_curves
from samspill.insight.telling import Asked, Pair, Passage, Told
from samspill.insight.telling.staff_flows import flows
from samspill.insight.telling.staff_levers import closing, effects, together_in_words
from samspill.insight.telling.staff_parts import (
    curve_of,
    interval_of,
    lacking,
    method_of,
    need_in_words,
    origin_in_words,
    question_of,
    sectors_of,
)
from samspill.insight.wording import about, count, rounded, rounded_either
from samspill.insight.wording.levers import name_of_lever, value_in_words
from samspill.insight.wording.staff import (
    AT_SECTOR,
    between,
    capital,
    gap_in_words,
    headline,
    likely,
    name_of,
    share_in_words,
)


def tell_one(told: Asked) -> Told:
    asked: Any = told.asked
    found: Any = told.found
    profession, years = asked["profession"], found["years"]
    gap, need = curve_of(years, found["gap"]), curve_of(years, found["need"])
    passages = [_curves(told), _gap(told), *effects(told), flows(told), _ages(told), *closing(told)]
    return Told(
        heading=headline(profession, gap.on(years[-1]), need.on(years[-1]), years[-1], asked["sector"]),
        lede=_lede(told, gap),
        passages=[_numbered(one, place) for place, one in enumerate(passages, start=1)],
        question=[*question_of(told, capital(name_of(profession))), *_pulled(asked)],
        method=method_of(told, (profession,), sectors_of(told, found)),
        warnings=_warnings(told),
        answers=[lacking(profession, gap)],
    )


def _numbered(passage: Passage, place: int) -> Passage:
    figure = passage.figure
    whole = {**vars(figure), "key": str(place)}
    return Passage(Figure(**whole), passage.heading, passage.told, passage.words)


def _lede(told: Asked, gap: Curve) -> str:
    sure = between(*gap.between(gap.years[-1]))
    tried = together_in_words(told)
    return f"{tried} {sure}" if tried else sure


def _pulled(asked: Any) -> list[Pair]:
    levers = [(name_of_lever(code), value_in_words(code, value)) for code, value in asked["levers"].items()]
    if not levers:
        return [(_("Levers"), _("None is pulled."))]
    when = _("From year %(first)s on, in full from year %(full)s") % {
        "first": asked["after"],
        "full": asked["after"] + asked["years_to_full"] - 1,
    }
    return [*levers, (_("The levers work"), when)]


def _warnings(told: Asked) -> list[str]:
    found: Any = told.found
    asked: Any = told.asked
    lines = [origin_in_words(found["origin"])]
    notes = [one for one in found["assumed"] if one.startswith(f"{asked['profession']}, ")]
    if notes and found["origin"] == "own":
        lines.append(
            _("How many there are today is partly assumed. It stands under «How the figure was made».")
        )
    return [line for line in lines if line]


def _curves(told: Asked) -> Passage:
    asked: Any = told.asked
    found: Any = told.found
    years = found["years"]
    supply, need = curve_of(years, found["supply"]), curve_of(years, found["need"])
    first, last = years[0], years[-1]
    values = {
        "first": first,
        "last": last,
        "now": count(supply.on(first)),
        "then": about(supply.on(last)),
        "needed": about(need.on(last)),
    }
    sentence = (
        _(
            "In %(first)s there are %(now)s FTE at work. In %(last)s we expect %(then)s, and "
            "%(needed)s are needed."
        )
        % values
    )
    figure = Figure(
        key="1",
        title=_("Needed and at work: %(who)s %(where)s")
        % {"who": name_of(asked["profession"]), "where": AT_SECTOR[asked["sector"]]},
        spec=two_curves(supply, need, told=sentence, counts=_("FTE")),
        head=[
            _("Year"),
            _("Needed"),
            _("Eight of ten, from"),
            _("Eight of ten, to"),
            _("At work"),
            _("Eight of ten, from"),
            _("Eight of ten, to"),
        ],
        rows=[
            [
                str(year),
                *(
                    rounded(value)
                    for one in (need, supply)
                    for value in (one.on(year), *interval_of(one, year))
                ),
            ]
            for year in years
        ],
        source=told.source,
    )
    heading = _gap_heading(found, years)
    words = [
        ("c-b80", _("At work, eight of ten: %(low)s to %(high)s") % _ends(supply)),
        ("c-rng", _("Needed, eight of ten: %(low)s to %(high)s") % _ends(need)),
    ]
    return Passage(
        figure, heading, [sentence, need_in_words(asked["profession"], sectors_of(told, found))], words
    )


def _gap_heading(found: Any, years: list[int]) -> str:
    need, supply = found["need"]["values"], found["supply"]["values"]
    if need[-1] - need[0] > supply[-1] - supply[0]:
        if supply[-1] < supply[0]:
            return _("The need grows, and fewer are at work")
        return _("The need grows more than those at work")
    return _("Those at work grow as much as the need, or more")


def _ends(curve: Curve) -> dict[str, str]:
    low, high = curve.between(curve.years[-1])
    return {"low": about(low), "high": about(high)}


def _gap(told: Asked) -> Passage:
    found: Any = told.found
    years = found["years"]
    gap, need = curve_of(years, found["gap"]), curve_of(years, found["need"])
    last = years[-1]
    words = gap_in_words(gap.on(last), need.on(last))
    before = curve_of(years, found["before"]) if found["together"] else None
    heading = _("What lacks, year by year")
    lines = [
        _("In %(year)s: %(gap)s.") % {"year": last, "gap": words},
        likely(found["likely"]),
        *_by_sector(found),
    ]
    if before is not None:
        lines.insert(
            1,
            _("The grey line is without the levers: %(gap)s.")
            % {"gap": gap_in_words(before.on(last), need.on(last))},
        )
    figure = Figure(
        key="2",
        title=_("What lacks, in FTE"),
        spec=expected(
            gap,
            told=" ".join(lines[:2]),
            end=words,
            counts=_("FTE that lack"),
            beside=before,
        ),
        head=[_("Year"), _("FTE that lack"), _("Eight of ten, from"), _("Eight of ten, to")],
        rows=[
            [str(year), *(rounded_either(value) for value in (gap.on(year), *interval_of(gap, year)))]
            for year in years
        ],
        source=told.source,
    )
    return Passage(figure, heading, lines, _bands(gap))


def _bands(gap: Curve) -> list[Pair]:
    low95, low80, low50, high50, high80, high95 = (signed_fte(end) for end in gap.bands[-1])
    return [
        ("c-b50", _("As likely inside as outside: %(low)s to %(high)s") % {"low": low50, "high": high50}),
        ("c-b80", _("Eight of ten: %(low)s to %(high)s") % {"low": low80, "high": high80}),
        ("c-b95", _("Nineteen of twenty: %(low)s to %(high)s") % {"low": low95, "high": high95}),
    ]


def signed_fte(value: float) -> str:
    """«−40», with a minus sign as it is printed."""
    return count(rounded_either(value)).replace("-", "−")


def _by_sector(found: Any) -> list[str]:
    if len(found["sectors"]) < 2:
        return []
    return [
        _("%(where)s: %(now)s FTE today; in the end %(gap)s.")
        % {
            "where": capital(str(AT_SECTOR[sector])),
            "now": count(one["now"]),
            "gap": gap_in_words(one["gap"][1], one["need"][1]),
        }
        for sector, one in found["sectors"].items()
    ]


def _ages(told: Asked) -> Passage:
    found: Any = told.found
    years = found["years"]
    now, then = found["older"]
    starts = found["ages"]["from"]
    labels = [*(f"{first}–{first + 4}" for first in starts)]
    values = {"now": share_in_words(now), "then": share_in_words(then), "first": years[0], "last": years[-1]}
    heading = capital(_("%(now)s is 55 or older") % values)
    lines = [
        _("In %(first)s %(now)s is 55 or older, in %(last)s %(then)s.") % values,
        _("Filled bars are %(first)s, the outline is %(last)s.") % values,
    ]
    figure = Figure(
        key="5",
        title=_("How old they are: persons by age"),
        spec=ages(
            labels,
            found["ages"]["now"],
            found["ages"]["then"],
            told=" ".join(lines),
            called=(str(years[0]), str(years[-1])),
        ),
        head=[_("Age"), str(years[0]), str(years[-1])],
        rows=[
            [label, round(one), rounded(other)]
            for label, one, other in zip(labels, found["ages"]["now"], found["ages"]["then"], strict=True)
        ],
        source=told.source,
    )
    return Passage(figure, heading, lines)
