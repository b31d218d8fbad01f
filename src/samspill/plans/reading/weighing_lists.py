"""How much a list is like those that are measures in annotated plans, from what can be weighed of it.

Each trait (`list_signs`) has a weight, learned from the plans in `tests/rules/plans` by
`python -m scripts.learn_lists`; the weights are added up, and lists with the same words above are judged
together. The weights stand in `list_weights.tsv`, one trait a line.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from samspill.plans.reading.list_signs import SeenList

WEIGHTS = Path(__file__).with_name("list_weights.tsv")


@cache
def weights() -> dict[str, float]:
    """Trait -> weight; for measures when above 0."""
    lines = WEIGHTS.read_text("utf-8").splitlines()
    return {trait: float(weight) for trait, _, weight in (line.rpartition("\t") for line in lines)}


def balance(traits: Mapping[str, float]) -> float:
    """What speaks for measures less what speaks against."""
    known = weights()
    return sum(known.get(trait, 0.0) * share for trait, share in traits.items())


def measures_among(lists: Sequence[SeenList]) -> dict[int, str]:
    """The places of the lists that hold measures, each with what speaks most for it.

    One item alone that no line announces is as often a heading with a number as a list.
    """
    together: dict[str, list[float]] = defaultdict(list)
    items: Counter[str] = Counter()
    for one in lists:
        together[one.key].append(balance(one.traits))
        items[one.key] += len(one.top)
    mean = {key: sum(sums) / len(sums) for key, sums in together.items()}
    return {
        one.start: strongest(one.traits)
        for one in lists
        if mean[one.key] > 0 and (items[one.key] > 1 or one.is_announced)
    }


def strongest(traits: Mapping[str, float], most: int = 2) -> str:
    """What speaks most for measures, for a person to look at."""
    known = weights()
    said = sorted(
        ((known.get(trait, 0.0) * share, trait) for trait, share in traits.items()),
        key=lambda one: (-one[0], one[1]),
    )
    return ", ".join(trait for weight, trait in said[:most] if weight > 0)
