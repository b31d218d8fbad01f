"""A body is made, gets a last day, is prolonged or taken up again; its seats and their people follow."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samspill.directory.public import Actor, AuditEvent, Body, Community, add_body, record
from samspill.governance.actions.access import account_of, give_role
from samspill.governance.actions.mandates import MandateWords, lock_body, set_mandate
from samspill.governance.actions.representation import RuleWords, set_rule
from samspill.governance.actions.tenures import close_tenure
from samspill.governance.models import RepresentationRule, Seat, Tenure
from samspill.governance.permissions import check_may_act
from samspill.governance.rules.seating import check_end
from samspill.refusal import Refused


@dataclass(frozen=True)
class BodyWords:
    """What a body is called and where it stands; `ends` is the first day without it."""

    name: str
    kind: str
    short_name: str = ""
    parent: Body | None = None
    starts: date | None = None
    ends: date | None = None


def make_body(
    community: Community,
    words: BodyWords,
    *,
    by: Actor,
    mandate: MandateWords | None = None,
    rule: RuleWords | None = None,
) -> Body:
    """A new body, with a mandate and seats when they are given. Nothing is made when one is refused."""
    check_may_act(by, "bodies.manage")
    with transaction.atomic():
        body = add_body(
            community=community,
            kind=words.kind,
            name=words.name.strip(),
            short_name=words.short_name.strip(),
            parent=words.parent,
            starts=words.starts,
            ends=words.ends,
            by=by,
        )
        if mandate:
            set_mandate(body, mandate, by=by)
        if rule:
            set_rule(body, rule, by=by)
    return body


def set_end(body: Body, ends: date | None, *, by: Actor) -> AuditEvent:
    """The first day without the body, or None for a body without an end.

    Seats, rule and tenures that lasted as long as the body follow it: they end with it, and go on when it is
    prolonged. Refuses a day before it began, and parts below it that would outlive it.
    """
    check_may_act(by, "bodies.manage", body)
    with transaction.atomic():
        body = lock_body(body)
        before = body.ends
        check_end(ends, body.starts)
        if ends is not None:
            _check_parts(body, ends)
        body.ends = ends
        body.save(update_fields=["ends"])
        if before is not None and (ends is None or ends > before):
            _prolong(body, before, ends, by=by)
        elif ends is not None:
            _cut(body, ends, by=by)
        return record(
            by=by, act="body.end", on=body,
            before=before.isoformat() if before else None, after=ends.isoformat() if ends else None,
        )  # fmt: skip


def _check_parts(body: Body, ends: date) -> None:
    part = Body.objects.filter(parent=body).exclude(ends__lte=ends).first()
    if part is not None:
        raise Refused(
            "body.parts",
            _("%(part)s stands under it. End that first, or on the same day.") % {"part": part.name},
            field="ends",
        )


def _cut(body: Body, ends: date, *, by: Actor) -> None:
    """Everything in the body is over on `ends`; what would have begun later never was."""
    coming = Tenure.objects.filter(seat__body=body, from_day__gte=ends).first()
    if coming is not None:
        raise Refused(
            "body.tenure_coming",
            _("%(name)s is to sit in it after that day. Undo that first, or choose a later day.")
            % {"name": coming.name},
            field="ends",
        )
    sitting = Tenure.objects.filter(seat__body=body).exclude(to_day__lte=ends)
    for tenure in sitting.select_related("seat__body", "person", "community"):
        close_tenure(tenure, ends, by=by)
    Seat.objects.filter(body=body, from_day__gte=ends).delete()
    for seat in Seat.objects.filter(body=body).exclude(to_day__lte=ends):
        seat.to_day = ends
        seat.save(update_fields=["to_day"])
    for rule in RepresentationRule.objects.filter(body=body, from_day__lt=ends).exclude(to_day__lte=ends):
        rule.to_day = ends
        rule.save(update_fields=["to_day"])


def _prolong(body: Body, before: date, ends: date | None, *, by: Actor) -> None:
    for model in (Seat, RepresentationRule):
        for row in model.objects.filter(body=body, to_day=before):
            row.to_day = ends
            row.save(update_fields=["to_day"])
    lasted = Tenure.objects.filter(seat__body=body, to_day=before)
    for tenure in lasted.select_related("seat__body", "seat__party", "person", "community"):
        tenure.to_day = ends
        tenure.save(update_fields=["to_day"])
        account = account_of(tenure)
        if account:
            give_role(tenure, account, by=by, from_day=before)
