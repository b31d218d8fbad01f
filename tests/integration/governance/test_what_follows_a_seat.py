"""A role follows the seat, and people follow the body: what ends with it, and comes back with it."""

from datetime import date

import pytest

from factories.bodies import Bodies
from factories.people import TODAY, member
from integration.governance.test_seats_and_people import AUTUMN, WINTER, put_in, two_and_two
from samspill.directory.public import AuditEvent, Membership, RoleCode, in_force_on
from samspill.governance.actions.bodies import set_end
from samspill.governance.actions.tenures import APPOINT, Appointee, appoint, end_tenure, undo
from samspill.governance.queries.bodies import composition
from samspill.governance.states import Role
from samspill.refusal import Refused


def test_who_has_an_account_gets_a_role_in_the_body_and_loses_it_with_the_seat(bodies: Bodies) -> None:
    account = member("ostfold", "director", email="dir@example.no")
    seat = two_and_two(bodies)[0]
    tenure = appoint(
        seat, Appointee("Randi", "dir@example.no"), role=Role.MEMBER, from_day=AUTUMN, by=bodies.by
    )
    assert tenure.person == account.person
    held = Membership.objects.get(account=account, body=seat.body)
    assert (held.role, held.from_day) == (RoleCode.MEMBER, AUTUMN)
    end_tenure(tenure, day=TODAY, by=bodies.by)
    assert not Membership.objects.filter(in_force_on(TODAY), account=account, body=seat.body).exists()


def test_undoing_an_appointment_takes_the_role_away_as_if_it_never_was(bodies: Bodies) -> None:
    account = member("ostfold", "director", email="dir@example.no")
    seat = two_and_two(bodies)[0]
    made = appoint(seat, Appointee("Randi", "dir@example.no"), role=Role.MEMBER, from_day=TODAY, by=bodies.by)
    undo(AuditEvent.objects.get(act=APPOINT, on_id=made.pk).pk, by=bodies.by)
    assert not Membership.objects.filter(account=account, body=seat.body).exists()


def test_a_body_that_ends_takes_its_people_with_it_and_brings_them_back_when_prolonged(
    bodies: Bodies,
) -> None:
    seat = two_and_two(bodies)[0]
    kari = put_in(seat, "Kari Nordli", bodies)
    set_end(seat.body, WINTER, by=bodies.by)
    kari.refresh_from_db()
    assert kari.to_day == WINTER
    assert composition(seat.body_id, WINTER).seats == ()
    set_end(seat.body, date(2027, 6, 1), by=bodies.by)
    kari.refresh_from_db()
    assert kari.to_day == date(2027, 6, 1)
    set_end(seat.body, None, by=bodies.by)
    assert len(composition(seat.body_id, date(2030, 1, 1)).seats) == 4


def test_a_body_does_not_end_before_what_stands_under_it(bodies: Bodies) -> None:
    with pytest.raises(Refused) as refused:
        set_end(bodies.ssu, WINTER, by=bodies.by)
    assert refused.value.code == "body.parts"
