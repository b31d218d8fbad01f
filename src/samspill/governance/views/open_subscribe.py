"""Following along by e-mail: the page that asks, and the pages behind the links of the mails."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from samspill.directory.public import Community, machine, nobody, scope
from samspill.governance.actions.subscribing import (
    Asked,
    community_in,
    confirm,
    find_subscription,
    subscribe,
    unsubscribe,
)
from samspill.governance.actions.subscription_mail import send_confirmation
from samspill.governance.forms_open import SubscribeForm
from samspill.governance.queries.open_wanted import kept, read, read_kept
from samspill.governance.queries.subscription_words import in_words
from samspill.refusal import Refused

UNPROCESSABLE, GONE = 422, 410


@require_http_methods(["GET", "HEAD", "POST"])
def subscribe_page(request: HttpRequest) -> HttpResponse:
    """What to follow is in the address and the form; a mail asks the owner of the address to confirm it."""
    today = request.actor.today  # type: ignore[attr-defined]
    data = request.POST if request.method == "POST" else None
    initial = {"sok": request.GET.get("sok", "")[:200], "hos": request.GET.get("hos", "")}
    with scope(nobody(today)):
        communities = list(Community.objects.all())
        choices = [(one.slug, one.full_name) for one in communities]
        form = SubscribeForm(data, communities=choices, initial=initial)
        if data is not None and form.is_valid() and _ask(request, form, communities):
            return HttpResponseRedirect(reverse("governance:open-asked"), status=303)
        wanted = read(request.GET)
        context = {
            "form": form,
            "wanted": wanted,
            "what": in_words(wanted),
            "is_fixed": bool(wanted.body_id or wanted.case_id),
            "action": request.get_full_path(),
            "atom": reverse("governance:open-atom") + kept(request.GET, "sorter"),
        }
        return render(
            request,
            "governance/open/subscribe.html",
            context,
            status=UNPROCESSABLE if data is not None else 200,
        )


def _ask(request: HttpRequest, form: SubscribeForm, communities: list[Community]) -> bool:
    """Whether it was asked for; a refusal stands in the form."""
    said = form.cleaned_data
    query = kept(request.GET, "sok", "hos", "sorter", sok=said["sok"], hos=said["hos"])
    chosen = next((one for one in communities if one.slug == said["hos"]), communities[0])
    by = machine(chosen.pk, request.actor.today)  # type: ignore[attr-defined]
    try:
        with transaction.atomic(), scope(by):
            asked = Asked(said["email"], query, said["language"])
            made = subscribe(asked, by=by, now=timezone.now())
            if made is not None:
                send_confirmation(*made, origin=settings.ORIGIN)
    except Refused as refused:
        form.add_error(refused.field or None, refused.sentence)
        return False
    return True


@require_safe
def asked_page(request: HttpRequest) -> HttpResponse:
    return render(request, "governance/open/asked.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_page(request: HttpRequest, token: str) -> HttpResponse:
    """GET tells, POST begins: mail programs that look at links beforehand begin nothing."""

    def begin() -> str:
        confirm(token, by=machine(community_in(token), _today(request)), now=timezone.now())
        return "begun"

    return _behind(request, token, begin, "confirm")


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end_page(request: HttpRequest, token: str) -> HttpResponse:
    """The end of it, from the page or by the mail program itself (RFC 8058), which has no cookie of ours."""

    def end() -> str:
        is_all = request.GET.get("alle") == "ja"
        unsubscribe(token, by=machine(community_in(token), _today(request)), is_all=is_all)
        return "ended"

    return _behind(request, token, end, "end")


def _today(request: HttpRequest):  # type: ignore[no-untyped-def]
    return request.actor.today  # type: ignore[attr-defined]


def _behind(request: HttpRequest, token: str, act: Callable[[], str], page: str) -> HttpResponse:
    """The page behind a link: what it is about, one button, and what was done; in the mail's written form."""
    with scope(machine(community_in(token), _today(request))):
        found = find_subscription(token) if community_in(token) else None
        language = found.language if found else translation.get_language()
        with translation.override(language):
            context: dict[str, object] = {
                "page": page,
                "what": in_words(read_kept(found.query)) if found else "",
            }
            status = 200
            if request.method == "POST":
                try:
                    context["done"] = act()
                except Refused as refused:
                    context["refused"], status = refused.sentence, GONE
            elif found is None:
                context["done"], status = ("ended", 200) if page == "end" else ("gone", GONE)
            response = render(request, "governance/open/behind.html", context, status=status)
    response.headers["Content-Language"] = language or settings.LANGUAGE_CODE
    response.headers["X-Robots-Tag"] = "noindex"
    return response
