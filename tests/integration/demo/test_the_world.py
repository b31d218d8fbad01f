"""The demonstration world as somebody meets it: who is there, what the plan says, and what waits for whom."""

import pytest
from django.test import Client

from factories.people import TODAY
from factories.tried import a_few
from integration.demo.conftest import sign_in
from integration.demo.looking import actor_of
from samspill.demo.public import Demonstration
from samspill.directory.demo_accounts import listed
from samspill.directory.public import (
    Account,
    Body,
    Community,
    Membership,
    Party,
    Region,
    RoleCode,
    in_force_on,
    machine,
    scope,
    search,
)
from samspill.governance.public import DecisionPoint, FollowUp
from samspill.insight.public import PopulationSeries, Scenario
from samspill.plans.public import Hole, Measure, Plan, PlanDocument, Row, ShownStatus, rows_of
from samspill.worklist.public import Task, TaskState, start_page

SECRETARIAT = "Sekretariatet, Østfold"
DIRECTOR = "Kommunedirektør i Halden, Østfold"
LEADER = "Leder av arbeidsgruppen for digital hjemmeoppfølging, Østfold"
TAKEN = ""  # what is taken from others has no number
WITHOUT_ROLE = ("Har sluttet i", "Begynner snart i")


def community(slug: str) -> Community:
    return Community.objects.get(slug=slug)


def plan_of(slug: str) -> Plan:
    """The plan in force."""
    return Plan.objects.filter(community__slug=slug).latest("period_start")


@pytest.fixture
def rows(world: Demonstration) -> dict[str, Row]:
    """Østfold's measures by number, as its secretariat sees them."""
    actor = actor_of(world, SECRETARIAT)
    with scope(actor):
        plan = plan_of("ostfold")
        return {row.measure.label: row for row in rows_of(plan, actor)}


def test_the_list_begins_with_the_secretariat_and_names_community_and_role(world: Demonstration) -> None:
    roles = [account.role for account in world.accounts]
    assert roles[0] == SECRETARIAT
    assert {"Sekretariatet, Troms og Ofoten", "Sekretariatet, Møre og Romsdal"} <= set(roles)
    assert len(roles) == len(set(roles))
    assert listed() == world.accounts


@a_few("apart", (3, 1), most=1)
def test_everybody_on_the_list_can_sign_in_and_sees_a_start_page(world: Demonstration, apart: int) -> None:
    for account in world.accounts[::apart]:
        page = sign_in(world, account.role).get("/", follow=True)
        assert page.status_code == 200, account.role
        # the page that is home to patients and those near says whom it is about
        assert page.redirect_chain or account.name in page.content.decode(), account.role


def test_every_role_is_held_by_somebody_one_can_be_in_ostfold(world: Demonstration) -> None:
    emails = [account.email for account in world.accounts]
    with scope(machine(community("ostfold").pk, TODAY)):
        held = Membership.objects.filter(
            in_force_on(TODAY), account__email__in=emails, community__slug="ostfold"
        )
        assert set(held.values_list("role", flat=True)) == set(RoleCode.values)


def test_one_has_left_one_has_not_begun_and_one_works_in_two_communities(world: Demonstration) -> None:
    choices = {
        account.role: [one.slug for one in actor_of(world, account.role).communities]
        for account in world.accounts
    }
    assert [role for role, slugs in choices.items() if not slugs] == [
        role for role in choices if role.startswith(WITHOUT_ROLE)
    ]
    assert set(choices["Analytiker, Østfold og Vestfold"]) == {"ostfold", "vestfold"}


def test_ostfold_has_its_parties_districts_and_bodies(world: Demonstration) -> None:
    with scope(machine(community("ostfold").pk, TODAY)):
        here = {"community": community("ostfold")}
        assert Party.objects.filter(**here, kind="municipality").count() == 13
        assert Party.objects.filter(**here, kind="health_trust").count() == 1
        assert Region.objects.filter(**here).count() == 5
        assert {"PM", "SSU", "SEKR"} <= set(Body.objects.filter(**here).values_list("short_name", flat=True))
        seats = Membership.objects.filter(in_force_on(TODAY), body__short_name="SSU", role=RoleCode.MEMBER)
        kinds = list(seats.values_list("party__kind", flat=True))
    assert (kinds.count("municipality"), kinds.count("health_trust")) == (5, 5)


def test_every_district_has_one_of_the_municipal_seats_of_the_strategic_committee(
    world: Demonstration,
) -> None:
    with scope(machine(community("ostfold").pk, TODAY)):
        seats = Membership.objects.filter(body__short_name="SSU", party__kind="municipality")
        districts = {seat.party.regions.get().region_id for seat in seats if seat.party}
    assert len(districts) == 5


def test_the_plan_has_24_measures_and_a_natural_number_of_holes(rows: dict[str, Row]) -> None:
    assert len(rows) == 24
    holes = {hole: [number for number, row in rows.items() if hole in row.holes] for hole in Hole}
    assert holes[Hole.OWNER] == ["1.4", "2.2", "4.3", TAKEN]
    assert holes[Hole.DEADLINE] == ["2.2", "5.1", "5.5", TAKEN]
    assert len(holes[Hole.INDICATOR]) == 15
    assert rows["2.2"].holes[Hole.DEADLINE] is not None


def test_the_plan_is_under_way(rows: dict[str, Row]) -> None:
    shown = {status: [n for n, row in rows.items() if row.shown.status == status] for status in ShownStatus}
    assert shown[ShownStatus.LATE] == ["1.1", "2.1", "3.3", "4.2"]
    assert shown[ShownStatus.DONE] == ["1.5", "2.5"]
    assert shown[ShownStatus.UNKNOWN] == ["3.4", "5.4"]
    assert len(shown[ShownStatus.ON_TRACK]) > len(shown[ShownStatus.NOT_STARTED]) > 0
    assert rows["1.1"].shown.days_late > 0


def test_all_responsibles_are_found_in_the_register(rows: dict[str, Row]) -> None:
    assert [one.raw for row in rows.values() for one in row.responsibles if not one.is_known] == []


def test_a_report_was_said_by_one_who_answers_on_a_workday(rows: dict[str, Row]) -> None:
    reports = [row.report for row in rows.values() if row.report]
    assert len({report.by_name for report in reports}) >= 8
    assert all(report.at.weekday() < 5 and report.at.date() <= TODAY for report in reports)


def test_the_plans_own_figure_stands_in_it_and_ours_beside_it(world: Demonstration) -> None:
    actor = actor_of(world, SECRETARIAT)
    with scope(actor):
        lines = "\n".join(PlanDocument.objects.filter(plan=plan_of("ostfold")).earliest("pk").lines)
        ours = PopulationSeries.objects.get(community__slug="ostfold", area="", group="80+")
    assert "29 994 i 2040" in lines.replace("\xa0", " ")
    assert 25_000 < ours.on(2040) < 35_000


def test_the_secretariats_page_is_alive(world: Demonstration) -> None:
    actor = actor_of(world, SECRETARIAT)
    with scope(actor):
        mine = start_page(actor).agenda
    groups = {group.when: group.rows for group in mine.groups}
    assert "Ta inn fire merknader til referatet" in [row.title for row in groups["late"]]
    assert len(groups) >= 4
    assert [one.who for one in mine.waiting if one.is_late] == ["Halden"]
    assert [one.title for one in mine.put_off] == ["Finn et møterom uten trapper til SSU"]


def test_a_director_sees_what_is_late_in_the_own_municipality(world: Demonstration) -> None:
    actor = actor_of(world, DIRECTOR)
    with scope(actor):
        late = next(group for group in start_page(actor).agenda.groups if group.is_late)
    assert sorted(row.key.partition(":")[0] for row in late.rows) == ["plans.measure", "worklist.task"]


def test_the_leader_of_a_working_group_sees_its_measures_and_tasks(world: Demonstration) -> None:
    actor = actor_of(world, LEADER)
    with scope(actor):
        keys = [row.key for row in start_page(actor).agenda.rows]
    assert any(key.startswith("plans.measure") for key in keys)
    assert sum(key.startswith("worklist.task") for key in keys) == 2


def test_tasks_are_overdue_put_off_handed_over_and_done(world: Demonstration) -> None:
    with scope(machine(community("ostfold").pk, TODAY)):
        tasks = Task.objects.filter(community__slug="ostfold")
        assert tasks.filter(state=TaskState.OPEN, due__lt=TODAY).count() == 2
        assert tasks.filter(state=TaskState.SNOOZED, snoozed_until__gt=TODAY).count() == 1
        assert tasks.filter(state=TaskState.DONE).exclude(outcome="").count() == 2
        handed = tasks.get(title__startswith="Få inn status fra sykehuset")
        assert handed.account_id == actor_of(world, "Planeier, Østfold").account_id


def test_what_was_decided_is_followed_up_by_those_who_answer_for_it(world: Demonstration) -> None:
    with scope(actor_of(world, SECRETARIAT)):
        here = FollowUp.objects.filter(community=community("ostfold"))
        assert set(here.values_list("state", flat=True)) == {"open", "started", "needs_help", "completed"}
        said = here.filter(reports__isnull=False).values_list(
            "reports__at__date", "point__decision__decided_on"
        )
        assert said
        assert all(decided < told <= TODAY for told, decided in said)


def test_the_municipalities_tell_how_far_they_have_come_with_a_decision(world: Demonstration) -> None:
    with scope(actor_of(world, SECRETARIAT)):
        point = DecisionPoint.objects.get(text__startswith="Alle kommuner tar i bruk «Hva er innafor»")
        told = point.parties.filter(told_at__isnull=False)
        assert {(row.party.short_name, row.state) for row in told} >= {
            ("Halden", "in_place"),
            ("Marker", "not_relevant"),
        }
        assert told.count() < point.parties.count()


def test_troms_og_ofoten_has_no_plan_so_that_one_can_be_read_in(world: Demonstration) -> None:
    page = sign_in(world, "Sekretariatet, Troms og Ofoten").get("/planer/")
    with scope(machine(community("troms-og-ofoten").pk, TODAY)):
        assert not Plan.objects.filter(community__slug="troms-og-ofoten").exists()
    assert page.status_code == 200


def test_the_nynorsk_plan_is_nynorsk(world: Demonstration) -> None:
    actor = actor_of(world, "Sekretariatet, Møre og Romsdal")
    with scope(actor):
        plan = plan_of("more-og-romsdal")
        assert (plan.language, Measure.objects.filter(plan=plan).count()) == ("nn", 7)
        assert {row.shown.status for row in rows_of(plan, actor)} >= {ShownStatus.LATE, ShownStatus.ON_TRACK}


@pytest.mark.parametrize("slug", ["ostfold", "more-og-romsdal"])
def test_a_visitor_reads_the_open_plans(visitor: Client, slug: str) -> None:
    with scope(machine(community(slug).pk, TODAY)):
        plan = plan_of(slug)
    assert plan.is_published
    assert visitor.get(f"/planer/{plan.pk}/").status_code == 200


def test_a_neighbour_sees_no_tasks_and_people_of_ostfold(world: Demonstration) -> None:
    actor = actor_of(world, "Sekretariatet, Vestfold")
    with scope(actor):
        assert set(Task.objects.values_list("community__slug", flat=True)) == {"vestfold"}
        assert not Membership.objects.filter(community__slug="ostfold").exists()


def test_measures_bodies_and_tasks_are_found_by_search(world: Demonstration) -> None:
    actor = actor_of(world, SECRETARIAT)
    with scope(actor):
        kinds = {hit.kind for hit in search("digital hjemmeoppfølging", actor).hits}
        assert [hit.title for hit in search("møterom", actor).hits] == [
            "Finn et møterom uten trapper til SSU"
        ]
    assert {"plans.measure", "directory.body"} <= kinds


def test_only_listed_people_have_a_password(world: Demonstration) -> None:
    emails = {account.email for account in world.accounts}
    accounts = Account.objects.filter(email__endswith=".example")
    assert {one.email for one in accounts if one.has_usable_password()} == emails
    assert accounts.count() > 40


def test_what_is_compared_is_26_measures_here_7_there_and_4_that_ended_with_the_former_plan(
    world: Demonstration,
) -> None:
    heading = "<h1>37 tiltak i to helsefellesskap, tema for tema</h1>"
    for role in ("Sekretariatet, Møre og Romsdal", SECRETARIAT):
        assert heading in sign_in(world, role).get("/planer/sammenlign/").content.decode()


def test_scenarios_of_three_rooms_can_be_compared(world: Demonstration) -> None:
    client = sign_in(world, SECRETARIAT)
    here = community("ostfold")
    with scope(machine(here.pk, TODAY)):
        by_kind: dict[str, list[int]] = {}
        for one in Scenario.objects.filter(community=here).order_by("pk"):
            by_kind.setdefault(one.kind, []).append(one.pk)
    assert {kind: len(numbers) for kind, numbers in by_kind.items()} == {"people": 3, "demand": 2, "staff": 2}
    for numbers in by_kind.values():
        query = "&".join(f"s={number}" for number in numbers)
        page = client.get(f"/tall/ostfold/scenarier/sammenlign/?{query}").content.decode()
        assert "Dette skiller dem" in page
