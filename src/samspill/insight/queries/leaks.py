"""Runs that stand and give a hidden number away: a task for those who may withdraw them."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from samspill.directory.public import Actor, Due, FactSource, FoundFacts, Wanted
from samspill.insight.models import IndicatorRun
from samspill.insight.permissions.runs import MAY

LEAKING = {"withdrawn_at__isnull": True, "audit__tried__standing_ok": False}


def leaking_runs() -> list[int]:
    """Numbers of runs that stand and give something away, as the last audit found."""
    return list(IndicatorRun.objects.filter(**LEAKING).order_by("pk").values_list("pk", flat=True))


def _wants(actor: Actor) -> dict[str, Wanted]:
    if not actor.is_known or not actor.has_role(*MAY["runs.withdraw"]):
        return {}
    return {"leaking": Wanted(IndicatorRun.objects.filter(**LEAKING), {"made": "made_at"})}


def _tells(found: FoundFacts, actor: Actor) -> Iterator[Due]:
    for one in found.get("leaking", ()):
        yield Due(
            key=f"insight.run:{one.pk}:leak",
            title=_("Published figures give hidden numbers away"),
            text=_("The audit of run %(run)s found numbers that can be computed back.") % {"run": one.pk},
            url=reverse("insight:run", args=[one.pk]),
            act_label=_("See what, and withdraw it"),
            due=actor.today,
            weight=1,
        )


leak_dues = FactSource(_wants, _tells)
