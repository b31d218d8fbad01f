"""What the secretariat sets on a follow-up's page, and what stands still."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from factories.bodies import Bodies
from factories.cases import meeting_of, queued_case
from factories.decisions import DECIDED_ON, decided, followed, point_of
from factories.people import TODAY, actor
from integration.governance.following import acting_for, party, signed_in, text_of
from samspill.directory.public import Actor
from samspill.governance.actions.forwarding import PassOn
from samspill.governance.actions.passages import put_on, treat
from samspill.governance.models import Case, FollowUp, Treatment
from samspill.governance.queries.stalled import stalled
from samspill.governance.states import FollowUpState, ForwardingReason, Outcome
from samspill.governance.states.follow_ups import Stuck


@pytest.fixture
def secretariat(bodies: Bodies) -> Actor:
    return actor("ostfold", name="Randi Høgåsen")


@pytest.fixture
def halden(bodies: Bodies) -> FollowUp:
    return followed(point_of(decided(bodies)), party("Halden"))


def test_who_helps_is_set_on_the_page(halden: FollowUp, bodies: Bodies, secretariat: Actor) -> None:
    client = signed_in(secretariat)
    sent = {"helpers": [f"party:{party('Moss').pk}", f"body:{bodies.fsu.pk}"]}
    assert client.post(f"/oppfolging/{halden.pk}/medhjelpere/", sent).status_code == 303
    page = text_of(client.get(f"/oppfolging/{halden.pk}/"))
    assert "Hvem hjelper til FSU-P Moss" in page
    refused = signed_in(acting_for("Halden")).post(f"/oppfolging/{halden.pk}/medhjelpere/", sent)
    assert refused.status_code == 403


def test_a_newer_decision_that_was_chosen_ends_it_and_stands_on_the_page(
    halden: FollowUp, bodies: Bodies, secretariat: Actor
) -> None:
    client = signed_in(secretariat)
    here = f"/oppfolging/{halden.pk}/"
    missing = client.post(f"{here}avslutt/", {"decision": "", "state": "dropped"})
    assert missing.status_code == 422
    assert "Bare et vedtak kan avslutte" in text_of(missing)
    newer = decided(bodies, day=DECIDED_ON + timedelta(days=20), number=9)
    assert client.post(f"{here}avslutt/", {"decision": newer.pk, "state": "dropped"}).status_code == 303
    assert "Avsluttet med vedtaket SSU-P 9/26." in text_of(client.get(here))
    halden.refresh_from_db()
    assert halden.state == FollowUpState.DROPPED


def test_what_stands_still_is_found_with_why(bodies: Bodies, secretariat: Actor) -> None:
    late = followed(point_of(decided(bodies)), party("Halden"), due=TODAY - timedelta(days=60))
    put_off = queued_case(bodies, bodies.fsu, number=2, title="Utsatt sak")
    Treatment.objects.filter(pk=put_off.pk).update(postponed=3)
    waits = queued_case(bodies, bodies.fsu, number=3, title="Ventende sak")
    long_ago = timezone.make_aware(datetime(2026, 8, 1, 12))
    Case.objects.filter(pk=waits.case_id).update(reported_at=long_ago)
    asked = queued_case(bodies, bodies.fsu, number=4, title="Løftet sak")
    meeting = meeting_of(bodies.fsu, day=TODAY - timedelta(days=61))
    up = PassOn(ForwardingReason.ECONOMY, "Det koster for mye.")
    treat(put_on(meeting, asked, by=bodies.by), Outcome.ESCALATED, by=bodies.by, pass_on=up)
    found = {one.why: one for one in stalled(secretariat)}
    assert found[Stuck.POSTPONED].count == 3
    assert found[Stuck.OVERDUE].about.id == late.pk
    assert (found[Stuck.UNANSWERED].title, found[Stuck.UNANSWERED].who) == ("Løftet sak", "SSU-P")
    assert found[Stuck.NO_MEETING].title == "Ventende sak"
    page = text_of(signed_in(secretariat).get("/oppfolging/star-fast/"))
    assert "Fire ting står fast." in page
    assert "utsatt 3 ganger" in page
    assert "i 61 dager" in page


@pytest.mark.parametrize("days", [59, 60])
def test_sixty_days_late_is_the_border(bodies: Bodies, secretariat: Actor, days: int) -> None:
    followed(point_of(decided(bodies)), party("Halden"), due=TODAY - timedelta(days=days))
    assert len(stalled(secretariat)) == (days == 60)
