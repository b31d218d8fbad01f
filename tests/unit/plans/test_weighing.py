"""Postings weigh measures as one does who reads every measure for every word."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.plans.rules.finding import WORTH, Concept, Vocabulary
from samspill.plans.rules.weighing import IN_AREA, Postings, weigh
from samspill.plans.states.transfer import Way

TOKENS = st.sampled_from(["kurs", "fall", "bup", "lege", "plan", "eldr"])
SETS = st.frozensets(TOKENS, max_size=4)
WAYS = st.sampled_from(list(Way))
TOGETHER = st.lists(st.tuples(st.lists(SETS, min_size=1, max_size=3).map(tuple), WAYS), max_size=2)
CONCEPTS = st.lists(st.builds(Concept, st.just("x"), st.dictionaries(TOKENS, WAYS), TOGETHER), max_size=4)
MEASURES = st.lists(st.tuples(SETS, SETS), max_size=12)


def worth_in(concept: Concept, tokens: frozenset[str]) -> float:
    """How well these tokens speak of it: 0 to 1."""
    found = [WORTH[way] for token, way in concept.single.items() if token in tokens]
    found += [WORTH[way] for sets, way in concept.together if all(not one.isdisjoint(tokens) for one in sets)]
    return max(found, default=0.0)


def worth(concept: Concept, own: frozenset[str], area: frozenset[str]) -> float:
    return max(worth_in(concept, own), IN_AREA * worth_in(concept, own | area) if area else 0.0)


def slowly(concepts: list[Concept], measures: list[tuple[frozenset[str], frozenset[str]]]) -> list[float]:
    worths = [[worth(concept, *one) for concept in concepts] for one in measures]
    among = [sum(1 for each in worths if each[place]) for place in range(len(concepts))]
    rarity = [math.log(1 + len(measures) / (1 + count)) for count in among]
    whole = sum(rarity) or 1.0
    return [sum(map(float.__mul__, rarity, each)) / whole for each in worths]


@given(concepts=CONCEPTS, measures=MEASURES, plans=st.integers(1, 3))
def test_weighing_by_postings_is_weighing_one_by_one(
    concepts: list[Concept], measures: list[tuple[frozenset[str], frozenset[str]]], plans: int
) -> None:
    among = [Postings() for _ in range(plans)]
    for number, (own, area) in enumerate(measures):
        among[number % plans].add(number, own, area)
    found = weigh(concepts, among, len(measures))
    assert [found.get(number, 0.0) for number in range(len(measures))] == pytest.approx(
        slowly(concepts, measures)
    )
    assert all(score > 0 for score in found.values())


@given(tokens=st.frozensets(st.text("abå", min_size=1, max_size=5), max_size=30), part=st.text("abå"))
def test_the_beginnings_and_ends_of_a_vocabulary_are_those_of_its_words(
    tokens: frozenset[str], part: str
) -> None:
    vocabulary = Vocabulary(tokens)
    assert set(vocabulary.beginning_with(part)) == {one for one in tokens if one.startswith(part)}
    assert set(vocabulary.ending_with(part)) == {one for one in tokens if one.endswith(part)}


def test_one_word_of_a_phrase_is_no_reason_by_itself() -> None:
    concept = Concept("rekruttering")
    concept.add(["rekruttering"], Way.SAME)
    concept.together.append(((frozenset({"felles"}), frozenset({"stilling"})), Way.SYNONYM))
    assert concept.ways_in(frozenset({"felles", "tiltaksliste", "rekruttering"})) == {
        "rekruttering": Way.SAME
    }
    assert concept.ways_in(frozenset({"felles", "stilling"})) == {
        "felles": Way.SYNONYM,
        "stilling": Way.SYNONYM,
    }
