"""The control of an organisation: by its privacy officer, or its head, who also see what is overdue.

What is looked at is the log, not the record. That it was looked at is recorded in the log of acts.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.care.access_states import REVIEW_MOVES, ReviewKind
from samspill.care.carrying import controlling
from samspill.care.models import AccessLogEntry, AccessReview
from samspill.directory.public import Actor, Due, Membership, Party, RoleCode, record
from samspill.refusal import Refused

CONTROLS = (RoleCode.PRIVACY_OFFICER, RoleCode.DIRECTOR)
LONGEST = 1000


def controlled_by(actor: Actor, *roles: str) -> list[Party]:
    """The organisations whose log `actor` may look at: where they are privacy officer or head. 1 query."""
    if not actor.has_role(*(roles or CONTROLS)):
        return []
    held = Membership.objects.filter(
        Q(to_day__isnull=True) | Q(to_day__gt=actor.today),
        account_id=actor.account_id or 0,
        community_id=actor.community_id or 0,
        role__in=roles or CONTROLS,
        party__isnull=False,
        from_day__lte=actor.today,
    )
    return list(Party.objects.filter(pk__in=held.values("party_id")).order_by("name"))


@contextmanager
def control_of(tenant_id: int, *, by: Actor, told: bool = True) -> Iterator[Party]:
    """Inside, the organisation's log is there. Refuses (`control.may_not`) who does not answer for it."""
    tenant = next((one for one in controlled_by(by) if one.pk == tenant_id), None)
    if tenant is None:
        raise Refused(
            "control.may_not",
            _("The log of an organisation is looked at by its privacy officer and its head."),
            forbidden=True,
        )
    if told:
        record(by=by, act="care.control", on=tenant)
    with controlling(tenant.pk):
        yield tenant


def waiting_reviews(tenant_id: int) -> list[AccessReview]:
    """What is not reviewed yet, what is due first. Inside `control_of`."""
    return list(AccessReview.objects.filter(tenant_id=tenant_id, outcome=""))


def review(
    review_id: int, tenant_id: int, *, outcome: str, words: str, by: Actor, now: datetime
) -> AccessReview:
    """Says whether a look was right, in words the patient reads.

    Refuses a review that is none of the organisation's (`review.not_here`), one that is done
    (`review.done`), one's own look (`review.own`), an unknown outcome (`review.outcome`) and no words
    (`review.words`).
    """
    with control_of(tenant_id, by=by, told=False):
        found = AccessReview.objects.select_for_update(of=("self",)).filter(pk=review_id, tenant_id=tenant_id)
        one = found.first()
        if one is None:
            raise Refused("review.not_here", _("There is no such review here. Choose one on the page."))
        _check(one, outcome, words, by)
        one.outcome, one.words = outcome, words.strip()
        one.reviewed_by_id, one.reviewed_at = by.account_id, now
        one.save(update_fields=["outcome", "words", "reviewed_by", "reviewed_at"])
        record(by=by, act="care.reviewed", on=one, title=str(one.get_kind_display()), outcome=outcome)
        return one


def _check(one: AccessReview, outcome: str, words: str, by: Actor) -> None:
    if one.is_done:
        raise Refused("review.done", _("This is reviewed already. What was said stands."))
    if one.looked_by_id == by.account_id:
        raise Refused("review.own", _("Somebody else must review your own look."), forbidden=True)
    if outcome not in REVIEW_MOVES[one.outcome]:
        raise Refused("review.outcome", _("Say whether the look was right."), field="outcome")
    if len(words.strip()) < 10 or len(words) > LONGEST:
        raise Refused(
            "review.words", _("Say why, in ten letters or more: the patient reads it."), field="words"
        )


def review_dues(actor: Actor) -> Iterator[Due]:
    """What waits for the control, for its privacy officer; what is overdue, for the head of it as well; and,
    for the patient, that somebody used emergency access."""
    officer = {one.pk for one in controlled_by(actor, RoleCode.PRIVACY_OFFICER)}
    for tenant in controlled_by(actor):
        with controlling(tenant.pk):
            rows = AccessReview.objects.filter(tenant_id=tenant.pk, outcome="")
            if tenant.pk not in officer:
                rows = rows.filter(due_on__lt=actor.today)
            for one in rows.order_by("due_on", "pk")[:20]:
                yield _due(one, tenant, is_escalated=tenant.pk not in officer)
    yield from _told(actor)


def _due(one: AccessReview, tenant: Party, *, is_escalated: bool) -> Due:
    """It may stand in a mail: it names the organisation, and nobody who looked or was looked at."""
    titles = {
        ReviewKind.EMERGENCY: _("Review a use of emergency access"),
        ReviewKind.QUESTION: _("Answer a patient who wonders about a look"),
    }
    text = _("Nobody has reviewed it within the time. %(name)s.") if is_escalated else "%(name)s."
    return Due(
        key=f"care.review:{one.pk}",
        title=titles[ReviewKind(one.kind)],
        text=text % {"name": tenant},
        url=reverse("care:control", args=[tenant.pk]),
        act_label=_("Review"),
        due=one.due_on,
        weight=20,
    )


def _told(actor: Actor) -> Iterator[Due]:
    """Until the patient has opened the log after it."""
    if actor.account_id is None or not actor.has_role(RoleCode.CITIZEN):
        return
    told = AccessReview.objects.filter(told_id=actor.account_id, kind=ReviewKind.EMERGENCY).order_by("-at")[
        :5
    ]
    for one in told:
        if not AccessLogEntry.objects.filter(
            by_id=actor.account_id, patient_id=one.patient_id, what="care.log", at__gt=one.at
        ).exists():
            yield Due(
                key=f"care.told:{one.pk}",
                title=_("Somebody used emergency access to see your record"),
                text=_("Read who it was, and why. %(name)s reviews whether it was right.")
                % {"name": one.tenant},
                url=reverse("care:looked", args=[one.patient_id]),
                act_label=_("See who looked"),
                due=_day(one.at),
                weight=10,
            )


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
