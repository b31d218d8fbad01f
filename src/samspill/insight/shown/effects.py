"""What pages show of expectations: the box on a measure, and what was done with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, AuditEvent, Brief, Community, Ref, joined, resolve
from samspill.insight.actions.expecting import ACT, MEASURE, MEASURED_BY, check_own
from samspill.insight.forms.expectations import ExpectationForm, filled
from samspill.insight.models import Expectation, Indicator
from samspill.insight.permissions import check_may_act
from samspill.insight.queries.expectations import expectations_about
from samspill.insight.wording.effects import goal_in_words
from samspill.refusal import reason

_SAID = {
    "expectation.set": _("Said what is expected"),
    "expectation.taken_away": _("Took the expectation away"),
    "expectation.undone": _("Undid the last change"),
}


@dataclass(frozen=True)
class ShownExpectation:
    """An indicator a measure is measured by: with what is expected in words, or a form to say it."""

    indicator: Indicator
    goal: str
    url: str
    change: str
    form: ExpectationForm | None


def about_a_measure(ref: Ref, actor: Actor) -> Brief | None:
    """The box on a measure: «Skal flytte …», for those who work in its helsefellesskap. 4 queries."""
    if ref.kind != MEASURE or actor.community_id is None:
        return None
    set_already = {one.indicator_id: one for one in expectations_about(ref, actor)}
    linked = [link.other.id for link in joined([ref], actor)[ref] if link.kind == MEASURED_BY]
    wanted = Indicator.objects.filter(pk__in={*linked, *set_already}, is_in_use=True)
    rows = [one for one in wanted if one.pk in set_already or _may(ref, actor)]
    if not rows:
        return None
    home = Community.objects.get(pk=actor.community_id)
    there = resolve([ref], actor).get(ref)
    shown = [_shown(one, set_already.get(one.pk), ref, home, actor) for one in rows]
    context = {"rows": shown, "here": there.url if there else "", "may": _may(ref, actor)}
    return Brief("insight/effects/on_measure.html", context)


def _may(ref: Ref, actor: Actor) -> bool:
    return not (reason(check_may_act, actor, ACT) or reason(check_own, ref, actor))


def _shown(
    indicator: Indicator, one: Expectation | None, ref: Ref, home: Community, actor: Actor
) -> ShownExpectation:
    address = [ref.id, indicator.code]
    form = None
    if one is None:
        initial = filled(None, home.code, actor.today.year)
        form = ExpectationForm(
            initial=initial, home=home.code, whole=home.full_name, auto_id=f"{indicator.code}_%s"
        )
    return ShownExpectation(
        indicator,
        goal_in_words(one) if one else "",
        reverse("insight:what-happened", args=address),
        reverse("insight:expect", args=address),
        form,
    )


def acts_on_expectation(measure: int, indicator: Indicator, actor: Actor) -> Sequence[dict[str, Any]]:
    """What was done with it, the newest first, in words."""
    events: QuerySet[AuditEvent] = AuditEvent.objects.visible_to(actor).filter(
        act__in=_SAID, details__about=measure, details__indicator=indicator.pk
    )
    return [
        {"text": _SAID[one.act], "by": one.by_name, "at": one.at, "goal": _goal(one, indicator)}
        for one in events.order_by("-at", "-pk")
    ]


def _goal(event: AuditEvent, indicator: Indicator) -> str:
    after = event.details["after"]
    if after is None:
        return ""
    said = {name: after[name] for name in ("goal", "goal_is", "by_year")}
    return goal_in_words(Expectation(indicator=indicator, **said))
