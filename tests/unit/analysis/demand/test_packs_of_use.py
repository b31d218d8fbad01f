"""The use of services in a data pack: blanks stay blank, breaks are known, and what is wrong is refused."""

from pathlib import Path

import numpy as np
import pytest

from samspill.analysis.demand import embedded_use, freeze, measured, pack_use
from samspill.analysis.packs import Pack, read_series
from samspill.analysis.population import project
from samspill.refusal import Refused

HEAD = "kommune_nr,year,home_care_users\n"
ROWS = ["3101,2015,1306", "3101,2016,1300", "3103,2015,2158", "3103,2016,2189"]


def pack(folder: Path, rows: list[str], head: str = HEAD) -> Path:
    (folder / "care_users_2015_2016.csv").write_text(head + "\n".join(rows) + "\n", "utf-8")
    return folder


def test_a_series_is_years_by_areas(tmp_path: Path) -> None:
    found = read_series(pack(tmp_path, ROWS), "home_care_users")
    assert (found.years, found.areas) == ((2015, 2016), ("3101", "3103"))
    assert found.values.tolist() == [[1306, 2158], [1300, 2189]]
    assert "SSB" in found.file.source


def test_a_blank_is_suppressed_and_never_zero(tmp_path: Path) -> None:
    found = read_series(pack(tmp_path, [*ROWS[:3], "3103,2016,"]), "home_care_users")
    assert np.isnan(found.values[1, 1])
    assert not (found.values == 0).any()


@pytest.mark.parametrize(
    ("row", "code", "says"),
    [
        ("3103,2016,-1", "negative_count", "3103"),
        ("3103,2016,many", "bad_value", "blank when it is not published"),
        ("310,2016,5", "bad_value", "310"),
        ("3103,soon,5", "bad_value", "year"),
        ("3101,2016,1300", "duplicate_cell", "two rows"),
        ("3103,2018,5", "missing_year", "2017"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(tmp_path: Path, row: str, code: str, says: str) -> None:
    with pytest.raises(Refused, match=says) as refused:
        read_series(pack(tmp_path, [*ROWS[:3], row]), "home_care_users")
    assert refused.value.code == code


def test_a_column_that_lacks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="home_care_users") as refused:
        read_series(pack(tmp_path, ROWS, "kommune_nr,year,users\n"), "home_care_users")
    assert refused.value.code == "missing_column"


def test_a_series_there_is_not_and_a_folder_there_is_not_are_refused(tmp_path: Path) -> None:
    for name, folder, code in (
        ("pizza", tmp_path, "unknown_series"),
        ("nurse_fte", tmp_path / "no", "pack_not_found"),
        ("nurse_fte", tmp_path, "missing_file"),
    ):
        with pytest.raises(Refused) as refused:
            read_series(folder, name)
        assert refused.value.code == code


def test_a_pack_without_use_gives_none(tmp_path: Path) -> None:
    assert pack_use(tmp_path) == {}


def test_discharges_end_before_the_break_of_2025(data_pack: Path) -> None:
    """Registration changed: discharges jump, bed-days do not."""
    assert read_series(data_pack, "hospital_stays").years[-1] == 2024
    assert read_series(data_pack, "hospital_bed_days").years[-1] == 2025


def test_places_stand_as_they_are_with_the_years_that_lack(data_pack: Path) -> None:
    places = read_series(data_pack, "institution_places")
    assert places.years == (2015, 2016, 2017, 2018, 2024, 2025)
    assert len(places.areas) == 357
    assert np.isnan(places.values[-1]).sum() > 300


def test_the_embedded_use_is_that_of_the_open_data(data_pack: Path) -> None:
    for name, kept in embedded_use().items():
        whole = read_series(data_pack, name)
        rows = [whole.years.index(year) for year in kept.years]
        columns = [whole.areas.index(area) for area in kept.areas]
        assert kept.values == pytest.approx(whole.values[rows][:, columns], nan_ok=True), name


def test_hospital_use_tells_how_communities_lie_beside_each_other(data_pack: Path, real_pack: Pack) -> None:
    """Østfold and Vestfold from the trusts' own figures; the others have no level of their own."""
    history = real_pack.history()
    ostfold, vestfold = (real_pack.of_community(code)[:2] for code in ("HF01", "HF17"))
    chosen = history.only((*ostfold, *vestfold, "0301"))
    people = project(chosen, real_pack.rates(), jump_off=2026, to=2028, draws=4)
    service = ("hospital_bed_days",)
    found = freeze(people, history, actual=pack_use(data_pack, services=service), services=service)
    levels = {one.area: one for one in found.levels}
    assert not levels["0301"].local
    assert levels[ostfold[0]].ratio == levels[ostfold[1]].ratio != levels[vestfold[0]].ratio
    assert all(0.7 < one.ratio < 1.4 for one in found.levels)


def test_nothing_later_than_the_jump_off_is_read(data_pack: Path, real_pack: Pack) -> None:
    history = real_pack.history(real_pack.of_community("HF17"))
    use = pack_use(data_pack, services=("nurse_fte",))
    whole = use["nurse_fte"]
    known = {"nurse_fte": whole.until(2019)}
    people = project(history, real_pack.rates(), jump_off=2020, to=2023, draws=4)
    one, other = (
        freeze(people, seen, actual=figures, services=("nurse_fte",))
        for seen, figures in ((history, use), (history.until(2020), known))
    )
    assert np.array_equal(one.draws, other.draws)


def test_eight_of_ten_municipalities_fell_within_the_interval(data_pack: Path, real_pack: Pack) -> None:
    """From 2019, 2020 and 2021, four years on, population projected; sizes learned from 2018-2020."""
    use = pack_use(data_pack)
    history, services = real_pack.history(), ("home_care_users", "housing_and_long_stay", "nurse_fte")
    areas = use["nurse_fte"].areas
    inside = []
    for year in (2019, 2020, 2021):
        people = project(history.only(areas), real_pack.rates(), jump_off=year, to=year + 4, draws=100)
        found = freeze(people, history, actual=use, skills=measured(), services=services)
        for service in found.services:
            true = np.sum([use[name].until(year + 4).values[-1] for name in service.series], axis=0)
            bands = np.array([found.band(service.code, (area,))[-1] for area in areas])
            known = np.isfinite(true)
            inside += list(((bands[:, 0] <= true) & (true <= bands[:, 2]))[known])
    assert 0.72 <= np.mean(inside) <= 0.88
