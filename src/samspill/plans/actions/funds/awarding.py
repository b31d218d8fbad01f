"""The deciding body's answer is written down, and those who got money take it."""

from datetime import date
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import Actor, Ref, check_may, put, record
from samspill.plans.actions.funds.applications import check_agreed, lock_application, move
from samspill.plans.actions.funds.calls import AWARD, check_may_manage, lock_call
from samspill.plans.actions.funds.moments import moment
from samspill.plans.actions.funds.reviewing import asked_for
from samspill.plans.models import Application, Award, Call
from samspill.plans.permissions import MAY
from samspill.plans.queries.funds.applications import people_of_party
from samspill.plans.queries.funds.calls import given_in, state_of
from samspill.plans.rules.funds.access import check_acts_for, check_here
from samspill.plans.rules.funds.amounts import kroner
from samspill.plans.rules.funds.awards import check_award, check_frame
from samspill.plans.rules.funds.calls import check_closed
from samspill.plans.states import PENDING, STATE_AFTER_AWARD, ApplicationState, AwardKind, CallState
from samspill.refusal import Refused
from samspill.worklist.public import Words, notify


def decide(
    application: Application,
    *,
    kind: str,
    nok: int,
    words: str,
    left_out: str,
    decided_on: date,
    by: Actor,
) -> Award:
    """What the scheme's body decided: the whole, a part (`nok`, and what is left out) or a refusal (why).

    Refuses while the call takes applications, beyond the frame, and without consent from both sides. The last
    answer closes the call, and opens all its awards to everybody.
    """
    check_may_manage(by, application.community_id)
    if decided_on > by.today:
        raise Refused(
            "funds.decided_later",
            gettext_lazy("The body has decided today or earlier, not on a day to come."),
            field="decided_on",
        )
    asked = asked_for(application)
    check_award(kind, nok=nok, asked=asked, words=words, left_out=left_out)
    amount = {AwardKind.WHOLE: asked, AwardKind.REFUSED: 0}.get(AwardKind(kind), nok)
    with transaction.atomic():
        call = lock_call(application.call)
        application = lock_application(application)
        check_closed(state_of(call, by))
        if kind != AwardKind.REFUSED:
            check_frame(call.frame_nok, given_in(call), amount)
            check_agreed(application)
        move(application, STATE_AFTER_AWARD[AwardKind(kind)])
        award = Award.objects.create(
            community_id=application.community_id,
            application=application,
            call=call,
            title=application.title,
            applicant=application.applicant,
            kind=kind,
            nok=amount,
            left_out=left_out.strip() if kind == AwardKind.PART else "",
            words=words.strip(),
            decided_on=decided_on,
            decided_by_id=call.scheme.decided_by_id,
            at=moment(by),
            by_id=by.account_id,
        )
        record(by=by, act="fund.award", on=award, kind=kind, nok=amount)
        _finish(call, by)
        _tell(award, by)
    return award


def _finish(call: Call, by: Actor) -> None:
    """When nobody waits for an answer any more the call is decided, and its awards are open."""
    if Application.objects.filter(call=call, state__in=PENDING).exists():
        return
    call.state = CallState.DECIDED
    call.save(update_fields=["state"])
    record(by=by, act="fund.decided", on=call)
    for award in Award.objects.filter(call=call).exclude(kind=AwardKind.REFUSED).select_related("applicant"):
        put(
            Ref(AWARD, award.pk),
            community_id=award.community_id,
            title=award.title,
            text=f"{award.applicant.name}. {call.title}",
            is_open=call.scheme.is_published,
        )


def _tell(award: Award, by: Actor) -> None:
    notify(
        to=people_of_party(award.applicant_id, by),
        key=f"plans.award:{award.pk}",
        words=partial(_words, award),
        by=by,
        path=reverse("plans:fund-award", args=[award.pk]),
    )


def _words(award: Award) -> Words:
    if award.kind == AwardKind.REFUSED:
        return Words(_("«%(title)s» did not get money this time") % {"title": award.title}, award.words)
    return Words(
        _("«%(title)s» gets %(amount)s") % {"title": award.title, "amount": kroner(award.nok)},
        _("Say yes to the award on its page, and the work can begin."),
    )


def check_may_accept(award: Award, by: Actor) -> None:
    check_here(by, award.community_id)
    check_may(by, "funds.apply", MAY)
    check_acts_for(by, award.applicant_id)


def accept(award: Award, *, by: Actor) -> Award:
    """The applicant takes the award as it was given."""
    check_may_accept(award, by)
    with transaction.atomic():
        application = lock_application(Application(pk=award.application_id))
        move(application, ApplicationState.ACCEPTED)
        award.accepted_on, award.accepted_name = by.today, by.name
        award.save(update_fields=["accepted_on", "accepted_name"])
        record(by=by, act="fund.accept", on=award, on_behalf_of=award.applicant)
    return award
