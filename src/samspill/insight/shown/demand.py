"""Demand ready to show: a question answered live, rows of services, sliders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspill.analysis.demand import catalogue, mitigators
from samspill.directory.public import Actor, Community
from samspill.insight.actions.calculations import answer_to
from samspill.insight.asked.demand_addresses import LEAST, MOST, YEARS, percents
from samspill.insight.drawings.small_fan import SmallFan, small_fan
from samspill.insight.queries.figures import figures_of, municipalities_of, names_of, pack_in_use
from samspill.insight.telling import Asked, Told
from samspill.insight.telling.demand import range_in_words, tell
from samspill.insight.wording import about
from samspill.insight.wording import demand as said
from samspill.insight.wording.mitigators import MITIGATORS, MitigatorWords
from samspill.insight.wording.services import SERVICES, SIDES, name_of, unit_of

KIND = "demand"
FULL = 100  # per cent of a range: as the evidence says
HALFWAY = 2030  # the year between, as plans count
MIDDLE, LOW, HIGH = 3, 1, 5  # places among the percentiles of a year


@dataclass(frozen=True)
class Answered:
    """A question with its answer: `whole` as it was asked, `names` of the municipalities."""

    whole: Mapping[str, Any]
    asked: Asked
    told: Told
    names: Mapping[str, str]


@dataclass(frozen=True)
class ServiceRow:
    """A service among the others. `halfway` is empty when the years do not hold it."""

    name: str
    unit: str
    url: str
    now: str
    halfway: str
    then: str
    growth: str
    verdict: str
    assumed: str
    fan: SmallFan


@dataclass(frozen=True)
class Slider:
    """What one may try, how much of it is tried now, and what is known of it."""

    words: MitigatorWords
    size: str
    least: str
    most: str
    years: str
    says: str
    is_own: bool


def answered(asked: Mapping[str, object], community: Community, actor: Actor) -> Answered:
    """The live answer, nothing stored. Refuses as the calculation does. 4 queries."""
    whole, found = answer_to(KIND, asked, of=community)
    pack = pack_in_use()
    names = names_of(municipalities_of(figures_of(pack.version), community))
    source = _("%(credit)s. Own calculation %(day)s") % {
        "credit": pack.credit_of_population,
        "day": date_format(actor.today, "DATE_FORMAT"),
    }
    question = Asked(community, whole, found, names, source)
    return Answered(whole, question, tell(question), names)


def rows_by_side(answer: Answered, slug: str, query: str) -> list[tuple[str, list[ServiceRow]]]:
    """(side, its services) in the order of the catalogue; `query` goes along to each service's page."""
    found: Any = answer.asked.found
    rows = {code: _row(code, one, found["years"], slug, query) for code, one in found["services"].items()}
    return [
        (str(label), [row for code, row in rows.items() if catalogue()[code].side == side])
        for side, label in SIDES.items()
    ]


def _row(code: str, one: Any, years: Sequence[int], slug: str, query: str) -> ServiceRow:
    bands = one["bands"]
    halfway = about(bands[years.index(HALFWAY)][MIDDLE]) if HALFWAY in years[1:-1] else ""
    today = max(one["now"][1], 1e-9)
    columns = [[band[place] / today for band in bands] for place in (LOW, MIDDLE, HIGH)]
    return ServiceRow(
        name_of(code),
        unit_of(code),
        reverse("insight:demand-service", args=[slug, SERVICES[code].slug]) + query,
        about(one["now"][1]),
        halfway,
        about(one["then"][1]),
        said.growth(one["growth"]),
        said.verdict(one["skill"]),
        said.assumed(code),
        small_fan(*columns),
    )


def sliders(whole: Mapping[str, Any], written: Mapping[str, str]) -> list[Slider]:
    """Each with what is asked, or with what was written in its place when that cannot be asked."""
    return [_slider(code, words, whole, written) for code, words in MITIGATORS.items()]


def _slider(code: str, words: MitigatorWords, whole: Mapping[str, Any], written: Mapping[str, str]) -> Slider:
    known = mitigators()[code]
    least, most = percents(*whole["ranges"].get(code, known.factor))
    years = whole["years"].get(code, known.years)
    says = _("At 100 %%: %(range)s. In full after %(years)s years.") % {
        "range": range_in_words(*known.factor),
        "years": known.years,
    }
    return Slider(
        words,
        written.get(words.slug, str(whole["sizes"].get(code, 0))),
        written.get(words.slug + LEAST, least),
        written.get(words.slug + MOST, most),
        written.get(words.slug + YEARS, str(years)),
        says,
        code in whole["ranges"] or code in whole["years"],
    )


def as_the_evidence_says(whole: Mapping[str, Any]) -> dict[str, Any]:
    """The same question with everything tried as its range says."""
    return {**whole, "sizes": dict.fromkeys(MITIGATORS, FULL), "ranges": {}, "years": {}}


def without_anything(whole: Mapping[str, Any]) -> dict[str, Any]:
    return {**whole, "sizes": {}, "ranges": {}, "years": {}}
