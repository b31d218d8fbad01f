"""The definitions that come with Samspill, and what is refused of others."""

from pathlib import Path

import pytest
import yaml

from samspill.analysis.indicators import (
    ages_of,
    all_definitions,
    folder,
    groups,
    read_definitions,
    read_files,
)
from samspill.refusal import Refused

NAMED = (
    "share-80-plus support-ratio acute-stays-80-plus acute-stays-0-79 readmissions-67-plus"
    " discharge-ready-days"
    " bed-days kad-occupancy kad-conflicts nursing-home-80-plus home-nursing-80-plus dho-users without-gp"
    " list-use"
    " fact-users frail-share births-per-midwife deviations-per-1000-stays measures-late agreements-due"
)
GOOD = yaml.safe_load((folder() / "acute-stays-80-plus.yaml").read_text("utf-8"))


def test_there_are_at_least_sixty_and_what_the_field_uses_is_among_them() -> None:
    assert len(all_definitions()) >= 60
    assert set(NAMED.split()) <= set(all_definitions())


def test_each_group_of_patients_and_each_theme_has_some() -> None:
    assert {one.group for one in all_definitions().values()} == set(groups()["groups"])
    assert {one.theme for one in all_definitions().values()} == set(groups()["themes"])


def test_an_age_group_alone_is_a_number_of_inhabitants() -> None:
    one = all_definitions()["support-ratio"]
    assert (one.numerator.table, one.numerator.ages) == ("population", (80, 120))
    assert one.denominator is not None and one.denominator.ages == (50, 64)


@pytest.mark.parametrize(
    ("code", "ages"),
    [("80+", (80, 120)), ("0-17", (0, 17)), ("all", (0, 120)), ("17-0", None), ("old", None)],
)
def test_age_groups(code: str, ages: tuple[int, int] | None) -> None:
    assert ages_of(code) == ages


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"group": "eldre"}, "group is eldre; say barn_unge"),
        ({"kind": "count"}, "a count has no denominator"),
        ({"disclosure": "open"}, "the table has rows about persons"),
        ({"population": {"ages": "gamle", "sex": None}}, "population must have ages"),
        ({"times": 0}, "times must be a whole number"),
        ({"numerator": {"table": "kontakter", "of": "count"}}, "kontakter, which is no table"),
        ({"numerator": {"table": "contacts", "of": {"sum": "kostnad"}}}, "contacts has no column kostnad"),
        ({"numerator": {"table": "contacts", "of": {"sum": "unit"}}}, "unit is not whole numbers"),
        (
            {"numerator": {"table": "contacts", "where": {"kind": "visit"}, "of": "count"}},
            "kind is never visit",
        ),
        ({"standardisation": {"method": "direct", "by": ["age"]}}, "standardisation must be"),
        (
            {"standardisation": {"method": "direct", "by": ["age"], "standard": "mars"}},
            "the standard is mars; there are european_2013",
        ),
        ({"comparable": {"nb": "Nei"}}, "comparable must be there in nb, nn, en"),
    ],
)
def test_a_faulty_definition_is_refused(tmp_path: Path, changes: dict[str, object], says: str) -> None:
    text = yaml.safe_dump({**GOOD, **changes}, allow_unicode=True)
    (tmp_path / "acute-stays-80-plus.yaml").write_text(text, "utf-8")
    with pytest.raises(Refused) as refused:
        read_definitions(tmp_path)
    assert says in refused.value.sentence


def test_what_is_no_yaml_is_refused_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "half.yaml").write_text("id: [", "utf-8")
    with pytest.raises(Refused, match=r"half\.yaml cannot be used: it is not YAML"):
        read_files(tmp_path)
