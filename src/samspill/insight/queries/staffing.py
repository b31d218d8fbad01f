"""Staff of a helsefellesskap against what is needed, held in the process so that a lever is answered at once.

What does not move with the levers is kept by all that decides it: the version of the figures, the
municipalities, the horizon, the draws and the seed. Where the region has no figures of its own, `Standing`
says what stands in for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.utils.translation import gettext_lazy as _

from samspill.analysis import demand
from samspill.analysis.figures import COMMUNITY as EMBEDDED_COMMUNITY
from samspill.analysis.packs import read_hospital_staff, read_municipal_nurses
from samspill.analysis.population import project
from samspill.analysis.workforce import (
    PEOPLE,
    Answer,
    Baseline,
    Closing,
    Floats,
    Frozen,
    Measure,
    Profession,
    Sector,
    close,
    demand_following,
    draw_shocks,
    follow,
    freeze,
    from_fte,
    keeping_pace,
    lists_like_the_nation,
    ostfold,
    published_region,
    services_followed,
    uncertainty,
)
from samspill.insight.models import PackFile
from samspill.insight.queries.figures import figures_of
from samspill.insight.queries.pack_files import folder_with
from samspill.insight.queries.published_use import KeptUse, use_of
from samspill.refusal import Refused

HELD = 12  # of some 20 MB each
HOSPITAL_STEM, NURSES_STEM = "hf_capacity_", "care_users_"
OWN, PUBLISHED, NATION = "own", "published", "nation"
"""Where a stock is from: written down for the region, published for it, or like the nation per person."""
GP_HOURS = 0.95  # of a full post, as `assumptions.yaml`


@dataclass(frozen=True)
class Question:
    """All that decides the staff of a helsefellesskap when no lever is pulled.

    `files` are the fingerprints of what was kept about staff with the figures of `version`, `use` what was
    kept of the use that staff follows.
    """

    version: str
    files: tuple[str, ...]
    municipalities: tuple[str, ...]
    to: int
    draws: int
    seed: int
    vacancy: float
    use: KeptUse


@dataclass(frozen=True, eq=False)
class Staffed:
    """A stock, and where it is from."""

    baseline: Baseline
    origin: str


def community_of(version: str, municipalities: tuple[str, ...]) -> str:
    """The code of the helsefellesskap that `municipalities` are in."""
    history = figures_of(version).history
    return history.groups[history.areas.index(municipalities[0])]


@lru_cache(maxsize=HELD)
def stock_of(version: str, files: tuple[str, ...], municipalities: tuple[str, ...]) -> Staffed:
    """The stock of the helsefellesskap. Refuses when nothing is published for it (`staff.nothing`)."""
    community = community_of(version, municipalities)
    if community == EMBEDDED_COMMUNITY:
        return Staffed(ostfold(), OWN)
    if not files:
        raise _nothing()
    try:
        with folder_with(version, (HOSPITAL_STEM,), (NURSES_STEM,)) as folder:
            hospitals = read_hospital_staff(folder)
            nurses = read_municipal_nurses(folder) if list(folder.glob(f"{NURSES_STEM}*")) else None
        return Staffed(
            published_region(
                hospitals,
                nurses,
                community=community,
                municipalities=municipalities,
                year=hospitals.years[-1],
            ),
            PUBLISHED,
        )
    except Refused as refusal:
        if refusal.code not in ("pack.no_file", "unknown_community", "missing_cell"):
            raise
        raise _nothing() from refusal


def _nothing() -> Refused:
    return Refused(
        "staff.nothing",
        _("The figures in use hold no staff of this helsefellesskap. Add a data pack that does."),
    )


def staff_kept(version: str) -> tuple[str, ...]:
    """Fingerprints of the files about staff that were kept with the figures of `version`. One query."""
    kept = PackFile.objects.filter(pack__version=version, name__regex=f"^({HOSPITAL_STEM}|{NURSES_STEM})")
    return tuple(kept.order_by("name").values_list("sha256", flat=True))


@lru_cache(maxsize=HELD)
def doctors_of(version: str, municipalities: tuple[str, ...]) -> Staffed:
    """General practitioners: the region's own stock, or as many per person as the nation has."""
    if community_of(version, municipalities) == EMBEDDED_COMMUNITY:
        return Staffed(ostfold().only(Profession.GENERAL_PRACTITIONER), OWN)
    history = figures_of(version).history.only(municipalities)
    like = lists_like_the_nation(float(history.on(history.years[-1]).sum()))
    place = (str(Profession.GENERAL_PRACTITIONER), str(Sector.MUNICIPALITY))
    stock = from_fte({place: like.gps * GP_HOURS}, {}, year=history.years[-1])
    return Staffed(keeping_pace(stock), NATION)


@lru_cache(maxsize=HELD)
def use_ahead(
    version: str, use: KeptUse, municipalities: tuple[str, ...], first: int, to: int, draws: int, seed: int
) -> Mapping[str, Floats]:
    """(years, draws) of every service that staff follows, and of all people, from 1 January of `first`."""
    figures = figures_of(version)
    history = figures.history.only(municipalities)
    jump_off = min(first, history.years[-1])
    people = project(history, figures.rates, jump_off=jump_off, to=to, draws=draws, seed=seed)
    services = services_followed()
    known = demand.freeze(
        people, history, actual=use_of(version, use), skills=demand.measured(), services=services
    )
    start = first - jump_off
    found = {code: known.total(code)[start:] for code in services}
    if people.draws is None:
        raise Refused("no_draws", "Staff needs the draws of the projection. Run it with draws.")
    return {**found, PEOPLE: people.draws.sum(axis=(1, 2, 3), dtype=np.float64)[start:]}


@lru_cache(maxsize=HELD)
def frozen_of(asked: Question) -> Frozen:
    """Every profession of the helsefellesskap with its draws, its need and its gap."""
    baseline = stock_of(asked.version, asked.files, asked.municipalities).baseline
    check_horizon(baseline.year, asked.to)
    use = use_ahead(
        asked.version, asked.use, asked.municipalities, baseline.year, asked.to, asked.draws, asked.seed
    )
    years = asked.to - baseline.year
    shocks = draw_shocks(uncertainty(), baseline.professions, years=years, draws=asked.draws, seed=asked.seed)
    needed = demand_following(baseline, follow(baseline, shocks, seed=asked.seed), use, vacancy=asked.vacancy)
    return freeze(baseline, uncertainty(), needed, draws=asked.draws, seed=asked.seed)


def check_horizon(first: int, to: int) -> None:
    if to <= first:
        raise Refused(
            "staff.horizon",
            _("The staff is counted on 1 January %(year)s. Ask for a later year.") % {"year": first},
            field="to",
        )


@lru_cache(maxsize=2 * HELD)
def only_of(asked: Question, profession: str) -> Frozen:
    """The same with nothing but `profession` and those its figures rest on. Refuses one not counted here."""
    whole = frozen_of(asked)
    if profession not in whole.baseline.professions:
        raise Refused(
            "staff.not_counted",
            _("Nobody has published how many of this profession there are here."),
            field="profession",
        )
    return whole.only(profession)


@lru_cache(maxsize=HELD)
def with_measures(asked: Question, profession: str, measures: tuple[Measure, ...]) -> Answer:
    """What `measures` do, on the same draws."""
    return only_of(asked, profession).what_if(measures)


@lru_cache(maxsize=256)
def closed_by(
    asked: Question, profession: str, sector: str | None, measures: tuple[Measure, ...]
) -> tuple[float, float, float]:
    """FTE of the gap in the last year that `measures` close: p10, p50 and p90 of the draws."""
    closed = only_of(asked, profession).what_if(measures).closed.of(profession, sector)[-1]
    low, middle, high = np.percentile(closed, (10, 50, 90))
    return float(low), float(middle), float(high)


@lru_cache(maxsize=256)
def closing_of(asked: Question, profession: str, sector: str | None, measure: Measure) -> Closing:
    """How far the lever of `measure` must be pulled by itself for nobody to lack in the middle future."""
    frozen = only_of(asked, profession)
    return close(frozen, measure, profession=profession, sector=sector, year=asked.to)
