"""Learn the weights of `plans.reading.weighing_lists` from the annotated plans in `tests/rules/plans`.

`python -m scripts.learn_lists` writes them. `--held-out` prints how plans are read that the weights were not
learned from: for each set of plans, the weights of lists and of clauses are learned from the other sets, and
the set is read with those. Nothing is drawn at random, so the same plans give the same weights.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from scripts import learn_prose

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / "rules" / "plans")]

SEEN_AT_LEAST = 2  # times, or a trait tells of one plan only
# How hard a weight is pulled towards 0 (L2): what the items are made of holds in all plans; the rules
# were mended for these plans, and do better here than elsewhere
PULLS = {"item": 0.3, "said": 0.3, "acts": 0.3, "rule": 3.0}
LEFT_OUT = ("item first", "heading stem")  # traits that tell of the subject matter only
SMALLEST = 0.04  # weights below change nothing
ENOUGH = 0.8  # of the items are marked in a list of measures


@dataclass(frozen=True, slots=True)
class Seen:
    """One list of an annotated plan."""

    plan: str
    traits: Mapping[str, float]
    is_measures: bool


def seen(cases: Sequence[dict[str, Any]]) -> list[Seen]:
    """Every list of the annotated plans; in replies everything is an answer."""
    return [one for case in cases if case["layout"] != "questions" for one in _lists(case)]


def _lists(case: dict[str, Any]) -> Iterator[Seen]:
    from plan_scoring import document_of

    from samspill.plans.reading.list_signs import lists_of
    from samspill.plans.reading.words import clean

    marked = [_bare(row[0]) for row in case["expect"]["measures"]]
    for one in lists_of(document_of(case)):
        shallowest = min(block.level for block in one.items)
        tops: list[bool] = []
        for block in one.items:
            text = _bare(clean(block.text))
            is_marked = any(text in measure or measure in text for measure in marked)
            if block.level == shallowest:
                tops.append(is_marked)
            else:
                tops[-1] |= is_marked
        yield Seen(case["name"], one.traits, sum(tops) >= ENOUGH * len(tops))


def _bare(text: object) -> str:
    return " ".join(str(text).split()).strip(" .")


def _pull(trait: str) -> float:
    return 0.0 if trait == "always" else PULLS.get(trait.split()[0], 1.0)


def learn(lists: Sequence[Seen]) -> dict[str, float]:
    """Trait -> weight by logistic regression with a pull towards 0; the constant is free."""
    counts = Counter(trait for one in lists for trait, share in one.traits.items() if share)
    names = sorted(
        trait for trait, count in counts.items() if count >= SEEN_AT_LEAST and not trait.startswith(LEFT_OUT)
    )
    place = {trait: at for at, trait in enumerate(names)}
    cells = [
        (row, place[trait], share)
        for row, one in enumerate(lists)
        for trait, share in sorted(one.traits.items())
        if trait in place
    ]
    rows, columns, shares = zip(*cells, strict=True)
    table = csr_matrix((shares, (rows, columns)), shape=(len(lists), len(names)))
    truth = np.array([one.is_measures for one in lists], float)
    pull = np.array([_pull(trait) for trait in names])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        sums = table @ weights
        missed = np.logaddexp(0, sums) - truth * sums
        slope = table.T @ (1 / (1 + np.exp(-sums)) - truth)
        return missed.sum() + (pull * weights**2).sum() / 2, slope + pull * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 1000}).x
    return {t: round(float(w), 2) for t, w in zip(names, found, strict=True) if abs(w) >= SMALLEST}


def written(weights: Mapping[str, float]) -> str:
    return "".join(f"{trait}\t{weight:g}\n" for trait, weight in sorted(weights.items()))


@contextmanager
def reading_with(lists: Mapping[str, float], clauses: Mapping[str, float]) -> Iterator[None]:
    """The reader with other weights than its own."""
    from samspill.plans.reading import weighing, weighing_lists

    own = [(weighing, weighing.WEIGHTS), (weighing_lists, weighing_lists.WEIGHTS)]
    with TemporaryDirectory() as folder:
        for (module, _), weights in zip(own, (clauses, lists), strict=True):
            module.WEIGHTS = Path(folder) / module.__name__
            module.WEIGHTS.write_text(written(weights), "utf-8")
            module.weights.cache_clear()
        try:
            yield
        finally:
            for module, path in own:
                module.WEIGHTS = path
                module.weights.cache_clear()


def held_out(more: Sequence[Path] = ()) -> Iterator[tuple[str, str, Any]]:
    """Set, layout, and the score of its plans read with weights learned from the other sets."""
    from plan_scoring import HERE, LAYOUTS, load, score

    sets: dict[str, list[dict[str, Any]]] = {}
    for path in [*sorted(HERE.glob("*.yaml")), *more]:
        sets.setdefault(_set_of(path), []).extend(load(path))
    lists = {name: seen(own) for name, own in sets.items()}
    clauses = {name: learn_prose.seen(own) for name, own in sets.items()}
    for name, own in sets.items():
        others = [one for other in sets if other != name for one in lists[other]]
        other_clauses = [one for other in sets if other != name for one in clauses[other]]
        with reading_with(learn(others), learn_prose.learn(other_clauses)):
            for layout in LAYOUTS:
                if chosen := [case for case in own if case["layout"] == layout]:
                    yield name, layout, score(chosen)


def _set_of(path: Path) -> str:
    """«femtende_blindprove» of all its files."""
    stem = path.stem
    return stem.rpartition("_")[0] if stem.count("_") == 2 and "blindprove" in stem else stem


def forecast(more: Sequence[Path] = ()) -> str:
    """One line a set and layout, and the sum of each layout."""
    from plan_scoring import LAYOUTS, Score

    sums = {layout: Score() for layout in LAYOUTS}
    lines = []
    for name, layout, one in held_out(more):
        total = sums[layout]
        total.expected, total.found, total.right = (
            total.expected + one.expected,
            total.found + one.found,
            total.right + one.right,
        )
        lines.append(f"{layout:10} {one.precision:.2f} {one.recall:.2f} {one.expected:4}  {name}")
    lines += [
        f"{layout:10} {one.precision:.2f} {one.recall:.2f} {one.expected:4}  all"
        for layout, one in sums.items()
    ]
    return "\n".join(sorted(lines[: -len(sums)]) + lines[-len(sums) :])


def main() -> None:
    from plan_scoring import cases

    from samspill.plans.reading.weighing_lists import WEIGHTS

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held-out", action="store_true", help="read every set with weights of the others")
    parser.add_argument("--more", nargs="*", type=Path, default=(), help="annotated plans from elsewhere")
    asked = parser.parse_args()
    if asked.held_out:
        print(forecast(asked.more))
        return
    lists = seen(cases())
    weights = learn(lists)
    WEIGHTS.write_text(written(weights), "utf-8")
    print(f"{len(lists)} lists, {sum(one.is_measures for one in lists)} of measures, {len(weights)} weights")


if __name__ == "__main__":
    main()
