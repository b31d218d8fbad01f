"""Count how well the labelled queries of `search_set.yaml` are answered."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from samspill.plans.queries.searched import tokens_of
from samspill.plans.queries.solved import ENOUGH, find_concepts
from samspill.plans.rules.finding import Vocabulary
from samspill.plans.rules.weighing import Postings, weigh

FIRST = 10


@dataclass
class Score:
    queries: int = 0
    wanted: int = 0
    found: int = 0
    reciprocal: float = 0.0
    missed: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.wanted

    @property
    def mrr(self) -> float:
        return self.reciprocal / self.queries


@cache
def labelled() -> dict[str, Any]:
    return yaml.safe_load(Path(__file__).with_name("search_set.yaml").read_text("utf-8"))


def posted() -> tuple[Postings, dict[int, str]]:
    """The labelled measures by their tokens, numbered, and the key of each."""
    measures, postings = labelled()["measures"], Postings()
    tokens = tokens_of({text for one in measures.values() for text in (one["text"], one["area"])})
    for number, one in enumerate(measures.values()):
        postings.add(number, tokens[one["text"]], tokens[one["area"]])
    return postings, dict(enumerate(measures))


def ranked(words: str) -> list[str]:
    """Keys of the measures that are found, best first."""
    postings, keys = posted()
    concepts = find_concepts(words, Vocabulary({*postings.own, *postings.area}))
    found = [(score, keys[one]) for one, score in weigh(concepts, [postings], len(keys)).items()]
    return [
        key for score, key in sorted(found, key=lambda pair: (-round(pair[0], 2), pair[1])) if score >= ENOUGH
    ]


def scores() -> dict[str, Score]:
    """By what makes a query hard, and "all"."""
    found: dict[str, Score] = {}
    for query in labelled()["queries"]:
        order = ranked(query["q"])
        places = [order.index(key) + 1 for key in query["find"] if key in order]
        for kind in (query["hard"], "all"):
            score = found.setdefault(kind, Score())
            score.queries += 1
            score.wanted += len(query["find"])
            score.found += sum(place <= FIRST for place in places)
            score.reciprocal += 1 / min(places) if places else 0.0
            lost = [key for key in query["find"] if key not in order[:FIRST]]
            if lost or min(places, default=99) > 1:
                score.missed.append(f"{query['q']}: {lost} {order[:6]}")
    return found
