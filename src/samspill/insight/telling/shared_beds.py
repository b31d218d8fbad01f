"""The answer of «shared_beds» in words and figures: who is refused, and what each side pays."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from samspill.analysis.capacity import DAYS_PER_YEAR
from samspill.directory.public import Figure
from samspill.insight.drawings.lengths import Length, lengths
from samspill.insight.drawings.lines import Line, lines
from samspill.insight.questions import said
from samspill.insight.telling import Asked, Passage, Told
from samspill.insight.wording import about, count, decimal

Row = Mapping[str, Any]
MILLION = 1_000_000


def tell(told: Asked) -> Told:
    """Two passages: who is refused for each number kept, and what it costs."""
    asked: Any = told.asked
    found: Any = told.found
    rows = found["rows"]
    here, best = rows[asked["reserved"]], rows[found["best"]]
    return Told(
        heading=_("Keep %(best)s of the %(beds)s beds free for acute patients")
        % {"best": best["reserved"], "beds": asked["beds"]}
        if best["reserved"]
        else _("Keep none of the %(beds)s beds free: let both use them all") % {"beds": asked["beds"]},
        lede=_lede(here, best),
        passages=[_refused(told, rows, here, best), _costs(told, rows, here, best)],
        question=_question(asked),
        method=_method(),
        warnings=[],
    )


def _lede(here: Row, best: Row) -> str:
    if here is best:
        return _("That is what costs the least for hospital and municipalities together, with these numbers.")
    spared = here["total"] - best["total"]
    return _(
        "You try with %(kept)s. Keeping %(best)s costs hospital and municipalities together %(spared)s "
        "kroner "
        "less a year, with these numbers."
    ) % {"kept": here["reserved"], "best": best["reserved"], "spared": about(spared)}


def _refused(told: Asked, rows: Sequence[Row], here: Row, best: Row) -> Passage:
    sentence = _(
        "With %(kept)s kept, %(acute)s of 100 acute patients find no bed, and %(ready)s of 100 of those "
        "who are "
        "ready to leave hospital. That is %(acute_year)s and %(ready_year)s people a year."
    ) % {
        "kept": here["reserved"],
        "acute": _of_hundred(here["acute_refused"]),
        "ready": _of_hundred(here["ready_refused"]),
        "acute_year": about(here["acute_a_year"]),
        "ready_year": about(here["ready_a_year"]),
    }
    days = _("Those who are ready then wait %(days)s days a year in hospital beds.") % {
        "days": about(here["waiting_days"])
    }
    title = _("Every bed kept moves the refusal from one to the other")
    figure = Figure(
        key="1",
        title=title,
        spec=_drawing(rows, here, sentence),
        head=[
            _("Kept for acute"),
            _("Acute without bed, %"),
            _("Acute without bed, a year"),
            _("Ready without bed, %"),
            _("Ready without bed, a year"),
            _("Beds in use, %"),
            _("Days waiting in hospital"),
        ],
        rows=[
            [
                str(row["reserved"]),
                round(row["acute_refused"], 1),
                round(row["acute_a_year"]),
                round(row["ready_refused"], 1),
                round(row["ready_a_year"]),
                round(row["used"], 1),
                round(row["waiting_days"]),
            ]
            for row in rows
        ],
        source=told.source,
    )
    return Passage(figure, title, [sentence, days])


def _drawing(rows: Sequence[Row], here: Row, sentence: str) -> Mapping[str, object]:
    middle = len(rows) // 2
    return lines(
        [
            Line(
                _("acute patients"),
                [(row["reserved"], row["acute_refused"] / 100) for row in rows],
                "main",
                named_at=middle,
                side="below",
            ),
            Line(
                _("ready to leave hospital"),
                [(row["reserved"], row["ready_refused"] / 100) for row in rows],
                "second",
                named_at=middle,
                side="under",
            ),
        ],
        told=sentence,
        across=_("Beds kept free for acute patients"),
        counts=_("without a bed"),
        percent=True,
        here=(here["reserved"], _("you try this")),
        names={row["reserved"]: str(row["reserved"]) for row in rows[:: max(1, len(rows) // 10)]},
    )


def _costs(told: Asked, rows: Sequence[Row], here: Row, best: Row) -> Passage:
    asked: Any = told.asked
    sentence = _(
        "With %(kept)s kept, the hospital pays %(hospital)s and the municipalities %(municipality)s million "
        "kroner a year."
    ) % {
        "kept": here["reserved"],
        "hospital": _millions(here["hospital"]),
        "municipality": _millions(here["municipality"]),
    }
    fixed = int(asked["beds"]) * DAYS_PER_YEAR * float(asked["municipal_price"])
    same = _(
        "The municipal beds cost %(fixed)s million however many are kept. What differs is the days in "
        "hospital "
        "that follow when somebody finds no bed."
    ) % {"fixed": _millions(fixed)}
    fee = _(
        "What the municipalities pay for waiting is in both and not in the sum: it moves money, it costs "
        "none."
    )
    title = _("What the days in hospital cost, for each number kept")
    figure = Figure(
        key="2",
        title=title,
        spec=lengths([_bar(row, fixed, row is here, row is best) for row in rows], told=sentence),
        head=[_("Kept for acute"), _("Hospital, kroner"), _("Municipalities, kroner"), _("Together, kroner")],
        rows=[
            [str(row["reserved"]), count(row["hospital"]), count(row["municipality"]), count(row["total"])]
            for row in rows
        ],
        source=told.source,
    )
    return Passage(figure, title, [sentence, same, fee])


def _bar(row: Row, fixed: float, is_here: bool, is_best: bool) -> Length:
    value = max(row["total"] - fixed, 0.0)
    words = _("%(sum)s million, the lowest") if is_best else _("%(sum)s million")
    return Length(
        _("%(kept)s kept") % {"kept": row["reserved"]},
        value / MILLION,
        words % {"sum": _millions(value)},
        is_here,
    )


def _of_hundred(share: float) -> str:
    return decimal(share, 0 if share >= 1 or share < 0.05 else 1)


def _millions(kroner: float) -> str:
    return decimal(kroner / MILLION, 1)


def _question(asked: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (
            _("Beds together"),
            _("%(beds)s, of them %(kept)s kept") % {"beds": asked["beds"], "kept": asked["reserved"]},
        ),
        (
            _("Acute patients"),
            _("%(number)s a day, %(days)s days each")
            % {"number": said(asked["acute"]), "days": said(asked["acute_stay"])},
        ),
        (
            _("Ready to leave hospital"),
            _("%(number)s a day, %(days)s days each")
            % {"number": said(asked["ready"]), "days": said(asked["ready_stay"])},
        ),
        (
            _("Prices"),
            _("hospital %(hospital)s, municipality %(municipality)s, fee %(fee)s kroner a day")
            % {
                "hospital": count(asked["hospital_price"]),
                "municipality": count(asked["municipal_price"]),
                "fee": count(asked["fee"]),
            },
        ),
    ]


def _method() -> list[tuple[str, str]]:
    return [
        (
            _("Method"),
            _(
                "Acute patients are taken while any bed is free, those who are ready to leave hospital "
                "only while "
                "more than the kept ones are. Nobody waits in the municipality: who finds no bed goes to "
                "hospital, or stays there. Every number of patients of both kinds is followed in one exact "
                "calculation (a Markov chain), not simulated."
            ),
        ),
        (
            _("Accuracy"),
            _(
                "Exact for people who come independently of each other, and stays that differ as lengths of "
                "waiting usually do. The numbers are yours: look at what happens when they are a little "
                "wrong."
            ),
        ),
        (
            _("Prices"),
            _(
                "The prices that stand there first are round examples, not anybody's accounts. Put in "
                "your own."
            ),
        ),
    ]
