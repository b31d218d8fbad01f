"""Scenarios side by side in words: what each gives, how far apart they are, and what sets them apart."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from samspill.directory.public import Figure
from samspill.insight.calculating import CALCULATIONS
from samspill.insight.drawings.beside import Beside, beside
from samspill.insight.drawings.same_axes import on_same_axes
from samspill.insight.telling import Answer, Asked, Pair, Passage, Table, Told
from samspill.insight.wording import decimal, rounded_either
from samspill.refusal import Refused

SURE = 0.9  # share of the drawn futures that must agree before it is said as certain
_YEAR = re.compile(r"\d{4}")
COARSE = 100  # numbers from here on are rounded as people say them


class One(NamedTuple):
    """A scenario: its name, and its answer as its kind tells it."""

    name: str
    told: Told


def tell(told: Asked) -> Told:
    """The main answers in a table and as dots, then each scenario's own figure, all on the same axes."""
    asked: Any = told.asked
    how = CALCULATIONS.get(asked["kind"])
    if how is None:
        raise Refused("comparison.kind", _("What was compared is not calculated here any more."))
    found: Any = told.found
    pairs = zip(asked["scenarios"], found["answers"], strict=True)
    scenarios = [
        One(one["name"], how.tell(Asked(told.community, one["asked"], answer, told.names, told.source)))
        for one, answer in pairs
    ]
    apart: Sequence[Mapping[str, Any]] = found["differences"]
    keys = _common(scenarios)
    return Told(
        heading=_heading(scenarios, keys),
        lede=_lede(scenarios, keys, apart),
        passages=[*_dots(scenarios, keys, told.source), *_own_figures(scenarios)],
        question=[(_("Calculated"), str(how.label)), *_in_words(scenarios)],
        method=[(_("Comparison"), _method(bool(apart))), *scenarios[0].told.method],
        warnings=list(dict.fromkeys(words for one in scenarios for words in one.told.warnings)),
        tables=[*_answers_table(scenarios, keys, apart), _assumptions_table(scenarios)],
    )


def _common(scenarios: Sequence[One]) -> list[str]:
    """The main answers that every scenario gives, in the order of the first."""
    return [key for key in _by_key(scenarios[0]) if all(key in _by_key(one) for one in scenarios)]


def _by_key(one: One) -> dict[str, Answer]:
    return {answer.key: answer for answer in one.told.answers or _last_year(one.told)}


def _last_year(told: Told) -> list[Answer]:
    """For a kind that names no main answers: the last row of its first table by year, as it is rounded there.

    Its columns are the year, the value, and from where to where it is likely.
    """
    figure = told.passages[0].figure if told.passages else None
    row = list(figure.rows[-1]) if figure and figure.rows else []
    if figure is None or not row or not _YEAR.fullmatch(str(row[0])) or len(row) < len(("year", "value")):
        return []
    numbers = [one if isinstance(one, int | float) else None for one in [*row[1:4], None, None]]
    value, low, high = numbers[:3]
    if value is None:
        return []
    decimals = 0 if all(one is None or one == round(one) for one in numbers) else 1
    return [Answer("last", f"{figure.head[1]}, {row[0]}", value, low, high, decimals)]


def _heading(scenarios: Sequence[One], keys: Sequence[str]) -> str:
    if not keys:
        return _("%(names)s side by side") % {"names": _listed([one.name for one in scenarios])}
    values = {one.name: _by_key(one)[keys[0]] for one in scenarios}
    high, low = max(values, key=lambda name: values[name].value), min(values, key=lambda n: values[n].value)
    if values[high].value == values[low].value:
        return _("They all give the same: %(value)s") % {"value": _said(values[high])}
    return _("%(most)s with «%(high)s», %(least)s with «%(low)s»") % {
        "most": _said(values[high]), "high": high, "least": _said(values[low]), "low": low,
    }  # fmt: skip


def _lede(scenarios: Sequence[One], keys: Sequence[str], apart: Sequence[Mapping[str, Any]]) -> str:
    if not keys:
        return " ".join(f"{one.name}: {one.told.lede}" for one in scenarios)
    key = keys[0]
    label = _label([_by_key(one)[key] for one in scenarios])
    if not apart or key not in apart[-1]:
        return f"{label}."
    decimals = _by_key(scenarios[0])[key].decimals
    said = [
        _apart_in_words(one.name, scenarios[0].name, between[key], decimals)
        for one, between in zip(scenarios[1:], apart[1:], strict=True)
    ]
    return " ".join([f"{label}.", *said])


def _apart_in_words(name: str, first: str, between: Mapping[str, float], decimals: int) -> str:
    values = {
        "name": name,
        "first": first,
        "low": number(min(abs(between["low"]), abs(between["high"])), decimals),
        "high": number(max(abs(between["low"]), abs(between["high"])), decimals),
    }
    if between["low"] == between["high"] == 0:
        return _("«%(name)s» gives the same as «%(first)s» in every drawn future.") % values
    if between["more"] >= SURE and between["low"] > 0:
        return (
            _("«%(name)s» gives from %(low)s to %(high)s more than «%(first)s», eight times of ten.") % values
        )
    if between["more"] <= 1 - SURE and between["high"] < 0:
        return (
            _("«%(name)s» gives from %(low)s to %(high)s less than «%(first)s», eight times of ten.") % values
        )
    share = {**values, "times": round(10 * between["more"])}
    return _("«%(name)s» gives more than «%(first)s» %(times)s times of ten: that is not sure.") % share


def _label(answers: Sequence[Answer]) -> str:
    """What they all count; when they count it in different years, each says so itself."""
    labels = list(dict.fromkeys(answer.label for answer in answers))
    return labels[0] if len(labels) == 1 else _("%(some)s or %(last)s") % {
        "some": ", ".join(labels[:-1]), "last": labels[-1]
    }  # fmt: skip


def _answers_table(
    scenarios: Sequence[One], keys: Sequence[str], apart: Sequence[Mapping[str, Any]]
) -> list[Table]:
    """A row for each scenario, a column for each main answer with its interval, and the difference."""
    if not keys:
        rows = [[one.name, one.told.heading] for one in scenarios]
        return [Table(_("What each gives"), [_("Scenario"), _("Answer")], rows, numeric=False)]
    head = [_("Scenario")]
    for key in keys:
        head.append(_label([_by_key(one)[key] for one in scenarios]))
        if apart:
            head.append(_("from «%(first)s»") % {"first": scenarios[0].name})
    rows = []
    for place, one in enumerate(scenarios):
        row = [one.name]
        for key in keys:
            answer = _by_key(one)[key]
            row.append(_with_interval(answer))
            if apart:
                row.append(_difference(apart[place].get(key), answer.decimals) if place else "")
        rows.append(row)
    return [Table(_("What each gives"), head, rows)]


def _with_interval(answer: Answer) -> str:
    if answer.low is None or answer.high is None:
        return _said(answer)
    return _("%(value)s (%(low)s to %(high)s)") % {
        "value": _said(answer),
        "low": number(answer.low, answer.decimals),
        "high": number(answer.high, answer.decimals),
    }


def _difference(between: Mapping[str, float] | None, decimals: int) -> str:
    if between is None:
        return ""
    if between["low"] == between["high"] == 0:
        return "0"
    values = {end: _signed(between[end], decimals) for end in ("middle", "low", "high")}
    return _("%(middle)s (%(low)s to %(high)s)") % values


def _assumptions_table(scenarios: Sequence[One]) -> Table:
    """A row for each thing they are not asked alike; who differ in nothing are told so in one row."""
    unlike = [term for term, texts in _asked(scenarios) if len(set(texts)) > 1]
    head = [_("Assumption"), *(one.name for one in scenarios)]
    rows = [[term, *texts] for term, texts in _asked(scenarios) if term in unlike]
    if not rows:
        rows = [[_("Everything"), *(_("alike") for _one in scenarios)]]
    return Table(_("What sets them apart"), head, rows, numeric=False)


def _in_words(scenarios: Sequence[One]) -> list[Pair]:
    """What they share once, and what differs by name."""
    found = []
    for term, texts in _asked(scenarios):
        named = "; ".join(f"{one.name}: {text}" for one, text in zip(scenarios, texts, strict=True))
        found.append((term, texts[0] if len(set(texts)) == 1 else named))
    return found


def _asked(scenarios: Sequence[One]) -> list[tuple[str, list[str]]]:
    """Each term of any of their questions, with the text of each scenario; a dash where it has none."""
    questions = [{str(term): str(text) for term, text in one.told.question} for one in scenarios]
    terms = dict.fromkeys(term for question in questions for term in question)
    return [(term, [question.get(term, "–") for question in questions]) for term in terms]


def _dots(scenarios: Sequence[One], keys: Sequence[str], source: str) -> list[Passage]:
    """A figure for each main answer: the scenarios below each other on one axis."""
    found = []
    for place, key in enumerate(keys, 1):
        answers = [_by_key(one)[key] for one in scenarios]
        label = _label(answers)
        rows = [
            Beside(one.name, answer.value, answer.low, answer.high, _said(answer))
            for one, answer in zip(scenarios, answers, strict=True)
        ]
        figure = Figure(
            key=f"s{place}",
            title=label,
            spec=beside(rows, told=". ".join(f"{one.name}: {one.said}" for one in rows)),
            head=[_("Scenario"), label, _("Eight of ten, from"), _("Eight of ten, to")],
            rows=[[one.name, *(_finely(end, answers[0].decimals) for end in one[1:4])] for one in rows],
            source=source,
        )
        is_sure = all(answer.low is not None for answer in answers)
        words = [("c-b80", _("What holds the true value eight times of ten"))] if is_sure else []
        found.append(Passage(figure, label, [], words))
    return found


def _own_figures(scenarios: Sequence[One]) -> list[Passage]:
    """The first figure of each scenario, with the same axes."""
    having = [one for one in scenarios if one.told.passages]
    specs = on_same_axes([one.told.passages[0].figure.spec for one in having])
    found = []
    for place, (one, spec) in enumerate(zip(having, specs, strict=True), 1):
        passage = one.told.passages[0]
        was = passage.figure
        figure = Figure(f"f{place}", f"{one.name}: {was.title}", spec, was.head, was.rows, was.source)
        found.append(Passage(figure, one.name, passage.told, passage.words, beside=True))
    return found


def _method(is_drawn: bool) -> str:
    same = _("All scenarios are calculated from the same figures, on the same draws as the first.")
    if not is_drawn:
        return same
    return " ".join(
        [
            same,
            _("A difference is taken in each drawn future: what is uncertain in both is not counted twice."),
        ]
    )


def _said(answer: Answer) -> str:
    return number(answer.value, answer.decimals)


def number(value: float, decimals: int) -> str:
    """As people say it: expected numbers are rounded, small ones keep their decimals."""
    is_coarse = not decimals and abs(value) >= COARSE
    return decimal(rounded_either(value) if is_coarse else value, decimals).replace("-", "−")


def _finely(value: float | None, decimals: int) -> float | int | None:
    """A number in a table, no finer than it is said."""
    if value is None:
        return None
    return round(value, decimals) if decimals else rounded_either(value)


def _signed(value: float, decimals: int) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{number(abs(value), decimals)}"


def _listed(names: Sequence[str]) -> str:
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}
