"""«Les inn plan»: a document is chosen and read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samspill.directory.public import Community
from samspill.plans.actions.importing import ImportResult, import_plan
from samspill.plans.actions.revision_start import read_revision
from samspill.plans.forms import ReadInForm
from samspill.plans.models import Plan
from samspill.plans.permissions import check_may_act
from samspill.plans.queries.plans import find_plan
from samspill.plans.wording import measures_in_words
from samspill.refusal import Refused


@login_required
@require_http_methods(["GET", "POST"])
def read_in(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    check_may_act(actor, "plans.import", Plan(community_id=actor.community_id))
    into, former = _asked(request, "plan"), _asked(request, "erstatter")
    form = ReadInForm(request.POST, request.FILES) if request.method == "POST" else ReadInForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if former is not None:
                result = read_revision(document_bytes=file.read(), file_name=file.name, of=former, by=actor)
            else:
                result = import_plan(
                    document_bytes=file.read(),
                    file_name=file.name,
                    community=Community.objects.get(pk=actor.community_id),
                    by=actor,
                    into=into,
                )
        except Refused as refused:
            if refused.forbidden:
                raise
            form.add_error("file", refused.sentence)
        else:
            messages.success(request, _told(result))
            page = "plans:review" if result.has_measures else "plans:contents"
            return HttpResponseRedirect(reverse(page, args=[result.plan.pk]), status=303)
    context = {"form": form, "into": into, "former": former}
    return render(request, "plans/read_in.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest, name: str) -> Plan | None:
    """The plan that a newer document is read into (`plan`), or that a new one replaces (`erstatter`)."""
    number = request.GET.get(name, "")
    if not (number.isdecimal() and len(number) < 18):
        return None
    return find_plan(int(number), request.actor)  # type: ignore[attr-defined]


def _told(result: ImportResult) -> str:
    if not result.has_measures:
        return _("Read in. The document holds no measures; this is what it says.")
    if result.is_new:
        return _("Read in: %(measures)s.") % {"measures": measures_in_words(result.created)}
    if not result.created and not result.gone:
        return _("This document was read in before. Nothing is changed.")
    return _("Read again: %(new)s new, %(same)s as before, %(gone)s gone.") % {
        "new": result.created,
        "same": result.unchanged,
        "gone": result.gone,
    }
