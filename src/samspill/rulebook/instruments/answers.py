"""Answers as people and devices give them, checked part by part. No answer and None are the same: missing."""

from collections.abc import Mapping
from contextlib import suppress
from decimal import ROUND_HALF_UP, Decimal
from numbers import Real

from samspill.refusal import Refused
from samspill.rulebook.instruments.definitions import Context, PartRule, Version


def checked(answers: Mapping[str, object], version: Version) -> dict[str, object]:
    """The answers that are there, by part or context: a whole number, a Decimal, a code or a text.

    Refuses what is not a mapping (`answers_shape`), a part nobody asks about (`unknown_part`), something else
    than a number (`answer_not_a_number`) or than the codes (`answer_unknown_code`), and what nobody can have
    (`answer_out_of_range`). The part is in `field` and in the sentence.
    """
    if not isinstance(answers, Mapping):
        raise Refused("answers_shape", "Give the answers by the names of the parts.", field="answers")
    known = [*version.parts, *version.context]
    for name in answers:
        if name not in known:
            raise _no("unknown_part", name, f"is not asked about. The parts are {', '.join(known)}")
    given = {name: value for name, value in answers.items() if value is not None}
    parts = {name: _answer(version.parts[name], given[name]) for name in version.parts if name in given}
    return parts | _steering(version, given)


def _steering(version: Version, given: Mapping[str, object]) -> dict[str, object]:
    found = {name: _context(one, given.get(name)) for name, one in version.context.items()}
    return {name: value for name, value in found.items() if value is not None}


def check_demands(version: Version, given: Mapping[str, object]) -> None:
    """Refuses, with the demand's own code, an answer that lacks what it rests on."""
    for demand in version.demands:
        holds = all(given.get(name) == value for name, value in demand.when.items())
        if holds and demand.answered not in given:
            raise Refused(demand.code, demand.sentence, field=demand.answered)


def _answer(rule: PartRule, value: object) -> object:
    if rule.codes is not None:
        if not isinstance(value, str) or value not in rule.codes:
            raise _no("answer_unknown_code", rule.name, f"must be one of {', '.join(rule.codes)}")
        return value
    number = _number(rule.name, value)
    return _measured(rule, number) if rule.tables else _chosen(rule, number)


def _chosen(rule: PartRule, number: Decimal) -> int:
    allowed = (*rule.points, *((rule.not_relevant,) if rule.not_relevant is not None else ()))
    if number not in allowed:
        listed = ", ".join(map(str, allowed))
        raise _no("answer_out_of_range", rule.name, f"is {_shown(number)}; it must be one of {listed}")
    return int(number)


def _measured(rule: PartRule, number: Decimal) -> Decimal:
    if not rule.lowest <= number <= rule.highest:
        limits = f"from {rule.lowest} to {rule.highest} {rule.unit}"
        raise _no("answer_out_of_range", rule.name, f"is {_shown(number)}; it must be {limits}")
    return (number / rule.step).quantize(Decimal(1), ROUND_HALF_UP) * rule.step


def _number(name: str, value: object) -> Decimal:
    """Exactly, and as it was written when it is a float. True is not 1, and text is not a number."""
    if isinstance(value, Real | Decimal) and not isinstance(value, bool):
        with suppress(ArithmeticError, ValueError):
            number = Decimal(str(value))
            if number.is_finite():
                return number
    raise _no("answer_not_a_number", name, "must be a number. Leave it out when it is not known")


def _context(rule: Context, value: object) -> object:
    """One of its values or its default; a context without values is a text, and an empty one is no answer."""
    if rule.values:
        if value is None:
            return rule.default
        number = _number(rule.name, value)
        if number not in rule.values:
            listed = " or ".join(map(str, rule.values))
            raise _no("answer_out_of_range", rule.name, f"is {_shown(number)}; it must be {listed}")
        return int(number)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _no("answer_not_text", rule.name, "must be a text that says where it is recorded")
    return value.strip() or None


def _shown(number: Decimal) -> str:
    return f"{number:f}" if abs(number.adjusted()) < 12 else str(number)


def _no(code: str, name: object, what: str) -> Refused:
    return Refused(code, f"«{name}» {what}.", field=str(name), facts={"part": name})
