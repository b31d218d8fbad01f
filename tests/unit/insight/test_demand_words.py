"""Demand in words, addresses and drawings: nothing is missing, and what is written is what is read."""

import re
from itertools import pairwise
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from samspill.analysis.demand import LINES as WAYS
from samspill.analysis.demand import OURS, catalogue, mitigators
from samspill.documents import drawing
from samspill.insight.asked.demand import whole
from samspill.insight.asked.demand_addresses import asked_in, pairs_of
from samspill.insight.drawings import Bar, Curve, Line, bars, span, spans, waterfall, ways
from samspill.insight.drawings.marks import spread
from samspill.insight.drawings.small_fan import HEIGHT, small_fan
from samspill.insight.wording import demand as said
from samspill.insight.wording.mitigators import MITIGATORS
from samspill.insight.wording.services import BY_SLUG, CHAPTERS, LINES, SERVICES
from samspill.refusal import Refused

SPACES = re.compile(r"[\u00a0\u202f]")


def test_every_service_has_words_and_says_what_it_assumes() -> None:
    assert list(SERVICES) == list(catalogue())
    assert len(BY_SLUG) == len(SERVICES)
    for code, service in catalogue().items():
        assert bool(SERVICES[code].assumed) == bool(service.assumption), code


def test_every_mitigator_has_words_and_every_chapter_a_name() -> None:
    assert list(MITIGATORS) == list(mitigators())
    assert {part.code for part in catalogue()["hospital_stays"].parts} <= set(CHAPTERS)
    assert set(LINES) == {*WAYS, OURS}


questions = st.fixed_dictionaries(
    {
        "services": st.lists(st.sampled_from(list(SERVICES)), min_size=1, max_size=1),
        "areas": st.lists(st.sampled_from(["3101", "3110"]), max_size=1),
        "to": st.integers(2027, 2056),
        "sizes": st.dictionaries(st.sampled_from(list(MITIGATORS)), st.integers(0, 200)),
        "years": st.dictionaries(st.sampled_from(list(MITIGATORS)), st.integers(0, 30)),
        "ranges": st.dictionaries(
            st.sampled_from(list(MITIGATORS)),
            st.tuples(st.integers(0, 200), st.integers(0, 200)).map(
                lambda pair: [value / 100 for value in sorted(pair)]
            ),
        ),
    }
)


@given(questions)
def test_an_address_asks_what_was_asked(question: dict[str, Any]) -> None:
    asked = whole(question)
    assert whole(asked_in(dict(pairs_of(asked)))) == asked


def test_what_is_as_it_comes_is_left_out_of_the_question() -> None:
    known = mitigators()["length_of_stay"]
    plain = whole({"sizes": {"length_of_stay": 100, "home_follow_up": 0}})
    spoken = {"sizes": {"length_of_stay": 100}, "ranges": {"length_of_stay": list(known.factor)}}
    assert whole({**spoken, "years": {"length_of_stay": known.years}}) == plain
    assert plain["sizes"] == {"length_of_stay": 100}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"tjeneste": "tannlege"}, "calculation.service"),
        ({"liggetid": "mye"}, "calculation.number_written"),
        ({"liggetid": "12,5"}, "calculation.number_written"),
        ({"liggetid": "nan"}, "calculation.number_written"),
        ({"liggetid": "201"}, "calculation.size"),
        ({"liggetid": "-1"}, "calculation.size"),
        ({"til": "1066"}, "calculation.number"),
        ({"liggetid": "100", "liggetid-minst": "9", "liggetid-mest": "3"}, "calculation.range"),
        ({"liggetid": "100", "liggetid-mest": "101"}, "calculation.range"),
        ({"liggetid": "100", "liggetid-ar": "31"}, "calculation.years"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_in_a_sentence(query: dict[str, str], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        whole(asked_in(query))
    assert refusal.value.code == code
    assert len(refusal.value.sentence) > 20


@pytest.mark.parametrize(
    ("band", "says"),
    [
        ((-300.0, -200.0, -100.0), "200 fewer days. Eight of ten: 100 to 300 fewer."),
        ((100.0, 200.0, 300.0), "200 more days. Eight of ten: 100 to 300 more."),
        ((-100.0, -20.0, 30.0), "20 fewer days. Eight of ten: from 100 fewer to 30 more."),
        ((-30.0, 20.0, 100.0), "20 more days. Eight of ten: from 30 fewer to 100 more."),
        ((0.0, 0.0, 0.0), "No difference in days."),
    ],
)
def test_a_difference_says_its_direction_and_how_sure_it_is(
    band: tuple[float, float, float], says: str
) -> None:
    with override("en"):
        assert SPACES.sub(" ", said.difference(band, "days")) == says


def test_the_level_of_hospitals_is_told_in_words_since_municipalities_share_it() -> None:
    with override("nb"):
        shared = said.level("hospital_bed_days", {"3901": [0.7, 0.78, 0.9], "3903": [0.7, 0.78, 0.9]})
        assert "78 prosent av snittet" in shared
        assert "Ingen tall herfra" in said.level("home_care_users", {})
        assert said.level("home_care_users", {"3110": [0.8, 0.9, 1.0]}) == ""
        assert said.level("births", {}) == ""


@given(st.lists(st.floats(0, 360), min_size=1, max_size=6))
def test_labels_do_not_touch_and_stay_within_the_picture(wanted: list[float]) -> None:
    heights = [40.0] * len(wanted)
    placed = spread(sorted(wanted), heights, 360)
    assert all(after - before >= 40 - 1e-9 for before, after in pairwise(placed))
    assert placed[-1] <= 340 + 1e-9
    assert placed[0] >= 20 - 1e-9


def curve() -> Curve:
    years = [*range(2021, 2041)]
    amounts = [1000.0 + 10 * (year - 2021) for year in years]
    bands = [[one * share for share in (0.9, 0.94, 0.97, 1.03, 1.06, 1.1)] for one in amounts[-15:]]
    return Curve(years, amounts, bands)


def drawings() -> dict[str, Any]:
    tried = Line("med", [900.0] * 15)
    beside = [Line("flat", [1000.0] * 15), Line("eldre", [1200.0] * 15)]
    return {
        "ways": ways(curve(), told="Det vokser.", counts="Døgn", name="uten", tried=tried, beside=beside),
        "ways alone": ways(curve(), told="Det vokser.", counts="Døgn", name="som nå"),
        "spans": spans([span("Døgn & netter", [-5, 3, 9], "+3 %")], told="Vekst.", unit=" %"),
        "spans around 100": spans([span("Moss", [90, 110, 130], "110")], told="Nivå.", same=100),
        "bars": bars([Bar("Bom", 0, 7, "less", "7,0 %"), Bar("Bom", 7, 9, "other")], told="Bom."),
        "waterfall": waterfall(
            ("2026", 1000), [("Flere", 300), ("Tiltak", -50)], ("2040", 1250), told="Trinn."
        ),
    }


@pytest.mark.parametrize("name", list(drawings()))
@pytest.mark.parametrize("shape", ["wide", "narrow"])
def test_a_drawing_can_be_drawn_in_both_widths(name: str, shape: str) -> None:
    drawn = drawing.svg(drawings()[name][shape], "nb", title="Figur", source="Kilde")
    assert drawn.count("<path") > 2
    assert "NaN" not in drawn


def test_what_one_tries_is_named_in_the_picture_and_where_the_other_ways_end() -> None:
    drawn = SPACES.sub(" ", drawing.svg(drawings()["ways"], "nb"))
    for words in ("uten", "med", "flat: 1 000", "eldre: 1 200"):
        assert words in drawn


def test_the_steps_of_a_waterfall_each_begin_where_the_one_before_ended() -> None:
    rows = drawings()["waterfall"]["wide"]["data"]["values"]
    assert [(row["start"], row["end"]) for row in rows[1:-1]] == [(1000, 1300), (1300, 1250)]
    assert rows[-1]["end"] == 1250


def test_a_small_fan_draws_todays_use_at_the_same_height_for_all() -> None:
    one, other = small_fan([1, 0.9], [1, 1.2], [1, 9]), small_fan([1, 1], [1, 1], [1, 1])
    assert one.today == other.today
    assert float(one.middle.split()[0].split(",")[1]) == float(one.today)
    assert all(0 <= float(point.split(",")[1]) <= HEIGHT for point in one.band.split())
