"""Who sits in a body has a role there: given when a tenure begins, taken back when it ends."""

from datetime import date, datetime

from samspill.directory.public import (
    Account,
    Actor,
    Membership,
    NewMember,
    RoleCode,
    add_member,
    end_membership,
    in_force_on,
)
from samspill.governance.models import Seat, Tenure
from samspill.governance.states import Role

GIVEN = (RoleCode.MEMBER, RoleCode.OBSERVER)
"""Roles that follow a seat. Others in the same body (director, secretariat) are held for themselves."""


def role_for(tenure_role: str, seat: Seat) -> RoleCode:
    is_observer = tenure_role == Role.OBSERVER or not seat.may_vote
    return RoleCode.OBSERVER if is_observer else RoleCode.MEMBER


def account_of(tenure: Tenure) -> Account | None:
    """The key of who sits there: the person's own, or one with the same address."""
    if tenure.person is None:
        return None
    own = Account.objects.filter(person=tenure.person).first()
    if own is None and tenure.person.email:
        return Account.objects.filter(email__iexact=tenure.person.email).first()
    return own


def give_role(
    tenure: Tenure, account: Account, *, by: Actor, from_day: date | None = None,
    invited_at: datetime | None = None,
) -> Membership | None:  # fmt: skip
    """The role in the body that goes with the tenure; None when the account has one that suffices."""
    begins = from_day or tenure.from_day
    held = Membership.objects.filter(
        in_force_on(begins), account=account, community_id=tenure.community_id, body_id=tenure.seat.body_id
    )
    role = role_for(tenure.role, tenure.seat)
    if any(one.role == role or one.role not in GIVEN for one in held):
        return None
    new = NewMember(account.name, account.email, role, begins, tenure.to_day, title=tenure.title)
    before = set(Membership.objects.filter(account=account).values_list("pk", flat=True))
    made = add_member(
        community=tenure.community,
        new=new,
        party=tenure.seat.party,
        body=tenure.seat.body,
        by=by,
        invited_at=invited_at,
    )
    return made if made.pk not in before else None


def take_role_back(tenure: Tenure, day: date, *, by: Actor) -> None:
    """Roles that follow a seat end on `day`, unless the person still sits in the body that day."""
    account = account_of(tenure)
    if account is None or _sits_still(tenure, day):
        return
    held = Membership.objects.filter(
        account=account,
        community_id=tenure.community_id,
        body_id=tenure.seat.body_id,
        role__in=GIVEN,
        from_day__lt=day,
    )
    for membership in held.filter(in_force_on(day)):
        end_membership(membership, day=day, by=by)


def _sits_still(tenure: Tenure, day: date) -> bool:
    others = Tenure.objects.filter(
        in_force_on(day), person_id=tenure.person_id or 0, seat__body_id=tenure.seat.body_id
    )
    return others.exclude(pk=tenure.pk).exists()
