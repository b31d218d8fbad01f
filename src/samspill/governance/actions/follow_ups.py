"""What becomes of a point: begun, delivered, confirmed, in need of help, or ended by a decision.

Each act stands in the log with the follow-up as it was before and after (`before`, `after`), so that it can
be taken back while nothing else has happened to it. Reports are only added: what is taken back stays told.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import Actor, AuditEvent, record
from samspill.governance.actions.follow_up_cases import case_for_help, follow_case, withdraw_help
from samspill.governance.actions.follow_up_told import index, tell_accountable, tell_joined
from samspill.governance.models import Decision, FollowUp, FollowUpReport
from samspill.governance.permissions import check_may_act
from samspill.governance.permissions_follow_ups import check_may_report, is_on_behalf
from samspill.governance.queries.speaking import bodies_of
from samspill.governance.rules.follow_ups import (
    BY_DECISION,
    check_report,
    check_words,
)
from samspill.governance.states import DecisionState, FollowUpState
from samspill.refusal import Refused

BEGIN, REPORT, CONFIRM, HELP, END, ASSIGN, HELPERS, NONE, UNDO = (
    "follow_up.begin",
    "follow_up.report",
    "follow_up.confirm",
    "follow_up.help",
    "follow_up.end",
    "follow_up.assign",
    "follow_up.helpers",
    "follow_up.none",
    "follow_up.undo",
)
UNDONE = (REPORT, CONFIRM, HELP, END, ASSIGN)
FIELDS = ("state", "accountable_party_id", "accountable_body_id", "dropped_by_id", "help_case_id")
# What people say themselves; the rest is said by the secretariat.
SAID_BY_ALL = frozenset({FollowUpState.STARTED, FollowUpState.DELIVERED, FollowUpState.NEEDS_HELP})


def report_follow_up(
    follow_up: FollowUp,
    *,
    state: str,
    by: Actor,
    sentence: str = "",
    via: str = "page",
    at: datetime | None = None,
) -> AuditEvent:
    """Those who answer for it say that it is begun, delivered or in need of help, with one sentence.

    `at`: when it was said, where that is not now.
    The same state again renews what was said. Needing help makes a new case for the body that decided.
    Refuses a step the table does not have, and states that only the secretariat or a decision can give.
    """
    check_may_report(by, follow_up, bodies_of(by))
    if state not in SAID_BY_ALL:
        raise Refused(
            "follow_up.said_by",
            gettext_lazy("Say that it is begun, delivered, or that you need help."),
            field="state",
        )
    with transaction.atomic():
        locked = lock_follow_up(follow_up)
        check_report(locked.state, state, sentence)
        if locked.state == FollowUpState.COMPLETED:
            check_may_act(by, "follow_ups.manage", locked)
        before = snapshot(locked)
        if state == FollowUpState.NEEDS_HELP and locked.state != state:
            locked.help_case = case_for_help(locked, sentence.strip(), by=by)
        return _move(locked, before, state, sentence, by=by, act=_act(state), via=via, at=at)


def _act(state: str) -> str:
    return HELP if state == FollowUpState.NEEDS_HELP else REPORT


def confirm(follow_up: FollowUp, *, by: Actor, sentence: str = "", at: datetime | None = None) -> AuditEvent:
    """The secretariat confirms that it is carried out; `at`: when, where that is not now."""
    check_may_act(by, "follow_ups.manage", follow_up)
    with transaction.atomic():
        locked = lock_follow_up(follow_up)
        check_report(locked.state, FollowUpState.COMPLETED, sentence)
        before, done = snapshot(locked), FollowUpState.COMPLETED
        return _move(locked, before, done, sentence, by=by, act=CONFIRM, at=at)


def give_back(follow_up: FollowUp, *, by: Actor, sentence: str) -> AuditEvent:
    """The secretariat says that what was delivered or completed is not finished, and why."""
    check_may_act(by, "follow_ups.manage", follow_up)
    check_words(sentence, gettext_lazy("Say what is missing, so that those who answer for it need not ask."))
    with transaction.atomic():
        locked = lock_follow_up(follow_up)
        check_report(locked.state, FollowUpState.STARTED, sentence)
        event = _move(locked, snapshot(locked), FollowUpState.STARTED, sentence, by=by, act=REPORT)
        tell_accountable(locked, event, by=by)
    return event


def end_by_decision(
    follow_up: FollowUp, *, state: str, decision: Decision | None, by: Actor, sentence: str = ""
) -> AuditEvent:
    """`decision` replaces what was to be done, or lets it drop. Nothing else ends it before its time."""
    check_may_act(by, "follow_ups.manage", follow_up)
    if state not in BY_DECISION:
        raise Refused(
            "follow_up.end", gettext_lazy("Choose whether it is replaced or dropped."), field="state"
        )
    with transaction.atomic():
        locked = lock_follow_up(follow_up)
        check_report(locked.state, state, sentence, has_decision=decision is not None)
        assert decision is not None  # noqa: S101  check_report has refused otherwise
        _check_ends(locked, decision)
        before = snapshot(locked)
        locked.dropped_by = decision
        return _move(locked, before, state, sentence, by=by, act=END)


def _check_ends(follow_up: FollowUp, decision: Decision) -> None:
    own = follow_up.point.decision
    is_later = (decision.decided_on, decision.pk) > (own.decided_on, own.pk)
    if decision.community_id != follow_up.community_id or decision.state != DecisionState.ADOPTED:
        raise Refused(
            "follow_up.which_decision",
            gettext_lazy("Choose a decision of this helsefellesskap that stands."),
            field="decision",
        )
    if not is_later:
        raise Refused(
            "follow_up.earlier_decision",
            gettext_lazy("That decision is not newer than the one this follows from. Choose a newer one."),
            field="decision",
        )


def undo(follow_up: FollowUp, *, event_id: int, by: Actor) -> AuditEvent:
    """Put back what an act did. Refuses when something was done to the follow-up since."""
    event = AuditEvent.objects.visible_to(by).filter(
        pk=event_id, act__in=UNDONE, on_kind=FollowUp._meta.label_lower, on_id=follow_up.pk
    )
    with transaction.atomic():
        found = event.first()
        if found is None:
            raise Refused("undo.unknown", gettext_lazy("There is nothing to undo here."))
        if found.by_id != by.account_id or found.act == ASSIGN:
            check_may_act(by, "follow_ups.manage", follow_up)
        check_may_report(by, follow_up, bodies_of(by))
        locked = lock_follow_up(follow_up)
        if snapshot(locked) != found.details["after"]:
            raise Refused(
                "undo.changed",
                gettext_lazy("It has been changed again since, so it was not undone. See the history."),
            )
        before = snapshot(locked)
        _restore(locked, found.details["before"])
        if found.act == HELP:
            withdraw_help(before["help_case_id"], by=by)
        if locked.state != before["state"]:
            said = _("Taken back")
            _add_report(locked, said, by=by)
            tell_joined(locked, said, by=by)
        return keep(locked, before, by=by, act=UNDO, undone=found.act)


def lock_follow_up(follow_up: FollowUp) -> FollowUp:
    """The follow-up as it stands now, kept from others until the transaction ends."""
    rows = FollowUp.objects.select_for_update(of=("self",)).select_related(
        "point__decision__case", "point__decision__body"
    )
    locked = rows.filter(pk=follow_up.pk).first()
    if locked is None:
        raise Refused(
            "follow_up.gone", gettext_lazy("The follow-up is not here any more. Go back to the list.")
        )
    return locked


def snapshot(follow_up: FollowUp) -> dict[str, Any]:
    return {**{name: getattr(follow_up, name) for name in FIELDS}, "due": follow_up.due.isoformat()}


def _restore(follow_up: FollowUp, values: dict[str, Any]) -> None:
    for name in FIELDS:
        setattr(follow_up, name, values[name])
    follow_up.due = date.fromisoformat(values["due"])


def _move(
    follow_up: FollowUp,
    before: dict[str, Any],
    state: str,
    sentence: str,
    *,
    by: Actor,
    act: str,
    via: str = "page",
    at: datetime | None = None,
) -> AuditEvent:
    """The follow-up has come to `state`: kept, told in its history, and to what it is joined to."""
    follow_up.state = state
    _add_report(follow_up, sentence, by=by, at=at)
    if state not in {FollowUpState.OPEN}:
        follow_case(follow_up.point.decision.case)
    event = keep(follow_up, before, by=by, act=act, sentence=sentence.strip(), via=via)
    tell_joined(follow_up, sentence.strip(), by=by)
    return event


def _add_report(
    follow_up: FollowUp, sentence: str, *, by: Actor, at: datetime | None = None
) -> FollowUpReport:
    party = follow_up.accountable_party_id
    return FollowUpReport.objects.create(
        community_id=follow_up.community_id,
        follow_up=follow_up,
        state=follow_up.state,
        sentence=sentence.strip(),
        at=at or timezone.now(),
        on_behalf_of_id=party if is_on_behalf(by, party) else None,
        by_id=by.account_id,
        by_name=by.name,
    )


def keep(follow_up: FollowUp, before: dict[str, Any], *, by: Actor, act: str, **details: Any) -> AuditEvent:
    follow_up.save(update_fields=["due", *FIELDS])
    index(follow_up)
    party = follow_up.accountable_party
    return record(
        by=by,
        act=act,
        on=follow_up,
        on_behalf_of=party if party and is_on_behalf(by, party.pk) else None,
        before=before,
        after=snapshot(follow_up),
        **details,
    )
