"""Where one writes to the secretariat of a helsefellesskap."""

from django.db import transaction

from samspill.directory.public import Account, Actor, Membership, RoleCode, in_force_on, machine, scope
from samspill.governance.models import AccessAddress


def access_email(community_id: int, actor: Actor) -> str:
    """Where requests for access go: what the secretariat has chosen, or its own address. 1 or 3 queries."""
    return chosen_access_email(community_id) or secretariat_address(community_id, actor)


def chosen_access_email(community_id: int) -> str:
    """What has been chosen, "" for nothing. Everybody may read it. 1 query."""
    rows = AccessAddress.objects.filter(AccessAddress.open_rows(), community_id=community_id)
    return rows.values_list("email", flat=True).first() or ""


def secretariat_address(community_id: int, actor: Actor) -> str:
    """The e-mail address of the secretariat, "" when nobody is there. Its address at work is a public one.

    Looked up inside the community, since who has which role is not open. 2 queries.
    """
    with transaction.atomic(), scope(machine(community_id, actor.today)):
        here = Membership.objects.filter(
            in_force_on(actor.today), community_id=community_id, role=RoleCode.SECRETARIAT
        )
        accounts = Account.objects.filter(pk__in=here.values("account"), is_active=True).order_by("pk")
        return str(accounts.values_list("email", flat=True).first() or "")
