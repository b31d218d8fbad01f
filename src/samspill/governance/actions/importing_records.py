"""Minutes, papers and cases on their way, from a file: whole, with the bytes and the hash they left with."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from samspill.governance.actions.importing_rows import Row, Rows
from samspill.governance.actions.papers import place_of, store
from samspill.governance.models import (
    Case,
    CaseText,
    Forwarding,
    Meeting,
    Minutes,
    MinutesAddendum,
    MinutesVersion,
    Paper,
    PaperVersion,
    Treatment,
)
from samspill.governance.rules.minutes import sha256_of
from samspill.refusal import Refused

Files = Callable[[str], bytes | None]
"""SHA-256 -> the bytes that came along, None when they did not."""


def no_files(_sha256: str) -> None:
    """A file alone, without papers."""


def import_minutes(rows: Rows, row: Row, meeting: Meeting) -> None:
    """Minutes as they were sent and closed. Refuses a version that is not as its hash says."""
    minutes = rows.make(Minutes, row, meeting=meeting)
    for one in row["versions"]:
        if sha256_of(one["content"]) != one["sha256"]:
            raise Refused(
                "transfer.hash",
                _("The minutes of %(day)s are not as they were when they were sent. Export them again.")
                % {"day": meeting.day},
            )
        rows.make(MinutesVersion, one, minutes=minutes)
    for one in row["addenda"]:
        rows.make(MinutesAddendum, one, minutes=minutes)


def import_paper(rows: Rows, row: Row, files: Files, **belongs: Any) -> None:
    paper = rows.make(Paper, row, **belongs)
    for one in row["versions"]:
        _keep(one, files)
        rows.make(PaperVersion, one, paper=paper)


def _keep(version: Row, files: Files) -> None:
    """The bytes of a paper are here afterwards. Refuses a package without them, or with others."""
    content = files(version["sha256"])
    if content is None and default_storage.exists(place_of(version["sha256"])):
        return
    if content is None or store(BytesIO(content)) != version["sha256"]:
        raise Refused(
            "transfer.half",
            _("The package is not whole: it lacks «%(file)s». Export it again, and bring in all of it.")
            % {"file": version["name"]},
        )


def import_way(rows: Rows, row: Row, case: Case) -> None:
    """The passages of a case that is not decided, how it went from one to the next, and what is written."""
    passages: dict[int, Any] = {one.order: one for one in case.treatments.all()}
    for one in row["passages"]:
        if one["order"] not in passages:
            passages[one["order"]] = rows.make(Treatment, one, case=case)
    for one in row["forwardings"]:
        answered_by = passages[one["answered_by"]] if one["answered_by"] else None
        sent = rows.make(Forwarding, one, treatment=passages[one["passage"]], answered_by=answered_by)
        if one["arrived_as"]:
            arrived = passages[one["arrived_as"]]
            arrived.came_by = sent
            arrived.save(update_fields=["came_by"])
    for one in row["texts"]:
        rows.make(CaseText, one, case=case)
