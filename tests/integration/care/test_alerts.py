"""One alert, one owner: who answers for it is known at every moment, and each step is kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from factories.care import HALDEN, CareWorld, nurse
from factories.measuring import ASTRID, value, watch
from samspill.care.actions import alerting
from samspill.care.actions.opening import opening, opening_by_duty, opening_list
from samspill.care.models import Alert, AlertStep, ListRow
from samspill.directory.public import Actor, scope
from samspill.refusal import Refused


@pytest.fixture
def alert(world: CareWorld) -> Alert:
    watch(world)
    value(world, "75")
    with scope(world.machine), opening_by_duty(by=world.machine):
        return Alert.objects.get()


def as_nurse(world: CareWorld, who: Actor, act: str, alert: Alert, **said: object) -> Alert:
    with scope(who), opening(alert.patient_id, by=who, what="care.alert", act="write"):
        return getattr(alerting, act)(alert, by=who, **said)


def refused(world: CareWorld, who: Actor, act: str, alert: Alert, **said: object) -> str:
    """The code it is refused with."""
    with pytest.raises(Refused) as told:
        as_nurse(world, who, act, alert, **said)
    return told.value.code


def test_from_raised_to_closed_every_step_is_kept_with_its_hand(world: CareWorld, alert: Alert) -> None:
    ida = world.nurses["Service"]
    as_nurse(world, ida, "see", alert)
    as_nurse(world, ida, "see", alert)
    taken = as_nurse(world, ida, "take", alert)
    assert (taken.owner_id, taken.escalates) == (ida.account_id, None)
    as_nurse(world, ida, "acknowledge", alert, note="Ringt datteren", tells_patient=True)
    as_nurse(world, ida, "act_on", alert, note="Ekstra vanndrivende i tre dager")
    closed = as_nurse(world, ida, "close", alert, note="Vekten er nede")
    assert closed.state == "closed"
    with scope(ida), opening(alert.patient_id, by=ida, what="care.alert"):
        steps = list(AlertStep.objects.values_list("act", "by_name"))
        assert steps == [
            ("raised", "Samspill"),
            *((act, "Ida Strand") for act in ("seen", "taken", "acknowledged", "acted", "closed")),
        ]
        assert not ListRow.objects.exists()


def test_only_one_has_it_and_the_other_is_told_so(world: CareWorld, alert: Alert) -> None:
    ida, per = world.nurses["Service"], nurse(world, "Service", "Per Holm")
    as_nurse(world, ida, "take", alert)
    assert refused(world, per, "take", alert) == "alert.taken"
    as_nurse(world, ida, "let_go", alert)
    assert as_nurse(world, per, "take", alert).owner_id == per.account_id


def test_who_is_not_in_the_team_that_answers_can_do_nothing(world: CareWorld, alert: Alert) -> None:
    kari = world.nurses["Ward"]
    with pytest.raises(Exception, match="does not exist"):
        as_nurse(world, kari, "take", alert)


def test_an_alert_is_not_closed_before_somebody_has_it_nor_without_words(
    world: CareWorld, alert: Alert
) -> None:
    ida = world.nurses["Service"]
    assert refused(world, ida, "close", alert, note="Ferdig") == "alert.state"
    as_nurse(world, ida, "take", alert)
    assert refused(world, ida, "close", alert, note=" ") == "alert.note"


def test_a_new_value_outside_after_the_end_is_a_new_alert_that_knows_the_former(
    world: CareWorld, alert: Alert
) -> None:
    ida = world.nurses["Service"]
    as_nurse(world, ida, "take", alert)
    as_nurse(world, ida, "close", alert, note="Feil måling")
    value(world, "76", hours_ago=0)
    with scope(ida), opening(alert.patient_id, by=ida, what="care.alert"):
        first, second = Alert.objects.order_by("pk")
        assert (first.state, second.state, second.former) == ("closed", "raised", first)


def test_invariant_4_what_nobody_takes_is_told_further_by_the_clock_in_the_database(
    world: CareWorld, alert: Alert
) -> None:
    assert alert.escalates is not None
    before, after = alert.escalates - timedelta(seconds=1), alert.escalates + timedelta(seconds=1)
    with scope(world.machine), opening_by_duty(by=world.machine):
        assert alerting.escalate_due(now=before, by=world.machine) == 0
        assert alerting.escalate_due(now=after, by=world.machine) == 1
        assert alerting.escalate_due(now=after, by=world.machine) == 0
        held = Alert.objects.get()
        assert held.level == 1
        assert held.escalates is not None
        assert held.escalates > after
        assert alerting.escalate_due(now=after + timedelta(hours=9), by=world.machine) == 1
        assert Alert.objects.get().escalates is None, "the last level is a role that is always staffed"


def test_yellow_that_turns_red_starts_the_clock_of_red(world: CareWorld) -> None:
    watch(world)
    value(world, "71", hours_ago=2)
    with scope(world.machine), opening_by_duty(by=world.machine):
        slow = Alert.objects.get().escalates
    value(world, "75", hours_ago=1)
    with scope(world.machine), opening_by_duty(by=world.machine):
        held = Alert.objects.get()
        assert held.severity == "red"
        assert held.escalates is not None
        assert slow is not None
        assert held.escalates < slow


def test_invariant_30_responsibility_moves_when_it_is_accepted_and_not_before(
    world: CareWorld, alert: Alert
) -> None:
    ida = world.nurses["Service"]
    world.teams["Halden"] = home_nursing(world)
    hanne = nurse(world, "Halden", "Hanne Lie")
    as_nurse(world, ida, "take", alert)
    offered = as_nurse(world, ida, "propose", alert, to=world.teams["Halden"], note="Trenger besøk")
    assert offered.team_id == world.teams["Service"].pk
    moved = as_nurse(world, hanne, "accept", alert)
    assert (moved.team_id, moved.owner_id, moved.state) == (world.teams["Halden"].pk, None, "raised")
    assert moved.escalates is not None
    with scope(ida), opening_list(world.teams["Service"], by=ida):
        assert not ListRow.objects.exists()
    with scope(hanne), opening_list(world.teams["Halden"], by=hanne):
        assert [one.name for one in ListRow.objects.all()] == [ASTRID]


def home_nursing(world: CareWorld):  # type: ignore[no-untyped-def]
    """In Halden, which follows Astrid too."""
    from factories.care import LONG_AGO, follow
    from samspill.care.models import CareTeam

    with scope(world.machine):
        team = CareTeam.objects.create(
            community=world.community,
            tenant=world.parties[HALDEN],
            kind="home_nursing",
            name="Halden",
            starts=LONG_AGO,
        )
    world.teams["Halden"] = team
    follow(world, ASTRID, "Halden", tenant=HALDEN)
    return team


def test_the_list_of_a_team_is_the_narrow_set_of_its_own(world: CareWorld, alert: Alert) -> None:
    ida, nina = world.nurses["Service"], world.nurses["Moss"]
    with scope(ida), opening_list(world.teams["Service"], by=ida):
        (row,) = ListRow.objects.all()
        assert (row.name, row.severity, row.alerts, row.kinds) == (ASTRID, "red", 1, ["outside"])
        assert not Alert.objects.exists(), "the alert itself is opened with the patient"
    with scope(nina), opening_list(world.teams["Moss"], by=nina):
        assert not ListRow.objects.exists()


def test_a_clock_that_is_not_there_is_no_alert_that_is_lost(world: CareWorld, alert: Alert) -> None:
    """Everything open has a team, and what nobody has taken has a clock."""
    with scope(world.machine), opening_by_duty(by=world.machine):
        for one in Alert.objects.exclude(state="closed"):
            assert one.team_id
            assert (one.owner_id is None) == (one.escalates is not None)
            assert one.raised <= timezone.now()
