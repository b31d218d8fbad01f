"""A region of published FTE alone: as many are trained as go, and what is left out is told."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from samspill.analysis.packs import Pack, read_hospital_staff, read_municipal_nurses
from samspill.analysis.workforce import (
    keeping_pace,
    ostfold,
    project_staff,
    published_region,
    rules,
    uncertainty,
)
from samspill.refusal import Refused


@pytest.fixture(scope="module")
def folder(data_pack: Path) -> Path:
    if not list(data_pack.glob("hf_capacity_*")):
        pytest.skip(f"NOT TESTED: published FTE; there is no data pack with staff at {data_pack}")
    return data_pack


def test_when_training_keeps_pace_everybody_is_as_many_after_a_year() -> None:
    run = project_staff(keeping_pace(ostfold()), uncertainty(), to=2027)
    heads = run.persons.sum(axis=(2, 3))
    assert np.allclose(heads[1], heads[0], rtol=1e-9)


def test_where_enough_come_untrained_nobody_is_trained() -> None:
    start = ostfold()
    flooded = replace(start, rates=replace(start.rates, recruits=start.rates.recruits + 1000.0))
    assert not keeping_pace(flooded).rates.places.any()


def test_vestfold_is_made_of_what_is_published_and_says_what_is_assumed(
    folder: Path, real_pack: Pack
) -> None:
    codes = real_pack.of_community("HF17")
    region = published_region(
        read_hospital_staff(folder),
        read_municipal_nurses(folder),
        community="HF17",
        municipalities=codes,
        year=2025,
    )
    run = project_staff(region, uncertainty(), to=2026)
    assert region.year == 2026
    assert run.of("nurse", "municipality")[0, 0] == pytest.approx(1700)
    assert len(region.assumptions) == 3


def test_municipal_nurses_are_left_out_when_some_are_not_published(folder: Path) -> None:
    region = published_region(
        read_hospital_staff(folder),
        read_municipal_nurses(folder),
        community="HF05",
        municipalities=("1103", "1108"),
        year=2025,
    )
    run = project_staff(region, uncertainty(), to=2026)
    assert run.of("nurse", "municipality")[0, 0] == 0
    assert any("ikke er publisert for alle kommunene" in note for note in region.assumptions)


def test_every_community_can_be_followed_to_2040(folder: Path, real_pack: Pack) -> None:
    """Where hospital nurses are few, specialist nurses are trained from the municipalities’ too."""
    hospitals = read_hospital_staff(folder)
    nurses = read_municipal_nurses(folder)
    for community in sorted({one for one in hospitals.communities if one}):
        region = published_region(
            hospitals,
            nurses,
            community=community,
            municipalities=real_pack.of_community(community),
            year=2025,
        )
        run = project_staff(region, uncertainty(), to=2040)
        assert run.of("specialist_nurse", "hospital")[-1, 0] > 0, community


def test_a_community_that_is_not_held_is_refused(folder: Path) -> None:
    with pytest.raises(Refused) as refused:
        published_region(read_hospital_staff(folder), None, community="HF99", municipalities=(), year=2025)
    assert refused.value.code == "unknown_community"


def test_the_figures_behind_have_a_version_that_follows_their_contents() -> None:
    assert len(rules().files) == 4
    assert len(rules().version) == 64
