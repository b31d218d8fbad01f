"""Learn the weights of `samspill.plans.reading.weighing` from the annotated plans in `tests/rules/plans`.

`python -m scripts.learn_prose` writes them, and prints how well weights learned from some plans do on the
others: precision and recall of clauses, plan by plan held out. Nothing is drawn at random, so the same plans
give the same weights.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / "rules" / "plans")]

FOLDS = 6
SEEN_AT_LEAST = 2  # times, or a trait tells of one plan only
TIGHTNESS = 1.0  # of the weights: the strength of the pull towards 0 (L2)
SMALLEST = 0.04  # weights below change nothing


@dataclass(frozen=True, slots=True)
class Seen:
    """One clause of an annotated plan."""

    plan: str
    text: str
    traits: frozenset[str]
    is_measure: bool


def seen(cases: Sequence[dict[str, Any]]) -> list[Seen]:
    """Every clause of the running text of the annotated plans; in replies everything is an answer."""
    return [one for case in cases if case["layout"] != "questions" for one in _clauses(case)]


def _clauses(case: dict[str, Any]) -> Iterator[Seen]:
    from plan_scoring import document_of

    from samspill.documents.public import BlockKind
    from samspill.plans.reading import read_plan
    from samspill.plans.reading.judging import seen_in
    from samspill.plans.reading.passages import passages, promising

    document = document_of(case)
    period = read_plan(document).period
    marked = [" ".join(str(row[0]).split()).strip(" .") for row in case["expect"]["measures"]]
    places = [at for at, block in enumerate(document.blocks) if block.kind is BlockKind.PARAGRAPH]
    for passage in passages(document, places):
        for sentence in promising(passage):
            if sentence.endswith((":", "?", ";")):
                continue
            for part, traits in seen_in(sentence, period):
                text = part.text.strip(" .")
                yield Seen(case["name"], text, traits, any(text in one or one in text for one in marked))


def learn(clauses: Sequence[Seen]) -> dict[str, float]:
    """Trait -> weight by logistic regression with a pull towards 0; the constant is free."""
    counts = Counter(trait for one in clauses for trait in one.traits)
    names = sorted(trait for trait, count in counts.items() if count >= SEEN_AT_LEAST)
    place = {trait: at for at, trait in enumerate(names)}
    cells = [(row, place[t]) for row, one in enumerate(clauses) for t in one.traits if t in place]
    rows, columns = zip(*cells, strict=True)
    table = csr_matrix((np.ones(len(cells)), (rows, columns)), shape=(len(clauses), len(names)))
    truth = np.array([one.is_measure for one in clauses], float)
    pull = np.array([0.0 if trait == "always" else TIGHTNESS for trait in names])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        sums = table @ weights
        missed = np.logaddexp(0, sums) - truth * sums
        slope = table.T @ (1 / (1 + np.exp(-sums)) - truth)
        return missed.sum() + (pull * weights**2).sum() / 2, slope + pull * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 1000}).x
    return {t: round(float(w), 2) for t, w in zip(names, found, strict=True) if abs(w) >= SMALLEST}


def held_out(clauses: Sequence[Seen]) -> tuple[float, float]:
    """Precision and recall on plans that the weights were not learned from."""
    plans = sorted({one.plan for one in clauses})
    right = found = wanted = 0
    for fold in range(FOLDS):
        left_out = set(plans[fold::FOLDS])
        weights = learn([one for one in clauses if one.plan not in left_out])
        for one in clauses:
            if one.plan in left_out:
                is_found = sum(weights.get(trait, 0.0) for trait in one.traits) > 0
                right += is_found and one.is_measure
                found += is_found
                wanted += one.is_measure
    return right / found, right / wanted


def main() -> None:
    from plan_scoring import cases

    from samspill.plans.reading.weighing import WEIGHTS

    clauses = seen(cases())
    precision, recall = held_out(clauses)
    weights = learn(clauses)
    lines = [f"{trait}\t{weight:g}\n" for trait, weight in sorted(weights.items())]
    WEIGHTS.write_text("".join(lines), "utf-8")
    print(
        f"{len(clauses)} clauses, {sum(one.is_measure for one in clauses)} measures, {len(weights)} weights"
    )
    print(f"on plans held out: precision {precision:.2f}, recall {recall:.2f}")


if __name__ == "__main__":
    main()
