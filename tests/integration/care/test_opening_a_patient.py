"""Who may look is decided, kept and logged before anything is read."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from factories.care import HALDEN, HOSPITAL, LONG_AGO, MOSS, CareWorld
from factories.people import TODAY, member
from samspill.care.actions.deciding import READ, Wish
from samspill.care.actions.opening import opening, opening_by_duty, opening_list, write_listed
from samspill.care.carrying import deciding
from samspill.care.models import AccessDecision, AccessLogEntry, Block, CareEpisode, Patient, RelatedPerson
from samspill.directory.public import Actor, acting_as, scope
from samspill.refusal import Refused

ASTRID, ODD = "Astrid Lunde", "Odd Nilsen"
GLASS = Wish(purpose="BTG", reason_code="danger_to_life", reason="Funnet bevisstløs, ukjent medisin")


def citizen(world: CareWorld, name: str) -> Actor:
    account = member("ostfold", "citizen", name=name, email=f"{name.split()[0].lower()}@hjemme.example")
    return replace(acting_as(account, today=TODAY, community_id=world.community.pk), level=4)


def codes(world: CareWorld, who: Actor, name: str, wish: Wish = READ) -> str:
    with scope(who):
        try:
            with opening(world.patients[name].pk, by=who, what="care.patient", wish=wish):
                return ""
        except Refused as refused:
            return refused.code


@pytest.mark.parametrize(
    ("team", "name", "basis", "tenant"),
    [
        ("Ward", ASTRID, "care_team", HOSPITAL),
        ("Service", ASTRID, "service_agreement", HALDEN),
        ("Moss", ODD, "care_team", MOSS),
    ],
)
def test_who_follows_the_patient_sees_it_and_it_is_logged(
    world: CareWorld, team: str, name: str, basis: str, tenant: str
) -> None:
    nurse = world.nurses[team]
    with scope(nurse), opening(world.patients[name].pk, by=nurse, what="care.patient") as opened:
        assert str(opened.patient) == name
        assert [(one.basis, one.tenants) for one in opened.decisions] == [(basis, [world.parties[tenant].pk])]
        entry = AccessLogEntry.objects.get()
        assert (entry.by_name, entry.team_name, entry.tenant_name, entry.what, entry.act) == (
            nurse.name,
            team,
            str(world.teams[team].tenant),
            "care.patient",
            "read",
        )


@pytest.mark.parametrize(("team", "name"), [("Ward", ODD), ("Service", ODD), ("Moss", ASTRID)])
def test_who_does_not_follow_is_refused_and_learns_nothing(world: CareWorld, team: str, name: str) -> None:
    assert codes(world, world.nurses[team], name) == "access.no_relation"
    with scope(world.nurses[team]):
        with pytest.raises(Refused) as unknown, opening(10**9, by=world.nurses[team], what="care.patient"):
            pass
        assert unknown.value.code == "access.no_relation", "somebody unknown is refused with the same words"
        assert not AccessDecision.objects.exists()


def test_a_low_security_level_opens_nothing(world: CareWorld) -> None:
    assert codes(world, replace(world.nurses["Ward"], level=3), ASTRID) == "access.level"


def test_a_second_look_rests_on_the_same_decision_and_is_logged_again(world: CareWorld) -> None:
    nurse = world.nurses["Ward"]
    for _ in range(2):
        assert codes(world, nurse, ASTRID) == ""
    with scope(nurse):
        assert AccessDecision.objects.count() == 1
        assert AccessLogEntry.objects.count() == 2


def test_a_block_holds_from_the_moment_it_is_made_also_for_who_looked_before(world: CareWorld) -> None:
    nurse, astrid = world.nurses["Ward"], world.patients[ASTRID]
    assert codes(world, nurse, ASTRID) == ""
    with scope(world.machine), deciding(astrid.pk):
        made = Block.objects.create(
            community=world.community,
            patient=astrid,
            against="person",
            account_id=nurse.account_id,
            from_day=LONG_AGO,
        )
    assert codes(world, nurse, ASTRID) == "access.blocked"
    assert codes(world, nurse, ASTRID, GLASS) == ""
    with scope(world.machine), deciding(astrid.pk):
        Block.objects.filter(pk=made.pk).update(lifted_on=TODAY)
    assert codes(world, nurse, ASTRID) == ""


def test_an_episode_that_ended_gives_no_access(world: CareWorld) -> None:
    with scope(world.machine), deciding(world.patients[ASTRID].pk):
        CareEpisode.objects.filter(team=world.teams["Ward"]).update(
            state="finished", to_day=LONG_AGO + timedelta(days=9)
        )
    assert codes(world, world.nurses["Ward"], ASTRID) == "access.no_relation"


def test_emergency_access_needs_words_and_opens_ones_own_organisations_record(world: CareWorld) -> None:
    nurse = world.nurses["Moss"]
    assert codes(world, nurse, ASTRID, Wish(purpose="BTG", reason_code="danger_to_life")) == "access.reason"
    assert codes(world, nurse, ASTRID, Wish(purpose="BTG", reason="Bevisstløs på gulvet")) == "access.reason"
    with (
        scope(nurse),
        opening(world.patients[ASTRID].pk, by=nurse, what="care.patient", wish=GLASS) as opened,
    ):
        assert {one.basis for one in opened.decisions} == {"break_glass"}
        assert opened.tenants == {world.parties[MOSS].pk}
        assert str(opened.patient) == ASTRID
        assert not CareEpisode.objects.exists(), "what others have written is still theirs"


def test_the_patient_sees_their_own_record_and_who_looked(world: CareWorld) -> None:
    astrid = citizen(world, "Astrid Lunde")
    with scope(world.machine), deciding(world.patients[ASTRID].pk):
        Patient.objects.filter(pk=world.patients[ASTRID].pk).update(account_id=astrid.account_id)
    assert codes(world, world.nurses["Ward"], ASTRID) == ""
    with scope(astrid), opening(world.patients[ASTRID].pk, by=astrid, what="care.own") as opened:
        assert opened.tenants == {world.parties[HOSPITAL].pk, world.parties[HALDEN].pk}
        names = set(AccessLogEntry.objects.values_list("by_name", flat=True))
        assert names == {"Kari Vold", "Astrid Lunde"}
    assert codes(world, astrid, ODD) == "access.no_relation"


def test_a_daughter_sees_what_her_mother_lets_her(world: CareWorld) -> None:
    daughter, astrid = citizen(world, "Mona Lunde"), world.patients[ASTRID]
    assert codes(world, daughter, ASTRID) == "access.no_relation"
    with scope(world.machine), deciding(astrid.pk):
        near = RelatedPerson.objects.create(
            community=world.community,
            patient=astrid,
            account_id=daughter.account_id,
            name=daughter.name,
            relation="child",
            may_see=True,
            from_day=LONG_AGO,
        )
    assert codes(world, daughter, ASTRID) == ""
    with scope(world.machine), deciding(astrid.pk):
        RelatedPerson.objects.filter(pk=near.pk).update(to_day=TODAY)
    assert codes(world, daughter, ASTRID) == "access.no_relation"


def test_a_team_list_is_narrow_and_says_who_stood_on_it_once(world: CareWorld) -> None:
    nurse, astrid = world.nurses["Service"], world.patients[ASTRID]
    with scope(nurse), opening_list(world.teams["Service"], by=nurse) as decision:
        assert set(decision.tenants) == {world.teams["Service"].tenant_id, world.parties[HALDEN].pk}
        assert not Patient.objects.exists(), "a list opens no record"
        write_listed(decision, [astrid.pk], what="care.list")
        write_listed(decision, [astrid.pk], what="care.list")
        assert [one.patients for one in AccessLogEntry.objects.all()] == [[astrid.pk]]
    with scope(nurse), pytest.raises(Refused), opening_list(world.teams["Moss"], by=nurse):
        pass


def test_samspill_on_duty_sees_all_and_says_so_and_a_person_cannot_take_the_duty(world: CareWorld) -> None:
    with scope(world.machine), opening_by_duty(by=world.machine):
        assert Patient.objects.count() == 2
    with scope(world.nurses["Ward"]), pytest.raises(Exception, match="row-level security"):
        opening_by_duty(by=world.nurses["Ward"]).__enter__()


def test_without_a_log_there_is_no_look(world: CareWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise OSError("the log cannot be written")

    monkeypatch.setattr("samspill.care.actions.opening.write_log", broken)
    seen = []
    nurse = world.nurses["Ward"]
    with (
        scope(nurse),
        pytest.raises(OSError, match="log"),
        opening(world.patients[ASTRID].pk, by=nurse, what="x") as opened,
    ):
        seen.append(opened)
    assert seen == []
    with connection.cursor() as cursor, scope(nurse):
        cursor.execute("SELECT current_setting('samspill.decisions', true)")
        assert cursor.fetchone() in {("",), (None,), ("{}",)}
