"""Signals as they are read: what changed, against what, and who follows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy

from samspill.insight.area_names import name_of
from samspill.insight.models import IndicatorSignal
from samspill.insight.states.indicator_signals import SignalKind, SignalRule
from samspill.insight.wording.effects import number

_WHY = {
    SignalRule.OUTSIDE: gettext_lazy(
        "%(value)s %(unit)s in %(period)s. By itself it moves between %(low)s and %(high)s."
    ),
    SignalRule.SHIFT: gettext_lazy(
        "%(value)s %(unit)s in %(period)s: the seventh in a row on the same side of %(centre)s."
    ),
    SignalRule.FUNNEL: gettext_lazy(
        "%(value)s %(unit)s in %(period)s. For one of that size, chance explains %(low)s to %(high)s."
    ),
}
GLYPHS = {SignalKind.CONCERN: "late", SignalKind.IMPROVEMENT: "done"}


@dataclass(frozen=True)
class ShownSignal:
    signal: IndicatorSignal
    where: str
    why: str
    glyph: str
    url: str
    follower: str


def show_signals(found: Sequence[IndicatorSignal], followers: Mapping[int, str]) -> list[ShownSignal]:
    return [
        ShownSignal(
            one,
            name_of(one.area),
            why_in_words(one),
            GLYPHS.get(SignalKind(one.kind), "progress"),
            reverse("insight:indicator", args=[one.indicator.code]),
            followers.get(one.indicator_id, ""),
        )
        for one in found
    ]


def why_in_words(one: IndicatorSignal) -> str:
    return _WHY[SignalRule(one.rule)] % {
        "value": number(one.value),
        "unit": one.indicator.unit(),
        "period": one.when,
        "low": number(max(one.lower, 0.0)),
        "high": number(one.upper),
        "centre": number(one.centre),
    }
