"""Papers of a case: files are kept once by their SHA-256, papers have versions, removing keeps the file."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, record
from samspill.governance.actions.indexing_cases import log_title
from samspill.governance.jobs import scan_later
from samspill.governance.models import Case, Meeting, Paper, PaperVersion
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.impartiality import check_not_disqualified
from samspill.governance.rules.identity import check_no_identity
from samspill.governance.rules.papers import check_size, content_type_of
from samspill.governance.states import ScanState
from samspill.refusal import Refused

CHUNK_BYTES = 1 << 20
NAME_FITS = 200


@dataclass(frozen=True)
class NewFile:
    """A file somebody sent: its bytes from the start, its name as they call it, its size."""

    content: IO[bytes]
    name: str
    size_bytes: int


def add_paper(
    file: NewFile, *, by: Actor, case: Case | None = None, meeting: Meeting | None = None, title: str = ""
) -> Paper:
    """A new paper of a case or a meeting, last in its order. Refuses a large or empty file, and a program."""
    thing = case or meeting
    if thing is None:
        raise Refused("paper.nowhere", _("A paper belongs to a case or a meeting. Choose one first."))
    _check_may_add(thing, by)
    title = title.strip() or PurePath(file.name).stem
    check_no_identity(title, field="title")
    _check_file(file)
    with transaction.atomic():
        order = thing.papers.aggregate(last=Max("order"))["last"] or 0
        paper = Paper.objects.create(
            community_id=thing.community_id,
            case=case,
            meeting=meeting,
            title=title[:NAME_FITS],
            order=order + 1,
            is_open=bool(case and case.is_open),
        )
        _add_version(paper, file, by)
        _note(paper, "paper.add", by)
    return paper


def add_version(paper: Paper, file: NewFile, *, by: Actor) -> PaperVersion:
    """A newer file of the same paper; the older ones are kept. The same bytes again add nothing."""
    _check_may_add(_thing(paper), by)
    _check_file(file)
    with transaction.atomic():
        version = _add_version(paper, file, by)
        _note(paper, "paper.version", by)
    return version


def remove_paper(paper: Paper, *, by: Actor, is_removed: bool = True) -> None:
    """Off the list, or (`is_removed=False`) back on it. The file stays: somebody may have relied on it."""
    _check_may_add(_thing(paper), by)
    with transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(is_removed=is_removed)
        _note(paper, "paper.remove" if is_removed else "paper.put_back", by)


def move_paper(paper: Paper, *, up: bool, by: Actor) -> None:
    """One place up or down among the papers that are shown."""
    _check_may_add(_thing(paper), by)
    with transaction.atomic():
        rows = list(_thing(paper).papers.select_for_update().filter(is_removed=False).order_by("order", "pk"))
        place = next(at for at, one in enumerate(rows) if one.pk == paper.pk)
        other = place - 1 if up else place + 1
        if not 0 <= other < len(rows):
            return
        rows[place], rows[other] = rows[other], rows[place]
        for at, one in enumerate(rows, 1):
            if one.order != at:
                one.order = at
                one.save(update_fields=["order"])


def _check_may_add(thing: Case | Meeting, by: Actor) -> None:
    """Who reports a case adds papers to it; after that the secretariat does, and others who draft it.

    Who makes figures supplies cases too, and changes no text in them.
    """
    is_own = isinstance(thing, Case) and thing.reported_by_id == by.account_id and by.account_id is not None
    check_may_act(by, "cases.report" if is_own else "cases.supply", thing)
    if isinstance(thing, Case):
        check_not_disqualified(by, [thing.pk])


def _thing(paper: Paper) -> Case | Meeting:
    thing = paper.case or paper.meeting
    assert thing is not None  # noqa: S101  the table holds no other (paper_belongs_somewhere)
    return thing


def _check_file(file: NewFile) -> None:
    check_size(file.size_bytes, settings.PAPER_BYTES)
    content_type_of(file.content)


def _add_version(paper: Paper, file: NewFile, by: Actor) -> PaperVersion:
    sha256 = store(file.content)
    newest = paper.versions.first()
    if newest is not None and newest.sha256 == sha256:
        return newest
    version = PaperVersion.objects.create(
        community_id=paper.community_id,
        paper=paper,
        version=newest.version + 1 if newest else 1,
        name=PurePath(file.name.replace("\\", "/")).name[-NAME_FITS:],
        content_type=content_type_of(file.content),
        size_bytes=file.size_bytes,
        sha256=sha256,
        scan=ScanState.WAITING if settings.VIRUS_SCAN else ScanState.UNSCANNED,
        uploaded_by_id=by.account_id,
    )
    scan_later(version)
    return version


def _note(paper: Paper, act: str, by: Actor) -> None:
    """Into the log of the case; a paper of a meeting into its own."""
    name = paper.public_title if paper.is_screened else paper.title
    if paper.case is not None:
        record(by=by, act=act, on=paper.case, title=log_title(paper.case), paper=name)
    else:
        record(by=by, act=act, on=paper, title=name)


def store(content: IO[bytes]) -> str:
    """Keep the bytes, chunk by chunk, and say their SHA-256. What is kept already is not kept twice."""
    digest = hashlib.sha256()
    content.seek(0)
    while chunk := content.read(CHUNK_BYTES):
        digest.update(chunk)
    sha256 = digest.hexdigest()
    name = place_of(sha256)
    content.seek(0)
    if not default_storage.exists(name):
        kept = default_storage.save(name, File(content, name=name))
        if kept != name:  # somebody else kept the same bytes meanwhile
            default_storage.delete(kept)
    content.seek(0)
    return sha256


def place_of(sha256: str) -> str:
    return f"papers/{sha256[:2]}/{sha256}"
