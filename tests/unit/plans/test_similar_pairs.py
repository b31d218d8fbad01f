"""Which measures are called similar, held to pairs that a person has judged."""

from pathlib import Path

import yaml

from samspill.plans.queries.similar import likeness

PAIRS = yaml.safe_load(Path(__file__).with_name("similar_pairs.yaml").read_text("utf-8"))


def judged() -> tuple[float, float, list[str]]:
    """(precision, recall, the pairs judged otherwise than a person did)."""
    right = said = wanted = 0
    wrong = []
    for pair in PAIRS:
        alike = likeness(pair["one"], "", pair["other"], "").is_enough
        right += alike and pair["same"]
        said += alike
        wanted += pair["same"]
        if alike != pair["same"]:
            wrong.append(f"{pair['one']} / {pair['other']}")
    return right / said, right / wanted, wrong


def test_there_are_enough_pairs_of_both_kinds() -> None:
    same = [pair for pair in PAIRS if pair["same"]]
    assert len(PAIRS) >= 30
    assert len(same) >= 15
    assert len(PAIRS) - len(same) >= 15


def test_pairs_are_judged_as_a_person_would() -> None:
    precision, recall, wrong = judged()
    assert precision >= 0.75, wrong
    assert recall >= 0.9, wrong


def test_likeness_is_the_same_from_both_ends() -> None:
    for pair in PAIRS:
        there = likeness(pair["one"], "", pair["other"], "")
        back = likeness(pair["other"], "", pair["one"], "")
        assert there.is_enough == back.is_enough
        assert there.codes == back.codes


def test_what_is_shared_is_told_in_words_of_the_first() -> None:
    found = likeness("Besøk på sykehjem og hospitering", "", "Besøk på sjukeheim med hospitering", "")
    assert set(found.words) == {"besøk", "hospitering", "sykehjem"}
