"""Models that people write as a file: assumptions with source, formulas, scenarios, budget. YAML.

`docs` of the format are the two examples, `examples/*.yaml`: midwifery care and the integrated care team.
Every assumption has a unit and a source; what nobody has measured says `assumption: true`.
"""

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

from samspill.analysis.appraisal import distributions as d
from samspill.analysis.appraisal.budget import Payer
from samspill.analysis.appraisal.contest import key_of
from samspill.analysis.appraisal.formulas import Formula, Formulas
from samspill.analysis.appraisal.models import BudgetPlan, Model, Origin
from samspill.analysis.appraisal.parameters import Parameter
from samspill.analysis.appraisal.scenario import (
    Baseline,
    Override,
    Scenario,
    with_overrides,
)
from samspill.analysis.appraisal.written import Written, number, read_yaml
from samspill.refusal import Refused

HERE = Path(__file__).parent / "examples"
LARGEST = 1_000_000  # bytes
KINDS: dict[str, tuple[Any, Any]] = {
    "share": (d.share, d.share_between),
    "cost": (d.cost, d.cost_between),
    "ratio": (d.ratio, d.ratio_between),
    "normal": (d.normal, d.normal_between),
}
ABOUT = ("unit", "source", "assumption", "data", "nb", "nn")


def read_model(path: Path) -> Model:
    """The model in a file. Refuses what is not there or too large (`no_file`), and all that cannot be run."""
    if not path.is_file():
        raise Refused("no_file", f"There is no file {path}.", field="file")
    if path.stat().st_size > LARGEST:
        raise Refused("no_file", f"{path.name} is larger than a model file can be (1 MB).", field="file")
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise Refused("not_yaml", f"{path.name} is not text in UTF-8.", field="file") from error
    return model_from(text, path.name)


def model_from(text: str, name: str) -> Model:
    """The model in a YAML text; `name` is said in sentences about it."""
    written = read_yaml(text, name).only(
        "name", "says", "example", "data_version", "seed", "horizon", "parameters", "outcomes", "scenarios",
        "judge", "effectiveness", "budget",
    )  # fmt: skip
    parameters = tuple(_parameter(key, one) for key, one in written.parts("parameters").items())
    horizon = written.numbers("horizon")
    if len(horizon) != 2 or not parameters:
        raise Refused("missing", f"{name}: write parameters, and horizon as [first year, last year].")
    baseline = Baseline(
        written.worded("name")["nb"],
        parameters,
        written.text("data_version"),
        written.whole("seed"),
        (int(horizon[0]), int(horizon[1])),
    )
    outcomes = written.parts("outcomes")
    formulas = Formulas({key: Formula(_formula(one)) for key, one in outcomes.items()})
    formulas.check(key for one in parameters for key in one.names)
    scenarios = tuple(_scenario(key, one) for key, one in written.parts("scenarios").items())
    for scenario in scenarios:
        with_overrides(baseline, scenario)
    judge = written.part("judge").only("outcome", "best")
    cost, effect = _effectiveness(written, formulas)
    described = {**written.parts("parameters"), **outcomes, **written.parts("scenarios")}
    return Model(
        baseline,
        scenarios,
        formulas,
        written.worded("name"),
        written.worded("says", ""),
        {key: one.worded("unit", "") for key, one in described.items()},
        {key: one.labels() for key, one in described.items()},
        {key: one.worded("because", "") for key, one in written.parts("scenarios").items()},
        written.flag("example"),
        _known(judge.text("outcome"), formulas.steps, judge),
        _is_lowest(judge),
        cost,
        effect,
        _budget(written, formulas, parameters, scenarios),
        _origins(written),
    )


def _origins(written: Written) -> dict[str, Origin]:
    found = {
        key: Origin(one.worded("source"), one.flag("assumption"))
        for key, one in written.parts("parameters").items()
    }
    for name, scenario in written.parts("scenarios").items():
        for key, value in scenario.part("change").values.items() if "change" in scenario.values else ():
            if isinstance(value, dict):
                one = Written(value, f"{scenario.place}: {key}")
                found[key_of(key, name)] = Origin(one.worded("source"), one.flag("assumption"))
    return found


EXAMPLES = ("integrated_team", "midwifery")


@cache
def example(name: str) -> Model:
    """A worked example that comes with the code: `integrated_team` or `midwifery`."""
    if name not in EXAMPLES:
        raise Refused(
            "no_file", f"There is no example {name}. There are {', '.join(EXAMPLES)}.", field="file"
        )
    return read_model(HERE / f"{name}.yaml")


def written_example(name: str) -> str:
    """The text of a worked example, by which its figures are told from those of another release."""
    return (HERE / f"{name}.yaml").read_text("utf-8")


def _formula(one: Written) -> str:
    one.only("formula", "unit", "nb", "nn").worded("unit")
    value = one.values.get("formula")
    return (
        str(value) if isinstance(value, int | float) and not isinstance(value, bool) else one.text("formula")
    )


def _parameter(name: str, one: Written) -> Parameter:
    one.only("fixed", "split", *KINDS, *ABOUT)
    return Parameter(
        name,
        _distribution(one, ABOUT),
        one.worded("unit")["nb"],
        one.worded("source")["nb"],
        one.flag("assumption"),
        one.text("data", ""),
        one.labels().get("nb", ""),
    )


def _distribution(one: Written, beside: Collection[str] = ()) -> Any:
    given = [key for key in one.values if key not in beside]
    if len(given) != 1:
        raise Refused(
            "file_shape", f"{one.place}: give one of fixed, split, {', '.join(KINDS)}.", field=one.place
        )
    kind = given[0]
    if kind == "fixed":
        return d.Fixed(one.number("fixed"))
    numbers = one.part(kind)
    if kind == "split":
        numbers.only("shares", "persons")
        shares = {key: number(value, key) for key, value in numbers.part("shares").values.items()}
        return d.split(shares, numbers.number("persons"))
    by_moments, between = KINDS[kind]
    if "mean" in numbers.values:
        numbers.only("mean", "se")
        return by_moments(numbers.number("mean"), numbers.number("se"))
    numbers.only("low", "high", "percent")
    return between(numbers.number("low"), numbers.number("high"), numbers.number("percent", d.PERCENT))


def _scenario(name: str, one: Written) -> Scenario:
    one.only("change", "nb", "nn", "because")
    overrides: dict[str, Override] = {}
    for key, value in one.part("change").values.items() if "change" in one.values else ():
        written = Written(value, f"{one.place}: {key}") if isinstance(value, dict) else None
        if written is None:
            overrides[key] = number(value, f"{one.place}: {key}")
        else:
            written.only("fixed", "split", *KINDS, "source", "assumption").worded("source")
            overrides[key] = _distribution(written, ("source", "assumption"))
    return Scenario(name, overrides, one.worded("because", "")["nb"])


def _is_lowest(judge: Written) -> bool:
    best = judge.text("best")
    if best not in ("lowest", "highest"):
        raise Refused("file_shape", f"{judge.place}: «best» is lowest or highest.", field="best")
    return best == "lowest"


def _effectiveness(written: Written, formulas: Formulas) -> tuple[str, str]:
    if "effectiveness" not in written.values:
        return "", ""
    part = written.part("effectiveness").only("cost", "effect")
    cost, effect = (_known(part.text(key), formulas.steps, part) for key in ("cost", "effect"))
    return cost, effect


def _budget(
    written: Written, formulas: Formulas, parameters: tuple[Parameter, ...], scenarios: tuple[Scenario, ...]
) -> BudgetPlan | None:
    if "budget" not in written.values:
        return None
    part = written.part("budget").only("years", "eligible", "uptake", "per_person", "one_off", "old")
    numbers = {*formulas.steps, *(name for one in parameters for name in one.names)}
    costs, once = part.part("per_person"), part.part("one_off") if "one_off" in part.values else None
    return BudgetPlan(
        tuple(int(year) for year in part.numbers("years")),
        _known(part.text("eligible"), numbers, part),
        tuple(part.numbers("uptake")),
        {_payer(key, costs): _known(costs.text(key), formulas.steps, costs) for key in costs.values},
        {_payer(key, once): _known(once.text(key), formulas.steps, once) for key in once.values}
        if once
        else {},
        _known(part.text("old"), {one.name for one in scenarios}, part),
    )


def _payer(name: str, written: Written) -> Payer:
    if name not in set(Payer):
        raise Refused("unknown_key", f"{written.place}: {name} is no payer. There are {', '.join(Payer)}.")
    return Payer(name)


def _known(name: str, names: Collection[str], written: Written) -> str:
    if name not in names:
        raise Refused("unknown_parameter", f"{written.place} names {name}, which is not there.", field=name)
    return name
