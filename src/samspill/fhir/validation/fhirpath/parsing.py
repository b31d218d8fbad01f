"""FHIRPath text to a tree: tuples of an operation and its parts, by the precedence of the grammar."""

import re
from typing import Any

Tree = tuple[Any, ...]

_TOKEN = re.compile(
    r"\s*(?:(?P<string>'(?:\\.|[^'\\])*')|(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|`(?P<quoted>[^`]*)`|(?P<variable>%[A-Za-z_]+|\$[a-z]+)|(?P<operator><=|>=|!=|!~|[-+*/=~<>|&.(),\[\]{}]))",
    re.DOTALL,
)
# From the loosest binding to the tightest.
_LEVELS: tuple[tuple[str, ...], ...] = (
    ("implies",),
    ("or", "xor"),
    ("and",),
    ("in", "contains"),
    ("=", "~", "!=", "!~"),
    ("<=", "<", ">", ">="),
    ("|",),
    ("is", "as"),
    ("+", "-", "&"),
    ("*", "/", "div", "mod"),
)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}


class _Reader:
    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        position, text = 0, text.rstrip()
        while position < len(text):
            match = _TOKEN.match(text, position)
            if match is None or match.lastgroup is None:
                raise ValueError(f"Not FHIRPath at character {position} of {text!r}.")
            self.tokens.append((match.lastgroup, match.group(match.lastgroup)))
            position = match.end()
        self.at = 0

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def take(self) -> tuple[str, str]:
        token = self.peek()
        self.at += 1
        return token

    def accept(self, *values: str) -> str:
        kind, value = self.peek()
        if kind in {"operator", "name"} and value in values:
            self.at += 1
            return value
        return ""

    def expect(self, value: str) -> None:
        if not self.accept(value):
            raise ValueError(f"Expected {value!r}, found {self.peek()[1]!r}.")


def parse(text: str) -> Tree:
    """The tree of a whole expression; ValueError when it is none."""
    reader = _Reader(text)
    tree = _level(reader, 0)
    if reader.peek()[0] != "end":
        raise ValueError(f"{reader.peek()[1]!r} was not expected in {text!r}.")
    return tree


def _level(reader: _Reader, level: int) -> Tree:
    if level == len(_LEVELS):
        return _path(reader)
    left = _level(reader, level + 1)
    while operator := reader.accept(*_LEVELS[level]):
        if operator in {"is", "as"}:
            left = ("call", left, operator, [("name", _type_name(reader))])
        else:
            left = ("operator", operator, left, _level(reader, level + 1))
    return left


def _type_name(reader: _Reader) -> str:
    name = reader.take()[1]
    while reader.accept("."):
        name = reader.take()[1]
    return name


def _path(reader: _Reader) -> Tree:
    if reader.accept("-"):
        return ("operator", "-", ("literal", 0), _path(reader))
    tree = _term(reader)
    while True:
        if reader.accept("."):
            tree = _invoked(reader, tree)
        elif reader.accept("["):
            tree = ("index", tree, _level(reader, 0))
            reader.expect("]")
        else:
            return tree


def _term(reader: _Reader) -> Tree:
    kind, value = reader.peek()
    if kind in {"name", "quoted"} and value not in {"true", "false"}:
        return _invoked(reader, ("this",))
    reader.take()
    if kind == "string":
        return ("literal", re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[1]), value[1:-1], flags=re.DOTALL))
    if kind == "number":
        return ("literal", float(value) if "." in value else int(value))
    if kind == "variable":
        return ("this",) if value == "$this" else ("variable", value[1:])
    if kind == "name":
        return ("literal", value == "true")
    if value == "{":
        reader.expect("}")
        return ("nothing",)
    if value != "(":
        raise ValueError(f"{value!r} was not expected.")
    tree = _level(reader, 0)
    reader.expect(")")
    return tree


def _invoked(reader: _Reader, on: Tree) -> Tree:
    kind, name = reader.take()
    if kind not in {"name", "quoted"}:
        raise ValueError(f"{name!r} is not a name.")
    if not reader.accept("("):
        return ("step", on, name)
    arguments: list[Tree] = []
    while not reader.accept(")"):
        arguments.append(_level(reader, 0))
        reader.accept(",")
    return ("call", on, name, arguments)
