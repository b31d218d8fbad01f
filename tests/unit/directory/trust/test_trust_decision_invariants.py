"""What holds for every decision on access, whatever the facts: the invariants of care."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import hypothesis
from hypothesis import given
from hypothesis import strategies as st

from factories.access import REASON
from samspill.directory.trust.decision_bases import BASES
from samspill.directory.trust.decision_facts import (
    Agreement,
    Block,
    Context,
    Episode,
    PatientFacts,
    Stay,
    Subject,
)
from samspill.directory.trust.decision_rules import SENTENCES, decide
from samspill.directory.trust.purposes import access_rules

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
