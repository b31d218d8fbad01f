"""What of a meeting goes to the archives of the parties, as Noark 5 speaks of it. Plain values and papers.

A meeting is a `moetemappe`; its notice, agendas, briefs, protocols and attachments are registrations of the
kinds MI, SL, OL, SF, SP, MP and VL. What came of an item has the code of M055 («vedtakskode»). A document
that the secretariat alone may read is told of by its public title and not sent.
Not here: how a paper looks (`package_papers`), nor the zip (`actions.delivering`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samspill.directory.public import parties_of
from samspill.governance.models import (
    AgendaItem,
    AgendaVersion,
    Attendance,
    CaseBrief,
    Meeting,
    MinutesVersion,
    Paper,
    PaperVersion,
)
from samspill.governance.models.base import Screened
from samspill.governance.states import HANDED_OUT, NOARK_CODE, Access, Outcome


@dataclass(frozen=True)
class Document:
    """A file of a registration: kept bytes by their SHA-256, or a paper that is written (`content`)."""

    title: str
    content_type: str
    sha256: str = ""
    name: str = ""
    kind: str = ""
    content: Any = None


@dataclass(frozen=True)
class Registration:
    """`kind` is MI, SL, OL, SF, SP, MP or VL; `screened` says by what law it is closed, and until when."""

    number: str
    kind: str
    title: str
    public_title: str
    at: datetime
    case: str = ""
    outcome: str = ""
    screened: Screened | None = None
    documents: tuple[Document, ...] = field(default_factory=tuple)

    @property
    def is_held_back(self) -> bool:
        return self.screened is not None and self.screened.access == Access.SECRETARIAT


def registrations(meeting: Meeting) -> list[Registration]:
    """Every registration of the meeting, in the order an archive lists them. Inside its community."""
    made = [*_sent(meeting), *_items(meeting), *_protocol(meeting), *_papers(meeting)]
    return [_numbered(one, f"{number:03d}") for number, one in enumerate(made, 1)]


def _numbered(one: Registration, number: str) -> Registration:
    return Registration(**{**one.__dict__, "number": number})


def _sent(meeting: Meeting) -> Iterator[Registration]:
    """The notice with the whole agenda, and the public one, as they were last sent."""
    newest: dict[bool, AgendaVersion] = {}
    for one in AgendaVersion.objects.filter(meeting=meeting).order_by("version"):
        newest[one.is_public] = one
    with translation.override(meeting.language):
        names = {False: ("MI", "Innkalling"), True: ("OL", _("Public agenda"))}
    for is_public, one in sorted(newest.items()):
        kind, title = names[is_public]
        paper = Document(title, "application/pdf", kind="agenda", content=(one.words, one.content))
        yield Registration("", kind, title, title, one.at, documents=(paper,))
        if not is_public:
            whole = Document("Saksliste", "application/pdf", kind="agenda", content=("", one.content))
            yield Registration("", "SL", "Saksliste", "Saksliste", one.at, documents=(whole,))


def _agenda(meeting: Meeting) -> list[AgendaItem]:
    files = PaperVersion.objects.filter(scan__in=sorted(HANDED_OUT)).order_by("-version")
    papers = Paper.objects.filter(is_removed=False).prefetch_related(Prefetch("versions", files))
    return list(
        AgendaItem.objects.filter(meeting=meeting, is_removed=False)
        .select_related("treatment__case", "decision")
        .prefetch_related(
            Prefetch("treatment__case__briefs", CaseBrief.objects.order_by("-version")),
            Prefetch("treatment__case__papers", papers),
            "decision__points__follow_up__accountable_party",
            "decision__points__follow_up__accountable_body",
            "decision__dissents__tenure",
        )
        .order_by("order", "pk")
    )


def _items(meeting: Meeting) -> Iterator[Registration]:
    """Of each item: its brief, what came of it, and its papers."""
    for item in _agenda(meeting):
        case = item.treatment.case if item.treatment else None
        screened = case if case and case.is_screened else None
        title = case.title if case else item.public_title
        about = {"case": case.reference if case else "", "public_title": item.public_title}
        brief = next(iter(case.briefs.all()), None) if case else None
        if brief is not None:
            paper = Document(title, "application/pdf", kind="brief", content=brief.content)
            yield Registration("", "SF", title, at=brief.at, screened=screened, documents=(paper,), **about)
        if item.outcome:
            paper = Document(title, "application/pdf", kind="decision", content=item)
            code = NOARK_CODE[Outcome(item.outcome)]
            yield Registration(
                "",
                "SP",
                title,
                at=_noon(meeting.day),
                outcome=code,
                screened=screened,
                documents=(paper,),
                **about,
            )
        for one in case.papers.all() if case else ():
            yield from _attached(one, about["case"], screened)


def _protocol(meeting: Meeting) -> Iterator[Registration]:
    newest = (
        MinutesVersion.objects.filter(minutes__meeting=meeting, is_public=False).order_by("-version").first()
    )
    if newest is not None:
        paper = Document("Møteprotokoll", "application/pdf", kind="minutes", content=newest.content)
        yield Registration("", "MP", "Møteprotokoll", "Møteprotokoll", newest.at, documents=(paper,))


def _papers(meeting: Meeting) -> Iterator[Registration]:
    files = PaperVersion.objects.filter(scan__in=sorted(HANDED_OUT)).order_by("-version")
    rows = Paper.objects.filter(meeting=meeting, case__isnull=True, is_removed=False)
    for one in rows.prefetch_related(Prefetch("versions", files)):
        yield from _attached(one, "", None)


def _attached(paper: Paper, case: str, case_screened: Screened | None) -> Iterator[Registration]:
    file = next(iter(paper.versions.all()), None)
    if file is None:
        return
    screened = paper if paper.is_screened else case_screened
    document = Document(paper.title, file.content_type, sha256=file.sha256, name=file.name)
    public = screened.public_title if screened else paper.title
    yield Registration("", "VL", paper.title, public, file.uploaded_at, case, "", screened, (document,))


def folder(meeting: Meeting) -> dict[str, Any]:
    """The `moetemappe` without its registrations."""
    return {
        "mappeID": f"{meeting.community.code}-{meeting.pk}",
        "tittel": str(meeting),
        "moetenummer": f"{meeting.number or 0}/{meeting.day.year % 100:02d}",
        "utvalg": meeting.body.name,
        "helsefellesskap": meeting.community.full_name,
        "moetedato": meeting.day.isoformat(),
        "moetested": meeting.place,
        "spraak": meeting.language,
        "moetedeltaker": [
            {
                "moetedeltakerNavn": one.tenure.name,
                "moetedeltakerFunksjon": one.tenure.role,
                "tilstede": one.presence == "present",
            }
            for one in Attendance.objects.filter(meeting=meeting).select_related("tenure").order_by("pk")
        ],
        "mottakere": [
            {"navn": party.name, "organisasjonsnummer": party.orgnr}
            for party in parties_of(meeting.community, meeting.day)
        ],
    }


def as_values(one: Registration, files: list[dict[str, Any]]) -> dict[str, Any]:
    """A registration as the package writes it; `files` are its documents in the package."""
    return {
        "registreringsID": one.number,
        "moeteregistreringstype": one.kind,
        "tittel": one.public_title if one.is_held_back else one.title,
        "offentligTittel": one.public_title,
        "opprettetDato": one.at.isoformat(),
        "saksnummer": one.case,
        "vedtakskode": one.outcome or None,
        "skjerming": _screening(one.screened) if one.screened else None,
        "holdtTilbake": one.is_held_back,
        "dokumenter": files,
    }


def _screening(thing: Screened) -> dict[str, Any]:
    until = thing.screened_until
    return {
        "tilgangsrestriksjon": thing.access,
        "skjermingshjemmel": thing.law_reference,
        "skjermingOpphoererDato": until.isoformat() if until else None,
    }


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12), timezone.get_default_timezone())
