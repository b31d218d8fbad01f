"""The builder of «Hva er innafor»: one page, kept while one writes; what is missing is said at once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samspill.care.actions.safety_net import Draft, opening_draft, save, send
from samspill.care.forms import Filled, Page, read
from samspill.care.queries.medication import PART as MEDICATION
from samspill.care.queries.safety_net import as_plan, recipient_key
from samspill.care.views.safety_net import actor_of, name_of
from samspill.care.wording import missing_in
from samspill.refusal import Refused
from samspill.rulebook.reading_level import Kind, Look, look
from samspill.rulebook.safety_net import Plan
from samspill.rulebook.safety_net.ready import texts

MOST_WORDS = 8


@login_required
@require_http_methods(["GET", "POST"])
def build(request: HttpRequest, pk: int, plan: int) -> HttpResponse:
    """GET shows the draft. POST keeps what is written, and sends it when «Send» was pressed."""
    if request.method != "POST":
        return _page(request, pk, plan)
    actor, now = actor_of(request), timezone.now()
    with opening_draft(plan, pk, by=actor) as draft:
        filled = read(request.POST, as_plan(draft.row))
        known = {one.key for one in draft.possible}
    recipients = [key for key in filled.recipients if key in known]
    save(plan, pk, filled.plan, by=actor, now=now, signed=filled.signed, recipients=recipients)
    wants_to_send = request.POST.get("act") == "send"
    if wants_to_send and not filled.errors and _is_sent(plan, pk, request):
        messages.success(request, _("The plan is sent. You see here who has received it."))
        return HttpResponseRedirect(reverse("care:plan", args=[pk, plan]), status=303)
    status = 422 if wants_to_send or filled.errors else 200
    is_live = "HX-Request" in request.headers
    return _page(request, pk, plan, filled=filled, was_sent=wants_to_send, status=200 if is_live else status)


def _is_sent(plan: int, pk: int, request: HttpRequest) -> bool:
    """Whether nothing was in the way; what was is told by the page."""
    try:
        send(plan, pk, by=actor_of(request), now=timezone.now())
    except Refused as refused:
        if refused.code != "safety_net.not_ready":
            raise
        return False
    return True


def _page(
    request: HttpRequest, pk: int, plan: int, *, filled: Filled | None = None, was_sent: bool = False,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    with opening_draft(plan, pk, by=actor_of(request)) as draft:
        said = as_plan(draft.row)
        errors = filled.errors if filled else {}
        context = {
            "patient": draft.opened.patient,
            "row": draft.row,
            "plan": said,
            "problem": name_of(draft.row.problem),
            "page": Page(said, draft.row, request.POST if filled else None, errors),
            "errors": errors,
            "recipients": _chosen(draft),
            "missing": missing_in(said, draft.faults),
            "listed": draft.signed_list,
            "hides_medication": draft.opened.hides(MEDICATION),
            "was_sent": was_sent,
            "is_saved": filled is not None,
            **_reading(said),
        }
        return render(request, "care/safety_net_builder.html", context, status=status)


def _chosen(draft: Draft) -> list[tuple[object, bool]]:
    named = {recipient_key(one) for one in draft.row.recipients.all()}
    return [(one, (str(one.kind), one.pk) in named) for one in draft.possible]


def _reading(plan: Plan) -> dict[str, object]:
    """How hard the texts are, and the words a reader may stumble over."""
    found: Look = look(
        "\n\n".join(f"{said.rstrip('.')}." for _where, said in texts(plan) if said), plan.language
    )
    words = {
        one.said: one.suggestion or one.explanation
        for one in found.findings
        if one.kind != Kind.LONG_SENTENCE
    }
    return {
        "lix": found.lix,
        "band": found.band.names[(get_language() or "nb")[:2]] if found.band else "",
        "words": list(words.items())[:MOST_WORDS],
        "long_sentences": sum(one.kind == Kind.LONG_SENTENCE for one in found.findings),
    }
