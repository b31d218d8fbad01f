"""Read YAML strictly, here and above: a key that stands twice, is unknown or is missing stops the reading.

A table that loads wrongly is worse than none: a limit that silently is not there colours nothing. Here:
reading one file, and the checks every table needs. Not here: what a table means (the module that uses it).
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from samspill.refusal import Refused

HERE = Path(__file__).parent / "norway"


class _Loader(yaml.SafeLoader):
    """Says no to a key that stands twice, where YAML itself keeps the last."""


def _mapping(loader: _Loader, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
    seen: set[Hashable] = set()
    for key_node, _value in node.value:
        key = loader.construct_object(key_node, deep=True)
        mark = key_node.start_mark
        if not isinstance(key, Hashable):
            raise Refused("table.unreadable", f"{mark.name} has a list as a key in line {mark.line + 1}.")
        if key in seen:
            raise Refused(
                "table.duplicate_key",
                f"{mark.name} has the key «{key}» twice, the second in line {mark.line + 1}. Keep one of "
                "them.",
            )
        seen.add(key)
    return dict(loader.construct_pairs(node, deep=True))


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


class _ExactLoader(_Loader):
    """Numbers keep the digits they are written with: 0.10 is measured finer than 0.1."""


def _exact(loader: _ExactLoader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(str(loader.construct_scalar(node)))


_ExactLoader.add_constructor("tag:yaml.org,2002:float", _exact)


def read(path: Path) -> Any:
    """What the file holds. Refuses (`table.duplicate_key`, `table.unreadable`) what is not plain YAML."""
    try:
        with path.open("rb") as file:
            return parse(file.read(), path.name)
    except OSError as problem:
        raise Refused("table.unreadable", f"{path.name} cannot be read: {problem.strerror}.") from problem


def parse(content: bytes | str, name: str, *, exact: bool = False) -> Any:
    """As `read`, from the content; `name` is what the file is called in a refusal.

    `exact` gives numbers with a decimal point as `Decimal`, with the digits they are written with.
    """
    try:
        loader = (_ExactLoader if exact else _Loader)(content)
        loader.name = name
        return loader.get_single_data()
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise Refused("table.unreadable", f"{name} is not YAML: {problem}") from problem


def check_keys(
    given: object, *, must: Collection[str], may: Collection[str] = (), where: str
) -> Mapping[str, Any]:
    """`given` itself, when it is a mapping with all of `must` and nothing besides `may`.

    Refuses (code): `table.not_mapping`, `table.missing_key`, `table.unknown_key`; the sentence names the
    keys.
    """
    if not isinstance(given, Mapping):
        raise Refused("table.not_mapping", f"{where} is {given!r}, but must be keys with values.")
    missing = sorted(set(must) - set(given))
    if missing:
        raise Refused("table.missing_key", f"{where} lacks {', '.join(missing)}. Fill it in.")
    unknown = sorted(str(key) for key in set(given) - set(must) - set(may))
    if unknown:
        known = ", ".join(sorted({*must, *may}))
        raise Refused(
            "table.unknown_key", f"{where} has {', '.join(unknown)}, which is unknown. Known: {known}."
        )
    return given


def check_list(given: object, *, where: str) -> Sequence[Any]:
    """`given` itself, when it is a list with something in it. Refuses (`table.not_list`) anything else."""
    if not isinstance(given, list) or not given:
        raise Refused("table.not_list", f"{where} must be a list with at least one entry.")
    return given


def check_text(given: object, *, where: str) -> str:
    """`given` itself, when it is text that says something. Refuses (`table.not_text`) anything else."""
    if not isinstance(given, str) or not given.strip():
        raise Refused("table.not_text", f"{where} must be text, and is {given!r}.")
    return given


def check_one_of(given: object, known: Collection[str], *, where: str) -> str:
    """`given` itself, when it is one of `known`. Refuses (`table.unknown_value`) anything else."""
    if not isinstance(given, str) or given not in known:
        raise Refused("table.unknown_value", f"{where} is {given!r}. Known: {', '.join(sorted(known))}.")
    return given


def check_day(given: object, *, where: str) -> date:
    """`given` itself, when it is a day. Refuses (`table.not_day`) anything else."""
    if type(given) is not date:
        raise Refused("table.not_day", f"{where} must be a day, as 2026-11-23, and is {given!r}.")
    return given
