"""An open world of decisions for tests: a case that was decided, its papers and minutes, and what is closed.

Everything that nobody outside may read holds one of MARKERS, words that stand nowhere else.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from factories.bodies import Bodies
from factories.people import TODAY, member
from samspill.directory.public import Body, Party, PartyKind
from samspill.governance.models import (
    AgendaItem,
    AgendaVersion,
    Case,
    CaseBrief,
    CaseGist,
    CaseText,
    Consultation,
    ConsultationQuestion,
    Contribution,
    Decision,
    DecisionParty,
    DecisionPoint,
    FollowUp,
    FollowUpReport,
    JointText,
    Meeting,
    Minutes,
    MinutesVersion,
    Paper,
    PaperVersion,
    PrivateNote,
    Statement,
    Treatment,
    WorkingTitle,
)
from samspill.governance.queries.minutes_content import content_of
from samspill.governance.states import (
    Access,
    BriefPart,
    CaseState,
    ConsultationState,
    DecisionKind,
    DecisionState,
    FollowUpState,
    ItemKind,
    MeetingState,
    MinutesState,
    Outcome,
    ScanState,
    TreatmentState,
)

HELD = date(2026, 10, 14)
LAW = "offentleglova § 13, jf. forvaltningsloven § 13"
MARKERS = (
    "Grevlingmerke",
    "Sneglehusmerke",
    "Nattergalmerke",
    "Humlebolmerke",
    "Vaffeljernmerke",
    "Tyttebærmerke",
    "Kaprifolmerke",
)
PUBLIC_TITLE = "Sak unntatt offentlighet"


@dataclass(frozen=True)
class OpenWorld:
    """The open things, and the numbers of those that are closed, by kind."""

    bodies: Bodies
    meeting: Meeting
    case: Case
    decision: Decision
    paper: Paper
    draft: Meeting
    hearing: Consultation
    closed: dict[str, int]

    @property
    def follow_up(self) -> FollowUp:
        return FollowUp.objects.get(point__decision=self.decision)


def open_world(bodies: Bodies) -> OpenWorld:
    """Inside the scope of the bodies' community."""
    meeting = held_meeting(bodies.ssu)
    case = open_case(bodies, bodies.ssu, title="Felles kveldspatrulje", number=1)
    decision = decide(meeting, case, 1, text="Kveldspatruljen begynner 1. februar.")
    paper = add_paper(case, "Kart over rutene", b"%PDF-1.7 kart", is_open=True)
    closed = _closed_things(bodies, meeting)
    public = [_item("1/26", "Felles kveldspatrulje"), _item("2/26", PUBLIC_TITLE)]
    whole = [_item("1/26", "Felles kveldspatrulje"), _item("2/26", f"{MARKERS[0]} om en ansatt")]
    send_agenda(meeting, public=public, whole=whole)
    send_minutes(
        meeting,
        public=_minutes_of(meeting, "Alle var enige.", public=True),
        whole=_minutes_of(meeting, MARKERS[1], public=False),
    )
    return OpenWorld(
        bodies, meeting, case, decision, paper, _draft_meeting(bodies), _hearings(bodies, closed), closed
    )


def _minutes_of(meeting: Meeting, text: str, *, public: bool) -> dict[str, Any]:
    """The minutes as the house writes them, with `text` on every item that is told of."""
    content = content_of(meeting, public=public)
    items = [item if item["closed"] else item | {"text": text} for item in content["items"]]
    return {**content, "items": items}


def _item(number: str, title: str) -> dict[str, Any]:
    return {"number": number, "kind": ItemKind.DECISION.value, "title": title, "minutes": 20, "late": False}


def held_meeting(body: Body, day: date = HELD, state: str = MeetingState.MINUTES_OUT) -> Meeting:
    return Meeting.objects.create(
        community=body.community,
        body=body,
        day=day,
        starts=time(12),
        ends=time(15),
        place="Kalnes, møterom K2",
        state=state,
        number=1,
    )


def open_case(bodies: Bodies, body: Body, *, title: str, number: int, **kwargs: Any) -> Case:
    summary = kwargs.pop("summary", "Tre kommuner deler en patrulje på kveldstid.")
    said = {"is_open": True, **kwargs}
    case = Case.objects.create(
        community=bodies.community,
        title=title,
        state=CaseState.TREATED,
        year=2026,
        number=number,
        reported_at=datetime(2026, 9, 1, 10, tzinfo=UTC),
        reporter_name="Randi Høgåsen",
        **said,
    )
    CaseGist.objects.create(
        community=bodies.community,
        case=case,
        question="Skal vi starte felles kveldspatrulje 1. februar?",
        summary=summary,
    )
    Treatment.objects.create(
        community=bodies.community,
        case=case,
        body=body,
        order=1,
        state=TreatmentState.TREATED,
        outcome=Outcome.DECIDED,
        treated_on=HELD,
    )
    return case


def decide(
    meeting: Meeting,
    case: Case | None,
    number: int,
    *,
    text: str,
    is_open: bool = True,
    public_title: str = "",
) -> Decision:
    """A decision in one point, followed up by a municipality within three months."""
    own = {"community_id": meeting.community_id}
    item = AgendaItem.objects.create(
        meeting=meeting,
        body_id=meeting.body_id,
        treatment=case.treatments.get() if case else None,
        kind=ItemKind.DECISION,
        order=number,
        year=meeting.day.year,
        number=number,
        public_title=public_title or (case.title if case else text),
        outcome=Outcome.DECIDED,
        **own,
    )
    decision = Decision.objects.create(
        item=item,
        body_id=meeting.body_id,
        case=case,
        kind=DecisionKind.DECISION,
        state=DecisionState.ADOPTED,
        decided_on=meeting.day,
        plain=text,
        is_open=is_open,
        **own,
    )
    party = Party.objects.filter(community=meeting.community_id, kind=PartyKind.MUNICIPALITY).order_by(
        "name"
    )[0]
    point = DecisionPoint.objects.create(decision=decision, order=1, text=text, **own)
    follow_up = FollowUp.objects.create(
        point=point,
        accountable_party=party,
        due=TODAY + timedelta(days=90),
        state=FollowUpState.STARTED,
        **own,
    )
    DecisionParty.objects.create(point=point, party=party, **own)
    said = f"{MARKERS[1]} går fremover" if not is_open else "Ansatt to stykker."
    FollowUpReport.objects.create(
        follow_up=follow_up, state=FollowUpState.STARTED, sentence=said, by_name="Per", **own
    )
    return decision


def add_paper(thing: Case | Meeting, title: str, content: bytes, **said: Any) -> Paper:
    """A paper with one clean file in the storage."""
    sha256 = hashlib.sha256(content).hexdigest()
    name = f"papers/{sha256[:2]}/{sha256}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(content))
    belongs = {"case": thing} if isinstance(thing, Case) else {"meeting": thing}
    paper = Paper.objects.create(community_id=thing.community_id, title=title, **belongs, **said)
    PaperVersion.objects.create(
        community_id=thing.community_id,
        paper=paper,
        version=1,
        name=f"{title}.pdf",
        content_type="application/pdf",
        size_bytes=len(content),
        sha256=sha256,
        scan=ScanState.CLEAN,
        uploaded_at=datetime(2026, 10, 1, 8, tzinfo=UTC),
    )
    return paper


def send_agenda(meeting: Meeting, *, public: list[dict[str, Any]], whole: list[dict[str, Any]]) -> None:
    for is_public, content in ((True, public), (False, whole)):
        AgendaVersion.objects.create(
            community_id=meeting.community_id,
            meeting=meeting,
            version=1,
            is_public=is_public,
            content=content,
        )


def send_minutes(meeting: Meeting, *, public: dict[str, Any], whole: dict[str, Any]) -> Minutes:
    minutes = Minutes.objects.create(
        community_id=meeting.community_id, meeting=meeting, state=MinutesState.OUT, sent_on=meeting.day
    )
    for is_public, content in ((True, public), (False, whole)):
        MinutesVersion.objects.create(
            community_id=meeting.community_id,
            minutes=minutes,
            version=1,
            is_public=is_public,
            content=content,
            sha256="0" * 64,
        )
    return minutes


def _closed_things(bodies: Bodies, meeting: Meeting) -> dict[str, int]:
    """A screened case with all that hangs on it, a screened paper of an open one, and a private note."""
    screened = {"access": Access.BODY, "law_reference": LAW, "public_title": PUBLIC_TITLE}
    case = open_case(
        bodies,
        bodies.ssu,
        title=f"{MARKERS[0]} om en ansatt",
        number=2,
        summary=f"{MARKERS[0]} i sammendraget",
        **screened,
    )
    CaseText.objects.create(
        community=bodies.community, case=case, part=BriefPart.SUMMARY, text=MARKERS[0], by_name="Randi"
    )
    CaseBrief.objects.create(
        community=bodies.community,
        case=case,
        version=1,
        content=[{"part": "summary", "heading": "Kort fortalt", "text": MARKERS[0]}],
        by_name="Randi",
        is_open=True,
        **screened,
    )
    Statement.objects.create(community=bodies.community, case=case, text=MARKERS[0], by_name="Kari")
    decision = decide(
        meeting, case, 2, text=f"{MARKERS[1]} vedtatt", is_open=False, public_title=PUBLIC_TITLE
    )
    hidden = add_paper(
        case,
        f"{MARKERS[2]} vedlegg",
        b"%PDF-1.7 hemmelig",
        is_open=True,
        **screened | {"access": Access.PARTIES},
    )
    other = Case.objects.get(title="Felles kveldspatrulje")
    beside = add_paper(other, f"{MARKERS[2]} regnskap", b"%PDF-1.7 lukket", is_open=True, **screened)
    waiting = add_paper(other, f"{MARKERS[2]} kladd", b"%PDF-1.7 kladd")
    account = member("ostfold", "member", name="Berit Moen", email="berit.moen@example.no")
    from samspill.directory.public import Actor, scope

    writer = Actor(today=TODAY, account_id=account.pk, community_id=bodies.community.pk)
    with scope(writer):
        PrivateNote.objects.create(
            community=bodies.community, item=decision.item, account=account, text=f"{MARKERS[3]} til meg selv"
        )
    unreleased = open_case(
        bodies, bodies.fsu, title=f"{MARKERS[4]} som ikke er sluppet", number=3, is_open=False
    )
    return {
        "case": case.pk,
        "decision": decision.pk,
        "paper": hidden.pk,
        "paper beside": beside.pk,
        "paper waiting": waiting.pk,
        "unreleased": unreleased.pk,
    }


def _draft_meeting(bodies: Bodies) -> Meeting:
    """A meeting nobody has been called to: that it is, is open; what it is about is not."""
    draft = held_meeting(bodies.ssu, TODAY + timedelta(days=30), MeetingState.DRAFT)
    draft.number = None
    draft.save(update_fields=["number"])
    WorkingTitle.objects.create(community=bodies.community, meeting=draft, title=f"{MARKERS[5]} i tittelen")
    AgendaItem.objects.create(
        community=bodies.community,
        meeting=draft,
        body=bodies.ssu,
        kind=ItemKind.DISCUSSION,
        order=1,
        public_title=f"{MARKERS[5]} på kladden",
    )
    return draft


def _hearings(bodies: Bodies, closed: dict[str, int]) -> Consultation:
    """An answer that is published, with what was written inside; one that is delivered and no more."""
    published = _hearing(
        bodies, ConsultationState.PUBLISHED, "Innspill til ambulanseplanen", "Vi vil ha flere."
    )
    question = published.questions.get()
    said = {"by_name": "Kari", "community": bodies.community}
    Contribution.objects.create(question=question, body=bodies.ssu, text=f"{MARKERS[6]} sagt inne", **said)
    JointText.objects.create(question=question, text=f"{MARKERS[6]} ved siden av", beside=True, **said)
    delivered = _hearing(
        bodies, ConsultationState.DELIVERED, f"{MARKERS[6]} om nødnett", f"{MARKERS[6]} i svaret"
    )
    closed["hearing"] = delivered.pk
    return published


def _hearing(bodies: Bodies, state: ConsultationState, title: str, answer: str) -> Consultation:
    made = Consultation.objects.create(
        community=bodies.community,
        title=title,
        asked_by="Direktoratet for prøver",
        intro=f"Hva mener vi om dette: {title}?",
        state=state,
        answer_by=TODAY + timedelta(days=20),
        approved_by_body=bodies.ssu,
        delivered_on=HELD,
    )
    question = ConsultationQuestion.objects.create(
        community=bodies.community, consultation=made, order=1, number="1", text=f"Hva med {title}?"
    )
    by = {"question": question, "by_name": "Randi", "community": bodies.community}
    JointText.objects.create(text=f"{MARKERS[6]} i utkastet", **by)
    stands = JointText.objects.create(text=answer, **by)
    if state == ConsultationState.PUBLISHED:
        question.published_text = stands
        question.save(update_fields=["published_text"])
    return made
