"""The reference page of the FHIR face (docs/reference/fhir.md): what is served, checked and said."""

import re

from samspill.fhir.capability import served
from samspill.fhir.profiles.reading import profiles
from samspill.fhir.validation.identifiers import NUMBERS
from samspill.fhir.validation.sentences import CODES, SENTENCES
from samspill.fhir.validation.tables import tables


def page() -> str:
    """The page as Markdown."""
    known = tables()
    source = known.source
    return "\n".join(
        [
            "# FHIR",
            "",
            f"FHIR R4 ({source['version']}), from {source['package']} ({source['publisher']},"
            f" {source['licence']}): {len(known.resources)} types of resource,"
            f" {len(known.codes)} required bindings.",
            "",
            *("## Served", "", *_served(), ""),
            *("## Profiles", "", *_profiles(), ""),
            *("## National numbers", "", *_numbers(), ""),
            *("## Required bindings that are checked by form only", "", *_unlisted(), ""),
            *("## Findings", "", *_findings(), ""),
        ]
    )


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]


def _served() -> list[str]:
    rows = [
        [
            one.type,
            ", ".join(one.interactions),
            ", ".join(f"`{name}`" for name in one.search),
            ", ".join(one.operations),
        ]
        for one in served()
    ]
    return _table(["type", "interactions", "search", "operations"], rows)


def _profiles() -> list[str]:
    unique = {one.name: one for one in profiles().values()}
    rows = [
        [f"`{one.name}`", one.type, ", ".join(f"`{base}`" for base in one.base), "<br>".join(one.canonicals)]
        for one in (unique[name] for name in sorted(unique))
    ]
    sources = sorted({one.source.strip() for one in unique.values()})
    return [
        *_table(["profile", "type", "builds on", "canonicals"], rows),
        "",
        "Sources:",
        "",
        *(f"- {s}" for s in sources),
    ]


def _numbers() -> list[str]:
    return _table(
        ["system", "what", "form"], [[f"`{system}`", n.kind, n.form] for system, n in NUMBERS.items()]
    )


def _unlisted() -> list[str]:
    return [f"- `{url}`" for url, codes in sorted(tables().codes.items()) if codes is None]


def _findings() -> list[str]:
    rows = [[f"`{key}`", CODES[key], re.sub(r"{(\w+)}", r"*\1*", text)] for key, text in SENTENCES.items()]
    return _table(["key", "issue-type", "what is said"], rows)
