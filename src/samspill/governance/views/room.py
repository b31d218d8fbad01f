"""The meeting room: begin, one item after the other, who is there, take back, end. And the wall."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.governance.actions.deciding import take_in_one_stroke
from samspill.governance.actions.minute_writing import save, take_together
from samspill.governance.actions.room import (
    close_meeting,
    everybody_is_here,
    open_item,
    set_presence,
    start_meeting,
)
from samspill.governance.actions.taking_back import take_back
from samspill.governance.models import AgendaItem, Attendance, Decision, Meeting, MinuteText
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.minute_texts import standing_of
from samspill.governance.queries.proposals import Register, choices_text, recommendation_of
from samspill.governance.queries.room import find_item, find_meeting, items_of, open_item_id, title_of
from samspill.governance.rules.points import join_points, split_points
from samspill.governance.states import Presence, TextPart
from samspill.governance.views.room_acts import carry_out
from samspill.governance.views.room_form import Typed, read
from samspill.governance.views.room_page import room_page
from samspill.refusal import Refused

TO_AND_FRO = {Presence.PRESENT: Presence.ABSENT, Presence.ABSENT: Presence.PRESENT, "": Presence.PRESENT}


@require_safe
def room(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    wanted = request.GET.get("punkt", "")
    return room_page(request, meeting, item_id=int(wanted) if wanted.isascii() and wanted.isdigit() else None)


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    """The room is for those who write the minutes; others have the meeting's page."""
    meeting = find_meeting(pk, request.actor)  # type: ignore[attr-defined]
    check_may_act(request.actor, "meetings.write", meeting)  # type: ignore[attr-defined]
    return meeting


@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, lambda meeting: start_meeting(meeting, by=request.actor))  # type: ignore[attr-defined]


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    try:
        close_meeting(meeting, by=request.actor)  # type: ignore[attr-defined]
    except Refused as refused:
        return room_page(request, meeting, refused=refused)
    return HttpResponseRedirect(reverse("governance:minutes", args=[pk]), status=303)


@require_POST
def open_(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    def act(meeting: Meeting) -> None:
        open_item(find_item(meeting, item, request.actor), by=request.actor)  # type: ignore[attr-defined]

    return _do(request, pk, act)


@require_POST
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    def act(meeting: Meeting) -> None:
        listed = list(items_of(meeting, request.actor))  # type: ignore[attr-defined]
        for item in listed:
            item.meeting = meeting
        taken = take_in_one_stroke(listed, by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, _("%(count)d items are taken in one stroke.") % {"count": len(taken)})

    return _do(request, pk, act)


def _do(request: HttpRequest, pk: int, act: Callable[[Meeting], object]) -> HttpResponse:
    meeting = _meeting(request, pk)
    try:
        act(meeting)
    except Refused as refused:
        if refused.forbidden:
            raise
        return room_page(request, meeting, refused=refused)
    return _back(pk)


def _back(pk: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("governance:room", args=[pk]), status=303)


@require_POST
def item(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Save what came of the item, and open the next."""
    meeting = _meeting(request, pk)
    found = find_item(meeting, item, request.actor)  # type: ignore[attr-defined]
    typed = Typed(outcome=request.POST.get("outcome", ""))
    try:
        typed = read(request.POST)
        _save(request, found, typed)
        carry_out(found, typed, Register.of(meeting.community_id), request.actor)  # type: ignore[attr-defined]
    except Refused as refused:
        if refused.forbidden:
            raise
        return room_page(request, meeting, item_id=item, typed=typed, refused=refused)
    undo = reverse("governance:room-take-back", args=[pk, item])
    messages.success(request, f"{title_of(found)}: {found.get_outcome_display().lower()}.", extra_tags=undo)
    following = items_of(meeting, request.actor).filter(outcome="").order_by("order", "pk")  # type: ignore[attr-defined]
    after = following.filter(order__gt=found.order).first() or following.first()
    if after is not None:
        open_item(after, by=request.actor)  # type: ignore[attr-defined]
    return _back(pk)


@require_POST
def keep(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """What is typed is kept by itself. Answers with the rows it stands in, and what others have beside it."""
    meeting = _meeting(request, pk)
    found = find_item(meeting, item, request.actor)  # type: ignore[attr-defined]
    try:
        rows = _save(request, found, read(request.POST))
    except Refused as refused:
        return JsonResponse({"sentence": refused.sentence}, status=422)
    return JsonResponse(
        {
            "rows": {part: row.pk for part, row in rows.items()},
            "beside": any(row.beside for row in rows.values()),
        }
    )


def _save(request: HttpRequest, found: AgendaItem, typed: Typed) -> dict[str, MinuteText]:
    """The texts of the item that are not as they stand; the proposal itself is saved when it is changed."""
    texts = {TextPart.MINUTES: request.POST.get("text", "").replace("\r\n", "\n")}
    if typed.points:
        texts[TextPart.DECISION] = join_points(one.text for one in typed.points)
        texts[TextPart.CHOICES] = choices_text(typed.points)
    stand = standing_of(MinuteText.objects.filter(item=found))
    saved: dict[str, MinuteText] = {}
    for part, text in texts.items():
        now = stand[found.pk, part]
        unchanged = text == now.text if now.row else not text.strip() or _is_proposal(found, part, text)
        if not unchanged:
            based_on = request.POST.get(f"based-{part}", "")
            number = int(based_on) if based_on.isascii() and based_on.isdigit() else 0
            row = save(found, text, number, request.actor, part=part).row  # type: ignore[attr-defined]
            saved |= {str(part): row} if row else {}
    return saved


def _is_proposal(found: AgendaItem, part: str, text: str) -> bool:
    return part == TextPart.DECISION and text == join_points(split_points(recommendation_of(found)))


@require_POST
def together(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """One text in the place of two that were written at once."""

    def act(meeting: Meeting) -> None:
        found = find_item(meeting, item, request.actor)  # type: ignore[attr-defined]
        part = request.POST.get("part", TextPart.MINUTES)
        take_together(
            found, request.POST.get("text", ""), request.actor,  # type: ignore[attr-defined]
            part=part if part in {TextPart.MINUTES, TextPart.DECISION} else TextPart.MINUTES,
        )  # fmt: skip

    return _do(request, pk, act)


@require_POST
def undo(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    def act(meeting: Meeting) -> None:
        found = find_item(meeting, item, request.actor)  # type: ignore[attr-defined]
        take_back(found, by=request.actor)  # type: ignore[attr-defined]
        open_item(found, by=request.actor)  # type: ignore[attr-defined]

    return _do(request, pk, act)


@require_POST
def presence(request: HttpRequest, pk: int, attendance: int) -> HttpResponse:
    """One press turns it round; with `punkt` from that item on."""

    def act(meeting: Meeting) -> None:
        actor = request.actor  # type: ignore[attr-defined]
        row = get_object_or_404(
            Attendance.objects.visible_to(actor).select_related("tenure", "meeting"),
            pk=attendance,
            meeting=meeting,
        )
        at = request.POST.get("punkt", "")
        here = find_item(meeting, int(at), actor) if at.isascii() and at.isdigit() else None
        wanted = request.POST.get("presence") or TO_AND_FRO.get(row.presence, Presence.PRESENT)
        set_presence(row, wanted, by=actor, item=here)

    return _do(request, pk, act)


@require_POST
def all_present(request: HttpRequest, pk: int) -> HttpResponse:
    """One press when everybody has come; who has not is turned round by name."""
    return _do(request, pk, lambda meeting: everybody_is_here(meeting, by=request.actor))  # type: ignore[attr-defined]


@require_safe
def wall(request: HttpRequest, pk: int) -> HttpResponse:
    """The open item in large letters, for the wall. It follows the room by itself."""
    actor = request.actor  # type: ignore[attr-defined]
    meeting = _meeting(request, pk)
    listed = list(items_of(meeting, actor))
    opened = open_item_id(meeting)
    here = next((one for one in listed if one.pk == opened), None)
    context: dict[str, object] = {
        "meeting": meeting,
        "item": here,
        "items": listed,
        "title": title_of(here) if here else "",
    }
    if here is not None:
        decision = Decision.objects.filter(item=here).prefetch_related("points").first()
        saved = standing_of(MinuteText.objects.filter(item=here, part=TextPart.DECISION))[
            here.pk, TextPart.DECISION
        ]
        text = saved.text if saved.row else recommendation_of(here)
        context |= {
            "decision": decision,
            "points": [one.text for one in decision.points.all()] if decision else split_points(text),
            "question": here.treatment.case.question if here.treatment else "",
        }
    return render(request, "governance/room/wall.html", context)
