"""An application: begun, written, read, and sent."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samspill.directory.public import Actor, Party, PartyKind
from samspill.plans.actions.funds.applications import (
    FIELDS,
    WrittenMeanwhile,
    begin,
    check_may_write,
    save,
)
from samspill.plans.forms_funds import ApplicationForm, BeginForm, patient_groups
from samspill.plans.fund_wording import balance_in_words, glyph, state_sentence
from samspill.plans.models import Application, Call, FormalCheck
from samspill.plans.queries.funds.applications import (
    as_lines,
    community_parties,
    find_application,
    is_conflicted,
    lines_of,
    shares_of,
    standing,
    years_of,
)
from samspill.plans.queries.funds.calls import find_call
from samspill.plans.rules.funds.access import is_manager
from samspill.plans.rules.funds.amounts import figures, kroner
from samspill.plans.rules.funds.budget import Line, balances, total
from samspill.plans.states import BudgetSource
from samspill.plans.views.funds.acting import put_on
from samspill.plans.views.funds.sheet import Sheet, stored_sheet, typed_sheet
from samspill.refusal import Refused, reason


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin_application(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    call = find_call(pk, actor)
    parties = {
        str(one.pk): one
        for one in community_parties(call.community_id)
        if one.pk in actor.party_ids or is_manager(actor, call.community_id)
    }
    data = request.POST if request.method == "POST" else None
    choices = [(key, one.name) for key, one in parties.items()]
    form = BeginForm(data, parties=choices, initial=_first_period(call))
    if data is not None and form.is_valid():
        try:
            typed = {**form.cleaned_data, "applicant": parties[form.cleaned_data["applicant"]]}
            made = begin(call, by=actor, **typed)
        except Refused as refused:
            if refused.forbidden:
                raise
            put_on(form, refused)
        else:
            return HttpResponseRedirect(reverse("plans:fund-application", args=[made.pk]), status=303)
    context = {"form": form, "call": call}
    return render(request, "plans/funds/begin.html", context, status=422 if data is not None else 200)


def _first_period(call: Call) -> dict[str, date]:
    """A year, from the first month after the answer."""
    answer = call.decides_by
    starts = date(answer.year + answer.month // 12, answer.month % 12 + 1, 1)
    return {"starts": starts, "ends": date(starts.year + 1, starts.month, 1) - timedelta(days=1)}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor for those who may write it, the reading page for others."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_application(pk, actor)
    if request.method == "POST":
        return _save(request, found)
    if reason(check_may_write, found, actor):
        return reading_page(request, found)
    years, parties = _years(found), _payers(found, request)
    sheet = stored_sheet(lines_of(found), years, parties)
    return _editor(request, found, _form(found), sheet)


def _save(request: HttpRequest, found: Application) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    check_may_write(found, actor)
    form = _form(found, request.POST)
    sheet = typed_sheet(request.POST, _years(found), _payers(found, request))
    if not form.is_valid() or sheet.error:
        return _editor(request, found, form, sheet, status=422)
    try:
        save(
            found, values=form.cleaned_data, lines=sheet.lines, by=actor,
            version=_number(request.POST.get("version", "")),
        )  # fmt: skip
    except WrittenMeanwhile as meanwhile:
        return _editor(request, found, form, sheet, meanwhile=meanwhile, status=422)
    except Refused as refused:
        if refused.forbidden:
            raise
        return _editor(request, found, put_on(form, refused), sheet, status=422)
    here = reverse("plans:fund-application", args=[found.pk])
    if request.POST.get("next") == "consent":
        return HttpResponseRedirect(reverse("plans:fund-consents", args=[found.pk]), status=303)
    if not request.headers.get("HX-Request"):
        messages.success(request, _("Saved."))
    more = request.POST.get("add_party", "")
    query = f"?part={more}" if more.isdecimal() else ""
    return HttpResponseRedirect(here + query, status=303)


def _form(found: Application, data: Any = None) -> ApplicationForm:
    initial = {name: getattr(found, name) for name in FIELDS}
    form = ApplicationForm(data, initial=initial, language=get_language() or "nb")
    form.use_required_attribute = False
    form.full_clean()
    return form


def _years(found: Application) -> list[int]:
    return years_of(found, lines_of(found))


def _payers(found: Application, request: HttpRequest) -> list[Party]:
    """Both sides to begin with, those who pay or are asked, and those just added to the sheet."""
    asked = {one.party_id for one in standing(found)}
    wanted = {found.applicant_id, *shares_of(found), *asked}
    typed = {name[1:].partition("-")[0] for name in request.POST if name.startswith("p")}
    added = {*typed, request.GET.get("part", ""), request.POST.get("add_party", "")}
    wanted |= {int(one) for one in added if one.isdecimal() and len(one) < 18}
    parties = community_parties(found.community_id)
    return [one for one in parties if one.pk in wanted or one.kind == PartyKind.HEALTH_TRUST]


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def _editor(
    request: HttpRequest,
    found: Application,
    form: forms.Form,
    sheet: Sheet,
    *,
    meanwhile: WrittenMeanwhile | None = None,
    status: int = 200,
) -> HttpResponse:
    """What was typed stays typed. A page saved by itself keeps the version it was read with, so that the two
    texts are only joined by somebody who has seen both."""
    is_by_itself = bool(request.headers.get("HX-Request"))
    version = (
        meanwhile.version if meanwhile and not is_by_itself else _number(request.POST.get("version", ""))
    )
    for name, field in form.fields.items():
        field.required = name != "contact_email"  # a draft may wait with them; what is sent may not
    shown = {one.party_id for one in sheet.payers}
    context = {
        "application": found,
        "call": found.call,
        "form": form,
        "sheet": sheet,
        "balances": [(one, balance_in_words(one)) for one in sheet.balances],
        "grant": kroner(total(sheet.lines, BudgetSource.GRANT)),
        "version": version or found.version,
        "others": [one for one in community_parties(found.community_id) if one.pk not in shown],
        "meanwhile": meanwhile,
        "theirs": _theirs(meanwhile, form) if meanwhile else [],
        "last_check": FormalCheck.objects.filter(application=found).order_by("-pk").first(),
        "state_sentence": state_sentence(found, request.actor.today),  # type: ignore[attr-defined]
    }
    return render(request, "plans/funds/edit.html", context, status=status)


def _theirs(meanwhile: WrittenMeanwhile, form: forms.Form) -> list[tuple[object, str]]:
    """What stands now, by label, where it differs from what was typed."""
    groups = dict(patient_groups(get_language() or "nb"))
    told: list[tuple[object, str]] = []
    for name, value in meanwhile.theirs.items():
        text = (
            ", ".join(groups.get(one) or one for one in value)
            if isinstance(value, list)
            else str(value or "–")
        )
        told.append((form.fields[name].label, text))
    if meanwhile.lines:
        text = " ".join(balance_in_words(one) for one in balances(meanwhile.lines, []))
        told.append((_("Budget"), text))
    return told


def reading_page(request: HttpRequest, found: Application, *, error: str = "") -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return render(
        request, "plans/funds/application.html", {**read_context(found, actor), "error": error},
        status=422 if error else 200,
    )  # fmt: skip


def read_context(found: Application, actor: Actor) -> dict[str, Any]:
    """What the reading of an application needs, here and beside a score sheet."""
    lines = lines_of(found)
    plain = as_lines(lines)
    groups = dict(patient_groups(get_language() or "nb"))
    return {
        "application": found,
        "call": found.call,
        "glyph": glyph(found.state),
        "state_sentence": state_sentence(found, actor.today),
        "groups": [groups.get(one, one) for one in found.patient_groups],
        "asked": kroner(total(plain, BudgetSource.GRANT)),
        "budget": _read_budget(lines, years_of(found, lines)),
        "endorsements": [(one, kroner(one.total)) for one in standing(found)],
        "checks": list(FormalCheck.objects.filter(application=found)),
        "manages": is_manager(actor, found.community_id),
        "conflicted": is_conflicted(found, actor),
    }


def _read_budget(lines: list[Any], years: list[int]) -> dict[str, Any]:
    """The budget as a table: rows of (name, (year, amount) per year, sum), costs and payers apart."""

    def rows(sources: set[str]) -> list[tuple[str, list[tuple[int, str]], str]]:
        names: dict[str, list[Line]] = {}
        for one in lines:
            if one.source in sources:
                name = one.party.name if one.party else one.label or str(BudgetSource(one.source).label)
                names.setdefault(name or "", []).append(Line(one.year, one.source, one.nok))
        return [
            (
                name,
                [(year, figures(sum(line.nok for line in here if line.year == year))) for year in years],
                figures(sum(line.nok for line in here)),
            )
            for name, here in names.items()
        ]

    costs = sum(one.nok for one in lines if one.source == BudgetSource.COST)
    return {
        "years": [str(year) for year in years],
        "costs": rows({BudgetSource.COST}),
        "payers": rows({BudgetSource.GRANT, BudgetSource.PARTY, BudgetSource.OTHER}),
        "total": figures(costs),
    }
