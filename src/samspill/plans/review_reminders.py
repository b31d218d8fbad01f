"""Reminders that a plan is to be looked over again: 12, 6, 3 and 1 months before, once each, by mail.

Here: whom and when. Not here: the mail itself (`worklist`), nor the task on «Mine oppgaver»
(`queries.revision_due`).
"""

from datetime import date
from functools import partial

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspill.directory.public import Account, Actor, Membership, in_force_on
from samspill.plans.permissions import KEEPERS
from samspill.plans.queries.revision_due import ToReview, in_force, text_of, title_of
from samspill.plans.rules.revision import reminder_due
from samspill.worklist.public import Words, notify


def remind_of_reviews(*, by: Actor) -> int:
    """Put the reminders of today in the outbox; returns how many are new. `by` is Samspill in a community.

    A morning that was missed is made up for on the next; the name of the reminder keeps it to once.
    """
    assert by.community_id is not None  # noqa: S101  a machine works in a community
    new, keepers = 0, _keepers(by.community_id, by.today)
    for one in in_force(by.community_id, by):
        months = reminder_due(one.review, by.today)
        if months is not None:
            new += notify(
                to=keepers,
                key=f"plans.review:{one.plan.pk}:{one.review}:{months}",
                words=partial(_words, one, by),
                by=by,
                path=one.url,
            )
    return new


def _keepers(community_id: int, day: date) -> list[Account]:
    here = Membership.objects.filter(in_force_on(day), community_id=community_id, role__in=sorted(KEEPERS))
    return list(Account.objects.filter(pk__in=here.values("account"), is_active=True).order_by("pk"))


def _words(one: ToReview, by: Actor) -> Words:
    day = dateformat.format(one.review, pgettext("date format", "j F Y"))
    text = _("By %(day)s.") % {"day": day}
    return Words(title_of(one, by.today), f"{text} {text_of(one)}".strip())
