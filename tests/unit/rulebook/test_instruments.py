"""Instruments: what holds for all of them, and NEWS2 against the slow obvious version."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.refusal import Refused
from samspill.rulebook.functional_profile import Seen, as_seen_on, profile
from samspill.rulebook.instruments import definition, instruments, score, version_on
from samspill.rulebook.instruments.definitions import PartRule, Version
from samspill.rulebook.instruments.reading import read_instruments
from samspill.rulebook.sourced import FOLDER, TableFault, read_text

ON = date(2026, 11, 23)
WELL: dict[str, Any] = {
    "respiratory_rate": 16,
    "spo2": 97,
    "oxygen": "air",
    "systolic": 125,
    "pulse": 70,
    "consciousness": "A",
    "temperature": 37.0,
}
NAMES = sorted(instruments())


def _answer(rule: PartRule) -> st.SearchStrategy[object]:
    if rule.codes is not None:
        return st.sampled_from(sorted(rule.codes))
    if rule.tables:
        return st.decimals(rule.lowest, rule.highest, places=1)
    extra = () if rule.not_relevant is None else (rule.not_relevant,)
    return st.sampled_from([*rule.points, *extra])


def _answers(version: Version) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({name: _answer(rule) for name, rule in version.parts.items()})


ANY = st.sampled_from(NAMES).flatmap(
    lambda name: st.tuples(st.just(name), _answers(instruments()[name].versions[-1]))
)


def _news2(a: dict[str, Any], *, scale: int, oxygen: bool) -> int:
    """The chart of the Royal College of Physicians, row by row."""
    points = 2 if oxygen else 0
    r = a["respiratory_rate"]
    points += 3 if r <= 8 else 1 if r <= 11 else 0 if r <= 20 else 2 if r <= 24 else 3
    s = a["spo2"]
    if scale == 1:
        points += 3 if s <= 91 else 2 if s <= 93 else 1 if s <= 95 else 0
    elif s < 88:
        points += 3 if s <= 83 else 2 if s <= 85 else 1
    elif oxygen and s >= 93:
        points += 1 if s <= 94 else 2 if s <= 96 else 3
    b = a["systolic"]
    points += 3 if b <= 90 else 2 if b <= 100 else 1 if b <= 110 else 0 if b <= 219 else 3
    p = a["pulse"]
    points += 3 if p <= 40 else 1 if p <= 50 else 0 if p <= 90 else 1 if p <= 110 else 2 if p <= 130 else 3
    points += 0 if a["consciousness"] == "A" else 3
    t = a["temperature"]
    points += 3 if t <= 350 else 1 if t <= 360 else 0 if t <= 380 else 1 if t <= 390 else 2
    return points


@given(
    st.fixed_dictionaries(
        {
            "respiratory_rate": st.integers(4, 40),
            "spo2": st.integers(75, 100),
            "systolic": st.integers(70, 240),
            "pulse": st.integers(30, 150),
            "consciousness": st.sampled_from("ACVPU"),
            "temperature": st.integers(330, 410),
        }
    ),
    st.sampled_from([1, 2]),
    st.booleans(),
)
def test_news2_is_the_chart_row_by_row(answers: dict[str, Any], scale: int, oxygen: bool) -> None:
    steering = {"oxygen": "oxygen" if oxygen else "air", "spo2_scale": scale, "spo2_prescription": "note 3"}
    given_answers = answers | steering | {"temperature": answers["temperature"] / 10}
    came_to = score("news2", given_answers, on=ON)
    assert came_to.total == _news2(answers, scale=scale, oxygen=oxygen)
    red = 3 in came_to.parts.values()
    total = came_to.total
    expected = "high" if total >= 7 else "medium" if total >= 5 else "low_medium" if red else "low"
    assert came_to.band == expected
    assert came_to.safety_flag == red


@pytest.mark.parametrize(
    ("spo2", "oxygen", "points"),
    [
        *(
            (spo2, "oxygen", points)
            for spo2, points in {85: 2, 92: 0, 93: 1, 94: 1, 95: 2, 96: 2, 97: 3}.items()
        ),
        *((spo2, "air", points) for spo2, points in {83: 3, 87: 1, 88: 0, 93: 0, 100: 0}.items()),
    ],
)
def test_scale_2_of_news2(spo2: int, oxygen: str, points: int) -> None:
    told = WELL | {"spo2": spo2, "oxygen": oxygen, "spo2_scale": 2, "spo2_prescription": "note 3"}
    assert score("news2", told, on=ON).parts["spo2"] == points


def test_low_saturation_on_scale_2_is_scored_before_anybody_says_whether_oxygen_is_given() -> None:
    told = WELL | {"spo2": 84, "spo2_scale": 2, "spo2_prescription": "note 3", "oxygen": None}
    assert score("news2", told, on=ON).parts["spo2"] == 2
    assert score("news2", told | {"spo2": 94}, on=ON).parts["spo2"] is None
    assert score("news2", told | {"spo2": 94}, on=ON).missing == ("oxygen",)


def test_temperature_is_rounded_to_the_step_of_the_chart() -> None:
    points = {t: score("news2", WELL | {"temperature": t}, on=ON).parts["temperature"] for t in TEMPERATURES}
    assert points == TEMPERATURES


TEMPERATURES = {38.04: 0, 38.05: 1, 36.04: 1, 36.05: 0, 35.049: 3, 35.05: 1, 39.04: 1, 39.05: 2}


@given(ANY)
def test_a_total_is_the_sum_of_its_parts_and_is_called_something_where_bands_are(
    told: tuple[str, dict[str, object]],
) -> None:
    name, answers = told
    came_to = score(name, answers, on=ON)
    version = version_on(name, ON)
    assert came_to.missing == ()
    assert came_to.version == version.name
    if version.has_total:
        assert came_to.total == sum(points or 0 for points in came_to.parts.values())
        assert (came_to.band is not None) == bool(version.bands)
    else:
        assert (came_to.total, came_to.band) == (None, None)


@given(ANY, st.data())
def test_there_is_no_total_while_a_part_is_missing_and_the_missing_are_named(
    told: tuple[str, dict[str, object]], data: st.DataObject
) -> None:
    name, answers = told
    away = data.draw(st.sets(st.sampled_from(sorted(answers)), min_size=1))
    whole = score(name, answers, on=ON)
    without = score(name, {part: value for part, value in answers.items() if part not in away}, on=ON)
    with_none = score(name, {part: None if part in away else one for part, one in answers.items()}, on=ON)
    assert without == with_none
    assert (without.total, without.band) == (None, None)
    assert set(without.missing) == away
    assert {flag.part for flag in without.safety} == {flag.part for flag in whole.safety} - away
    assert all(without.parts[part] == whole.parts[part] for part in answers.keys() - away)


def test_nothing_answered_is_everything_missing() -> None:
    for name in NAMES:
        came_to = score(name, {}, on=ON)
        assert came_to.missing == tuple(version_on(name, ON).parts)
        assert (came_to.total, came_to.band, came_to.safety_flag) == (None, None, False)


WRONG = [True, False, "1", "", "text", float("nan"), float("inf"), Decimal("sNaN"), 10**6, -1, 1.5, [1], {}]


@pytest.mark.parametrize("value", WRONG, ids=repr)
@pytest.mark.parametrize("name", NAMES)
def test_what_is_no_answer_is_refused_by_the_name_of_the_part(name: str, value: object) -> None:
    for part, rule in version_on(name, ON).parts.items():
        if rule.tables and isinstance(value, float) and value == 1.5:
            continue  # a measured value may have decimals
        with pytest.raises(Refused) as refused:
            score(name, {part: value}, on=ON)
        assert refused.value.code.startswith("answer_")
        assert refused.value.field == part
        assert part in refused.value.sentence


@pytest.mark.parametrize(
    "value", [2, 2.0, Decimal(2), Decimal("2.00"), np.int64(2), np.float64(2.0), Fraction(2)]
)
def test_a_number_is_a_number_however_it_is_held(value: object) -> None:
    assert score("phq9", {"item_1": value}, on=ON).parts["item_1"] == 2


@pytest.mark.parametrize("answers", [None, [], "", 3])
def test_answers_that_have_no_names_are_refused(answers: object) -> None:
    with pytest.raises(Refused) as refused:
        score("phq9", answers, on=ON)  # type: ignore[arg-type]
    assert refused.value.code == "answers_shape"


@pytest.mark.parametrize(
    ("name", "code"), [("PHQ-9", "phq9"), ("NEWS2", "news2"), ("4AT", "4at"), ("Barthel 100", "barthel_100")]
)
def test_an_instrument_is_found_as_people_write_it(name: str, code: str) -> None:
    assert definition(name).code == code


@pytest.mark.parametrize("name", ["news", "", "../news2", None, 4])
def test_an_instrument_that_is_not_there_is_refused(name: object) -> None:
    with pytest.raises(Refused) as refused:
        score(name, {}, on=ON)  # type: ignore[arg-type]
    assert refused.value.code == "unknown_instrument"


@pytest.mark.parametrize("name", NAMES)
def test_an_instrument_is_not_used_before_it_was_there(name: str) -> None:
    first = instruments()[name].versions[0].applies_from
    assert score(name, {}, on=first).version
    with pytest.raises(Refused) as refused:
        score(name, {}, on=first - timedelta(1))
    assert refused.value.code == "instrument_not_yet"


@pytest.mark.parametrize("on", [None, "2026-11-23", datetime(2026, 11, 23, 1, 0)])
def test_an_assessment_has_a_day_and_not_a_moment(on: object) -> None:
    with pytest.raises(Refused) as refused:
        score("phq9", {}, on=on)  # type: ignore[arg-type]
    assert refused.value.code == "not_a_day"


@pytest.mark.parametrize("name", NAMES)
def test_an_instrument_says_on_what_terms_it_is_here(name: str) -> None:
    one = instruments()[name]
    assert all([one.licence, one.source, one.note, set(one.title) == {"nb", "nn", "en"}])


def test_totals_have_the_codes_observations_are_sent_with() -> None:
    codes = {code: dict(one.codings) for code, one in instruments().items() if one.codings}
    assert codes == {
        "cfs": {"snomed": "763264000"},
        "gad7": {"loinc": "70274-6"},
        "news2": {"snomed": "1104051000000101"},
        "phq9": {"loinc": "44261-6"},
    }


def test_the_frailty_scale_shows_a_number_and_no_texts() -> None:
    for version in instruments()["cfs"].versions:
        assert version.bands == ()
        assert all(rule.label == {} for rule in version.parts.values())


def test_each_part_says_why_it_has_its_points() -> None:
    told = WELL | {"spo2": 93, "oxygen": "oxygen", "spo2_scale": 2, "spo2_prescription": "note 3"}
    because = {one.part: str(one) for one in score("news2", told, on=ON).because}
    assert because["spo2"] == "spo2 93: 1 (above 92 to 94 %, spo2_scale 2, oxygen oxygen)"


GOOD = (FOLDER / "instruments" / "4at.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("licence:", "license:"),
        ("note: >-", "notes: >-"),
        ("from: 2014-10-01", "from: later"),
        ("    total: sum", "    total: sum\n    total: sum"),
        ("    total: sum", "    total: mean"),
        ("        points: [0, 4]", "        points: [0, 4]\n        weight: 2"),
        ("        points: [0, 4]", "        points: [no, 4]"),
        ("        points: [0, 4]", "        points: []"),
        ("        lowest: 4", "        lowest: 0"),
        ("        lowest: 0", "        lowest: 1"),
        (
            "        label: {nb: Våkenhet, nn: Vakenheit, en: Alertness}",
            "        label: {nb: Våkenhet, en: Alertness}",
        ),
        ("id: 4at", "id: 5at"),
        ("title:", "title: 3\nname:"),
        ("versions:", "versions: {}\nolder:"),
    ],
)
def test_a_table_with_a_fault_does_not_load(tmp_path: Path, written: str, instead: str) -> None:
    assert written in GOOD
    (tmp_path / "4at.yaml").write_text(GOOD.replace(written, instead, 1), "utf-8")
    with pytest.raises(TableFault, match=r"4at\.yaml"):
        read_instruments(tmp_path)


def test_a_table_that_is_not_yaml_does_not_load() -> None:
    with pytest.raises(TableFault, match="odd"):
        read_text("a: [", "odd")


def test_a_profile_keeps_instruments_and_versions_apart() -> None:
    barthel = dict.fromkeys(version_on("barthel", ON).parts, 1)
    seen = [
        Seen(score("barthel", barthel | {"stairs": 2}, on=date(2026, 3, 1)), "hospital"),
        Seen(score("barthel", barthel, on=date(2026, 1, 1)), "municipality"),
        Seen(score("barthel", {"stairs": 0}, on=date(2026, 2, 1)), "municipality"),
        Seen(score("barthel_100", dict.fromkeys(barthel, 5), on=date(2026, 1, 1)), "hospital"),
        Seen(score("cfs", {"level": 6}, on=date(2026, 4, 1))),
    ]
    rows = profile(seen)
    assert [row.instrument for row in rows] == ["barthel", "barthel_100", "cfs"]
    assert [one.score.on.month for one in rows[0].seen] == [1, 2, 3]
    (change,) = rows[0].changes
    assert (change.points, dict(change.parts)) == (1, {"stairs": (1, 2)})
    assert rows[0].latest.by == "hospital"
    assert [row.instrument for row in as_seen_on(seen, date(2026, 2, 1))] == ["barthel", "barthel_100"]
    assert as_seen_on(seen, date(2026, 2, 1))[0].latest_complete == seen[1]
