"""The areas of figures, as the register had them on a day: a run's names are those of the day it was made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from samspill.directory import register
from samspill.insight.area_names import ALL, COUNTRY
from samspill.insight.states import Level

WHOLE = {
    COUNTRY: {"nb": "Norge", "nn": "Noreg", "en": "Norway"},
    ALL: {"nb": "Alle i tallene", "nn": "Alle i tala", "en": "All in the figures"},
}


@dataclass(frozen=True)
class AreaFact:
    code: str
    level: str
    names: Mapping[str, str]
    part_of: Sequence[str]

    def name(self, language: str) -> str:
        return self.names[language]


def areas_on(day: date) -> Mapping[str, AreaFact]:
    """Every area by code, the widest first. A day before the register begins is read as its first."""
    return _areas_on(max(day, register.COMPLETE_FROM))


@lru_cache(maxsize=8)
def _areas_on(day: date) -> Mapping[str, AreaFact]:
    communities = {one.code: one for one in register.communities()}
    regions = sorted({one.health_region for one in communities.values()})
    facts = [AreaFact(code, Level.COUNTRY, names, ()) for code, names in WHOLE.items()]
    facts += [AreaFact(one, Level.REGION, _alike(one), (COUNTRY,)) for one in regions]
    facts += [
        AreaFact(one.code, Level.COMMUNITY, _alike(one.name), (one.health_region, COUNTRY))
        for one in communities.values()
    ]
    for place in register.municipalities(on=day):
        around = (place.community_code, communities[place.community_code].health_region, COUNTRY)
        facts.append(AreaFact(place.code, Level.MUNICIPALITY, _alike(place.name), around))
    return {one.code: one for one in facts}


def _alike(name: str) -> Mapping[str, str]:
    return dict.fromkeys(("nb", "nn", "en"), name)
