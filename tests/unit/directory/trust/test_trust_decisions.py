"""What follows from looking, one thing at a time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from factories.access import AGREEMENT, AWAY, BLOCKS, GLASS, HOME, NOW, NURSE, PATIENT, REASON, asked
from samspill.directory.trust.decision_bases import BASES
from samspill.directory.trust.decision_facts import (
    Block,
    Episode,
    PatientFacts,
    Stay,
    Subject,
    Verdict,
)
from samspill.directory.trust.decision_rules import check_verdict, decide
from samspill.directory.trust.purposes import access_rules
from samspill.refusal import Refused


def look(
    patient: PatientFacts = PATIENT, purpose: str = "TREAT", subject: Subject = NURSE, **context: Any
) -> Verdict:
    related = replace(patient, teams=frozenset({"team"})) if patient.tenant == HOME else patient
    return decide(subject, related, purpose, asked(**context))


def test_the_first_basis_that_holds_is_told() -> None:
    everything = replace(
        PATIENT, teams=frozenset({"team"}), episodes=(Episode(HOME, "ward"),), stays=(Stay(HOME, "ward"),)
    )
    assert decide(NURSE, everything, "TREAT", asked()).basis == "care_team"
    assert decide(NURSE, replace(everything, teams=frozenset()), "TREAT", asked()).basis == "care_episode"


@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        ({"person": "nurse-hash"}, "own_record"),
        ({"relatives": frozenset({"nurse-hash"})}, "relative"),
        ({"representatives": frozenset({"nurse-hash"})}, "relative"),
        ({"surname": "hagen"}, "same_surname"),
        ({"address": "road 1"}, "same_address"),
        ({"protection": "confidential"}, "address_protected"),
        ({"deceased": True}, "deceased"),
    ],
)
def test_ones_own_record_and_relatives_are_flagged_whether_or_not_one_may_look(
    changes: dict[str, Any], flag: str
) -> None:
    """Invariant 33."""
    subject = replace(NURSE, surname="hagen", address="road 1")
    assert flag in look(replace(PATIENT, **changes), subject=subject).flags
    stranger = replace(subject, teams=frozenset())
    assert {flag, "no_relation"} <= decide(stranger, replace(PATIENT, **changes), "TREAT", asked()).flags
    assert flag not in look(subject=subject).flags


@pytest.mark.parametrize(
    ("hour", "day", "is_flagged"),
    [(5, 23, True), (6, 23, False), (19, 23, False), (20, 23, True), (10, 22, True)],
)
def test_looking_after_hours_is_flagged_by_the_clock_in_norway(hour: int, day: int, is_flagged: bool) -> None:
    now = datetime(2026, 11, day, hour, 0, tzinfo=UTC)  # an hour behind Norway in winter
    assert ("after_hours" in look(now=now).flags) == is_flagged


def test_many_patients_in_a_day_are_flagged() -> None:
    assert "many_patients" in look(patients_today=60).flags
    assert "many_patients" not in look(patients_today=59).flags


def test_a_part_the_patient_has_blocked_is_hidden_and_told_where_it_may_be_told() -> None:
    patient = replace(PATIENT, blocks=BLOCKS["part"])
    verdict = look(patient)
    assert (verdict.allowed, verdict.hidden_parts, verdict.told_hidden) == (True, {"psychiatry"}, True)
    assert look(patient, part="psychiatry").code == "access.blocked"
    assert look(patient, part="medication").hidden_parts == frozenset()
    assert not look(patient, part="medication").told_hidden
    assert not look(patient, purpose="COC").told_hidden
    secret = replace(patient, blocks=(replace(patient.blocks[0], may_be_told=False),))
    assert (look(secret).hidden_parts, look(secret).told_hidden) == ({"psychiatry"}, False)
    assert look(secret, part="psychiatry").code == "access.no_relation"


def test_break_glass_passes_a_block_and_says_so_to_who_reviews_it() -> None:
    verdict = look(replace(PATIENT, blocks=BLOCKS["whole"]), purpose="BTG", **GLASS)
    assert verdict.allowed
    assert {"break_glass", "passed_block"} <= verdict.flags
    assert "no_relation" not in verdict.flags
    stranger = decide(replace(NURSE, teams=frozenset()), PATIENT, "BTG", asked(**GLASS))
    assert "no_relation" in stranger.flags


def test_a_decision_lasts_an_hour_and_never_past_the_agreement() -> None:
    patient = replace(PATIENT, tenant=AWAY, agreements=(AGREEMENT,), episodes=(Episode(HOME, "ward"),))
    assert look(patient).expires_at == NOW + timedelta(minutes=60)
    late = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)  # half past eleven at night in Norway
    assert look(patient, now=late).expires_at == late + timedelta(minutes=30)
    assert look(patient, now=late + timedelta(minutes=30)).code == "access.no_relation"


@pytest.mark.parametrize(
    ("agreed", "follows", "is_allowed"),
    [
        ("team", "team", True),
        ("team", "other", False),
        ("other", "other", False),
        ("other", "team", False),
        ("", "team", True),
        ("", "other", False),
    ],
)
def test_an_agreement_with_one_team_is_for_that_team_and_the_patients_it_follows(
    agreed: str, follows: str, is_allowed: bool
) -> None:
    """Invariant 20. The nurse is a member of «team» only."""
    agreement = replace(AGREEMENT, team=agreed)
    patient = replace(PATIENT, tenant=AWAY, agreements=(agreement,), episodes=(Episode(HOME, team=follows),))
    assert look(patient).allowed == is_allowed


def test_a_secret_block_is_secret_also_beside_one_that_may_be_told() -> None:
    for blocks in (BLOCKS["whole"] + BLOCKS["secret"], BLOCKS["secret"] + BLOCKS["whole"]):
        assert look(replace(PATIENT, blocks=blocks)).code == "access.no_relation"


def test_an_hour_is_an_hour_when_the_clocks_change() -> None:
    now = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Oslo"))
    expires = look(now=now).expires_at
    assert expires is not None
    assert expires - now.astimezone(UTC) == timedelta(minutes=60)


@pytest.mark.parametrize("protection", ["confidential", "strictly_confidential"])
def test_a_protected_address_is_hidden_at_once(protection: str) -> None:
    """Invariant 34."""
    patient = replace(PATIENT, protection=protection)
    assert {"address", "phone", "place"} <= look(patient, is_list=True).hidden_fields
    other = replace(patient, tenant=AWAY, agreements=(AGREEMENT,), episodes=(Episode(HOME, "ward"),))
    assert "address" in look(other).hidden_fields
    assert ("address" in look(patient).hidden_fields) == (protection == "strictly_confidential")
    assert "sms" not in look(patient).channels
    himself = Subject("patient", "citizen", "patient-hash", level=4)
    assert look(patient, "PATRQT", himself).hidden_fields == frozenset()


def test_nothing_is_sent_to_the_dead_and_nobody_looks_on_their_behalf() -> None:
    dead = replace(PATIENT, deceased=True, representatives=frozenset({"daughter"}))
    assert look(dead).channels == frozenset()
    daughter = Subject("daughter", "citizen", "daughter", level=4)
    assert look(dead, "FAMRQT", daughter).code == "access.deceased"
    assert look(dead, "FAMRQT", replace(daughter, person="stranger")).code == "access.no_relation"
    assert look(dead, "BTG", **GLASS).code == "access.deceased"


def test_low_levels_are_refused_except_for_machines() -> None:
    assert look(subject=replace(NURSE, level=3)).code == "access.level"
    assert (
        look(purpose="PATRQT", subject=Subject("p", "citizen", "patient-hash", level=3)).code
        == "access.level"
    )


def test_break_glass_reads_and_does_nothing_else() -> None:
    assert look(purpose="BTG", right="write", **GLASS).code == "access.right"
    assert look(
        purpose="PATRQT", right="write", subject=Subject("p", "citizen", "patient-hash", level=4)
    ).code == ("access.right")


def test_a_block_nobody_can_read_holds() -> None:
    for block in (Block("misspelt", "x"), Block("person"), Block("everyone", scope="part")):
        assert not look(replace(PATIENT, blocks=(block,))).allowed


def test_a_refusal_can_be_raised() -> None:
    check_verdict(look())
    with pytest.raises(Refused) as refused:
        check_verdict(decide(NURSE, replace(PATIENT, tenant=AWAY), "TREAT", asked()))
    assert refused.value.code == "access.no_relation"
    assert refused.value.forbidden


def test_a_time_without_a_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="zone"):
        look(now=datetime(2026, 11, 23, 10, 0))


def test_nothing_that_names_a_person_is_printed() -> None:
    daughter = Subject("account", person="hash-1", surname="hagen", address="road")
    printed = repr(daughter) + repr(PATIENT) + repr(Block("person", "hash-2")) + repr(asked(**GLASS))
    for secret in ("hash-1", "hagen", "road", "patient-hash", "hash-2", REASON):
        assert secret not in printed


def test_the_table_names_only_bases_that_exist() -> None:
    assert {name for one in access_rules().purposes.values() for name in one.bases} == set(BASES)
    assert all(one.law and one.means for one in access_rules().purposes.values())


@pytest.mark.parametrize("against", [Block("group", "other-team"), Block("organisation", AWAY)])
def test_a_block_is_against_the_person_in_whatever_team_or_kinship_they_ask(against: Block) -> None:
    patient = replace(
        PATIENT, blocks=(against,), teams=frozenset({"team"}), representatives=frozenset({"nurse-hash"})
    )
    both = replace(NURSE, groups=frozenset({"team", "other-team"}), organisations=frozenset({HOME, AWAY}))
    assert decide(NURSE, patient, "TREAT", asked()).allowed
    assert decide(both, patient, "TREAT", asked()).code == "access.blocked"
    as_kin = replace(both, acts_as="citizen", tenant="", teams=frozenset())
    assert decide(as_kin, patient, "FAMRQT", asked()).code == "access.no_relation"
    own = replace(patient, person="nurse-hash")
    assert decide(as_kin, own, "PATRQT", asked()).allowed
