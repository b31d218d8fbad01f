"""Values from a file: first every row with what it would be kept as, then kept when all are right."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from samspill.care.actions.entering import WHAT
from samspill.care.actions.file_entering import LOOK, enter_file, look_over
from samspill.care.actions.opening import opening
from samspill.care.value_files import MOST_BYTES
from samspill.care.views.safety_net import actor_of
from samspill.refusal import Refused


@login_required
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "POST"])
def file_page(request: HttpRequest, pk: int) -> HttpResponse:
    """GET asks for the file; POST shows its rows; POST with `act` keeps those that were shown."""
    actor, now = actor_of(request), timezone.now()
    with opening(pk, by=actor, what=WHAT, wish=LOOK) as opened:
        patient = opened.patient
    context: dict[str, object] = {"patient": patient, "rows": [], "text": "", "error": ""}
    if request.method == "POST":
        data = _sent(request)
        try:
            if request.POST.get("act") == "keep":
                count = sum(len(one.kept) for one in enter_file(pk, data, by=actor, now=now))
                told = ngettext("%(count)s value is kept.", "%(count)s values are kept.", count)
                messages.success(request, told % {"count": count})
                return HttpResponseRedirect(reverse("care:enter-file", args=[pk]), status=303)
            rows = look_over(pk, data, by=actor, now=now)
        except Refused as refused:
            if refused.forbidden:
                raise
            context["error"] = refused.sentence
        else:
            text = data.decode("utf-8-sig", errors="replace")
            context |= {"rows": rows, "text": text, "wrong": sum(bool(one.wrong) for one in rows)}
    return render(request, "care/enter_file.html", context, status=422 if context["error"] else 200)


def _sent(request: HttpRequest) -> bytes:
    """The file, or its text as the page sends it back."""
    sent = request.FILES.get("file")
    if isinstance(sent, UploadedFile):
        return bytes(sent.read(MOST_BYTES + 1))
    return request.POST.get("text", "").replace("\r\n", "\n").encode()[: MOST_BYTES + 1]
