"""Who acts, for whom, today: one plain value made at the door and passed to every query and action.

Here: the value. Not here: how it is read from a session (`queries.actor_for`), what it may (`permissions`).
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class CommunityChoice:
    """A community the person may act in."""

    id: int
    slug: str
    name: str
    full_name: str
    written_form: str


@dataclass(frozen=True)
class Actor:
    """A signed-in person in one community, or nobody.

    `community_id` is the tenant of the transaction. `roles` are the codes held there on `today`,
    `party_ids` and `body_ids` what the person acts for there. `level` is the security level (0 to 4) at which
    the person signed in just now; 0 for who acts without a session.
    """

    today: date
    account_id: int | None = None
    name: str = ""
    community_id: int | None = None
    roles: frozenset[str] = field(default_factory=frozenset)
    party_ids: frozenset[int] = field(default_factory=frozenset)
    body_ids: frozenset[int] = field(default_factory=frozenset)
    communities: tuple[CommunityChoice, ...] = ()
    level: int = 0

    @property
    def community(self) -> CommunityChoice | None:
        return next((choice for choice in self.communities if choice.id == self.community_id), None)

    @property
    def is_known(self) -> bool:
        return self.account_id is not None

    def has_role(self, *codes: str) -> bool:
        return not self.roles.isdisjoint(codes)

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


def nobody(today: date) -> Actor:
    """A visitor without account: sees what is open."""
    return Actor(today=today)


def machine(community_id: int | None, today: date) -> Actor:
    """Samspill itself at work in a community: jobs, imports from the command line, the demonstration."""
    return Actor(today=today, name="Samspill", community_id=community_id)
