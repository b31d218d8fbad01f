"""Reminders that a minimetodevurdering is to be assessed again: a month before and on the day, once each.

Here: whom and when. Not here: the mail itself (`worklist`), nor the task on «Mine oppgaver»
(`queries.reassessing`).
"""

from datetime import date
from functools import partial

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspill.analysis.appraisal import Part
from samspill.directory.public import Account, Actor, Membership, RoleCode, in_force_on
from samspill.insight.models import Assessment
from samspill.insight.queries.reassessing import DAYS_BEFORE, answered_for, title_of, to_reassess
from samspill.worklist.public import Words, notify


def remind_of_reassessments(*, by: Actor) -> int:
    """Put the reminders of today in the outbox; returns how many are new. `by` is Samspill in a community.

    A morning that was missed is made up for on the next; the name of the reminder keeps it to once.
    """
    rows = to_reassess(by).annotate(is_answered_for=answered_for(by.today))
    new, secretariat = 0, _secretariat(by)
    for one in rows.select_related("owner", "community").order_by("pk"):
        day = date.fromisoformat(one.content[Part.RECOMMENDATION]["reassess"])
        new += notify(
            to=[one.owner] if one.owner and one.is_answered_for else secretariat,
            key=f"insight.assessment:{one.pk}:{day}:{DAYS_BEFORE if day > by.today else 0}",
            words=partial(_words, one, day, by.today),
            by=by,
            path=reverse("insight:assessment", args=[one.community.slug, one.pk]),
        )
    return new


def _secretariat(by: Actor) -> list[Account]:
    here = Membership.objects.filter(
        in_force_on(by.today), community=by.community_id, role=RoleCode.SECRETARIAT
    )
    return list(Account.objects.filter(pk__in=here.values("account"), is_active=True).order_by("pk"))


def _words(one: Assessment, day: date, today: date) -> Words:
    text = _("The day that was set is %(day)s. See what became of it, and whether it is still right.")
    return Words(title_of(one.title, day, today), text % {"day": date_format(day, "DATE_FORMAT")})
