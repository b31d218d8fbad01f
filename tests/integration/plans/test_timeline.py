"""The plan along time and on a board: soft ends, quarters, columns, and moving by saying how it goes."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from factories.people import actor
from integration.plans.small_plans import bring, small_plan
from integration.plans.test_pages import signed_in, text_of
from samspill.directory.public import Actor, scope
from samspill.plans.public import (
    Measure,
    Milestone,
    Plan,
    add_milestone,
    publish,
    reach_milestone,
    report_status,
)
from samspill.plans.queries.carrying import milestones_of
from samspill.plans.queries.timeline import (
    Mark,
    Scale,
    next_quarter,
    quarter_of,
    scale_of,
    soft_from,
    timeline,
)
from samspill.plans.views.timeline import milestone_marks

ROWS = (
    ("Avtale fast telefontid mellom BUP og skolene", "SSU", "30.06.2026"),
    ("Lage felles kurs i samtaler med pårørende", "", "våren 2045"),
    ("Prøve ut besøk første uke etter utskriving", "Halden, Moss", ""),
    ("Møtes hver måned", "Halden", "løpende"),
)
START = date(2025, 1, 1)


@pytest.fixture
def plan(secretariat: Actor) -> Plan:
    return bring(small_plan(years="2025-2045", rows=ROWS), secretariat).plan


@pytest.mark.parametrize(
    ("deadline", "precision", "soft"),
    [
        (date(2027, 5, 31), "season", date(2027, 3, 1)),
        (date(2027, 2, 28), "season", date(2026, 12, 1)),
        (date(2027, 6, 30), "half", date(2027, 1, 1)),
        (date(2027, 12, 31), "year", date(2027, 1, 1)),
        (date(2027, 4, 30), "tertial", date(2027, 1, 1)),
        (date(2027, 9, 30), "quarter", date(2027, 7, 1)),
        (date(2027, 9, 30), "month", date(2027, 9, 1)),
        (date(2027, 9, 26), "week", date(2027, 9, 20)),
        (date(2027, 9, 30), "period", START),
        (date(2027, 9, 30), "day", date(2027, 9, 30)),
        (date(2027, 9, 30), "", date(2027, 9, 30)),
    ],
)
def test_an_end_is_as_soft_as_the_plan_words_it(deadline: date, precision: str, soft: date) -> None:
    assert soft_from(deadline, precision, START) == soft


DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@given(
    DAYS, st.sampled_from(["", "day", "week", "month", "quarter", "season", "half", "year", "period"]), DAYS
)
def test_a_soft_end_never_begins_before_the_plan_or_after_the_deadline(
    deadline: date, precision: str, start: date
) -> None:
    soft = soft_from(deadline, precision, start)
    assert soft <= deadline
    assert precision == "week" or soft >= min(start, deadline)


@given(DAYS, DAYS, DAYS)
def test_every_day_has_a_place_on_the_scale_and_quarters_fill_it(one: date, other: date, today: date) -> None:
    scale = scale_of(min(one, other), max(one, other), [], today)
    quarters = scale.quarters()
    assert 0 <= scale.at(today) <= 1
    assert sum(width for _day, _at, width in quarters) == pytest.approx(1)
    assert len(quarters) <= 16 * 4 + 2
    assert scale.start == quarter_of(scale.start)
    assert next_quarter(scale.end) == quarters[-1][0] or next_quarter(quarters[-1][0]) > scale.end


def test_a_day_later_stands_further_right() -> None:
    scale = Scale(date(2026, 1, 1), date(2026, 12, 31))
    assert scale.at(date(2026, 1, 1)) == 0
    assert scale.at(date(2026, 7, 2)) == pytest.approx(182 / 365)
    assert scale.at(date(2027, 5, 1)) == 1


@pytest.mark.django_db
def test_measures_stand_in_areas_and_by_quarter_with_the_days_they_are_given(
    plan: Plan, secretariat: Actor
) -> None:
    with scope(secretariat):
        first = Measure.objects.get(plan=plan, order=0)
        marks = {first.pk: [Mark(date(2025, 9, 1), "Halvveis", "progress")]}
        shown = timeline(plan, secretariat, marks)
    assert [str(area) for area, _bars in shown.areas] == ["1 Barn og unge"]
    assert [mark.label for bar in shown.bars for mark in bar.marks] == ["Halvveis"]
    assert [quarter.start for quarter in shown.quarters] == [date(2026, 4, 1), date(2045, 4, 1), None]
    assert [bar.is_ongoing for bar in shown.bars] == [False, False, False, True]


@pytest.mark.django_db
def test_the_timeline_draws_a_bar_a_soft_end_and_an_open_line(secretariat: Actor) -> None:
    year = timezone.localdate().year
    rows = (ROWS[0], ("Lage felles kurs", "", f"våren {year + 1}"), *ROWS[2:])
    plan = bring(small_plan(years=f"2025-{year + 1}", rows=rows), secretariat).plan
    page = signed_in(secretariat).get(f"/planer/{plan.pk}/tidslinje/")
    drawn = page.content.decode()
    assert "Ett tiltak er forsinket." in text_of(page)
    lines = drawn[drawn.index('class="s-tl__area"') :]
    assert lines.count('class="s-tl__firm"') == 2
    assert lines.count('class="s-tl__soft"') == 1
    assert lines.count('class="s-tl__on"') == 2
    assert f"2. kvartal {year + 1}" in text_of(page)
    assert "Uten frist" in text_of(page)
    assert " style=" not in drawn


@pytest.mark.django_db
def test_the_day_a_measure_was_done_is_marked(plan: Plan, secretariat: Actor) -> None:
    with scope(secretariat):
        report_status(Measure.objects.get(plan=plan, order=0), word="done", by=secretariat)
    drawn = signed_in(secretariat).get(f"/planer/{plan.pk}/tidslinje/").content.decode()
    assert drawn.count('class="s-tl__mark"') == 1


@pytest.mark.django_db
def test_a_measure_is_moved_on_the_board_by_saying_how_it_goes(plan: Plan, secretariat: Actor) -> None:
    client = signed_in(secretariat)
    here = f"/planer/{plan.pk}/tavle/"
    assert columns(client.get(here)) == {
        "Ikke startet": 3,
        "I rute": 0,
        "Forsinket": 1,
        "Fullført": 0,
        "Ukjent": 0,
    }
    with scope(secretariat):
        second = Measure.objects.get(plan=plan, order=1)
    sent = {"word": "on_track", "sentence": "Første kurs er holdt", "neste": here}
    answer = client.post(f"/planer/{plan.pk}/tiltak/{second.pk}/status/", sent)
    assert (answer.status_code, answer.headers["Location"]) == (303, here)
    assert columns(client.get(here))["I rute"] == 1


def columns(page: object) -> dict[str, int]:
    import re

    found = re.findall(
        r'<h2 id="k-\w+">.*?</svg>\s*(.*?) <span class="s-sub">(\d+)</span>', page.content.decode()
    )  # type: ignore[attr-defined]
    return {name: int(count) for name, count in found}


@pytest.mark.django_db
def test_the_board_is_narrowed_to_who_answers_and_to_an_area(plan: Plan, secretariat: Actor) -> None:
    client = signed_in(secretariat)
    here = f"/planer/{plan.pk}/tavle/"
    assert sum(columns(client.get(f"{here}?ansvarlig=Halden")).values()) == 2
    assert sum(columns(client.get(f"{here}?ansvarlig=ingen")).values()) == 1
    with scope(secretariat):
        area = Measure.objects.filter(plan=plan).first().area_id  # type: ignore[union-attr]
    assert sum(columns(client.get(f"{here}?omrade={area}")).values()) == 4
    for nonsense in ("?omrade=99999999", "?ansvarlig=%00x", "?omrade=x&ansvarlig=y"):
        assert sum(columns(client.get(here + nonsense)).values()) == 4


@pytest.mark.django_db
def test_only_who_may_say_how_it_goes_is_offered_to_move(plan: Plan, secretariat: Actor) -> None:
    with scope(secretariat):
        publish(plan, by=secretariat)
    here = f"/planer/{plan.pk}/tavle/"
    assert signed_in(secretariat).get(here).content.decode().count("<summary>Flytt") == 4
    for reader in (Client(), signed_in(actor("ostfold", "observer", name="Hilde Løken"))):
        assert "<summary>Flytt" not in reader.get(here).content.decode()
        assert reader.get(f"/planer/{plan.pk}/tidslinje/").status_code == 200


@pytest.mark.django_db
def test_a_closed_measure_is_not_offered_what_it_cannot_become(plan: Plan, secretariat: Actor) -> None:
    with scope(secretariat):
        Measure.objects.filter(plan=plan, order=0).update(state="ended")
    assert (
        signed_in(secretariat).get(f"/planer/{plan.pk}/tavle/").content.decode().count("<summary>Flytt") == 3
    )


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["tidslinje", "tavle"])
def test_the_pages_ask_the_database_few_times_and_keep_others_out(
    plan: Plan, secretariat: Actor, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(secretariat)
    with django_assert_max_num_queries(15):
        assert client.get(f"/planer/{plan.pk}/{path}/").status_code == 200
    assert signed_in(actor("vestfold", name="Siri Holm")).get(f"/planer/{plan.pk}/{path}/").status_code == 404
    client.cookies["samspill_language"] = "nn"
    assert "forseinka" in text_of(client.get(f"/planer/{plan.pk}/{path}/"))


@pytest.mark.django_db
def test_milestones_stand_on_the_line_of_their_measure_and_in_their_quarter(
    plan: Plan, secretariat: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with scope(secretariat):
        first = Measure.objects.get(plan=plan, order=0)
        add_milestone(first, title="Avtalen er skrevet", due=date(2026, 2, 1), by=secretariat)
        add_milestone(first, title="Skolene har nummeret", due=date(2026, 9, 1), by=secretariat)
        add_milestone(first, title="Alle ringer", due=date(2027, 3, 1), by=secretariat)
        reach_milestone(
            Milestone.objects.get(measure=first, title="Avtalen er skrevet"),
            on=date(2026, 2, 3),
            by=secretariat,
        )
    page = signed_in(secretariat).get(f"/planer/{plan.pk}/tidslinje/").content.decode()
    assert "Avtalen er skrevet: nådd, 3.\xa0februar 2026" in page
    assert "Skolene har nummeret: forsinket, 1.\xa0september 2026" in page
    assert "Forsinket milepæl: Skolene har nummeret, 1.\xa0september" in page
    assert [f'data-g="{state}"' in page for state in ("done", "late", "coming")] == [True, True, True]
    with scope(secretariat):
        marks = milestone_marks(milestones_of(plan, secretariat), secretariat.today)
        with django_assert_num_queries(3):
            shown = timeline(plan, secretariat, marks)
    told = {quarter.start: [mark.title for mark, _bar in quarter.milestones] for quarter in shown.quarters}
    assert told[date(2026, 1, 1)] == ["Avtalen er skrevet"]
    assert told[date(2026, 7, 1)] == ["Skolene har nummeret"]
    assert told[date(2027, 1, 1)] == ["Alle ringer"]


@pytest.mark.django_db
def test_a_milestone_beyond_the_plan_and_its_deadlines_makes_the_scale_longer(
    plan: Plan, secretariat: Actor
) -> None:
    with scope(secretariat):
        first = Measure.objects.get(plan=plan, order=0)
        late = {first.pk: [Mark(date(2023, 5, 1), "Tidlig: nådd", "done", "Tidlig")]}
        assert timeline(plan, secretariat, late).scale.start == date(2023, 4, 1)
