"""An appointment round: asked, answered by those who appoint, reminded, and put in at once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from factories.bodies import Bodies
from factories.meetings import give_account
from factories.people import TODAY, actor, member
from samspill.directory.public import Account, Actor, Party, RoleCode, acting_as, machine, read_facts, scope
from samspill.governance.actions.rounds import (
    Named,
    RoundWords,
    begin_round,
    close_round,
    nominate,
    remind_of_rounds,
    remind_round,
)
from samspill.governance.models import AppointmentRound, Nomination, Seat, Tenure
from samspill.governance.queries.bodies import composition
from samspill.governance.queries.body_tasks import body_dues
from samspill.governance.queries.naming import empty_for, what_is_named
from samspill.governance.queries.rounds import asked_in, may_name, voices_on
from samspill.governance.states import Role, RoundState
from samspill.refusal import Refused
from samspill.worklist.models import Notice

BEGINS, DUE = date(2027, 1, 1), date(2026, 12, 10)
WORDS = RoundWords(BEGINS, DUE, words="Tenk på noen som kan møte på torsdager.")


def director_of(bodies: Bodies, party: Party, email: str = "leder@example.no") -> Account:
    account = member("ostfold", RoleCode.DIRECTOR, email=email, name="Solveig Leder")
    held = account.memberships.get()
    held.party = party
    held.save(update_fields=["party"])
    return account


def as_actor(account: Account) -> Actor:
    return acting_as(account, today=TODAY)


def own_seat(bodies: Bodies) -> Seat:
    return (
        Seat.objects.filter(body=bodies.fsu, party__isnull=False).select_related("party").order_by("order")[0]
    )


def test_those_who_appoint_get_a_mail_with_the_page_where_names_are_given(bodies: Bodies) -> None:
    seat = own_seat(bodies)
    account = director_of(bodies, seat.party)
    found = begin_round(bodies.fsu, WORDS, by=bodies.by)
    notice = Notice.objects.get(account=account)
    assert notice.path == reverse("governance:round", args=[found.pk])
    assert "torsdager" in notice.text


def test_a_director_names_somebody_for_the_own_municipality_and_for_no_other(bodies: Bodies) -> None:
    seat = own_seat(bodies)
    by = as_actor(director_of(bodies, seat.party))
    found = begin_round(bodies.fsu, WORDS, by=bodies.by)
    with scope(by):
        nominate(found, seat, Named("Ola Nytt"), by=by)
    other = Seat.objects.filter(body=bodies.fsu, party__isnull=False).exclude(party=seat.party)[0]
    with scope(by), pytest.raises(Refused) as refused:
        nominate(found, other, Named("Per Feil"), by=by)
    assert refused.value.forbidden
    assert [one.name for one in Nomination.objects.all()] == ["Ola Nytt"]


def test_a_second_name_for_a_seat_takes_the_place_of_the_first(bodies: Bodies) -> None:
    found = begin_round(bodies.fsu, WORDS, by=bodies.by)
    seat = own_seat(bodies)
    nominate(found, seat, Named("Ola Nytt"), by=bodies.by, substitute=Named("Vara En", role=Role.SUBSTITUTE))
    nominate(found, seat, Named("Kari Nyere"), by=bodies.by)
    assert sorted(Nomination.objects.values_list("name", flat=True)) == ["Kari Nyere", "Vara En"]


def test_the_overview_says_who_has_answered(bodies: Bodies) -> None:
    found = begin_round(bodies.fsu, WORDS, by=bodies.by)
    seat = own_seat(bodies)
    nominate(found, seat, Named("Ola Nytt"), by=bodies.by)
    answered = {one.name: one.has_answered for one in asked_in(found)}
    assert answered[str(seat.party)]
    assert sum(not yes for yes in answered.values()) == len(answered) - 1


def test_put_everybody_in_makes_the_tenures_and_keeps_the_chair_who_goes_on(bodies: Bodies) -> None:
    found = begin_round(bodies.fsu, WORDS, by=bodies.by)
    first, second = list(Seat.objects.filter(body=bodies.fsu).order_by("order"))[:2]
    chair = composition(bodies.fsu.pk, TODAY).seats[0].holder
    assert chair is not None
    nominate(found, first, Named(chair.name), by=bodies.by, substitute=Named("Vara En", role=Role.SUBSTITUTE))
    nominate(found, second, Named("Ola Nytt"), by=bodies.by)
    assert close_round(found, by=bodies.by) == 3
    before, after = composition(bodies.fsu.pk, BEGINS - timedelta(days=1)), composition(bodies.fsu.pk, BEGINS)
    assert before.seats[1].holder is not None
    assert before.seats[1].holder.name == "Per Solbakken"
    holders = [one.holder for one in after.seats[:2]]
    assert [(one.name, one.role) for one in holders if one] == [
        (chair.name, Role.CHAIR),
        ("Ola Nytt", Role.MEMBER),
    ]
    assert [one.name for one in after.seats[0].substitutes] == ["Vara En"]
    assert after.seats[2].holder is not None  # nobody was named, so who sits there stays
    found.refresh_from_db()
    assert found.state == RoundState.CLOSED


def test_all_are_put_in_or_none(bodies: Bodies) -> None:
    found = begin_round(bodies.fsu, WORDS, by=bodies.by)
    first, second = list(Seat.objects.filter(body=bodies.fsu).order_by("order"))[:2]
    for seat in (first, second):
        nominate(found, seat, Named("Ola Nytt", "ola@example.no"), by=bodies.by)
    count = Tenure.objects.count()
    with pytest.raises(Refused) as refused:
        close_round(found, by=bodies.by)
    assert refused.value.code == "tenure.two_seats"
    assert Tenure.objects.count() == count
    assert AppointmentRound.objects.get().state == RoundState.OPEN


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (RoundWords(BEGINS, TODAY - timedelta(days=1)), "round.answer_by"),
        (RoundWords(BEGINS, BEGINS + timedelta(days=1)), "round.answer_late"),
        (RoundWords(BEGINS, DUE, to_day=BEGINS), "round.dates"),
    ],
)
def test_days_that_do_not_fit_are_refused(bodies: Bodies, words: RoundWords, code: str) -> None:
    with pytest.raises(Refused) as refused:
        begin_round(bodies.fsu, words, by=bodies.by)
    assert refused.value.code == code


def test_one_round_at_a_time(bodies: Bodies) -> None:
    begin_round(bodies.fsu, WORDS, by=bodies.by)
    with pytest.raises(Refused) as refused:
        begin_round(bodies.fsu, WORDS, by=bodies.by)
    assert refused.value.code == "round.open"


def test_a_closed_round_takes_no_more_names(bodies: Bodies) -> None:
    found = begin_round(bodies.fsu, WORDS, by=bodies.by)
    nominate(found, own_seat(bodies), Named("Ola Nytt"), by=bodies.by)
    close_round(found, by=bodies.by)
    with pytest.raises(Refused) as refused:
        nominate(found, own_seat(bodies), Named("Per Sent"), by=bodies.by)
    assert refused.value.code == "round.closed"


def test_who_has_not_answered_is_reminded_once_a_day_and_by_itself_a_week_before(bodies: Bodies) -> None:
    seat = own_seat(bodies)
    account = director_of(bodies, seat.party)
    found = begin_round(bodies.fsu, WORDS, by=bodies.by)
    assert remind_round(found, by=bodies.by) == 1
    assert remind_round(found, by=bodies.by) == 0
    week_before = machine(bodies.community.pk, DUE - timedelta(days=7))
    assert remind_of_rounds(by=week_before) == 1
    assert remind_of_rounds(by=machine(bodies.community.pk, DUE - timedelta(days=6))) == 0
    nominate(found, seat, Named("Ola Nytt"), by=bodies.by)
    assert remind_of_rounds(by=machine(bodies.community.pk, DUE + timedelta(days=1))) == 0
    assert Notice.objects.filter(account=account).count() == 3


def test_the_question_stands_among_the_tasks_until_it_is_answered(bodies: Bodies) -> None:
    seat = own_seat(bodies)
    by = as_actor(director_of(bodies, seat.party))
    found = begin_round(bodies.fsu, WORDS, by=bodies.by)
    assert [(one.key, one.due) for one in body_dues(by)] == [(f"governance.named:{found.pk}", DUE)]
    with scope(by):
        nominate(found, seat, Named("Ola Nytt"), by=by)
    assert body_dues(by) == []


def test_who_is_asked_for_names_is_the_same_read_at_once(bodies: Bodies) -> None:
    with scope(bodies.by):
        found = begin_round(bodies.fsu, WORDS, by=bodies.by)
        nominate(found, own_seat(bodies), Named("Ola Nytt"), by=bodies.by)
        parties = [frozenset({one.pk}) for one in Party.objects.filter(community=bodies.community)]
        by = as_actor(member("ostfold", RoleCode.MEMBER))
        people = [replace(by, party_ids=one) for one in (*parties, frozenset.union(*parties))]
        people += [give_account(one.holder) for one in composition(bodies.fsu.pk, BEGINS).seats if one.holder]
        told = [_empty_at_once(who) for who in people]
        assert told == [_empty_seat_by_seat(found, who) for who in people]
        assert any(told)
        assert not all(told)


def _empty_at_once(who: Actor) -> list[str]:
    (round_told,) = read_facts({"naming": what_is_named(who)})["naming"]
    return empty_for(round_told)


def _empty_seat_by_seat(found: AppointmentRound, who: Actor) -> list[str]:
    voices = voices_on(found.body, who)
    lines = ((asked.name, line) for asked in asked_in(found) for line in asked.lines)
    return list(
        dict.fromkeys(
            name for name, line in lines if line.named is None and may_name(who, line.on_day, voices)
        )
    )


def test_the_secretariat_is_told_what_runs_out(bodies: Bodies) -> None:
    by = actor("ostfold", "secretariat")
    seat = own_seat(bodies)
    Tenure.objects.filter(seat=seat).update(to_day=TODAY + timedelta(days=20))
    last = Seat.objects.filter(body=bodies.ssu).order_by("order")[0]
    Tenure.objects.filter(seat=last).update(to_day=TODAY - timedelta(days=2))
    bodies.ssu.mandates.update(review_on=TODAY + timedelta(days=59))
    bodies.fsu.ends = TODAY + timedelta(days=50)
    bodies.fsu.save()
    kinds = [one.key.split(":")[0] for one in body_dues(by)]
    assert sorted(kinds) == [
        "governance.body",
        "governance.mandate",
        "governance.tenures",
        "governance.vacant",
    ]
    bodies.ssu.mandates.update(review_on=TODAY + timedelta(days=61))
    assert "governance.mandate" not in [one.key.split(":")[0] for one in body_dues(by)]


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def world(settled: Bodies) -> tuple[Bodies, AppointmentRound, Client, Client]:
    """Bodies, an open round, and the browsers of the secretariat and of a municipal director."""
    bodies = settled
    secretariat = member("ostfold", "secretariat")
    with transaction.atomic(), scope(bodies.by):
        director = director_of(bodies, own_seat(bodies).party)
        found = begin_round(bodies.fsu, RoundWords(BEGINS, DUE), by=bodies.by)
    return bodies, found, signed_in(secretariat), signed_in(director)


def test_the_round_is_answered_and_put_in_on_its_page(
    world: tuple[Bodies, AppointmentRound, Client, Client], django_assert_max_num_queries: object
) -> None:
    bodies, found, secretariat, director = world
    page = reverse("governance:round", args=[found.pk])
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        answer = director.get(page)
    assert answer.content.decode().count('name="substitute_name"') == 1
    with scope(bodies.by):
        seat = own_seat(bodies)
    address = reverse("governance:name-for-seat", args=[found.pk, seat.pk])
    wrong = director.post(address, {"name": "", "role": "member", "title": "Rådgiver"})
    assert wrong.status_code == 422
    assert "Rådgiver" in wrong.content.decode()
    assert director.post(address, {"name": "Ola Nytt", "role": "member"}).status_code == 303
    assert director.post(reverse("governance:close-round", args=[found.pk])).status_code == 403
    assert secretariat.post(reverse("governance:remind-round", args=[found.pk])).status_code == 303
    assert secretariat.get(page).status_code == 200
    done = secretariat.post(reverse("governance:close-round", args=[found.pk]))
    assert done.headers["Location"] == reverse("governance:body", args=[bodies.fsu.pk])
    with scope(bodies.by):
        holder = composition(bodies.fsu.pk, BEGINS).seats[0].holder
    assert holder is not None
    assert holder.name == "Ola Nytt"


def test_a_visitor_sees_no_round(world: tuple[Bodies, AppointmentRound, Client, Client]) -> None:
    _bodies, found, _secretariat, _director = world
    assert Client().get(reverse("governance:round", args=[found.pk])).status_code == 302
