"""The worked examples of weighing: which there are, what one may move in them, and their words.

Not here: how they are computed (`analysis.appraisal`), how an answer is told (`telling_appraisals`).
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samspill.analysis.appraisal import (
    EXAMPLES,
    VERSION,
    Beta,
    Distribution,
    Fixed,
    LogNormal,
    Model,
    example,
    movable,
    tornado,
    written_example,
)
from samspill.refusal import Refused

THRESHOLDS = {"midwifery": 10_000, "integrated_team": 50_000}
"""What one may be willing to pay for a unit of effect, kroner: where the slider begins."""
MOST_THRESHOLD = 5  # times where it begins
MAIN = 6  # assumptions with a slider of their own; the others are folded
ENDS = (0.01, 0.99)  # of what is thought possible: where a slider begins and ends
STEPS = 50  # about so many places on a slider
PATHS = {"midwifery": "jordmor", "integrated_team": "felles-team"}
"""Models as they stand in addresses."""
KEY_OF = {path: key for key, path in PATHS.items()}


@dataclass(frozen=True)
class Movable:
    """An assumption one may move: where it stands in the model, how far it goes, in steps of what.

    Shares and ratios are moved in percent: `scale` is what a value on the slider is divided by in the model.
    """

    key: str
    field: str
    scale: int
    label: str
    unit: str
    value: float
    least: float
    most: float
    step: float
    source: str
    is_assumed: bool


def model_of(key: object) -> Model:
    """The worked example; refuses another (`appraisal.model`)."""
    if key not in EXAMPLES:
        raise Refused(
            "appraisal.model",
            _("There is no model «%(model)s». Choose one from the list.") % {"model": key},
            field="model",
        )
    return example(str(key))


@lru_cache(maxsize=1)
def version() -> str:
    """Of the method and of the examples' own figures: an answer from others is told to be so."""
    texts = "".join(written_example(name) for name in EXAMPLES)
    return f"{VERSION}.{hashlib.sha256(texts.encode()).hexdigest()[:6]}"


def worded(words: Mapping[str, str]) -> str:
    """The text in the reader's written form; bokmål for those who read neither."""
    return words.get("nn" if get_language() == "nn" else "nb", "")


def label_of(model: Model, key: str) -> str:
    """What an assumption, an outcome or a scenario is called: «Liggedøgn (Kommunene tar mer)»."""
    name, _sep, scenario = key.partition(" [")
    label = worded(model.labels.get(name, {})) or name
    if scenario:
        return f"{label} ({label_of(model, scenario.removesuffix(']'))})"
    return label


def unit_of(model: Model, key: str) -> str:
    return worded(dict(model.units.get(key.partition(" [")[0], {})))


@lru_cache(maxsize=len(EXAMPLES))
def _weight(key: str) -> tuple[str, ...]:
    """The assumptions of a model, the one first that moves the difference to the first scenario most."""
    contest = example(key).contest()
    widest: dict[str, float] = dict.fromkeys(movable(example(key)), 0.0)
    for name in contest.names[1:]:
        for bar in tornado(contest.assumptions(), contest.gap(name, contest.names[0])).bars:
            if bar.name in widest:
                widest[bar.name] = max(widest[bar.name], bar.width)
    return tuple(sorted(widest, key=lambda one: -widest[one]))


def movables(key: str, scenarios: Sequence[str]) -> tuple[list[Movable], list[Movable]]:
    """The main assumptions of the scenarios that are compared, and the others; in the order of their weight.

    What is known, and what is nothing until a scenario changes it, is not moved.
    """
    model = model_of(key)
    distributions = movable(model)
    hidden = [f"[{one.name}]" for one in model.scenarios if one.name not in scenarios]
    found = [
        _movable(model, name, distributions[name])
        for name in _weight(key)
        if not any(name.endswith(end) for end in hidden)
        and (not isinstance(distributions[name], Fixed) or model.origins[name].assumption)
        and distributions[name].mean
    ]
    return found[:MAIN], found[MAIN:]


def _movable(model: Model, name: str, distribution: Distribution) -> Movable:
    is_share = isinstance(distribution, Beta | LogNormal)
    scale = 100 if is_share else 1
    low, high = (scale * float(end) for end in distribution.quantile(np.array(ENDS)))
    if low == high:
        low, high = 0.0, 2 * scale * distribution.mean
    step = nice(high - low)
    least = _on_step(low, step)
    origin = model.origins[name]
    return Movable(
        key=name,
        field=name.replace(" [", "--").removesuffix("]"),
        scale=scale,
        label=label_of(model, name),
        unit="%" if is_share else unit_of(model, name),
        value=_on_step(scale * distribution.mean, step),
        least=step if low > 0 >= least else least,
        most=min(_on_step(high, step), 100 - step)
        if isinstance(distribution, Beta)
        else _on_step(high, step),
        step=step,
        source=worded(origin.source),
        is_assumed=origin.assumption,
    )


def nice(span: float) -> float:
    """A step of 1, 2 or 5 and noughts that goes about STEPS times into `span`."""
    exact = span / STEPS
    power = 10.0 ** np.floor(np.log10(exact))
    return float(next(step * power for step in (1, 2, 5, 10) if step * power >= exact))


def _on_step(value: float, step: float) -> float:
    return round(round(value / step) * step, 10)
