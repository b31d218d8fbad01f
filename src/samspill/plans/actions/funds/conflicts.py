"""Conflicts of interest: set by themselves from whom a reviewer acts for, and declared by the reviewer."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, Membership, in_force_on, record
from samspill.plans.models import Application, ConflictOfInterest, Reviewer
from samspill.plans.queries.funds.applications import parties_in
from samspill.plans.states import ConflictGround
from samspill.refusal import Refused


def set_conflicts(application: Application, *, by: Actor) -> list[ConflictOfInterest]:
    """Every reviewer who acts for a party of the application has a conflict there; returns the new ones."""
    parties = parties_in(application)
    acting = Membership.objects.filter(
        in_force_on(by.today),
        community_id=application.community_id,
        party_id__in=parties,
        account__in=Reviewer.objects.filter(call_id=application.call_id).values("account"),
    )
    new = []
    for account_id in sorted(set(acting.values_list("account_id", flat=True))):
        conflict, is_new = ConflictOfInterest.objects.get_or_create(
            community_id=application.community_id,
            application=application,
            account_id=account_id,
            defaults={
                "ground": ConflictGround.OWN_ORGANISATION,
                "is_automatic": True,
                "by_id": by.account_id,
            },
        )
        if is_new:
            new.append(conflict)
            record(by=by, act="fund.conflict", on=application, account=account_id, is_automatic=True)
    return new


def declare_conflict(application: Application, *, ground: str, words: str, by: Actor) -> ConflictOfInterest:
    """A reviewer says so. The application is closed to them from now on, and scores they gave fall away."""
    reviewer = Reviewer.objects.filter(call_id=application.call_id, account_id=by.account_id or 0).first()
    if reviewer is None:
        raise Refused(
            "funds.not_reviewer", _("You are not a reviewer of this call, so there is nothing to declare.")
        )
    if ground not in ConflictGround.values:
        raise Refused("funds.ground", _("Choose the ground from the list."), field="ground")
    if ground == ConflictGround.OTHER and not words.strip():
        raise Refused("funds.ground_words", _("Say in a few words what it is."), field="words")
    with transaction.atomic():
        conflict, is_new = ConflictOfInterest.objects.get_or_create(
            community_id=application.community_id,
            application=application,
            account_id=by.account_id or 0,
            defaults={"ground": ground, "words": words.strip()[:500], "by_id": by.account_id},
        )
        if is_new:
            application.reviews.filter(reviewer=reviewer).delete()
            record(by=by, act="fund.conflict", on=application, ground=ground, is_automatic=False)
    return conflict
