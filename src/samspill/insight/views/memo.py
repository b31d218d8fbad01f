"""Make a memo of kept figures: choose, look, take along, send to a case."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.directory.public import Actor, Community, Ref
from samspill.documents.writing import DOCX, PDF
from samspill.insight.actions.calculations import calculate
from samspill.insight.actions.memo import MemoWanted, may, places_for, send_memo
from samspill.insight.calculating import CALCULATIONS, CalculationKind
from samspill.insight.memo import MOST_CALCULATIONS, PAGES, Memo, fitted, memo_of
from samspill.insight.models import Calculation
from samspill.insight.retelling import names_in, tell
from samspill.refusal import Refused, reason

MEDIA = {"pdf": PDF, "docx": DOCX}
NEWEST = 12  # kept answers one may choose among; the others are found in the list of all
TITLE_FITS = 120


@dataclass(frozen=True)
class Asked:
    """What the address asks for: `u` keys of answers, `maal` the målform, `tittel` a title of one's own."""

    community: Community
    calculations: Sequence[Calculation]
    language: str
    title: str

    @property
    def query(self) -> str:
        """The same as in the address."""
        made = QueryDict(mutable=True)
        made.setlist("u", [one.key for one in self.calculations])
        made["maal"] = self.language
        if self.title:
            made["tittel"] = self.title
        return made.urlencode()


@login_required
@require_safe
def memo_page(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, _asked(request, slug, request.GET))


@login_required
@require_POST
def add_answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer the usual question of a kind, keep it, and choose it."""
    asked = _asked(request, slug, request.POST)
    kind = request.POST.get("kind", "")
    if kind not in CALCULATIONS:
        raise Http404
    try:
        made = calculate(kind, {}, by=_actor(request))
    except Refused as refused:
        return _page(request, asked, refused)
    chosen = [*asked.calculations, *([made] if made not in asked.calculations else [])]
    asked = Asked(asked.community, chosen, asked.language, asked.title)
    return HttpResponseRedirect(f"{reverse('insight:memo', args=[slug])}?{asked.query}", status=303)


@login_required
@require_safe
def download(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    if ending not in MEDIA:
        raise Http404
    asked = _asked(request, slug, request.GET)
    try:
        memo = _memo(request, asked)
        content = fitted(memo, made_at=timezone.localtime(), ending=ending)
    except Refused as refused:
        return _page(request, asked, refused)
    response = HttpResponse(content, content_type=MEDIA[ending])
    name = f"{slugify(memo.title) or 'notat'}.{ending}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@login_required
@require_POST
def send(request: HttpRequest, slug: str) -> HttpResponse:
    """To the case that was chosen; then one is in the case."""
    asked = _asked(request, slug, request.POST)
    wanted = MemoWanted(
        asked.community,
        asked.calculations,
        [code for code, _name in settings.LANGUAGES if code in request.POST.getlist("i")],
        asked.title,
    )
    try:
        address = send_memo(
            wanted,
            _place(request.POST.get("place", "")),
            address_of=_address_of(request),
            is_open="open" in request.POST,
            by=_actor(request),
        )
    except Refused as refused:
        if refused.forbidden:
            raise
        return _page(request, asked, refused)
    messages.success(request, _("The memo is among the papers of the case."))
    return HttpResponseRedirect(address, status=303)


def _page(request: HttpRequest, asked: Asked, refused: Refused | None = None) -> HttpResponse:
    actor = _actor(request)
    try:
        memo = _memo(request, asked)
    except Refused as problem:
        memo, refused = None, refused or problem
    context = {
        "community": asked.community,
        "asked": asked,
        "memo": memo,
        "parts": [(f"notat-{number}", part) for number, part in enumerate(memo.parts)] if memo else [],
        "pages": PAGES,
        "most": MOST_CALCULATIONS,
        "choices": _choices(asked, actor),
        "kinds": _usual() if len(asked.calculations) < MOST_CALCULATIONS else [],
        "may_open": asked.calculations and may(actor, "insight.open"),
        "places": places_for(actor),
        "chosen_place": request.POST.get("place", ""),
        "languages": settings.LANGUAGES,
        "sent_in": request.POST.getlist("i") or [asked.language],
        "refused": refused,
    }
    return render(request, "insight/memo/memo.html", context, status=422 if refused else 200)


def _asked(request: HttpRequest, slug: str, given: QueryDict) -> Asked:
    """404 for another community's page: a memo is made where one works, of what is kept there."""
    community = get_object_or_404(Community, slug=slug)
    actor = _actor(request)
    if actor.community_id != community.pk:
        raise Http404
    keys = list(dict.fromkeys(given.getlist("u")))
    rows = Calculation.objects.visible_to(actor).filter(community=community, key__in=keys)
    found = {one.key: one for one in rows.select_related("pack", "community")}
    language = given.get("maal", "")
    if language not in dict(settings.LANGUAGES):
        language = get_language() or community.written_form
    title = given.get("tittel", "").strip()[:TITLE_FITS]
    return Asked(community, [found[key] for key in keys if key in found], language, title)


def _memo(request: HttpRequest, asked: Asked) -> Memo:
    return memo_of(
        asked.community,
        asked.calculations,
        _actor(request),
        language=asked.language,
        address_of=_address_of(request),
        title=asked.title,
    )


def _choices(asked: Asked, actor: Actor) -> list[dict[str, Any]]:
    """What is chosen, in its order, then the newest of the others."""
    chosen = list(asked.calculations)
    rows = Calculation.objects.visible_to(actor).filter(community=asked.community)
    newest = rows.select_related("pack", "community").exclude(pk__in=[one.pk for one in chosen])[:NEWEST]
    shown = [*chosen, *newest]
    names = names_in(shown) if shown else {}
    return [
        {
            "calculation": one,
            "heading": tell(one, names).heading,
            "label": CALCULATIONS[one.kind].label,
            "is_chosen": one in chosen,
        }
        for one in shown
        if one.kind in CALCULATIONS
    ]


def _usual() -> list[CalculationKind]:
    """Kinds that can be asked without saying anything more."""
    return [kind for kind in CALCULATIONS.all() if not reason(kind.whole, {})]  # type: ignore[arg-type]


def _place(text: str) -> Ref:
    kind, _colon, number = text.partition(":")
    return Ref(kind, int(number)) if number.isdecimal() and len(number) < 18 else Ref("", 0)


def _address_of(request: HttpRequest) -> Callable[[str], str]:
    def address(key: str) -> str:
        return request.build_absolute_uri(reverse("insight:calculation", args=[key]))

    return address


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]
