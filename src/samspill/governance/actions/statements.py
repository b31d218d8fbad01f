"""Statements on a case: somebody is asked by a day, and answers; the newest of each stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import Account, Actor, Body, Organisation, Party, record
from samspill.governance.actions.indexing_cases import log_title
from samspill.governance.actions.telling import people_of_parties, people_of_seats
from samspill.governance.models import Case, Statement, StatementRequest
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.impartiality import check_not_disqualified
from samspill.governance.queries.voices import Voice, voices_of
from samspill.governance.rules.identity import check_no_identity
from samspill.governance.states import ENDED, CaseState, Stance
from samspill.refusal import Refused
from samspill.worklist.public import Ask, Words, day_of_month, notify

STATE = "governance.state"
"""The act of a mail link: say what a party means about a case."""


@dataclass(frozen=True)
class Asked:
    """Who is asked: exactly one of the three."""

    party: Party | None = None
    organisation: Organisation | None = None
    body: Body | None = None


def ask_statement(
    case: Case, *, who: Iterable[Asked], due: date, by: Actor, words: str = ""
) -> list[StatementRequest]:
    """Ask each of `who` by `due`; those behind them get a mail. Who is asked again gets the new day."""
    check_may_act(by, "cases.prepare", case)
    check_no_identity(words, field="words")
    asked = list(who)
    if not asked:
        raise Refused("statement.who", gettext_lazy("Choose whom you ask."), field="who")
    if due < by.today:
        raise Refused(
            "statement.due", gettext_lazy("The day has passed. Choose one that is to come."), field="due"
        )
    with transaction.atomic():
        made = [_request(case, one, due, words, by) for one in asked]
        record(by=by, act="case.ask_statement", on=case, title=log_title(case), who=", ".join(map(str, made)))
    return made


def _request(case: Case, who: Asked, due: date, words: str, by: Actor) -> StatementRequest:
    request, _made = StatementRequest.objects.update_or_create(
        case=case,
        party=who.party,
        organisation=who.organisation,
        body=who.body,
        defaults={"community_id": case.community_id, "due": due, "words": words.strip()},
    )
    notify(
        to=_people(who, by),
        key=f"statement:{request.pk}:{due}",
        words=partial(_words, case.title, str(request), due, words, by.today),
        by=by,
        path=reverse("governance:statements", args=[case.pk]),
        asks=stance_asks(request),
    )
    return request


def stance_asks(request: StatementRequest) -> tuple[Ask, ...]:
    """What a mail offers a party: three answers. Others write their own words on the page."""
    if request.party_id is None:
        return ()
    return tuple(
        Ask(STATE, request.case_id, {"party": str(request.party_id), "stance": stance.value})
        for stance in Stance
    )


def _people(who: Asked, by: Actor) -> list[Account]:
    if who.party is not None:
        return people_of_parties([who.party.pk], by)[who.party.pk]
    if who.organisation is not None:
        return people_of_seats(Q(seat__organisation=who.organisation), by)
    return people_of_seats(Q(seat__body=who.body), by)


def _words(title: str, name: str, due: date, words: str, today: date) -> Words:
    said = {"title": title, "name": name, "due": day_of_month(due, today)}
    return Words(
        _("What does %(name)s mean about «%(title)s»?") % said,
        f"{_('Answer by %(due)s.') % said} {words}".strip(),
    )


def give_statement(
    case: Case, *, voice: Voice, stance: str, text: str, by: Actor, via: str = ""
) -> Statement:
    """What somebody says about a case. Refuses a voice that is not the actor's, and an empty statement."""
    check_may_act(by, "cases.draft", case)
    check_not_disqualified(by, [case.pk])
    if CaseState(case.state) in ENDED:
        raise Refused("statement.closed", gettext_lazy("The case is closed, so nobody is asked any more."))
    if voice.key not in {one.key for one in voices_of(by)}:
        raise Refused(
            "statement.voice", gettext_lazy("You do not speak for them. Choose somebody else."), field="voice"
        )
    if stance and stance not in Stance.values:
        raise Refused("statement.stance", gettext_lazy("Press one of the three answers."), field="stance")
    if not stance and not text.strip():
        raise Refused(
            "statement.empty", gettext_lazy("Choose an answer, or write a few words."), field="text"
        )
    if stance == Stance.WITH_REMARK and not text.strip():
        raise Refused(
            "statement.remark",
            gettext_lazy("Write your remark as well, so that the meeting knows what you mean."),
            field="text",
        )
    check_no_identity(text, field="text")
    is_own = voice.party_id or voice.organisation_id or voice.body_id
    with transaction.atomic():
        said = Statement.objects.create(
            community_id=case.community_id,
            case=case,
            party_id=voice.party_id,
            organisation_id=voice.organisation_id,
            body_id=voice.body_id,
            stance=stance,
            text=text.strip(),
            by_id=by.account_id,
            by_name=by.name if is_own else f"{voice.name}, {by.name}",
        )
        party = Party.objects.get(pk=voice.party_id) if voice.party_id else None
        details = {"via": via} if via else {}
        record(
            by=by,
            act="case.state",
            on=case,
            on_behalf_of=party,
            title=log_title(case),
            voice=voice.name,
            **details,
        )
    return said
