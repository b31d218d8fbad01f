"""What an expression means, as the server does it: one way at a time, and nothing clever."""

import re

from statistics_server.tables import InventedTable, InventedVariable


class Problem(Exception):
    """A refusal: status and title."""

    def __init__(self, status: int, title: str) -> None:
        super().__init__(title)
        self.status, self.title = status, title


def choose(table: InventedTable, asked: dict[str, list[str]]) -> dict[str, list[str]]:
    """Codes by variable of a question, or the server's refusal."""
    choice: dict[str, list[str]] = {}
    for name, expressions in asked.items():
        variable = next(
            (one for one in table.variables if one.role == "time" and name.lower() == "time"), None
        )
        variable = variable or table.variable(name)
        if variable is None:
            raise Problem(400, "Non-existent variable")
        if len(expressions) != len(set(expressions)):
            raise Problem(500, "")
        chosen: list[str] = []
        for expression in expressions:
            for code in expand(variable, expression):
                if code not in chosen:
                    chosen.append(code)
        choice[variable.code] = chosen
    for variable in table.variables:
        if not variable.elimination and not choice.get(variable.code):
            raise Problem(400, "Missing selection for mandantory variable")
    if any((region, year) in table.gone for region in choice.get("Region", []) for year in choice["Tid"]):
        raise Problem(400, "Non-existent value")
    return choice


def expand(variable: InventedVariable, expression: str) -> list[str]:
    codes = list(variable.codes)
    for code in codes:
        if code.lower() == expression.lower():
            return [code]
    if "*" in expression:
        return _starred(codes, expression)
    if "?" in expression:
        pattern = "".join("." if letter == "?" else re.escape(letter) for letter in expression)
        return [code for code in codes if re.fullmatch(pattern, code, re.IGNORECASE)]
    upper = expression.upper()
    if upper.startswith(("TOP(", "BOTTOM(")):
        return _counted(variable, upper)
    for name in ("FROM(", "TO(", "RANGE("):
        if upper.startswith(name) and upper.endswith(")"):
            inner = [part.strip() for part in upper[len(name) : -1].split(",")]
            return _between(codes, name, inner)
    raise Problem(400, "Non-existent value")


def _starred(codes: list[str], expression: str) -> list[str]:
    text = expression.lower()
    if text == "*":
        return codes
    if text.count("*") == 2 and text[0] == text[-1] == "*":
        return [code for code in codes if text[1:-1] in code.lower()]
    if text.count("*") == 1 and text[0] == "*":
        return [code for code in codes if code.lower().endswith(text[1:])]
    if text.count("*") == 1 and text[-1] == "*":
        return [code for code in codes if code.lower().startswith(text[:-1])]
    raise Problem(400, "Illegal selection expression")


def _counted(variable: InventedVariable, upper: str) -> list[str]:
    found = re.fullmatch(r"(TOP|BOTTOM)\(([1-9][0-9]*)(,[0-9]+)?\)", upper)
    if not found:
        raise Problem(400, "Illegal selection expression")
    count, offset = int(found[2]), int((found[3] or ",0")[1:])
    codes = list(variable.codes)
    if (found[1] == "TOP") == (variable.role == "time"):  # from the end
        turned = codes[::-1][offset : offset + count]
        return turned[::-1]
    return codes[offset : offset + count]


def _between(codes: list[str], name: str, inner: list[str]) -> list[str]:
    upper = [code.upper() for code in codes]
    if len(inner) != (2 if name == "RANGE(" else 1) or not all(inner):
        raise Problem(400, "Illegal selection expression")
    if any(code not in upper for code in inner):
        raise Problem(400, "Non-existent value")
    places = sorted(upper.index(code) for code in inner)
    if name == "FROM(":
        return codes[places[0] :]
    return codes[: places[0] + 1] if name == "TO(" else codes[places[0] : places[1] + 1]
