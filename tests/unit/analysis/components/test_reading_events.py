"""Births, deaths and moves of a data pack: read as they are, and refused when they cannot be so."""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

import flow_worlds as nations
import numpy as np
import pytest

from samspill.analysis.components import ComponentEvents, estimate_rates, project_components
from samspill.analysis.packs import open_events, open_pack
from samspill.analysis.population import AGES, SEXES, PopulationHistory
from samspill.refusal import Refused

STEMS = {
    "births": ("births_municipality_", "births"),
    "deaths": ("deaths_municipality_", "deaths"),
    "out": ("out_moves_municipality_", "moves"),
    "into": ("in_moves_municipality_", "moves"),
    "emigration": ("emigration_municipality_", "persons"),
    "immigration": ("immigration_municipality_", "persons"),
}
TOTALS = dict(
    zip(STEMS, ("births", "deaths", "out_moves", "in_moves", "emigration", "immigration"), strict=True)
)
WORLD = nations.world(areas=4)
Rows = list[list[object]]


def save(path: Path, columns: list[str], rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)


def cells(values: np.ndarray, *axes: Iterable[object]) -> Rows:
    labels = [list(axis) for axis in axes]
    return [
        [*(axis[place] for axis, place in zip(labels, places, strict=True)), value]
        for places, value in np.ndenumerate(values)
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack of an invented nation of four municipalities, as yet without events."""
    people, rates = WORLD.history, WORLD.rates
    years, codes = people.years, people.areas
    save(
        tmp_path / "population_municipality_.csv",
        ["year", "kommune_nr", "sex", "age", "population"],
        cells(people.persons, years, codes, SEXES, range(AGES)),
    )
    save(
        tmp_path / "population_national_.csv",
        ["year", "sex", "age", "population"],
        cells(people.persons.sum(axis=1), years, SEXES, range(AGES)),
    )
    save(
        tmp_path / "mortality_national_.csv",
        ["year", "sex", "age", "mx"],
        cells(rates.mortality.values, rates.mortality.first, SEXES, range(100)),
    )
    save(
        tmp_path / "fertility_national_.csv",
        ["year", "age", "asfr"],
        cells(rates.fertility.values, rates.fertility.first, range(AGES)),
    )
    save(
        tmp_path / "geography_municipality_.csv",
        ["kommune_nr", "kommune_navn", "fylke_navn", "helsefellesskap_id", "helsefellesskap"],
        [[code, f"Sted {code}", "Viken", "A", "Helsefellesskap A"] for code in codes],
    )
    return tmp_path


def write_events(folder: Path, *names: str) -> None:
    events = WORLD.events
    for name in names:
        stem, value = STEMS[name]
        flow = getattr(events, name).astype(int)
        ages = [] if name == "births" else [range(AGES)]
        save(
            folder / f"{stem}2016_2025.csv",
            ["year", "kommune_nr", "sex", *(["age"] if ages else []), value],
            cells(flow, events.years, events.areas, SEXES, *ages),
        )


def write_totals(folder: Path, **changed: int) -> None:
    events = WORLD.events
    flows = {name: getattr(events, name) for name in STEMS}
    sums = np.stack([flow.reshape(*flow.shape[:2], -1).sum(axis=-1) for flow in flows.values()], axis=-1)
    for name, more in changed.items():
        sums[4, 2, list(STEMS).index(name)] += more
    rows = [
        [year, code, *sums[y, a].astype(int)]
        for y, year in enumerate(events.years)
        for a, code in enumerate(events.areas)
    ]
    save(folder / "components_municipality_2016_2025.csv", ["year", "kommune_nr", *TOTALS.values()], rows)


def read(folder: Path) -> ComponentEvents:
    opened = open_events(folder, open_pack(folder))
    assert opened is not None
    return opened[0]


def test_a_pack_without_events_has_none(folder: Path) -> None:
    assert open_events(folder, open_pack(folder)) is None


def test_events_by_age_are_read_as_they_were_counted(folder: Path) -> None:
    write_events(folder, *STEMS)
    opened = open_events(folder, open_pack(folder))
    assert opened is not None
    events, source = opened
    for name in STEMS:
        assert np.array_equal(getattr(events, name), getattr(WORLD.events, name))
    assert len(source.files) == 6
    assert "CC BY 4.0" in source.credit


def test_births_and_deaths_alone_will_do(folder: Path) -> None:
    write_events(folder, "births", "deaths")
    events = read(folder)
    assert events.counted
    assert events.moves == ()


def test_totals_are_spread_over_sex_and_age_and_keep_their_sums(folder: Path) -> None:
    write_totals(folder)
    events = read(folder)
    assert not events.counted
    for name in ("births", "deaths"):
        ours, true = (
            getattr(one, name).sum(axis=(0, *range(2, getattr(one, name).ndim)))
            for one in (events, WORLD.events)
        )
        assert np.allclose(ours, true)
    by_age, true_by_age = (one.deaths.sum(axis=(0, 1, 2)) for one in (events, WORLD.events))
    assert np.corrcoef(by_age, true_by_age)[0, 1] > 0.95


def test_a_pack_with_events_can_be_projected_from_end_to_end(folder: Path) -> None:
    write_events(folder, *STEMS)
    pack = open_pack(folder)
    rates = estimate_rates(pack.history(), pack.rates(), read(folder), jump_off=2026, to=2030)
    run = project_components(pack.history(), rates, jump_off=2026, to=2030, draws=5)
    assert run.persons.shape == (5, 4, 2, AGES)


def edited(folder: Path, name: str, edit: Callable[[Rows], Rows]) -> None:
    (path,) = folder.glob(f"{STEMS[name][0]}*")
    with path.open(encoding="utf-8", newline="") as file:
        columns, *rows = csv.reader(file)
    save(path, columns, edit(rows))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "edit", "code", "told"),
    [
        ("deaths", lambda rows: rows[:-1], "missing_cell", "lacks 1 rows"),
        ("births", lambda rows: rows[:-1], "missing_cell", "lacks 1 rows"),
        ("births", lambda rows: rows + rows[:1], "duplicate_cell", "there are 2 rows"),
        ("out", lambda rows: [[*rows[0][:-1], "-3"], *rows[1:]], "negative_count", "moves is -3"),
        ("into", lambda rows: [[*rows[0][:-1], ""], *rows[1:]], "missing_cell", "moves is empty"),
        ("births", lambda rows: [[*rows[0][:-1], "2.5"], *rows[1:]], "fractional_count", "births is 2.5"),
        ("out", lambda rows: [row for row in rows if row[0] != "2019"], "missing_year", "2019"),
        ("out", lambda rows: [row for row in rows if row[0] != "2025"], "missing_year", "2025"),
        (
            "emigration",
            lambda rows: [row for row in rows if row[1] != "1003"],
            "unknown_municipality",
            "1003",
        ),
        (
            "deaths",
            lambda rows: [[*row[:-1], "40"] if row[1] == "1000" else row for row in rows],
            "sum_mismatch",
            "1000",
        ),
    ],
)
def test_what_is_wrong_with_a_table_is_refused_by_name(
    folder: Path, name: str, edit: Callable[[Rows], Rows], code: str, told: str
) -> None:
    write_events(folder, *STEMS)
    edited(folder, name, edit)
    with pytest.raises(Refused, match=told) as refused:
        read(folder)
    assert refused.value.code == code


@pytest.mark.parametrize("names", [("births",), ("births", "deaths", "out", "into")])
def test_some_tables_without_the_others_are_refused(folder: Path, names: tuple[str, ...]) -> None:
    write_events(folder, *names)
    with pytest.raises(Refused, match="has no file called") as refused:
        read(folder)
    assert refused.value.code == "missing_file"


def test_totals_that_do_not_make_the_change_of_the_population_are_refused(folder: Path) -> None:
    write_totals(folder, immigration=500)
    with pytest.raises(Refused, match=r"1002 changed by .* in 2020") as refused:
        read(folder)
    assert refused.value.code == "sum_mismatch"


def test_totals_of_a_year_whose_people_are_not_known_are_refused(folder: Path) -> None:
    write_totals(folder)
    whole = open_pack(folder)
    short = type(whole)(
        whole.name,
        whole.municipalities,
        whole.source,
        PopulationHistory(
            whole.history().years[:-1],
            whole.history().areas,
            whole.history().persons[:-1],
            whole.history().groups,
        ),
        whole.rates(),
    )
    with pytest.raises(Refused, match="1 January 2026") as refused:
        open_events(folder, short)
    assert refused.value.code == "missing_year"
