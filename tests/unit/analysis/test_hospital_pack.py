"""Hospital figures of a data pack: the published ones as they are, and refusals by name and place."""

import shutil
from pathlib import Path

import pytest

from samspill.analysis.capacity import beds_from_bed_days, ready_days, stay_from_counts
from samspill.analysis.packs import (
    COORDINATION,
    HOSPITAL_TABLES,
    WHOLE_COUNTRY,
    HospitalPack,
    open_hospital,
)
from samspill.refusal import Refused


@pytest.fixture(scope="module")
def pack(data_pack: Path) -> HospitalPack:
    return open_hospital(data_pack)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """One row in each table."""
    rows = {
        "somatic_hospital_use_by_age_icd_norway_2025.csv": "year,age_group,icd10_chapter,patients,inpatients,"
        "stays,bed_days\n2025,80-89,IX,9,6,6,30\n",
        "hf_activity_2025.csv": "hf_orgnr,service_area,metric,year,value\n9,SOM,dognplasser,2025,12\n",
        "hf_capacity_2025.csv": "helseforetak,metric,year,value\nA,senger_somatikk,2025,12\n",
        "care_institution_places_municipality.csv": "kommune_nr,metric,year,value\n"
        "0301,institution_places,2025,\n",
        "national_coordination_indicators.csv": "indicator,region,year,value\nkad_places,Norge,2022,688\n",
    }
    for name, text in rows.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_the_trusts_published_occupancy_is_bed_days_over_available_bed_days(pack: HospitalPack) -> None:
    norway = pack.trust(WHOLE_COUNTRY, 2025)
    assert round(100 * norway.occupancy) == 84
    assert norway.beds == 12203
    assert norway.mean_stay_days == pytest.approx(3_430_271 / 855_222)


def test_chapters_of_all_ages_sum_to_the_total_within_rounding(pack: HospitalPack) -> None:
    parts = sum(one.bed_days for one in pack.stay_counts(2025))
    whole = sum(one.bed_days for one in pack.stay_counts(2025, chapters=("_T",)))
    assert parts == pytest.approx(whole, rel=0.008)


def test_counts_become_a_distribution_with_their_own_mean(pack: HospitalPack) -> None:
    counts = pack.stay_counts(2025, age_groups=("80-89", "90+"))
    stay = stay_from_counts([one.stays for one in counts], [one.bed_days for one in counts], cv=1.0)
    assert stay.mean == pytest.approx(sum(one.bed_days for one in counts) / sum(one.stays for one in counts))
    assert stay.scv > 1.0  # the chapters differ too
    assert beds_from_bed_days(sum(one.bed_days for one in counts), 0.85).beds > 2000


def test_kad_stays_follow_from_places_admissions_and_occupancy(pack: HospitalPack) -> None:
    kad = pack.kad(2022)
    occupancy = pack.figure(COORDINATION, "kad_occupancy", "Norge", 2022) / 100
    assert (kad.places, kad.admissions) == (688, 32957)
    assert kad.mean_stay_days(occupancy) == pytest.approx(3.58, abs=0.01)


def test_discharge_ready_patients_held_175_beds_in_2021(pack: HospitalPack) -> None:
    days, waiting, without = (
        pack.figure(COORDINATION, f"discharge_ready_{name}", "Norge", 2021)
        for name in ("overstay_days", "stays_with_overstay", "patients_no_overstay")
    )
    found = ready_days(days, waiting, without)
    assert found.mean_occupied == pytest.approx(174.5, abs=0.1)
    assert found.days_per_waiting_stay == pytest.approx(
        pack.figure(COORDINATION, "discharge_ready_mean_days_per_overstay", "Norge", 2021), abs=0.05
    )


def test_places_of_a_municipality_in_a_year(pack: HospitalPack) -> None:
    assert pack.places("0301", 2018) == 4372
    with pytest.raises(Refused, match="no value for kommune_nr 0301, metric institution_places, year 2025"):
        pack.places("0301", 2025)


def test_every_table_has_its_source_and_the_version_follows_the_files(
    pack: HospitalPack, small: Path
) -> None:
    assert len(pack.source.files) == len(HOSPITAL_TABLES)
    assert "tabell 14824" in pack.source.credit
    before = open_hospital(small).source.version
    places = small / "hf_capacity_2025.csv"
    places.write_text(places.read_text().replace(",12", ",13"))
    assert open_hospital(small).source.version != before


def test_an_empty_cell_is_not_nought(small: Path) -> None:
    with pytest.raises(Refused, match="has no value for kommune_nr 0301"):
        open_hospital(small).places("0301", 2025)


@pytest.mark.parametrize(
    ("name", "before", "after", "sentence"),
    [
        ("hf_activity_2025.csv", ",12", ",-1", "-1 must be 0 or more"),
        ("hf_activity_2025.csv", ",12", ",many", "many is not a number"),
        ("hf_activity_2025.csv", "metric", "metrik", "lacks the column metric"),
        ("hf_capacity_2025.csv", "A,senger", ",senger", "a row lacks helseforetak"),
        ("hf_capacity_2025.csv", "A,", "A,senger_somatikk,2025,12\nA,", "there are two rows"),
    ],
)
def test_what_is_wrong_is_named(small: Path, name: str, before: str, after: str, sentence: str) -> None:
    path = small / name
    path.write_text(path.read_text("utf-8").replace(before, after, 1), "utf-8")
    with pytest.raises(Refused, match=sentence):
        open_hospital(small)


def test_a_table_that_lacks_is_named(small: Path, tmp_path: Path) -> None:
    (small / "hf_capacity_2025.csv").unlink()
    with pytest.raises(Refused, match="no file called hf_capacity_"):
        open_hospital(small)
    shutil.rmtree(small)
    with pytest.raises(Refused, match="There is no folder"):
        open_hospital(small)


def test_counts_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(Refused, match="3 stays and 0 bed-days"):
        stay_from_counts([3.0], [0.0], cv=1.0)
    with pytest.raises(Refused, match="no stays to learn from"):
        stay_from_counts([0.0], [0.0], cv=1.0)
