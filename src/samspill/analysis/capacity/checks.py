"""What every calculation of beds asks of its numbers: that they are there, finite and in range."""

import math

from samspill.refusal import Refused


def check_number(value: float, name: str, *, least: float = 0.0, most: float = math.inf) -> None:
    """`value` is a finite number from `least` to `most`. Refuses with `number_out_of_range`."""
    if isinstance(value, bool) or not math.isfinite(value) or not least <= value <= most:
        within = f"{least:g} or more" if math.isinf(most) else f"from {least:g} to {most:g}"
        raise Refused(
            "number_out_of_range",
            f"{name} is {value}; it must be {within}.",
            field=name,
            facts={"where": name},
        )


def check_positive(value: float, name: str) -> None:
    """`value` is finite and above zero."""
    if isinstance(value, bool) or not math.isfinite(value) or value <= 0:
        raise Refused(
            "number_out_of_range",
            f"{name} is {value}; it must be above 0.",
            field=name,
            facts={"where": name},
        )


def check_whole(value: int, name: str, *, least: int = 0, most: float = math.inf) -> None:
    """`value` is a whole number from `least` to `most`; 3.0 is not."""
    if isinstance(value, bool) or not hasattr(value, "__index__") or not least <= value <= most:
        within = f"{least} or more" if math.isinf(most) else f"from {least} to {most:.0f}"
        raise Refused(
            "number_out_of_range",
            f"{name} is {value}; it must be a whole number, {within}.",
            field=name,
            facts={"where": name},
        )


def check_share(value: float, name: str) -> None:
    """`value` is a probability strictly between 0 and 1."""
    if isinstance(value, bool) or not 0 < value < 1:
        raise Refused(
            "number_out_of_range",
            f"{name} is {value}; it must be between 0 and 1, say 0.05.",
            field=name,
            facts={"where": name},
        )
