"""Who sits where: one holder per seat on every day, parity on every date, history that never goes away."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.bodies import BEGINNING, Bodies
from factories.people import TODAY, actor
from samspill.directory.public import (
    AuditEvent,
    Bloc,
    Party,
    PartyKind,
    Person,
    Region,
    add_region,
    in_force_on,
    parties_of,
)
from samspill.governance.actions.bodies import BodyWords, make_body
from samspill.governance.actions.mandates import MandateWords, set_mandate
from samspill.governance.actions.representation import RuleWords, SeatLine, make_seats, set_rule
from samspill.governance.actions.tenures import APPOINT, Appointee, appoint, end_tenure, undo
from samspill.governance.models import Mandate, Seat, SeatRule, Tenure
from samspill.governance.queries.bodies import composition
from samspill.governance.queries.composing import composed
from samspill.governance.rules.composition import FindingCode
from samspill.governance.states import Authority, Parity, Represents, Role
from samspill.refusal import Refused

AUTUMN, WINTER = date(2026, 9, 1), date(2027, 1, 1)


def trust_of(bodies: Bodies) -> Party:
    return Party.objects.get(community=bodies.community, kind=PartyKind.HEALTH_TRUST)


def two_and_two(bodies: Bodies, from_day: date = AUTUMN, **kwargs: object) -> list[Seat]:
    """A new body with two voting seats on either side."""
    body = make_body(bodies.community, BodyWords("Prøveråd", "council", starts=from_day), by=bodies.by)
    lines = (
        SeatLine(Represents.BLOC, seats=2, bloc=Bloc.MUNICIPAL),
        SeatLine(Represents.PARTY, seats=2, party=trust_of(bodies)),
    )
    set_rule(body, RuleWords(from_day, lines, **kwargs), by=bodies.by)  # type: ignore[arg-type]
    return list(Seat.objects.filter(body=body).order_by("order"))


def put_in(seat: Seat, name: str, bodies: Bodies, *, from_day: date = AUTUMN, **kwargs: object) -> Tenure:
    role = kwargs.pop("role", Role.MEMBER)
    return appoint(seat, Appointee(name), role=role, from_day=from_day, by=bodies.by, **kwargs)  # type: ignore[arg-type]


def test_two_holders_of_one_seat_at_once_are_refused_in_a_sentence(bodies: Bodies) -> None:
    seat = two_and_two(bodies)[0]
    put_in(seat, "Kari Nordli", bodies)
    with pytest.raises(Refused, match="Kari Nordli") as refused:
        put_in(seat, "Per Solbakken", bodies, from_day=TODAY)
    assert refused.value.code == "tenure.overlap"
    assert Tenure.objects.filter(seat=seat).count() == 1


def test_the_database_too_refuses_two_holders(bodies: Bodies) -> None:
    seat = two_and_two(bodies)[0]
    first = put_in(seat, "Kari Nordli", bodies)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tenure.objects.create(
            community_id=first.community_id, seat=seat, name="Per", from_day=TODAY, role=Role.MEMBER
        )


def test_a_substitute_sits_beside_the_holder_and_is_proposed_when_the_seat_is_empty(bodies: Bodies) -> None:
    seat = two_and_two(bodies)[0]
    put_in(seat, "Kari Nordli", bodies)
    put_in(seat, "Per Solbakken", bodies, role=Role.SUBSTITUTE)
    found = composition(seat.body_id, TODAY).seats[0]
    assert found.holder is not None
    assert (found.holder.name, [one.name for one in found.substitutes]) == ("Kari Nordli", ["Per Solbakken"])


def test_a_replacement_ends_the_former_on_the_day_and_undo_brings_them_back(bodies: Bodies) -> None:
    seat = two_and_two(bodies)[0]
    former = put_in(seat, "Kari Nordli", bodies)
    new = put_in(seat, "Per Solbakken", bodies, from_day=TODAY, replace=True)
    former.refresh_from_db()
    assert former.to_day == TODAY
    event = AuditEvent.objects.get(act=APPOINT, on_id=new.pk)
    undo(event.pk, by=bodies.by)
    former.refresh_from_db()
    assert former.to_day is None
    assert not Tenure.objects.filter(pk=new.pk).exists()


def test_an_end_is_undone_only_while_nothing_came_after(bodies: Bodies) -> None:
    seat = two_and_two(bodies)[0]
    former = put_in(seat, "Kari Nordli", bodies)
    event = end_tenure(former, day=TODAY, by=bodies.by)
    put_in(seat, "Per Solbakken", bodies, from_day=TODAY)
    with pytest.raises(Refused) as refused:
        undo(event.pk, by=bodies.by)
    assert refused.value.code == "undo.changed"


def test_nobody_has_two_voices_in_one_body(bodies: Bodies) -> None:
    first, second, *_others = two_and_two(bodies)
    kari = put_in(first, "Kari Nordli", bodies).person
    with pytest.raises(Refused) as refused:
        appoint(second, Appointee(person=kari), role=Role.MEMBER, from_day=TODAY, by=bodies.by)
    assert refused.value.code == "tenure.two_seats"


def test_an_observer_leads_nothing(bodies: Bodies) -> None:
    """Invariant 4."""
    observers = Seat.objects.get(body=bodies.ssu, may_vote=False)
    with pytest.raises(Refused) as refused:
        put_in(observers, "Anne Vik", bodies, role=Role.CHAIR, replace=True)
    assert refused.value.code == "tenure.chair_without_vote"


def test_a_rule_that_says_equal_does_not_make_unequal_seats(bodies: Bodies) -> None:
    """Invariant 1: as many voting seats from each side where the rule says so."""
    lines = (
        SeatLine(Represents.BLOC, seats=3, bloc=Bloc.MUNICIPAL),
        SeatLine(Represents.PARTY, party=trust_of(bodies)),
    )
    with pytest.raises(Refused) as refused:
        set_rule(bodies.fsu, RuleWords(TODAY, lines), by=bodies.by)
    assert refused.value.code == "rule.parity"
    assert not SeatRule.objects.filter(rule__body=bodies.fsu).exists()
    set_rule(bodies.fsu, RuleWords(TODAY, lines, parity=Parity.FREE), by=bodies.by)


def test_an_empty_seat_warns_and_stops_nothing(bodies: Bodies) -> None:
    """Invariant 1: filled seats that break the balance are told."""
    first, _second, third, fourth = two_and_two(bodies)
    for seat, name in ((first, "Kari"), (third, "Per"), (fourth, "Anne")):
        put_in(seat, name, bodies)
    found = composed(first.body_id, bodies.community.pk, TODAY)
    assert [one.code for one in found.findings] == [FindingCode.FILLED_UNEQUAL, FindingCode.VACANT]


def test_every_municipality_is_spoken_for_by_itself_or_its_region(bodies: Bodies) -> None:
    """Invariant 2."""
    day = TODAY
    here = list(parties_of(bodies.community, day).filter(kind=PartyKind.MUNICIPALITY))
    add_region(
        community=bodies.community, name="Nord", kind="Prøvedistrikt", municipalities=here[:7],
        from_day=BEGINNING, by=bodies.by,
    )  # fmt: skip
    lines = (
        SeatLine(Represents.EACH_REGION, region_kind="Prøvedistrikt"),
        SeatLine(Represents.PARTY, party=trust_of(bodies)),
    )
    set_rule(bodies.fsu, RuleWords(day, lines, covers_all=True), by=bodies.by)
    left = next(
        one for one in composed(bodies.fsu.pk, bodies.community.pk, day).findings
        if one.code == FindingCode.UNCOVERED
    )  # fmt: skip
    assert set(left.of) == {one.pk for one in here[7:]}
    add_region(
        community=bodies.community, name="Sør", kind="Prøvedistrikt", municipalities=here[7:],
        from_day=BEGINNING, by=bodies.by,
    )  # fmt: skip
    later = day + timedelta(days=1)
    both = (lines[0], SeatLine(Represents.PARTY, seats=2, party=trust_of(bodies)))
    set_rule(bodies.fsu, RuleWords(later, both, covers_all=True), by=bodies.by)
    codes = [one.code for one in composed(bodies.fsu.pk, bodies.community.pk, later).findings]
    assert FindingCode.UNCOVERED not in codes


def test_a_body_that_shall_have_a_user_and_has_none_says_so(bodies: Bodies) -> None:
    """Invariant 3."""
    seats = two_and_two(bodies, users_at_least=1)
    codes = [one.code for one in composed(seats[0].body_id, bodies.community.pk, TODAY).findings]
    assert codes[0] == FindingCode.NO_USERS
    users = composed(bodies.ssu.pk, bodies.community.pk, TODAY)
    assert FindingCode.NO_USERS not in [one.code for one in users.findings]


def test_a_committee_of_every_municipality_becomes_regional_from_a_day(bodies: Bodies) -> None:
    """The seats it no longer has end with their people, those of the hospital go on with theirs."""
    trust = trust_of(bodies)
    body = make_body(bodies.community, BodyWords("Utvalg for alle", "subcommittee"), by=bodies.by)
    every = RuleWords(
        AUTUMN, (SeatLine(Represents.EACH_MUNICIPALITY), SeatLine(Represents.PARTY, seats=13, party=trust))
    )
    set_rule(body, every, by=bodies.by)
    halden = Seat.objects.get(body=body, party__short_name="Halden")
    hospital = Seat.objects.filter(body=body, party=trust).order_by("order")[0]
    put_in(halden, "Kari Nordli", bodies)
    put_in(hospital, "Per Solbakken", bodies)
    here = list(parties_of(bodies.community, TODAY).filter(kind=PartyKind.MUNICIPALITY))
    add_region(
        community=bodies.community,
        name="Alle",
        kind="Prøve",
        municipalities=here,
        from_day=BEGINNING,
        by=bodies.by,
    )
    regional = RuleWords(
        WINTER,
        (SeatLine(Represents.EACH_REGION, region_kind="Prøve"), SeatLine(Represents.PARTY, party=trust)),
    )
    set_rule(body, regional, by=bodies.by)
    before, after = composition(body.pk, TODAY), composition(body.pk, WINTER)
    assert (len(before.seats), len(after.seats)) == (26, 2)
    assert {one.holder.name for one in before.seats if one.holder} == {"Kari Nordli", "Per Solbakken"}
    assert [one.holder.name for one in after.seats if one.holder] == ["Per Solbakken"]
    assert [str(one.seat) for one in after.vacant] == ["Alle"]


def test_making_the_seats_of_a_rule_a_second_time_changes_nothing(bodies: Bodies) -> None:
    seats = two_and_two(bodies)
    rule = seats[0].seat_rule.rule  # type: ignore[union-attr]
    assert [one.pk for one in make_seats(rule, by=bodies.by)] == [one.pk for one in seats]
    assert Seat.objects.filter(body=seats[0].body).count() == 4


def test_a_rule_corrected_on_its_own_day_brings_back_a_seat_and_its_people(bodies: Bodies) -> None:
    seats = two_and_two(bodies)
    kari = put_in(seats[1], "Kari Nordli", bodies)
    one_each = (
        SeatLine(Represents.BLOC, bloc=Bloc.MUNICIPAL),
        SeatLine(Represents.PARTY, party=trust_of(bodies)),
    )
    set_rule(seats[0].body, RuleWords(TODAY, one_each), by=bodies.by)
    kari.refresh_from_db()
    assert kari.to_day == TODAY
    two_each = (
        SeatLine(Represents.BLOC, seats=2, bloc=Bloc.MUNICIPAL),
        SeatLine(Represents.PARTY, seats=2, party=trust_of(bodies)),
    )
    set_rule(seats[0].body, RuleWords(TODAY, two_each), by=bodies.by)
    kari.refresh_from_db()
    assert kari.to_day is None
    assert len(composition(seats[0].body_id, TODAY).seats) == 4


def test_a_seat_that_gets_other_rights_keeps_its_people_and_the_day_before_its_rights(bodies: Bodies) -> None:
    seats = two_and_two(bodies)
    put_in(seats[0], "Kari Nordli", bodies)
    lines = (
        SeatLine(Represents.BLOC, seats=2, bloc=Bloc.MUNICIPAL, may_propose=False),
        SeatLine(Represents.PARTY, seats=2, party=trust_of(bodies)),
    )
    set_rule(seats[0].body, RuleWords(TODAY, lines), by=bodies.by)
    before = composition(seats[0].body_id, TODAY - timedelta(days=1)).seats[0]
    after = composition(seats[0].body_id, TODAY).seats[0]
    assert before.seat.may_propose
    assert not after.seat.may_propose
    assert before.holder is not None
    assert after.holder is not None
    assert before.holder.name == after.holder.name == "Kari Nordli"


def test_a_past_day_shows_who_sat_then(bodies: Bodies) -> None:
    """Invariant 16: minutes of that day show that day's people."""
    seat = two_and_two(bodies)[0]
    put_in(seat, "Kari Nordli", bodies)
    put_in(seat, "Per Solbakken", bodies, from_day=TODAY, replace=True)
    names = {
        day: composition(seat.body_id, day).seats[0].holder
        for day in (AUTUMN, TODAY - timedelta(days=1), TODAY)
    }
    assert [one.name for one in names.values() if one] == ["Kari Nordli", "Kari Nordli", "Per Solbakken"]
    assert composition(seat.body_id, AUTUMN - timedelta(days=1)).seats == ()


def test_removing_a_person_or_a_party_never_removes_history(bodies: Bodies) -> None:
    """Invariant 32."""
    seat = two_and_two(bodies)[2]
    tenure = put_in(seat, "Kari Nordli", bodies)
    Person.objects.get(pk=tenure.person_id).delete()
    found = composition(seat.body_id, TODAY).seats[2].holder
    assert found is not None
    assert (found.name, found.person) == ("Kari Nordli", None)
    trust = trust_of(bodies)
    with pytest.raises(ProtectedError):
        trust.delete()
    trust.left = TODAY
    trust.save()
    assert composition(seat.body_id, TODAY - timedelta(days=1)).seats[2].seat.party == trust


def test_a_mandate_without_authority_is_refused_in_a_sentence(bodies: Bodies) -> None:
    with pytest.raises(Refused, match="gir råd eller avgjør") as refused:
        set_mandate(bodies.fsu, MandateWords(TODAY, "Noe å gjøre.", ""), by=bodies.by)
    assert (refused.value.code, refused.value.field) == ("mandate.authority", "authority")
    with pytest.raises(Refused) as refused:
        set_mandate(bodies.fsu, MandateWords(TODAY, "Noe.", Authority.WITHIN_LIMITS), by=bodies.by)
    assert refused.value.field == "limits"


def test_a_new_mandate_is_a_new_version_and_the_old_one_stays(bodies: Bodies) -> None:
    new = MandateWords(TODAY, "Gir råd fra nå av.", Authority.ADVISORY)
    set_mandate(bodies.fsu, new, by=bodies.by)
    versions = Mandate.objects.filter(body=bodies.fsu).order_by("version")
    assert [(one.version, one.authority) for one in versions] == [(1, "within_limits"), (2, "advisory")]
    with pytest.raises(Refused) as refused:
        set_mandate(bodies.fsu, MandateWords(BEGINNING, "Før.", Authority.BINDING), by=bodies.by)
    assert refused.value.code == "mandate.earlier"


def test_a_member_cannot_change_a_body_and_a_neighbour_not_either(bodies: Bodies) -> None:
    seat = two_and_two(bodies)[0]
    for who in (actor("ostfold", "member"), actor("vestfold", "secretariat", email="nabo@example.no")):
        with pytest.raises(Refused) as refused:
            appoint(seat, Appointee("Kari"), role=Role.MEMBER, from_day=TODAY, by=who)
        assert refused.value.forbidden


DAYS = st.integers(0, 400).map(lambda number: AUTUMN + timedelta(days=number))
ACTS = st.lists(
    st.tuples(
        st.integers(0, 3),
        DAYS,
        st.one_of(st.none(), st.integers(1, 200)),
        st.booleans(),
        st.sampled_from([Role.MEMBER, Role.SUBSTITUTE]),
    ),
    min_size=1,
    max_size=8,
)


@given(acts=ACTS, asked=DAYS)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_appointments_keeps_one_holder_per_seat_and_equal_seats_on_every_day(
    bodies: Bodies, acts: list[tuple[int, date, int | None, bool, str]], asked: date
) -> None:
    """Invariants 1 and 5 of the seats, whatever is tried in whatever order."""
    with transaction.atomic():
        seats = two_and_two(bodies)
        for number, (place, day, length, replace, role) in enumerate(acts):
            try:
                put_in(
                    seats[place], f"Navn {number}", bodies, from_day=day, role=role, replace=replace,
                    to_day=day + timedelta(days=length) if length else None,
                )  # fmt: skip
            except Refused as refused:
                assert refused.code == "tenure.overlap"
        for day in (AUTUMN, asked, *(one[1] for one in acts)):
            holders = Tenure.objects.filter(in_force_on(day), seat__in=seats).exclude(role=Role.SUBSTITUTE)
            held = list(holders.values_list("seat", flat=True))
            assert len(held) == len(set(held))
            assert composed(seats[0].body_id, bodies.community.pk, day).sides.seats.is_equal
        transaction.set_rollback(True)


def test_regions_of_others_make_no_seats_here(bodies: Bodies) -> None:
    assert not Region.objects.filter(community=bodies.community, kind="Ukjent").exists()
    lines = (
        SeatLine(Represents.EACH_REGION, region_kind="Ukjent"),
        SeatLine(Represents.PARTY, party=trust_of(bodies)),
    )
    with pytest.raises(Refused) as refused:
        set_rule(bodies.fsu, RuleWords(TODAY, lines), by=bodies.by)
    assert refused.value.code == "rule.parity"
