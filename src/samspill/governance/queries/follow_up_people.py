"""Who decided what is followed up, and who answers for it: in a whole community, each of them read once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from samspill.directory.public import Actor, Body, Party
from samspill.governance.models import Decision, FollowUp


@dataclass(frozen=True)
class Involved:
    """By number: bodies that decided, and bodies and parties that answer."""

    decided: dict[int, Body]
    bodies: dict[int, Body]
    parties: dict[int, Party]

    @property
    def deciding(self) -> list[tuple[str, str]]:
        """(number, name) by name."""
        return sorted(((str(pk), str(one)) for pk, one in self.decided.items()), key=lambda one: one[1])

    @property
    def answering(self) -> list[tuple[str, str]]:
        """(«party:3», name) by name."""
        found = [(f"party:{pk}", str(one)) for pk, one in self.parties.items()] + [
            (f"body:{pk}", str(one)) for pk, one in self.bodies.items()
        ]
        return sorted(found, key=lambda one: one[1])

    def share(self, found: Iterable[FollowUp]) -> None:
        """Each is one thing, however many of the follow-ups point at it."""
        for one in found:
            decision = one.point.decision
            if decision.body_id in self.decided:
                decision.body = self.decided[decision.body_id]
            if one.accountable_body_id in self.bodies:
                one.accountable_body = self.bodies[one.accountable_body_id]
            if one.accountable_party_id in self.parties:
                one.accountable_party = self.parties[one.accountable_party_id]


def involved(actor: Actor) -> Involved:
    """In what is followed up in the actor's community. 2 queries."""
    here = Q(community_id=actor.community_id or 0)
    rows = FollowUp.objects.inside(actor).order_by()
    decided = Decision.objects.inside(actor).filter(body=OuterRef("pk"), points__follow_up__isnull=False)
    bodies = Body.objects.filter(here).annotate(
        decided=Exists(decided), answers=Exists(rows.filter(accountable_body=OuterRef("pk")))
    )
    parties = Party.objects.filter(here, pk__in=rows.values("accountable_party"))
    return Involved(
        {one.pk: one for one in bodies if one.decided},
        {one.pk: one for one in bodies if one.answers},
        {one.pk: one for one in parties},
    )
