"""Whether a plan can be sent: every reason why not, at once (invariants 12 and 14 of the care model)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from samspill.refusal import Refused
from samspill.rulebook.reading_level import look
from samspill.rulebook.safety_net.contacts import check_contacts, gaps
from samspill.rulebook.safety_net.plans import Indicator, Plan, described
from samspill.rulebook.safety_net.roles import LEVELS
from samspill.rulebook.triage.limits import check_limits

ALWAYS = ("yellow", "red")
"""The levels at which somebody must answer at every hour of every day."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`where` is the part of the plan: an indicator's id, a level, or the name of a field."""

    code: str
    sentence: str
    where: str = ""


def check_plan(plan: Plan) -> None:
    """Refuses (`safety_net.not_ready`) a plan that cannot be sent; `facts["faults"]` has every reason."""
    found = faults(plan)
    if found:
        told = " ".join(one.sentence for one in found)
        raise Refused("safety_net.not_ready", f"The plan cannot be sent yet. {told}", facts={"faults": found})


def faults(plan: Plan) -> tuple[Fault, ...]:
    """Every reason why the plan cannot be sent, in the order of the plan; empty when it can."""
    return tuple(fault for check in _CHECKS for fault in check(plan))


def _person(plan: Plan) -> Iterator[Fault]:
    if not plan.person.strip():
        yield Fault("no_person", "Say what the person is called.", "person")
    if plan.valid_from is None:
        yield Fault("no_start", "Say from which day the plan holds.", "valid_from")
    elif plan.valid_to is not None and plan.valid_to < plan.valid_from:
        yield Fault("turned_days", "The plan ends before it begins. Mend one of the days.", "valid_to")


def _indicators(plan: Plan) -> Iterator[Fault]:
    if not plan.indicators:
        yield Fault("no_indicator", "Choose at least one thing to watch.", "indicators")
    for level in LEVELS:
        if plan.indicators and not any(one.levels.get(level, "").strip() for one in plan.indicators):
            yield Fault(
                "level_not_described", f"Say what {level} looks like for at least one indicator.", level
            )
    for one in plan.indicators:
        yield from _limits(one, plan.language)


def _limits(one: Indicator, language: str) -> Iterator[Fault]:
    if one.kind == "measured" and one.limits is None:
        yield Fault("no_limits", f"{one.name}: set the limits, or say what is usual for the person.", one.id)
        return
    try:
        if one.limits is not None:
            check_limits(one.limits)
        for level in one.levels:
            described(one, level, language)
    except Refused as refused:
        yield Fault(refused.code, f"{one.name}: {refused.sentence}", one.id)


def _actions(plan: Plan) -> Iterator[Fault]:
    for level in LEVELS:
        said = plan.levels.get(level)
        if said is None or not said.do.strip():
            yield Fault("no_action", f"Say what to do when it is {level}.", level)
        if said is None or not said.contacts:
            yield Fault("no_contact", f"Say whom to call when it is {level}.", level)


def _contacts(plan: Plan) -> Iterator[Fault]:
    for level in LEVELS:
        contacts = plan.levels[level].contacts if level in plan.levels else ()
        try:
            check_contacts(contacts)
        except Refused as refused:
            yield Fault(refused.code, f"{level}: {refused.sentence}", level)
            continue
        for one in contacts:
            if not one.number.strip():
                yield Fault("no_number", f"{level}: give the number of {one.said(plan.language)}.", level)
        alone = gaps(contacts) if contacts and level in ALWAYS else ()
        if alone:
            day, at = alone[0]
            yield Fault(
                "nobody_answers", f"{level}: nobody answers from {at:%H:%M} ({day}). Say who does.", level
            )


def _responsibility(plan: Plan) -> Iterator[Fault]:
    if not any(said.strip() for said in plan.responsibility):
        yield Fault("no_responsibility", "Say who has the responsibility for what.", "responsibility")


def _medication(plan: Plan) -> Iterator[Fault]:
    given = plan.medication
    has_list = given is not None and given.reconciled_by.strip()
    has_reason = given is not None and given.reason.strip() and given.signed_by.strip()
    if not has_list and not has_reason:
        sentence = "Check the medication list, or sign the reason why it is not checked."
        yield Fault("no_medication_list", sentence, "medication")


def _language(plan: Plan) -> Iterator[Fault]:
    if plan.language_check is None or not plan.language_check.by.strip():
        yield Fault("no_language_check", "Let a person read the plan as the reader will.", "language_check")
    for where, text in texts(plan):
        found = [
            one.said for one in look(text, plan.language).findings if one.kind in ("code", "abbreviation")
        ]
        if found:
            sentence = f"{where}: write {', '.join(dict.fromkeys(found))} in words."
            yield Fault("code_without_words", sentence, where)


def _recipients(plan: Plan) -> Iterator[Fault]:
    if not plan.recipients:
        yield Fault("no_recipient", "Say who is to have the plan.", "recipients")
    elif not any(one.can_receive for one in plan.recipients):
        told = ", ".join(one.name for one in plan.recipients)
        yield Fault(
            "nobody_can_receive", f"None of {told} can receive the plan. Add one who can.", "recipients"
        )


def texts(plan: Plan) -> Iterator[tuple[str, str]]:
    """All that a reader will see, with where it stands; limits in words."""
    yield "about", plan.about
    for one in plan.indicators:
        yield one.id, one.name
        yield one.id, one.how
        for level in one.levels:
            try:
                yield one.id, described(one, level, plan.language)
            except Refused:
                yield one.id, one.levels[level]
    for level, said in plan.levels.items():
        for text in (said.title, said.do, said.why, said.own_step):
            yield level, text
    for said_by in plan.responsibility:
        yield "responsibility", said_by


_CHECKS: tuple[Callable[[Plan], Iterator[Fault]], ...] = (
    _person,
    _indicators,
    _actions,
    _contacts,
    _responsibility,
    _medication,
    _language,
    _recipients,
)
