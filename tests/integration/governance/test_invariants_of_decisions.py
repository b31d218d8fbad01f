"""Invariants 6–9 and 14: who answers for a point, who may decide, one number, and what is asked first."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.bodies import Bodies, give_mandate
from factories.cases import meeting_of, queued_case, reported_case, write_brief
from factories.people import TODAY, actor
from factories.rooms import first_item, point, under_way
from integration.governance.following import signed_in, text_of
from samspill.governance.actions.cases import Handling, change_case
from samspill.governance.actions.forwarding import PassOn
from samspill.governance.actions.passages import begin, make_ready, put_on, treat
from samspill.governance.models import (
    AnchoringRound,
    Case,
    Decision,
    DecisionPoint,
    FollowUp,
    Mandate,
    Meeting,
    Treatment,
)
from samspill.governance.public import (
    NewPoint,
    ask_anchoring,
    close_anchoring,
    decide,
    fill_agenda,
    lift,
    waive_anchoring,
)
from samspill.governance.rules.authority import may_say
from samspill.governance.rules.passages import check_anchored
from samspill.governance.states import (
    AnchoringState,
    Authority,
    CaseKind,
    CaseState,
    ForwardingReason,
    Outcome,
    TreatmentState,
)
from samspill.refusal import Refused, reason

DUE = date(2027, 3, 1)


def refusal(act: object, *args: object, **kwargs: object) -> str:
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)  # type: ignore[operator]
    return refused.value.code


@given(
    st.lists(
        st.tuples(st.booleans(), st.booleans(), st.booleans()),  # owner, day, no follow-up
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_invariant_06_each_point_of_a_decision_has_one_who_answers_and_a_day_or_no_follow_up(
    bodies: Bodies, given_points: list[tuple[bool, bool, bool]]
) -> None:
    item = first_item(under_way(bodies, bodies.fsu))
    owner = f"body:{bodies.fsu.pk}"
    points = [
        NewPoint("Gjør det.", owner if has_owner else "", DUE if has_day else None, no_follow_up=none)
        for has_owner, has_day, none in given_points
    ]
    is_whole = all(none or (has_owner and has_day) for has_owner, has_day, none in given_points)
    if not is_whole:
        assert refusal(decide, item, points=points, by=bodies.by) in {"decision.owner", "decision.due"}
        assert not Decision.objects.filter(item=item).exists()
        return
    decision = decide(item, points=points, by=bodies.by)
    for made, (_owner, _day, none) in zip(decision.points.order_by("order"), given_points, strict=True):
        followed = FollowUp.objects.filter(point=made).first()
        assert (followed is None) == none == made.no_follow_up
        assert followed is None or (followed.accountable_body, followed.due) == (bodies.fsu, DUE)


@pytest.mark.parametrize(
    ("authority", "large", "has_above", "kind"),
    list(product([None, *Authority], [True, False], [True, False], CaseKind)),
)
def test_invariants_07_and_08_a_body_decides_only_what_it_has_authority_for_and_says_why_it_recommends(
    authority: str | None, large: bool, has_above: bool, kind: str
) -> None:
    said = may_say(authority, "Utvalget gir råd.", kind=kind, large=large, has_above=has_above)
    if kind == CaseKind.INFORMATION:
        assert said.outcome == Outcome.NOTED
        return
    has_authority = authority in {Authority.WITHIN_LIMITS, Authority.BINDING}
    is_for_above = large and has_above and authority == Authority.WITHIN_LIMITS
    assert said.decides == (has_authority and not is_for_above)
    assert bool(said.because) == (not said.decides)
    if authority == Authority.ADVISORY:
        assert "Utvalget gir råd." in str(said.because)


def test_invariant_07_the_form_says_why_in_the_mandates_words_and_offers_to_lift_the_case(
    bodies: Bodies,
) -> None:
    Mandate.objects.filter(body=bodies.fsu).delete()
    give_mandate(bodies.fsu, Authority.ADVISORY)
    meeting = under_way(bodies, bodies.fsu)
    page = text_of(signed_in(actor("ostfold")).get(f"/moter/{meeting.pk}/rom/"))
    assert "Organet tilrår i denne saken." in page
    assert "Mandatet sier at organet gir råd: «Samarbeide om tjenester" in page
    assert "Løft til SSU-P" in page
    item = first_item(meeting)
    assert refusal(decide, item, points=[point(bodies)], by=bodies.by) == "decision.authority"
    made = decide(item, points=[point(bodies)], outcome=Outcome.RECOMMENDED, by=bodies.by)
    assert made.authority_words
    assert not FollowUp.objects.exists(), "what is recommended binds nobody"


def test_invariant_08_larger_consequences_make_the_lower_body_recommend_and_the_upper_decide(
    bodies: Bodies,
) -> None:
    item = first_item(under_way(bodies, bodies.fsu, large_consequence=True))
    assert refusal(decide, item, points=[point(bodies)], by=bodies.by) == "decision.authority"
    lift(item, reason=ForwardingReason.ECONOMY, words="Dyrt.", points=[point(bodies)], by=bodies.by)
    assert Decision.objects.get(item=item).kind == "recommendation"
    above = Treatment.objects.get(body=bodies.ssu)
    meeting = under_way(bodies, bodies.ssu, ())

    Meeting.objects.filter(pk=meeting.pk).update(state="planned")
    meeting.refresh_from_db()
    item = put_on(meeting, above, by=bodies.by)
    Meeting.objects.filter(pk=meeting.pk).update(state="under_way")
    assert decide(item, points=[point(bodies)], by=bodies.by).kind == "decision"


@given(st.lists(st.sampled_from([Outcome.ESCALATED, Outcome.SENT_BACK, Outcome.POSTPONED]), max_size=6))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_invariant_09_a_case_has_one_number_and_each_passage_is_kept_in_its_order(
    bodies: Bodies, ways: list[Outcome]
) -> None:
    number = Case.objects.count() + 1
    treatment = queued_case(bodies, bodies.fsu, number=number)
    told: list[tuple[int, str]] = []
    for way in [*ways, Outcome.DECIDED]:
        if way == Outcome.ESCALATED and treatment.body_id == bodies.ssu.pk:
            way = Outcome.POSTPONED
        why = {Outcome.ESCALATED: ForwardingReason.ECONOMY, Outcome.SENT_BACK: ForwardingReason.INCOMPLETE}
        pass_on = PassOn(why[way], "Fordi.") if way in why else None
        item = put_on(meeting_of(treatment.body), treatment, by=bodies.by)
        told.append((treatment.body_id, way))
        following = treat(item, way, by=bodies.by, pass_on=pass_on)
        if following is not None and following.state == TreatmentState.PREPARING:
            make_ready(following.case, by=bodies.by)
            following.refresh_from_db()
        treatment = following or treatment
    case = Case.objects.get(pk=treatment.case_id)
    assert case.reference == f"2026/{number}"
    kept = case.treatments.order_by("order")
    assert [(one.body_id, one.outcome) for one in kept] == told
    assert [one.order for one in kept] == list(range(1, len(told) + 1))
    assert FollowUp.objects.filter(point__decision__case=case).count() == 0
    assert DecisionPoint.objects.filter(decision__case=case).count() == 0


@given(st.booleans(), st.lists(st.sampled_from(AnchoringState), max_size=4))
def test_invariant_14_what_must_be_anchored_is_ready_only_when_every_round_is_closed_or_waived(
    needs: bool, rounds: list[AnchoringState]
) -> None:
    is_ready = not reason(check_anchored, needs, rounds)
    assert is_ready == (not needs or (bool(rounds) and AnchoringState.OPEN not in rounds))


@pytest.mark.parametrize("way", ["close", "waive"])
def test_invariant_14_a_case_waits_for_its_round_and_waiving_takes_a_reason(bodies: Bodies, way: str) -> None:
    case = reported_case(bodies, needs_anchoring=True)
    begin(case, bodies.fsu, by=bodies.by)
    write_brief(case)
    assert refusal(make_ready, case, by=bodies.by) == "case.anchoring"
    asked = ask_anchoring(case, due=TODAY + timedelta(days=3), question="Skal vi begynne?", by=bodies.by)
    assert refusal(make_ready, case, by=bodies.by) == "case.anchoring"
    if way == "close":
        close_anchoring(asked, by=bodies.by)
    else:
        assert refusal(waive_anchoring, case, because=" ", by=bodies.by) == "anchoring.because"
        waive_anchoring(case, because="Alle sa ja i møtet.", by=bodies.by)
    assert make_ready(case, by=bodies.by).state == TreatmentState.QUEUED


def test_invariant_14_a_case_in_the_queue_that_must_now_be_anchored_is_prepared_again(bodies: Bodies) -> None:
    treatment = queued_case(bodies, bodies.fsu)
    handling = Handling(treatment.case.title, CaseKind.DECISION, needs_anchoring=True)
    case = change_case(treatment.case, handling, by=bodies.by)
    treatment.refresh_from_db()
    assert (case.state, treatment.state) == (CaseState.PREPARING, TreatmentState.PREPARING)
    meeting = meeting_of(bodies.fsu)
    fill_agenda(meeting, by=bodies.by)
    assert not meeting.items.filter(treatment__isnull=False).exists()


def test_invariant_14_a_round_begun_later_keeps_the_case_off_the_agenda_and_warns_where_it_is_on_one(
    bodies: Bodies,
) -> None:
    waiting, on_agenda = (
        queued_case(bodies, bodies.fsu, title=title, number=number)
        for number, title in enumerate(("Ventende sak", "Sak på lista"), 1)
    )
    meeting = meeting_of(bodies.fsu, TODAY + timedelta(days=20))
    put_on(meeting, on_agenda, by=bodies.by)
    Case.objects.update(needs_anchoring=True)
    for treatment in (waiting, on_agenda):
        AnchoringRound.objects.create(
            community=bodies.community, case=treatment.case, question="Hva mener dere?", due=TODAY
        )
    waiting.case.refresh_from_db()
    assert refusal(put_on, meeting, waiting, by=bodies.by) == "case.anchoring"
    fill_agenda(meeting, by=bodies.by)
    page = text_of(signed_in(actor("ostfold")).get(f"/moter/{meeting.pk}/"))
    assert "«Sak på lista» er ikke forankret: Ikke alle kommunene har svart." in page
    assert "«Ventende sak» er ikke forankret" not in page
    assert not meeting.items.filter(treatment=waiting).exists()
    waive_anchoring(on_agenda.case, because="Alle sa ja i møtet.", by=bodies.by)
    page = text_of(signed_in(actor("ostfold", email="liv@example.no")).get(f"/moter/{meeting.pk}/"))
    assert "er ikke forankret" not in page
