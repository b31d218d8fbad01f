"""Questions of the staff calculators as they stand in an address, and the sliders they are asked with."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samspill.insight.asked.numbers import said, typed
from samspill.insight.calculations.midwives import MOST_HOURS, limits, part_of
from samspill.insight.calculations.workload import DEFAULT, MOST_ACTIVITIES
from samspill.insight.telling.midwives import PARTS
from samspill.refusal import Refused

PERCENT = 100
FIELD_OF_PART = {
    "antenatal_municipality": "kontroll-kommune",
    "home_visits_municipality": "hjemmebesok",
    "antenatal_hospital": "kontroll-sykehus",
    "birth_hospital": "fodsel",
    "postnatal_hospital": "barsel",
}
SPAN = 2.5  # times the usual hours: as far as a slider goes


@dataclass(frozen=True)
class Slid:
    """A slider: its field, words and ends. Numbers are as number fields take them."""

    field: str
    label: str
    value: str
    least: str
    most: str
    step: str
    unit: str
    help: str = ""
    source: str = ""
    error: str = ""


def asked_of_lists(query: Mapping[str, str]) -> dict[str, object]:
    return _present(
        {"length_change": _part(typed(query, "lengde")), "more": typed(query, "flere"), "to": _year(query)}
    )


def list_sliders(query: Mapping[str, str], refused: Refused | None) -> list[Slid]:
    return [
        Slid(
            "lengde",
            _("Lists change in length, a year"),
            query.get("lengde", "") or "0",
            "-5",
            "5",
            "0.5",
            "%",
            _("Lists in the country have become about two percent shorter a year since 2019."),
            error=_error(refused, "length_change"),
        ),
        Slid(
            "flere",
            _("More who begin as GPs"),
            query.get("flere", "") or "0",
            "0",
            "20",
            "1",
            _("a year"),
            _("From next year on; they have a list a year later."),
            error=_error(refused, "more"),
        ),
    ]


def asked_of_midwives(query: Mapping[str, str]) -> dict[str, object]:
    hours = {name: typed(query, field) for name, field in FIELD_OF_PART.items()}
    return _present(
        {
            **hours,
            "hours_of_post": typed(query, "arstimer"),
            "posts": typed(query, "vakt"),
            "to": _year(query),
        }
    )


def midwife_sliders(query: Mapping[str, str], refused: Refused | None) -> list[Slid]:
    usual = limits()
    parts = [
        Slid(
            FIELD_OF_PART[name],
            str(label),
            query.get(FIELD_OF_PART[name], "") or f"{round(usual[name].default, 1):g}",
            "0",
            f"{min(MOST_HOURS, round(SPAN * usual[name].default)):g}",
            "0.5",
            _("hours"),
            source=part_of(name).source,
            error=_error(refused, name),
        )
        for name, label in PARTS.items()
    ]
    return [
        *parts,
        Slid(
            "vakt",
            _("On duty day and night at the hospital"),
            query.get("vakt", "") or "0",
            "0",
            "20",
            "1",
            _("midwives"),
            _("The hospital needs no fewer than these take."),
            error=_error(refused, "posts"),
        ),
        Slid(
            "arstimer",
            _("A full post works"),
            query.get("arstimer", "") or f"{usual['hours_of_post'].default:g}",
            "800",
            "2000",
            "10",
            _("hours a year"),
            _("After leave, holidays, courses and sick leave."),
            error=_error(refused, "hours_of_post"),
        ),
    ]


def asked_of_workload(query: Mapping[str, str]) -> dict[str, object]:
    rows = [
        {"name": query.get(f"navn-{place}", ""), "units": units, "hours": hours}
        for place in range(1, MOST_ACTIVITIES + 1)
        if (units := typed(query, f"antall-{place}")) is not None
        and (hours := typed(query, f"timer-{place}")) is not None
    ] or [{**one, "name": name} for one, name in zip(DEFAULT, _examples(), strict=True)]
    asked = {
        "activities": rows,
        "time": "day" if query.get("turnus") == "dag" else "shifts",
        "support": _part(typed(query, "felles")),
        "others": typed(query, "noen"),
        "others_hours": typed(query, "noen-timer"),
        "present": typed(query, "na"),
    }
    return _present(asked)


def activity_rows(query: Mapping[str, str]) -> list[dict[str, object]]:
    """The rows of the form: what was typed, or the example, and one empty row to go on with."""
    given = [
        {
            "place": place,
            "name": query.get(f"navn-{place}", ""),
            "units": query.get(f"antall-{place}", ""),
            "hours": query.get(f"timer-{place}", ""),
        }
        for place in range(1, MOST_ACTIVITIES + 1)
        if any(query.get(f"{field}-{place}") for field in ("navn", "antall", "timer"))
    ]
    rows: list[dict[str, object]] = given or [
        {"place": place, "name": name, "units": said(one["units"]), "hours": said(one["hours"])}
        for place, (one, name) in enumerate(zip(DEFAULT, _examples(), strict=True), start=1)
    ]
    free = next(
        (one for one in range(1, MOST_ACTIVITIES + 1) if one not in {row["place"] for row in rows}), 0
    )
    return [*rows, *([{"place": free, "name": "", "units": "", "hours": ""}] if free else [])]


def _examples() -> tuple[str, ...]:
    """What the rows one begins with are called."""
    return _("Births"), _("Check-ups")


def workload_sliders(query: Mapping[str, str], refused: Refused | None) -> list[Slid]:
    return [
        Slid(
            "felles",
            _("Time for what all do besides"),
            query.get("felles", "") or "15",
            "0",
            "60",
            "1",
            "%",
            _("Records, meetings, handovers: of everybody's time."),
            error=_error(refused, "support"),
        ),
        Slid(
            "na",
            _("FTE there are now"),
            query.get("na", "") or "0",
            "0",
            "100",
            "0.5",
            _("FTE"),
            _("0 when you do not wish to compare."),
            error=_error(refused, "present"),
        ),
    ]


def _error(refused: Refused | None, field: str) -> str:
    return refused.sentence if refused is not None and refused.field == field else ""


def _part(value: float | str | None) -> float | str | None:
    return value / PERCENT if isinstance(value, float) else value


def _year(query: Mapping[str, str]) -> int | None:
    text = query.get("til", "")
    return int(text) if text.isdigit() and len(text) == 4 else None


def _present(asked: Mapping[str, object]) -> dict[str, object]:
    """Without what was left out: the kind fills it in."""
    return {key: value for key, value in asked.items() if value is not None}
