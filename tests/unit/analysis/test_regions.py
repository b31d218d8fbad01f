"""Regions: any set of municipalities, with bands of the sum from the sums."""

from pathlib import Path

import numpy as np
import population_worlds as worlds
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.analysis.packs import Pack
from samspill.analysis.population import (
    AGE_GROUPS,
    Region,
    parse_region,
    project,
    read_regions,
    simulate,
    to_region_columns,
)
from samspill.refusal import Refused

RUN = {"jump_off": 2016, "to": 2020}


def test_a_region_is_named_with_its_municipalities() -> None:
    assert parse_region("Ytre by = 3101, 3103") == Region("Ytre by", ("3101", "3103"))


@pytest.mark.parametrize("text", ["3101", "=3101", "A=", "A=3101,,3103", "A=3101,3101", ""])
def test_what_is_no_region_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_region(text)
    assert refused.value.code == "region"


@given(st.lists(st.sampled_from(worlds.AREAS), min_size=1, unique=True))
def test_a_region_holds_the_persons_and_the_draws_of_its_municipalities(areas: list[str]) -> None:
    run = simulate(worlds.history(), worlds.rates(), **RUN, draws=20)
    columns = to_region_columns(run, [Region("ours", tuple(areas))], AGE_GROUPS)
    chosen = (columns["ages"] == "80+") & (columns["sex"] == "")
    assert np.allclose(columns["persons"][chosen], run.run.total(80, areas=areas))
    assert np.allclose(columns["p90"][chosen], run.band("80+", areas=areas)[:, 2])
    parts = [(columns["ages"] == "all") & (columns["sex"] == sex) for sex in ("", "K", "M")]
    whole, women, men = (columns["persons"][part] for part in parts)
    assert np.allclose(whole, women + men)


def test_without_draws_there_are_no_bands() -> None:
    run = project(worlds.history(), worlds.rates(), **RUN)
    columns = to_region_columns(run, [Region("a", ("9001",)), Region("b", ("9001", "9002"))], AGE_GROUPS)
    assert list(columns) == ["year", "kind", "region", "sex", "ages", "persons"]
    assert len(columns["year"]) == 2 * 3 * 7 * 5


@pytest.mark.parametrize(
    ("regions", "code"),
    [
        ([Region("a", ("1234",))], "unknown_area"),
        ([Region("a", ("9001",)), Region("a", ("9002",))], "region"),
    ],
)
def test_unknown_members_and_two_of_one_name_are_refused(regions: list[Region], code: str) -> None:
    with pytest.raises(Refused) as refused:
        to_region_columns(project(worlds.history(), worlds.rates(), **RUN), regions, AGE_GROUPS)
    assert refused.value.code == code
    assert refused.value.sentence.endswith(".")


def test_a_file_of_regions_is_read(tmp_path: Path) -> None:
    path = tmp_path / "regions.csv"
    path.write_text(
        "kommune_nr,region,kind\n3101,Sør,legevaktsdistrikt\n3103,Mosse,\n3110,Sør,legevaktsdistrikt\n"
    )
    south, moss = read_regions(path)
    assert south == Region("Sør", ("3101", "3110"), "legevaktsdistrikt")
    assert moss.kind == "own"


@pytest.mark.parametrize(
    ("text", "code"), [("region\nA\n", "missing_column"), ("region,kommune_nr\nA,3101\nA,3101\n", "region")]
)
def test_a_damaged_file_of_regions_is_refused(text: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "regions.csv"
    path.write_text(text)
    with pytest.raises(Refused) as refused:
        read_regions(path)
    assert refused.value.code == code
    with pytest.raises(Refused):
        read_regions(tmp_path / "none.csv")


def test_the_pack_knows_counties_communities_and_hospital_areas(real_pack: Pack) -> None:
    regions = {(region.kind, region.name): region for region in real_pack.regions()}
    assert len([kind for kind, _ in regions if kind == "county"]) == 15
    assert len([kind for kind, _ in regions if kind == "helsefellesskap"]) == 19
    assert len(regions["county", "Telemark"].areas) == 17
    assert "1101" in regions["hospital area", "Stavanger"].areas
    for kind in ("county", "helsefellesskap", "hospital area"):
        members = [area for (one, _), region in regions.items() if one == kind for area in region.areas]
        assert sorted(members) == sorted(one.code for one in real_pack.municipalities)
