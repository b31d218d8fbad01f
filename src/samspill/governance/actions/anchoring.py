"""The anchoring round: the municipalities of a region are asked about a case before a meeting, and answer."""

from datetime import date
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import Actor, Body, Party, Region, record
from samspill.governance.actions.indexing_cases import log_title
from samspill.governance.actions.passage_states import lock_case, passage_under_way
from samspill.governance.actions.telling import people_of_parties
from samspill.governance.models import AnchoringAnswer, AnchoringRound, Case
from samspill.governance.permissions import check_may_act, is_secretariat
from samspill.governance.queries.anchoring import bar_of, parties_asked, regions_to_ask
from samspill.governance.queries.voices import municipalities_of
from samspill.governance.rules.anchoring import check_answer, check_because, check_round
from samspill.governance.rules.identity import check_no_identity
from samspill.governance.states import AnchoringState, CaseState, Stance
from samspill.refusal import Refused
from samspill.worklist.public import Ask, Words, day_of_month, notify

ANCHOR = "governance.anchor"
"""The act of a mail link: answer for one's municipality."""
ANCHORED_IN = frozenset({CaseState.REPORTED, CaseState.PREPARING, CaseState.READY, CaseState.ON_AGENDA})


def ask_anchoring(
    case: Case, *, due: date, by: Actor, region: Region | None = None, question: str = ""
) -> AnchoringRound:
    """Ask the municipalities of `region`, or all of them, about a case by `due`.

    Their directors and members get a mail with three buttons. Refuses a region the actor does not belong to,
    a case nobody prepares, and a second round in the same region while one is open.
    """
    check_may_act(by, "cases.anchor", case)
    question = question.strip() or case.question or case.asks
    check_round(question, due, by.today)
    check_no_identity(question, field="question")
    _check_region(region, by)
    with transaction.atomic():
        case = lock_case(case)
        if CaseState(case.state) not in ANCHORED_IN:
            raise Refused(
                "anchoring.state",
                gettext_lazy("The case is on its way to no meeting, so nobody is asked about it now."),
            )
        if case.anchoring_rounds.filter(region=region, state=AnchoringState.OPEN).exists():
            raise Refused(
                "anchoring.open",
                gettext_lazy("They have been asked already. Look at the answers at the case."),
            )
        found = AnchoringRound.objects.create(
            community_id=case.community_id,
            case=case,
            region=region,
            begun_for=_body(case),
            question=question[:500],
            due=due,
            asked_by_id=by.account_id,
        )
        record(by=by, act="case.anchor", on=case, title=log_title(case), round=found.pk, due=due.isoformat())
        _ask(found, parties_asked(found, by.today), key="new", by=by)
    return found


def _check_region(region: Region | None, by: Actor) -> None:
    """A member asks the own region; who prepares cases may ask anybody."""
    if is_secretariat(by):
        return
    own = {one for one, _name in regions_to_ask(by, municipalities_of(by), every=False)}
    if region is not None and region.pk not in own:
        raise Refused(
            "anchoring.region",
            gettext_lazy("You speak for another region. Ask your own, or all the municipalities."),
            field="region",
        )


def _body(case: Case) -> Body | None:
    passage = passage_under_way(case)
    return passage.body if passage else case.proposed_body


def _ask(found: AnchoringRound, parties: list[Party], *, key: str, by: Actor) -> int:
    """Mail to the people of each municipality but the one who asks; returns how many notices are new."""
    people = people_of_parties([party.pk for party in parties], by)
    new = 0
    for party in parties:
        new += notify(
            to=[account for account in people[party.pk] if account.pk != by.account_id],
            key=f"anchor:{found.pk}:{party.pk}:{key}",
            words=partial(_words, found, party, by.today, is_again=key != "new"),
            by=by,
            path=reverse("governance:anchoring-answer", args=[found.case_id, found.pk]),
            asks=anchor_asks(found, party),
        )
    return new


def anchor_asks(found: AnchoringRound, party: Party) -> tuple[Ask, ...]:
    """Three buttons: supports, supports with a remark, does not support."""
    return tuple(Ask(ANCHOR, found.pk, {"party": str(party.pk), "stance": stance.value}) for stance in Stance)


def _words(found: AnchoringRound, party: Party, today: date, *, is_again: bool) -> Words:
    said = {
        "party": str(party),
        "question": found.question,
        "due": day_of_month(found.due, today),
        "title": found.case.title,
    }
    title = (
        _("%(party)s has not answered yet: «%(title)s»")
        if is_again
        else _("What does %(party)s say about «%(title)s»?")
    )
    return Words(title % said, _("%(question)s Answer by %(due)s.") % said)


def answer_anchoring(
    found: AnchoringRound, *, party: Party, stance: str, remark: str = "", by: Actor, via: str = ""
) -> AnchoringAnswer:
    """A municipality's answer. It may be changed while the round is open; every answer is kept."""
    check_may_act(by, "cases.anchor", found)
    with transaction.atomic():
        found = _locked(found)
        _check_speaks(found, party, by)
        check_answer(stance, remark, state=found.state, due=found.due, today=by.today)
        check_no_identity(remark, field="remark")
        answer = AnchoringAnswer.objects.create(
            community_id=found.community_id,
            round=found,
            party=party,
            stance=stance,
            remark=remark.strip()[:500],
            by_id=by.account_id,
            by_name=by.name,
        )
        details = {"via": via} if via else {}
        record(
            by=by,
            act="case.anchor_answer",
            on=found.case,
            title=log_title(found.case),
            on_behalf_of=party,
            stance=stance,
            **details,
        )
    return answer


def _check_speaks(found: AnchoringRound, party: Party, by: Actor) -> None:
    if party.pk not in {one.pk for one in parties_asked(found, by.today)}:
        raise Refused("anchoring.party", gettext_lazy("This municipality is not asked in this round."))
    if not is_secretariat(by) and party.pk not in municipalities_of(by):
        raise Refused(
            "anchoring.speaks",
            gettext_lazy("You do not answer for this municipality."),
            forbidden=True,
        )


def chase_anchoring(found: AnchoringRound, *, by: Actor) -> int:
    """Once a day at most, those who have not answered are asked again; returns how many mails are new."""
    check_may_act(by, "cases.anchor", found)
    bar = bar_of(found, by.today)
    if not bar.is_open:
        raise Refused("anchoring.closed", gettext_lazy("The round is over, so nobody is asked again."))
    with transaction.atomic():
        new = _ask(found, [cell.party for cell in bar.silent], key=f"again:{by.today}", by=by)
        record(by=by, act="case.anchor_chase", on=found.case, title=log_title(found.case), mails=new)
    return new


def close_anchoring(found: AnchoringRound, *, by: Actor) -> AnchoringRound:
    """No more answers. The case may go on when every round of it is over."""
    check_may_act(by, "cases.prepare", found)
    with transaction.atomic():
        found = _locked(found)
        if found.state != AnchoringState.OPEN:
            raise Refused("anchoring.closed", gettext_lazy("The round is over already."))
        found.state = AnchoringState.CLOSED
        found.save(update_fields=["state"])
        record(by=by, act="case.anchor_close", on=found.case, title=log_title(found.case))
    return found


def waive_anchoring(case: Case, *, because: str, by: Actor) -> AnchoringRound:
    """One need not wait, for a reason: every open round ends, or one is written down."""
    check_may_act(by, "cases.prepare", case)
    check_because(because)
    check_no_identity(because, field="because")
    with transaction.atomic():
        case = lock_case(case)
        ended = list(case.anchoring_rounds.select_for_update().filter(state=AnchoringState.OPEN))
        for one in ended:
            one.state, one.waived_because = AnchoringState.WAIVED, because.strip()[:500]
            one.save(update_fields=["state", "waived_because"])
        if not ended:
            ended = [
                AnchoringRound.objects.create(
                    community_id=case.community_id,
                    case=case,
                    question=(case.question or case.title)[:500],
                    due=by.today,
                    state=AnchoringState.WAIVED,
                    waived_because=because.strip()[:500],
                    asked_by_id=by.account_id,
                )
            ]
        record(by=by, act="case.anchor_waive", on=case, title=log_title(case), because=because.strip())
    return ended[0]


def close_rounds_of_the_past(*, by: Actor) -> int:
    """On a morning: rounds whose last day was before today are over. Returns how many; mails nobody."""
    past = AnchoringRound.objects.filter(
        community_id=by.community_id or 0, state=AnchoringState.OPEN, due__lt=by.today
    )
    for found in past.select_related("case"):
        close_anchoring(found, by=by)
    return 0


def _locked(found: AnchoringRound) -> AnchoringRound:
    # Of the round alone: the case and the region are read, not kept from others.
    return AnchoringRound.objects.select_related("case").select_for_update(of=("self",)).get(pk=found.pk)
