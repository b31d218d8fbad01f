"""Risk scores against their published tables, typed apart from the tables of the code."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.analysis.risk import charlson, hospital_frailty_risk_score, lace, lace_comorbidity
from samspill.analysis.risk.conditions import conditions, table
from samspill.refusal import Refused

# By points, as a second publication of the appendix lists them (MIMIC-IV concept «hfrs»).
GILBERT = {
    7.1: "F00",
    4.4: "G81",
    4.0: "G30",
    3.7: "I69",
    3.6: "R29",
    3.2: "N39 F05 W19 S00",
    3.0: "R31",
    2.9: "B96",
    2.7: "R41",
    2.6: "R26 I67 R56",
    2.5: "R40",
    2.4: "T83 S06",
    2.3: "S42 E87 M25 E86",
    2.2: "R54",
    2.1: "Z50 F03 W18",
    2.0: "Z75 F01 S80 L03",
    1.9: "H54 E53",
    1.8: "Z60 G20 R55 S22 K59 N17",
    1.7: "L89 Z22 B95",
    1.6: "L97 R44 K26 I95 N19 A41",
    1.5: "Z87 J96 X59 M19 G40",
    1.4: "M81 S72 S32 E16 R94 N18",
    1.3: "R33 R69 N28",
    1.2: "R32 G31 Y95 S09 R45 G45",
    1.1: "Z74 M79 W06 S01 A04 A09 J18",
    1.0: "J69 R47 E55 Z93 R02",
    0.9: "R63 H91 W10 W01 E05 M41",
    0.8: "R13 Z99 U80 M80 K92 I63",
    0.7: "N20 F10 Y84 R00 J22",
    0.6: "Z73 R79",
    0.5: "Z91 S51 F32 M48",
    0.4: "E83 M15 D64 L08",
    0.3: "R11 K52",
    0.1: "R50",
}
POINTS = {code: points for points, codes in GILBERT.items() for code in codes.split()}
OTHERS = ["I10", "C50", "Z01", "J44", "M17", "U07"]


def test_there_are_109_groups_and_together_they_are_the_published_sum() -> None:
    assert len(POINTS) == 109
    came_to = hospital_frailty_risk_score(list(POINTS))
    assert {one.group: one.points for one in came_to.because} == POINTS
    assert came_to.total == round(sum(POINTS.values()), 1)


@pytest.mark.parametrize(("code", "points"), POINTS.items())
def test_each_group_has_its_points(code: str, points: float) -> None:
    assert hospital_frailty_risk_score([code]).total == points


@pytest.mark.parametrize(
    ("codes", "total", "band"),
    [
        ([], 0.0, "low"),
        (["I10"], 0.0, "low"),
        (["F00", "W19"], 10.3, "intermediate"),
        (["F00.1", "f009", "F00"], 7.1, "intermediate"),
        (["R296", "R29.8"], 3.6, "low"),
        (["F00.0*", "G30.1†"], 11.1, "intermediate"),
        (["G81", "Z73"], 5.0, "intermediate"),
        (["G81", "F32"], 4.9, "low"),
        (["F00", "G81", "W19", "R50", "R11"], 15.1, "high"),
        (["F00", "G81", "R31", "Z91"], 15.0, "intermediate"),
        (["F00", "G81", "G30"], 15.5, "high"),
    ],
)
def test_frailty_is_banded_below_5_to_15_and_above(codes: list[str], total: float, band: str) -> None:
    came_to = hospital_frailty_risk_score(codes)
    assert (came_to.total, came_to.band) == (total, band)


CODES = st.lists(
    st.tuples(
        st.sampled_from([*POINTS, *OTHERS]), st.sampled_from(["", ".0", "1", ".29", "8*"]), st.booleans()
    ).map(lambda one: (one[0].lower() if one[2] else one[0]) + one[1]),
    max_size=40,
)


@given(CODES)
def test_frailty_is_the_sum_over_groups_in_any_order_however_they_are_written(codes: list[str]) -> None:
    groups = {code[:3].upper() for code in codes}
    tenths = sum(round(10 * POINTS.get(group, 0)) for group in groups)
    came_to = hospital_frailty_risk_score(codes)
    assert came_to.total == tenths / 10
    assert came_to.band == ("low" if tenths < 50 else "intermediate" if tenths <= 150 else "high")
    assert hospital_frailty_risk_score(list(reversed(codes + codes))).total == came_to.total
    assert {one.group for one in came_to.because} == groups & POINTS.keys()


def test_reasons_show_the_codes_as_they_were_written_the_heaviest_first() -> None:
    because = hospital_frailty_risk_score(["r29.6", "F00.1", "F009"]).because
    assert [(one.group, one.codes) for one in because] == [("F00", ("F00.1", "F009")), ("R29", ("r29.6",))]
    assert str(because[0]) == "Dementia in Alzheimer's disease: 7.1 – F00.1, F009"


SCORES = [hospital_frailty_risk_score, charlson, lace_comorbidity]


@pytest.mark.parametrize("score", SCORES)
@pytest.mark.parametrize(
    ("codes", "code"),
    [
        ("F00", "codes_shape"),
        (None, "codes_shape"),
        (7, "codes_shape"),
        (["F0"], "not_icd10"),
        ([""], "not_icd10"),
        ([None], "not_icd10"),
        ([4.4], "not_icd10"),
        (["F00", "dementia"], "not_icd10"),
        (["F 00"], "not_icd10"),
        (["F００"], "not_icd10"),
        (["F00; G30"], "not_icd10"),
    ],
)
def test_what_is_no_list_of_codes_is_refused(score: object, codes: object, code: str) -> None:
    with pytest.raises(Refused) as refused:
        score(codes)  # type: ignore[operator]
    assert refused.value.code == code


# A code of each condition, its original weight, the one of 2011, and the one in LACE's own sum.
CONDITIONS: Mapping[str, tuple[str, int, int, int]] = {
    "myocardial_infarction": ("I25.2", 1, 0, 1),
    "heart_failure": ("I50.9", 1, 2, 2),
    "peripheral_vascular": ("I73.9", 1, 0, 1),
    "cerebrovascular": ("I63.4", 1, 0, 1),
    "dementia": ("F05.1", 1, 2, 3),
    "chronic_pulmonary": ("J44.1", 1, 1, 2),
    "rheumatic": ("M05.8", 1, 1, 3),
    "peptic_ulcer": ("K25.4", 1, 0, 0),
    "mild_liver": ("K70.3", 1, 2, 2),
    "diabetes": ("E11.9", 1, 0, 1),
    "diabetes_complicated": ("E11.2", 2, 1, 2),
    "hemiplegia": ("G81.9", 2, 2, 0),
    "renal": ("N18.3", 2, 1, 2),
    "malignancy": ("C50.9", 2, 2, 2),
    "severe_liver": ("K76.6", 3, 4, 4),
    "metastatic": ("C78.0", 6, 6, 6),
    "aids": ("B20", 6, 4, 4),
}


@pytest.mark.parametrize(("condition", "row"), CONDITIONS.items())
def test_each_condition_has_its_published_weights(condition: str, row: tuple[str, int, int, int]) -> None:
    code, original, updated, own = row
    assert charlson([code]).total == original
    assert charlson([code], version="2011").total == updated
    assert lace_comorbidity([code]).total == own
    assert charlson([code]).because[0].group == condition


def test_weights_and_what_hides_what_are_of_conditions_that_are_there() -> None:
    known = conditions("charlson.yaml").keys()
    for name, there in (("charlson.yaml", known), ("lace.yaml", known | conditions("lace.yaml").keys())):
        values = table(name).values
        named = values["hidden"].keys() | set(values["hidden"].values())
        assert named <= there
    assert table("lace.yaml").values["weights"].keys() <= known | conditions("lace.yaml").keys()
    for version in table("charlson.yaml").values["versions"].values():
        assert version["weights"].keys() == known


def test_everything_at_once_is_29_and_24() -> None:
    every = [code for code, *_ in CONDITIONS.values()]
    assert charlson(every).total == 29
    assert charlson(every, version="2011").total == 24


@pytest.mark.parametrize(
    ("milder", "graver", "total"), [("K70.3", "K76.6", 3), ("E11.9", "E11.2", 2), ("C50.9", "C78.0", 6)]
)
def test_the_milder_degree_does_not_count_beside_the_graver(milder: str, graver: str, total: int) -> None:
    came_to = charlson([milder, graver])
    assert came_to.total == total
    hidden = next(one for one in came_to.because if one.hidden_by)
    assert (hidden.points, hidden.codes) == (0, (milder,))


@pytest.mark.parametrize(
    ("code", "total"),
    [
        ("I25", 0),
        ("I25.1", 0),
        ("I252", 1),
        ("I21", 1),
        ("i21.09", 1),
        ("F05", 0),
        ("F05.0", 0),
        ("C44.1", 0),
        ("C43.1", 2),
        ("K72.0", 0),
        ("K72.9", 3),
        ("E10", 0),
        ("I85", 0),
        ("R69", 0),
    ],
)
def test_a_group_is_as_long_as_the_source_writes_it(code: str, total: int) -> None:
    assert charlson([code]).total == total


def test_the_same_condition_counts_once() -> None:
    assert charlson(["I50.9", "I50.0", "I11.0", "i50"]).total == 1


@pytest.mark.parametrize(
    ("age", "points"),
    [(0, 0), (49, 0), (50, 1), (59, 1), (60, 2), (70, 3), (79, 3), (80, 4), (89, 4), (104, 4)],
)
def test_age_is_points_beside_the_comorbidities(age: int, points: int) -> None:
    came_to = charlson(["I50"], age=age)
    assert (came_to.total, came_to.age_points, came_to.age_adjusted) == (1, points, 1 + points)
    assert charlson(["I50"]).age_adjusted is None


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        ({"version": "2005"}, "unknown_version"),
        ({"age": -1}, "age_out_of_range"),
        ({"age": True}, "age_out_of_range"),
        ({"age": 70.5}, "age_out_of_range"),
        ({"age": "70"}, "age_out_of_range"),
    ],
)
def test_a_version_or_age_that_is_not_there_is_refused(given_: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        charlson(["I50"], **given_)  # type: ignore[arg-type]
    assert refused.value.code == code


LENGTH = {0: 0, 0.9: 0, 1: 1, 1.9: 1, 2: 2, 3: 3, 4: 4, 6: 4, 6.9: 4, 7: 5, 13: 5, 14: 7, 365: 7}
BURDEN = {0: 0, 1: 1, 2: 2, 3: 3, 4: 5, 12: 5}
VISITS = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 40: 4}


@pytest.mark.parametrize(("days", "points"), LENGTH.items())
def test_length_of_stay_in_lace(days: float, points: int) -> None:
    assert lace(days, False, 0, 0).parts["L"] == points


@given(
    st.sampled_from(list(LENGTH)), st.booleans(), st.sampled_from(list(BURDEN)), st.sampled_from(list(VISITS))
)
def test_lace_is_the_sum_of_its_letters(days: float, acute: bool, burden: int, visits: int) -> None:
    came_to = lace(days, acute, burden, visits)
    total = LENGTH[days] + 3 * acute + BURDEN[burden] + VISITS[visits]
    assert came_to.total == total == sum(came_to.parts.values())
    assert came_to.band == ("low" if total <= 4 else "moderate" if total <= 9 else "high")


def test_lace_goes_from_0_to_19() -> None:
    assert lace(0, False, 0, 0).total == 0
    assert lace(30, True, 9, 9).total == 19


def test_lace_takes_its_own_comorbidity_from_codes_and_explains_it() -> None:
    burden = lace_comorbidity(["F00.1", "E11.9"])
    came_to = lace(5, True, burden, 1)
    assert burden.total == 4
    assert came_to.parts == {"L": 4, "A": 3, "C": 5, "E": 1}
    assert "Dementia: 3 – F00.1" in came_to.because


@pytest.mark.parametrize(
    ("codes", "total"),
    [
        (["N18.3"], 2),
        (["N18.5"], 4),
        (["N18.4"], 2),
        (["I12.0"], 2),
        (["N18.3", "Z99.2"], 4),
        (["Z94.0"], 4),
        (["N19"], 2),
        (["G81", "K25"], 0),
    ],
)
def test_renal_disease_in_lace_is_of_two_degrees(codes: list[str], total: int) -> None:
    assert lace_comorbidity(codes).total == total


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ((-1, True, 0, 0), "answer_out_of_range"),
        ((float("nan"), True, 0, 0), "answer_not_a_number"),
        (("4", True, 0, 0), "answer_not_a_number"),
        ((True, True, 0, 0), "answer_not_a_number"),
        ((4, 1, 0, 0), "answer_not_yes_or_no"),
        ((4, None, 0, 0), "answer_not_yes_or_no"),
        ((4, True, -1, 0), "answer_out_of_range"),
        ((4, True, 1.5, 0), "answer_out_of_range"),
        ((4, True, None, 0), "answer_not_a_number"),
        ((4, True, charlson(["F00"]), 0), "answer_not_a_number"),
        ((4, True, 0, 0.5), "answer_out_of_range"),
        ((4, True, 0, False), "answer_not_a_number"),
    ],
)
def test_what_lace_cannot_count_is_refused(answers: tuple[object, ...], code: str) -> None:
    with pytest.raises(Refused) as refused:
        lace(*answers)  # type: ignore[arg-type]
    assert refused.value.code == code
