"""«Status vedtak» on the page of a meeting to come: what became of what the body has decided."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from factories.bodies import Bodies
from factories.meetings import called, give_account, holder_of, seat_of
from factories.open_world import decide, held_meeting, open_case
from factories.people import TODAY
from samspill.directory.public import Account, scope
from samspill.governance.models import FollowUp, Meeting
from samspill.governance.states import MeetingState

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def bodies(settled: Bodies, monkeypatch: pytest.MonkeyPatch) -> Bodies:
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_kwargs: TODAY)
    return settled


@pytest.fixture
def sent(bodies: Bodies) -> Iterator[Meeting]:
    """A meeting of FSU that is called; it has decided once, and a point of that is twelve days late."""
    with scope(bodies.by):
        case = open_case(bodies, bodies.fsu, title="Felles kveldspatrulje", number=40)
        decision = decide(held_meeting(bodies.fsu, date(2026, 10, 1)), case, 1, text="Patruljen begynner.")
        FollowUp.objects.filter(point__decision=decision).update(due=TODAY - timedelta(days=12))
        yield called(bodies)


@pytest.fixture
def per(bodies: Bodies) -> Client:
    """Holds a municipal seat of FSU."""
    with scope(bodies.by):
        actor = give_account(holder_of(seat_of(bodies, 1)))
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id), backend=BACKEND)
    return client


def page(client: Client, meeting: Meeting) -> str:
    return client.get(reverse("governance:meeting", args=[meeting.pk])).content.decode()


def test_a_member_reads_what_is_late_at_the_standing_item(per: Client, sent: Meeting) -> None:
    said = page(per, sent)
    follow_up = FollowUp.objects.get()
    assert f'href="{reverse("governance:follow-up", args=[follow_up.pk])}"' in said
    assert "12 dager over" in said and "Patruljen begynner." in said


def test_a_body_that_waits_for_nothing_is_told_so(per: Client, bodies: Bodies) -> None:
    with scope(bodies.by):
        said = page(per, called(bodies))
    assert 'class="s-fu__status"' in said
    assert "dager over" not in said


def test_a_visitor_reads_the_agenda_alone(sent: Meeting) -> None:
    said = page(Client(), sent)
    assert 'class="s-item"' in said
    assert "s-fu__status" not in said


def test_what_has_been_held_does_not_tell_of_today(per: Client, sent: Meeting) -> None:
    Meeting.objects.filter(pk=sent.pk).update(state=MeetingState.HELD)
    assert "s-fu__status" not in page(per, sent)
