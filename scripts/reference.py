"""Print the reference pages from the code: command line, settings, states, words.

`make docs` writes them; a test compares them with what is committed.
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]
FOLDER = ROOT / "docs" / "reference"
MADE = "<!-- Printed from the code by `make docs`. -->\n"


def settings_page() -> str:
    from samspill.config.environment import TABLE

    rows = [[f"`{one.name}`", f"`{one.default}`" if one.default else "not set", one.means] for one in TABLE]
    table = _table(["name", "default", "means"], rows)
    return "\n".join([MADE + "# Settings", "", "Environment variables.", "", *table, ""])


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    """A Markdown table, line by line."""
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]


def cli_page() -> str:
    from samspill.cli.root import cli

    parts = [MADE + "# Command line", ""]
    _add_command(parts, cli, ["samspill"])
    return "\n".join(parts)


def _add_command(parts: list[str], command: click.Command, names: list[str]) -> None:
    context = click.Context(command, info_name=" ".join(names), max_content_width=100, terminal_width=100)
    parts += [f"## {' '.join(names)}", "", "```", command.get_help(context), "```", ""]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None and not child.hidden:
                _add_command(parts, child, [*names, name])


def states_page() -> str:
    """Every code set and transition table the apps keep in `states`."""
    import importlib

    from django.db.models import Choices
    from django.utils import translation

    parts = [MADE + "# States and code sets", ""]
    with translation.override("nb"):
        for app in ("directory", "worklist", "governance", "plans", "insight"):
            module = importlib.import_module(f"samspill.{app}.states")
            parts += [f"## {app}", ""]
            for name, value in sorted(vars(module).items()):
                is_ours = getattr(value, "__module__", "").startswith(module.__name__)
                if is_ours and isinstance(value, type) and issubclass(value, Choices):
                    parts += [f"### {name}", "", *_choices(value), ""]
            parts += _transitions(module)
    return "\n".join(parts)


def _choices(kind: type) -> list[str]:
    doc = (kind.__doc__ or "").strip().splitlines()
    return [*([doc[0], ""] if doc else []), *(f"- `{one.value}` {one.label}" for one in kind)]  # type: ignore[attr-defined]


def _transitions(module: object) -> list[str]:
    parts: list[str] = []
    for name, table in sorted(vars(module).items()):
        if name.endswith("TRANSITIONS"):
            parts += [f"### {name}", "", "```mermaid", "stateDiagram-v2"]
            parts += [f"    {start} --> {end}" for start, ends in table.items() for end in sorted(ends)]
            parts += ["```", ""]
    return parts


def glossary_page() -> str:
    rows = yaml.safe_load((FOLDER / "glossary.yaml").read_text("utf-8"))
    cells = [
        [f"`{row['code']}`", row["nb"], row["nn"], row["means"], ", ".join(row["not"]), row["source"]]
        for row in rows
    ]
    table = _table(["code", "bokmål", "nynorsk", "means", "we do not say", "source"], cells)
    return "\n".join([MADE + "# Words", "", *table, ""])


def tables_page() -> str:
    """The tables an indicator may rest on."""
    from samspill.analysis.indicators import tables

    parts = [
        MADE + "# Tables",
        "",
        "What indicators are counted from: a folder per table, in it one per year.",
        "",
    ]
    for table in tables().values():
        rows = [[f"`{one.name}`", one.type, _limits(one), one.means] for one in table.columns.values()]
        about = "A row is about one person." if table.persons else "No row is about one person."
        key = ", ".join(f"`{name}`" for name in table.key)
        head = ["column", "type", "may be", "means"]
        parts += [
            f"## {table.name}",
            "",
            table.means,
            "",
            f"{about} Once each: {key}.",
            "",
            *_table(head, rows),
            "",
        ]
    return "\n".join(parts)


def _limits(column: Any) -> str:
    if column.codes:
        return ", ".join(f"`{code}`" for code in column.codes)
    limits = [f"{column.lowest} or more"] if column.highest is None and column.lowest is not None else []
    limits += [f"{column.lowest}–{column.highest}"] if column.highest is not None else []
    limits += [f"not before `{column.not_before}`"] if column.not_before else []
    limits += [f"not above `{column.not_above}`"] if column.not_above else []
    return ", ".join(limits)


def indicators_page() -> str:
    """Every definition, by theme."""
    from samspill.analysis.indicators import all_definitions, groups

    parts = [MADE + "# Indicators", ""]
    for theme, names in groups()["themes"].items():
        rows = [
            [
                f"`{one.id}`",
                one.title["nb"],
                one.means["nb"],
                one.unit["nb"],
                one.standardisation.method,
                one.source,
            ]
            for one in all_definitions().values()
            if one.theme == theme
        ]
        head = ["id", "name", "means", "unit", "standardised", "source"]
        parts += [f"## {names['nb']}", "", *_table(head, rows), ""]
    return "\n".join(parts)


def mappings_page() -> str:
    """How a file becomes one of the tables."""
    from samspill.analysis.intake import COLUMN_KEYS, KEYS, SENTENCES, SYMBOLS

    parts = [MADE + "# Mappings", ""]
    parts += [
        "A mapping is a YAML file that tells how the files of a data set become one of our"
        " [tables](tables.md).",
        "`samspill data look FILE --save FILE.yaml` proposes one from the names of the columns.",
        "",
        "```yaml",
        MAPPING_EXAMPLE.strip(),
        "```",
        "",
        *_table(["key", "means"], [[f"`{key}`", means] for key, means in KEYS.items()]),
        "",
        "## A column",
        "",
        *_table(["key", "means"], [[f"`{key}`", means] for key, means in COLUMN_KEYS.items()]),
        "",
        "## Figures that lack",
        "",
        "These stand for a figure that lacks. It is never 0, and is left out as `lacking` says.",
        "",
        *_table(["symbol", "why"], [[f"`{key}`" if key else "nothing", why] for key, why in SYMBOLS.items()]),
        "",
        "## Faults",
        "",
        "A file with any of these is not used; those in the last table somebody looks at first.",
        "",
        *_faults(SENTENCES, stop=True),
        "",
        *_faults(SENTENCES, stop=False),
        "",
    ]
    return "\n".join(parts)


MAPPING_EXAMPLE = """
table: places
written: 2026-11-23
sheet: Plasser
decimal: ","
without: {Kommune: ["0", "??"]}
columns:
  year: År
  area: Kommune
  kind: {from: Type, codes: {KAD: kad, Sykehjem: nursing_home}}
  places: Plasser
  days_open: {from: Plasser, times: 365}
  days_used: Brukte døgn
  requests: {from: Forespørsler}
  refused: {from: Avvist}
"""


def _faults(sentences: Any, *, stop: bool) -> list[str]:
    from samspill.analysis.intake import Fault

    rows = [[f"`{code}`", re.sub(r"%\((\w+)\)s", r"*\1*", text)] for code, text in sentences.items()]
    return _table(["code", "what"], [row for row in rows if Fault(row[0].strip("`")).stops == stop])


def attest_page() -> str:
    """The 58 rules of the Tillitsrammeverk, and where each is held."""
    from samspill.directory.trust.attest import rules

    where = {
        "check": "when an attest arrives",
        "reading": "when an attest is read",
        "token": "by the signature of the token",
        "decision": "in the decision on access",
        "log": "in the access log and what the citizen sees of it",
        "issuing": "when we issue an attest",
        "organisation": "by the organisation, when it registers",
        "outside": "outside Samspill",
        "unused": "",
    }
    rows = [
        [one.name, one.about, one.attribute, one.says, where[one.held], f"`{one.code}`" if one.code else ""]
        for one in rules().values()
    ]
    table = _table(["rule", "part", "attribute", "means", "held", "refused with"], rows)
    says = "Attests of the Tillitsrammeverk: why somebody may look in another organisation's record."
    return "\n".join([MADE + "# Attests", "", says, "", *table, ""])


def access_page() -> str:
    """Purposes and their conditions, and what is told when the answer is no."""
    from samspill.directory.trust.decision_bases import BASES
    from samspill.directory.trust.decision_rules import SENTENCES
    from samspill.directory.trust.purposes import access_rules

    purposes = [
        [
            f"`{one.code}`",
            one.means,
            ", ".join(sorted(one.who)),
            ", ".join(f"`{name}`" for name in one.bases),
            "yes" if one.lists else "no",
            "yes" if one.told_hidden else "no",
            "; ".join(one.law),
        ]
        for one in access_rules().purposes.values()
    ]
    bases = [[f"`{name}`", (basis.__doc__ or "").strip()] for name, basis in BASES.items()]
    refusals = [[f"`{code}`", sentence] for code, sentence in SENTENCES.items()]
    head = ["purpose", "means", "who", "bases, in this order", "lists", "told of what is hidden", "law"]
    parts = [MADE + "# Access to records", "", "## Purposes", "", *_table(head, purposes), ""]
    parts += ["## Bases", "", *_table(["basis", "means"], bases), ""]
    return "\n".join([*parts, "## Refusals", "", *_table(["code", "sentence"], refusals), ""])


def instruments_page() -> str:
    """What the rulebook scores, on what terms."""
    from scripts.instrument_page import instrument_lines

    return MADE + "\n".join(instrument_lines(_table))


def safety_net_page() -> str:
    from scripts import safety_net_reference

    return MADE + safety_net_reference.page()


def fhir_page() -> str:
    from samspill.fhir.reference import page

    return MADE + page()


PAGES: dict[str, Callable[[], str]] = {
    "cli.md": cli_page,
    "settings.md": settings_page,
    "states.md": states_page,
    "glossary.md": glossary_page,
    "tables.md": tables_page,
    "mappings.md": mappings_page,
    "indicators.md": indicators_page,
    "attest.md": attest_page,
    "access.md": access_page,
    "instruments.md": instruments_page,
    "safety-net.md": safety_net_page,
    "fhir.md": fhir_page,
}


def main() -> None:
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspill.config.settings")
    django.setup()
    for name, make in PAGES.items():
        (FOLDER / name).write_text(make(), "utf-8")


if __name__ == "__main__":
    main()
