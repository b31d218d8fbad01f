"""The list of cases, and one case."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspill.directory.public import Actor, acts_on, saved_file
from samspill.documents.sheets import CSV, csv_of
from samspill.governance.actions.anchoring import ANCHORED_IN
from samspill.governance.actions.briefs import check_may_draft
from samspill.governance.actions.indexing_cases import CASE
from samspill.governance.models import Case, Decision
from samspill.governance.permissions import is_secretariat, may_act
from samspill.governance.queries.anchoring import Bar, bars_of
from samspill.governance.queries.briefs import brief_content, standing_texts
from samspill.governance.queries.case_ways_on import figures_under, follow_ups_of, meetings_of
from samspill.governance.queries.cases import (
    GROUPS,
    MINE,
    SORTS,
    STUCK,
    CaseFor,
    Found,
    Line,
    Wanted,
    case_for,
    case_list,
    find_case,
)
from samspill.governance.queries.papers import papers_for
from samspill.governance.queries.putting_forward import put_forward_in
from samspill.governance.queries.saksgang import way_of
from samspill.governance.queries.statements import newest_statements
from samspill.governance.queries.voices import parties_in
from samspill.governance.states import Access, CaseKind, CaseState, ConflictConclusion
from samspill.governance.views.anchoring_drawn import drawn
from samspill.governance.views.paging import page_of
from samspill.governance.views.ways import ways
from samspill.governance.wording_cases import STATE_GLYPHS, nodes
from samspill.refusal import reason
from samspill.worklist.public import ACTS

HISTORY = 30
ON_PAGE = 50


def _wanted(request: HttpRequest) -> Wanted:
    """What the address asks for; what it cannot mean is as if it were not there."""
    group, body, sort = (request.GET.get(name, "") for name in ("vis", "organ", "sorter"))
    return Wanted(
        group=group if group in {*GROUPS, MINE, STUCK} else "",
        body=int(body) if body.isdecimal() and len(body) < 18 else None,
        text=request.GET.get("q", "").strip()[:100],
        sort=sort if sort in SORTS else "",
        down=request.GET.get("ned") == "1",
    )


@require_safe
def case_list_page(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    wanted = _wanted(request)
    found = case_list(wanted, actor)
    shown = page_of(request, found.lines, ON_PAGE)
    context = {
        **shown,
        "ways": ways(actor, "governance:case-list"),
        "wanted": wanted,
        "found": found,
        "rows": [_row(line) for line in shown["page"]],
        "legend": _legend(found, wanted, actor),
        "columns": _columns(wanted),
        "csv": f"{reverse('governance:case-list-csv')}?{_query(wanted)}",
        "may_report": actor.is_known and actor.community_id is not None,
        "several": actor.community_id is None,
    }
    return render(request, "governance/cases/cases.html", context)


def _row(line: Line) -> dict[str, Any]:
    state = CaseState(line.case.state)
    return {"line": line, "case": line.case, "g": STATE_GLYPHS[state], "state": state.label}


def _query(wanted: Wanted, **other: object) -> str:
    said = {
        "vis": wanted.group,
        "organ": wanted.body or "",
        "q": wanted.text,
        "sorter": wanted.sort,
        "ned": "1" if wanted.down else "",
    } | other
    return urlencode({key: value for key, value in said.items() if value})


def _legend(found: Found, wanted: Wanted, actor: Actor) -> list[dict[str, Any]]:
    """Counts per state, which filter; the one that is chosen leads back to all."""
    labels = {
        "meldt": (_("reported"), "none"),
        "utredes": (_("being prepared"), "progress"),
        "klar": (_("ready for a meeting"), "progress"),
        "behandlet": (_("treated"), "done"),
        "avsluttet": (_("closed"), "done"),
        STUCK: (_("stuck"), "late"),
        MINE: (_("mine"), "note"),
    }
    shown = [word for word in labels if found.counts.get(word) or word == wanted.group]
    return [
        {
            "g": labels[word][1],
            "count": found.counts.get(word, 0),
            "label": labels[word][0],
            "href": "?" + _query(wanted, vis="" if word == wanted.group else word),
            "current": word == wanted.group,
        }
        for word in shown
    ]


def _columns(wanted: Wanted) -> list[dict[str, Any]]:
    names = {"nr": _("No."), "tittel": _("Case"), "organ": _("Where"), "tilstand": _("State")}
    return [
        {
            "name": name,
            "href": "?"
            + _query(wanted, sorter=word, ned="1" if wanted.sort == word and not wanted.down else ""),
            "sort": ("descending" if wanted.down else "ascending") if wanted.sort == word else "",
        }
        for word, name in names.items()
    ]


@require_safe
def case_list_csv(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered and sorted. A cell that a spreadsheet would run gets an apostrophe."""
    found = case_list(_wanted(request), request.actor)  # type: ignore[attr-defined]
    rows: list[list[object]] = [[_("No."), _("Case"), _("State"), _("Kind"), _("Where"), _("Reported")]]
    for line in found.lines:
        reported = timezone.localtime(line.case.reported_at).date() if line.case.reported_at else ""
        state, kind = CaseState(line.case.state).label, CaseKind(line.case.kind).label
        rows.append([line.case.reference, line.title, str(state), str(kind), line.body, str(reported)])
    return saved_file(csv_of(rows), CSV, _("cases") + ".csv")


@require_safe
def case_page(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = find_case(pk, actor)
    seen = case_for(case, actor)
    if not seen.may_read:
        return render(request, "governance/cases/closed.html", _closed(seen))
    return render(request, "governance/cases/case.html", _case(seen, actor))


def _closed(seen: CaseFor) -> dict[str, Any]:
    return {"case": seen.case, "title": seen.title, "is_disqualified": seen.reader.is_disqualified}


def frame(seen: CaseFor, actor: Actor, current: str) -> dict[str, Any]:
    """What every page about a case has at its top: the case, its state, and the secretariat's ways."""
    case = seen.case
    state = CaseState(case.state)
    return {
        "case": case,
        "g": STATE_GLYPHS[state],
        "state": state.label,
        "acts": _acts(case, actor, current),
        "is_secretariat": may_act(actor, "cases.prepare", case),
    }


def _acts(case: Case, actor: Actor, current: str) -> list[dict[str, Any]]:
    """The sub-navigation: what one may do with the case, each a page."""
    secretariat = may_act(actor, "cases.prepare", case)
    here = [
        ("governance:case", _("The case"), True),
        ("governance:case-screening", _("Treatment"), secretariat),
        ("governance:brief", _("Brief"), not reason(check_may_draft, case, actor)),
        ("governance:statements", _("Statements"), may_act(actor, "cases.draft", case)),
        ("governance:anchoring", _("Anchoring"), may_act(actor, "cases.anchor", case)),
        ("governance:papers", _("Papers"), may_act(actor, "cases.draft", case)),
        ("governance:case-access", _("Access"), secretariat),
    ]
    shown = [one for one in here if one[2]]
    if len(shown) < 2 or case.state == CaseState.DRAFT:
        return []
    return [
        {"url": reverse(route, args=[case.pk]), "label": label, "is_here": route == current}
        for route, label, _may in shown
    ]


def _case(seen: CaseFor, actor: Actor) -> dict[str, Any]:
    case = seen.case
    way = way_of(case, seen.treatments, actor)
    mine = parties_in(seen.tenures, actor)
    bars = bars_of(case, actor, mine)
    content = {one["part"]: one for one in _content(seen, actor)}
    users = content.pop("user_view", None)
    for shown in ("summary", "question"):
        content.pop(shown, None)
    statements = newest_statements(case, actor)
    return {
        **frame(seen, actor, "governance:case"),
        "way": way,
        "nodes": nodes(way, actor.today),
        "bars": [drawn(bar, actor, newest=place == 0) for place, bar in enumerate(bars)],
        "may_begin": _may_begin(case, bars, actor),
        "is_on_its_way": CaseState(case.state) in ANCHORED_IN,
        "asks_for_me": next(
            (bar for bar in bars if bar.is_open and any(c.answer is None for c in bar.mine)), None
        ),
        "brief": list(content.values()),
        "user_view": users,
        "user_statements": [one for one in statements if one.is_user],
        "statements": [one for one in statements if not one.is_user],
        "papers": papers_for(case, actor, seen.reader),
        "decisions": Decision.objects.visible_to(actor).filter(case=case).select_related("body"),
        "figures": figures_under(case, actor),
        "put_forward": put_forward_in(case, actor),
        "follow_ups": follow_ups_of(case, actor),
        "meetings": meetings_of(case, actor),
        "is_followable": case.is_open and not case.is_screened,
        "follow_query": f"sak={case.pk}",
        "disqualified": _disqualified(seen),
        "history": _history(case, actor),
        "is_reporter": actor.is_known and case.reported_by_id == actor.account_id,
        "may_see_all": is_secretariat(actor),
    }


def _may_begin(case: Case, bars: list[Bar], actor: Actor) -> bool:
    """«Forankre i min region» is offered while nobody is asked and the case is on its way."""
    is_asked = any(bar.is_open for bar in bars)
    return not is_asked and CaseState(case.state) in ANCHORED_IN and may_act(actor, "cases.anchor", case)


def _content(seen: CaseFor, actor: Actor) -> list[dict[str, str]]:
    """For those who prepare it the brief as it stands; for others the newest version everybody may read."""
    if seen.may_read_closed:
        return brief_content(seen.case, standing_texts([seen.case.pk]).get(seen.case.pk, {}))
    frozen = seen.case.briefs.visible_to(actor).filter(access=Access.PUBLIC).first()
    return frozen.content if frozen else []


def _disqualified(seen: CaseFor) -> list[str]:
    return [one.tenure.name for one in seen.conflicts if one.conclusion == ConflictConclusion.DISQUALIFIED]


def _history(case: Case, actor: Actor) -> list[dict[str, Any]]:
    if actor.community_id != case.community_id:
        return []
    return [
        {
            "at": timezone.localtime(act.at),
            "sentence": str(ACTS[act.act].sentence) % {"who": act.by_name, "what": act.on_title},
            "words": act.details.get("words") or act.details.get("because") or "",
        }
        for act in acts_on(CASE, [case.pk], actor, HISTORY)
        if act.act in ACTS
    ]
