"""The answer of «flow» in words and figures: who waits in hospital, how full each place is, who is "
"refused."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from samspill.directory.public import Figure
from samspill.insight.drawings.lengths import Length, lengths
from samspill.insight.drawings.lines import Line, lines
from samspill.insight.telling import Answer, Asked, Passage, Told
from samspill.insight.telling.week import weekdays
from samspill.insight.wording import about, decimal
from samspill.worklist.public import number_in_words

Values = Mapping[str, Any]
HARDLY = 0.05  # of a person: nobody, to those who read


def tell(told: Asked) -> Told:
    """Three passages: those who wait by weekday, how full each place is, the hospital by weekday."""
    asked: Any = told.asked
    found: Any = told.found
    return Told(
        heading=_heading(found),
        lede=_lede(found),
        passages=[_ready(told, found), _full(told, found), _weekly(told, found)],
        question=_question(asked, found),
        method=_method(asked),
        warnings=_warnings(asked, found),
        answers=_answers(found),
    )


def _answers(found: Values) -> list[Answer]:
    """Of what is tried, or of the one model; eight of ten repetitions lie within."""
    sums = found.get("other") or found["model"]
    labels = {
        "ready": (_("Ready to leave hospital and waiting, on average"), 1),
        "corridor": (_("In the corridor of the hospital, on average"), 1),
        "refused": (_("Find no municipal acute bed, a year"), 0),
    }
    return [
        Answer(name, label, sums[name]["mean"], sums[name].get("from"), sums[name].get("to"), decimals)
        for name, (label, decimals) in labels.items()
    ]


def _heading(found: Values) -> str:
    if "difference" not in found:
        if found["model"]["ready"]["mean"] < HARDLY:
            return _("Hardly anybody waits in hospital for a place")
        return _("%(number)s hospital beds are held each day by people who wait for a place") % {
            "number": decimal(found["model"]["ready"]["mean"], 1)
        }
    change = found["difference"]["ready"]["mean"]
    number = {"number": decimal(abs(change), 1)}
    if abs(change) < HARDLY:
        return _("What you try hardly changes how many wait in hospital")
    if change < 0:
        return _("What you try lets %(number)s fewer wait in hospital each day") % number
    return _("What you try makes %(number)s more wait in hospital each day") % number


def _lede(found: Values) -> str:
    model = found["model"]
    values = {
        "refused": about(model["refused"]["mean"]),
        "corridor": decimal(model["corridor"]["mean"], 1),
    }
    if "difference" not in found:
        return (
            _(
                "%(refused)s a year find no municipal acute bed, and %(corridor)s lie in the corridor on "
                "average."
            )
            % values
        )
    values |= {
        "now": decimal(model["ready"]["mean"], 1),
        "then": decimal(found["other"]["ready"]["mean"], 1),
        "then_refused": about(found["other"]["refused"]["mean"]),
    }
    waiting = _("From %(now)s to %(then)s who are ready and wait.") % values
    if values["refused"] == values["then_refused"]:
        refused = _("As many as before find no municipal acute bed: %(refused)s a year.") % values
    else:
        refused = (
            _("Those who find no municipal acute bed go from %(refused)s to %(then_refused)s a year.")
            % values
        )
    return f"{waiting} {refused}"


def _ready(told: Asked, found: Values) -> Passage:
    names = weekdays()
    days = found["model"]["ready_by_weekday"]
    worst = max(range(7), key=lambda day: days[day])
    sentence = _("Most wait on %(day)s: %(number)s people on average.") % {
        "day": names[worst],
        "number": decimal(days[worst], 1),
    }
    title = _("Ready to leave, and still in hospital")
    figure = Figure(
        key="1",
        title=title,
        spec=_by_weekday(
            [days, *([found["other"]["ready_by_weekday"]] if "other" in found else [])], sentence, zero=True
        ),
        head=[_("Day"), _("Today, people"), *([_("Tried, people")] if "other" in found else [])],
        rows=[
            [names[day], *(round(one["ready_by_weekday"][day], 1) for one in _both(found))]
            for day in range(7)
        ],
        source=told.source,
    )
    return Passage(figure, title, [sentence, *_sure(found)])


def _sure(found: Values) -> list[str]:
    """How sure the difference is, or the number."""
    part = found["difference"]["ready"] if "difference" in found else found["model"]["ready"]
    if part["low"] is None:
        return []
    low, high = part["low"], part["high"]
    if "difference" not in found:
        return [_("The mean is probably between %(low)s and %(high)s.") % _ends(max(low, 0.0), high)]
    same = _("The same patients come in both.")
    if low < 0 < high:
        return [same, _("The difference may be chance: take more repetitions before you lean on it.")]
    if high <= 0:
        return [same, _("Probably between %(low)s and %(high)s fewer.") % _ends(-high, -low)]
    return [same, _("Probably between %(low)s and %(high)s more.") % _ends(low, high)]


def _ends(low: float, high: float) -> dict[str, str]:
    return {"low": decimal(low, 1), "high": decimal(high, 1)}


def _by_weekday(rows: Sequence[Sequence[float]], sentence: str, *, zero: bool) -> Mapping[str, object]:
    looks = (("second", _("today")), ("main", _("tried"))) if len(rows) > 1 else (("main", _("today")),)
    top = [max(row) for row in rows]
    return lines(
        [
            Line(
                name,
                list(enumerate(row)),
                look,
                named_at=3,
                side="above" if top[place] == max(top) else "below",
            )
            for place, (row, (look, name)) in enumerate(zip(rows, looks, strict=True))
        ],
        told=sentence,
        across="",
        counts=_("people"),
        names={place: name[:3].lower() for place, name in enumerate(weekdays())},
        zero=zero,
    )


def _full(told: Asked, found: Values) -> Passage:
    hospital = found["model"]["units"][0]
    sentence = _("Nine days out of ten at most %(peak)s are in «%(unit)s» at once.") % {
        "peak": hospital["peak"],
        "unit": hospital["name"],
    }
    title = _("How full each place is")
    shown = []
    for place, unit in enumerate(found["model"]["units"]):
        if unit["beds"]:
            shown.append(_bar(unit, False, "other" in found))
            if "other" in found and place < len(found["other"]["units"]):
                shown.append(_bar(found["other"]["units"][place], True, True))
    figure = Figure(
        key="2",
        title=title,
        spec=lengths(shown, told=sentence),
        head=[
            _("Place"),
            _("Beds"),
            _("In use on average"),
            _("Nine days of ten at most"),
            _("In the corridor"),
            _("Ready and waiting"),
            _("Refused a year"),
        ],
        rows=[_row(unit, name) for name, one in _named(found) for unit in one["units"]],
        source=told.source,
    )
    return Passage(figure, title, [sentence])


def _bar(unit: Values, is_tried: bool, is_compared: bool) -> Length:
    share = 100 * unit["in_use"] / unit["beds"]
    words = _("%(share)s of 100 in use") % {"share": decimal(share, 0)}
    name = _("%(unit)s, tried") % {"unit": unit["name"]} if is_tried else unit["name"]
    return Length(name, share, words, is_tried or not is_compared)


def _row(unit: Values, which: str) -> list[str | int | float | None]:
    return [
        f"{unit['name']}{which}",
        unit["beds"],
        round(unit["in_use"], 1),
        unit["peak"],
        round(unit["corridor"], 1),
        round(unit["ready"], 1),
        round(unit["refused"]),
    ]


def _weekly(told: Asked, found: Values) -> Passage:
    names = weekdays()
    days = [one["units"][0]["by_weekday"] for one in _both(found)]
    top = max(range(7), key=lambda day: days[0][day])
    sentence = _("«%(unit)s» is fullest on %(day)s, with %(number)s on average.") % {
        "unit": found["model"]["units"][0]["name"],
        "day": names[top],
        "number": decimal(days[0][top], 0),
    }
    title = _("Through the week: %(unit)s") % {"unit": found["model"]["units"][0]["name"]}
    figure = Figure(
        key="3",
        title=title,
        spec=_by_weekday(days, sentence, zero=False),
        head=[_("Day"), _("Today, people"), *([_("Tried, people")] if "other" in found else [])],
        rows=[[names[day], *(round(one[day], 1) for one in days)] for day in range(7)],
        source=told.source,
    )
    return Passage(figure, title, [sentence])


def _both(found: Values) -> list[Values]:
    return [found[name] for name in ("model", "other") if name in found]


def _named(found: Values) -> list[tuple[str, Values]]:
    if "other" not in found:
        return [("", found["model"])]
    return [("", found["model"]), (_(", tried"), found["other"])]


def _question(asked: Values, found: Values) -> list[tuple[str, str]]:
    beds = [
        (unit["name"], _("%(beds)s beds") % {"beds": unit["beds"]})
        for unit in found["model"]["units"]
        if unit["beds"]
    ]
    tried = [
        (_("%(unit)s, tried") % {"unit": unit["name"]}, _("%(beds)s beds") % {"beds": unit["beds"]})
        for unit in found.get("other", {"units": []})["units"]
        if unit["beds"]
    ]
    run = _("%(replications)s repetitions of %(days)s days") % {
        "replications": asked["replications"],
        "days": asked["days"],
    }
    return [*beds, *tried, (_("Simulated"), run)]


def _method(asked: Values) -> list[tuple[str, str]]:
    return [
        (
            _("Method"),
            _(
                "Patients are drawn one by one: when they come, how long they stay, where they go next. "
                "Who is ready "
                "keeps the bed until the next place is free. Repeated %(replications)s times with other "
                "chance, "
                "%(days)s days each, after %(warm)s days that are not counted."
            )
            % {
                "replications": number_in_words(asked["replications"]),
                "days": asked["days"],
                "warm": asked["warm_up_days"],
            },
        ),
        (
            _("Accuracy"),
            _(
                "The interval tells of chance alone: nineteen times out of twenty the mean is inside. "
                "Whether the "
                "numbers are right is for you to say; the first ones are invented."
            ),
        ),
        (_("Not included"), _("Holidays, closed wards, and that people act differently when it is full.")),
    ]


def _warnings(asked: Values, found: Values) -> list[str]:
    full = [
        one["name"]
        for one in found["model"]["units"]
        if one["beds"] and one["in_use"] > FULL * one["beds"] and not one["refused"]
    ]
    if not full:
        return []
    return [
        _(
            "«%(unit)s» is full nearly always, so the queue may still be growing: the number depends on "
            "the days."
        )
        % {"unit": full[0]}
    ]


FULL = 0.985
