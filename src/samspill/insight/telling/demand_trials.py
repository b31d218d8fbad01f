"""Figures of what one tries, with their words: both sides, where it goes, what contributes how much."""

from typing import Any

from django.utils.translation import gettext as _

from samspill.directory.public import Figure
from samspill.insight.drawings import Bar, bars, span, spans, waterfall
from samspill.insight.drawings.bars import WORDS_OF
from samspill.insight.drawings.waterfall import begins, signed_about
from samspill.insight.telling import Asked, Passage
from samspill.insight.wording import about, decimal, rounded
from samspill.insight.wording import demand as said
from samspill.insight.wording.mitigators import MITIGATORS
from samspill.insight.wording.mitigators import name_of as measure_name
from samspill.insight.wording.services import SIDES, name_of, unit_of, within

Row = list[str | int | float | None]


def both_sides(told: Asked) -> Passage:
    """What is tried, for the hospital and for the municipalities."""
    found: Any = told.found
    sides, to = found["sides"], found["years"][-1]
    rows = [span(name_of(code), one["percent"], _percent(one["percent"][1])) for code, one in sides.items()]
    title = _("Difference in %(to)s, per cent of what it would be") % {"to": to}
    return Passage(
        Figure(
            key="sides",
            title=title,
            spec=spans(rows, told=title, unit=" %"),
            head=[
                _("Service"),
                _("Difference"),
                _("Eight of ten, from"),
                _("Eight of ten, to"),
                _("Per cent"),
                _("Unit"),
            ],
            rows=[_side_row(code, one) for code, one in sides.items()],
            source=told.source,
        ),
        _("Both sides in %(to)s") % {"to": to},
        [line for side in SIDES if (line := said.one_side(side, sides))]
        + [_("The bar holds the difference eight times of ten. Left of the line is less than without.")],
    )


def _side_row(code: str, one: Any) -> Row:
    low, middle, high = (_whole(value) for value in one["units"])
    return [name_of(code), middle, low, high, round(one["percent"][1], 1), unit_of(code)]


def _whole(value: float) -> int:
    """A difference, no finer than it is known."""
    return rounded(abs(value)) * (1 if value > 0 else -1)


def where_it_goes(told: Asked) -> Passage:
    """Where what leaves the hospital comes back, and how much falls away."""
    found: Any = told.found
    taken = [one for one in found["moved"] if one["avoided"] > 0]
    title = _("Where the days go that leave the hospital in %(to)s") % {"to": found["years"][-1]}
    rows = [bar for one in taken for bar in _shares(one)]
    return Passage(
        Figure(
            key="moved",
            title=title,
            spec=bars(rows, told=title, unit=" %"),
            head=[_("What is tried"), _("Days less in hospital"), _("Comes back as"), _("Falls away")],
            rows=[
                [
                    measure_name(one["mitigator"]),
                    _whole(one["avoided"]),
                    _comes_back(one),
                    _whole(one["saved"]),
                ]
                for one in found["moved"]
            ],
            source=told.source,
        ),
        title,
        [_told_of_moved(one) for one in taken],
        [
            (WORDS_OF["more"], _("comes back to the municipality")),
            (WORDS_OF["other"], _("comes back to the hospital in another way")),
            (WORDS_OF["less"], _("falls away")),
        ],
    )


def _shares(one: Any) -> list[Bar]:
    """Parts of a hundred."""
    name = measure_name(one["mitigator"])
    begun, found = 0.0, []
    for code, amount in one["shares"].items():
        share = 100 * amount / one["avoided"]
        found.append(Bar(name, begun, begun + share, "other" if code == "outpatient" else "more"))
        begun += share
    return [*found, Bar(name, begun, 100.0, "less", about(one["avoided"]))]


def _comes_back(one: Any) -> str:
    return "; ".join(
        f"{_small(amount)} {unit_of(code)} ({within(code)})" for code, amount in one["found"].items()
    )


def _small(amount: float) -> str:
    return decimal(amount, 1) if abs(amount) < 10 else about(amount)


def _told_of_moved(one: Any) -> str:
    return _("%(name)s: %(days)s days. %(because)s") % {
        "name": measure_name(one["mitigator"]),
        "days": about(one["avoided"]),
        "because": MITIGATORS[one["mitigator"]].because,
    }


def steps(told: Asked, code: str) -> Passage:
    """What contributes how much to the use of a service in the last year."""
    found: Any = told.found
    focus, years = found["focus"], found["years"]
    named = [(_step_name(key), change) for key, change, _low, _high in focus["steps"]]
    title = _("What contributes how much until %(to)s") % {"to": years[-1]}
    sentences = [" ".join(f"{name}: {signed_about(change)}." for name, change in named[:2])]
    if begins(_reached(focus)) > 0:
        sentences.append(_("The axis does not begin at nothing, so that the steps can be seen."))
    sentences.append(_("These are means, since only means can be added up."))
    return Passage(
        Figure(
            key="steps",
            title=f"{title}, {within(code)}",
            spec=waterfall(
                (str(years[0]), focus["start"]), named, (str(years[-1]), focus["end"]), told=title
            ),
            head=[_("Step"), unit_of(code), _("Eight of ten, from"), _("Eight of ten, to")],
            rows=[
                [str(years[0]), rounded(focus["start"]), None, None],
                *_step_rows(focus),
                [str(years[-1]), rounded(focus["end"]), None, None],
            ],
            source=told.source,
        ),
        title,
        sentences,
        [(WORDS_OF["more"], _("more")), (WORDS_OF["less"], _("less"))],
    )


def _step_rows(focus: Any) -> list[Row]:
    return [
        [_step_name(key), _whole(change), _whole(low), _whole(high)]
        for key, change, low, high in focus["steps"]
    ]


def _reached(focus: Any) -> list[float]:
    """The numbers that the steps lead over, from first to last."""
    reached = [focus["start"]]
    for _key, change, _low, _high in focus["steps"]:
        reached.append(reached[-1] + change)
    return [*reached, focus["end"]]


def _step_name(key: str) -> str:
    if key == "population":
        return _("More and older people")
    if key == "change_in_use":
        return _("Change in use at the same age")
    return measure_name(key)


def _percent(value: float) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{decimal(abs(value), 1)} %"
