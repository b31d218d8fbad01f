"""A projection as it is stored and shown: one area and age group, known years first."""

from samspill.analysis.population import PopulationHistory, Projection
from samspill.insight.age_groups import AgeGroup
from samspill.insight.drawings.curve import PERCENTILES
from samspill.insight.models import PopulationRun, PopulationSeries


def series_of(
    run: PopulationRun, history: PopulationHistory, projection: Projection, area: str, group: AgeGroup
) -> PopulationSeries:
    """Not saved. `area` "" is all areas of the projection together."""
    areas = (area,) if area else None
    ages = slice(group.low, group.high + 1)
    rows = [history.areas.index(area)] if area else range(len(history.areas))
    known = history.persons[:, rows][..., ages].sum(axis=(1, 2, 3))
    ahead = projection.total(group.low, group.high, areas=areas)[1:]
    band = projection.band(group.low, group.high, areas=areas, percentiles=PERCENTILES)[1:]
    return PopulationSeries(
        community_id=run.community_id,
        run=run,
        area=area,
        group=group.code,
        years=[*history.years, *projection.years[1:]],
        persons=[round(float(value), 2) for value in (*known, *ahead)],
        bands=[[round(float(value), 2) for value in row] for row in band],
    )
