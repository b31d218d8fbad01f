"""Sets of municipalities that have a name: what a region of one's own is quickly chosen from."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Community, RegionMunicipality, alphabetical, in_force_on
from samspill.insight.queries.figures import Figures, names_of


class Named(NamedTuple):
    """`codes` are municipalities, sorted."""

    name: str
    codes: tuple[str, ...]


class Group(NamedTuple):
    """A helsefellesskap with its municipalities: (code, name) by name."""

    name: str
    is_own: bool
    places: Sequence[tuple[str, str]]


KINDS = {"county": _("%(name)s, county"), "hospital area": _("%(name)s, area of the local hospital")}
"""Regions of a pack that are offered, as they are called among others."""


def named_regions(figures: Figures, community: Community, own: Sequence[str], *, on: date) -> list[Named]:
    """The community's own regions first, then those of the pack that some of its municipalities are in."""
    members: dict[str, list[str]] = {}
    rows = RegionMunicipality.objects.filter(in_force_on(on), region__community=community)
    for name, code in rows.values_list("region__name", "party__municipality_code"):
        if code in figures.history.areas:
            members.setdefault(name, []).append(code)
    found = [Named(name, tuple(sorted(codes))) for name, codes in members.items()]
    found.sort(key=lambda one: alphabetical(one.name))
    if figures.pack is not None:
        found += [
            Named(str(KINDS[one.kind] % {"name": one.name}), tuple(sorted(one.areas)))
            for one in figures.pack.regions()
            if one.kind in KINDS and set(one.areas) & set(own)
        ]
    return found


def groups_of(figures: Figures, community: Community) -> tuple[list[Group], Mapping[str, str]]:
    """Every municipality of the figures under its helsefellesskap, one's own first, and their names."""
    names = names_of(figures.history.areas)
    called = dict(Community.objects.values_list("code", "name"))
    inside: dict[str, list[tuple[str, str]]] = {}
    group_of = dict(zip(figures.history.areas, figures.history.groups, strict=True))
    for code, name in names.items():
        inside.setdefault(group_of[code], []).append((code, name))
    groups = [
        Group(called.get(group, group), group == community.code, places) for group, places in inside.items()
    ]
    return sorted(groups, key=lambda one: (not one.is_own, alphabetical(one.name))), names
