"""Everything that is open in a community, written to the table everybody searches.

Here: what is open, and what is said of it. A thing that is closed leaves the table by itself, in the
transaction that closes it (migration 0009). Not here: when it is run (`jobs_open`), and searching.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, Q
from django.utils import dateformat, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspill.governance.models import (
    AgendaVersion,
    Case,
    CaseBrief,
    Consultation,
    ConsultationQuestion,
    Decision,
    DecisionPoint,
    JointText,
    Meeting,
    Minutes,
    MinutesVersion,
    OpenEntry,
    Paper,
)
from samspill.governance.rules.carried_out import carrying
from samspill.governance.states import ANNOUNCED, Access, OpenKind

SAID = (
    "body_id",
    "case_id",
    "meeting_id",
    "day",
    "title",
    "plain",
    "text",
    "language",
    "parties",
    "carried",
    "due",
)
"""What a row says. When none of it differs, the row stays as it is, and so does its `changed`."""
TITLE_FITS, PLAIN_FITS = 300, 500
_PUBLIC_CASE = Q(case__isnull=True) | Q(case__is_open=True, case__access=Access.PUBLIC)


@dataclass(frozen=True)
class Touched:
    """What an act may have changed the openness of: cases and meetings, with all that belongs to them, and
    hearings."""

    cases: frozenset[int] = frozenset()
    meetings: frozenset[int] = frozenset()
    consultations: frozenset[int] = frozenset()

    @classmethod
    def by_meeting(cls, meeting: Meeting) -> "Touched":
        """The meeting, and every case that stands or stood on its agenda. 1 query."""
        cases = meeting.items.filter(treatment__isnull=False).values_list("treatment__case", flat=True)
        return cls(frozenset(cases), frozenset({meeting.pk}))

    def entries(self) -> Q:
        """The rows of the table that belong."""
        answers = Q(kind=OpenKind.CONSULTATION, thing_id__in=self.consultations)
        return self.rows(case="case", meeting="meeting") | answers

    def rows(self, *, case: str = "", meeting: str = "", consultation: str = "") -> Q:
        """Those of a model that belong, by its way to the case, to the meeting and to the hearing."""
        found = Q(pk__in=[])
        if case:
            found |= Q(**{f"{case}__in": self.cases})
        if meeting:
            found |= Q(**{f"{meeting}__in": self.meetings})
        if consultation:
            found |= Q(**{f"{consultation}__in": self.consultations})
        return found


def refresh_open(community_id: int, *, now: datetime, of: Touched | None = None) -> int:
    """Make the table say what is open in the community now; returns how many rows were new or changed.

    `of` is what an act has touched; without it everything is made anew, which takes longer with every year.
    Needs the community's scope. Queries: one or two for each kind of thing, and three to write.
    """
    wanted = {(one.kind, one.thing_id): one for one in open_now(community_id, of)}
    with transaction.atomic():
        standing = {(one.kind, one.thing_id): one for one in _standing(community_id, of)}
        gone = [one.pk for key, one in standing.items() if key not in wanted]
        new = [one for key, one in wanted.items() if key not in standing or _differs(one, standing[key])]
        for one in new:
            one.changed = now
            one.released = standing[one.kind, one.thing_id].released if _is_known(one, standing) else now
        OpenEntry.objects.filter(pk__in=gone).delete()
        OpenEntry.objects.bulk_create(
            new,
            update_conflicts=True,
            unique_fields=["kind", "thing_id"],
            update_fields=[*(name.removesuffix("_id") for name in SAID), "changed"],
        )
    return len(new) + len(gone)


def _standing(community_id: int, of: Touched | None) -> Iterable[OpenEntry]:
    here = Q() if of is None else of.entries()
    return OpenEntry.objects.filter(here, community_id=community_id).defer("vector").select_for_update()


def _belong(of: Touched | None, **ways: str) -> Q:
    return Q() if of is None else of.rows(**ways)


def _is_known(one: OpenEntry, standing: Mapping[tuple[str, int], OpenEntry]) -> bool:
    return (one.kind, one.thing_id) in standing


def _differs(one: OpenEntry, other: OpenEntry) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in SAID)


def open_now(community_id: int, of: Touched | None = None) -> Iterator[OpenEntry]:
    """Every thing of the community that everybody may read, as its row. In the community's scope."""
    yield from _decisions(community_id, _belong(of, case="case", meeting="item__meeting"))
    yield from _cases(community_id, _belong(of, case="pk"))
    yield from _meetings(community_id, _belong(of, meeting="pk"))
    yield from _minutes(community_id, _belong(of, meeting="meeting"))
    yield from _papers(community_id, _belong(of, case="case", meeting="meeting"))
    yield from _consultations(community_id, _belong(of, case="case", consultation="pk"))


def _entry(
    community_id: int, kind: OpenKind, thing_id: int, *, title: str, plain: str = "", **said: Any
) -> OpenEntry:
    return OpenEntry(
        community_id=community_id,
        kind=kind,
        thing_id=thing_id,
        title=title[:TITLE_FITS],
        plain=plain[:PLAIN_FITS],
        **said,
    )


def _decisions(community_id: int, here: Q) -> Iterator[OpenEntry]:
    points = DecisionPoint.objects.select_related("follow_up").prefetch_related("parties")
    rows = (
        Decision.objects.filter(Decision.open_rows(), _PUBLIC_CASE, here, community_id=community_id)
        .select_related("case", "item", "body")
        .prefetch_related(Prefetch("points", points))
    )
    for row in rows:
        mine = list(row.points.all())
        follow_ups = [point.follow_up for point in mine if hasattr(point, "follow_up")]
        how = carrying((one.state, one.due) for one in follow_ups)
        concerned = {one.party_id for point in mine for one in point.parties.all()}
        concerned |= {one.accountable_party_id for one in follow_ups if one.accountable_party_id}
        yield _entry(
            community_id,
            OpenKind.DECISION,
            row.pk,
            title=row.item.public_title,
            plain=row.plain or next((str(point) for point in mine), ""),
            text=_joined([row.item.reference, row.body.name, *(f"{one.text} {one.plain}" for one in mine)]),
            body_id=row.body_id,
            case_id=row.case_id,
            meeting_id=row.item.meeting_id,
            day=row.decided_on,
            language=row.language,
            parties=sorted(concerned),
            carried=how.carried,
            due=how.due,
        )


def _cases(community_id: int, here: Q) -> Iterator[OpenEntry]:
    briefs = CaseBrief.objects.filter(access=Access.PUBLIC).order_by("-version")
    rows = (
        Case.objects.filter(here, is_open=True, access=Access.PUBLIC, community_id=community_id)
        .select_related("gist")
        .prefetch_related(Prefetch("briefs", briefs), "treatments", "decisions__points__parties")
    )
    for row in rows:
        passages = list(row.treatments.all())
        brief = next(iter(row.briefs.all()), None)
        parts = [part.get("text", "") for part in brief.content] if brief else []
        concerned = {
            one.party_id
            for made in row.decisions.all()
            for point in made.points.all()
            for one in point.parties.all()
        }
        yield _entry(
            community_id,
            OpenKind.CASE,
            row.pk,
            title=row.title,
            plain=row.question,
            text=_joined([row.reference, row.concerns, row.summary, *parts]),
            body_id=passages[-1].body_id if passages else row.proposed_body_id,
            case_id=row.pk,
            meeting_id=None,
            day=_day_of(row, [one.treated_on for one in passages if one.treated_on]),
            language=row.language,
            parties=sorted(concerned | ({row.reporter_party_id} if row.reporter_party_id else set())),
        )


def _day_of(case: Case, treated: list[date]) -> date:
    """The day it was last treated; before that, when it came."""
    if treated:
        return max(treated)
    return case.reported_at.date() if case.reported_at else date(case.year or 2000, 1, 1)


def meeting_title(meeting: Meeting) -> str:
    with translation.override(meeting.language):
        day = dateformat.format(meeting.day, pgettext("date format", "j F Y")).replace(" ", "\xa0")
        return meeting.title or _("%(body)s, %(day)s") % {"body": meeting.body.name, "day": day}


def _meetings(community_id: int, here: Q) -> Iterator[OpenEntry]:
    sent = AgendaVersion.objects.filter(is_public=True).order_by("-version")
    rows = (
        Meeting.objects.filter(here, community_id=community_id, state__in=sorted(ANNOUNCED))
        .select_related("body")
        .prefetch_related(Prefetch("agenda_versions", sent))
    )
    for row in rows:
        agenda = next(iter(row.agenda_versions.all()), None)
        titles = [item.get("title", "") for item in agenda.content] if agenda else []
        yield _entry(
            community_id,
            OpenKind.MEETING,
            row.pk,
            title=meeting_title(row),
            text=_joined([row.body.name, row.place, *titles]),
            body_id=row.body_id,
            case_id=None,
            meeting_id=row.pk,
            day=row.day,
            language=row.language,
        )


def _minutes(community_id: int, here: Q) -> Iterator[OpenEntry]:
    sent = MinutesVersion.objects.filter(is_public=True).order_by("-version")
    rows = (
        Minutes.objects.filter(Minutes.open_rows(), here, community_id=community_id, versions__is_public=True)
        .distinct()
        .select_related("meeting__body")
        .prefetch_related(Prefetch("versions", sent))
    )
    for row in rows:
        with translation.override(row.language):
            title = _("Minutes: %(meeting)s") % {"meeting": meeting_title(row.meeting)}
        yield _entry(
            community_id,
            OpenKind.MINUTES,
            row.pk,
            title=title,
            text=_joined(_words_of(row.versions.all()[0].content.get("items", []))),
            body_id=row.meeting.body_id,
            case_id=None,
            meeting_id=row.meeting_id,
            day=row.meeting.day,
            language=row.language,
        )


def _words_of(content: Any) -> Iterator[str]:
    """What the items of public minutes say: their titles and texts, however deep they stand."""
    if isinstance(content, list):
        for one in content:
            yield from _words_of(one)
    elif isinstance(content, dict):
        yield from (content[key] for key in ("title", "text", "plain") if isinstance(content.get(key), str))
        for one in content.values():
            if isinstance(one, dict | list):
                yield from _words_of(one)


def _papers(community_id: int, here: Q) -> Iterator[OpenEntry]:
    rows = Paper.objects.filter(Paper.open_rows(), here, community_id=community_id).select_related(
        "case", "meeting"
    )
    rows = rows.prefetch_related("case__treatments", "versions")
    for row in rows:
        newest = next(iter(row.versions.all()), None)
        if newest is None:
            continue
        passages = list(row.case.treatments.all()) if row.case else []
        yield _entry(
            community_id,
            OpenKind.PAPER,
            row.pk,
            title=row.title,
            text=row.case.title if row.case else "",
            body_id=row.meeting.body_id if row.meeting else passages[-1].body_id if passages else None,
            case_id=row.case_id,
            meeting_id=row.meeting_id,
            day=newest.uploaded_at.date(),
            language=row.case.language if row.case else row.meeting.language if row.meeting else "nb",
        )


def _consultations(community_id: int, here: Q) -> Iterator[OpenEntry]:
    texts = JointText.objects.filter(beside=False).order_by("-pk")
    questions = ConsultationQuestion.objects.prefetch_related(Prefetch("joint_texts", texts))
    rows = (
        Consultation.objects.filter(Consultation.open_rows(), here, community_id=community_id)
        .exclude(delivered_on=None)
        .select_related("case", "approved_by_body")
        .prefetch_related(Prefetch("questions", questions))
    )
    for row in rows:
        asked = [(one.text, next(iter(one.joint_texts.all()), None)) for one in row.questions.all()]
        is_case_open = row.case is not None and row.case.is_open and row.case.access == Access.PUBLIC
        yield _entry(
            community_id,
            OpenKind.CONSULTATION,
            row.pk,
            title=row.title,
            plain=" ".join(row.intro.split()),
            text=_joined(
                [row.asked_by, *(f"{text}\n{answer.text if answer else ''}" for text, answer in asked)]
            ),
            body_id=row.approved_by_body_id,
            case_id=row.case_id if is_case_open else None,
            meeting_id=None,
            day=row.delivered_on,
            language=row.language,
        )


def _joined(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)


def index_open(community_id: int) -> int:
    """The same as an indexer of the house: everything anew, now; returns how many rows there are."""
    refresh_open(community_id, now=timezone.now())
    return OpenEntry.objects.filter(community_id=community_id).count()
