"""Join a kept answer to the cases and measures that rest on it: pulled from either end."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspill.directory.public import Actor, Found, LinkKind, Ref, join, joined, part, search
from samspill.insight.models import Calculation
from samspill.insight.models.calculations import CALCULATION
from samspill.insight.permissions import check_may_act
from samspill.refusal import Refused

# Things of siblings, known by name alone: whoever has them registers them.
USERS = ("governance.case", "plans.measure")
USED_BY = "rests_on"
RESTS_ON = LinkKind(
    USED_BY,
    pgettext_lazy("link", "Rests on the figures"),
    pgettext_lazy("link", "Used in"),
    frozenset(USERS),
    frozenset({CALCULATION}),
)
SHOWN = 6  # hits of each kind


def found_for(words: str, actor: Actor) -> list[Found]:
    """Cases and measures of the actor's own community that have the words."""
    if not words or actor.community is None:
        return []
    here = actor.community.name
    hits = (search(words, actor, kind=kind).hits for kind in USERS)
    return [one for found in hits for one in [hit for hit in found if hit.community == here][:SHOWN]]


def use_in(calculation: Calculation, thing: str, *, by: Actor) -> int:
    """Join `thing` ("plans.measure:12") to the answer it rests on; the number of the link. Twice is once."""
    check_may_act(by, "insight.link", calculation)
    kind, _colon, number = thing.partition(":")
    if kind not in USERS or not number.isdecimal() or len(number) > 17:
        raise Refused("calculation.link", _("Choose the case or the measure that rests on the answer."))
    return join(USED_BY, Ref(kind, int(number)), Ref(CALCULATION, calculation.pk), by=by).pk


def stop_using(calculation: Calculation, link: int, *, by: Actor) -> None:
    """Take the link away. Nothing happens when it is none of the calculation's."""
    check_may_act(by, "insight.link", calculation)
    ref = Ref(CALCULATION, calculation.pk)
    if any(one.link_id == link and one.kind == USED_BY for one in joined([ref], by)[ref]):
        part(link, by=by)
