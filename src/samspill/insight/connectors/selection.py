"""Which codes an expression means: as PxWebApi 2 does it, but here, so that a part always asks for codes.

The order and the words are those of the server (PxTools/PxWebApi, `SelectionExpressions`): a code goes before
an expression; letters may be large or small; `*` stands at an end, `?` for one character; `top` of a time
variable are the latest, of others the first; `range` may be turned round. One thing is stricter: an
expression that means no code is refused, where the server would answer with the total for everything.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from samspill.insight.connectors.table import Table, Variable
from samspill.refusal import Refused

COUNT = r"\(([1-9]\d*)(?:,(\d+))?\)"
ONE = r"\(([^,]+)\)"


def read_choices(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Expressions by variable from «Region=3101,31*» and «Tid=top(3)»; the same variable may come again."""
    wanted: dict[str, tuple[str, ...]] = {}
    for text in texts:
        name, sign, expressions = text.partition("=")
        parts = tuple(part for part in _parts(expressions) if part)
        if not (name.strip() and sign and parts):
            raise Refused(
                "source.selection", f"«{text}» chooses nothing. Write VARIABLE=CODES, as Tid=top(3)."
            )
        wanted[name.strip()] = wanted.get(name.strip(), ()) + parts
    return wanted


def resolve(table: Table, wanted: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Codes by variable in the table's order. A variable that must be chosen and is not is taken whole."""
    named = {}
    for name, expressions in wanted.items():
        variable = table.variable(name)
        if variable.code in named:
            raise Refused("source.selection", f"{variable.code} is chosen twice, as {name} too.")
        named[variable.code] = expand(variable, expressions)
    return {
        one.code: named.get(one.code, one.codes)
        for one in table.variables
        if one.code in named or not one.may_be_left_out
    }


def taken_whole(table: Table, wanted: Mapping[str, Sequence[str]]) -> list[Variable]:
    """Those `resolve` takes whole, for somebody to be told."""
    named = {table.variable(name).code for name in wanted}
    return [one for one in table.variables if one.code not in named and not one.may_be_left_out]


def expand(variable: Variable, expressions: Sequence[str]) -> tuple[str, ...]:
    """The codes that the expressions mean together, each once, in the order of the table."""
    known = {code.lower(): code for code in reversed(variable.codes)}
    chosen: set[str] = set()
    for expression in expressions:
        exact = known.get(expression.lower())
        found = [exact] if exact is not None else _expanded(variable, expression)
        if not found:
            raise Refused(
                "source.selects_nothing",
                f"{variable.code}={expression} means none of its {len(variable.codes)} codes.",
                facts={"variable": variable.code, "expression": expression},
            )
        chosen.update(found)
    return tuple(code for code in variable.codes if code in chosen)


def _expanded(variable: Variable, expression: str) -> Sequence[str]:
    if "*" in expression:
        return _starred(variable, expression)
    if "?" in expression:
        pattern = re.escape(expression).replace(r"\?", ".")
        return [code for code in variable.codes if re.fullmatch(pattern, code, re.I | re.S)]
    for name, (arguments, codes_of) in FUNCTIONS.items():
        if expression.lower().startswith(f"{name}("):
            found = re.fullmatch(name + arguments, expression, re.I)
            if not found:
                raise _illegal(variable, expression)
            return codes_of(variable, *found.groups())
    raise _unknown(variable, expression)


def _starred(variable: Variable, expression: str) -> Sequence[str]:
    rest = expression.strip("*").lower() if expression != "*" else ""
    stars = expression.count("*")
    at_start, at_end = expression.startswith("*"), expression.endswith("*")
    if stars > 2 or (stars == 1 and not (at_start or at_end)) or (stars == 2 and not (at_start and at_end)):
        raise _illegal(variable, expression)
    fits: Callable[[str], bool]
    if at_start and at_end:
        fits = lambda code: rest in code  # noqa: E731
    elif at_start:
        fits = lambda code: code.endswith(rest)  # noqa: E731
    else:
        fits = lambda code: code.startswith(rest)  # noqa: E731
    return [code for code in variable.codes if fits(code.lower())]


def _first(variable: Variable, count: str, offset: str | None) -> Sequence[str]:
    start = int(offset or 0)
    return variable.codes[start : start + int(count)]


def _last(variable: Variable, count: str, offset: str | None) -> Sequence[str]:
    end = max(0, len(variable.codes) - int(offset or 0))
    return variable.codes[max(0, end - int(count)) : end]


def _top(variable: Variable, count: str, offset: str | None) -> Sequence[str]:
    return (_last if variable.is_time else _first)(variable, count, offset)


def _bottom(variable: Variable, count: str, offset: str | None) -> Sequence[str]:
    return (_first if variable.is_time else _last)(variable, count, offset)


def _from(variable: Variable, code: str) -> Sequence[str]:
    return variable.codes[_place(variable, code) :]


def _to(variable: Variable, code: str) -> Sequence[str]:
    return variable.codes[: _place(variable, code) + 1]


def _range(variable: Variable, one: str, other: str) -> Sequence[str]:
    first, last = sorted((_place(variable, one), _place(variable, other)))
    return variable.codes[first : last + 1]


FUNCTIONS: dict[str, tuple[str, Callable[..., Sequence[str]]]] = {
    "top": (COUNT, _top),
    "bottom": (COUNT, _bottom),
    "range": (r"\(([^,]+),([^,)]+)\)", _range),
    "from": (ONE, _from),
    "to": (ONE, _to),
}


def _place(variable: Variable, code: str) -> int:
    for place, one in enumerate(variable.codes):
        if one.lower() == code.lower():
            return place
    raise _unknown(variable, code)


def _parts(text: str) -> list[str]:
    """Split by commas outside brackets; the brackets that the server wants round an expression fall away."""
    parts = re.split(r",(?![^(\[]*[)\]])", text)
    return [
        part[1:-1].strip() if part.startswith("[") and part.endswith("]") else part
        for part in map(str.strip, parts)
    ]


def _unknown(variable: Variable, code: str) -> Refused:
    return Refused(
        "source.unknown_code",
        f"{variable.code} has no code «{code}»; it has {len(variable.codes)}, as "
        f"{', '.join(variable.codes[:3])}.",
        facts={"variable": variable.code, "code": code},
    )


def _illegal(variable: Variable, expression: str) -> Refused:
    return Refused(
        "source.selection",
        f"{variable.code}={expression} is no expression: * stands at an end, and there are top(3), top(3,1), "
        "bottom(3), from(2020), to(2024) and range(2020,2024).",
    )
