"""Values of one patient from a file: every row is told of before any is kept, and all are kept or none."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samspill.care.actions.deciding import Wish
from samspill.care.actions.entering import PART, WHAT, Result, enter
from samspill.care.actions.opening import Opened, opening
from samspill.care.entered_values import Checked, Given, check
from samspill.care.queries.own import open_episodes
from samspill.care.queries.watching import asked_of, watched, watchers_of
from samspill.care.states import Entered
from samspill.care.value_files import Line, code_named, read_file
from samspill.care.wording_aside import why
from samspill.directory.public import Actor
from samspill.refusal import Refused

LOOK = Wish(part=PART)


@dataclass(frozen=True)
class Row:
    """A row as it would be kept; `wrong` says in words why it cannot be, "" when it can."""

    line: Line
    code: str
    checked: Checked
    wrong: str


def look_over(patient_id: int, data: bytes, *, by: Actor, now: datetime) -> list[Row]:
    """Every row of the file, with what is wrong with it. Nothing is kept. Refused as `read_file`."""
    lines = read_file(data)
    with transaction.atomic(), opening(patient_id, by=by, what=WHAT, wish=LOOK) as opened:
        return _looked(lines, opened, now)


def _looked(lines: Iterable[Line], opened: Opened, now: datetime) -> list[Row]:
    every = watched(open_episodes(opened.known, opened.tenants))
    names = {one.indicator.name.casefold(): one.indicator.code for one in every if one.indicator}
    seen: set[tuple[str, str]] = set()
    found = []
    for line in lines:
        code = code_named(line.what, names)
        watchers = [one for group in watchers_of(code, every).values() for one in group]
        said = Given(line.value, line.unit)
        one = check(asked_of(code, watchers, now), said, effective=line.effective, received=now)
        wrong = why((reason.code, reason.sentence) for reason in one.aside)
        same = (one.code, str(line.effective))
        if same in seen:
            twice = _("The same stands twice in the file, at the same time.")
            wrong = f"{wrong} {twice}".strip()
        elif not watchers and not wrong:
            wrong = _("Nobody has asked for this.")
        seen.add(same)
        found.append(Row(line, code, one, wrong))
    return found


def enter_file(patient_id: int, data: bytes, *, by: Actor, now: datetime) -> list[Result]:
    """Keep all the rows, or none. The same file sent again changes nothing.

    Refused: as `read_file` and `enter`; `file.rows` when a row cannot be kept, with them in `facts["rows"]`.
    """
    with transaction.atomic():
        rows = look_over(patient_id, data, by=by, now=now)
        if wrong := [one for one in rows if one.wrong]:
            told = _("%(count)s rows cannot be kept. Mend them in the file, and send it again.")
            raise Refused("file.rows", told % {"count": len(wrong)}, field="file", facts={"rows": wrong})
        digest = hashlib.sha256(data).hexdigest()[:40]
        groups: dict[datetime | str, dict[str, object]] = {}
        for one in rows:
            groups.setdefault(one.line.effective, {})[one.code] = Given(one.line.value, one.line.unit)
        return [
            enter(
                patient_id, values, by=by, effective=at, entered=Entered.FILE,
                key=f"file-{digest}-{place}", now=now,
            )
            for place, (at, values) in enumerate(groups.items())
        ]  # fmt: skip
