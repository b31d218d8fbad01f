"""A scheme is set up, a call is written, announced and closed, and reviewers are appointed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import (
    Account,
    Actor,
    Body,
    Membership,
    Ref,
    check_may,
    forget,
    in_force_on,
    put,
    record,
)
from samspill.plans.actions.funds.conflicts import set_conflicts
from samspill.plans.models import Application, Call, Criterion, FundScheme, Review, Reviewer
from samspill.plans.permissions import MAY
from samspill.plans.rules.funds.access import check_here
from samspill.plans.rules.funds.calls import call_state_on, check_days
from samspill.plans.states import CallState, CriterionKind
from samspill.refusal import Refused

CALL, APPLICATION, AWARD = "plans.call", "plans.application", "plans.award"


def check_may_manage(by: Actor, community_id: int) -> None:
    check_here(by, community_id)
    check_may(by, "funds.manage", MAY)


def save_scheme(
    scheme: FundScheme | None,
    *,
    name: str,
    purpose: str,
    decided_by: Body,
    municipalities_needed: int,
    criteria: Sequence[Mapping[str, Any]],
    by: Actor,
) -> FundScheme:
    """A new scheme, or new words for one. Drafts of its calls follow; announced ones keep theirs."""
    assert by.community_id is not None  # noqa: S101  a secretariat works in a community
    check_may_manage(by, scheme.community_id if scheme else by.community_id)
    _check_name(name.strip(), scheme, by.community_id)
    kept = _checked(criteria)
    with transaction.atomic():
        is_new = scheme is None
        scheme = scheme or FundScheme(community_id=by.community_id)
        scheme.name, scheme.purpose, scheme.decided_by = name.strip(), purpose.strip(), decided_by
        scheme.municipalities_needed, scheme.criteria = municipalities_needed, kept
        scheme.save()
        for call in Call.objects.filter(scheme=scheme, state=CallState.DRAFT):
            _copy_criteria(call)
        record(by=by, act="fund.scheme", on=scheme, is_new=is_new)
    return scheme


def _check_name(name: str, scheme: FundScheme | None, community_id: int) -> None:
    others = FundScheme.objects.filter(community_id=community_id, name=name)
    if others.exclude(pk=scheme.pk if scheme else 0).exists():
        raise Refused("funds.scheme_name", _("There is a scheme of that name. Choose another."), field="name")


def _checked(criteria: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Criteria as they are kept. Refuses two of one name, and none that is given points."""
    kept = []
    for one in criteria:
        scored = one["kind"] == CriterionKind.SCORED
        kept.append(
            {
                "kind": str(one["kind"]),
                "name": one["name"].strip(),
                "explanation": one.get("explanation", "").strip(),
                "points": int(one.get("points") or 5) if scored else 0,
                "weight": int(one.get("weight") or 1) if scored else 0,
            }
        )
    names = [one["name"] for one in kept]
    if len(set(names)) < len(names):
        raise Refused("funds.criterion_twice", _("Two criteria have the same name. Give each its own."))
    if not any(one["kind"] == CriterionKind.SCORED for one in kept):
        raise Refused(
            "funds.no_criteria",
            _("Write a criterion that is given points, so that one can rank."),
        )
    return kept


def _copy_criteria(call: Call) -> None:
    call.criteria.all().delete()
    Criterion.objects.bulk_create(
        Criterion(community_id=call.community_id, call=call, order=order, **one)
        for order, one in enumerate(call.scheme.criteria)
    )


def save_call(call: Call | None, *, scheme: FundScheme, by: Actor, **values: Any) -> Call:
    """A new call of a scheme, or new words, days and frame for one that is not decided.

    `values`: title, text, frame_nok, opens, closes, decides_by. An announced call keeps its first day and its
    frame never becomes smaller, because people have read both.
    """
    check_may_manage(by, scheme.community_id)
    check_days(values["opens"], values["closes"], values["decides_by"])
    with transaction.atomic():
        is_new = call is None
        if call is None:
            call = Call(community_id=scheme.community_id, scheme=scheme)
        else:
            call = lock_call(call)
            _check_promises(call, values, by)
        for name, value in values.items():
            setattr(call, name, value)
        call.save()
        if is_new:
            _copy_criteria(call)
        _index(call)
        record(by=by, act="fund.call", on=call, is_new=is_new)
    return call


def lock_call(call: Call) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("scheme").get(pk=call.pk)


def _check_promises(call: Call, values: Mapping[str, Any], by: Actor) -> None:
    if call.state == CallState.DECIDED:
        raise Refused("funds.decided", _("The call is decided, so it is not changed any more."))
    if call.state == CallState.ANNOUNCED and values["frame_nok"] < call.frame_nok:
        raise Refused(
            "funds.frame_smaller",
            _("People have applied on what was announced, so the frame cannot become smaller."),
            field="frame_nok",
        )
    if call.state == CallState.ANNOUNCED and values["closes"] < call.closes:
        raise Refused(
            "funds.closes_earlier",
            _("The last day is announced. It can be moved later, not earlier."),
            field="closes",
        )


def announce(call: Call, *, by: Actor) -> Call:
    """The call stands open to everybody, and so does its scheme."""
    check_may_manage(by, call.community_id)
    with transaction.atomic():
        call = lock_call(call)
        if call.state != CallState.DRAFT:
            raise Refused("funds.announced", _("The call is announced already."))
        if call.closes < by.today:
            raise Refused(
                "funds.too_late", _("The last day has passed. Choose a later one first."), field="closes"
            )
        call.state = CallState.ANNOUNCED
        call.save(update_fields=["state"])
        FundScheme.objects.filter(pk=call.scheme_id).update(is_published=True)
        call.scheme.is_published = True
        _index(call)
        record(by=by, act="fund.announce", on=call)
    return call


def close_call(call: Call, *, by: Actor) -> Call:
    """The call closes today, before its last day; what is sent is treated."""
    check_may_manage(by, call.community_id)
    with transaction.atomic():
        call = lock_call(call)
        if (
            call_state_on(call.state, call.opens, call.closes, by.today, closed_on=call.closed_on)
            != CallState.OPEN
        ):
            raise Refused("funds.not_open_now", _("The call is not open, so there is nothing to close."))
        call.closed_on = by.today
        call.save(update_fields=["closed_on"])
        record(by=by, act="fund.close", on=call)
    return call


def open_again(call: Call, *, by: Actor) -> Call:
    """Take back that the call was closed before its last day."""
    check_may_manage(by, call.community_id)
    with transaction.atomic():
        call = lock_call(call)
        call.closed_on = None
        call.save(update_fields=["closed_on"])
        record(by=by, act="fund.reopen", on=call)
    return call


def _index(call: Call) -> None:
    ref = Ref(CALL, call.pk)
    if call.state == CallState.DRAFT:
        forget(ref)
        return
    put(
        ref,
        community_id=call.community_id,
        title=call.title,
        text=f"{call.scheme.name}. {call.text}",
        is_open=call.scheme.is_published,
    )


def index_calls(community_id: int) -> int:
    """Renew the search entries of a community's calls; returns how many."""
    calls = list(Call.objects.filter(community_id=community_id).select_related("scheme"))
    for call in calls:
        _index(call)
    return len(calls)


def appoint(call: Call, *, account_id: int, by: Actor) -> Reviewer:
    """A member of the community reviews the call. Where their own organisation takes part, they do not."""
    check_may_manage(by, call.community_id)
    here = Membership.objects.filter(
        in_force_on(by.today), community_id=call.community_id, account_id=account_id
    )
    if not here.exists():
        raise Refused("funds.reviewer", _("Choose somebody who has a role here today."), field="account")
    with transaction.atomic():
        reviewer, is_new = Reviewer.objects.get_or_create(
            community_id=call.community_id, call=call, account_id=account_id
        )
        if is_new:
            name = Account.objects.get(pk=account_id).name
            record(by=by, act="fund.appoint", on=call, reviewer=name)
            for application in Application.objects.filter(call=call):
                set_conflicts(application, by=by)
    return reviewer


def dismiss(call: Call, *, reviewer_id: int, by: Actor) -> None:
    """Somebody reviews no more. Refuses one whose scores count."""
    check_may_manage(by, call.community_id)
    with transaction.atomic():
        if Review.objects.filter(reviewer_id=reviewer_id, reviewer__call=call).exists():
            raise Refused("funds.has_scored", _("This reviewer has given scores, and they stay."))
        found = Reviewer.objects.filter(pk=reviewer_id, call=call).select_related("account").first()
        if found is not None:
            record(by=by, act="fund.dismiss", on=call, reviewer=found.account.name)
            found.delete()
