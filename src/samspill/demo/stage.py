"""A community of the demonstration while it is being filled: who acts there, and what names lead to."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from samspill.demo.cast import Cast
from samspill.demo.world import HolderFact, World
from samspill.directory.public import Account, Actor, Community, acting_as, answerable_in, machine
from samspill.plans.public import Plan
from samspill.worklist.public import Holder, person, role


@dataclass(frozen=True)
class Stage:
    """One `world` on `today`. Use it inside a transaction and the community's scope."""

    world: World
    community: Community
    cast: Cast
    seed: int
    today: date

    @property
    def machine(self) -> Actor:
        return machine(self.community.pk, self.today)

    @property
    def plan(self) -> Plan:
        """The newest adopted plan of the community: of a revised plan the one in force."""
        plans = Plan.objects.filter(community=self.community, adopted_on__isnull=False)
        return plans.latest("period_start")

    @cached_property
    def accounts(self) -> dict[str, Account]:
        """Accounts of the community's people by our keys. 1 query."""
        keys = {self.cast[one.key].email: one.key for one in self.world.people}
        found = Account.objects.filter(email__in=keys)
        return {keys[account.email]: account for account in found}

    @cached_property
    def answerable(self) -> dict[str, str]:
        """Keys of bodies and parties ("body:12") by short name. 2 queries."""
        return {one.short_name: one.key for one in answerable_in(self.community.pk)}

    def actor(self, key: str, days: int = 0) -> Actor:
        """One of the people, acting that many days from today."""
        day = self.today + timedelta(days=days)
        return acting_as(self.accounts[key], today=day, community_id=self.community.pk)

    def holder(self, fact: HolderFact) -> Holder:
        if fact.person:
            return person(self.accounts[fact.person].pk)
        return role(fact.role) if fact.role else Holder.parse(self.answerable[fact.who])
