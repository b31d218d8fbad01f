"""A hearing under way in a community: registered, divided, and with the first contributions.

Everything by those who may, through the acts people use.
"""

from samspill.demo.hearing_facts import HearingFacts
from samspill.demo.stage import Stage
from samspill.directory.public import Body, Party, scope
from samspill.governance.public import (
    SECRETARIAT,
    Consultation,
    ConsultationWords,
    FoundQuestion,
    Writer,
    ask_for_contributions,
    begin_consultation,
    divide,
    mark_done,
    of_body,
    of_party,
    save_contribution,
    save_joint,
    take_in,
)


def hear(stage: Stage) -> None:
    """The whole hearing of `stage`."""
    facts = stage.world.hearing
    found = _begin(stage, facts)
    writers = _writers(stage)
    _put(stage, facts, found, writers)
    _say(stage, facts, found, writers)
    _write(stage, facts, found, writers)


def _begin(stage: Stage, facts: HearingFacts) -> Consultation:
    by = stage.secretariat(facts.received)
    words = ConsultationWords(
        title=facts.title,
        asked_by=facts.asked_by,
        intro=facts.intro,
        contributions_by=stage.day(facts.contributions_by),
        answer_by=stage.day(facts.answer_by),
    )
    with scope(by):
        return begin_consultation(
            words, [FoundQuestion(one.number, one.text) for one in facts.questions], by=by
        )


def _writers(stage: Stage) -> dict[str, Writer]:
    """Parties and bodies by short name."""
    bodies = {one.short_name: of_body(one) for one in Body.objects.filter(community=stage.community)}
    parties = Party.objects.filter(community=stage.community)
    return bodies | {one.short_name or one.name: of_party(one) for one in parties}


def _put(stage: Stage, facts: HearingFacts, found: Consultation, writers: dict[str, Writer]) -> None:
    numbers = {one.number: one.pk for one in found.questions.all()}
    leads = {
        numbers[one.number]: writers[one.lead].key if one.lead else SECRETARIAT for one in facts.questions
    }
    by = stage.secretariat(facts.divided)
    with scope(by):
        divide(found, leads, by=by)
    by = stage.secretariat(facts.asked)
    with scope(by):
        ask_for_contributions(found, by=by)


def _say(stage: Stage, facts: HearingFacts, found: Consultation, writers: dict[str, Writer]) -> None:
    """The secretariat types what came by mail from a party that nobody here speaks for."""
    questions = {one.number: one for one in found.questions.all()}
    for said in facts.said:
        by = stage.secretariat(said.days)
        with scope(by):
            for number, text in said.answers.items():
                save_contribution(questions[number], writers[said.party], text, based_on=None, by=by)


def _write(stage: Stage, facts: HearingFacts, found: Consultation, writers: dict[str, Writer]) -> None:
    by = stage.secretariat(0)
    with scope(by):
        for question in found.questions.filter(number__in=list(facts.joint)):
            joint, seen = facts.joint[question.number], None
            for party in joint.takes:
                said = question.contributions.get(party=writers[party].party)
                seen = take_in(question, said, based_on=seen.pk if seen else None, by=by).stands
            if joint.adds and seen:
                save_joint(question, f"{seen.text}\n\n{joint.adds}", based_on=seen.pk, by=by)
            if joint.done:
                mark_done(question, by=by)
