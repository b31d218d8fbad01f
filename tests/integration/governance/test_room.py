"""The meeting room: what may be decided, by whom and how, and that nothing that was said is lost."""

from datetime import date

import pytest

from factories.bodies import Bodies, give_mandate, hold
from factories.cases import meeting_of
from factories.rooms import attendance, called_meeting, first_item, items, point, under_way
from samspill.directory.public import Bloc, Party, PartyKind
from samspill.governance.actions.passages import put_on
from samspill.governance.models import (
    AgendaItem,
    Attendance,
    Case,
    ConflictAssessment,
    Decision,
    DecisionParty,
    FollowUp,
    Forwarding,
    RepresentationRule,
    Seat,
    Treatment,
    Vote,
)
from samspill.governance.public import (
    How,
    NewDissent,
    NewPoint,
    assign_down,
    close_meeting,
    decide,
    lift,
    note,
    postpone,
    put_answers_on,
    replace_decision,
    reverse_decision,
    send_back,
    set_presence,
    start_meeting,
    take_in_one_stroke,
)
from samspill.governance.queries.room import there_at, title_of, voters_of
from samspill.governance.states import (
    Answer,
    Authority,
    CaseState,
    ConflictConclusion,
    DecisionKind,
    DecisionMethod,
    DecisionState,
    FollowUpState,
    ForwardingReason,
    ImpartialityGround,
    ItemKind,
    MeetingState,
    Outcome,
    Presence,
    Role,
    TreatmentState,
    VoteChoice,
)
from samspill.refusal import Refused

MONEY = ForwardingReason.ECONOMY


def refusal(act: object, *args: object, **kwargs: object) -> Refused:
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)  # type: ignore[operator]
    return refused.value


def votes_of(item: AgendaItem, *against: str) -> dict[int, str]:
    """Everybody who may vote is for, except the named."""
    return {
        voter.seat_id: VoteChoice.AGAINST if voter.tenure.name in against else VoteChoice.FOR
        for voter in voters_of(item)
    }


def rule_of(bodies: Bodies, **values: object) -> None:
    RepresentationRule.objects.filter(body=bodies.fsu).update(**values)


def test_who_is_there_is_taken_from_the_answers_and_corrected_one_by_one(bodies: Bodies) -> None:
    meeting = called_meeting(bodies, bodies.fsu)
    seats = Seat.objects.filter(body=bodies.fsu).order_by("order")
    for seat, answer in zip(seats, (Answer.YES, Answer.NO, Answer.PERHAPS), strict=False):
        tenure = seat.tenures.get()
        Attendance.objects.create(
            community=bodies.community, meeting=meeting, seat=seat, tenure=tenure, answer=answer
        )
    start_meeting(meeting, by=bodies.by)
    there = {str(row.tenure): row.presence for row in Attendance.objects.filter(meeting=meeting)}
    assert there == {
        "Kari Nordli": "present",
        "Per Solbakken": "absent",
        "Anne Vik": "present",
        "Jon Haugen": "absent",
        "Mona Brukås": "absent",
    }
    set_presence(attendance(meeting, "Per Solbakken"), Presence.PRESENT, by=bodies.by)
    assert attendance(meeting, "Per Solbakken").presence == Presence.PRESENT


def test_who_leaves_is_gone_from_that_item_on_and_was_there_before(bodies: Bodies) -> None:
    meeting = under_way(bodies, bodies.fsu, ("Første", "Andre", "Tredje"))
    one, two, three = items(meeting)
    note(one, by=bodies.by)
    set_presence(attendance(meeting, "Anne Vik"), Presence.LEFT, item=two, by=bodies.by)
    row = [attendance(meeting, "Anne Vik")]
    seen = there_at([one, two, three], row)
    assert [seen[item.pk][0].presence for item in (one, two, three)] == ["present", "left", "left"]
    set_presence(row[0], Presence.PRESENT, item=three, by=bodies.by)
    assert there_at([three], row)[three.pk][0].presence == Presence.PRESENT


def test_a_decision_makes_a_follow_up_and_a_row_for_each_party_it_binds(bodies: Bodies) -> None:
    municipalities = Party.objects.filter(community=bodies.community, kind=PartyKind.MUNICIPALITY)[:3]
    item = first_item(under_way(bodies, bodies.fsu))
    new = point(bodies, parties=tuple(one.pk for one in municipalities), helpers=(f"body:{bodies.ssu.pk}",))
    made = decide(item, points=[new, point(bodies, "Se på det igjen.", no_follow_up=True)], by=bodies.by)
    assert made is not None
    assert (made.kind, made.state, made.method) == ("decision", "adopted", "consensus")
    follow_up = FollowUp.objects.get()
    assert (follow_up.accountable_body, follow_up.due) == (bodies.fsu, date(2027, 3, 1))
    assert [helper.body for helper in follow_up.helpers.all()] == [bodies.ssu]
    assert DecisionParty.objects.filter(point__decision=made).count() == 3
    assert Case.objects.get().state == CaseState.FOLLOWED_UP


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"owner": ""}, "decision.owner"),
        ({"due": None}, "decision.due"),
        ({"owner": "", "due": None}, "decision.owner"),
    ],
)
def test_invariant_6_each_point_has_one_who_answers_and_a_day_or_no_follow_up(
    bodies: Bodies, values: dict[str, object], code: str
) -> None:
    item = first_item(under_way(bodies, bodies.fsu))
    assert refusal(decide, item, points=[point(bodies, **values)], by=bodies.by).code == code
    assert not Decision.objects.exists()
    assert decide(item, points=[point(bodies, **values, no_follow_up=True)], by=bodies.by)
    assert not FollowUp.objects.exists()


def test_invariant_7_a_body_without_authority_recommends_and_says_why_with_the_mandate_s_words(
    bodies: Bodies,
) -> None:
    mandate = give_mandate(bodies.fsu, Authority.ADVISORY, version=2, from_day=date(2026, 1, 1))
    mandate.limits = "Utvalget gir råd til SSU."
    mandate.save()
    item = first_item(under_way(bodies, bodies.fsu))
    refused = refusal(decide, item, points=[point(bodies)], by=bodies.by)
    assert refused.code == "decision.authority"
    assert "Utvalget gir råd til SSU." in refused.sentence
    made = decide(item, points=[point(bodies)], outcome=Outcome.RECOMMENDED, by=bodies.by)
    assert made is not None
    assert (made.kind, made.authority_words) == (DecisionKind.RECOMMENDATION, "Utvalget gir råd til SSU.")
    assert not FollowUp.objects.exists()


def test_invariant_8_a_case_with_larger_consequences_is_recommended_below_and_decided_above(
    bodies: Bodies,
) -> None:
    item = first_item(under_way(bodies, bodies.fsu, large_consequence=True))
    assert refusal(decide, item, points=[point(bodies)], by=bodies.by).code == "decision.authority"
    above = lift(item, reason=MONEY, words="Det koster.", points=[point(bodies)], by=bodies.by)
    assert above.body == bodies.ssu
    assert Forwarding.objects.get().recommendation == "Ansett en koordinator."
    meeting = called_empty(bodies)
    item = put_on(meeting, above, by=bodies.by, late_because="Haster.")
    begun = start_meeting(meeting, by=bodies.by)
    item.meeting = begun
    assert decide(item, points=[point(bodies)], by=bodies.by)


def called_empty(bodies: Bodies):  # type: ignore[no-untyped-def]
    return meeting_of(bodies.ssu, state=MeetingState.CALLED)


def test_invariant_10_the_answer_from_above_stands_on_the_next_agenda_below(bodies: Bodies) -> None:
    item = first_item(under_way(bodies, bodies.fsu))
    above = lift(item, reason=MONEY, words="Det koster.", points=[point(bodies)], by=bodies.by)
    below = meeting_of(bodies.fsu, date(2026, 12, 10))
    meeting = called_empty(bodies)
    item = put_on(meeting, above, by=bodies.by, late_because="Haster.")
    item.meeting = start_meeting(meeting, by=bodies.by)
    decide(item, points=[point(bodies)], by=bodies.by)
    answer = AgendaItem.objects.get(meeting=below)
    assert (answer.kind, answer.answers, title_of(answer)) == (
        ItemKind.ANSWER,
        above,
        "Svar fra SSU-P: Felles kveldspatrulje",
    )
    assert put_answers_on(below, by=bodies.by) == []


def test_an_answer_that_finds_no_agenda_waits_for_the_one_that_comes(bodies: Bodies) -> None:
    item = first_item(under_way(bodies, bodies.fsu))
    above = lift(item, reason=MONEY, words="Det koster.", by=bodies.by)
    meeting = called_empty(bodies)
    item = put_on(meeting, above, by=bodies.by, late_because="Haster.")
    item.meeting = start_meeting(meeting, by=bodies.by)
    decide(item, points=[point(bodies)], by=bodies.by)
    assert not AgendaItem.objects.filter(kind=ItemKind.ANSWER).exists()
    below = meeting_of(bodies.fsu, date(2027, 1, 20))
    assert [one.answers for one in put_answers_on(below, by=bodies.by)] == [above]


def test_invariant_11_a_meeting_is_not_held_while_an_item_lacks_an_outcome(bodies: Bodies) -> None:
    meeting = under_way(bodies, bodies.fsu, ("Første", "Andre"))
    one, two = items(meeting)
    note(one, by=bodies.by)
    refused = refusal(close_meeting, meeting, by=bodies.by)
    assert "Andre" in refused.sentence
    assert "Første" not in refused.sentence
    postpone(two, by=bodies.by)
    assert close_meeting(meeting, by=bodies.by).state == MeetingState.HELD


def test_invariant_12_what_is_postponed_in_the_room_is_in_the_queue_again(bodies: Bodies) -> None:
    item = first_item(under_way(bodies, bodies.fsu))
    postpone(item, by=bodies.by)
    again = Treatment.objects.get(state=TreatmentState.QUEUED)
    assert (again.body, again.postponed) == (bodies.fsu, 1)


def test_an_assignment_and_a_return_say_why(bodies: Bodies) -> None:
    meeting = under_way(bodies, bodies.ssu, ("Oppdrag", "Retur"))
    down, back = items(meeting)
    below = assign_down(
        down,
        to_body=bodies.fsu,
        reason=ForwardingReason.EXPERTISE,
        words="Regn.",
        due=date(2027, 2, 1),
        by=bodies.by,
    )
    assert (below.body, below.state) == (bodies.fsu, TreatmentState.PREPARING)
    again = send_back(back, reason=ForwardingReason.INCOMPLETE, words="Prisen mangler.", by=bodies.by)
    assert (again.body, again.state) == (bodies.ssu, TreatmentState.PREPARING)


def test_invariant_4_only_seats_with_a_vote_count(bodies: Bodies) -> None:
    rule_of(bodies, decision_method=DecisionMethod.MAJORITY)
    item = first_item(under_way(bodies, bodies.fsu))
    observer = Seat.objects.get(body=bodies.fsu, may_vote=False)
    votes = votes_of(item)
    assert observer.pk not in votes
    refused = refusal(
        decide,
        item,
        points=[point(bodies)],
        how=How(votes=votes | {observer.pk: VoteChoice.FOR}),
        by=bodies.by,
    )
    assert refused.code == "vote.not_allowed"
    decide(item, points=[point(bodies)], how=How(votes=votes), by=bodies.by)
    assert Vote.objects.count() == 4


def test_a_majority_on_one_side_only_is_no_majority_per_side(bodies: Bodies) -> None:
    rule_of(bodies, decision_method=DecisionMethod.MAJORITY_PER_BLOC)
    item = first_item(under_way(bodies, bodies.fsu))
    fell = votes_of(item, "Anne Vik", "Jon Haugen")
    assert (
        refusal(decide, item, points=[point(bodies)], how=How(votes=fell), by=bodies.by).code
        == "decision.fell"
    )
    tie = votes_of(item, "Anne Vik")
    assert (
        refusal(decide, item, points=[point(bodies)], how=How(votes=tie), by=bodies.by).code
        == "decision.fell"
    )
    assert decide(item, points=[point(bodies)], how=How(votes=votes_of(item)), by=bodies.by)


def test_everybody_with_a_vote_is_counted_before_it_is_decided(bodies: Bodies) -> None:
    rule_of(bodies, decision_method=DecisionMethod.MAJORITY)
    item = first_item(under_way(bodies, bodies.fsu))
    some = dict(list(votes_of(item).items())[:2])
    assert (
        refusal(decide, item, points=[point(bodies)], how=How(votes=some), by=bodies.by).code
        == "vote.missing"
    )


def test_a_body_that_is_too_few_on_a_side_does_not_decide(bodies: Bodies) -> None:
    rule_of(bodies, quorum_per_bloc=2)
    meeting = under_way(bodies, bodies.fsu)
    item = first_item(meeting)
    set_presence(attendance(meeting, "Anne Vik"), Presence.ABSENT, by=bodies.by)
    refused = refusal(decide, item, points=[point(bodies)], by=bodies.by)
    assert refused.code == "decision.quorum"
    assert str(Bloc.HOSPITAL.label) in refused.sentence
    assert str(Bloc.MUNICIPAL.label) not in refused.sentence


def test_the_disqualified_have_no_vote_and_their_called_substitute_has(bodies: Bodies) -> None:
    meeting = under_way(bodies, bodies.fsu)
    item = first_item(meeting)
    away = attendance(meeting, "Kari Nordli")
    ConflictAssessment.objects.create(
        community=bodies.community,
        case=item.treatment.case,
        tenure=away.tenure,
        ground=ImpartialityGround.PARTY,
        conclusion=ConflictConclusion.DISQUALIFIED,
        because="Leder søknaden.",
        law_reference="fvl. § 6 e",
    )
    assert "Kari Nordli" not in {voter.tenure.name for voter in voters_of(item)}
    substitute = hold(away.seat, "Vara Veum", Role.SUBSTITUTE)
    Attendance.objects.create(
        community=bodies.community,
        meeting=meeting,
        seat=away.seat,
        tenure=substitute,
        stands_in_for=away,
        presence=Presence.PRESENT,
    )
    assert {voter.tenure.name for voter in voters_of(item)} == {
        "Vara Veum", "Per Solbakken", "Anne Vik", "Jon Haugen",
    }  # fmt: skip


def test_disagreement_stands_beside_the_decision(bodies: Bodies) -> None:
    meeting = under_way(bodies, bodies.fsu)
    item = first_item(meeting)
    against = NewDissent("Vi har ikke råd.", attendance(meeting, "Per Solbakken").tenure, kind="dissent")
    made = decide(item, points=[point(bodies)], how=How(dissents=[against]), by=bodies.by)
    assert made is not None
    assert [(one.text, one.bloc, one.kind) for one in made.dissents.all()] == [
        ("Vi har ikke råd.", "municipal", "dissent")
    ]


def test_nothing_is_decided_twice_or_outside_the_meeting(bodies: Bodies) -> None:
    item = first_item(called_meeting(bodies, bodies.fsu))
    assert refusal(decide, item, points=[point(bodies)], by=bodies.by).code == "meeting.not_under_way"
    start_meeting(item.meeting, by=bodies.by)
    decide(item, points=[point(bodies)], by=bodies.by)
    assert refusal(decide, item, points=[point(bodies)], by=bodies.by).code == "item.treated"
    assert Decision.objects.count() == 1


def test_nobody_of_another_helsefellesskap_answers_for_a_point(bodies: Bodies) -> None:
    item = first_item(under_way(bodies, bodies.fsu))
    elsewhere = point(bodies, owner="body:999999999")
    assert refusal(decide, item, points=[elsewhere], by=bodies.by).code == "decision.who"


def test_items_nobody_wants_to_speak_to_are_taken_in_one_stroke(bodies: Bodies) -> None:
    meeting = under_way(bodies, bodies.fsu, ("Første", "Andre", "Tredje"))
    listed = items(meeting)
    AgendaItem.objects.filter(pk__in=[one.pk for one in listed[:2]]).update(is_consent=True)
    taken = take_in_one_stroke(items(meeting), by=bodies.by)
    assert len(taken) == 2
    assert [one.outcome for one in items(meeting)] == ["noted", "noted", ""]


def test_a_later_decision_replaces_or_reverses_an_earlier_one(bodies: Bodies) -> None:
    meeting = under_way(bodies, bodies.fsu, ("Første", "Andre", "Tredje"))
    made = [decide(item, points=[point(bodies)], by=bodies.by) for item in items(meeting)]
    first, second, third = (one for one in made if one)
    assert replace_decision(first, new=third, by=bodies.by).state == DecisionState.REPLACED
    assert reverse_decision(second, new=third, by=bodies.by).state == DecisionState.REVERSED
    states = {one.point.decision_id: one.state for one in FollowUp.objects.all()}
    assert states == {
        first.pk: FollowUpState.REPLACED,
        second.pk: FollowUpState.DROPPED,
        third.pk: FollowUpState.OPEN,
    }
    assert refusal(replace_decision, third, new=first, by=bodies.by).code == "decision.earlier"


def test_an_empty_point_is_no_decision(bodies: Bodies) -> None:
    item = first_item(under_way(bodies, bodies.fsu))
    assert refusal(decide, item, points=[NewPoint(" ")], by=bodies.by).code == "decision.text"
    assert refusal(decide, item, points=[], by=bodies.by).code == "decision.text"
