"""How fast measurements get their colour, missing ones are found, and the sheet of a plan is printed.

The baselines: bare comparisons of floating-point numbers, which check nothing and give no reason; the slow
way to find what is missing, every measurement against every due time; an ordinary paper of about the same
length.
"""

from datetime import UTC, date, datetime, time, timedelta

from benchmarks import Case
from samspill.documents.safety_net_sheet import Call, SafetyNetSheet, Zone, to_pdf
from samspill.documents.writing import Bullets, Heading, Paper, Text, Title
from samspill.documents.writing import to_pdf as paper_to_pdf
from samspill.rulebook.triage import Limits, Schedule, due_between, judge, missing_at

MANY, DAYS = 1_000, 90
UPPER, LOWER = "8480-6", "8462-4"
RULE = {UPPER: Limits(90, 100, 160, 180), LOWER: Limits(None, None, 100, 110)}
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PLAN = Schedule((time(8), time(20)), date(2026, 11, 23) - timedelta(days=DAYS))
VALUES = [(90 + number % 110, 50 + number % 80) for number in range(MANY)]
TAKEN = [NOW - timedelta(hours=12 * number, minutes=number % 100) for number in range(2 * DAYS)]
SIGNS = tuple(f"Et tegn som det går an å se etter, nummer {number}" for number in range(5))


def cases() -> list[Case]:
    return [
        {
            "name": "triage: blood pressures",
            "run": lambda: [judge(RULE, {UPPER: upper, LOWER: lower}) for upper, lower in VALUES],
            "baseline": lambda: [_bare(upper, lower) for upper, lower in VALUES],
            "work": f"{MANY} blood pressures, exact, limits checked, with the reason; baseline: bare floats",
            "most_seconds": 0.1,
        },
        {
            "name": "triage: missing in a quarter",
            "run": lambda: missing_at(PLAN, TAKEN, [], NOW),
            "baseline": _slow_missing,
            "work": f"{len(TAKEN)} measurements, two a day for {DAYS} days; baseline: each against each",
            "most_ratio": 1.0,
        },
        {
            "name": "triage: the sheet of a plan",
            "run": lambda: to_pdf(_sheet()),
            "baseline": lambda: paper_to_pdf(_paper()),
            "work": "«Hva er innafor» as PDF/UA on one page; baseline: an ordinary paper of the same texts",
            "runs": 9,
            "most_seconds": 1.0,
        },
    ]


def _bare(upper: float, lower: float) -> str:
    if upper < 90.0 or upper > 180.0 or lower > 110.0:
        return "red"
    return "yellow" if upper < 100.0 or upper > 160.0 or lower > 100.0 else "green"


def _slow_missing() -> list[datetime]:
    dues = due_between(PLAN, None, NOW + PLAN.grace)
    nearest = {moment: min(dues, key=lambda due, moment=moment: abs(due - moment)) for moment in TAKEN}  # type: ignore[misc]
    met = {due for moment, due in nearest.items() if abs(due - moment) <= PLAN.grace}
    return [due for due in dues if due + PLAN.grace < NOW and due not in met]


def _sheet() -> SafetyNetSheet:
    zones = tuple(
        Zone(level, level, SIGNS, "Ring i dag.", calls=(Call("116 117"),))
        for level in ("red", "yellow", "green")
    )
    return SafetyNetSheet("Hva er innafor?", "nb", "Samspill", "Til deg.", zones, SIGNS, SIGNS, NOW)


def _paper() -> Paper:
    parts = (
        part
        for level in ("red", "yellow", "green")
        for part in (Heading(level), Bullets(SIGNS), Text("Ring."))
    )
    return Paper(
        "Hva er innafor?", "nb", "Samspill", "", "", "Side %(page)s av %(pages)s", NOW, (Title(), *parts)
    )
