"""What of an attest can be checked when it arrives: a function per rule, named in `CHECKS` by its number.

A function answers with the sentence of what is wrong, or "". No sentence repeats a number of a person.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from samspill.directory.trust.attest.parts import Attest, Code, PersonId, UnitId
from samspill.directory.trust.attest.table import Rule, rules
from samspill.directory.trust.callers import Caller
from samspill.refusal import Refused

CLOCK_SKEW_SECONDS = 60
ELEVEN_DIGITS = re.compile(r"[0-9]{11}")
NINE_DIGITS = re.compile(r"[0-9]{9}")


@dataclass(frozen=True)
class Asked:
    """What the attest is held against: who is signed in, whose record is asked for (None is a list), when.

    `authorizations` are the person's codes in Helsepersonellregisteret, None when it was not asked.
    """

    caller: Caller
    patient: str | None
    now: float
    authorizations: frozenset[str] | None = None


@dataclass(frozen=True)
class Finding:
    """One rule that the attest does not keep."""

    number: int
    code: str
    sentence: str


Check = Callable[[Attest, Asked, Rule], str]


def findings(
    attest: Attest,
    *,
    caller: Caller,
    patient: str | None,
    now: float,
    authorizations: frozenset[str] | None = None,
) -> tuple[Finding, ...]:
    """Every rule the attest does not keep, by number; () when it keeps them all.

    `patient` is the national number of whose record is asked for, None for a list of patients.
    """
    asked = Asked(caller, patient, now, authorizations)
    found = ((number, check, check(attest, asked, rules()[number])) for number, check in CHECKS)
    return tuple(
        Finding(number, CODES.get(check, rules()[number].code), sentence)
        for number, check, sentence in found
        if sentence
    )


def check_attest(
    attest: Attest,
    *,
    caller: Caller,
    patient: str | None,
    now: float,
    authorizations: frozenset[str] | None = None,
) -> None:
    """Refused with the first rule that is not kept, an attest that has expired before all others.

    `facts` of the refusal: `rules`, the names of all that are not kept (`ATT-11` …).
    """
    found = findings(attest, caller=caller, patient=patient, now=now, authorizations=authorizations)
    if found:
        first = found[-1] if found[-1].code == EXPIRED else found[0]
        names = tuple(f"ATT-{one.number}" for one in found)
        raise Refused(first.code, first.sentence, forbidden=True, facts={"rules": names})


def _patient(attest: Attest, asked: Asked, rule: Rule) -> str:
    ids = [one.identifier for one in attest.patients]
    if any(one is None or not _is_person(one, rule.values) for one in ids):
        return "Each patient must have an identifier: fødselsnummer, D-number or felles hjelpenummer."
    if ids and asked.patient is None:
        return "The attest is for given patients and opens no list. Attest access to the list."
    if ids and asked.patient not in {one.id for one in ids if one}:
        return "The attest is for another patient. Attest access to this one."
    return ""


def _unbound(attest: Attest, asked: Asked, rule: Rule) -> str:
    if asked.patient is not None and not attest.patients:
        return "The attest is for no patient and opens lists only. Attest access to this patient."
    return ""


def _level(attest: Attest, asked: Asked, rule: Rule) -> str:
    is_high = asked.caller.is_person and asked.caller.security_level >= int(rule.values[0])
    return "" if is_high else "The person must have signed in at the level «høyt» (4)."


def _identifier(attest: Attest, asked: Asked, rule: Rule) -> str:
    identifier = attest.practitioner.identifier
    if identifier is None or not _is_person(identifier, rule.values):
        return "practitioner.identifier must be a fødselsnummer or a D-number."
    return "" if identifier.name.strip() else "practitioner.identifier must have the person's name."


def _identity(attest: Attest, asked: Asked, rule: Rule) -> str:
    identifier = attest.practitioner.identifier
    is_same = identifier is not None and asked.caller.pid is not None and identifier.id == asked.caller.pid
    return "" if is_same else "The person in the attest is not the one who is signed in."


def _organisation(attest: Attest, asked: Asked, rule: Rule) -> str:
    unit = attest.practitioner.legal_entity
    is_same = unit is not None and bool(asked.caller.orgnr_parent) and unit.id == asked.caller.orgnr_parent
    return "" if is_same else "legal_entity is not the organisation the access token was given to."


def _legal_entity(attest: Attest, asked: Asked, rule: Rule) -> str:
    return _registered(attest.practitioner.legal_entity, rule, "legal_entity")


def _point_of_care(attest: Attest, asked: Asked, rule: Rule) -> str:
    return _registered(attest.practitioner.point_of_care, rule, "point_of_care")


def _department(attest: Attest, asked: Asked, rule: Rule) -> str:
    """National systems own their numbers; a local number needs to say whose it is."""
    for unit in (attest.practitioner.department, *(one.department for one in attest.patients)):
        if unit is None:
            continue
        if not unit.id or not unit.system or (unit.system not in rule.values and not unit.authority):
            return "A department needs id and system; with a local system, authority too."
    return ""


def _hpr(attest: Attest, asked: Asked, rule: Rule) -> str:
    given, known = attest.practitioner.hpr_nr, asked.caller.hpr_number
    if given is None:
        return "hpr_nr must be given: the person has an HPR number." if known else ""
    if given.system not in rule.values:
        return "hpr_nr must be of Helsepersonellregisteret."
    return "" if given.id == known else "hpr_nr is not the HPR number the person is signed in with."


def _authorization(attest: Attest, asked: Asked, rule: Rule) -> str:
    given = attest.practitioner.authorization
    if given is None:
        return ""
    if given.system not in rule.values or not given.code:
        return "authorization must be a code of «Kategori helsepersonell» (9060)."
    if asked.authorizations is not None and given.code not in asked.authorizations:
        return "The person does not have this authorisation in Helsepersonellregisteret."
    return ""


def _service(attest: Attest, asked: Asked, rule: Rule) -> str:
    given = attest.care_relation.healthcare_service
    is_right = given is None or (bool(given.code) and given.system in rule.values)
    return (
        "" if is_right else "healthcare_service must be a code of one of the national code sets for services."
    )


def _purpose(attest: Attest, asked: Asked, rule: Rule) -> str:
    """The four purposes are four rules; a purpose that is none of them breaks the first."""
    given = attest.care_relation.purpose_of_use
    known = {tuple(rules()[number].values) for number in PURPOSE_RULES}
    is_right = given is not None and (given.code, given.system) in known
    return (
        ""
        if is_right
        else "purpose_of_use must be TREAT, ETREAT, COC or BTG of 2.16.840.1.113883.1.11.20448."
    )


def _service_or_details(attest: Attest, asked: Asked, rule: Rule) -> str:
    relation = attest.care_relation
    has_one = relation.healthcare_service is not None or relation.purpose_of_use_details is not None
    return "" if has_one else "Give healthcare_service or purpose_of_use_details."


def _details(attest: Attest, asked: Asked, rule: Rule) -> str:
    given: Code | None = attest.care_relation.purpose_of_use_details
    is_right = given is None or (bool(given.code) and bool(given.system))
    return "" if is_right else "purpose_of_use_details needs a code and its code set."


def _decision_ref(attest: Attest, asked: Asked, rule: Rule) -> str:
    given = attest.care_relation.decision_ref
    is_there = given is not None and bool(given.id.strip())
    return "" if is_there else "decision_ref must have the id of the decision on access."


def _user_selected(attest: Attest, asked: Asked, rule: Rule) -> str:
    given = attest.care_relation.decision_ref
    is_told = given is not None and given.user_selected is not None
    return "" if is_told else "decision_ref.user_selected must be true or false."


def _patient_point_of_care(attest: Attest, asked: Asked, rule: Rule) -> str:
    units = [one.point_of_care for one in attest.patients if one.point_of_care is not None]
    return next((said for unit in units if (said := _registered(unit, rule, "patients.point_of_care"))), "")


def _ahead(attest: Attest, asked: Asked, rule: Rule) -> str:
    lies_ahead = attest.toa > asked.now + CLOCK_SKEW_SECONDS
    return "toa lies ahead. Check the clocks of both machines." if lies_ahead else ""


def _expired(attest: Attest, asked: Asked, rule: Rule) -> str:
    minutes = int(rule.values[0])
    has_expired = asked.now - attest.toa > minutes * 60
    return f"The attest is older than {minutes} minutes. Make a new one." if has_expired else ""


def _registered(unit: UnitId | None, rule: Rule, name: str) -> str:
    is_right = unit is not None and unit.system in rule.values and NINE_DIGITS.fullmatch(unit.id) is not None
    return "" if is_right else f"{name} must have an organisation number of Enhetsregisteret (nine digits)."


def _is_person(identifier: PersonId, systems: tuple[str, ...]) -> bool:
    return identifier.system in systems and ELEVEN_DIGITS.fullmatch(identifier.id) is not None


EXPIRED = "attestation_has_expired"
PURPOSE_RULES = (38, 39, 40, 41)
CHECKS: tuple[tuple[int, Check], ...] = (
    (4, _patient),
    (6, _unbound),
    (9, _level),
    (10, _identifier),
    (11, _identity),
    (13, _organisation),
    (15, _legal_entity),
    (18, _point_of_care),
    (28, _department),
    (29, _hpr),
    (32, _authorization),
    (37, _service),
    (38, _purpose),
    (43, _service_or_details),
    (45, _details),
    (46, _decision_ref),
    (48, _user_selected),
    (49, _patient_point_of_care),
    (58, _ahead),
    (58, _expired),
)
CODES: dict[Check, str] = {_ahead: "attest.toa"}  # where a function has a code that is not its rule's
HELD_BY = {36: 43, 39: 38, 40: 38, 41: 38}  # rules that another rule's function looks after
