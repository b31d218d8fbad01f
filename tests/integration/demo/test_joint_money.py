"""The joint money of Østfold: one round decided and carried out, one open, and something for each to do."""

from datetime import date

import pytest

from factories.people import TODAY
from integration.demo.conftest import sign_in
from integration.demo.looking import actor_of
from samspill.demo.funding import over_years
from samspill.demo.public import Demonstration
from samspill.directory.public import scope
from samspill.plans.public import (
    Application,
    Award,
    Call,
    Endorsement,
    FundReport,
    Measure,
    Payment,
    Project,
    StatusReport,
)

pytestmark = pytest.mark.django_db
SECRETARIAT = "Sekretariatet, Østfold"
DIRECTOR = "Kommunedirektør i Halden, Østfold"
USERS = "Observatør for brukerne i strategisk samarbeidsutvalg, Østfold"
LEADER = "Leder av arbeidsgruppen for digital hjemmeoppfølging, Østfold"


def test_one_round_is_decided_and_one_takes_applications(world: Demonstration) -> None:
    with scope(actor_of(world, SECRETARIAT)):
        former, present = Call.objects.order_by("opens")
        assert (former.state, present.state) == ("decided", "announced")
        assert former.decides_by < TODAY
        assert present.opens <= TODAY <= present.closes
        assert sum(Award.objects.values_list("nok", flat=True)) <= former.frame_nok


def test_of_three_applications_one_is_finished_one_is_under_way_and_one_was_refused(
    world: Demonstration,
) -> None:
    with scope(actor_of(world, SECRETARIAT)):
        awards = {one.kind: one for one in Award.objects.select_related("application")}
        assert set(awards) == {"whole", "part", "refused"}
        assert "menneske" in awards["refused"].words
        finished, under_way = awards["whole"], awards["part"]
        assert finished.application.state == "approved"
        assert FundReport.objects.get(award=finished, kind="gains").state == "sent"
        assert FundReport.objects.filter(award=under_way, kind="interim", state="approved").exists()
        assert Payment.objects.filter(award=under_way, paid_on__isnull=False).exists()
        assert Payment.objects.filter(award=under_way, paid_on__isnull=True, due__gt=TODAY).exists()
        states = Project.objects.filter(name__in=[finished.title, under_way.title]).values_list("state")
        assert sorted(states) == [("completed",), ("running",)]


def test_an_award_is_a_measure_of_the_plan_in_force_that_people_tell_about(world: Demonstration) -> None:
    with scope(actor_of(world, SECRETARIAT)):
        for award in Award.objects.exclude(kind="refused"):
            measure = Measure.objects.get(title=award.title)
            assert measure.plan.period_start == date(2026, 1, 1)
            assert StatusReport.objects.filter(measure=measure).exists()


def test_what_was_said_bears_the_day_it_was_said(world: Demonstration) -> None:
    with scope(actor_of(world, SECRETARIAT)):
        call = Call.objects.order_by("opens")[0]
        for one in Endorsement.objects.filter(application__call=call):
            assert one.answered_at is not None
            assert call.opens <= one.asked_at.date() <= one.answered_at.date() <= call.closes
        for report in FundReport.objects.exclude(state="due"):
            assert report.sent_at is not None
            assert report.sent_at.date() <= TODAY


def test_the_open_round_has_an_application_at_each_step(world: Demonstration) -> None:
    with scope(actor_of(world, SECRETARIAT)):
        present = Call.objects.order_by("opens")[1]
        states = Application.objects.filter(call=present).values_list("state", flat=True)
        assert sorted(states) == ["draft", "draft", "review", "submitted"]


@pytest.mark.parametrize(
    ("role", "waits"),
    [
        (SECRETARIAT, ["Formalkontroll av «Jordmor hjem", "Betal 350", "Les: gevinster"]),
        (DIRECTOR, ["Sier Halden kommune ja til «Fallvakt om natta»?", "Delrapport om «Kjøre sammen"]),
        (LEADER, ["Send «Lære pårørende å måle hjemme»"]),
        (USERS, ["Gi poeng til «Sykehjemslegen med på morgenmøtet»"]),
    ],
)
def test_something_waits_among_the_tasks_of_each(world: Demonstration, role: str, waits: list[str]) -> None:
    page = sign_in(world, role).get("/").content.decode().replace("\xa0", " ")
    for title in waits:
        assert title in page


def test_a_reviewer_whose_municipality_takes_part_gives_no_points(world: Demonstration) -> None:
    assert "Sykehjemslegen" not in sign_in(world, LEADER).get("/").content.decode()


@pytest.mark.parametrize(
    ("starts", "ends"), [(date(2026, 1, 1), date(2026, 12, 31)), (date(2025, 12, 27), date(2027, 6, 25))]
)
def test_money_over_the_years_is_the_same_money(starts: date, ends: date) -> None:
    years = over_years(1_010_000, starts, ends)
    assert sum(years.values()) == 1_010_000
    assert list(years) == list(range(starts.year, ends.year + 1))
    assert all(nok >= 0 and nok % 1000 == 0 for nok in years.values())
