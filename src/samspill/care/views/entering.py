"""Pages where values are entered: by the patient, by somebody near, and by staff."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.care.actions.undoing import undo
from samspill.care.views.safety_net import actor_of


def numbers_of(request: HttpRequest, name: str) -> list[int]:
    """The whole numbers that were sent under a name; what is none is left out."""
    return [
        int(one) for one in request.POST.getlist(name) if one.isascii() and one.isdigit() and len(one) < 16
    ]


def next_of(request: HttpRequest, otherwise: str) -> str:
    """Where the form asks to go on to, when it is a page of ours."""
    said = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(said, allowed_hosts={request.get_host()})
    return said if is_ours and said.startswith("/") else otherwise


@login_required
@require_POST
def undo_entry(request: HttpRequest, pk: int) -> HttpResponse:
    undo(pk, numbers_of(request, "entry"), by=actor_of(request), now=timezone.now())
    messages.success(request, _("The value is taken back. It does not count."))
    return HttpResponseRedirect(next_of(request, reverse("care:plan-list", args=[pk])), status=303)
