"""A plan for one person: plain values, in one language, made from a template and then adjusted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from samspill.refusal import Refused
from samspill.rulebook.exact_numbers import exact
from samspill.rulebook.safety_net.contacts import Contact
from samspill.rulebook.safety_net.roles import LANGUAGES, LEVELS, role, title
from samspill.rulebook.safety_net.templates import (
    KINDS,
    Template,
    TemplateIndicator,
    filled,
    placeholders,
)
from samspill.rulebook.triage.changes import limits_from
from samspill.rulebook.triage.limits import Change, Limits


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is watched. `limits` are in the unit of the measurement, also those that began as a baseline.

    levels   what each level looks like, with the limits in it; {names} of limits are filled in when it is
             shown
    """

    id: str
    kind: str
    name: str
    levels: Mapping[str, str]
    code: str = ""
    limits: Limits | None = None
    change: Change | None = None
    how: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """What to do and why; `own_step` is what the person does first, in a plan for self-management."""

    title: str
    do: str
    why: str = ""
    own_step: str = ""
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Medication:
    """The medication list: reconciled by somebody, or a signed reason why it is not."""

    reconciled_by: str = ""
    reason: str = ""
    signed_by: str = ""


@dataclass(frozen=True, slots=True)
class LanguageCheck:
    """A person has read the texts as the reader will."""

    by: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom the plan is sent to. `can_receive`: a way to them is known."""

    name: str
    can_receive: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole plan of one person.

    kind    of `KINDS`
    person  what the person is called in the plan
    levels  green, yellow and red
    """

    template: str
    version: int
    language: str
    person: str
    indicators: tuple[Indicator, ...]
    levels: Mapping[str, Level]
    kind: str = "safety_net"
    about: str = ""
    responsibility: tuple[str, ...] = ()
    medication: Medication | None = None
    language_check: LanguageCheck | None = None
    recipients: tuple[Recipient, ...] = field(default=())
    valid_from: date | None = None
    valid_to: date | None = None


def begin(
    made_from: Template,
    *,
    language: str,
    person: str,
    valid_from: date,
    valid_to: date | None = None,
    kind: str = "safety_net",
    baselines: Mapping[str, object] | None = None,
    phones: Mapping[str, str] | None = None,
) -> Plan:
    """A plan with all that the template says, in one language.

    baselines  what is usual for the person, by indicator, in the unit of the measurement; an indicator that
               needs one and has none comes without limits, and `faults` tells
    phones     numbers by role

    Refuses (code): `safety_net.language`, `safety_net.kind` a kind the template is not for.
    """
    if language not in LANGUAGES:
        raise Refused(
            "safety_net.language", f"There is no text in {language!r}. Choose {', '.join(LANGUAGES)}."
        )
    if kind not in KINDS or kind not in made_from.kinds:
        raise Refused(
            "safety_net.kind",
            f"The template {made_from.id} is for {', '.join(made_from.kinds)}, not {kind!r}.",
        )
    known = baselines or {}
    return Plan(
        template=made_from.id,
        version=made_from.version,
        language=language,
        person=person,
        indicators=tuple(_indicator(one, language, known.get(one.id)) for one in made_from.indicators),
        levels={level: _level(made_from, level, language, kind, phones or {}) for level in LEVELS},
        kind=kind,
        about=made_from.about[language],
        responsibility=tuple(role(name).answers_for[language] for name in made_from.responsibility),
        valid_from=valid_from,
        valid_to=valid_to,
    )


def described(indicator: Indicator, level: str, language: str) -> str:
    """What the level looks like, with the limits in words; "" when the indicator does not have the level.

    Refuses (`safety_net.placeholder`) a text that names a limit that is not set.
    """
    text = indicator.levels.get(level, "")
    wanted = placeholders(text)
    if not wanted:
        return text
    values = _values(indicator, language)
    if wanted - values.keys():
        raise Refused(
            "safety_net.placeholder",
            f"{indicator.name}: the text of {level} names {', '.join(sorted(wanted - values.keys()))}, "
            "which is not set. Set the limit, or change the text.",
        )
    return filled(text, values)


def written(number: object, language: str) -> str:
    """A number as people write it: no needless zeros, and a comma where the language has one."""
    said = format(exact(number).normalize(), "f")
    return said if language == "en" else said.replace(".", ",")


def _values(indicator: Indicator, language: str) -> dict[str, str]:
    names = ("red_low", "yellow_low", "yellow_high", "red_high")
    limits, change = indicator.limits, indicator.change
    found = {name: getattr(limits, name, None) for name in names}
    if change is not None:
        found["change_high"] = change.limits.yellow_high
        found["change_days"] = Decimal(change.within_days)
    return {name: written(value, language) for name, value in found.items() if value is not None}


def _indicator(one: TemplateIndicator, language: str, baseline: object) -> Indicator:
    limits = one.limits
    if limits is not None and one.basis == "baseline":
        limits = None if baseline is None else limits_from(baseline, limits)
    return Indicator(
        id=one.id,
        kind=one.kind,
        name=one.name[language],
        levels={level: texts[language] for level, texts in one.levels.items()},
        code=one.code,
        limits=limits,
        change=one.change,
        how=one.how[language] if one.how else "",
    )


def _level(made_from: Template, level: str, language: str, kind: str, phones: Mapping[str, str]) -> Level:
    own = made_from.own_steps.get(level) if kind == "self_management" else None
    return Level(
        title=title(level)[language],
        do=made_from.do[level][language],
        why=made_from.why[level][language],
        own_step=own[language] if own else "",
        contacts=tuple(
            Contact(one.role, one.days, one.start, one.end, one.otherwise, phones.get(one.role, ""))
            for one in made_from.contacts[level]
        ),
    )
