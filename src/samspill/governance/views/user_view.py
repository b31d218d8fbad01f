"""For those who speak for patients: the word list, and a talk together before a meeting."""

from datetime import time

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspill.directory.public import Actor, alphabetical
from samspill.governance.actions.talking import LONGEST, Talk, Told, check_may_propose, propose_talk
from samspill.governance.forms_meetings import day_field, time_field
from samspill.governance.meeting_wording import many, name_and_day
from samspill.governance.models import Meeting
from samspill.governance.queries.meetings import find_meeting
from samspill.governance.queries.user_view import other_users
from samspill.governance.rules.words import words_in
from samspill.refusal import Refused
from samspill.worklist.public import next_workday, number_in_words

TEN = time(10)


class TalkForm(forms.Form):
    day = day_field(gettext_lazy("Day"))
    at = time_field(pgettext_lazy("meeting", "Begins"))
    where = forms.CharField(
        label=gettext_lazy("Where, or a number to call"),
        max_length=LONGEST,
        error_messages={"required": gettext_lazy("Write a number to call, or where to meet.")},
    )


@require_safe
def word_list(request: HttpRequest) -> HttpResponse:
    """What the words of the meetings mean. Open to everybody."""
    words = sorted(words_in(get_language() or "nb"), key=lambda one: alphabetical(one.word))
    context = {"words": words, "counted": capfirst(number_in_words(len(words)))}
    return render(request, "governance/meetings/words.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    """When to talk, before a meeting; the others are told."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    meeting = find_meeting(pk, actor)
    check_may_propose(meeting, actor)
    form = TalkForm(
        request.POST or None, initial={"day": min(next_workday(actor.today), meeting.day), "at": TEN}
    )
    if request.method == "POST" and form.is_valid():
        try:
            told = propose_talk(meeting, Talk(**form.cleaned_data), by=actor)
        except Refused as refused:
            if refused.forbidden or refused.field not in form.fields:
                raise
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, _in_words(told))
            return HttpResponseRedirect(reverse("governance:meeting", args=[pk]), status=303)
    return render(request, "governance/meetings/talk.html", _context(form, meeting, actor),
                  status=422 if form.errors else 200)  # fmt: skip


def _context(form: TalkForm, meeting: Meeting, actor: Actor) -> dict[str, object]:
    return {
        "form": form,
        "meeting": meeting,
        "name": name_and_day(meeting, actor.today),
        "others": other_users(actor, meeting.day),
    }


def _in_words(told: Told) -> str:
    if not told.by_mail and not told.by_phone:
        return _("Nobody else speaks for patients now, so nobody is told.")
    sentences = []
    if told.by_mail:
        sentences.append(_("%(names)s get a mail.") % {"names": many(told.by_mail)})
    if told.by_phone:
        sentences.append(_("The secretariat tells %(names)s.") % {"names": many(told.by_phone)})
    return " ".join(sentences)
