"""The reference page of clinical instruments, printed from their tables."""

from collections.abc import Callable, Iterator

from samspill.rulebook.instruments import Band, Version, instruments

Table = Callable[[list[str], list[list[str]]], list[str]]
ABOUT = (
    "What the rulebook scores, and `samspill score` on the command line. A total is only there when every"
    " part is answered: a missing part is never 0. The tables, with the points of every measurement, are"
    " `src/samspill/rulebook/norway/instruments/*.yaml`."
)


def instrument_lines(table: Table) -> list[str]:
    """Heading and text of each instrument; `table` makes a Markdown table."""
    return ["# Clinical instruments", "", ABOUT, "", *_contents(table), *_all(table)]


def _contents(table: Table) -> list[str]:
    rows = [[f"`{one.code}`", one.title["nb"], one.versions[-1].name] for one in instruments().values()]
    return [*table(["id", "name", "version"], rows), ""]


def _all(table: Table) -> Iterator[str]:
    for one in instruments().values():
        yield from (f"## {one.code}", "", one.title["nb"], "", one.note, "")
        yield from (f"- Source: {one.source}", f"- Licence: {one.licence}")
        yield from (f"- Code of the total: {system} {code}" for system, code in one.codings.items())
        yield ""
        for version in one.versions:
            yield from _version(version, table)


def _version(version: Version, table: Table) -> Iterator[str]:
    yield from (f"### Version {version.name}, from {version.applies_from}", "")
    rules = [*version.parts.values(), *version.context.values()]
    rows = [[f"`{rule.name}`", rule.label.get("nb", ""), rule.may_be] for rule in rules]
    yield from (*table(["part", "name", "may be"], rows), "")
    if version.bands:
        called = [[f"`{band.code}`", _from(band), band.label.get("nb", "")] for band in version.bands]
        yield from (*table(["band", "from", "name"], called), "")
    for rule in version.safety:
        where = f"`{rule.part}`" if rule.part else "any part"
        yield from (
            f"Flagged whatever the total, when {where} gives {rule.at_least} or more: {rule.label['nb']}.",
            "",
        )


def _from(band: Band) -> str:
    return f"{band.lowest}" if band.any_part is None else f"{band.lowest}, with {band.any_part} in one part"
