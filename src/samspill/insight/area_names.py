"""What areas of figures are called, and which lie in which: from the register, without a query."""

from collections.abc import Mapping, Sequence
from functools import cache

from django.utils.translation import gettext_lazy as _

from samspill.directory import register

COUNTRY, ALL = "NO", "ALL"
WHOLE = {COUNTRY: _("Norway"), ALL: _("All in the figures")}


def name_of(code: str) -> str:
    """A municipality's or a helsefellesskap's name; a health region is its own name. Unknown: the code."""
    return str(WHOLE.get(code) or _named().get(code, code))


def community_of(municipality: str) -> str:
    """The code of the helsefellesskap a municipality is in, "" when the register does not know it."""
    return _communities().get(municipality, "")


def municipalities_in(community: str) -> tuple[str, ...]:
    """Codes of its municipalities today, in order of the codes."""
    return tuple(sorted(code for code, held in _communities().items() if held == community))


def community_at(slug: str) -> str:
    """The code of the helsefellesskap with that slug, or itself when it is a code; "" without any."""
    return next((one.code for one in register.communities() if slug in (one.slug, one.code)), "")


@cache
def levels() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """By level above the municipality: area -> its municipalities."""
    regions: dict[str, list[str]] = {}
    communities: dict[str, list[str]] = {}
    of_region = {one.code: one.health_region for one in register.communities()}
    for code, community in sorted(_communities().items()):
        communities.setdefault(community, []).append(code)
        regions.setdefault(of_region[community], []).append(code)
    return {"community": communities, "region": regions, "country": {COUNTRY: sorted(_communities())}}


@cache
def _named() -> Mapping[str, str]:
    found = {one.code: one.name for one in register.communities()}
    return found | {one.code: one.name for one in _municipalities()}


@cache
def _communities() -> Mapping[str, str]:
    return {one.code: one.community_code for one in _municipalities()}


def _municipalities() -> tuple[register.MunicipalityFact, ...]:
    return register.municipalities(on=register.COMPLETE_FROM)
