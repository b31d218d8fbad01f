"""May this one look at this record, now, for this? The one function that says so, on plain values.

The order is the law's: a purpose one may have, a level of certainty about who asks, a relation to the
patient; then the patient's own no, which wins over every relation but danger to life (invariant 19). Nobody
without a relation learns whether a block exists. Not here: keeping the decision and the log of it.

Source: `purposes.yaml`.
"""

from dataclasses import replace
from datetime import UTC, datetime

from samspill.directory.trust.decision_bases import NORWAY, basis_of
from samspill.directory.trust.decision_facts import (
    EVERYONE,
    GROUP,
    NARROW,
    ORGANISATION,
    PERSON,
    WHOLE,
    Block,
    Context,
    PatientFacts,
    Subject,
    Verdict,
)
from samspill.directory.trust.purposes import BREAK_GLASS, MACHINE, PROFESSIONAL, Purpose, access_rules
from samspill.refusal import Refused

SATURDAY = 5
LIST_NARROW, OWN_RECORD, GLASS = "list_narrow", "own_record_patient", "break_glass"
# Code of a refusal -> what the one who asks is told: why, and what to do about it.
SENTENCES = {
    "access.purpose": "This purpose is not one you can have here. Choose the purpose you look for.",
    "access.level": "You must sign in at the level «høyt» (4) to see this.",
    "access.list": "This purpose opens one patient at a time. Choose the patient.",
    "access.right": "This purpose does not let you do this.",
    "access.break_glass": "Emergency access is confirmed for its own purpose, and for no other. Confirm it.",
    "access.reason": "Emergency access needs a reason from the list, and the reason in your own words.",
    "access.deceased": "The patient is dead. Apply to the organisation that is responsible for the record.",
    "access.no_relation": "You have no registered relation to this patient that lets you see this.",
    "access.blocked": "The patient has blocked this for you. Only emergency access opens it.",
}


def decide(subject: Subject, patient: PatientFacts, purpose: str, context: Context) -> Verdict:
    """The verdict, never a refusal: what is not allowed is kept and controlled afterwards as well.

    ValueError: a time without zone, and an address protection the table does not know.
    """
    if context.now.tzinfo is None:
        raise ValueError("context.now must have a zone.")
    context = replace(context, now=context.now.astimezone(UTC))  # an hour is an hour when clocks change
    stated = access_rules().purposes.get(purpose)
    code = _no_way_in(subject, stated, context)
    if stated is None or code:
        return _refused(code, subject, patient, purpose, context)
    if (found := basis_of(stated.bases, subject, patient, context)) is None:
        return _refused("access.no_relation", subject, patient, purpose, context)
    basis, until = found
    if patient.deceased and stated.living_only:  # not before: a death is not told to just anybody
        return _refused("access.deceased", subject, patient, purpose, context)
    blocks = [] if basis == OWN_RECORD else _blocks(subject, patient, context)
    if basis != GLASS and (closing := [one for one in blocks if _closes(one, context)]):
        return _blocked(closing, subject, patient, stated, context)
    return _allowed(basis, until, blocks, subject, patient, stated, context)


def check_verdict(verdict: Verdict) -> None:
    """Refused with the verdict's code and sentence unless it is allowed."""
    if not verdict.allowed:
        raise Refused(verdict.code, verdict.sentence, forbidden=True)


def _no_way_in(subject: Subject, stated: Purpose | None, context: Context) -> str:
    """The code of the first broken condition that has nothing to do with the patient, or ""."""
    if stated is None or subject.acts_as not in stated.who:
        return "access.purpose"
    is_glass = stated.code == BREAK_GLASS
    conditions = {
        "access.level": subject.level < access_rules().levels[subject.acts_as],
        "access.list": context.is_list and not stated.lists,
        "access.right": bool(stated.rights) and context.right not in stated.rights,
        "access.break_glass": context.break_glass != is_glass,
        "access.reason": is_glass and not _is_reasoned(context),
    }
    return next((code for code, is_broken in conditions.items() if is_broken), "")


def _is_reasoned(context: Context) -> bool:
    rules = access_rules()
    return context.reason_code in rules.reasons and len(context.reason.strip()) >= rules.shortest_reason


def _blocks(subject: Subject, patient: PatientFacts, context: Context) -> list[Block]:
    """The blocks against the subject that have to do with what is asked for."""
    return [
        one
        for one in patient.blocks
        if _is_against(one, subject) and (not context.part or _closes(one, context))
    ]


def _is_against(block: Block, subject: Subject) -> bool:
    """Whatever else the person is: another team, or somebody near, is no way round the patient's no."""
    targets = {
        EVERYONE: frozenset({block.target}),
        PERSON: frozenset({subject.person}),
        GROUP: subject.roles | subject.teams | subject.groups,
        ORGANISATION: {subject.tenant} | subject.organisations,
    }
    if block.against not in targets or (block.against != EVERYONE and not block.target):
        return True  # a block nobody can read holds: the patient has said no to somebody
    return block.target in targets[block.against]


def _closes(block: Block, context: Context) -> bool:
    """Whether nothing of what is asked for is left. A part is asked for by its name."""
    return block.scope == WHOLE or block.part in ("", context.part)


def _blocked(
    closing: list[Block], subject: Subject, patient: PatientFacts, stated: Purpose, context: Context
) -> Verdict:
    """Who may not be told of the block is told what somebody without a relation is told."""
    is_told = stated.told_hidden and not context.is_list and subject.acts_as == PROFESSIONAL
    is_told = is_told and all(one.may_be_told for one in closing)
    code = "access.blocked" if is_told else "access.no_relation"
    verdict = _refused(code, subject, patient, stated.code, context)
    flags = verdict.flags - {"no_relation"} | {"blocked"}
    return replace(verdict, told_hidden=is_told, flags=flags)


def _refused(code: str, subject: Subject, patient: PatientFacts, purpose: str, context: Context) -> Verdict:
    flags = _flags(subject, patient, context)
    if code == "access.no_relation" and subject.acts_as == PROFESSIONAL:
        flags |= {"no_relation"}
    return Verdict(allowed=False, purpose=purpose, code=code, sentence=SENTENCES[code], flags=flags)


def _allowed(
    basis: str,
    until: datetime,
    blocks: list[Block],
    subject: Subject,
    patient: PatientFacts,
    stated: Purpose,
    context: Context,
) -> Verdict:
    rules, is_glass = access_rules(), basis == GLASS
    hidden = frozenset() if is_glass else frozenset(one.part for one in blocks)
    is_told = stated.told_hidden and not context.is_list and subject.acts_as == PROFESSIONAL
    protection = rules.protections[patient.protection]
    return Verdict(
        allowed=True,
        purpose=stated.code,
        basis=LIST_NARROW if context.is_list else basis,
        shows=NARROW if context.is_list else WHOLE,
        user_selected=is_glass,
        expires_at=min(context.now + (rules.break_glass if is_glass else rules.ordinary), until),
        hidden_parts=hidden,
        hidden_fields=_hidden_fields(basis, subject, patient, context),
        told_hidden=is_told and not is_glass and any(one.may_be_told for one in blocks),
        notices=rules.notices if is_glass else (),
        review_by=context.now + rules.review_within if is_glass else None,
        flags=_flags(subject, patient, context)
        | (_glass_flags(blocks, subject, patient, context) if is_glass else frozenset()),
        channels=frozenset() if patient.deceased else protection.channels,
    )


def _hidden_fields(basis: str, subject: Subject, patient: PatientFacts, context: Context) -> frozenset[str]:
    protection = access_rules().protections[patient.protection]
    if basis == OWN_RECORD:
        return frozenset()
    is_own = subject.tenant == patient.tenant and subject.acts_as != MACHINE and not context.is_list
    return protection.own if is_own else protection.other


def _flags(subject: Subject, patient: PatientFacts, context: Context) -> frozenset[str]:
    """What a later control looks for when somebody looked, or tried to, at work (invariant 33)."""
    if subject.acts_as != PROFESSIONAL:
        return frozenset()
    rules, local = access_rules(), context.now.astimezone(NORWAY)
    family = patient.relatives | patient.representatives
    said = {
        "own_record": _same(subject.person, patient.person),
        "relative": bool(subject.person) and subject.person in family,
        "same_surname": _same(subject.surname, patient.surname),
        "same_address": _same(subject.address, patient.address),
        "after_hours": local.weekday() >= SATURDAY or not rules.first_hour <= local.hour < rules.last_hour,
        "many_patients": context.patients_today >= rules.many_patients,
        "address_protected": bool(patient.protection),
        "deceased": patient.deceased,
    }
    return frozenset(name for name, is_so in said.items() if is_so)


def _glass_flags(
    blocks: list[Block], subject: Subject, patient: PatientFacts, context: Context
) -> frozenset[str]:
    ordinary = access_rules().purposes["TREAT"].bases
    has_relation = basis_of(ordinary, subject, patient, context) is not None
    said = {"break_glass": True, "no_relation": not has_relation, "passed_block": bool(blocks)}
    return frozenset(name for name, is_so in said.items() if is_so)


def _same(one: str, other: str) -> bool:
    return bool(one) and one == other
