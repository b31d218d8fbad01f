"""The minutes of a meeting: to read, to send, to remark on, to correct; and the book of a year."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.directory.public import Actor, Body
from samspill.documents.writing import DOCX, PDF, Paper, to_docx, to_pdf
from samspill.governance.actions.approving import add_addendum
from samspill.governance.actions.minute_writing import save
from samspill.governance.actions.minutes_out import (
    answer_remark,
    check_may_remark,
    remark,
    send_minutes,
)
from samspill.governance.minutes_paper import book_paper, paper_of
from samspill.governance.models import AgendaItem, Meeting, MinuteRemark, Minutes, MinuteText
from samspill.governance.permissions import check_may_act, may_act
from samspill.governance.queries.minute_texts import standing_of
from samspill.governance.queries.minutes import Shown, book_of, minutes_of, shown, unsent
from samspill.governance.queries.minutes_content import long_day
from samspill.governance.queries.room import find_item, find_meeting
from samspill.governance.queries.wordings import Saved
from samspill.governance.states import MeetingState, MinutesState, TextPart
from samspill.governance.wording_minutes import minutes_heading
from samspill.refusal import Refused, reason
from samspill.worklist.public import number_in_words

WRITERS: dict[str, tuple[str, Callable[[Paper], bytes]]] = {"docx": (DOCX, to_docx), "pdf": (PDF, to_pdf)}


@require_safe
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, find_meeting(pk, request.actor))  # type: ignore[attr-defined]


def _page(request: HttpRequest, meeting: Meeting, refused: Refused | None = None) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    seen = shown(meeting, actor)
    own = actor.community_id == meeting.community_id
    keeps = may_act(actor, "meetings.write", meeting)
    context = {
        "meeting": meeting,
        "seen": seen,
        "content": seen.content,
        "heading": _heading(seen),
        "items": _items(meeting, seen),
        "facts": _facts(seen),
        "keeps": keeps,
        "may_send": keeps and meeting.state == MeetingState.HELD,
        "unsent": unsent(meeting, seen) if keeps else (),
        "is_out": seen.minutes is not None and seen.minutes.state == MinutesState.OUT,
        "is_approved": seen.minutes is not None and seen.minutes.state == MinutesState.APPROVED,
        "may_remark": bool(
            own and actor.is_known and seen.minutes and not reason(check_may_remark, seen.minutes, actor)
        ),
        "remarks": list(MinuteRemark.objects.visible_to(actor).filter(minutes=seen.minutes))
        if seen.is_whole and seen.minutes
        else [],
        "addenda": list(seen.minutes.addenda.all()) if seen.minutes else [],
        "typed": request.POST,
        "refused": refused,
    }
    return render(request, "governance/room/minutes.html", context, status=422 if refused else 200)


def _heading(seen: Shown) -> str:
    """What the meeting came to, in the written form of its minutes."""
    if seen.content is None:
        return ""
    with translation.override(seen.content["language"]):
        return minutes_heading(seen.content)


def _items(meeting: Meeting, seen: Shown) -> list[tuple[dict[str, Any], Saved[MinuteText], int | None]]:
    """Each item of the version, with what is written of it now and its case."""
    if seen.content is None:
        return []
    texts = standing_of(MinuteText.objects.filter(item__meeting=meeting, part=TextPart.MINUTES))
    cases = dict(AgendaItem.objects.filter(meeting=meeting).values_list("pk", "treatment__case"))
    return [(one, texts[one["id"], TextPart.MINUTES], cases.get(one["id"])) for one in seen.content["items"]]


def _facts(seen: Shown) -> list[str]:
    """How far the minutes have come, in the language that is active."""
    found = seen.minutes
    if found is None or found.state == MinutesState.WRITING:
        return [_("A draft. Only the secretariat sees it.")] if seen.is_draft else []
    facts = [_("Version %(number)d.") % {"number": seen.version}]
    if found.state == MinutesState.OUT and found.remarks_by:
        facts.append(_("Out for remarks until %(day)s.") % {"day": long_day(found.remarks_by)})
    if found.state == MinutesState.APPROVED and found.approved_on:
        facts.append(_("Approved %(day)s.") % {"day": long_day(found.approved_on)})
        facts.append(_("Checksum %(sum)s.") % {"sum": found.sha256[:16]})
    return facts


@require_safe
def docx(request: HttpRequest, pk: int) -> HttpResponse:
    return _paper(request, pk, "docx")


@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    return _paper(request, pk, "pdf")


def _paper(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    meeting = find_meeting(pk, request.actor)  # type: ignore[attr-defined]
    seen = shown(meeting, request.actor)  # type: ignore[attr-defined]
    if seen.content is None:
        raise Http404
    with translation.override(seen.content["language"]):
        facts = _facts(seen)
        addenda = (
            [f"{one.number}. {one.text} ({one.because})" for one in seen.minutes.addenda.all()]
            if seen.minutes
            else []
        )
    paper = paper_of(seen.content, made_at=timezone.localtime(), facts=facts, addenda=addenda)
    return sent(paper, f"{slugify(seen.content['title']) or 'referat'}", ending)


def sent(paper: Paper, name: str, ending: str) -> HttpResponse:
    """The paper as a file to save, called `name`."""
    media_type, write = WRITERS[ending]
    response = HttpResponse(write(paper), content_type=media_type)
    response.headers["Content-Disposition"] = (
        content_disposition_header(True, f"{name}.{ending}") or "attachment"
    )
    return response


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    def act(meeting: Meeting) -> None:
        version = send_minutes(meeting, by=request.actor)  # type: ignore[attr-defined]
        messages.success(
            request, _("Version %(number)d of the minutes is sent.") % {"number": version.version}
        )

    return _do(request, pk, act)


@require_POST
def add_remark(request: HttpRequest, pk: int) -> HttpResponse:
    def act(meeting: Meeting) -> None:
        remark(_minutes(meeting, request.actor), text=request.POST.get("text", ""), by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, _("Your remark has come to the secretariat."))

    return _do(request, pk, act)


@require_POST
def answer(request: HttpRequest, pk: int, remark: int) -> HttpResponse:
    def act(meeting: Meeting) -> None:
        actor = request.actor  # type: ignore[attr-defined]
        made = get_object_or_404(MinuteRemark.objects.visible_to(actor), pk=remark, minutes__meeting=meeting)
        taken_in = request.POST.get("state") == "taken_in"
        answer_remark(made, taken_in=taken_in, answer=request.POST.get("answer", ""), by=actor)

    return _do(request, pk, act)


@require_POST
def text(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """The text of an item after the meeting: the next version shows what changed."""

    def act(meeting: Meeting) -> None:
        actor = request.actor  # type: ignore[attr-defined]
        based_on = request.POST.get("based_on", "")
        save(
            find_item(meeting, item, actor),
            request.POST.get("text", "").replace("\r\n", "\n"),
            int(based_on) if based_on.isascii() and based_on.isdigit() else 0,
            actor,
        )

    return _do(request, pk, act)


@require_POST
def addendum(request: HttpRequest, pk: int) -> HttpResponse:
    def act(meeting: Meeting) -> None:
        add_addendum(
            _minutes(meeting, request.actor),  # type: ignore[attr-defined]
            text=request.POST.get("text", ""),
            because=request.POST.get("because", ""),
            by=request.actor,  # type: ignore[attr-defined]
        )

    return _do(request, pk, act)


def _minutes(meeting: Meeting, actor: Actor) -> Minutes:
    found = minutes_of(meeting, actor)
    if found is None:
        raise Http404
    return found


def _do(request: HttpRequest, pk: int, act: Callable[[Meeting], object]) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    meeting = find_meeting(pk, actor)
    if not actor.is_known:
        check_may_act(actor, "meetings.write", meeting)
    try:
        act(meeting)
    except Refused as refused:
        if refused.forbidden:
            raise
        return _page(request, meeting, refused)
    return HttpResponseRedirect(reverse("governance:minutes", args=[pk]), status=303)


@require_safe
def book(request: HttpRequest, body: int, year: int) -> HttpResponse:
    """The minutes of a body in a year, as everybody may read them."""
    found = _body(request, body)
    rows = book_of(body, year, request.actor)  # type: ignore[attr-defined]
    counted = capfirst(number_in_words(len(rows)))
    context = {"body": found, "year": year, "rows": rows, "counted": counted}
    return render(request, "governance/room/book.html", context)


def _body(request: HttpRequest, pk: int) -> Body:
    return get_object_or_404(Body.objects.visible_to(request.actor).select_related("community"), pk=pk)  # type: ignore[attr-defined]


@require_safe
def book_docx(request: HttpRequest, body: int, year: int) -> HttpResponse:
    return _book(request, body, year, "docx")


@require_safe
def book_pdf(request: HttpRequest, body: int, year: int) -> HttpResponse:
    return _book(request, body, year, "pdf")


def _book(request: HttpRequest, body: int, year: int, ending: str) -> HttpResponse:
    found = _body(request, body)
    contents = [content for _meeting, content in book_of(body, year, request.actor)]  # type: ignore[attr-defined]
    if not contents:
        raise Http404
    with translation.override(contents[0]["language"]):
        title = _("Minutes book of %(body)s, %(year)d") % {"body": found, "year": year}
    return sent(
        book_paper(title, contents, made_at=timezone.localtime()), slugify(title) or "motebok", ending
    )
