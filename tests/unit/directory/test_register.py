"""The register's facts hold together and agree with the open data; contradictions are refused."""

import csv
import shutil
import time
from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest
from stdnum.no import orgnr

from samspill.directory import register
from samspill.refusal import Refused

TODAY = date(2026, 11, 22)


def rows(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def copy_with(tmp_path, file, change):
    """A copy of the tables where `change` has rewritten the lines of `file`."""
    for table in register.FOLDER.glob("*.csv"):
        shutil.copy(table, tmp_path)
    lines = (tmp_path / file).read_text("utf-8").splitlines()
    (tmp_path / file).write_text("\n".join(change(lines)) + "\n", "utf-8")
    return tmp_path


def refusal_of(folder):
    with pytest.raises(Refused) as refused:
        register.check(folder)
    return refused.value


def test_there_are_19_communities_and_357_municipalities():
    assert len(register.communities()) == 19
    assert len(register.municipalities(TODAY)) == 357


def test_ostfold_has_13_municipalities_and_vestfold_6():
    count = Counter(fact.community_code for fact in register.municipalities(TODAY))
    assert (count["HF01"], count["HF17"]) == (13, 6)
    assert set(count) == {fact.code for fact in register.communities()}


def test_every_organisation_number_is_valid_and_belongs_to_one_trust():
    numbers = [fact.trust_orgnr for fact in register.communities()]
    assert all(map(orgnr.is_valid, numbers))
    assert len(set(numbers)) == 19


def test_slugs_are_plain_and_unlike_each_other():
    slugs = [fact.slug for fact in register.communities()]
    assert len(set(slugs)) == 19
    assert all(slug.isascii() and slug.replace("-", "").isalpha() and slug.islower() for slug in slugs)


def test_four_trusts_write_nynorsk():
    nynorsk = {fact.trust_name for fact in register.communities() if fact.written_form == "nn"}
    assert nynorsk == {"Helse Fonna HF", "Helse Bergen HF", "Helse Førde HF", "Helse Møre og Romsdal HF"}


def test_the_facts_equal_the_open_data(data_pack):
    ours = {
        (
            m.code,
            m.name,
            m.county_code,
            m.county_name,
            m.community_code,
            register.community(m.community_code).trust_orgnr,
        )
        for m in register.municipalities(TODAY)
    }
    keys = ("kommune_nr", "kommune_navn", "fylke_nr", "fylke_navn", "helsefellesskap_id", "hf_orgnr")
    assert ours == {
        tuple(row[key] for key in keys) for row in rows(data_pack / "geography_municipality_2024.csv")
    }


def test_every_change_in_the_open_data_is_known_and_none_is_made_up(data_pack):
    source = {
        (row["kommune_nr_original"], row["kommune_nr_2024"], float(row["weight"]))
        for row in rows(data_pack / "municipality_code_changes.csv")
        if row["kommune_nr_original"] != row["kommune_nr_2024"]
    }
    ours = [(change.old_code, change.new_code, change.weight) for change in register.changes()]
    assert set(ours) == source
    assert len(ours) == len(source)


def test_every_older_code_resolves_to_existing_codes_whose_shares_add_up_to_one():
    existing = {fact.code for fact in register.municipalities(TODAY)}
    old_codes = {change.old_code: change for change in register.changes()}
    assert len(old_codes) == 487
    for code, change in old_codes.items():
        for day in (change.valid_from, change.valid_to):
            heirs = register.successors(code, day)
            assert {heir for heir, _ in heirs} <= existing
            assert sum(share for _, share in heirs) == pytest.approx(1)


def test_the_codes_of_each_year_since_2006_cover_the_codes_of_today():
    existing = {fact.code for fact in register.municipalities(TODAY)}
    codes = existing | {change.old_code for change in register.changes()}
    for year in range(2006, 2027):
        reached = defaultdict(float)
        for code in codes:
            try:
                heirs = register.successors(code, date(year, 7, 1))
            except Refused:
                continue
            for heir, share in heirs:
                reached[heir] += share
        assert set(reached) == existing, year


def test_a_split_municipality_has_two_successors():
    assert register.successors("1507", date(2021, 1, 1)) == [("1508", 0.8621), ("1580", 0.1379)]


def test_a_code_in_use_is_its_own_successor():
    assert register.successors("0301", date(2010, 1, 1)) == [("0301", 1.0)]


@pytest.mark.parametrize(
    ("code", "day", "why"),
    [
        ("3101", date(2023, 12, 31), "municipality.unknown"),
        ("9999", TODAY, "municipality.unknown"),
        ("0101", date(2020, 1, 1), "municipality.ceased"),
    ],
)
def test_a_code_nobody_had_that_day_has_no_successor(code, day, why):
    with pytest.raises(Refused) as refused:
        register.successors(code, day)
    assert refused.value.code == why


def test_a_municipality_is_found_by_its_code():
    halden = register.municipality("3101", TODAY)
    assert (halden.name, halden.county_name, halden.community_code) == ("Halden", "Østfold", "HF01")


def test_an_older_code_is_refused_with_the_code_to_use():
    with pytest.raises(Refused, match=r"0101.*3101") as refused:
        register.municipality("0101", TODAY)
    assert refused.value.code == "municipality.ceased"


def test_an_unknown_code_or_community_is_refused():
    with pytest.raises(Refused) as municipality:
        register.municipality("0000", TODAY)
    with pytest.raises(Refused) as community:
        register.community("HF20")
    assert (municipality.value.code, community.value.code) == ("municipality.unknown", "community.unknown")


def test_a_merger_to_come_is_written_by_closing_a_row_and_adding_a_line(tmp_path):
    folder = copy_with(
        tmp_path,
        "municipalities.csv",
        lambda lines: [line + "2027-12-31" * line.startswith("3124") for line in lines],
    )
    with (folder / "code_changes.csv").open("a") as changes:
        changes.write("3124,2024-01-01,2027-12-31,3101,1\n")
    refused = refusal_of(folder)
    assert (refused.code, "3124 is not in use" in refused.sentence) == ("register.successor", True)
    table = (folder / "code_changes.csv").read_text().replace("2019-12-31,3124", "2019-12-31,3101")
    (folder / "code_changes.csv").write_text(table.replace("2023-12-31,3124", "2023-12-31,3101"))
    register.check(folder)


def test_a_list_of_municipalities_is_refused_for_days_before_it_is_complete():
    assert len(register.municipalities(register.COMPLETE_FROM)) == 357
    with pytest.raises(Refused) as refused:
        register.municipalities(register.COMPLETE_FROM - timedelta(days=1))
    assert refused.value.code == "register.date"


def test_sami_and_kven_names_stand_beside_the_norwegian():
    assert register.municipality("5622", TODAY).other_names == ("Porsáŋgu", "Porsanki")
    assert sum(bool(fact.other_names) for fact in register.municipalities(TODAY)) == 22


def test_the_five_districts_of_ostfold_hold_its_municipalities_once_each():
    districts = register.regions("HF01")
    members = [code for district in districts for code in district.municipality_codes]
    assert len(districts) == 5
    assert sorted(members) == [m.code for m in register.municipalities(TODAY) if m.community_code == "HF01"]
    assert [district.name for district in districts if not district.is_assumed] == [
        "Fredrikstad og Hvaler",
        "Mosseregionen",
    ]


def test_two_municipalities_with_one_code_are_refused_with_file_and_line(tmp_path):
    refused = refusal_of(
        copy_with(
            tmp_path, "municipalities.csv", lambda lines: [*lines, lines[1].replace("Oslo,", "Ny-Oslo,", 1)]
        )
    )
    assert refused.code == "register.duplicate"
    assert refused.sentence.startswith("municipalities.csv, line 359: 0301")
    assert "line 2" in refused.sentence


@pytest.mark.parametrize(
    ("file", "line", "old", "new", "code"),
    [
        ("municipalities.csv", 2, "Oslo,HF03", "Oslo,HF33", "register.community"),
        ("municipalities.csv", 2, "0301,Oslo", "301,Oslo", "register.value"),
        ("municipalities.csv", 2, "0301,Oslo", "0301,", "register.value"),
        ("municipalities.csv", 2, "HF03,2006-01-01", "HF03,1.1.2006", "register.value"),
        ("municipalities.csv", 2, "HF03,2006-01-01,", "HF03,2006-01-01", "register.columns"),
        ("municipalities.csv", 1, "code,name", "nr,name", "register.columns"),
        ("communities.csv", 2, "Helse Sør-Øst,nb", "Helse Sør-Øst,bm", "register.value"),
        ("communities.csv", 3, "HF02,", "HF01,", "register.duplicate"),
        ("code_changes.csv", 244, "2023-12-31,1580,0.1379", "2023-12-31,1580,0.2", "register.weight"),
        ("code_changes.csv", 244, "2023-12-31,1580,0.1379", "2022-12-31,1580,0.1379", "register.period"),
        ("code_changes.csv", 2, "2019-12-31,3101,1", "2019-12-31,3999,1", "register.successor"),
        ("code_changes.csv", 2, "0101,2006", "0301,2006", "register.successor"),
        ("code_changes.csv", 2, "2019-12-31,3101,1", "2019-12-31,3101,1.2", "register.value"),
        ("regions.csv", 14, "Sarpsborg,3105", "Sarpsborg,3901", "register.community"),
    ],
)
def test_a_contradiction_is_refused_with_file_and_line(tmp_path, file, line, old, new, code):
    def change(lines):
        text = "\n".join(lines)
        assert old in text
        return text.replace(old, new, 1).splitlines()

    refused = refusal_of(copy_with(tmp_path, file, change))
    assert refused.code == code
    assert refused.sentence.startswith(f"{file}, line {line}: ")


def test_the_tables_are_read_in_a_blink():
    best = min(_seconds(register.check) for _ in range(5))
    assert best < 0.05  # about 6 ms on two cores; the bound only catches a blunder


def _seconds(act):
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
