"""Who is told about a case, and how: the one who reported it, and the people behind somebody who is asked."""

from collections.abc import Iterable, Mapping
from functools import partial

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from samspill.directory.public import Account, Actor, Membership, RoleCode, in_force_on
from samspill.governance.models import Case, Tenure
from samspill.worklist.public import Words, notify

ANSWERS_FOR_PARTY = (RoleCode.DIRECTOR, RoleCode.MEMBER)


def tell_reporter(
    case: Case, *, by: Actor, title: object, text: object = "", values: Mapping[str, str] | None = None
) -> int:
    """Put the answer in the reporter's next mail; nothing for one without account, or who did it themselves.

    `title` is a lazy pattern with %(title)s: it is said in the reporter's own written form.
    """
    if case.reported_by is None or case.reported_by_id == by.account_id:
        return 0
    said = {"title": case.title, **(values or {})}
    return notify(
        to=[case.reported_by],
        key=f"case.answer:{case.pk}:{timezone.now():%Y%m%d%H%M%S%f}",
        words=partial(_words, title, text, said),
        by=by,
        path=reverse("governance:case", args=[case.pk]),
    )


def _words(title: object, text: object, values: Mapping[str, str]) -> Words:
    return Words(str(title) % values, str(text))


def people_of_parties(party_ids: Iterable[int], by: Actor) -> dict[int, list[Account]]:
    """Directors and members of each party today, with account. 1 query."""
    wanted = list(party_ids)
    held = (
        Membership.objects.filter(
            in_force_on(by.today),
            community_id=by.community_id or 0,
            party_id__in=wanted,
            role__in=ANSWERS_FOR_PARTY,
            account__is_active=True,
        )
        .select_related("account")
        .order_by("pk")
    )
    found: dict[int, dict[int, Account]] = {party_id: {} for party_id in wanted}
    for one in held:
        found[one.party_id or 0][one.account_id] = one.account
    return {party_id: list(people.values()) for party_id, people in found.items()}


def people_of_seats(which: Q, by: Actor) -> list[Account]:
    """Accounts of those who hold the seats `which` (conditions on Tenure) today. 1 query."""
    held = (
        Tenure.objects.filter(in_force_on(by.today), which, community_id=by.community_id or 0)
        .filter(person__account__is_active=True)
        .select_related("person__account")
        .order_by("pk")
    )
    return list({one.person.account.pk: one.person.account for one in held if one.person}.values())
