"""What is done on a meeting's page: the agenda, the notice, answers, and what members bring with them."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samspill.directory.public import Actor
from samspill.governance.actions.agenda import (
    Changes,
    add_case,
    allow_late,
    change_item,
    fill_agenda,
    order_items,
    put_back,
    take_away,
)
from samspill.governance.actions.answering import answer_invitation, cannot_come, place_in
from samspill.governance.actions.conflicts import raise_conflict
from samspill.governance.actions.notice import send_notice
from samspill.governance.actions.preparing_oneself import (
    ask_secretariat,
    raise_point,
    save_note,
    take_point_back,
)
from samspill.governance.forms_meetings import ItemForm
from samspill.governance.models import AgendaItem, Attendance, Treatment
from samspill.governance.queries.agenda import live_items
from samspill.governance.queries.attendance import expected_at
from samspill.governance.queries.meetings import find_item, find_meeting, numbers
from samspill.governance.queries.preparation import recipients
from samspill.governance.rules.agenda import moved
from samspill.governance.sending import sent_now
from samspill.governance.states import Answer
from samspill.governance.views.meeting import prepare_page
from samspill.refusal import Refused
from samspill.worklist.public import number_in_words


def to_meeting(pk: int, anchor: str = "") -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("governance:meeting", args=[pk]) + anchor, status=303)


def _undo(route: str, pk: int, query: str) -> str:
    return f"{reverse(route, args=[pk])}?{query}"


@require_POST
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that is ready, in one stroke; «Undo» takes off what came with it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    new = fill_agenda(find_meeting(pk, actor), by=actor)
    if new:
        words = ngettext(
            "%(count)s item is put on the agenda.", "%(count)s items are put on the agenda.", len(new)
        )
        undo = _undo("governance:take-away", pk, f"punkt={','.join(str(one.pk) for one in new)}")
        messages.success(request, words % {"count": len(new)}, extra_tags=undo)
    else:
        messages.success(request, _("Everything that is ready stands there already."))
    return to_meeting(pk, "#saksliste")


@require_POST
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """`flytt` and `steg` move one item; `rekkefolge` gives the whole order, as a drag does."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_meeting(pk, actor)
    wanted = numbers((request.GET.get("rekkefolge") or request.POST.get("rekkefolge", "")).split(","))
    one = numbers([request.POST.get("flytt", "")])
    if one:
        now = list(live_items(found).values_list("pk", flat=True))
        wanted = moved(now, one[0], -1 if request.POST.get("steg") == "opp" else 1) if one[0] in now else []
    before = order_items(found, wanted, by=actor)
    undo = _undo("governance:order-items", pk, f"rekkefolge={','.join(str(each) for each in before)}")
    messages.success(request, _("The order is changed."), extra_tags=undo)
    return to_meeting(pk, f"#i{one[0]}" if one else "#saksliste")


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Items leave the agenda: one by its button, or those an act put on, to take the act back."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    many = request.GET.get("punkt", "")
    ids = numbers((many or request.POST.get("punkt", "")).split(","))
    count = take_away(find_meeting(pk, actor), ids, by=actor)
    if many:
        messages.success(request, _("It is as it was."))
    elif count:
        undo = _undo("governance:put-back", pk, f"punkt={ids[0]}")
        messages.success(request, _("Taken off the agenda. The case is in the queue."), extra_tags=undo)
    return to_meeting(pk, "#saksliste")


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    for one in numbers(request.GET.get("punkt", "").split(",")):
        put_back(find_item(pk, one, actor), by=actor)
    messages.success(request, _("It is as it was."))
    return to_meeting(pk, "#saksliste")


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """One case from the queue; after the notice with the reason why it cannot wait."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_meeting(pk, actor)
    chosen = numbers([request.POST.get("sak", "")])
    treatment = get_object_or_404(
        Treatment.objects.visible_to(actor).select_related("case"), pk=chosen[0] if chosen else 0
    )
    try:
        item = add_case(found, treatment, by=actor, late_because=request.POST.get("late_because", ""))
    except Refused as refused:
        if refused.field != "late_because":
            raise
        return prepare_page(request, found, status=422, error=refused.sentence)
    undo = _undo("governance:take-away", pk, f"punkt={item.pk}")
    said = _("The chair is asked.") if item.is_late else _("It stands on the agenda.")
    messages.success(request, said, extra_tags=undo)
    return to_meeting(pk, f"#i{item.pk}")


@require_POST
def change(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Minutes, presenter, consent."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_item(pk, item, actor)
    form = ItemForm(request.POST, prefix=f"i{item}")
    if not form.is_valid():
        first = next(iter(form.errors.values()))[0]
        return prepare_page(request, find_meeting(pk, actor), status=422, error=str(first))
    change_item(found, Changes(**form.cleaned_data), by=actor)
    messages.success(request, _("Saved."))
    return to_meeting(pk, f"#i{item}")


@require_POST
def take_late(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    allow_late(find_item(pk, item, request.actor), by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("The item is on the agenda."))
    return to_meeting(pk, f"#i{item}")


@require_POST
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice is sent. Mails leave within a quarter of an hour in working hours, in one bundle each."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_meeting(pk, actor)
    send_notice(found, by=actor, sent=sent_now())
    count = sum(1 for one in recipients(found, expected_at(found)) if one.email)
    words = ngettext("The notice is sent to one person.", "The notice is sent to %(count)s people.", count)
    messages.success(request, words % {"count": number_in_words(count)})
    return to_meeting(pk)


def _own(request: HttpRequest, pk: int) -> Attendance:
    """Whose answer it is: `deltakelse` by the secretariat on somebody's behalf, else one's own place."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_meeting(pk, actor)
    whose = numbers([request.POST.get("deltakelse", "")])
    if whose:
        return get_object_or_404(Attendance.objects.visible_to(actor), pk=whose[0], meeting=found)
    return place_in(found, actor)


@require_POST
def cannot(request: HttpRequest, pk: int) -> HttpResponse:
    """One click: the substitute for the same seat is called. «Undo» sends them home again."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    mine = _own(request, pk)
    before = mine.answer
    cannot_come(mine, by=actor, sent=sent_now())
    undo = _undo("governance:answer", pk, f"svar={before if before != Answer.NO else Answer.NONE}")
    messages.success(request, _cannot_in_words(mine), extra_tags=undo)
    return to_meeting(pk)


def _cannot_in_words(mine: Attendance) -> str:
    stands_in = (
        Attendance.objects.filter(meeting=mine.meeting_id, seat=mine.seat_id)
        .exclude(answer=Answer.NO)
        .select_related("tenure")
        .last()
    )
    if stands_in is None:
        return _("You have said that you cannot come. No substitute is left, and the secretariat is told.")
    return _("You have said that you cannot come. %(name)s is called instead.") % {
        "name": stands_in.tenure.name
    }


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    wanted = request.GET.get("svar") or request.POST.get("svar", "")
    if wanted not in {Answer.YES, Answer.PERHAPS, Answer.NONE}:
        raise Refused("invitation.answer", _("Press one of the answers."))
    answer_invitation(_own(request, pk), wanted, by=actor, sent=sent_now())
    said = {
        Answer.YES: _("You come to the meeting."),
        Answer.PERHAPS: _("You come perhaps. Say so when you know."),
        Answer.NONE: _("It is as it was."),
    }
    messages.success(request, said[Answer(wanted)])
    return to_meeting(pk)


@require_POST
def note(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """One's own note, saved while one writes (JSON back), or by its button."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    save_note(find_item(pk, item, actor), request.POST.get("text", ""), by=actor)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"saved": f"{timezone.localtime():%H.%M}"})
    messages.success(request, _("Your note is saved."))
    return to_meeting(pk, f"#s{item}")


def _about_item(
    request: HttpRequest,
    pk: int,
    item: int,
    act: Callable[[AgendaItem, Actor], object],
    said: str,
    undo: str = "",
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    act(find_item(pk, item, actor), actor)
    messages.success(request, said, extra_tags=undo)
    return to_meeting(pk, f"#s{item}")


@require_POST
def point(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    words = request.POST.get("words", "")
    undo = f"{reverse('governance:take-point-back', args=[pk, item])}"
    return _about_item(
        request, pk, item, lambda one, by: raise_point(one, words, by=by),
        _("The chair and the secretariat see that you will bring something up."), undo,
    )  # fmt: skip


@require_POST
def point_back(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    return _about_item(request, pk, item, lambda one, by: take_point_back(one, by=by), _("It is as it was."))


@require_POST
def ask(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    question = request.POST.get("question", "")
    return _about_item(
        request, pk, item, lambda one, by: ask_secretariat(one, question, by=by),
        _("The secretariat has your question, and answers you."),
    )  # fmt: skip


@require_POST
def conflict(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    ground, words = request.POST.get("ground", ""), request.POST.get("words", "")
    return _about_item(
        request, pk, item, lambda one, by: raise_conflict(one, ground=ground, words=words, by=by),
        _("The chair and the secretariat conclude. Until then the papers are closed to you."),
    )  # fmt: skip
