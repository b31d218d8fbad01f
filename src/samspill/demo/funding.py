"""Joint money in a community: its scheme, its calls, and each application as far as it has come.

What comes of an award is made by `awarding`. Everything by those who may, on the day it happened.
"""

from collections.abc import Mapping
from datetime import date

from samspill.demo.awarding import award
from samspill.demo.funds_facts import AnswerFact, ApplicationFact, CallFact, SchemeFact
from samspill.demo.stage import Stage
from samspill.demo.world import workday
from samspill.directory.public import Body, Party, parties_of, scope
from samspill.plans.public import (
    Application,
    Call,
    Endorsement,
    FundLine,
    FundScheme,
    announce_call,
    answer_consent,
    appoint_reviewer,
    ask_consent,
    begin_application,
    check_formally,
    recommend,
    save_application,
    save_call,
    save_scheme,
    save_scores,
    submit_application,
)

BEFORE_IT_OPENS = 2
THOUSAND = 1000


def fund(stage: Stage) -> None:
    """The scheme and its calls, each with its applications."""
    funds = stage.world.funds
    if funds.scheme is None:
        return
    scheme = None
    for fact in funds.calls:
        scheme = scheme or _scheme(funds.scheme, fact, stage)
        _call(fact, scheme, stage)


def _scheme(fact: SchemeFact, first: CallFact, stage: Stage) -> FundScheme:
    by = stage.secretariat(first.opens - BEFORE_IT_OPENS)
    with scope(by):
        return save_scheme(
            None,
            name=fact.name,
            purpose=fact.purpose,
            decided_by=Body.objects.get(community=stage.community, short_name=fact.decided_by),
            municipalities_needed=1,
            criteria=fact.criteria,
            by=by,
        )


def _call(fact: CallFact, scheme: FundScheme, stage: Stage) -> None:
    by = stage.secretariat(fact.opens - BEFORE_IT_OPENS)
    with scope(by):
        call = save_call(
            None,
            scheme=scheme,
            title=fact.title,
            text=fact.text,
            frame_nok=fact.frame,
            opens=workday(fact.opens, stage.today),
            closes=workday(fact.closes, stage.today),
            decides_by=workday(fact.decides_by, stage.today),
            by=by,
        )
        call = announce_call(call, by=by)
        for key in fact.reviewers:
            appoint_reviewer(call, account_id=stage.accounts[key].pk, by=by)
    parties = {party.short_name: party for party in parties_of(stage.community, stage.today)}
    for one in fact.applications:
        made = _written(one, call, parties, stage)
        _treat(one, made, call, parties, stage)
    for one in fact.applications:
        award(one, call, stage)


def _written(fact: ApplicationFact, call: Call, parties: Mapping[str, Party], stage: Stage) -> Application:
    by = stage.actor(fact.by, fact.begun)
    with scope(by):
        made = begin_application(call, applicant=parties[fact.applicant], title=fact.title, by=by)
        starts, ends = (None if day is None else stage.day(day) for day in (fact.starts, fact.ends))
        values = {
            "title": fact.title,
            "contact_name": by.name,
            "contact_email": stage.cast[fact.by].email,
            "need": fact.need,
            "work": fact.work,
            "effect": fact.effect,
            "transfer_value": fact.transfer_value,
            "patient_groups": list(fact.groups),
            "starts": starts,
            "ends": ends,
        }
        lines = _budget(fact, starts, ends, parties) if starts and ends else []
        return save_application(made, values=values, lines=lines, version=made.version, by=by)


def _budget(fact: ApplicationFact, starts: date, ends: date, parties: Mapping[str, Party]) -> list[FundLine]:
    """Costs and shares over the years; what is left in each year is applied for."""
    found, left = [], dict.fromkeys(range(starts.year, ends.year + 1), 0)
    for label, nok in (fact.costs or {}).items():
        for year, part in over_years(nok, starts, ends).items():
            found.append(FundLine(year, "cost", part, label=label))
            left[year] += part
    for name, nok in (fact.shares or {}).items():
        for year, part in over_years(nok, starts, ends).items():
            found.append(FundLine(year, "party", part, parties[name].pk))
            left[year] -= part
    return [*found, *(FundLine(year, "grant", nok) for year, nok in left.items())]


def over_years(nok: int, starts: date, ends: date) -> dict[int, int]:
    """`nok` over the calendar years from `starts` to `ends` by their days, in whole thousands."""
    days = (ends - starts).days + 1
    found, given = {}, 0
    for year in range(starts.year, ends.year + 1):
        passed = (min(ends, date(year, 12, 31)) - starts).days + 1
        until = nok if year == ends.year else nok * passed // days // THOUSAND * THOUSAND
        found[year], given = until - given, until
    return found


def _treat(
    fact: ApplicationFact, made: Application, call: Call, parties: Mapping[str, Party], stage: Stage
) -> None:
    """Consents, the sending, the formal check, the scores and the advice, as far as it has come."""
    if fact.asked is not None:
        _consents(fact, made, parties, stage)
    if fact.sent is not None:
        by = stage.actor(fact.by, fact.sent)
        with scope(by):
            made = submit_application(made, by=by)
    if fact.checked is not None:
        _check(made, call, fact.checked, stage)
    for who, given in (fact.scores or {}).items():
        _score(made, call, who, dict(enumerate(given)), fact, stage)
    if fact.advice is not None:
        by = stage.secretariat(fact.advice.days)
        said = fact.advice
        with scope(by):
            recommend(made, kind=said.kind, nok=said.nok, words=said.words, left_out=said.left_out, by=by)


def _consents(fact: ApplicationFact, made: Application, parties: Mapping[str, Party], stage: Stage) -> None:
    by = stage.actor(fact.by, fact.asked or 0)
    with scope(by):
        asked = ask_consent(made, parties=[parties[one.party].pk for one in fact.answers], by=by)
    questions = {one.party_id: one for one in asked}
    for answer in fact.answers:
        if answer.answer:
            _answer(questions[parties[answer.party].pk], answer, stage)


def _answer(question: Endorsement, fact: AnswerFact, stage: Stage) -> None:
    by = stage.speaker(fact.party, fact.days)
    with scope(by):
        answer_consent(question, answer=fact.answer, words=fact.words, by=by)


def _check(made: Application, call: Call, days: int, stage: Stage) -> None:
    by = stage.secretariat(days)
    with scope(by):
        met = dict.fromkeys(call.criteria.filter(kind="formal").values_list("pk", flat=True), True)
        check_formally(made, met=met, words={}, missing="", correct_by=None, by=by)


def _score(
    made: Application, call: Call, who: str, given: Mapping[int, tuple[int, str]], fact: ApplicationFact,
    stage: Stage,
) -> None:  # fmt: skip
    """Given halfway between the formal check and the advice, or two days after the check."""
    checked = fact.checked or 0
    by = stage.actor(who, (checked + fact.advice.days) // 2 if fact.advice else checked + 2)
    with scope(by):
        criteria = call.criteria.filter(kind="scored").values_list("pk", flat=True)
        fresh = Application.objects.get(pk=made.pk)
        save_scores(fresh, given={pk: given[place] for place, pk in enumerate(criteria)}, by=by)
