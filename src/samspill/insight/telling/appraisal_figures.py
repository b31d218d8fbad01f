"""The figures of «appraisal» that say what changes, for whom, and why. Not here: the weighing of it."""

from django.utils.translation import gettext as _

from samspill.insight.appraisals import label_of, unit_of
from samspill.insight.drawings.compared import Dot, dots
from samspill.insight.drawings.contributions import Step, contributions
from samspill.insight.drawings.sides import Bar, bars
from samspill.insight.drawings.tornado import Span, tornado
from samspill.insight.telling import Passage
from samspill.insight.weighed import Row, Weighed
from samspill.insight.wording import signed
from samspill.insight.wording.appraisals import (
    MILLION,
    PAYERS,
    about_difference,
    capital,
    often_in_words,
    plain,
    signed_plain,
    to_figures,
    who_bears,
)

MOST_FLIPS = 3
MOST_OTHERS = 6


def outcome(one: Weighed, key: str, name: str, *, lowest: bool) -> Passage:
    """An outcome of every way beside each other, with its interval; `lowest` when little of it is good."""
    label, unit = label_of(one.model, name), unit_of(one.model, name)
    values, differences = one.values(name), one.differences(name)
    shown = [_dot(one, way, values[way]) for way in one.ways]
    told = [
        f"«{one.named(way)}»: {about_difference(differences[way], unit)}"
        for way in one.ways
        if way != one.today
    ]
    rows: list[Row] = [
        [
            one.named(way),
            *(to_figures(value) for value in values[way]),
            *(to_figures(value) for value in differences[way]),
        ]
        for way in one.ways
    ]
    head = [
        _("Way"),
        _("Low"),
        _("Middle"),
        _("High"),
        _("Difference, low"),
        _("Difference, middle"),
        _("Difference, high"),
    ]
    title = _("%(label)s, %(unit)s") % {"label": label, "unit": unit}
    drawn = dots(shown, told=" ".join([title + ".", *told]), unit=unit)
    middles = {way: band[1] for way, band in values.items()}
    leads = min(middles, key=middles.__getitem__) if lowest else max(middles, key=middles.__getitem__)
    message = _("%(label)s: «%(name)s» has the least") if lowest else _("%(label)s: «%(name)s» has the most")
    heading = message % {"label": label, "name": one.named(leads)}
    ends = _("Eight of ten lie within the band; the dot is the middle.")
    return Passage(one.figure(key, title, drawn, head, rows), heading, told, [("c-b80", ends)])


def _dot(one: Weighed, way: str, band: list[float]) -> Dot:
    low, middle, high = band
    return Dot(one.named(way), low, middle, high, plain(middle), way == one.today)


def payers(one: Weighed) -> Passage:
    """Who gains and who pays over all years, every way."""
    found = one.found["budgets"]
    years = found[one.focus]["years"]
    shown = [
        Bar(
            one.named(way),
            capital(str(PAYERS[side["payer"]])),
            side["mean"] / MILLION,
            signed_plain(side["mean"] / MILLION),
            side["low"] / MILLION,
            side["high"] / MILLION,
        )
        for way, budget in found.items()
        for side in budget["sides"]
    ]
    told = [f"«{one.named(way)}»: {who_bears(budget['sides'])}" for way, budget in found.items()]
    rows: list[Row] = [
        [
            one.named(way),
            capital(str(PAYERS[side["payer"]])) if "payer" in side else _("All together"),
            *(to_figures(side[end]) for end in ("low", "mean", "high")),
        ]
        for way, budget in found.items()
        for side in (*budget["sides"], budget["all"])
    ]
    title = _("More to pay than today, %(first)s–%(last)s, million kroner") % {
        "first": years[0],
        "last": years[-1],
    }
    head = [_("Way"), _("Payer"), _("Low, kroner"), _("Mean, kroner"), _("High, kroner")]
    drawn = bars(shown, told=" ".join([title + ".", *told]), unit=_("million kroner; to the left: saved"))
    heading = _("Who gains and who pays")
    return Passage(one.figure("2", title, drawn, head, rows), heading, told)


def by_year(one: Weighed) -> Passage:
    """The budget of the way in focus, year by year and payer by payer."""
    found = one.found["budgets"][one.focus]
    names = [capital(str(PAYERS[payer])) for payer in found["payers"]]
    shown = [
        Bar(
            str(year),
            names[row],
            found["middle"][row][place] / MILLION,
            signed_plain(found["middle"][row][place] / MILLION),
            found["low"][row][place] / MILLION,
            found["high"][row][place] / MILLION,
        )
        for place, year in enumerate(found["years"])
        for row in range(len(names))
    ]
    rows: list[Row] = [
        [
            str(year),
            name,
            *(to_figures(found[end][row][place]) for end in ("low", "middle", "high")),
        ]
        for place, year in enumerate(found["years"])
        for row, name in enumerate([*names, _("All together")])
    ]
    way = one.named(one.focus)
    title = _("«%(name)s»: more to pay than today, year by year, million kroner") % {"name": way}
    told = [
        _("The first year has what it takes to begin; the uptake rises after that."),
        _("Yearly figures are middle values and need not add up; means over all years do."),
    ]
    drawn = bars(shown, told=" ".join([title + ".", *told]), unit=_("million kroner; to the left: saved"))
    head = [_("Year"), _("Payer"), _("Low, kroner"), _("Middle, kroner"), _("High, kroner")]
    heading = _("«%(name)s», year by year") % {"name": way}
    return Passage(one.figure("4", title, drawn, head, rows), heading, told)


def others(one: Weighed) -> Passage:
    """Staff, beds and the rest: how much more or less than today, in percent; the table has all of it."""
    alike: dict[tuple[str, ...], str] = {}
    for name in one.found["outcomes"]:
        if _is_compared(one, name):
            alike[tuple(_percent(one, name, way)[1] for way in one.ways[1:])] = name
    names = list(alike.values())[:MOST_OTHERS]  # of hours and staff, the staff
    shown = [
        Bar(label_of(one.model, name), one.named(way), *_percent(one, name, way))
        for name in names
        for way in one.ways[1:]
    ]
    rows: list[Row] = [
        [
            label_of(one.model, name),
            unit_of(one.model, name),
            one.named(way),
            *(to_figures(value) for value in one.values(name)[way]),
        ]
        for name in one.found["outcomes"]
        for way in one.ways
    ]
    title = _("Change from today, percent")
    told = [_("Staff, beds and volume move too. The table has every outcome with its interval.")]
    drawn = bars(shown, told=" ".join([title + ".", *told]), unit=_("percent"))
    head = [_("Outcome"), _("Unit"), _("Way"), _("Low"), _("Middle"), _("High")]
    return Passage(one.figure("5", title, drawn, head, rows), _("What else changes"), told)


def _is_compared(one: Weighed, name: str) -> bool:
    """There is some of it today, it moves, and it has no figure of its own."""
    if name in (one.model.judged_by, one.model.effect, one.model.cost):
        return False
    moves = any(value for way in one.ways[1:] for value in one.differences(name)[way])
    return moves and one.values(name)[one.today][1] > 0 and not unit_of(one.model, name).startswith("kr")


def _percent(one: Weighed, name: str, way: str) -> tuple[float, str, float, float]:
    base = one.values(name)[one.today][1]
    low, middle, high = (100 * value / base for value in one.differences(name)[way])
    return middle, signed(round(middle)), low, high


def parts(one: Weighed) -> Passage:
    """Which of the changes makes how much of the difference between today and the way in focus."""
    found = one.found["parts"]
    unit, name = unit_of(one.model, one.model.judged_by), one.named(one.focus)
    changes = [(key, change) for key, change in found["changes"] if to_figures(change, 2)]
    changes = [(key, change) for key, change in changes if abs(change) > abs(found["start"]) * 1e-6]
    steps = [Step(one.named(key), change, signed_plain(change)) for key, change in changes]
    end = found["start"] + found["total"]
    ways = Step(one.named(one.today), found["start"], plain(found["start"])), Step(name, end, plain(end))
    rows: list[Row] = [
        [ways[0].name, to_figures(found["start"])],
        *[_row(step) for step in steps],
        [name, to_figures(end)],
    ]
    title = _("From «%(today)s» to «%(name)s», %(unit)s") % {
        "today": one.named(one.today),
        "name": name,
        "unit": unit,
    }
    told = [_parts_in_words(steps, found["total"], unit)]
    if found["order_matters"]:
        told.append(_("Changes work together, so the mean over every order they may come in is shown."))
    drawn = contributions(
        ways[0],
        steps,
        ways[1],
        told=" ".join([title + ".", *told]),
        unit=unit,
        less=_("makes it cheaper"),
        more=_("makes it dearer"),
    )
    heading = _("What makes the difference")
    return Passage(one.figure("6", title, drawn, [_("Change"), capital(unit)], rows), heading, told)


def _row(step: Step) -> Row:
    return [step.name, to_figures(step.change)]


def _parts_in_words(steps: list[Step], total: float, unit: str) -> str:
    if not steps:
        return _("It changes nothing in what it costs.")
    most = max(steps, key=lambda step: abs(step.change))
    return _("Most is made by «%(most)s»: %(change)s. All together it is %(total)s, %(unit)s.") % {
        "most": most.name,
        "change": most.said,
        "total": signed_plain(total),
        "unit": unit,
    }


def storm(one: Weighed) -> Passage:
    """Which assumption moves the difference most, and which would give another way the lead."""
    found = one.found["tornado"]
    unit = unit_of(one.model, one.model.judged_by)
    names = [one.named(bar[0]) for bar in found["bars"]]
    spans = [Span(name, bar[3], bar[4]) for name, bar in zip(names, found["bars"], strict=True)]
    rows: list[Row] = [
        [name, plain(bar[1]), plain(bar[2]), to_figures(bar[3]), to_figures(bar[4])]
        for name, bar in zip(names, found["bars"], strict=True)
    ]
    title = _("«%(name)s» against today when one assumption alone is low or high, %(unit)s") % {
        "name": one.named(one.focus),
        "unit": unit,
    }
    told = [
        _("What matters most is «%(most)s».") % {"most": names[0]} if names else _("Nothing here is unsure."),
        *(_flip(one, flip) for flip in one.found["flips"][:MOST_FLIPS]),
    ]
    if not one.found["flips"]:
        told.append(_("No assumption alone, within what is thought possible, gives another way the lead."))
    drawn = tornado(
        spans,
        base=found["base"],
        told=" ".join([title + ".", *told]),
        unit=unit,
        low=_("when the figure is low"),
        high=_("when the figure is high"),
    )
    head = [
        _("Assumption"),
        _("When low"),
        _("When high"),
        _("Difference when low"),
        _("Difference when high"),
    ]
    return Passage(one.figure("7", title, drawn, head, rows), _("What would turn the answer"), told)


def _flip(one: Weighed, flip: dict[str, object]) -> str:
    likely = flip["likely"]
    return _(
        "If «%(key)s» passes %(value)s, «%(after)s» leads over «%(before)s»; that happens %(often)s."
    ) % {
        "key": one.named(str(flip["key"])),
        "value": plain(float(str(flip["value"]))),
        "after": one.named(str(flip["after"] if _is_below(flip) else flip["before"])),
        "before": one.named(str(flip["before"] if _is_below(flip) else flip["after"])),
        "often": often_in_words(float(str(likely or 0))),
    }


def _is_below(flip: dict[str, object]) -> bool:
    """It lies below the place where the lead changes, so that the one that leads above takes over."""
    return float(str(flip["base"])) < float(str(flip["value"]))
