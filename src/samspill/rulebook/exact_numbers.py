"""Numbers as people wrote them: 37.5 is 37.5, so that a value on a limit is on it, and not beside it."""

from decimal import Decimal

from samspill.refusal import Refused


def exact(given: object, *, what: str = "The value") -> Decimal:
    """The number as a decimal; a float as its shortest writing, as a person would have written it.

    Refuses (code): `number.not_a_number` text, truth values, nothing and what else is no number;
    `number.not_finite` NaN and infinity. `what` begins the sentence.
    """
    found = _decimal(given)
    if found is None:
        raise Refused(
            "number.not_a_number",
            f"{what} is {given!r}, but must be a number. Give it as digits, without unit and quotation "
            "marks.",
        )
    if not found.is_finite():
        raise Refused(
            "number.not_finite", f"{what} is {given}, which is no finite number. Give what was measured."
        )
    return found


def _decimal(given: object) -> Decimal | None:
    match given:
        case bool():
            return None
        case Decimal():
            return given
        case int():
            return Decimal(given)
        case float():
            return Decimal(float.__repr__(given))
    return _of_array(given)


def _of_array(given: object) -> Decimal | None:
    """Of a number that a table library has packed in; its own writing is the shortest for its width."""
    item = getattr(given, "item", None)
    if not callable(item) or getattr(given, "shape", None) != ():
        return None
    inner = item()
    if isinstance(inner, float) and not isinstance(given, float):
        return Decimal(str(given))
    return None if isinstance(inner, bool) else _decimal(inner) if isinstance(inner, int | float) else None
