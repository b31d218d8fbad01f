"""`import_plan`: from the bytes of a document to a living plan, all of it or nothing."""

import hashlib
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path, PurePath

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, Community, record
from samspill.documents.public import Document, Unreadable
from samspill.documents.public import read as read_document
from samspill.plans.actions.importing.checks import check_reading, days_of, empty_plan, unknown_community
from samspill.plans.actions.importing.contents import contents_of
from samspill.plans.actions.importing.known import known_communities
from samspill.plans.actions.importing.merging import Merged, Merger, language_of
from samspill.plans.actions.importing.names import Names, add_bodies
from samspill.plans.actions.indexing import index_plan
from samspill.plans.models import Measure, Plan, PlanDocument
from samspill.plans.permissions import check_may_act
from samspill.plans.reading import candidates, read_plan
from samspill.plans.reading.words import fold
from samspill.plans.remarks import in_our_words, remarks_of
from samspill.plans.states import KIND_OF, PlanKind
from samspill.refusal import Refused

# Any number that no other lock of ours uses; the second key is the community.
_IMPORT_LOCK = 2_025_001


@dataclass(frozen=True)
class ImportResult:
    """What an import did. `is_new`: the plan did not exist. `problems` are sentences a person should read."""

    plan: Plan
    is_new: bool
    created: int = 0
    unchanged: int = 0
    gone: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def has_measures(self) -> bool:
        return bool(self.created or self.unchanged)


def import_plan(
    *, document_bytes: bytes, file_name: str, community: Community, by: Actor, into: Plan | None = None
) -> ImportResult:
    """Read a plan document into `community`.

    The same file again changes nothing. A changed document of the same plan (same kind, title and period, or
    the plan given as `into`) adds what is new and marks what is gone; statuses, responsibles and edits stay.
    Refuses what cannot be read, an empty plan, another community's plan, and dates that cannot be.
    """
    check_may_act(by, "plans.import", into or Plan(community=community))
    file_name = PurePath(file_name).name[:255]
    sha256 = hashlib.sha256(document_bytes).hexdigest()
    with transaction.atomic():
        _one_import_at_a_time(community)
        known = PlanDocument.objects.filter(community=community, sha256=sha256).select_related("plan").first()
        if known:
            return ImportResult(
                known.plan, is_new=False, unchanged=_count(known.plan), problems=remarks_of(known)
            )
        document = read_bytes(document_bytes, file_name)
        reading = read(document)
        check_reading(reading, community, file_name)
        return _write(reading, document, document_bytes, community, by, into)


def community_named_in(content: bytes, file_name: str) -> str:
    """The code of the helsefellesskap a document says it belongs to. Refuses one that does not say."""
    said = read(read_bytes(content, file_name)).community
    if said.name and not said.code:
        raise unknown_community(said)
    if not said.code:
        raise Refused(
            "plan.community_missing",
            _("«%(file)s» does not say which helsefellesskap it belongs to. Choose one.")
            % {"file": file_name},
        )
    return said.code


def read(document: Document) -> candidates.PlanReading:
    """What the document says as a plan. Refuses one without text, in words of the one who asks."""
    try:
        return read_plan(document, communities=known_communities())
    except Refused as refused:
        raise empty_plan(document.name) if refused.code == "plan.empty" else refused from refused


def read_bytes(content: bytes, file_name: str) -> Document:
    """The document in a file's bytes, read by a process of its own. Refuses in the reader's language."""
    with tempfile.TemporaryDirectory(prefix="samspill-") as folder:
        path = Path(folder) / "document"
        path.write_bytes(content)
        try:
            return read_document(path, name=file_name)
        except Unreadable as refused:
            raise in_our_words(refused) from refused


def _write(
    reading: candidates.PlanReading,
    document: Document,
    content: bytes,
    community: Community,
    by: Actor,
    into: Plan | None,
) -> ImportResult:
    names = Names(community)
    not_added = add_bodies(reading.abbreviations, names, community=community, by=by)
    plan, is_new = _plan_for(reading, document, community, by, into)
    kept = _keep(reading, document, content, plan, by)
    merged = Merger(plan, kept, names).merge(reading)
    kept.remarks = [*_said(_worth_saying(reading)), *_own_remarks(merged, not_added)]
    kept.save(update_fields=["remarks"])
    index_plan(plan)
    record(
        by=by,
        act="plan.import",
        on=plan,
        document=kept.file_name,
        created=len(merged.created),
        unchanged=len(merged.unchanged),
        gone=[measure.pk for measure in merged.gone],
    )
    return ImportResult(
        plan, is_new, len(merged.created), len(merged.unchanged), len(merged.gone), remarks_of(kept)
    )


def _plan_for(
    reading: candidates.PlanReading,
    document: Document,
    community: Community,
    by: Actor,
    into: Plan | None,
) -> tuple[Plan, bool]:
    start, end = days_of(reading.period)
    title = (reading.title or PurePath(document.name).stem)[:300]
    kind = KIND_OF.get(reading.kind, PlanKind.OTHER)
    plan = into or _same_plan(community, kind, title, start, end)
    if plan:
        return plan, False
    adopted = reading.adopted
    return (
        Plan.objects.create(
            community=community,
            kind=kind,
            title=title,
            slogan=reading.slogan[:300],
            language=language_of(reading, community.written_form),
            period_start=start,
            period_end=end,
            adopted_on=adopted.on if adopted else None,
            adopted_by=adopted.by[:160] if adopted else "",
            read_by_id=by.account_id,
        ),
        True,
    )


def _same_plan(
    community: Community, kind: str, title: str, start: date | None, end: date | None
) -> Plan | None:
    alike = Plan.objects.filter(community=community, kind=kind, period_start=start, period_end=end)
    return next((plan for plan in alike if fold(plan.title) == fold(title)), None)


def _keep(
    reading: candidates.PlanReading, document: Document, content: bytes, plan: Plan, by: Actor
) -> PlanDocument:
    return PlanDocument.objects.create(
        community_id=plan.community_id,
        plan=plan,
        file_name=document.name,
        sha256=document.sha256,
        format=document.format,
        pages=document.pages,
        content=content,
        lines=list(document.lines),
        abbreviations=dict(reading.abbreviations),
        stated=[asdict(one) for one in reading.stated],
        contents=contents_of(reading),
        read_by_id=by.account_id,
    )


def _worth_saying(reading: candidates.PlanReading) -> Iterable[candidates.Problem]:
    """A document of questions and examples is not scolded for having no measures."""
    return reading.problems if reading.measures else ()


def _said(problems: Iterable[candidates.Problem]) -> list[dict[str, object]]:
    return [{"code": one.code, "line": one.line, "values": dict(one.values)} for one in problems]


def _own_remarks(merged: Merged, not_added: list[str]) -> list[dict[str, object]]:
    said = [("responsible.unknown", name) for name in merged.unknown_names.values()]
    said += [("body.not_added", name) for name in not_added]
    remarks: list[dict[str, object]] = [{"code": code, "values": {"found": name}} for code, name in said]
    for measure, found in merged.kept_goals:
        remarks.append({"code": "goal.kept", "line": found.line, "values": _goals_of(measure, found)})
    return remarks


def _goals_of(measure: Measure, found: candidates.Measure) -> dict[str, str]:
    here = measure.goal.title if measure.goal else "–"
    return {"measure": measure.name, "here": here, "found": found.goal}


def _one_import_at_a_time(community: Community) -> None:
    """Two people who bring the same file at once get one plan."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_IMPORT_LOCK, community.pk])


def _count(plan: Plan) -> int:
    return Measure.objects.filter(Measure.in_plan(), plan=plan).count()
