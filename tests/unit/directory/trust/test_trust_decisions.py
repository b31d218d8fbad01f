"""Who may look at what: every combination against a slow obvious version, and the invariants of care."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.directory.trust.decision_bases import BASES
from samspill.directory.trust.decision_facts import (
    Agreement,
    Block,
    Context,
    Episode,
    PatientFacts,
    Stay,
    Subject,
    Verdict,
)
from samspill.directory.trust.decision_rules import SENTENCES, check_verdict, decide
from samspill.directory.trust.purposes import access_rules
from samspill.refusal import Refused

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)  # a Monday
TODAY = date(2026, 11, 23)
HOME, AWAY = "trust", "municipality"
REASON = "Unconscious, must know the medication."

NURSE = Subject(
    "nurse", "professional", "nurse-hash", HOME, frozenset({"ward"}), frozenset({"team"}), level=4
)
PATIENT = PatientFacts("p1", HOME, "patient-hash")
AGREEMENT = Agreement(AWAY, HOME, frozenset({"read"}), TODAY, TODAY)
GLASS = {"break_glass": True, "reason_code": "danger_to_life", "reason": REASON}


def asked(**changes: Any) -> Context:
    return replace(Context(NOW), **changes)


# The truth table

RELATIONS: dict[str, dict[str, Any]] = {
    "none": {},
    "care_team": {"teams": frozenset({"team", "another"})},
    "care_episode": {"episodes": (Episode(HOME, "ward"),)},
    "episode_of_team": {"episodes": (Episode(AWAY, team="team"),)},
    "stay": {"stays": (Stay(HOME, "ward"),)},
    "elsewhere": {"episodes": (Episode(HOME, "other"),), "stays": (Stay(AWAY, "ward"), Stay(HOME, "other"))},
}
AGREEMENTS: dict[str, tuple[Agreement, ...]] = {
    "none": (),
    "right": (AGREEMENT,),
    "glass": (replace(AGREEMENT, rights=frozenset({"break_glass"})),),
    "useless": (
        replace(AGREEMENT, giver="third"),
        replace(AGREEMENT, receiver="third"),
        replace(AGREEMENT, ends=TODAY - timedelta(days=1), starts=date(2020, 1, 1)),
        replace(AGREEMENT, starts=TODAY + timedelta(days=1), ends=None),
        replace(AGREEMENT, rights=frozenset({"write"})),
        replace(AGREEMENT, team="another"),
    ),
}
BLOCKS: dict[str, tuple[Block, ...]] = {
    "none": (),
    "whole": (Block("person", "nurse-hash"),),
    "secret": (Block("organisation", HOME, may_be_told=False),),
    "part": (Block("group", "team", "part", "psychiatry"),),
    "of_others": (Block("person", "somebody"), Block("organisation", "third"), Block("group", "x")),
}


KINDS_OF = {
    "TREAT": ("professional", "machine"),
    "ETREAT": ("professional",),
    "COC": ("professional", "machine"),
    "BTG": ("professional",),
    "PATRQT": ("citizen",),
    "FAMRQT": ("citizen",),
}


def slow(
    kind: str,
    purpose: str,
    at: str,
    relation: str,
    agreement: str,
    block: str,
    glass: str,
    is_list: bool,
    dead: bool,
) -> tuple[str, str]:
    """(basis, "") or ("", code), told as one would tell it to a new colleague."""
    if code := slow_door(kind, purpose, glass, is_list):
        return "", code
    basis = slow_basis(kind, purpose, at, relation, agreement)
    if not basis:
        return "", "access.no_relation"
    if dead and purpose in ("BTG", "PATRQT", "FAMRQT"):
        return "", "access.deceased"
    if slow_is_blocked(basis, block):
        may_know = kind == "professional" and purpose != "COC" and not is_list and block == "whole"
        return "", "access.blocked" if may_know else "access.no_relation"
    return ("list_narrow" if is_list else basis), ""


def slow_door(kind: str, purpose: str, glass: str, is_list: bool) -> str:
    if kind not in KINDS_OF.get(purpose, ()):
        return "access.purpose"
    if is_list and purpose in ("BTG", "PATRQT", "FAMRQT"):
        return "access.list"
    if (glass == "no") == (purpose == "BTG"):
        return "access.break_glass"
    if purpose == "BTG" and glass == "without reason":
        return "access.reason"
    return ""


def slow_basis(kind: str, purpose: str, at: str, relation: str, agreement: str) -> str:
    if purpose == "PATRQT":
        return "own_record_patient" if relation == "self" else ""
    if purpose == "FAMRQT":
        return "guardian_or_relative" if relation == "guardian" else ""
    if purpose == "BTG":
        return "break_glass" if at == HOME or agreement == "glass" else ""
    follows = relation in ("care_episode", "episode_of_team") or (
        kind == "machine" and relation == "elsewhere"
    )
    if at == AWAY:
        return "service_agreement" if follows and agreement == "right" else ""
    if follows:
        return "care_episode"
    return relation if relation in ("care_team", "stay") else ""


def slow_is_blocked(basis: str, block: str) -> bool:
    if basis in ("break_glass", "own_record_patient"):
        return False
    if basis == "guardian_or_relative":
        return block == "whole"  # the secret one is against the organisation, and the relative is of none
    return block in ("whole", "secret")


def test_every_combination_is_decided_as_the_slow_version_says() -> None:
    relations = [*RELATIONS, "self", "guardian"]
    glasses: dict[str, dict[str, Any]] = {"no": {}, "without reason": {"break_glass": True}, "yes": GLASS}
    kinds = {
        "professional": NURSE,
        "machine": replace(NURSE, acts_as="machine", level=0),
        "citizen": replace(NURSE, acts_as="citizen", tenant="", units=frozenset(), teams=frozenset()),
    }
    purposes = ["TREAT", "ETREAT", "COC", "BTG", "PATRQT", "FAMRQT", "HRESCH"]
    seen = 0
    for at, relation, agreement, block, dead in product(
        (HOME, AWAY), relations, AGREEMENTS, BLOCKS, (False, True)
    ):
        people = {"person": "nurse-hash"} if relation == "self" else {}
        patient = replace(
            PATIENT,
            tenant=at,
            agreements=AGREEMENTS[agreement],
            blocks=BLOCKS[block],
            deceased=dead,
            representatives=frozenset({"nurse-hash"} if relation == "guardian" else ()),
            **RELATIONS.get(relation, {}),
            **people,
        )
        for kind, purpose, glass, is_list in product(kinds, purposes, glasses, (False, True)):
            verdict = decide(kinds[kind], patient, purpose, asked(is_list=is_list, **glasses[glass]))
            told = slow(kind, purpose, at, relation, agreement, block, glass, is_list, dead)
            assert (verdict.basis, verdict.code) == told, (
                kind,
                purpose,
                at,
                relation,
                agreement,
                block,
                glass,
                dead,
            )
            assert verdict.allowed == (not verdict.code)
            seen += 1
    assert seen == 2 * 8 * 4 * 5 * 2 * 3 * 7 * 3 * 2


# Invariants over anything

NAMES = st.sampled_from(["", "a", "b"])
SETS = st.frozensets(NAMES, max_size=3)
DAYS = st.dates(date(2026, 11, 20), date(2026, 11, 27))
SUBJECTS = st.builds(
    Subject,
    st.just("account"),
    st.sampled_from(["professional", "citizen", "machine", "robot"]),
    NAMES,
    NAMES,
    SETS,
    SETS,
    SETS,
    st.sampled_from([0, 3, 4]),
    NAMES,
    NAMES,
)
BLOCK = st.builds(
    Block,
    st.sampled_from(["everyone", "person", "group", "organisation", "misspelt"]),
    NAMES,
    st.sampled_from(["whole", "part", "misspelt"]),
    NAMES,
    st.booleans(),
)
PATIENTS = st.builds(
    PatientFacts,
    st.just("p"),
    NAMES,
    NAMES,
    st.lists(st.builds(Episode, NAMES, NAMES, NAMES), max_size=2).map(tuple),
    st.lists(st.builds(Stay, NAMES, NAMES), max_size=2).map(tuple),
    SETS,
    st.lists(
        st.builds(
            Agreement,
            NAMES,
            NAMES,
            st.frozensets(st.sampled_from(["read", "write", "break_glass"])),
            DAYS,
            st.none() | DAYS,
            NAMES,
        ),
        max_size=2,
    ).map(tuple),
    st.lists(BLOCK, max_size=2).map(tuple),
    st.sampled_from(["", "confidential", "strictly_confidential"]),
    st.booleans(),
    SETS,
    SETS,
    NAMES,
    NAMES,
)
CONTEXTS = st.builds(
    Context,
    st.datetimes(datetime(2026, 11, 20), datetime(2026, 11, 27), timezones=st.just(UTC)),
    st.booleans(),
    st.sampled_from(["read", "write", "submit"]),
    NAMES,
    st.booleans(),
    st.sampled_from(["danger_to_life", "curiosity", ""]),
    st.sampled_from(["", REASON, " " * 20]),
    st.integers(0, 200),
)
MANY = hypothesis.settings(max_examples=400)
PURPOSES = st.sampled_from([*access_rules().purposes, "HRESCH", ""])


@MANY
@given(SUBJECTS, PATIENTS, PURPOSES, CONTEXTS)
def test_what_is_refused_shows_nothing_and_what_is_allowed_has_an_end(
    subject: Subject, patient: PatientFacts, purpose: str, context: Context
) -> None:
    verdict = decide(subject, patient, purpose, context)
    if not verdict.allowed:
        assert verdict.code in SENTENCES
        assert verdict.sentence == SENTENCES[verdict.code]
        assert (verdict.basis, verdict.shows, verdict.expires_at) == ("", "", None)
        assert verdict.told_hidden == (verdict.code == "access.blocked")
        return
    assert verdict.basis in {*BASES, "list_narrow"}
    assert verdict.expires_at is not None
    assert context.now < verdict.expires_at <= context.now + timedelta(minutes=60)
    assert (verdict.shows == "narrow") == (verdict.basis == "list_narrow") == context.is_list
    assert verdict.user_selected == (verdict.basis == "break_glass") == bool(verdict.notices)
    assert not (patient.deceased and verdict.channels)


@MANY
@given(SUBJECTS, PATIENTS, PURPOSES, CONTEXTS)
def test_no_record_is_seen_across_organisations_without_an_active_agreement(
    subject: Subject, patient: PatientFacts, purpose: str, context: Context
) -> None:
    """Invariants 20 and 21."""
    verdict = decide(subject, patient, purpose, context)
    if verdict.allowed and subject.acts_as != "citizen" and subject.tenant != patient.tenant:
        day = context.now.astimezone(ZoneInfo("Europe/Oslo")).date()
        active = [
            one
            for one in patient.agreements
            if one.giver == patient.tenant and one.receiver == subject.tenant and one.is_active_on(day)
        ]
        assert active
        assert verdict.basis == "break_glass" or patient.episodes


@MANY
@given(SUBJECTS, PATIENTS, PURPOSES, CONTEXTS)
def test_a_block_never_opens_anything_and_only_break_glass_passes_it(
    subject: Subject, patient: PatientFacts, purpose: str, context: Context
) -> None:
    """Invariant 19."""
    verdict = decide(subject, patient, purpose, context)
    free = decide(subject, replace(patient, blocks=()), purpose, context)
    shut = decide(subject, replace(patient, blocks=(*patient.blocks, Block("everyone"))), purpose, context)
    assert not verdict.allowed or free.allowed
    if shut.allowed:
        assert shut.basis in ("break_glass", "own_record_patient")
        assert shut.hidden_parts == frozenset()


@MANY
@given(SUBJECTS, PATIENTS, PURPOSES, CONTEXTS)
def test_nobody_without_a_relation_learns_of_a_block(
    subject: Subject, patient: PatientFacts, purpose: str, context: Context
) -> None:
    free = decide(subject, replace(patient, blocks=()), purpose, context)
    verdict = decide(subject, patient, purpose, context)
    if not free.allowed:
        assert verdict == free
    if verdict.told_hidden:
        assert access_rules().purposes[purpose].told_hidden
        assert subject.acts_as == "professional"
        assert not context.is_list


@MANY
@given(SUBJECTS, PATIENTS, PURPOSES, CONTEXTS)
def test_break_glass_needs_a_reason_is_short_tells_and_is_reviewed(
    subject: Subject, patient: PatientFacts, purpose: str, context: Context
) -> None:
    """Invariant 18."""
    verdict = decide(subject, patient, purpose, context)
    if verdict.basis == "break_glass":
        assert context.reason.strip()
        assert context.break_glass
        assert verdict.expires_at is not None
        assert verdict.expires_at <= context.now + timedelta(minutes=30)
        assert verdict.notices == ("patient", "data_controller")
        assert verdict.review_by == context.now + timedelta(days=7)
        assert "break_glass" in verdict.flags


# What follows from looking


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
