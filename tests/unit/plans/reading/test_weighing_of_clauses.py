"""Words of a clause are weighed beside the rules; names and målform do not count, and a no stays one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.plans.reading.candidates import Period
from samspill.plans.reading.judging import LIKELY, judge, seen_in
from samspill.plans.reading.one_form import one_form
from samspill.plans.reading.weighing import chance, strongest, weights

PERIOD = Period(2026, 2028)


def likeness(sentence: str) -> float:
    ((_part, traits),) = seen_in(sentence, PERIOD)
    return chance(traits)


def test_the_table_has_a_weight_for_each_trait_and_none_twice() -> None:
    assert len(weights()) > 1000
    assert all(abs(weight) < 5 for weight in weights().values())


def test_a_promise_in_words_no_rule_lists_is_found_and_says_why() -> None:
    sentence = "Jordmødrene i kommunene tilbys tilgang til simuleringssenteret i Drammen."
    assert likeness(sentence) > LIKELY
    assert judge(sentence, PERIOD).score >= 0.6


@pytest.mark.parametrize("name", ["FSU barn og unge", "SSU", "Ytre Namdal kommune", "Samarbeidsutvalget"])
def test_the_name_of_a_body_does_not_count(name: str) -> None:
    ((_a, one),) = seen_in(f"{name} lager en plan for felles kurs i 2027.", PERIOD)
    ((_b, other),) = seen_in("Utvalget lager en plan for felles kurs i 2027.", PERIOD)
    assert chance(one) == pytest.approx(chance(other))


@pytest.mark.parametrize(
    ("nynorsk", "bokmal"),
    [
        ("kommunane", "kommunene"), ("etablerast", "etableres"), ("vidareføre", "videreføre"),
        ("sjukehuset", "sykehuset"), ("heime", "hjemme"), ("ansvarleg", "ansvarlig"),
        ("korleis", "hvordan"), ("svar", "svar"), ("fastlege", "fastlege"),
    ],
)  # fmt: skip
def test_both_malformer_weigh_the_same(nynorsk: str, bokmal: str) -> None:
    assert one_form(nynorsk) == one_form(bokmal)


def test_what_a_rule_says_no_to_stays_none() -> None:
    assert judge("Prosjektet skal vare i to år og inkludere alle kommunene.", PERIOD).score < 0.6
    assert judge("Det skal ikke etableres et nytt meldesystem i planperioden.", PERIOD).score < 0.6


@given(st.text(max_size=200))
def test_any_text_has_a_chance_between_none_and_certain(text: str) -> None:
    for _part, traits in seen_in(text, PERIOD):
        assert 0 <= chance(traits) <= 1
        assert len(strongest(traits)) <= 2
