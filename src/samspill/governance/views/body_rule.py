"""How a body is put together: the rule with its lines, changed from a day on."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samspill.directory.public import Actor, Bloc, Body, Organisation, Party, Region, alphabetical, parties_of
from samspill.governance.actions.representation import RuleWords, SeatLine, set_rule
from samspill.governance.forms_bodies import LineSet, RuleForm
from samspill.governance.models import RepresentationRule, Seat, SeatRule
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.body_page import find_body
from samspill.governance.rules.seating import RIGHTS
from samspill.governance.states import Represents
from samspill.governance.views.body_forms import attempt, to_body

EMPTY_LINES = 3


@login_required
@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest rule as it is, to be changed from a day on."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_body(pk, actor)
    check_may_act(actor, "bodies.manage", found)
    newest = RepresentationRule.objects.filter(body=found).order_by("-from_day").first()
    whom = _whom(found, actor)
    form = RuleForm(request.POST or None, initial=_rule_now(newest, actor, found))
    lines = LineSet(
        request.POST or None,
        prefix="linje",
        initial=_lines_now(newest) + [{}] * EMPTY_LINES,
        form_kwargs={"whom": whom},
    )
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        wanted = [_line(one.cleaned_data) for one in lines.forms if one.is_wanted]
        words = RuleWords(**form.cleaned_data, lines=wanted)
        if attempt(form, lambda: set_rule(found, words, by=actor)):
            messages.success(request, _("The seats are as you said."))
            return to_body(pk)
    is_wrong = bool(form.errors or lines.total_error_count())
    context = {"form": form, "lines": lines, "body": found, "newest": newest}
    return render(request, "governance/bodies/rule.html", context, status=422 if is_wrong else 200)


def _whom(body: Body, actor: Actor) -> list[tuple[str, Any]]:
    """Whose voice a line can be, in groups: each of many, the sides, one party, one region, organisations."""
    regions = sorted(
        Region.objects.filter(community_id=body.community_id), key=lambda one: alphabetical(one.name)
    )
    parties = sorted(parties_of(body.community, actor.today), key=lambda one: alphabetical(str(one)))
    kinds = sorted({one.kind for one in regions})
    groups: list[tuple[str, list[tuple[str, Any]]]] = [
        (
            _("One for each"),
            [
                ("each_municipality:", Represents.EACH_MUNICIPALITY.label),
                *((f"each_region:{kind}", kind) for kind in kinds),
            ],
        ),
        (_("One side as a whole"), [(f"bloc:{one.value}", one.label) for one in Bloc]),
        (_("One party"), [(f"party:{one.pk}", str(one)) for one in parties]),
        (_("One region"), [(f"region:{one.pk}", one.name) for one in regions]),
        (
            _("An organisation"),
            [(f"organisation:{one.pk}", one.name) for one in Organisation.objects.order_by("name")],
        ),
    ]
    return [(name, choices) for name, choices in groups if choices]


def _rule_now(newest: RepresentationRule | None, actor: Actor, body: Body) -> dict[str, Any]:
    if newest is None:
        return {"from_day": max(actor.today, body.starts or actor.today)}
    names = [name for name in RuleWords.__dataclass_fields__ if name not in {"lines", "from_day"}]
    return {name: getattr(newest, name) for name in names} | {"from_day": max(actor.today, newest.from_day)}


def _lines_now(newest: RepresentationRule | None) -> list[dict[str, Any]]:
    if newest is None:
        return []
    lines = SeatRule.objects.filter(rule=newest).order_by("order", "pk")
    labels = dict(Seat.objects.filter(seat_rule__rule=newest).values_list("seat_rule_id", "label"))
    kept = ("seats", "appointed_by", "is_user_seat", *RIGHTS)
    return [
        {name: getattr(one, name) for name in kept} | {"whom": _key(one), "label": labels.get(one.pk, "")}
        for one in lines
    ]


def _key(line: SeatRule) -> str:
    value = {
        Represents.PARTY: line.party_id,
        Represents.REGION: line.region_id,
        Represents.EACH_REGION: line.region_kind,
        Represents.BLOC: line.bloc,
        Represents.ORGANISATION: line.organisation_id,
    }.get(Represents(line.represents), "")
    is_nameless = line.represents == Represents.ORGANISATION and not value
    return "" if is_nameless else f"{line.represents}:{value or ''}"


def _line(typed: dict[str, Any]) -> SeatLine:
    """What was typed as a line; without a choice in the list its seats are an organisation's, by name."""
    kind, _colon, value = typed["whom"].partition(":")
    known: dict[str, Any] = {}
    if kind == Represents.PARTY:
        known = {"party": Party.objects.get(pk=int(value))}
    elif kind == Represents.REGION:
        known = {"region": Region.objects.get(pk=int(value))}
    elif kind == Represents.EACH_REGION:
        known = {"region_kind": value}
    elif kind == Represents.BLOC:
        known = {"bloc": value}
    elif kind == Represents.ORGANISATION:
        known = {"organisation": Organisation.objects.get(pk=int(value))}
    same = {name: typed[name] for name in ("seats", "label", "appointed_by", "is_user_seat", *RIGHTS)}
    return SeatLine(represents=kind or Represents.ORGANISATION, **known, **same)
