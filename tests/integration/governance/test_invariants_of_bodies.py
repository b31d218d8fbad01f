"""Invariants 1–5: who has a seat, who speaks for whom, and who leads."""

from datetime import date, timedelta
from itertools import count

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.bodies import BEGINNING, Bodies
from factories.meetings import DAY, SENT, holder_of, meeting_with_cases, seat_of
from factories.people import TODAY, actor
from factories.rooms import first_item, point, under_way
from integration.governance.following import signed_in, text_of
from samspill.directory.public import Bloc, Party, PartyKind, add_region, machine, parties_of, scope
from samspill.governance.actions.agenda import fill_agenda
from samspill.governance.actions.bodies import BodyWords, make_body, set_end
from samspill.governance.actions.notice import send_notice
from samspill.governance.actions.representation import RuleWords, SeatLine, set_rule
from samspill.governance.actions.tenures import Appointee, appoint, end_tenure
from samspill.governance.models import RepresentationRule, Seat, Tenure, Vote
from samspill.governance.public import How, decide
from samspill.governance.queries.body_tasks import body_dues
from samspill.governance.queries.composing import composed
from samspill.governance.rules.composition import FindingCode, Place, chair_turn, uncovered
from samspill.governance.states import DecisionMethod, MeetingState, Parity, Represents, Role, VoteChoice
from samspill.refusal import Refused
from samspill.worklist.models import Task

STEP = timedelta(days=45)
NUMBERS = count(1)
CHANGES = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 3), st.integers(0, 3), st.booleans()), min_size=1, max_size=6
)


def trust_of(bodies: Bodies) -> Party:
    return Party.objects.get(community=bodies.community, kind=PartyKind.HEALTH_TRUST)


def lines_of(bodies: Bodies, municipal: int, hospital: int, *, observers: bool) -> tuple[SeatLine, ...]:
    lines = []
    if municipal:
        lines.append(SeatLine(Represents.BLOC, seats=municipal, bloc=Bloc.MUNICIPAL))
    if hospital:
        lines.append(SeatLine(Represents.PARTY, seats=hospital, party=trust_of(bodies)))
    if observers:
        lines.append(SeatLine(Represents.ORGANISATION, label="Tillitsvalgte", may_vote=False))
    return tuple(lines)


def codes(body_id: int, bodies: Bodies, day: date = TODAY) -> set[FindingCode]:
    return {one.code for one in composed(body_id, bodies.community.pk, day).findings}


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES, st.none() | st.integers(1, 14))
def test_invariant_01_voting_seats_of_the_two_sides_are_equal_on_every_date_whatever_is_changed(
    bodies: Bodies, changes: list[tuple[int, int, int, bool]], ends: int | None
) -> None:
    body = make_body(
        bodies.community, BodyWords(f"Prøveråd {next(NUMBERS)}", "council", starts=BEGINNING), by=bodies.by
    )
    for step, municipal, hospital, observers in changes:
        day = BEGINNING + step * STEP
        lines = lines_of(bodies, municipal, hospital, observers=observers)
        try:
            set_rule(body, RuleWords(day, lines, parity=Parity.EQUAL), by=bodies.by)
        except Refused as refused:
            assert refused.code in {"rule.parity", "rule.no_seats", "rule.earlier"}
    if ends is not None:
        set_end(body, BEGINNING + ends * STEP, by=bodies.by)
    borders = {*Seat.objects.filter(body=body).values_list("from_day", "to_day")}
    days = {day + timedelta(days=off) for pair in borders for day in pair if day for off in (-1, 0, 1)}
    for day in sorted(days | {BEGINNING, TODAY}):
        assert composed(body.pk, bodies.community.pk, day).sides.seats.is_equal, day


def test_invariant_01_a_seat_nobody_fills_warns_on_the_meeting_and_stops_nothing(bodies: Bodies) -> None:
    meeting = meeting_with_cases(bodies)
    fill_agenda(meeting, by=bodies.by)
    end_tenure(holder_of(seat_of(bodies, 1)), day=TODAY, by=bodies.by)
    page = signed_in(actor("ostfold")).get(f"/moter/{meeting.pk}/")
    assert "Én stemme for kommunene, to for sykehuset. Det skal være like mange." in text_of(page)
    send_notice(meeting, by=bodies.by, sent=SENT)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CALLED


@given(
    st.sets(st.integers(1, 30)),
    st.lists(st.frozensets(st.integers(1, 30), max_size=5), max_size=8),
)
def test_invariant_02_a_municipality_is_spoken_for_exactly_when_a_seat_names_it_or_its_region(
    municipalities: set[int], covers: list[frozenset[int]]
) -> None:
    places = [Place(key, covers=one) for key, one in enumerate(covers)]
    found = uncovered(places, sorted(municipalities))
    assert set(found) == {one for one in municipalities if not any(one in each for each in covers)}


def test_invariant_02_no_municipality_stands_outside_a_body_that_is_for_all(bodies: Bodies) -> None:
    everybody = list(parties_of(bodies.community, TODAY).filter(kind=PartyKind.MUNICIPALITY))
    for name, here in (("Nord", everybody[:6]), ("Sør", everybody[6:])):
        add_region(
            community=bodies.community, name=name, kind="Prøvedistrikt", municipalities=here,
            from_day=BEGINNING, by=bodies.by,
        )  # fmt: skip
    by_region = (
        SeatLine(Represents.EACH_REGION, region_kind="Prøvedistrikt"),
        SeatLine(Represents.PARTY, seats=2, party=trust_of(bodies)),
    )
    each = (SeatLine(Represents.EACH_MUNICIPALITY, may_vote=False),)
    for lines in (by_region, each):
        body = make_body(
            bodies.community,
            BodyWords(f"Råd for alle {next(NUMBERS)}", "council", starts=TODAY),
            by=bodies.by,
        )
        parity = Parity.FREE if lines is each else Parity.EQUAL
        set_rule(body, RuleWords(TODAY, lines, covers_all=True, parity=parity), by=bodies.by)
        assert FindingCode.UNCOVERED not in codes(body.pk, bodies)
    two = RepresentationRule.objects.get(body=bodies.fsu)
    two.covers_all = True
    two.save()
    assert FindingCode.UNCOVERED in codes(bodies.fsu.pk, bodies)
    page = text_of(Client().get(f"/organer/{bodies.fsu.pk}/"))
    assert "Ingen svarer for" in page


def test_invariant_03_the_users_seat_is_there_where_the_rule_says_so_and_an_empty_one_is_shown(
    bodies: Bodies,
) -> None:
    seat = seat_of(bodies, 9)
    assert not codes(bodies.fsu.pk, bodies) & {FindingCode.NO_USERS, FindingCode.USERS_VACANT}
    end_tenure(holder_of(seat), day=TODAY, by=bodies.by)
    assert FindingCode.USERS_VACANT in codes(bodies.fsu.pk, bodies)
    page = text_of(Client().get(f"/organer/{bodies.fsu.pk}/"))
    assert "Brukerne har en plass som ingen sitter på." in page
    Tenure.objects.filter(seat=seat).update(to_day=TODAY - timedelta(days=1))
    Seat.objects.filter(pk=seat.pk).update(to_day=TODAY)
    assert FindingCode.NO_USERS in codes(bodies.fsu.pk, bodies)


def test_invariant_04_only_seats_with_a_vote_vote_and_count_and_observers_keep_their_other_rights(
    bodies: Bodies,
) -> None:
    RepresentationRule.objects.filter(body=bodies.fsu).update(decision_method=DecisionMethod.MAJORITY)
    users = seat_of(bodies, 9)
    assert (users.may_meet, users.may_speak, users.may_propose, users.may_vote) == (True, True, False, False)
    Seat.objects.filter(pk=users.pk).update(may_propose=True)
    item = first_item(under_way(bodies, bodies.fsu))
    voting = Seat.objects.filter(body=bodies.fsu, may_vote=True)
    votes = {seat.pk: VoteChoice.FOR.value for seat in voting}
    with pytest.raises(Refused) as refused:
        decide(item, points=[point(bodies)], how=How(votes={**votes, users.pk: VoteChoice.FOR}), by=bodies.by)
    assert refused.value.code == "vote.not_allowed"
    decide(item, points=[point(bodies)], how=How(votes=votes), by=bodies.by)
    assert set(Vote.objects.values_list("seat", flat=True)) == set(votes)
    assert composed(bodies.fsu.pk, bodies.community.pk, DAY).sides.seats.total == len(votes)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 48), st.sampled_from(list(Bloc)))
def test_invariant_05_the_chair_changes_sides_on_a_day_one_can_work_out(
    begins: date, months: int, first: Bloc
) -> None:
    turn = chair_turn(begins, months, first, begins)
    assert turn is not None
    assert turn.bloc == first
    assert (turn.until.year - begins.year) * 12 + turn.until.month - begins.month == months
    after = chair_turn(begins, months, first, turn.until)
    assert after is not None
    assert after.bloc != first
    assert after.since == turn.until


def test_invariant_05_the_swap_is_told_to_everybody_and_comes_up_as_a_task_two_months_before(
    bodies: Bodies,
) -> None:
    RepresentationRule.objects.filter(body=bodies.fsu).update(
        chair_months=24, chair_begins=Bloc.MUNICIPAL, deputy_other_side=True
    )
    page = text_of(Client().get(f"/organer/{bodies.fsu.pk}/"))
    assert "Kommunene leder til 31. desember 2026. Fra 1. januar 2027 er det turen til sykehuset." in page
    secretariat = actor("ostfold")
    with scope(secretariat):
        told = [due for due in body_dues(secretariat) if due.key.startswith("governance.chair:")]
        early = machine(bodies.community.pk, date(2026, 6, 1))
        assert [(one.due, one.title) for one in told] == [
            (date(2026, 12, 31), "FSU-P: fra 1. januar 2027 skal lederen komme fra sykehuset")
        ]
    assert not [one for one in body_dues(early) if one.key.startswith("governance.chair:")]


def test_invariant_05_chair_and_deputy_of_one_side_are_told_where_the_rule_says_otherwise(
    bodies: Bodies,
) -> None:
    RepresentationRule.objects.filter(body=bodies.fsu).update(deputy_other_side=True)
    same, other = seat_of(bodies, 1), seat_of(bodies, 2)
    for seat, is_wrong in ((same, True), (other, False)):
        Tenure.objects.filter(role=Role.DEPUTY_CHAIR).update(role=Role.MEMBER)
        who = Appointee(f"Nestleder {seat.pk}")
        appoint(seat, who, role=Role.DEPUTY_CHAIR, from_day=TODAY, replace=True, by=bodies.by)
        assert (FindingCode.CHAIRS_ONE_SIDE in codes(bodies.fsu.pk, bodies)) is is_wrong
    assert not Task.objects.exists()
