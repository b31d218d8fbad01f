"""A community of the demonstration while it is being filled: who acts there, and what names lead to."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from django.utils import timezone

from samspill.demo.cast import Cast
from samspill.demo.extent import WHOLE, Extent
from samspill.demo.world import HolderFact, World
from samspill.directory.public import Account, Actor, Community, acting_as, answerable_in, machine
from samspill.plans.public import Plan
from samspill.worklist.public import Holder, person, role

SPEAKS_IN = "partnership_meeting"


@dataclass(frozen=True)
class Stage:
    """One `world` on `today`. Use it inside a transaction and the community's scope."""

    world: World
    community: Community
    cast: Cast
    seed: int
    today: date
    extent: Extent = WHOLE
    _actors: dict[tuple[str, int], Actor] = field(default_factory=dict, repr=False)

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
        keys = {self.cast[one.key].email: one.key for one in self.world.everybody}
        found = Account.objects.filter(email__in=keys)
        return {keys[account.email]: account for account in found}

    @cached_property
    def answerable(self) -> dict[str, str]:
        """Keys of bodies and parties ("body:12") by short name. 2 queries."""
        return {one.short_name: one.key for one in answerable_in(self.community.pk)}

    @cached_property
    def now(self) -> datetime:
        """This moment, on the day that is today."""
        return datetime.combine(self.today, timezone.localtime().timetz())

    def day(self, days: int) -> date:
        """That many days from today."""
        return self.today + timedelta(days=days)

    def actor(self, key: str, days: int = 0) -> Actor:
        """One of the people, acting that many days from today. Who they are there is looked up once."""
        if (key, days) not in self._actors:
            account, day = self.accounts[key], self.day(days)
            self._actors[key, days] = acting_as(account, today=day, community_id=self.community.pk)
        return self._actors[key, days]

    def secretariat(self, days: int = 0) -> Actor:
        """Whoever opens the plan runs the secretariat."""
        if self.world.plan is None:
            raise ValueError(f"{self.community} has no plan, so nobody is its secretariat here.")
        return self.actor(self.world.plan.published_by, days)

    def speaker(self, party: str, days: int = 0) -> Actor:
        """Who sits in the partnership meeting for the party; the keeper of the plan where nobody does."""
        key = self._speakers.get(party) or (self.world.plan.read_by if self.world.plan else "")
        return self.actor(key, days)

    @cached_property
    def _speakers(self) -> dict[str, str]:
        """Keys of people by the short name of the party they speak for, the first of each."""
        top = {body.short for body in self.world.bodies if body.kind == SPEAKS_IN}
        roles = [(role, person.key) for person in self.world.people for role in person.roles]
        return {role.party: key for role, key in reversed(roles) if role.party and role.body in top}

    def answers_for(self, who: str, days: int = 0) -> Actor:
        """Who says how it goes with what a party or a body answers for, by its short name."""
        member = self._members.get(who)
        return self.actor(member, days) if member else self.speaker(who, days)

    @cached_property
    def _members(self) -> dict[str, str]:
        """Keys of people by the short name of the body they sit in, the last of each."""
        return {role.body: one.key for one in self.world.people for role in one.roles if role.body}

    def holder(self, fact: HolderFact) -> Holder:
        if fact.person:
            return person(self.accounts[fact.person].pk)
        return role(fact.role) if fact.role else Holder.parse(self.answerable[fact.who])
