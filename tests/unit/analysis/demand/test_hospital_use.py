"""The nation's hospital use by age and chapter: read whole, and the rates in the code are made of it."""

from pathlib import Path

import pytest

from samspill.analysis.demand import catalogue
from samspill.analysis.packs import Pack, read_hospital_use
from samspill.refusal import Refused

HEAD = "year,age_group,icd10_chapter,patients,inpatients,stays,bed_days"
AGES = ("0-17", "18-29", "30-49", "50-66", "67-79", "80-89", "90+")


def table(folder: Path, *changes: tuple[str, str]) -> Path:
    rows = [f"2025,{age},IX,30,12,15,60" for age in AGES] + ["2025,alle,IX,210,84,105,420"]
    text = "\n".join([HEAD, *rows, "2015,alle,IX,1,1,1,1", ""])
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "somatic_hospital_use_2025.csv").write_text(text, "utf-8")
    return folder


def test_the_newest_year_by_age_is_read(tmp_path: Path) -> None:
    found = read_hospital_use(table(tmp_path))
    assert (found.year, found.chapters, found.ages) == (2025, ("IX",), (0, 18, 30, 50, 67, 80, 90))
    assert found.of("bed_days").tolist() == [[60] * 7]


@pytest.mark.parametrize(
    ("old", "new", "code", "says"),
    [
        ("2025,67-79,IX,30,12,15,60\n", "", "missing_cell", "67-79"),
        ("2025,67-79,IX,30,12,15,60", "2025,67-79,IX,30,12,15,", "missing_cell", "not 0"),
        ("2025,67-79,IX,30,12,15,60", "2025,67-79,IX,30,12,-15,60", "negative_count", "67-79"),
        ("2025,67-79,IX", "2025,80-89,IX", "duplicate_cell", "80-89"),
        ("2025,alle,IX,210,84,105,420", "2025,alle,IX,210,84,105,900", "sum_mismatch", "bed_days"),
        ("bed_days", "days", "missing_column", "bed_days"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, code: str, says: str
) -> None:
    with pytest.raises(Refused, match=says) as refused:
        read_hospital_use(table(tmp_path, (old, new)))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("service", "measure"), [("hospital_stays", "stays"), ("hospital_bed_days", "bed_days")]
)
def test_the_rates_in_the_code_are_the_published_use_per_person(
    data_pack: Path, real_pack: Pack, service: str, measure: str
) -> None:
    use, nation = read_hospital_use(data_pack), real_pack.rates().population
    assert nation is not None
    persons = nation.on(use.year)[0].sum(axis=0)
    ends = (*use.ages[1:], 106)
    for part in catalogue()[service].parts:
        counts = use.of(measure)[use.chapters.index(part.code)]
        for age, end, count in zip(use.ages, ends, counts, strict=True):
            assert part.profile[0, age] == pytest.approx(count / persons[age:end].sum(), abs=6e-7)
