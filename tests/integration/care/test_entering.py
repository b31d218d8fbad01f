"""One door for what people enter: kept once in each record that watches it, by who may, and answered for."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from factories.care import LONG_AGO, CareWorld
from factories.entering import entered, on_duty
from factories.measuring import ASTRID, LIMITS, ODD, WEIGHT, watch
from factories.safety_net import Family, refused_in
from samspill.care.actions import entering
from samspill.care.actions.entering import enter
from samspill.care.actions.undoing import undo
from samspill.care.carrying import deciding
from samspill.care.models import (
    AccessLogEntry,
    Alert,
    Block,
    Entry,
    Invalidation,
    ListRow,
    Measurement,
    RelatedPerson,
    SetAside,
    TriageResult,
)
from samspill.directory.public import scope
from samspill.refusal import Refused


def test_the_daughters_weight_outside_is_one_measurement_and_one_alert_of_the_service(
    world: CareWorld, home: Family
) -> None:
    watch(world)
    result = entered(world, home.daughter, "72,6", how="relative")
    with on_duty(world):
        measurement, alert = Measurement.objects.get(), Alert.objects.get()
        assert (measurement.value, measurement.unit, measurement.entered) == ("72.6", "kg", "relative")
        assert (measurement.by_name, measurement.by_id) == ("Mona Lunde", home.daughter.account_id)
        assert (alert.team, alert.severity) == (world.teams["Service"], "red")
        assert ListRow.objects.get().severity == "red"
        assert [one.pk for one in result.kept] == [measurement.pk]
        assert AccessLogEntry.objects.filter(what="care.entry", act="write").count() == 0, (
            "hers alone to read"
        )
    with scope(home.daughter):
        assert AccessLogEntry.objects.filter(what="care.entry", act="write").exists()


@pytest.mark.parametrize(
    ("who", "how"),
    [("astrid", "patient"), ("daughter", "relative"), ("Service", "staff"), ("Service", "phone"),
     ("Service", "file"), ("astrid", "file"), ("daughter", "file")],
)  # fmt: skip
def test_each_way_in_is_kept_as_what_it_is(world: CareWorld, home: Family, who: str, how: str) -> None:
    watch(world)
    by = world.nurses.get(who) or getattr(home, who)
    entered(world, by, "66", how=how, told_by="Mona" if how == "phone" else "")
    with on_duty(world):
        assert Measurement.objects.get().entered == how
        assert Entry.objects.get().told_by == ("Mona" if how == "phone" else "")


@pytest.mark.parametrize(
    ("who", "how", "code"),
    [
        ("daughter", "patient", "access.no_relation"),
        ("astrid", "relative", "access.no_relation"),
        ("astrid", "staff", "access.right"),
        ("Service", "patient", "access.no_relation"),
        ("Moss", "staff", "access.no_relation"),
        ("astrid", "system", "entering.way"),
    ],
)
def test_nobody_enters_as_another(world: CareWorld, home: Family, who: str, how: str, code: str) -> None:
    watch(world)
    by = world.nurses.get(who) or getattr(home, who)
    values = {WEIGHT: "66"}
    told = refused_in(by, enter, world.patients[ASTRID].pk, values, effective=timezone.now(), entered=how)
    assert told == code
    with on_duty(world):
        assert not Measurement.objects.exists()


def test_a_relative_who_may_see_and_not_enter_is_told_so(world: CareWorld, home: Family) -> None:
    watch(world)
    with scope(world.machine), deciding(world.patients[ASTRID].pk):
        RelatedPerson.objects.filter(pk=home.near.pk).update(may_enter=False)
    with pytest.raises(Refused) as told:
        entered(world, home.daughter, "66", how="relative")
    assert (told.value.code, told.value.forbidden) == ("entering.not_near", True)


def test_a_service_without_the_right_to_measure_enters_nothing(world: CareWorld, home: Family) -> None:
    watch(world)
    with scope(world.machine):
        assert world.agreement is not None
        world.agreement.rights = ["read", "answer"]
        world.agreement.save()
    with pytest.raises(Refused):
        entered(world, world.nurses["Service"], "66", how="staff")


def test_sent_twice_with_the_same_key_it_is_entered_once(world: CareWorld, home: Family) -> None:
    watch(world)
    first = entered(world, home.astrid, {WEIGHT: "75"}, key="a-1")
    later = timezone.now() + timedelta(minutes=5)
    again = entered(world, home.astrid, {WEIGHT: "75"}, key="a-1", effective=later)
    other = entered(world, home.daughter, {WEIGHT: "66"}, key="a-1", how="relative")
    assert (first.is_repeat, again.is_repeat, other.is_repeat) == (False, True, False)
    assert [one.pk for one in again.kept] == [one.pk for one in first.kept]
    with on_duty(world):
        assert Measurement.objects.count() == 2
        assert Alert.objects.count() == 1


def test_a_key_is_remembered_for_what_was_set_aside_too(world: CareWorld, home: Family) -> None:
    watch(world)
    entered(world, home.astrid, "720", key="b")
    again = entered(world, home.astrid, "720", key="b")
    assert again.is_repeat
    assert len(again.aside) == 1
    with on_duty(world):
        assert SetAside.objects.count() == Alert.objects.count() == 1


def test_invariant_8_two_organisations_that_watch_have_one_measurement_each_in_their_own_record(
    world: CareWorld, home: Family
) -> None:
    watch(world)
    watch(world, team="Ward", rule={"yellow_high": "74"})
    entered(world, home.astrid, "73")
    with on_duty(world):
        found = {one.tenant_id: one.triage.colour for one in Measurement.objects.select_related("triage")}
        assert sorted(found.values()) == ["green", "red"]
        assert [one.team for one in Alert.objects.all()] == [world.teams["Service"]]


def test_of_two_teams_in_one_record_the_one_whose_limits_it_is_outside_of_has_it(
    world: CareWorld, home: Family
) -> None:
    second_team(world)
    entered(world, home.astrid, "71")
    with on_duty(world):
        measurement = Measurement.objects.get()
        assert measurement.triage.colour == "yellow"
        assert Alert.objects.get().team == world.teams["Halden"]
    entered(world, home.astrid, "66")
    with on_duty(world):
        last = Measurement.objects.order_by("pk").last()
        assert last is not None
        assert last.indicator is not None
        assert last.indicator.episode.team == world.teams["Service"], "inside for both: the nearest has it"


def second_team(world: CareWorld) -> None:
    """Home nursing in Halden follows Astrid too, with narrower limits than the service."""
    from factories.care import HALDEN, follow
    from samspill.care.models import CareTeam

    watch(world, rule={"yellow_high": "75"})
    with scope(world.machine):
        world.teams["Halden"] = CareTeam.objects.create(
            community=world.community, tenant=world.parties[HALDEN], kind="home_nursing", name="Halden",
            starts=LONG_AGO,
        )  # fmt: skip
    follow(world, ASTRID, "Halden", tenant=HALDEN)
    watch(world, team="Halden", rule=LIMITS)


def test_a_nurse_enters_in_the_record_that_is_open_to_her(world: CareWorld, home: Family) -> None:
    watch(world)
    entered(world, world.nurses["Ward"], "75", how="staff")
    with on_duty(world):
        alert = Alert.objects.get()
        assert (alert.kind, alert.team) == ("unexpected", world.teams["Ward"])


def test_what_nobody_asked_for_is_told_to_the_nearest_team(world: CareWorld, home: Family) -> None:
    watch(world)
    entered(world, home.astrid, {"8867-4": "88"})
    with on_duty(world):
        alert = Alert.objects.get()
        assert (alert.kind, alert.team) == ("unexpected", world.teams["Service"])


@pytest.mark.parametrize(
    ("code", "unit", "said", "kept"),
    [
        (WEIGHT, "kg", "72,50", "72.5"),
        (WEIGHT, "kg", 72.5, "72.5"),
        (WEIGHT, "kg", Decimal("72.0"), "72"),
        (WEIGHT, "kg", ("160", "lb"), "72.6"),
        ("8310-5", "Cel", "101,3 F", "38.5"),
        ("8310-5", "Cel", {"value": "38,2", "unit": "°C"}, "38.2"),
        ("85354-9", "mm[Hg]", "135/85", {"8480-6": "135", "8462-4": "85"}),
        ("85354-9", "mm[Hg]", "18/11,3 kPa", {"8480-6": "135", "8462-4": "85"}),
        ("59408-5", "%", "91", "91"),
    ],
)
def test_a_value_is_read_as_people_write_it_and_kept_in_our_unit(
    world: CareWorld, home: Family, code: str, unit: str, said: object, kept: object
) -> None:
    watch(world, code=code, rule=None)
    result = entered(world, home.astrid, {code: said})
    assert [(one.value, one.unit) for one in result.kept] == [(kept, unit)]


def test_an_answer_has_the_colour_of_its_words(world: CareWorld, home: Family) -> None:
    asked(world)
    result = entered(world, home.astrid, {"heart_failure.breath": "red"})
    with on_duty(world):
        assert TriageResult.objects.get(measurement=result.kept[0]).colour == "red"


def asked(world: CareWorld) -> None:
    indicator = watch(world, code="heart_failure.breath", rule={"answers": {"green": "green", "red": "red"}})
    with on_duty(world):
        type(indicator).objects.filter(pk=indicator.pk).update(kind="asked", unit="")


def test_a_measurement_of_this_morning_has_the_limits_of_this_morning(world: CareWorld, home: Family) -> None:
    watch(world)
    before = timezone.now() - timedelta(hours=6)
    result = entered(world, home.astrid, "66", effective=before.isoformat())
    with on_duty(world):
        assert Measurement.objects.get(pk=result.kept[0].pk).effective == before


def test_a_slip_is_taken_back_by_the_same_hand_and_the_alert_tells_of_it(
    world: CareWorld, home: Family
) -> None:
    watch(world)
    pk = world.patients[ASTRID].pk
    result = entered(world, home.astrid, "92")
    now = timezone.now()
    assert refused_in(home.daughter, undo, pk, result.entries, now=now) == "entering.not_yours"
    late = now + timedelta(hours=1)
    assert refused_in(home.astrid, undo, pk, result.entries, now=late) == "entering.too_late"
    with scope(home.astrid):
        assert len(undo(pk, result.entries, by=home.astrid, now=now)) == 1
    with on_duty(world):
        assert Measurement.objects.get().value == "92"
        assert Invalidation.objects.count() == 1
        alert = Alert.objects.get()
        assert alert.cleared is not None
        assert alert.state == "raised", "the team ends it"
    with scope(home.astrid):
        assert undo(pk, result.entries, by=home.astrid, now=now) == []


def test_a_value_taken_back_leaves_the_one_before_on_the_alert(world: CareWorld, home: Family) -> None:
    watch(world)
    first = entered(world, home.astrid, "75", effective=timezone.now() - timedelta(hours=1))
    second = entered(world, home.astrid, "92")
    with scope(home.astrid):
        undo(world.patients[ASTRID].pk, second.entries, by=home.astrid, now=timezone.now())
    with on_duty(world):
        alert = Alert.objects.get()
        assert (alert.measurement_id, alert.cleared) == (first.kept[0].pk, None)


def test_nothing_is_entered_where_nobody_follows(world: CareWorld, home: Family) -> None:
    with on_duty(world):
        for one in world.episodes.values():
            one.state = "finished"
            one.save()
    with pytest.raises(Refused) as told:
        entered(world, home.astrid, "66")
    assert told.value.code == "entering.nobody_follows"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda values: values.clear(), "entering.nothing"),
        (lambda values: values.update({str(n): "1" for n in range(50)}), "entering.too_many"),
    ],
)
def test_nothing_and_too_much_are_refused(
    world: CareWorld, home: Family, change: Callable[[dict[str, object]], None], code: str
) -> None:
    values: dict[str, object] = {WEIGHT: "66"}
    change(values)
    with pytest.raises(Refused) as told:
        entered(world, home.astrid, values)
    assert told.value.code == code


def test_the_patient_of_another_is_not_found(world: CareWorld, home: Family) -> None:
    told = refused_in(
        home.astrid,
        enter,
        world.patients[ODD].pk,
        {WEIGHT: "66"},
        effective=timezone.now(),
        entered="patient",
    )
    assert told == "access.no_relation"


def test_the_same_sent_twice_at_the_same_moment_is_entered_once(
    world: CareWorld, home: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second looks before the first is kept, and meets it when it is to be kept itself."""
    watch(world)
    at = timezone.now()
    entered(world, home.astrid, "75", key="twice", effective=at)
    seen = iter([None])
    really = entering._before
    monkeypatch.setattr(entering, "_before", lambda *given: next(seen, really(*given)))
    again = entered(world, home.astrid, "76", key="twice", effective=at)
    assert again.is_repeat
    with on_duty(world):
        assert Measurement.objects.get().value == "75"
        assert Alert.objects.count() == Entry.objects.count() == 1


def test_a_team_that_is_blocked_has_nothing_to_answer_for(world: CareWorld, home: Family) -> None:
    watch(world)
    watch(world, team="Ward", rule={"yellow_high": "80"})
    with scope(world.machine), deciding(world.patients[ASTRID].pk):
        Block.objects.create(
            community=world.community, patient=world.patients[ASTRID], against="team",
            team=world.teams["Service"], kinds=["measurements"], from_day=LONG_AGO,
        )  # fmt: skip
    entered(world, home.astrid, "75")
    with on_duty(world):
        one = Measurement.objects.select_related("indicator__episode__team").get()
        assert one.indicator is not None
        assert one.indicator.episode.team == world.teams["Ward"]
        assert not Alert.objects.exists()
