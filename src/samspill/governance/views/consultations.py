"""The list of hearings, one hearing, and its answer as a document."""

from typing import Any
from urllib.parse import urlencode

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspill.directory.public import Actor, acts_on, saved_file
from samspill.documents.sheets import CSV, csv_of
from samspill.documents.writing import DOCX, PDF, Paper, to_docx, to_pdf
from samspill.governance.actions.approving_consultations import proposed_body
from samspill.governance.actions.delivering_consultations import reply_of
from samspill.governance.actions.moving_consultations import CONSULTATION
from samspill.governance.actions.papers import place_of
from samspill.governance.consultation_paper import paper_of
from samspill.governance.models import Consultation
from samspill.governance.permissions import may_act
from samspill.governance.queries.bodies import decides_above
from samspill.governance.queries.consultation_way import Way, that_decide, way_of
from samspill.governance.queries.consultations import (
    GROUPS,
    SORTS,
    Standing,
    Wanted,
    Writer,
    bodies_on,
    consultation_list,
    find_consultation,
    mine_of,
    standing_of,
)
from samspill.governance.rules.answer_parts import parts_of
from samspill.governance.states import HANDED_IN, ConsultationState
from samspill.governance.views.answer_drawn import drawn
from samspill.governance.views.ways import ways
from samspill.governance.wording_consultations import GLYPHS, message, missing, nodes, recommended
from samspill.governance.wording_follow_ups import in_words, sentence_case
from samspill.worklist.public import ACTS

S = ConsultationState
HISTORY = 40
READ_WHOLE = frozenset({S.FOR_APPROVAL, S.APPROVED, *HANDED_IN})
"""The answers stand whole on the page; before that it is a list of what is left to write."""


def _wanted(request: HttpRequest) -> Wanted:
    group, sort = request.GET.get("vis", ""), request.GET.get("sorter", "")
    return Wanted(
        group=group if group in GROUPS else "",
        text=request.GET.get("q", "").strip()[:100],
        sort=sort if sort in SORTS else "",
        down=request.GET.get("ned") == "1",
    )


@require_safe
def consultation_list_page(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    wanted = _wanted(request)
    found = consultation_list(wanted, actor)
    context = {
        "ways": ways(actor, "governance:consultation-list"),
        "wanted": wanted,
        "found": found,
        "rows": [{"one": one, "g": GLYPHS[S(one.state)]} for one in found.rows],
        "legend": _legend(found.counts, wanted),
        "columns": _columns(wanted),
        "csv": f"{reverse('governance:consultation-list-csv')}?{_query(wanted)}",
        "may_begin": may_act(actor, "consultations.manage"),
        "several": actor.community_id is None,
    }
    return render(request, "governance/consultations/list.html", context)


def _query(wanted: Wanted, **other: object) -> str:
    said = {
        "vis": wanted.group,
        "q": wanted.text,
        "sorter": wanted.sort,
        "ned": "1" if wanted.down else "",
    } | other
    return urlencode({key: value for key, value in said.items() if value})


def _legend(counts: Any, wanted: Wanted) -> list[dict[str, Any]]:
    labels = {
        "pagar": (_("being answered"), "progress"),
        "godkjenning": (_("being approved"), "progress"),
        "levert": (_("delivered"), "done"),
    }
    return [
        {
            "g": g,
            "count": counts.get(word, 0),
            "label": label,
            "href": "?" + _query(wanted, vis="" if word == wanted.group else word),
            "current": word == wanted.group,
        }
        for word, (label, g) in labels.items()
        if counts.get(word) or word == wanted.group
    ]


def _columns(wanted: Wanted) -> list[dict[str, Any]]:
    titles = {
        "horing": _("Hearing"),
        "avsender": _("Who asks"),
        "frist": _("Answer due"),
        "tilstand": _("State"),
    }
    return [
        {
            "name": name,
            "href": "?"
            + _query(wanted, sorter=word, ned="1" if wanted.sort == word and not wanted.down else ""),
            "sort": ("descending" if wanted.down else "ascending") if wanted.sort == word else "",
        }
        for word, name in titles.items()
    ]


@require_safe
def consultation_list_csv(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered and sorted."""
    found = consultation_list(_wanted(request), request.actor)  # type: ignore[attr-defined]
    head = [_("Hearing"), _("Who asks"), _("Contributions by"), _("Answer due"), _("State"), _("Questions")]
    rows = [
        [
            one.title,
            one.asked_by,
            str(one.contributions_by or ""),
            str(one.answer_by or ""),
            str(one.get_state_display()),
            one.asked,  # type: ignore[attr-defined]
        ]
        for one in found.rows
    ]
    return saved_file(csv_of([head, *rows]), CSV, _("hearings") + ".csv")


@require_safe
def consultation_page(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return draw(request, find_consultation(pk, actor))


def draw(request: HttpRequest, consultation: Consultation, error: str = "", field: str = "") -> HttpResponse:
    """The page of a hearing; with `error` the act that was refused, and why (422)."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    standing = standing_of(consultation, actor)
    is_inside = actor.community_id == consultation.community_id
    may_manage = may_act(actor, "consultations.manage", consultation)
    mine = mine_of(standing, actor) if is_inside else []
    waits = is_inside and consultation.state == S.FOR_APPROVAL
    way = way_of(consultation, actor) if waits else None
    context = {
        **frame(consultation, actor, "governance:consultation"),
        "heading": message(standing, way),
        "recommended": recommended(way),
        "nodes": nodes(consultation.state) if is_inside else [],
        "standing": standing,
        "counted": sentence_case(in_words(len(standing.questions))),
        "done_counted": in_words(standing.done),
        "is_inside": is_inside,
        "may_manage": may_manage,
        "may_look_back": is_inside and may_act(actor, "consultations.contribute", consultation),
        "mine": [one for one in mine if not may_manage][:1],
        "writes": {one.key for one in mine},
        "silent": missing(standing.silent),
        "all_done": standing.done == len(standing.questions),
        "matrix": _matrix(standing, mine, may_manage)
        if is_inside and consultation.state == S.CONTRIBUTIONS
        else [],
        "answers": _answers(standing) if S(consultation.state) in READ_WHOLE else [],
        "bodies": _bodies(consultation, way, actor) if may_manage else [],
        "is_late": bool(
            consultation.answer_by
            and consultation.answer_by < actor.today
            and consultation.state not in HANDED_IN
        ),
        "history": _history(consultation, actor),
        "error": error,
        "error_field": field,
    }
    return render(
        request, "governance/consultations/consultation.html", context, status=422 if error else 200
    )


def frame(consultation: Consultation, actor: Actor, current: str) -> dict[str, Any]:
    """What every page about a hearing has at its top."""
    state = S(consultation.state)
    manages = may_act(actor, "consultations.manage", consultation)
    contributes = may_act(actor, "consultations.contribute", consultation)
    here = [
        ("governance:consultation", _("The hearing"), True),
        ("governance:consultation-divide", _("Division"), manages and not consultation.sha256),
        ("governance:consultation-contributions", _("Contributions"), contributes and state != S.RECEIVED),
        ("governance:consultation-change", _("Change"), manages and not consultation.sha256),
    ]
    shown = [one for one in here if one[2]]
    return {
        "consultation": consultation,
        "g": GLYPHS[state],
        "state": state.label,
        "acts": [
            {"url": reverse(route, args=[consultation.pk]), "label": label, "is_here": route == current}
            for route, label, _may in shown
        ]
        if len(shown) > 1
        else [],
    }


def _matrix(standing: Standing, mine: list[Writer], may_manage: bool) -> list[dict[str, Any]]:
    """A row for each writer with a cell for each question: what was said, or an offer where nothing is."""
    address = reverse("governance:consultation-contributions", args=[standing.consultation.pk])
    own = {one.key for one in mine}
    return [
        {
            "writer": writer,
            "url": f"{address}?for={writer.key}",
            "may_write": writer.key in own,
            "may_remind": may_manage and standing.owes(writer),
            "cells": [
                {
                    "asked": one,
                    "is_said": writer.key in one.said,
                    "is_lead": bool(one.lead and one.lead.key == writer.key),
                }
                for one in standing.questions
            ],
        }
        for writer in standing.writers
    ]


def _answers(standing: Standing) -> list[dict[str, Any]]:
    return [{"asked": one, "parts": drawn(parts_of(one.answer))} for one in standing.questions]


def _bodies(consultation: Consultation, way: Way | None, actor: Actor) -> list[tuple[int, str, bool]]:
    """Bodies one may send the answer to now, the proposed one chosen."""
    if consultation.state == S.COMPILED:
        proposed, rows = proposed_body(consultation), bodies_on(consultation, actor.today)
    elif way is not None and way.last is not None and way.is_stuck:
        there = that_decide(bodies_on(consultation, actor.today), actor)
        rows = [one for one in there if one.pk != way.last.body_id]
        proposed = decides_above(way.last.body, actor.today)
    else:
        return []
    return [(one.pk, str(one), proposed is not None and one.pk == proposed.pk) for one in rows]


def _history(consultation: Consultation, actor: Actor) -> list[dict[str, Any]]:
    if actor.community_id != consultation.community_id:
        return []
    return [
        {
            "at": timezone.localtime(act.at),
            "sentence": str(ACTS[act.act].sentence) % {"who": act.by_name, "what": act.on_title},
            "words": act.details.get("words", ""),
        }
        for act in acts_on(CONSULTATION, [consultation.pk], actor, HISTORY)
        if act.act in ACTS
    ]


@require_safe
def answer_docx(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What was delivered, byte for byte; before that the answer as it stands, marked as a draft."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_consultation(pk, actor)
    name = f"{slugify(found.title) or 'svar'}.docx"
    if found.sha256:
        file = default_storage.open(place_of(found.sha256))
        return FileResponse(file, as_attachment=True, filename=name, content_type=DOCX)
    return saved_file(to_docx(_paper(found, actor)), DOCX, name)


@require_safe
def answer_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as PDF/UA."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_consultation(pk, actor)
    return saved_file(to_pdf(_paper(found, actor)), PDF, f"{slugify(found.title) or 'svar'}.pdf")


def _paper(found: Consultation, actor: Actor) -> Paper:
    if actor.community_id != found.community_id and found.state != S.PUBLISHED:
        raise Http404
    return paper_of(reply_of(standing_of(found, actor), actor.today), made_at=timezone.now())
