"""Words of the readers below are translated, and sentences with numbers are right in both målformer."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.utils import translation

from samspill.documents.public import SENTENCES, Unreadable
from samspill.plans.models import Plan
from samspill.plans.queries.rows import Row
from samspill.plans.reading.candidates import PROBLEMS
from samspill.plans.remarks import DOCUMENT, REMARKS, in_our_words, remark_sentence
from samspill.plans.rules.dates import coming_day, short_day
from samspill.plans.rules.status import Shown
from samspill.plans.states import Hole, ShownStatus
from samspill.plans.wording import found_in_words, headline, period_in_words, plan_in_words

TODAY = date(2026, 11, 22)


def test_every_refusal_of_the_document_readers_is_said_here_in_the_same_words() -> None:
    with translation.override("en"):
        assert {code: str(sentence) for code, sentence in DOCUMENT.items()} == SENTENCES


def test_every_problem_of_the_plan_reader_is_said_here_in_the_same_words() -> None:
    with translation.override("en"):
        assert {code: str(REMARKS[code]) for code in PROBLEMS} == PROBLEMS


def test_a_readers_refusal_comes_in_the_language_of_the_page() -> None:
    refused = Unreadable("document.wrong_extension", file="plan.pdf", said=".pdf", found="plain text")
    with translation.override("nn"):
        said = in_our_words(refused).sentence
    assert said.startswith("«plan.pdf» endar på .pdf, men innhaldet er rein tekst.")


def test_a_remark_says_where() -> None:
    with translation.override("nb"):
        assert remark_sentence("deadline.not_understood", {"found": "snart"}, 12).startswith(
            "Linje 12: Fristen «snart»"
        )
        assert remark_sentence("plan.period_missing", {}).startswith("Dokumentet sier ikke")


def rows(*statuses: ShownStatus, holes: int = 0, unanswered: bool = False) -> list[Row]:
    """Rows with these statuses; `holes` of them lack something that a proposal is there for."""
    made = []
    for number, status in enumerate(statuses):
        proposals = {Hole.DEADLINE: object()} if number < holes else {}
        if unanswered:
            proposals = {Hole.OWNER: None}
        made.append(
            Row(
                measure=SimpleNamespace(pk=number),
                shown=Shown(status),
                responsibles=[],
                report=None,
                holes=proposals,
            )
        )  # type: ignore[arg-type]
    return made


LATE, DONE, NONE = ShownStatus.LATE, ShownStatus.DONE, ShownStatus.NOT_STARTED


@pytest.mark.parametrize(
    ("given", "keeper", "nb", "nn"),
    [
        (
            rows(*[LATE] * 3, *[NONE] * 22, holes=14),
            True,
            "25 tiltak. Tre er forsinket, og 14 hull kan tettes nå.",
            "25 tiltak. Tre er forseinka, og 14 hol kan tettast no.",
        ),
        (
            rows(LATE, holes=1),
            True,
            "Ett tiltak. Ett er forsinket, og ett hull kan tettes nå.",
            "Eitt tiltak. Eitt er forseinka, og eitt hol kan tettast no.",
        ),
        (
            rows(*[NONE] * 12),
            True,
            "Tolv tiltak. Ingen er forsinket, og ingenting mangler.",
            "Tolv tiltak. Ingen er forseinka, og ingenting manglar.",
        ),
        (
            rows(NONE, NONE, unanswered=True),
            True,
            "To tiltak. Ingen er forsinket, og noen hull venter på deg.",
            "To tiltak. Ingen er forseinka, og nokre hol ventar på deg.",
        ),
        (
            rows(LATE, DONE, DONE, NONE, holes=4),
            False,
            "Fire tiltak. Ett er forsinket, og to er fullført.",
            "Fire tiltak. Eitt er forseinka, og to er fullførte.",
        ),
    ],
)
def test_the_headline_is_the_message(given: list[Row], keeper: bool, nb: str, nn: str) -> None:
    with translation.override("nb"):
        assert headline(given, is_keeper=keeper) == nb
    with translation.override("nn"):
        assert headline(given, is_keeper=keeper) == nn


def found(owners: int, deadlines: int, total: int) -> str:
    made = [
        SimpleNamespace(
            responsibles=[1] if number < owners else [],
            measure=SimpleNamespace(deadline=TODAY if number < deadlines else None, deadline_raw=""),
        )
        for number in range(total)
    ]
    with translation.override("nb"):
        return found_in_words(made)  # type: ignore[arg-type]


def test_what_was_found_is_said_in_numbers_a_person_would_use() -> None:
    assert found(25, 0, 25) == "25 tiltak. Alle har ansvarlig, ingen har frist."
    assert found(3, 14, 20) == "20 tiltak. Tre har ansvarlig, 14 har frist."


@pytest.mark.parametrize(
    ("day", "said", "coming"),
    [
        (date(2026, 12, 31), "31. des. 2026", "31. des."),
        (date(2027, 6, 30), "30. juni 2027", "30. juni"),
        (date(2027, 12, 31), "31. des. 2027", "31. des. 2027"),
        (date(2027, 3, 1), "1. mars 2027", "1. mars"),
    ],
)
def test_days_are_short_and_never_break(day: date, said: str, coming: str) -> None:
    with translation.override("nb"):
        assert short_day(day).replace("\xa0", " ") == said
        assert coming_day(day, TODAY).replace("\xa0", " ") == coming
        assert " " not in short_day(day)


@pytest.mark.parametrize(
    ("start", "end", "title", "name"),
    [
        (date(2025, 1, 1), date(2027, 12, 31), "Handlingsplan", "Handlingsplan, 2025–2027"),
        (date(2025, 1, 1), date(2027, 12, 31), "Handlingsplan 2025 – 2027", "Handlingsplan 2025 – 2027"),
        (date(2024, 1, 1), date(2027, 12, 31), "Innspill 2024 - 2027", "Innspill 2024 - 2027"),
        (date(2023, 1, 1), date(2023, 12, 31), "Handlingsplan 2023", "Handlingsplan 2023"),
        (None, None, "Handlingsplan", "Handlingsplan"),
    ],
)
def test_a_period_is_said_once(start: date | None, end: date | None, title: str, name: str) -> None:
    assert plan_in_words(Plan(title=title, period_start=start, period_end=end)) == name


def test_a_period_that_does_not_follow_the_years_is_said_in_days() -> None:
    with translation.override("nb"):
        said = period_in_words(Plan(period_start=date(2025, 8, 1), period_end=date(2026, 6, 30)))
    assert said.replace("\xa0", " ") == "1. aug. 2025–30. juni 2026"
