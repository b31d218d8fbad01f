"""The patient's no is to the person: no other team, no kinship and nothing that is over leads round it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from factories.care import LONG_AGO, CareWorld
from factories.followed import TODAY
from factories.measuring import value, watch
from factories.pages import signed_in
from factories.safety_net import ASTRID, Family
from samspill.care.actions.alerting import raise_alert
from samspill.care.actions.deciding import Wish
from samspill.care.actions.emergency import begin_emergency, end_emergency
from samspill.care.actions.finding import find_by_name
from samspill.care.actions.opening import opening, opening_by_duty, opening_list
from samspill.care.carrying import carrying, deciding
from samspill.care.models import (
    AccessDecision,
    Alert,
    Block,
    CareEpisode,
    ListRow,
    Measurement,
    Patient,
    RelatedPerson,
    TeamMembership,
)
from samspill.directory.public import Actor, scope
from samspill.refusal import Refused

NBSP = "\u00a0"
WORDS = {"reason_code": "danger_to_life", "reason": "Funnet bevisstløs hjemme"}


def works_also(world: CareWorld, who: Actor, team: str, **said: Any) -> None:
    with scope(world.machine):
        TeamMembership.objects.create(
            community=world.community, team=world.teams[team], account_id=who.account_id, function="nurse",
            **{"from_day": LONG_AGO, **said},
        )  # fmt: skip


def say_no(world: CareWorld, against: str, kinds: tuple[str, ...] = (), **target: Any) -> None:
    pk = world.patients[ASTRID].pk
    with scope(world.machine), deciding(pk):
        Block.objects.create(
            community=world.community, patient_id=pk, against=against, kinds=list(kinds), from_day=LONG_AGO,
            **target,
        )  # fmt: skip


def code(world: CareWorld, who: Actor) -> str:
    with scope(who):
        try:
            with opening(world.patients[ASTRID].pk, by=who, what="care.patient"):
                return ""
        except Refused as refused:
            return refused.code


@pytest.mark.parametrize("against", ["team", "tenant"])
def test_invariant_19_one_team_is_no_way_round_a_block_against_another(
    world: CareWorld, against: str
) -> None:
    both, ward = world.nurses["Service"], world.teams["Ward"]
    works_also(world, both, "Ward")
    assert code(world, both) == ""
    say_no(world, against, **({"team": ward} if against == "team" else {"tenant": ward.tenant}))
    assert code(world, both) == "access.blocked"
    assert signed_in(both).get(f"/pasienter/{world.patients[ASTRID].pk}/").status_code == 403
    with scope(both):
        assert find_by_name("", by=both) == []


def test_who_has_left_the_team_is_none_of_those_it_is_against(world: CareWorld) -> None:
    service = world.nurses["Service"]
    works_also(world, service, "Ward", to_day=LONG_AGO + timedelta(days=1))
    say_no(world, "team", team=world.teams["Ward"])
    assert code(world, service) == ""


def test_somebody_near_who_works_there_is_not_let_in_as_kin(world: CareWorld, home: Family) -> None:
    assert code(world, home.daughter) == ""
    works_also(world, home.daughter, "Moss")
    say_no(world, "team", team=world.teams["Moss"])
    assert code(world, home.daughter) == "access.no_relation"
    assert code(world, home.astrid) == ""


@pytest.mark.parametrize("part", ["notes", "measurements"])
def test_a_part_is_hidden_in_every_team_and_the_database_holds_the_decision_to_it(
    world: CareWorld, part: str
) -> None:
    both, pk = world.nurses["Service"], world.patients[ASTRID].pk
    works_also(world, both, "Ward")
    say_no(world, "team", (part,), team=world.teams["Ward"])
    with scope(both), opening(pk, by=both, what="care.patient") as opened:
        assert len(opened.decisions) == 2
        assert all(one.hidden_parts == [part] for one in opened.decisions)
        assert opened.hides(part)
    episode = world.episodes[ASTRID, "Service"]
    says: dict[str, Any] = {
        "community": world.community, "by_id": both.account_id, "by_name": both.name, "patient_id": pk,
        "team": episode.team, "purpose": "TREAT", "basis": "service_agreement", "episode": episode,
        "agreement": world.agreement, "tenants": [episode.tenant_id], "is_chosen": True,
        "expires_at": Now() + timedelta(minutes=30),
    }  # fmt: skip
    with scope(both):
        with pytest.raises(IntegrityError, match="must rest on"), transaction.atomic():
            AccessDecision.objects.create(**says)
        AccessDecision.objects.create(**says, hidden_parts=[part])


def test_a_page_about_one_part_hides_what_is_blocked_of_the_others(world: CareWorld) -> None:
    ward = world.nurses["Ward"]
    say_no(world, "team", ("safety_net",), team=world.teams["Ward"])
    wish = Wish(part="measurements")
    with scope(ward), opening(world.patients[ASTRID].pk, by=ward, what="care.enter", wish=wish) as opened:
        assert opened.hides("safety_net")


def test_invariant_18_emergency_access_that_is_ended_opens_nothing_in_the_database_either(
    world: CareWorld,
) -> None:
    nurse, pk = world.nurses["Moss"], world.patients[ASTRID].pk
    with scope(nurse):
        (decision,) = begin_emergency(pk, by=nurse, **WORDS)
        with carrying(decision.pk):
            assert Patient.objects.filter(pk=pk).exists()
        end_emergency(pk, by=nurse)
        with carrying(decision.pk):
            assert not Patient.objects.filter(pk=pk).exists()


def test_a_name_is_found_on_the_days_of_the_episode(world: CareWorld) -> None:
    service, today = world.nurses["Service"], TODAY
    episode, day = world.episodes[ASTRID, "Service"], timedelta(days=1)
    days = {(LONG_AGO, None): 1, (today, today): 1, (today + day, None): 0, (LONG_AGO, today - day): 0}
    for (first, last), found in days.items():
        with scope(world.machine), opening_by_duty(by=world.machine):
            CareEpisode.objects.filter(pk=episode.pk).update(from_day=first, to_day=last)
        with scope(service):
            assert len(find_by_name("astrid", by=service)) == found, (first, last)
            assert len(find_by_name("", by=service)) == found


def told_by(world: CareWorld, who: Actor) -> set[str]:
    """The kinds of alert that stand on the list of the service, as the page shows them."""
    html = signed_in(who).get("/pasienter/").content.decode().casefold()
    words = {"outside": f"75{NBSP}kg", "message": "melding til teamet"}
    return {kind for kind, said in words.items() if said in html}


@pytest.mark.parametrize(
    ("kinds", "seen"),
    [
        ((), {"outside", "message"}),
        (("notes",), {"outside", "message"}),
        (("measurements",), {"message"}),
        (("messages",), {"outside"}),
        (("measurements", "messages"), set()),
    ],
)
def test_the_list_and_the_page_tell_no_alert_about_what_is_blocked(
    world: CareWorld, kinds: tuple[str, ...], seen: set[str]
) -> None:
    service, episode = world.nurses["Service"], world.episodes[ASTRID, "Service"]
    watch(world)
    value(world, "75")
    with scope(world.machine), opening_by_duty(by=world.machine):
        raise_alert(episode, None, kind="message", severity="none", by=world.machine)
        values = list(Measurement.objects.values_list("alerts", flat=True))
    if kinds:
        say_no(world, "team", kinds, team=world.teams["Service"])
    assert told_by(world, service) == seen
    with scope(service), opening_list(world.teams["Service"], by=service):
        assert ListRow.objects.exists() == bool(seen)
    client, pk = signed_in(service), world.patients[ASTRID].pk
    html = client.get(f"/pasienter/{pk}/").content.decode()
    assert (f"/varsler/{values[0]}/" in html) == ("outside" in seen)
    step = client.get(f"/pasienter/{pk}/varsler/{values[0]}/lukk/")
    assert (step.status_code == 200) == ("outside" in seen)


def test_a_relative_who_is_let_in_is_still_let_in_when_others_are_blocked(
    world: CareWorld, home: Family
) -> None:
    say_no(world, "team", team=world.teams["Ward"])
    assert code(world, home.daughter) == ""
    with scope(world.machine), deciding(world.patients[ASTRID].pk):
        RelatedPerson.objects.filter(pk=home.near.pk).update(may_see=False)
    assert code(world, home.daughter) == "access.no_relation"


def test_emergency_access_passes_a_block_in_its_own_record_and_not_in_another_beside_it(
    world: CareWorld,
) -> None:
    """The service follows Astrid in the record of Halden; its emergency access opens Fredrikstad's."""
    service, ward, pk = world.nurses["Service"], world.nurses["Ward"], world.patients[ASTRID].pk
    for team in ("Service", "Ward"):
        watch(world, team=team)
        value(world, "75", team=team)
        say_no(world, "team", ("measurements",), team=world.teams[team])
    for who, seen in ((service, 0), (ward, 1)):
        with scope(who):
            begin_emergency(pk, by=who, **WORDS)
            with opening(pk, by=who, what="care.patient") as opened:
                assert not opened.hides("measurements")
                assert Measurement.objects.count() == seen
                assert Alert.objects.count() == seen
                assert CareEpisode.objects.count() == 1
