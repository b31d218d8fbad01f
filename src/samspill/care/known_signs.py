"""What can be watched, and what it is called: what the rulebook takes in, and a blood pressure as a whole.

The name and the unit are for people, in the language of the moment; the codes are LOINC and UCUM.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from samspill.care.plain_values import to_numbers
from samspill.refusal import Refused
from samspill.rulebook.safety_net.plans import written
from samspill.rulebook.vital_signs import find, known_codes

BLOOD_PRESSURE = "85354-9"
PARTS: Mapping[str, tuple[str, ...]] = {BLOOD_PRESSURE: ("8480-6", "8462-4")}
"""What is measured in several parts at once, with the codes of the parts in the order they are said."""
_SAID: Mapping[str, object] = {
    "Cel": "°C", "mm[Hg]": "mmHg", "/min": _("a minute"), "kg/m2": "kg/m²", "%": "%",
}  # fmt: skip


_ANSWERS: Mapping[str, object] = {
    "green": pgettext_lazy("an answer", "green"),
    "yellow": pgettext_lazy("an answer", "yellow"),
    "red": pgettext_lazy("an answer", "red"),
}


@dataclass(frozen=True, slots=True)
class KnownSign:
    code: str
    name: str
    unit: str


def known_signs() -> list[KnownSign]:
    """All that can be chosen, each once, by name."""
    codes = {find(code).code for code in known_codes()}
    codes -= {part for parts in PARTS.values() for part in parts}
    found = [KnownSign(code, name_of(code), unit_of(code)) for code in [*codes, *PARTS]]
    return sorted(found, key=lambda one: one.name.casefold())


def unit_of(code: str) -> str:
    """UCUM; "" for what is not measured."""
    code = PARTS.get(code, (code,))[0]
    return find(code).unit if code in known_codes() else ""


def name_of(code: str, otherwise: str = "") -> str:
    """The name of what is measured in the language of the moment; `otherwise` for what is ours alone."""
    if code in PARTS:
        return str(_("Blood pressure"))
    if code in known_codes():
        return capfirst(find(code).names[language()])
    return otherwise or code


def language() -> str:
    return (get_language() or "nb")[:2]


def unit_said(unit: str) -> str:
    """A unit as people write it."""
    return str(_SAID.get(unit, unit))


def value_said(value: object, unit: str) -> str:
    """«84 %», «168/94 mmHg», or the answer in words; a value that cannot be read as it was written."""
    if isinstance(value, str) and value in _ANSWERS:
        return str(_ANSWERS[value])
    if isinstance(value, Mapping):
        parts = next((codes for codes in PARTS.values() if set(codes) >= value.keys()), tuple(value))
        said = "/".join(number_said(value[one]) for one in parts if one in value)
    else:
        said = number_said(value)
    return f"{said} {unit_said(unit)}".strip() if unit else said


def number_said(value: object) -> str:
    try:
        return written(to_numbers(value), language())
    except Refused:  # an answer, or what a rule will say no to
        return str(value)
