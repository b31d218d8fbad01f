"""«Hva er innafor» in words: what is missing in a draft, and where to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from samspill.rulebook.safety_net import Fault, Plan

_SAID = {
    "no_person": gettext_lazy("Say what the patient is called."),
    "no_start": gettext_lazy("Say from which day the plan holds."),
    "turned_days": gettext_lazy("The plan ends before it begins. Mend the day."),
    "no_indicator": gettext_lazy("Choose at least one thing to watch."),
    "level_not_described": gettext_lazy("%(where)s: say how it looks, for at least one thing."),
    "no_limits": gettext_lazy("%(where)s: set at least one limit."),
    "safety_net.placeholder": gettext_lazy("%(where)s: a text names a limit that is not set."),
    "no_action": gettext_lazy("%(where)s: say what to do."),
    "no_contact": gettext_lazy("%(where)s: say whom to call."),
    "no_number": gettext_lazy("%(where)s: somebody to call has no number."),
    "nobody_answers": gettext_lazy("%(where)s: there is an hour when nobody answers."),
    "no_responsibility": gettext_lazy("Say who answers for what."),
    "no_medication_list": gettext_lazy(
        "Go through the medication list and sign it, or say why it is not done."
    ),
    "no_language_check": gettext_lazy("Read the plan as the reader will, and tick that it is done."),
    "code_without_words": gettext_lazy("%(where)s: write short forms and codes in words."),
    "no_recipient": gettext_lazy("Choose who is to have the plan."),
    "nobody_can_receive": gettext_lazy("None of those chosen can receive the plan here. Choose one more."),
}
_FIELD = {
    "indicators": "watched",
    "medication": "reason",
    "language_check": "is_read",
    "recipients": "recipients",
    "responsibility": "duties",
    "valid_from": "valid_to",
}
_PLACES = {
    "about": gettext_lazy("What this is about"),
    "responsibility": gettext_lazy("Who answers for what"),
}


@dataclass(frozen=True)
class Missing:
    """A reason why a draft cannot be sent, and the id of the field where it is mended."""

    sentence: str
    field: str


def missing_in(plan: Plan, found: Iterable[Fault]) -> list[Missing]:
    """Each once, in the order of the plan."""
    told = (Missing(_sentence(plan, one), _field(plan, one)) for one in found)
    return list(dict.fromkeys(told))


def _sentence(plan: Plan, one: Fault) -> str:
    said = _SAID.get(one.code)
    if said is None:  # limits that do not fit together, and what contacts cannot be
        said = gettext_lazy(
            "%(where)s: the limits or hours do not fit together. Write the limits from low to high."
        )
    return str(said) % {"where": _where(plan, one.where)}


def _where(plan: Plan, where: str) -> str:
    names = {one.id: one.name for one in plan.indicators}
    titles = {name: said.title for name, said in plan.levels.items()}
    return names.get(where) or titles.get(where) or str(_PLACES.get(where, where))


def _field(plan: Plan, one: Fault) -> str:
    if one.code == "no_number":
        return "phones"
    if one.where in plan.levels:
        return f"{one.where}-do"
    if any(one.where == indicator.id for indicator in plan.indicators):
        return f"watched-{one.where}"
    return _FIELD.get(one.where, one.where)
