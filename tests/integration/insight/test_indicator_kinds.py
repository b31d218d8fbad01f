"""The page of an indicator, kind by kind: what cannot be compared, breaks, months, all the country."""

import re

import pyarrow as pa
import pytest
from django.test import Client

from factories.measured import SOURCE, measured_figures
from factories.people import TODAY
from integration.insight.test_indicator_page import CODE, at, heading, headings, page
from samspill.directory.public import machine
from samspill.insight.actions.measuring import keep_figures
from samspill.insight.area_names import levels
from samspill.insight.models import IndicatorRun
from samspill.insight.public import sync_indicators
from samspill.insight.states import Period

pytestmark = pytest.mark.django_db


def kept(code: str, years: range, value: float, *, period: str = Period.YEAR, limits: bool = False) -> None:
    """Figures of all levels that are what they are given to be, with a leap in 2025."""
    sync_indicators()
    rows = []
    areas = {"municipality": ["3101", "3103", "3105", "3107"], "community": ["HF01"], "country": ["ALL"]}
    for level, names in areas.items():
        for name in names:
            for year in years:
                told = value * (1.3 if year in (2025,) else 1) + 0.01 * (year % 7)
                lower, upper = (told - 1, told + 1) if limits else (None, None)
                rows.append(
                    {
                        "indicator": code,
                        "area": name,
                        "level": level,
                        "year": year,
                        "value": told,
                        "lower": lower,
                        "upper": upper,
                        "count": 100,
                        "population": 1000,
                        "flag": 0,
                        "note": "",
                    }
                )
    run = IndicatorRun(data_version="e" * 64, sources=[SOURCE], is_invented=True)
    keep_figures(pa.Table.from_pylist(rows), run, by=machine(None, TODAY), period=period)


def test_what_cannot_be_compared_has_no_ranking_and_no_funnel(client: Client) -> None:
    kept("kad-occupancy", range(2016, 2026), 60.0, limits=True)
    html = page(client, "kad-occupancy")
    assert "Dette kan ikke sammenlignes" in headings(html)
    for part in ('id="rangering"', 'id="trakt"', 'id="kart"'):
        assert part not in html
    assert 'id="utvikling"' in html
    for name in ("rangering.svg", "trakt.csv"):
        assert client.get(at("kad-occupancy"), {"fil": name}).status_code == 404


@pytest.mark.parametrize(
    ("code", "why"),
    [("population-80-plus", "Et antall personer følger av"), ("old-age-ratio", "Her settes to antall mot")],
)
def test_where_there_is_no_funnel_it_says_why(client: Client, code: str, why: str) -> None:
    kept(code, range(2016, 2026), 300.0)
    html = page(client, code)
    assert why in html
    assert "tilfeldig." not in heading(html)


def test_a_change_in_how_things_are_counted_does_not_look_like_growth(client: Client) -> None:
    kept("acute-stays-80-plus", range(2016, 2026), 300.0, limits=True)
    html = page(client, "acute-stays-80-plus")
    told = next(one for one in headings(html) if one.startswith("Østfold"))
    assert "2025" not in told
    assert "Registreres på en annen måte fra 2025. Streken er brutt der" in html


def test_ten_years_are_a_run_chart_and_months_have_limits(client: Client) -> None:
    measured_figures()
    assert "Færre enn tolv punkter er for få" in page(client)
    months = [year * 100 + month for year in (2023, 2024) for month in range(1, 13)]
    keep_months(months)
    html = page(client)
    assert "svinger som det pleier" in html
    assert "mellom de stiplede svinger tallet som det pleier" in html


def keep_months(months: list[int]) -> None:
    rows = [
        {
            "indicator": CODE,
            "area": "HF01",
            "level": "community",
            "year": month,
            "value": 15.0 + (place * 7 % 5) / 10,
            "lower": 13.0,
            "upper": 17.0,
            "count": 150,
            "population": 1000,
            "flag": 0,
            "note": "",
        }
        for place, month in enumerate(months)
    ]
    run = IndicatorRun(data_version="d" * 64, sources=[SOURCE], is_invented=True)
    keep_figures(pa.Table.from_pylist(rows), run, by=machine(None, TODAY), period=Period.MONTH)


def test_all_the_country_is_grouped_by_helsefellesskap(client: Client) -> None:
    areas = [code for codes in levels()["community"].values() for code in codes[:3]]
    measured_figures(areas=areas, years=(2024, 2025))
    html = page(client, nivaa="alle")
    assert html.count("s-tilegroup") == len(levels()["community"])
    assert len(re.findall('class="s-tile"', html)) == len(areas)
