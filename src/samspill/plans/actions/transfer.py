"""«Take in use here»: a measure of others becomes one's own, and those who wrote it are told."""

from dataclasses import replace
from datetime import timedelta

from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import (
    Account,
    Actor,
    Community,
    Membership,
    acts_on,
    in_force_on,
    record,
    scope,
)
from samspill.plans.actions.measures_without_document import Origin, add_measure, take_away
from samspill.plans.models import FocusArea, Measure, MeasureAdoption, Plan
from samspill.plans.permissions import KEEPERS, check_may_act
from samspill.plans.rules.dates import short_day
from samspill.plans.states import MeasureState
from samspill.refusal import Refused
from samspill.worklist.public import Words, notify

TAKEN, GIVEN_BACK, DROPPED = "measure.take_up", "measure.give_back", "measure.drop"
RULE = "transfer"
LONGEST = 500
TITLE_FITS = 70
# Notices are made on mornings; one that was missed is made up for in this time.
TOLD_WITHIN = timedelta(days=14)


def take_up(
    source: Measure, *, plan: Plan, area: FocusArea | None, by: Actor, text: str = "", because: str = ""
) -> tuple[MeasureAdoption, bool]:
    """Make a proposed measure in an own plan of `source`, a visible measure of others; its plan is fetched.

    `text` is what it shall say here, the source's words when left out; `because` why, and what is done
    otherwise. Owner and deadline are left as holes. Returns (adoption, whether it is new): what has been
    taken up before is not taken up twice. Refuses one's own measure, another's plan, an area not of the plan.
    """
    check_may_act(by, "plans.transfer", plan)
    check_is_of_others(source, by)
    with transaction.atomic():
        plan = Plan.objects.select_for_update().get(pk=plan.pk)
        there = MeasureAdoption.objects.filter(
            community_id=plan.community_id, source=source, dropped_at__isnull=True
        ).first()
        if there is not None:
            return there, False
        check_area(area, plan)
        measure = add_measure(
            plan=plan,
            area=area,
            title=source.title if not text.strip() or text.strip() == source.text else "",
            text=text.strip() or source.text,
            origin=_origin(source, plan, by),
            by=by,
        )
        adoption = MeasureAdoption.objects.create(
            community_id=plan.community_id,
            plan=plan,
            measure=measure,
            source=source,
            source_community_id=source.community_id,
            title=source.title,
            text=source.text,
            because=because.strip()[:LONGEST],
            by_id=by.account_id,
            by_name=by.name,
        )
        record(by=by, act=TAKEN, on=measure, source=source.pk, source_community=source.community_id)
        _tell_the_owner(adoption, "measure.taken_up", by)
    return adoption, True


def undo_take_up(adoption: MeasureAdoption, *, by: Actor) -> None:
    """As if it had not been taken up. Refuses when somebody has worked on the measure since."""
    measure = adoption.measure
    check_may_act(by, "plans.transfer", measure)
    begun = Refused(
        "transfer.begun",
        gettext_lazy(
            "Somebody has worked on the measure since, so it was not undone. Say why you give it up instead."
        ),
    )
    if any(event.act != TAKEN for event in acts_on("plans.measure", [measure.pk], by)):
        raise begun
    try:
        with transaction.atomic():
            record(by=by, act=GIVEN_BACK, on=measure, source=adoption.source_id)
            _tell_the_owner(adoption, "measure.given_back", by)
            adoption.delete()
            take_away(measure)
    except ProtectedError as refused:
        raise begun from refused


def drop(adoption: MeasureAdoption, *, because: str, by: Actor) -> MeasureAdoption:
    """Give the measure up, for a reason that those who wrote it can read. It is ended, not removed."""
    check_may_act(by, "plans.transfer", adoption.measure)
    because = because.strip()[:LONGEST]
    if not because:
        raise Refused(
            "transfer.why",
            _("Write why you give it up. Others learn from it, and those it came from can read it."),
            field="because",
        )
    if adoption.is_dropped:
        return adoption
    with transaction.atomic():
        adoption.dropped_because, adoption.dropped_at = because, timezone.now()
        adoption.dropped_by_id = by.account_id
        adoption.save(update_fields=["dropped_because", "dropped_at", "dropped_by"])
        measure = adoption.measure
        measure.state = MeasureState.ENDED
        measure.save(update_fields=["state"])
        record(by=by, act=DROPPED, on=measure, because=because, source=adoption.source_id)
        _tell_the_owner(adoption, "measure.dropped_elsewhere", by)
    return adoption


def check_is_of_others(source: Measure, by: Actor) -> None:
    if source.community_id == by.community_id:
        raise Refused(
            "transfer.own",
            _("This measure is your own. Choose one from the plan of another helsefellesskap."),
        )


def check_area(area: FocusArea | None, plan: Plan) -> None:
    """A plan with areas keeps its measures in them: without one it cannot be adopted (invariant 25)."""
    if area is None and not FocusArea.objects.filter(plan=plan).exists():
        return
    if area is None or area.plan_id != plan.pk:
        raise Refused(
            "transfer.area",
            _("Choose the focus area of your plan that the measure belongs to."),
            field="place",
        )


def _origin(source: Measure, plan: Plan, by: Actor) -> Origin:
    """What is kept of the source, in the own plan's målform."""
    there = source.plan
    with translation.override(plan.language):
        name = _("Taken from %(community)s") % {"community": there.community.name}
        before = [
            name,
            f"{there.title}: {source.document.file_name}, " + _("line %(line)s") % {"line": source.line},
            _("Taken %(day)s into «%(plan)s»") % {"day": short_day(by.today), "plan": plan.title},
            f"plans.measure:{source.pk} → plans.plan:{plan.pk}",
        ]
    words = f"{source.title}\n{source.text}" if source.title else source.text
    return Origin(f"{name}.txt", before, words.splitlines(), RULE)


def _tell_the_owner(adoption: MeasureAdoption, act: str, by: Actor) -> None:
    """Write in the log of the source's community what was done to its measure, so that it is news there.

    The one who acted acts there with no right but this: the log wants the same person in both communities.
    """
    home = Community.objects.get(pk=adoption.community_id)
    there = replace(
        by,
        community_id=adoption.source_community_id,
        name=f"{by.name} ({home.name})",
        roles=frozenset(),
        party_ids=frozenset(),
        body_ids=frozenset(),
    )
    with scope(there):
        record(
            by=there, act=act, on=Measure(pk=adoption.source_id), title=str(adoption), by_community=home.pk
        )


def tell_of_adoptions(*, by: Actor) -> int:
    """Put in the outbox of the keepers what others have taken up or dropped; returns how many are new.

    `by` is Samspill in the community whose measures they are, on a morning: what was undone the same day is
    told to nobody. All of it is one mail, as every mail is.
    """
    assert by.community_id is not None  # noqa: S101  a machine works in a community
    since = timezone.now() - TOLD_WITHIN
    adoptions = MeasureAdoption.objects.visible_to(by).filter(source_community_id=by.community_id)
    recent = adoptions.filter(at__gte=since) | adoptions.filter(dropped_at__gte=since)
    found = list(recent.select_related("community").order_by("pk"))
    sources = Measure.objects.visible_to(by).in_bulk([one.source_id for one in found])
    keepers = _keepers(by) if found else []
    return sum(
        notify(
            to=keepers,
            key=f"plans.{'dropped' if one.is_dropped else 'adopted'}:{one.pk}",
            words=lambda one=one: _words(one),  # type: ignore[misc]
            by=by,
            path=reverse("plans:measure", args=[sources[one.source_id].plan_id, one.source_id]),
        )
        for one in found
        if one.source_id in sources
    )


def _words(adoption: MeasureAdoption) -> Words:
    measure = Truncator(str(adoption)).chars(TITLE_FITS)
    home = adoption.community.name
    if adoption.is_dropped:
        title = _("%(community)s has given up «%(measure)s», which they took from you")
        return Words(title % {"community": home, "measure": measure}, f"«{adoption.dropped_because}»")
    title = _("%(community)s has taken your measure «%(measure)s» in use")
    return Words(title % {"community": home, "measure": measure}, adoption.because)


def _keepers(by: Actor) -> list[Account]:
    """Those who keep the plans of the community that the transaction is in."""
    held = Membership.objects.filter(in_force_on(by.today), role__in=sorted(KEEPERS)).filter(
        community_id=by.community_id or 0
    )
    return list(Account.objects.filter(pk__in=held.values("account"), is_active=True).order_by("pk"))
