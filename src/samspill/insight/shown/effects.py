"""What pages show of expectations: the box on a measure, and what was done with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, AuditEvent, Brief, Ref, led_to
from samspill.insight.actions.expecting import ACT, MEASURE, MEASURED_BY, own
from samspill.insight.area_names import community_at
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
    """The box on a measure: «Skal flytte …», for those who work in its helsefellesskap. 2 queries."""
    if ref.kind != MEASURE or actor.community is None:
        return None
    set_already = {one.indicator_id: one for one in expectations_about(ref, actor)}
    linked = led_to(ref, MEASURED_BY, actor)
    is_wanted = Q(pk__in=linked) | Q(pk__in=list(set_already))
    wanted = Indicator.objects.filter(is_wanted, is_in_use=True).annotate(is_own=Exists(own(ref, actor)))
    may_act = not reason(check_may_act, actor, ACT)
    rows = [one for one in wanted if one.pk in set_already or (may_act and one.is_own)]
    if not rows:
        return None
    shown = [_shown(one, set_already.get(one.pk), ref, actor) for one in rows]
    return Brief("insight/effects/on_measure.html", {"rows": shown, "may": may_act and rows[0].is_own})


def _shown(indicator: Indicator, one: Expectation | None, ref: Ref, actor: Actor) -> ShownExpectation:
    address = [ref.id, indicator.code]
    form = None
    if one is None and actor.community is not None:
        home = community_at(actor.community.slug)
        form = ExpectationForm(
            initial=filled(None, home, actor.today.year),
            home=home,
            whole=actor.community.full_name,
            auto_id=f"{indicator.code}_%s",
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
