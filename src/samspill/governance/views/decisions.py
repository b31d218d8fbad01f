"""What has been decided: the list, one decision, and a later one in its place."""

from collections import Counter
from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.directory.public import Actor, Bloc, Body, alphabetical, resolve, saved_file
from samspill.documents.sheets import CSV, XLSX, csv_of, xlsx_of
from samspill.governance.actions.putting_forward import adopt_by
from samspill.governance.actions.replacing import replace_decision, reverse_decision
from samspill.governance.models import Decision, DecisionPoint
from samspill.governance.permissions import may_act
from samspill.governance.queries.carrying import due_of, standing
from samspill.governance.queries.decisions import (
    Wanted,
    decisions_of,
    find_decision,
    late_among,
    later_decisions,
    mark_of,
    thread_of,
    votes_in,
)
from samspill.governance.queries.putting_forward import read_ref, waiting_for
from samspill.governance.rules.matches import excerpt, mark
from samspill.governance.states import DecisionState
from samspill.governance.views.paging import page_of
from samspill.governance.views.ways import ways
from samspill.governance.wording_follow_ups import in_words, sentence_case
from samspill.governance.wording_room import case_title, decision_title
from samspill.refusal import Refused

ON_PAGE = 50
WIDTHS = (50, 12, 12, 12, 8, 60, 24, 12, 16)


@require_safe
def decision_list(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    wanted = _wanted(request)
    found = decisions_of(actor, wanted)
    shown = page_of(request, found, ON_PAGE)
    bodies = (
        Body.objects.visible_to(actor).filter(community_id=actor.community_id) if actor.community_id else []
    )
    total, late = shown["page"].paginator.count, late_among(found, actor.today)
    context = {
        **shown,
        "ways": ways(actor, "governance:decision-list"),
        "rows": [_line(one, wanted.words, actor) for one in shown["page"]],
        "total": total,
        "counted": sentence_case(in_words(total)),
        "late": late,
        "late_counted": sentence_case(in_words(late)),
        "wanted": wanted,
        "is_narrowed": wanted != Wanted(),
        "bodies": bodies,
        "years": range(actor.today.year, actor.today.year - 6, -1),
        "states": [choice for choice in DecisionState.choices if choice[0] != DecisionState.PROPOSED],
        "query": request.GET.urlencode(),
    }
    return render(request, "governance/room/decisions.html", context)


def _line(decision: Decision, words: str, actor: Actor) -> dict[str, object]:
    """A row of the list; what was looked for is marked, and the point it stands in is told."""
    title = decision_title(decision)
    points = (excerpt(point.text, words) for point in decision.points.all()) if words else iter(())
    return {
        "one": decision,
        "title": mark(title, words),
        "found": next((said for said in points if said and said != mark(title, words)), ""),
        "marks": _marks(decision, actor),
    }


def _marks(decision: Decision, actor: Actor) -> list[tuple[str, str]]:
    """(shape, words) of each state the points stand in: «Forsinket», or «2 forsinket» of several points."""
    said: Counter[tuple[str, str]] = Counter()
    for point in decision.points.all():
        mark, is_late = mark_of(point, actor.today)
        if mark:
            said[mark, _("Late") if is_late else point.follow_up.get_state_display()] += 1
    if said.total() == 1:
        return list(said)
    return [(mark, f"{count} {word.lower()}") for (mark, word), count in said.items()]


def _wanted(request: HttpRequest) -> Wanted:
    body, year = request.GET.get("organ", ""), request.GET.get("ar", "")
    return Wanted(
        body=int(body) if body.isascii() and body.isdigit() and len(body) < 18 else 0,
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else 0,
        state=request.GET.get("status", ""),
        words=request.GET.get("q", "")[:100],
    )


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """The list as a table to take along: a row per point."""
    return saved_file(csv_of(_rows(request)), CSV, f"vedtak-{request.actor.today}.csv")  # type: ignore[attr-defined]


@require_safe
def as_xlsx(request: HttpRequest) -> HttpResponse:
    content = xlsx_of(_rows(request), name=_("Decisions"), widths=WIDTHS)
    return saved_file(content, XLSX, f"vedtak-{request.actor.today}.xlsx")  # type: ignore[attr-defined]


def _rows(request: HttpRequest) -> Iterator[list[str | int]]:
    yield [
        _("Decision"), _("Body"), _("Day"), _("State"), _("Point"), _("Text"), _("Answers for it"), _("By"),
        _("Carried out"),
    ]  # fmt: skip
    for one in decisions_of(request.actor, _wanted(request)):  # type: ignore[attr-defined]
        for point in one.points.all():
            follow_up = getattr(point, "follow_up", None)
            owner = (follow_up.accountable_party or follow_up.accountable_body) if follow_up else ""
            yield [
                decision_title(one), str(one.body), one.decided_on.isoformat(), str(one.get_state_display()),
                point.order, point.text, str(owner), follow_up.due.isoformat() if follow_up else "",
                str(follow_up.get_state_display()) if follow_up else "",
            ]  # fmt: skip


@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, find_decision(pk, request.actor))  # type: ignore[attr-defined]


def _page(request: HttpRequest, found: Decision, refused: Refused | None = None) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    keeps = may_act(actor, "meetings.write", found) and found.state == DecisionState.ADOPTED
    votes = votes_in(found)
    context = {
        "decision": found,
        "title": _title(found),
        "case_title": case_title(found.case) if found.case else "",
        "points": [
            (point, *mark_of(point, actor.today), _standings(found, point, actor))
            for point in found.points.all()
        ],
        "is_carried_out": found.state == DecisionState.ADOPTED
        and any(point.parties.all() for point in found.points.all()),
        "votes": votes,
        "sides": [(label, votes.sides[bloc]) for bloc, label in Bloc.choices] if votes else [],
        "thread": thread_of(found, actor),
        "replaces": [(one, decision_title(one)) for one in found.replaces.all()],
        "replaced_by": decision_title(found.replaced_by) if found.replaced_by else "",
        "waiting": waiting_for(found, actor),
        "later": [(one, decision_title(one)) for one in later_decisions(found)[:100]] if keeps else [],
        "refused": refused,
    }
    return render(request, "governance/room/decision.html", context, status=422 if refused else 200)


def _standings(found: Decision, point: DecisionPoint, actor: Actor) -> list[dict[str, object]]:
    """The parties by how far they have come with a point of a decision that stands; no queries of its own."""
    if found.state != DecisionState.ADOPTED:
        return []
    rows = sorted(point.parties.all(), key=lambda one: alphabetical(str(one.party)))
    alike: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        one = standing(row, row.party, point, due_of(point), actor.today)
        alike.setdefault((one.shown.glyph, one.words), []).append(str(row.party))
    return [{"glyph": glyph, "words": words, "parties": names} for (glyph, words), names in alike.items()]


def _title(decision: Decision) -> str:
    """A screened case is named by its public title: whoever may read the decision need not read the case."""
    if decision.case is not None and not decision.plain:
        return case_title(decision.case)
    return decision_title(decision)


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """A later decision takes its place, or says that it no longer stands."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    old = find_decision(pk, actor)
    number = request.POST.get("new", "")
    try:
        if not (number.isascii() and number.isdigit() and len(number) < 18):
            raise Refused("decision.new", _("Choose the later decision."), field="new")
        new = get_object_or_404(Decision.objects.visible_to(actor), pk=number)
        act = reverse_decision if request.POST.get("how") == "reversed" else replace_decision
        act(old, new=new, by=actor)
    except Refused as refused:
        if refused.forbidden:
            raise
        return _page(request, old, refused)
    return HttpResponseRedirect(reverse("governance:decision", args=[pk]), status=303)


@require_POST
def adopts(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision adopts what was chosen: a plan."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_decision(pk, actor)
    thing = read_ref(request.POST.get("ting", ""))
    try:
        if thing is None:
            raise Refused("decision.adopts_what", _("Choose what the decision adopts."))
        adopt_by(found, thing, by=actor)
    except Refused as refused:
        if refused.forbidden:
            raise
        return _page(request, found, refused)
    seen = resolve([thing], actor)[thing]
    messages.success(request, _("«%(plan)s» is adopted.") % {"plan": seen.title})
    return HttpResponseRedirect(reverse("governance:decision", args=[pk]), status=303)
