"""A follow-up and the case it comes from, and the new case it makes when it needs help."""

from django.db import transaction
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import THINGS, Actor, Ref, join, record
from samspill.governance.actions.case_numbers import next_reference
from samspill.governance.actions.indexing_cases import index_case, log_title
from samspill.governance.actions.passage_states import lock_case, move_case
from samspill.governance.actions.passages import close
from samspill.governance.models import Case, Decision, FollowUp
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.closing import is_sent, points_of
from samspill.governance.rules.follow_ups import check_may_close
from samspill.governance.states import CaseState
from samspill.refusal import Refused

CASE, FOLLOW_UP, HELP_ASKED_IN = "governance.case", "governance.follow_up", "help_asked_in"
TITLE_FITS = 150


def case_for_help(follow_up: FollowUp, sentence: str, *, by: Actor) -> Case:
    """A new case, reported, for the body that decided: what is needed, and from which decision it comes."""
    decision = follow_up.point.decision
    language = decision.language
    with translation.override(language):
        title = gettext("Help with carrying out: %(what)s") % {
            "what": Truncator(str(follow_up.point)).chars(TITLE_FITS)
        }
    year, number = next_reference(follow_up.community_id, by.today.year)
    made = Case.objects.create(
        community_id=follow_up.community_id,
        title=title,
        state=CaseState.REPORTED,
        year=year,
        number=number,
        language=language,
        asks=sentence,
        concerns=str(follow_up.accountable_party or follow_up.accountable_body),
        themes=decision.case.themes if decision.case else [],
        patient_groups=decision.case.patient_groups if decision.case else [],
        proposed_body_id=decision.body_id,
        reported_at=timezone.now(),
        reported_by_id=by.account_id,
        reporter_name=by.name,
        reporter_party_id=follow_up.accountable_party_id,
    )
    index_case(made, by=by)
    record(by=by, act="case.report", on=made, title=log_title(made), follow_up=follow_up.pk)
    if CASE in THINGS:
        join(HELP_ASKED_IN, Ref(FOLLOW_UP, follow_up.pk), Ref(CASE, made.pk), by=by)
    return made


def withdraw_help(case_id: int | None, *, by: Actor) -> None:
    """The case that asked for help is withdrawn, if nobody has taken it up yet."""
    if case_id is None:
        return
    case = lock_case(Case(pk=case_id))
    if case.state != CaseState.REPORTED:
        raise Refused(
            "undo.taken_up",
            _("The case about help has been taken up, so it is not undone. Talk to the secretariat."),
        )
    move_case(case, CaseState.WITHDRAWN)
    record(by=by, act="case.withdraw", on=case, title=log_title(case))


def follow_case(case: Case | None) -> None:
    """A case whose decision is being carried out is under follow-up."""
    if case is None:
        return
    locked = lock_case(case)
    if locked.state == CaseState.TREATED:
        move_case(locked, CaseState.FOLLOWED_UP)


def close_case(case: Case, *, by: Actor) -> None:
    """The case is closed. Refuses while a decision is not sent, a point not begun, or an answer is owed."""
    check_may_act(by, "cases.prepare", case)
    with transaction.atomic():
        decisions = list(Decision.objects.filter(case=case).select_related("item__meeting"))
        check_may_close(
            is_sent=all(is_sent(one) for one in decisions), points=points_of(one.pk for one in decisions)
        )
        close(case, by=by)
