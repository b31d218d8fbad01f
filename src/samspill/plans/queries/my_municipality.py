"""Min kommune: everything in the plans that binds one party, what is late first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.directory.public import Actor, Community, Due, Party, RoleCode
from samspill.plans.models import Plan
from samspill.plans.permissions import KEEPERS
from samspill.plans.queries.at_once import AtOnce, rows_at_once
from samspill.plans.queries.carrying import Carried, Standing, carried_at_once, carried_out, parties_in
from samspill.plans.states import SETTLED, Answers, ShownCarrying
from samspill.plans.wording import measures_in_words

_ORDER = list(ShownCarrying)


@dataclass(frozen=True)
class Bound:
    """A measure that binds the party. It `answers` when it is the accountable, `helps` when it is named."""

    carried: Carried
    standing: Standing
    answers: bool
    helps: bool

    @property
    def is_settled(self) -> bool:
        return self.standing.state in SETTLED


def bound(party: Party, actor: Actor, *, only_open: bool = False) -> list[Bound]:
    """What binds `party` in the plans of its community, what asks for most first. 6 queries.

    `only_open` leaves out plans that are not open to everybody, whoever looks.
    """
    plans = Plan.objects.visible_to(actor).filter(Plan.in_use(), community_id=party.community_id)
    chosen = list(plans.filter(is_published=True) if only_open else plans)
    if not chosen:
        return []
    of_plan = {plan.pk: plan for plan in chosen}
    found = []
    for one in carried_out(chosen, actor, [party]):
        one.measure.plan = of_plan[one.measure.plan_id]
        if standing := one.standings.get(party.pk):
            found.append(_bound(one, standing, party))
    return sorted(found, key=_urgency)


def _urgency(one: Bound) -> tuple:
    measure = one.carried.measure
    return (
        _ORDER.index(one.standing.shown),
        measure.deadline or date.max,
        measure.plan_id,
        measure.order,
    )


def _bound(one: Carried, standing: Standing, party: Party) -> Bound:
    here = [who for who in one.row.responsibles if who.party_id == party.pk]
    return Bound(
        one,
        standing,
        answers=any(who.role == Answers.ACCOUNTABLE for who in here),
        helps=any(who.role == Answers.HELPER for who in here),
    )


def party_of(actor: Actor, wanted: int | None) -> Party | None:
    """The party whose page it is: the actor's own, or for keepers any of the community. None: choose one."""
    register = choices_of(actor)
    if wanted is not None:
        found = next((one for one in register if one.pk == wanted), None)
        if found is None:
            raise Http404
        return found
    own = [one for one in register if one.pk in actor.party_ids]
    return own[0] if own else (register[0] if len(register) == 1 else None)


def choices_of(actor: Actor) -> list[Party]:
    """Whose page the actor may open: every party for keepers, else the actor's own. 2 queries."""
    if actor.community_id is None:
        return []
    register = parties_in(Community.objects.get(pk=actor.community_id), actor.today)
    if actor.has_role(*KEEPERS):
        return register
    return [one for one in register if one.pk in actor.party_ids]


def find_open_party(code: str) -> Party:
    """A party by what it is called in public registers: the municipality's number, or its orgnr."""
    known = Q(municipality_code=code) | Q(orgnr=code)
    party = Party.objects.filter(known, left__isnull=True).select_related("community").first()
    if party is None or not code:
        raise Http404
    return party


def code_of(party: Party) -> str:
    """What the party's open address calls it; "" for one without a number in any register."""
    return party.municipality_code or party.orgnr


def asked_for(actor: Actor) -> frozenset[int]:
    """The parties a director tells for; nobody else is asked for a whole party."""
    return actor.party_ids if actor.has_role(RoleCode.DIRECTOR) else frozenset()


def dues(actor: Actor) -> list[Due]:
    """«Tre tiltak venter på status hos oss», per party of a director. 3 queries or fewer."""
    asked = asked_for(actor)
    if actor.community_id is None or not asked:
        return []
    plans = Plan.objects.visible_to(actor).filter(Plan.in_use(), community_id=actor.community_id)
    found = rows_at_once(list(plans), actor, asked)
    return dues_of_parties(
        Party.objects.visible_to(actor).filter(pk__in=asked).order_by("name"), actor, found
    )


def dues_of_parties(parties: Iterable[Party], actor: Actor, found: Sequence[AtOnce]) -> list[Due]:
    """The same of the measures of the community, with what was told for `asked_for`. No query."""
    return [due for party in parties for due in _dues_of(party, actor, found)]


def _dues_of(party: Party, actor: Actor, found: Sequence[AtOnce]) -> list[Due]:
    standings = (one.standings.get(party.pk) for one in carried_at_once(found, [party], actor.today))
    waiting = sum(1 for one in standings if one and one.waits)
    if not waiting:
        return []
    title = ngettext(
        "%(measures)s waits for word from %(party)s",
        "%(measures)s wait for word from %(party)s",
        waiting,
    )
    return [
        Due(
            key=f"directory.party:{party.pk}:implementation",
            title=capfirst(title % {"measures": measures_in_words(waiting), "party": party}),
            text=_("Say how far you have come. One press for each."),
            url=reverse("plans:my-municipality") + f"?part={party.pk}",
            act_label=_("Say how far"),
            weight=25,
        )
    ]
