"""The acts of a hearing, from the letter with the questions to the joint text."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hearing import QUESTIONS, WORDS, asked, parties, received, say
from pytest_django import Settings

from factories.bodies import Bodies
from factories.people import TODAY, actor
from samspill.directory.public import Body, NewMember, acting_as, add_member, scope
from samspill.governance.actions.compiling import (
    compile_consultation,
    mark_done,
    reopen,
    save_joint,
    settle_joint,
    take_in,
)
from samspill.governance.actions.consultations import (
    begin_consultation,
    change_questions,
)
from samspill.governance.actions.contributing import save_contribution, say_no_remarks, settle_contribution
from samspill.governance.actions.delivering_consultations import (
    deliver,
)
from samspill.governance.actions.dividing import (
    ask_for_contributions,
    divide,
    remind_missing,
    remind_of_consultations,
    take_back_asking,
    take_back_reminder,
    undivide,
)
from samspill.governance.models import Consultation, Contribution, JointText
from samspill.governance.queries.consultations import of_party, standing_of
from samspill.governance.rules.question_sets import FoundQuestion
from samspill.governance.states import (
    CONSULTATION_TRANSITIONS,
    ConsultationState,
)
from samspill.refusal import Refused
from samspill.worklist.models import Notice

S = ConsultationState


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path


def state_of(found: Consultation) -> str:
    return Consultation.objects.get(pk=found.pk).state


def test_a_hearing_keeps_the_askers_words_and_numbers(bodies: Bodies) -> None:
    found = received(bodies)
    assert found.state == S.RECEIVED
    assert [(one.order, one.number, one.text) for one in found.questions.all()] == [
        (1, "1", QUESTIONS[0].text),
        (2, "2b", QUESTIONS[1].text),
    ]


def test_an_answer_due_before_the_contributions_is_refused_and_nothing_is_written(bodies: Bodies) -> None:
    with pytest.raises(Refused) as refused:
        begin_consultation(replace(WORDS, answer_by=TODAY), QUESTIONS, by=bodies.by)
    assert refused.value.field == "contributions_by"
    assert not Consultation.objects.exists()


def test_questions_are_moved_changed_removed_and_added_until_somebody_is_asked(bodies: Bodies) -> None:
    found = received(bodies)
    first, second = found.questions.all()
    new = [(second.pk, FoundQuestion("1", "Endret?")), (None, FoundQuestion("", "Ny?"))]
    change_questions(found, new, by=bodies.by)
    assert [(one.pk == second.pk, one.text) for one in found.questions.all()] == [
        (True, "Endret?"),
        (False, "Ny?"),
    ]
    assert not found.questions.filter(pk=first.pk).exists()
    late = asked(bodies)
    with pytest.raises(Refused, check=lambda no: no.code == "consultation.state"):
        change_questions(late, new, by=bodies.by)


def test_a_hearing_is_divided_when_each_question_has_a_lead(bodies: Bodies) -> None:
    found = received(bodies)
    first, second = found.questions.all()
    divide(found, {first.pk: f"party-{parties(bodies)[0].pk}"}, by=bodies.by)
    assert state_of(found) == S.RECEIVED
    divide(found, {second.pk: f"body-{bodies.fsu.pk}"}, by=bodies.by)
    assert state_of(found) == S.DIVIDED
    divide(found, {second.pk: ""}, by=bodies.by)
    assert state_of(found) == S.RECEIVED
    divide(found, {}, rest=True, by=bodies.by)
    assert found.questions.get(pk=second.pk).led_by_secretariat
    undivide(found, by=bodies.by)
    assert state_of(found) == S.RECEIVED


def test_a_lead_of_another_helsefellesskap_is_refused(bodies: Bodies) -> None:
    found = received(bodies)
    other = Body.objects.exclude(community=bodies.community).first()
    number = other.pk if other else 999_999
    with pytest.raises(Refused):
        divide(found, {found.questions.all()[0].pk: f"body-{number}"}, by=bodies.by)


def test_only_the_secretariat_begins_and_divides(bodies: Bodies) -> None:
    found = received(bodies)
    by = actor("ostfold", "member", email="medlem@example.no")
    with scope(by):
        for act in (
            lambda: begin_consultation(WORDS, QUESTIONS, by=by),
            lambda: divide(found, {}, rest=True, by=by),
            lambda: ask_for_contributions(found, by=by),
            lambda: deliver(found, by=by),
        ):
            with pytest.raises(Refused) as refused:
                act()
            assert refused.value.forbidden


def test_another_helsefellesskap_sees_nothing_of_it_and_changes_nothing(bodies: Bodies) -> None:
    found = asked(bodies)
    say(found.questions.all()[0], parties(bodies)[1], "Dette mener vi.", bodies)
    other = actor("vestfold", "secretariat")
    with scope(other):
        assert not Consultation.objects.exists()
        assert not Contribution.objects.exists()
        with pytest.raises(Refused) as refused:
            divide(found, {}, rest=True, by=other)
    assert refused.value.forbidden


def person_of(bodies: Bodies, place: int = 0):  # type: ignore[no-untyped-def]
    """Somebody with an account who answers for a party."""
    party = parties(bodies)[place]
    new = NewMember(name="Turid Aas", email=f"turid{place}@example.no", role="director", from_day=TODAY)
    added = add_member(community=bodies.community, new=new, by=bodies.by, party=party)
    return acting_as(added.account, today=TODAY), party


def test_leads_and_parties_are_told_once_and_it_can_be_taken_back(bodies: Bodies) -> None:
    turid, _party = person_of(bodies)
    found = asked(bodies)
    assert found.state == S.CONTRIBUTIONS
    assert Notice.objects.filter(account=turid.account_id).count() == 2  # leads a question, and is asked
    assert all(one.path.startswith(f"/horinger/{found.pk}/bidrag/") for one in Notice.objects.all())
    take_back_asking(found, by=bodies.by)
    assert state_of(found) == S.DIVIDED
    assert not Notice.objects.exists()


def test_asking_is_not_taken_back_when_somebody_has_answered(bodies: Bodies) -> None:
    found = asked(bodies)
    say(found.questions.all()[0], parties(bodies)[1], "Dette mener vi.", bodies)
    with pytest.raises(Refused, check=lambda no: no.code == "consultation.contributed"):
        take_back_asking(found, by=bodies.by)


def test_who_owes_words_is_reminded_once_a_day_and_who_has_answered_is_not(bodies: Bodies) -> None:
    turid, party = person_of(bodies)
    other, second = person_of(bodies, 1)
    found = asked(bodies)
    say(found.questions.all()[1], second, "Dette mener vi.", bodies)
    standing = standing_of(found, bodies.by)
    assert party.pk in {one.party.pk for one in standing.silent if one.party}
    assert second.pk not in {one.party.pk for one in standing.silent if one.party}
    assert remind_missing(found, by=bodies.by).told == [str(party)]
    assert remind_missing(found, by=bodies.by).already == [str(party)]
    assert take_back_reminder(found, by=bodies.by) == 1
    assert not Notice.objects.filter(account=other.account_id, key__contains="again").exists()
    assert turid.account_id


def test_the_day_before_the_last_day_samspill_reminds_by_itself(bodies: Bodies) -> None:
    person_of(bodies)
    found = asked(bodies)
    assert remind_of_consultations(by=bodies.by) == 0
    Consultation.objects.filter(pk=found.pk).update(contributions_by=TODAY + timedelta(days=1))
    assert remind_of_consultations(by=bodies.by) == 1
    assert remind_of_consultations(by=bodies.by) == 0


def test_a_lead_has_not_answered_before_its_own_question_has_its_words(bodies: Bodies) -> None:
    found = asked(bodies)
    lead = parties(bodies)[0]
    say(found.questions.all()[1], lead, "Om det andre.", bodies)
    assert lead.pk in {one.party.pk for one in standing_of(found, bodies.by).silent if one.party}


def test_one_speaks_only_for_the_own_party(bodies: Bodies) -> None:
    turid, party = person_of(bodies)
    found = asked(bodies)
    question = found.questions.all()[0]
    with scope(turid):
        assert save_contribution(question, of_party(party), "Vårt.", based_on=None, by=turid).row
        with pytest.raises(Refused) as refused:
            save_contribution(question, of_party(parties(bodies)[1]), "Deres.", based_on=None, by=turid)
    assert refused.value.forbidden


def test_two_who_write_at_once_lose_nothing(bodies: Bodies) -> None:
    turid, party = person_of(bodies)
    found = asked(bodies)
    question, writer = found.questions.all()[0], of_party(party)
    first = save_contribution(question, writer, "Først.", based_on=None, by=bodies.by).row
    assert first is not None
    save_contribution(question, writer, "Først, av meg.", based_on=first.pk, by=bodies.by)
    with scope(turid):
        late = save_contribution(question, writer, "Først, av Turid.", based_on=first.pk, by=turid)
    assert late.is_beside and late.stands is not None and late.row is not None
    settled = settle_contribution(
        question, writer, beside=late.row.pk, over=late.stands.pk, choice="both", by=bodies.by
    )
    assert settled.stands is not None
    assert settled.stands.text == "Først, av meg.\n\nFørst, av Turid."


def test_a_party_without_remarks_says_so_everywhere_it_has_not_written(bodies: Bodies) -> None:
    found = asked(bodies)
    party = parties(bodies)[2]
    say(found.questions.all()[0], party, "Dette mener vi.", bodies)
    assert say_no_remarks(found, of_party(party), "", by=bodies.by) == 1
    assert Contribution.objects.filter(party=party).count() == 2


def test_the_joint_text_knows_what_its_paragraphs_rest_on(bodies: Bodies) -> None:
    found = asked(bodies)
    question = found.questions.all()[0]
    one = say(question, parties(bodies)[0], "Vi når ikke alle hjem om kvelden.\n\nVi mangler biler.", bodies)
    two = say(question, parties(bodies)[1], "Hos oss mangler det sykepleiere i helgene.", bodies)
    saved = take_in(question, one, based_on=None, by=bodies.by)
    assert saved.stands is not None and saved.stands.sources == [[one.pk], [one.pk]]
    saved = take_in(question, two, based_on=saved.stands.pk, by=bodies.by)
    assert saved.stands is not None and saved.stands.sources == [[one.pk], [one.pk], [two.pk]]
    moved = (
        "Hos oss mangler det sykepleiere i alle helgene.\n\nNytt avsnitt om noe annet.\n\nVi mangler biler."
    )
    saved = save_joint(question, moved, based_on=saved.stands.pk, by=bodies.by)
    assert saved.stands is not None and saved.stands.sources == [[two.pk], [], [one.pk]]


def test_two_who_write_the_joint_text_keep_both_texts_and_their_sources(bodies: Bodies) -> None:
    found = asked(bodies)
    question = found.questions.all()[0]
    one = say(question, parties(bodies)[0], "Vi når ikke alle hjem om kvelden.", bodies)
    first = take_in(question, one, based_on=None, by=bodies.by).stands
    assert first is not None
    save_joint(question, f"{first.text}\n\nMer fra meg.", based_on=first.pk, by=bodies.by)
    late = save_joint(question, f"{first.text}\n\nNoe ganske annet.", based_on=first.pk, by=bodies.by)
    assert late.is_beside and late.row and late.stands
    both = settle_joint(question, beside=late.row.pk, over=late.stands.pk, choice="both", by=bodies.by).stands
    assert both is not None
    assert both.sources == [[one.pk], [], [one.pk], []]


def test_a_question_is_done_when_it_has_an_answer_and_the_set_when_all_are(bodies: Bodies) -> None:
    found = asked(bodies)
    first, second = found.questions.all()
    with pytest.raises(Refused):
        mark_done(first, by=bodies.by)
    save_joint(first, "Svar.", based_on=None, by=bodies.by)
    mark_done(first, by=bodies.by)
    with pytest.raises(Refused):
        compile_consultation(found, by=bodies.by)
    save_joint(second, "Svar.", based_on=None, by=bodies.by)
    with pytest.raises(Refused):
        compile_consultation(found, by=bodies.by)
    mark_done(second, by=bodies.by)
    compile_consultation(found, by=bodies.by)
    reopen(found, by=bodies.by)
    compile_consultation(found, by=bodies.by)
    mark_done(found.questions.all()[0], is_done=False, by=bodies.by)
    assert state_of(found) == S.CONTRIBUTIONS


def test_the_lead_writes_its_own_joint_text_and_no_other(bodies: Bodies) -> None:
    turid, _party = person_of(bodies)
    found = asked(bodies)
    first, second = found.questions.all()
    with scope(turid):
        assert save_joint(first, "Felles.", based_on=None, by=turid).stands
        with pytest.raises(Refused) as refused:
            save_joint(second, "Felles.", based_on=None, by=turid)
    assert refused.value.forbidden
    assert JointText.objects.count() == 1


def test_every_act_is_a_way_of_the_table() -> None:
    seen = {S.RECEIVED}
    for _round in S:
        seen |= {after for one in seen for after in CONSULTATION_TRANSITIONS[one]}
    assert seen == set(S)
