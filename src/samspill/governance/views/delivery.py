"""The package of a meeting for the parties' archives: make it, fetch it, and note who has got it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.directory.public import Party, parties_of
from samspill.governance.actions.delivering import make_delivery, place_of, receive_delivery
from samspill.governance.models import Delivery, Meeting
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.open_addresses import path_of
from samspill.governance.states import OpenKind


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    """Of the actor's own community, for those who deliver; for others there is none."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = Meeting.objects.visible_to(actor).filter(community_id=actor.community_id)
    meeting = get_object_or_404(rows.select_related("body", "community"), pk=pk)
    check_may_act(actor, "deliveries.make", meeting)
    return meeting


@login_required
@require_safe
def delivery_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest package, the receipts of it, and those before it."""
    meeting = _meeting(request, pk)
    deliveries = list(Delivery.objects.visible_to(request.actor).filter(meeting=meeting))  # type: ignore[attr-defined]
    newest = deliveries[0] if deliveries else None
    parties = list(parties_of(meeting.community, meeting.day))
    rows = [{"party": one, "receipt": _receipt(newest, one)} for one in parties]
    context = {
        "meeting": meeting,
        "meeting_url": path_of(OpenKind.MEETING, meeting.pk),
        "newest": newest,
        "older": deliveries[1:],
        "rows": rows,
        "missing": sum(1 for row in rows if row["receipt"] is None),
    }
    return render(request, "governance/open/delivery.html", context)


def _receipt(delivery: Delivery | None, party: Party) -> dict[str, object] | None:
    said = delivery.receipts.get(str(party.pk)) if delivery else None
    return {"at": parse_datetime(said["at"]), "reference": said["reference"]} if said else None


@login_required
@require_POST
def make(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    made = make_delivery(meeting, by=request.actor)  # type: ignore[attr-defined]
    messages.success(
        request, _("The package is ready: %(size)s kB.") % {"size": max(1, made.size_bytes // 1024)}
    )
    return HttpResponseRedirect(reverse("governance:delivery", args=[pk]), status=303)


@login_required
@require_safe
def download(request: HttpRequest, pk: int, delivery_pk: int) -> FileResponse:
    meeting = _meeting(request, pk)
    delivery = get_object_or_404(Delivery.objects.filter(meeting=meeting), pk=delivery_pk)
    if not default_storage.exists(place_of(delivery.sha256)):
        raise Http404
    name = f"arkiv-{meeting.day.isoformat()}-{delivery.sha256[:8]}.zip"
    file = default_storage.open(place_of(delivery.sha256), "rb")
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


@login_required
@require_POST
def receive(request: HttpRequest, pk: int, delivery_pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    delivery = get_object_or_404(Delivery.objects.filter(meeting=meeting), pk=delivery_pk)
    number = request.POST.get("party", "")
    party = get_object_or_404(Party, pk=int(number) if number.isdecimal() and len(number) < 16 else 0)
    reference = request.POST.get("reference", "")
    receive_delivery(delivery, party, reference=reference, by=request.actor, now=timezone.now())  # type: ignore[attr-defined]
    messages.success(request, _("Noted: %(party)s has got it.") % {"party": party})
    return HttpResponseRedirect(reverse("governance:delivery", args=[pk]), status=303)
