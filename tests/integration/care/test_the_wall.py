"""Without a decision there is no patient; a decision that is not true cannot be made."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now

from factories.care import FREDRIKSTAD, HALDEN, HOSPITAL, LONG_AGO, MOSS, CareWorld, follow
from samspill.care.carrying import carrying, deciding
from samspill.care.models import AccessDecision, Block, CareEpisode, Patient, RelatedPerson, TeamMembership
from samspill.directory.public import Actor, scope

ASTRID, ODD = "Astrid Lunde", "Odd Nilsen"


def decision(world: CareWorld, by: Actor, **said: object) -> AccessDecision:
    """As somebody would write it past every check of the application."""
    values: Mapping[str, object] = {
        "community": world.community,
        "by_id": by.account_id,
        "by_name": by.name,
        "purpose": "TREAT",
        "is_chosen": True,
        "expires_at": Now() + timedelta(minutes=30),
        **said,
    }
    with transaction.atomic():
        return AccessDecision.objects.create(**values)


def of_team(world: CareWorld, team: str, name: str, *, tenant: str, **said: object) -> AccessDecision:
    by = world.nurses[team]
    episode = world.episodes[name, team]
    values = {
        "patient": world.patients[name],
        "team": world.teams[team],
        "episode": episode,
        "agreement_id": episode.agreement_id,
        "basis": "service_agreement" if episode.agreement_id else "care_team",
        "tenants": [world.parties[tenant].pk],
        **said,
    }
    return decision(world, by, **values)


def test_a_nurse_without_a_decision_sees_nobody(world: CareWorld) -> None:
    with scope(world.nurses["Ward"]):
        assert not Patient.objects.exists()
        assert not CareEpisode.objects.exists()


def test_a_decision_opens_one_patient_in_one_record(world: CareWorld) -> None:
    with scope(world.nurses["Ward"]):
        made = of_team(world, "Ward", ASTRID, tenant=HOSPITAL)
        with carrying(made.pk):
            assert [str(one) for one in Patient.objects.all()] == [ASTRID]
            assert [one.tenant for one in CareEpisode.objects.all()] == [world.parties[HOSPITAL]]
        assert not Patient.objects.exists(), "what is carried is put down again"


def test_a_shared_service_sees_by_agreement_and_episode(world: CareWorld) -> None:
    with scope(world.nurses["Service"]):
        made = of_team(world, "Service", ASTRID, tenant=HALDEN)
        with carrying(made.pk):
            assert [one.tenant for one in CareEpisode.objects.all()] == [world.parties[HALDEN]]


def test_another_persons_decision_opens_nothing(world: CareWorld) -> None:
    with scope(world.nurses["Ward"]):
        made = of_team(world, "Ward", ASTRID, tenant=HOSPITAL)
    with scope(world.nurses["Moss"]), carrying(made.pk):
        assert not AccessDecision.objects.exists()
        assert not Patient.objects.exists()


@pytest.mark.parametrize(
    ("team", "name", "said"),
    [
        ("Ward", ASTRID, {"tenants_of": MOSS}),
        ("Ward", ASTRID, {"tenants_of": HALDEN}),
        ("Ward", ASTRID, {"basis": "own_record_patient"}),
        ("Ward", ASTRID, {"basis": "guardian_or_relative"}),
        ("Ward", ASTRID, {"basis": "duty"}),
        ("Ward", ASTRID, {"basis": "no_such_basis"}),
        ("Ward", ASTRID, {"patient_of": ODD}),
        ("Ward", ASTRID, {"by_of": "Moss"}),
        ("Service", ASTRID, {"agreement_id": None}),
        ("Service", ASTRID, {"basis": "care_team"}),
        ("Service", ASTRID, {"tenants_of": FREDRIKSTAD}),
        ("Ward", ASTRID, {"expires_at": Now() + timedelta(hours=3)}),
        ("Moss", ODD, {"basis": "break_glass", "purpose": "TREAT", "reason": "Bevisstløs"}),
        ("Moss", ODD, {"basis": "break_glass", "purpose": "BTG", "reason": ""}),
        ("Moss", ODD, {"basis": "break_glass", "purpose": "BTG", "reason": "x", "tenants_of": HOSPITAL}),
    ],
)
def test_a_decision_that_is_not_true_is_refused_by_the_database(
    world: CareWorld, team: str, name: str, said: dict[str, object]
) -> None:
    said = dict(said)
    tenant = {"Ward": HOSPITAL, "Service": HALDEN, "Moss": MOSS}[team]
    if "tenants_of" in said:
        said["tenants"] = [world.parties[str(said.pop("tenants_of"))].pk]
    if "patient_of" in said:
        said["patient"] = world.patients[str(said.pop("patient_of"))]
    by = world.nurses[str(said.pop("by_of", team))]
    said["by_id"] = by.account_id
    with scope(by), pytest.raises(IntegrityError):
        of_team(world, team, name, tenant=tenant, **said)


def test_a_membership_that_ended_gives_nothing(world: CareWorld) -> None:
    with scope(world.machine):
        TeamMembership.objects.filter(team=world.teams["Ward"]).update(to_day=LONG_AGO + timedelta(days=1))
    with scope(world.nurses["Ward"]), pytest.raises(IntegrityError):
        of_team(world, "Ward", ASTRID, tenant=HOSPITAL)


@pytest.mark.parametrize("against", ["person", "team", "tenant", "everybody"])
def test_a_block_wins_over_team_and_agreement_and_not_over_emergency_access(
    world: CareWorld, against: str
) -> None:
    astrid, by = world.patients[ASTRID], world.nurses["Ward"]
    whom = {
        "person": {"account_id": by.account_id},
        "team": {"team": world.teams["Ward"]},
        "tenant": {"tenant": world.parties[HOSPITAL]},
        "everybody": {},
    }[against]
    with scope(world.machine), deciding(astrid.pk):
        Block.objects.create(
            community=world.community, patient=astrid, against=against, from_day=LONG_AGO, **whom
        )
    with scope(by):
        with pytest.raises(IntegrityError):
            of_team(world, "Ward", ASTRID, tenant=HOSPITAL)
        glass = of_team(
            world, "Ward", ASTRID, tenant=HOSPITAL, basis="break_glass", purpose="BTG", reason="Bevisstløs"
        )
        with carrying(glass.pk):
            assert Patient.objects.get() == astrid


def test_a_block_against_others_does_not_stop_the_team(world: CareWorld) -> None:
    astrid = world.patients[ASTRID]
    with scope(world.machine), deciding(astrid.pk):
        Block.objects.create(
            community=world.community,
            patient=astrid,
            against="tenant",
            tenant=world.parties[MOSS],
            from_day=LONG_AGO,
        )
    with scope(world.nurses["Ward"]):
        assert of_team(world, "Ward", ASTRID, tenant=HOSPITAL).pk


def test_a_team_follows_the_patients_of_another_tenant_only_by_agreement(world: CareWorld) -> None:
    world.agreement = None
    with pytest.raises(IntegrityError, match="only by an agreement"):
        follow(world, ODD, "Service", tenant=MOSS)


def test_a_decision_and_the_log_cannot_be_changed(world: CareWorld) -> None:
    with scope(world.nurses["Ward"]):
        made = of_team(world, "Ward", ASTRID, tenant=HOSPITAL)
        for statement in ("UPDATE care_accessdecision SET reason = 'x'", "DELETE FROM care_accesslogentry"):
            with pytest.raises(Exception, match="permission denied"), transaction.atomic():
                connection.cursor().execute(statement)
        assert made.pk


def test_history_of_a_patient_stands_behind_the_same_wall(world: CareWorld) -> None:
    with scope(world.nurses["Ward"]), connection.cursor() as cursor:
        for table in ("care_patientevent", "care_careepisodeevent"):
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
            assert cursor.fetchone() == (0,)
        made = of_team(world, "Ward", ASTRID, tenant=HOSPITAL)
        with carrying(made.pk):
            cursor.execute("SELECT count(*) FROM care_patientevent")
            assert cursor.fetchone() == (1,)


def test_a_relative_sees_while_allowed(world: CareWorld) -> None:
    astrid, daughter = world.patients[ASTRID], world.nurses["Moss"]
    with scope(world.machine), deciding(astrid.pk):
        near = RelatedPerson.objects.create(
            community=world.community,
            patient=astrid,
            account_id=daughter.account_id,
            name="Nina Berg",
            relation="child",
            may_see=True,
            from_day=LONG_AGO,
        )
    said = {
        "patient": astrid,
        "basis": "guardian_or_relative",
        "relative": near,
        "tenants": [world.parties[HALDEN].pk],
        "purpose": "PATRQT",
    }
    with scope(daughter):
        assert decision(world, daughter, **said).pk
    with scope(world.machine), deciding(astrid.pk):
        RelatedPerson.objects.filter(pk=near.pk).update(may_see=False)
    with scope(daughter), pytest.raises(IntegrityError):
        decision(world, daughter, **said)
