"""A stored calculation told again: in the language that is active, from what was kept of it.

Not here: how a kind tells its answer (its `tell`), and who may see a calculation (`visible_to`).
"""

import re
from collections.abc import Iterable, Mapping

from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspill.directory.public import Party, alphabetical
from samspill.insight.calculating import CALCULATIONS, CalculationKind
from samspill.insight.models import Calculation
from samspill.insight.telling import Asked, Told
from samspill.refusal import Refused

_CODE = re.compile(r"\d{4}")


def kind_of(key: str) -> CalculationKind:
    """Refuses a kind that is not registered, or is no longer (`calculation.kind`)."""
    found = CALCULATIONS.get(key)
    if found is None:
        raise Refused("calculation.kind", _("There is no calculation called «%(kind)s».") % {"kind": key})
    return found


def tell(calculation: Calculation, names: Mapping[str, str] | None = None) -> Told:
    """What it says. `names` of municipalities by code saves a query when many are told."""
    asked = Asked(
        community=calculation.community,
        asked=calculation.asked,
        found=calculation.found,
        names=names_in([calculation]) if names is None else names,
        source=source_of(calculation),
    )
    return kind_of(calculation.kind).tell(asked)


def title_of(calculation: Calculation, told: Told | None = None) -> str:
    """What it is called: its kind, and its message. By its key alone when its kind is no longer known."""
    how = CALCULATIONS.get(calculation.kind)
    if how is None:
        return str(calculation)
    return f"{how.label}: {(told or tell(calculation)).heading}"


def source_of(calculation: Calculation) -> str:
    """The line under a figure: who counted, and when we calculated."""
    return _("%(credit)s. Calculated %(day)s") % {
        "credit": calculation.pack.credit_of_population,
        "day": date_format(calculation.made_at, "DATE_FORMAT"),
    }


def names_in(calculations: Iterable[Calculation]) -> dict[str, str]:
    """Names of the municipalities of their communities and of their questions, by code; 1 query."""
    several = list(calculations)
    codes = {code for one in several for code in codes_in(one.asked)}
    return names_of_codes(codes, {one.community_id for one in several})


def names_of_codes(codes: Iterable[str], communities: Iterable[int]) -> dict[str, str]:
    """Names of municipalities with `codes` and of `communities`, by code; 1 query.

    In the order of the language. A code that no party answers for keeps its number.
    """
    wanted = set(codes)
    parties = (
        Party.objects.filter(Q(community__in=list(communities)) | Q(municipality_code__in=wanted))
        .exclude(municipality_code="")
        .order_by(F("left").desc(nulls_first=True), "-pk")
    )
    found = {code: code for code in wanted}
    for party in reversed(list(parties)):
        found[party.municipality_code] = str(party)
    return dict(sorted(found.items(), key=lambda pair: alphabetical(pair[1])))


def codes_in(asked: object) -> set[str]:
    """Every text of four digits in a question, however deep: it may be the code of a municipality."""
    if isinstance(asked, str):
        return {asked} if _CODE.fullmatch(asked) else set()
    if isinstance(asked, Mapping):
        return {code for value in asked.values() for code in codes_in(value)}
    if isinstance(asked, list | tuple):
        return {code for value in asked for code in codes_in(value)}
    return set()
