"""The question «demand» made whole: which services, where, until when, and what is tried how much.

    services  codes; none: all of them
    areas     municipalities by code; none: all of the community's
    to        the last year
    sizes     by mitigator, in per cent of what its range says: 0 is nothing, 100 as it says, at most 200
    ranges    by mitigator, another range of what is left (1 = as before), where one has better figures
    years     by mitigator, until it works in full
    draws     random futures; `seed` of them

What is as it comes is left out, so that the same question has one form.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from samspill.analysis.demand import catalogue, mitigators
from samspill.insight.wording.mitigators import name_of
from samspill.refusal import Refused

TO = 2040
FIRST, LAST = 2000, 2100  # years one may write; how far it goes from the figures at hand is checked with them
MOST_SIZE, MOST_YEARS, MOST_FACTOR, MOST_DRAWS = 200, 30, 2.0, 1000
DEFAULTS: dict[str, object] = {
    "services": [],
    "areas": [],
    "to": TO,
    "sizes": {},
    "ranges": {},
    "years": {},
    "draws": 256,
    "seed": 2026,
}


def whole(asked: Mapping[str, object]) -> dict[str, object]:
    """The question with every default filled in. Refuses what cannot be asked, and says how to mend it."""
    filled = {key: asked.get(key, default) for key, default in DEFAULTS.items()}
    check_number("to", filled["to"], FIRST, LAST)
    check_number("draws", filled["draws"], 2, MOST_DRAWS)
    check_number("seed", filled["seed"], 0, 2**31)
    sizes = _sizes(_table(filled["sizes"]))
    return {
        **filled,
        "services": _services(_list(filled["services"], "services")),
        "areas": sorted(set(_list(filled["areas"], "areas"))),
        "sizes": sizes,
        "ranges": {
            code: found
            for code, value in _table(filled["ranges"]).items()
            if (found := _range(code, value)) != list(mitigators()[code].factor) and code in sizes
        },
        "years": {
            code: value
            for code, value in _table(filled["years"]).items()
            if _years(code, value) != mitigators()[code].years and code in sizes
        },
    }


def check_number(key: str, value: object, least: int, most: int) -> None:
    """Refuses what is no whole number from `least` to `most` (`calculation.number`)."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Refused(
            "calculation.number",
            _("«%(name)s» must be a whole number from %(least)s to %(most)s; it is «%(value)s».")
            % {"name": key, "least": least, "most": most, "value": value},
            field=key,
        )


def _list(values: object, field: str) -> list[str]:
    if not isinstance(values, Sequence) or isinstance(values, str):
        raise Refused("calculation.list", _("Write «%(field)s» as a list.") % {"field": field}, field=field)
    return [str(value) for value in values]


def _services(codes: list[str]) -> list[str]:
    unknown = [code for code in codes if code not in catalogue()]
    if unknown:
        raise Refused(
            "calculation.service",
            _("There is no service «%(name)s» to ask for.") % {"name": unknown[0]},
            field="services",
        )
    return [code for code in catalogue() if code in codes]


def _table(values: object) -> Mapping[str, Any]:
    known = mitigators()
    if not isinstance(values, Mapping) or set(values) - set(known):
        wrong = sorted(set(values) - set(known))[0] if isinstance(values, Mapping) else values
        raise Refused(
            "calculation.mitigator",
            _("«%(name)s» is nothing one can try here.") % {"name": wrong},
            field="sizes",
        )
    return {code: values[code] for code in known if code in values}


def _sizes(values: Mapping[str, Any]) -> dict[str, int]:
    for code, value in values.items():
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_SIZE:
            raise Refused(
                "calculation.size",
                _("%(name)s: give a whole number from 0 to 200 per cent; it is «%(value)s».")
                % {"name": name_of(code), "value": value},
                field=code,
            )
    return {code: value for code, value in values.items() if value}


def _range(code: str, value: Any) -> list[float]:
    numbers = isinstance(value, Sequence) and all(
        isinstance(one, int | float) and not isinstance(one, bool) for one in value
    )
    if not numbers or len(value) != 2 or not 0 <= value[0] <= value[1] <= MOST_FACTOR:
        raise Refused(
            "calculation.range",
            _("%(name)s: give how much less at least and at most, the least first, and no more than 100 %%.")
            % {"name": name_of(code)},
            field=code,
        )
    return [float(one) for one in value]


def _years(code: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_YEARS:
        raise Refused(
            "calculation.years",
            _("%(name)s: give the years until it works as a whole number from 0 to 30; it is «%(value)s».")
            % {"name": name_of(code), "value": value},
            field=code,
        )
    return value
