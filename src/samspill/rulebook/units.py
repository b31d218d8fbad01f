"""Measurements in the unit we keep them in, and those that cannot be right set aside with a reason.

    examine(code, value, unit, effective=…, received=…)   value and unit, or why it is set aside
    convert(code, value, unit)                            the conversion alone

The table is `norway/vital_signs.yaml`, by LOINC code. Nothing is dropped: what is set aside keeps what was
sent, and becomes a task for a person. Not here: colours (`samspill.rulebook.triage`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from samspill.refusal import Refused
from samspill.rulebook.exact_numbers import exact
from samspill.rulebook.vital_signs import VitalSign, clock_bounds, find, spelled
from samspill.rulebook.wall_clock import check_zoned

_MOST_DIGITS = 30  # before or after the point; more are no measurement, and dear to reckon with


@dataclass(frozen=True, slots=True)
class Aside:
    """Why a measurement is set aside: a stable code, and a sentence that says how to mend it.

    likely_unit  the unit in which the value could be true, when there is just one
    """

    code: str
    sentence: str
    likely_unit: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """`value` in `unit`, the one kept; None when it cannot be read. Usable only when `aside` is empty.

    sent_value and sent_unit are as they came; converted tells whether the unit was another.
    """

    code: str
    value: Decimal | None
    unit: str
    sent_value: object
    sent_unit: str
    converted: bool = False
    aside: tuple[Aside, ...] = ()

    @property
    def is_usable(self) -> bool:
        return not self.aside


def convert(code: str, value: object, unit: str) -> tuple[Decimal, str]:
    """The value in the unit we keep `code` in, and that unit.

    A value in that unit already is unchanged; another is rounded half up to the decimals a device shows.
    Refuses (code): `unit.unknown_code`, `unit.missing`, `unit.unknown`, `number.not_a_number`,
    `number.not_finite`.
    """
    sign, number = find(code), exact(value)
    if not isinstance(unit, str) or not unit.strip():
        raise Refused(
            "unit.missing",
            f"The {sign.names['en']} has no unit. Say which: {', '.join(sign.units)}.",
            field="unit",
        )
    said = spelled(unit, sign)
    if said == sign.unit:
        return number, sign.unit
    if abs(number.adjusted()) > _MOST_DIGITS and number:
        raise Refused(
            "value.impossible", f"The {sign.names['en']} cannot be {value}. Measure again, or mend it."
        )
    if said not in sign.conversions:
        raise Refused(
            "unit.unknown",
            f"The {sign.names['en']} is in {unit}, which is none of {', '.join(sign.units)}. Convert it, or "
            "mend it.",
            field="unit",
            facts={"unit": unit, "code": sign.code},
        )
    return _converted(sign, number, said), sign.unit


def examine(
    code: str, value: object, unit: str, *, effective: object = None, received: datetime | None = None
) -> Examined:
    """The measurement in the unit we keep, with every reason to set it aside at once, whatever was sent.

    effective and received, with zones, are held against each other when `received` is given. Codes of
    reasons: `unit.…` and `number.…` as `convert`; `value.impossible` outside what a living body can have;
    `time.not_a_time`, `time.no_zone`, `time.future`, `time.old`.
    """
    aside = [] if received is None else check_clock(effective, received)
    try:
        number, kept = convert(code, value, unit)
    except Refused as refused:
        told = Aside(refused.code, refused.sentence)
        return Examined(code, None, "", value, unit, aside=(*aside, told))
    sign = find(code)
    if not sign.low <= number <= sign.high:
        aside.append(_impossible(sign, exact(value), number, unit))
    return Examined(sign.code, number, kept, value, unit, spelled(unit, sign) != kept, tuple(aside))


def check_clock(effective: object, received: datetime) -> list[Aside]:
    """Why the time of a measurement cannot be right, seen from when it was received; empty when it can."""
    arrived = check_zoned(received, what="When it was received")
    try:
        taken = check_zoned(effective, what="The time of the measurement")
    except Refused as refused:
        return [Aside(refused.code, refused.sentence)]
    ahead, behind = clock_bounds()
    if taken - arrived > ahead:
        return [_wrong("time.future", taken, arrived, ahead, "after")]
    if arrived - taken > behind:
        return [_wrong("time.old", taken, arrived, behind, "before")]
    return []


def _wrong(code: str, taken: datetime, arrived: datetime, most: timedelta, side: str) -> Aside:
    return Aside(
        code,
        f"The measurement says {taken:%Y-%m-%d %H:%M} UTC, more than {_told(most)} {side} it came "
        f"({arrived:%Y-%m-%d %H:%M} UTC). Check the clock of the device, and when it was measured.",
    )


def _told(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    return f"{minutes // 1440} days" if minutes >= 2 * 1440 else f"{minutes} minutes"


def _impossible(sign: VitalSign, sent: Decimal, number: Decimal, unit: str) -> Aside:
    """The units the value would be possible in tell what probably happened."""
    small = abs(sent.adjusted()) <= _MOST_DIGITS
    others = [one for one in sign.units if small and one != spelled(unit, sign) and _fits(sign, sent, one)]
    likely = others[0] if len(others) == 1 else ""
    hint = f"In {likely} it could be. " if likely else ""
    return Aside(
        "value.impossible",
        f"The {sign.names['en']} {number} {sign.unit} is outside what a living body can have "
        f"({sign.low} to {sign.high}). {hint}Measure again, or mend the value or its unit.",
        likely,
    )


def _fits(sign: VitalSign, sent: Decimal, unit: str) -> bool:
    number = sent if unit == sign.unit else _converted(sign, sent, unit)
    return sign.low <= number <= sign.high


def _converted(sign: VitalSign, number: Decimal, unit: str) -> Decimal:
    times, plus = sign.conversions[unit]
    found = Fraction(number) * times + plus
    step = Fraction(1, 10**sign.digits)
    steps = found / step
    whole = (Decimal(steps.numerator) / Decimal(steps.denominator)).to_integral_value(ROUND_HALF_UP)
    return whole.scaleb(-sign.digits)


def converted_all(code: str, values: Mapping[str, object], unit: str) -> dict[str, Decimal]:
    """The set ones of some values by name, such as limits that are written in another unit; as `convert`."""
    return {name: convert(code, value, unit)[0] for name, value in values.items() if value is not None}
