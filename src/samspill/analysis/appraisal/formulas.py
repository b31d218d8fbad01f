"""Arithmetic that people write in a file: names, numbers, + - * / **, min, max, exp, log, sqrt. Nothing else.

A formula is read to a tree and walked; nothing of Python can be reached from it. It works on numbers and on
arrays of draws alike.
"""

import ast
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce

import numpy as np

from samspill.analysis.appraisal.outcomes import Floats
from samspill.refusal import Refused

LONGEST = 2000
DEEPEST = 60
OPERATORS: dict[type[ast.operator], Callable[[Floats, Floats], Floats]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
FUNCTIONS: dict[str, Callable[..., Floats]] = {
    "min": lambda *values: reduce(np.minimum, values),
    "max": lambda *values: reduce(np.maximum, values),
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
}
MANY = {"min", "max"}


@dataclass(frozen=True)
class Formula:
    """One line of arithmetic. Refuses what it cannot read, with the place (`formula`)."""

    text: str
    tree: ast.expr = field(init=False, repr=False, compare=False)
    names: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.text) > LONGEST:
            raise Refused("formula", f"A formula has at most {LONGEST} characters. Split it in steps.")
        try:
            tree = ast.parse(self.text.strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise Refused("formula", f"«{self.text}» is not arithmetic: {error}.") from error
        names: set[str] = set()
        _check(tree, self.text, names, DEEPEST)
        object.__setattr__(self, "tree", tree)
        object.__setattr__(self, "names", frozenset(names))

    def value(self, values: Mapping[str, Floats]) -> Floats:
        """The value, of the shape that the values have together. Division by 0 and the like give no
        number.
        """
        with np.errstate(all="ignore"):
            return np.asarray(_walk(self.tree, values), dtype=np.float64)


@dataclass(frozen=True)
class Formulas:
    """Steps computed one after another; a step may use parameters and the steps before it."""

    steps: Mapping[str, Formula]

    @property
    def text(self) -> str:
        """All that is written, for a fingerprint."""
        return "\n".join(f"{step} = {formula.text}" for step, formula in self.steps.items())

    def check(self, known: Iterable[str]) -> None:
        """Refuses names that nobody knows at that point (`unknown_parameter`)."""
        names = set(known)
        for step, formula in self.steps.items():
            if step in names:
                raise Refused(
                    "parameter_twice", f"{step} is both a parameter and a formula. Rename one.", field=step
                )
            unknown = sorted(formula.names - names)
            if unknown:
                raise Refused(
                    "unknown_parameter",
                    f"The formula of {step} uses {', '.join(unknown)}, which is neither a parameter nor a "
                    "formula above it.",
                    field=step,
                )
            names.add(step)

    def __call__(self, parameters: Mapping[str, Floats]) -> dict[str, Floats]:
        """Every step by name. Refuses a result that is not a number (`not_a_number`)."""
        values = dict(parameters)
        found: dict[str, Floats] = {}
        for step, formula in self.steps.items():
            found[step] = values[step] = formula.value(values)
            if not np.all(np.isfinite(found[step])):
                raise Refused(
                    "not_a_number",
                    f"{step} = {formula.text} is not a number for some values. Look for a division by 0.",
                    field=step,
                )
        return found


def _check(node: ast.expr, text: str, names: set[str], depth: int) -> None:
    if depth == 0:
        raise Refused("formula", f"«{text[:60]}…» is nested too deep. Split it in steps.")
    match node:
        case ast.Name():
            names.add(node.id)
            return
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            return
        case ast.UnaryOp(op=ast.USub() | ast.UAdd()):
            parts = [node.operand]
        case ast.BinOp() if type(node.op) in OPERATORS:
            parts = [node.left, node.right]
        case ast.Call(func=ast.Name(), keywords=[]) if _is_called_right(node):
            parts = node.args
        case _:
            wrong = ast.get_source_segment(text.strip(), node) or text
            raise Refused(
                "formula",
                f"«{wrong}» cannot be in a formula. Use names, numbers, + - * / **, and "
                f"{', '.join(FUNCTIONS)}.",
            )
    for part in parts:
        _check(part, text, names, depth - 1)


def _is_called_right(node: ast.Call) -> bool:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    return name in FUNCTIONS and (len(node.args) >= 1 if name in MANY else len(node.args) == 1)


def _walk(node: ast.expr, values: Mapping[str, Floats]) -> Floats:
    match node:
        case ast.Name():
            return values[node.id]
        case ast.UnaryOp():
            inner = _walk(node.operand, values)
            return -inner if isinstance(node.op, ast.USub) else inner
        case ast.BinOp():
            return OPERATORS[type(node.op)](_walk(node.left, values), _walk(node.right, values))
        case ast.Call(func=ast.Name(id=name)):
            return FUNCTIONS[name](*(_walk(part, values) for part in node.args))
        case ast.Constant(value=int() | float() as number):
            return np.float64(number)  # type: ignore[return-value]
    raise AssertionError(f"{node} was let through")
