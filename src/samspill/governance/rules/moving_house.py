"""What a file holds that moves bodies from one installation to another: its shape, as plain values.

A row is its own fields by name. Parties, regions, organisations and bodies are named, never numbered; who has
an account, and which number a row has, stay behind. Below a row stand the rows that belong to it.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from samspill.refusal import Refused

FORMAT, VERSION = "samspill.governance", 2
Values = Mapping[str, Any]


def check_file(said: object) -> Values:
    """The file as values. Refuses what is no such file, and one of a later version."""
    if not isinstance(said, dict) or said.get("format") != FORMAT or not isinstance(said.get("bodies"), list):
        raise Refused(
            "transfer.format",
            _("This is no file of bodies from Samspill. Make one with «samspill governance export»."),
        )
    if said.get("version") == 1:
        return {**said, "bodies": [_of_the_first(one) for one in said["bodies"]]}
    if said.get("version") != VERSION:
        raise Refused(
            "transfer.version",
            _("The file is of version %(version)s, and this Samspill reads version %(own)s. Upgrade first.")
            % {"version": said.get("version"), "own": VERSION},
        )
    return said


def _of_the_first(body: dict[str, Any]) -> dict[str, Any]:
    """Version 1 had no minutes, no papers and no cases on their way."""
    decisions = [
        {**one, "case": _case_of_the_first(one["case"]) if one.get("case") else None}
        for one in body.get("decisions", [])
    ]
    return {**body, "decisions": decisions, "minutes": [], "papers": [], "cases": []}


def _case_of_the_first(case: dict[str, Any]) -> dict[str, Any]:
    """Its few words stood with the case itself."""
    return {**case, "papers": [], "gist": {name: case.get(name, "") for name in ("question", "summary")}}
