"""A plan as plain values that JSON can hold, and back: nothing is lost, and nothing unknown is read.

Numbers and times are text, so that 72.0 stays what was written.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from samspill.refusal import Refused
from samspill.rulebook import strict_yaml
from samspill.rulebook.safety_net.contacts import Contact
from samspill.rulebook.safety_net.plans import (
    Indicator,
    LanguageCheck,
    Level,
    Medication,
    Plan,
    Recipient,
)
from samspill.rulebook.triage.limits import NAMES, Change, Limits


def to_plain(plan: Plan) -> dict[str, Any]:
    """The plan as dictionaries, lists, texts, whole numbers, truth values and None."""
    return _plain(plan)


def from_plain(said: Mapping[str, Any]) -> Plan:
    """The plan that `to_plain` made. Refuses (code): `safety_net.stored` what cannot be read, and unknown or
    missing names as `strict_yaml.check_keys`. Whether it can be sent is for `faults`."""
    try:
        return _plan(said)
    except (TypeError, ValueError, AttributeError, InvalidOperation) as problem:
        raise Refused("safety_net.stored", f"The stored plan cannot be read: {problem}.") from problem


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal() | float():
            return str(value)
        case date() | time():  # a datetime is a date
            return value.isoformat()
        case Mapping():
            return {str(key): _plain(one) for key, one in value.items()}
        case tuple() | list():
            return [_plain(one) for one in value]
    if not is_dataclass(value):
        raise Refused("safety_net.stored", f"{value!r} cannot be stored.")
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def _parts(kind: type, said: Any) -> dict[str, Any]:
    """The values of a dataclass by name; those with a default may be missing."""
    names = [field.name for field in fields(kind)]
    return dict(strict_yaml.check_keys(said, must=(), may=names, where=f"The stored {kind.__name__.lower()}"))


def _plan(said: Any) -> Plan:
    parts = _parts(Plan, said)
    return Plan(
        **{
            **parts,
            "indicators": tuple(map(_indicator, parts.get("indicators", ()))),
            "levels": {name: _level(one) for name, one in parts.get("levels", {}).items()},
            "responsibility": tuple(parts.get("responsibility", ())),
            "medication": _maybe(parts.get("medication"), lambda one: Medication(**_parts(Medication, one))),
            "language_check": _maybe(parts.get("language_check"), _language_check),
            "recipients": tuple(Recipient(**_parts(Recipient, one)) for one in parts.get("recipients", ())),
            "valid_from": _maybe(parts.get("valid_from"), date.fromisoformat),
            "valid_to": _maybe(parts.get("valid_to"), date.fromisoformat),
        }
    )


def _indicator(said: Any) -> Indicator:
    parts = _parts(Indicator, said)
    parts["limits"] = _maybe(parts.get("limits"), _limits)
    parts["change"] = _maybe(parts.get("change"), _change)
    return Indicator(**parts)


def _change(said: Any) -> Change:
    parts = _parts(Change, said)
    return Change(parts["within_days"], _limits(parts["limits"]))


def _limits(said: Any) -> Limits:
    parts = strict_yaml.check_keys(said, must=(), may=NAMES, where="The stored limits")
    return Limits(**{name: _maybe(parts.get(name), lambda one: Decimal(str(one))) for name in NAMES})


def _level(said: Any) -> Level:
    parts = _parts(Level, said)
    return Level(**{**parts, "contacts": tuple(map(_contact, parts.get("contacts", ())))})


def _contact(said: Any) -> Contact:
    parts = _parts(Contact, said)
    hours = {name: _maybe(parts.get(name), time.fromisoformat) for name in ("start", "end")}
    days = {"days": tuple(parts["days"])} if "days" in parts else {}
    return Contact(**{**parts, **hours, **days})


def _language_check(said: Any) -> LanguageCheck:
    parts = _parts(LanguageCheck, said)
    return LanguageCheck(parts["by"], _maybe(parts.get("at"), datetime.fromisoformat))


def _maybe(value: Any, read: Any) -> Any:
    return None if value is None else read(value)
