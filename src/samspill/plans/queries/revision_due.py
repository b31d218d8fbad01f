"""Plans that are to be looked over again soon: for the tasks of their keepers, and for their reminders."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from samspill.directory.public import Actor, Due
from samspill.plans.models import Plan
from samspill.plans.permissions import KEEPERS
from samspill.plans.queries.place import chain_of, plans_by_id, review_of_plan
from samspill.plans.rules.revision import is_near
from samspill.plans.wording import plan_in_words


@dataclass(frozen=True)
class ToReview:
    """A plan in force, the day by which it is to be looked over, and the revision that has begun, if any."""

    plan: Plan
    review: date
    successor: Plan | None

    @property
    def url(self) -> str:
        if self.successor:
            return reverse("plans:revision", args=[self.successor.pk])
        return reverse("plans:begin-revision", args=[self.plan.pk])


def in_force(community_id: int, actor: Actor, plans: Iterable[Plan] = ()) -> Iterator[ToReview]:
    """Every plan in force that has a review date. 1 query, none when the community's `plans` are at hand."""
    others = {plan.pk: plan for plan in plans} or plans_by_id(community_id, actor)
    for plan in others.values():
        review = review_of_plan(plan)
        chain = chain_of(plan, others)
        after = chain[: chain.index(plan)]
        if review and not any(one.is_adopted for one in after):
            yield ToReview(plan, review, after[-1] if after else None)


def review_dues(actor: Actor, plans: Iterable[Plan] = ()) -> list[Due]:
    """For keepers: the plans whose review is at most three months away, or past. Queries as `in_force`."""
    if actor.community_id is None or not actor.has_role(*KEEPERS):
        return []
    return [
        Due(
            key=f"plans.plan:{one.plan.pk}:review",
            title=title_of(one, actor.today),
            text=text_of(one),
            url=one.url,
            act_label=_("Go on with the revision") if one.successor else _("Start the revision"),
            due=one.review,
            weight=35,
        )
        for one in in_force(actor.community_id, actor, plans)
        if is_near(one.review, actor.today)
    ]


def title_of(one: ToReview, today: date) -> str:
    pattern = (
        _("«%(plan)s» should have been looked over")
        if one.review < today
        else _("«%(plan)s» is to be looked over")
    )
    return pattern % {"plan": plan_in_words(one.plan)}


def text_of(one: ToReview) -> str:
    """What is done about it; "" when nothing is yet."""
    if one.successor is None:
        return ""
    return _("The revision is under way: %(plan)s.") % {"plan": plan_in_words(one.successor)}
