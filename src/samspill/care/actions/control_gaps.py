"""Organisations whose teams follow patients, with nobody to control their log: the administrator is told."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from samspill.care.models import CareTeam
from samspill.directory.public import Actor, Due, Membership, Party, RoleCode


def uncontrolled(by: Actor) -> list[Party]:
    """Those whose teams work today, without a privacy officer today. 2 queries."""
    held = Membership.objects.filter(
        Q(to_day__isnull=True) | Q(to_day__gt=by.today),
        community_id=by.community_id or 0,
        role=RoleCode.PRIVACY_OFFICER,
        from_day__lte=by.today,
        party__isnull=False,
    )
    teams = CareTeam.objects.filter(
        Q(ends__isnull=True) | Q(ends__gt=by.today), community_id=by.community_id or 0, starts__lte=by.today
    )
    with_teams = Party.objects.filter(pk__in=teams.values("tenant_id"))
    return list(with_teams.exclude(pk__in=held.values("party_id")).order_by("name"))


def gap_dues(actor: Actor) -> Iterator[Due]:
    """One for each, for the administrator: reviews of emergency access wait for somebody who is not there."""
    if actor.community is None or not actor.has_role(RoleCode.ADMINISTRATOR):
        return
    for one in uncontrolled(actor):
        yield Due(
            key=f"care.no_officer:{one.pk}",
            title=_("%(name)s has nobody who controls who looks at patients") % {"name": one},
            text=_("Give somebody there the role of privacy officer. Emergency access is reviewed by them."),
            url=reverse("directory:community", args=[actor.community.slug]),
            act_label=_("Let somebody in"),
            weight=40,
        )
