"""Who has come how far: whom a measure concerns, what parties tell, and that it can be taken back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from factories.people import TODAY, actor
from integration.plans.carrying_people import acting_for, carried, concerned, measures_of, party, plan_of
from samspill.directory.public import Actor, AuditEvent, Community, nobody, scope
from samspill.plans.public import (
    ImplementationState,
    Measure,
    PartyImplementation,
    Plan,
    publish,
    set_concerned,
    tell,
    tell_column,
    tell_row,
    undo_told,
)
from samspill.plans.queries.carrying import history_of, parties_in, told_of
from samspill.plans.rules.carrying_out import (
    Parties,
    Progress,
    check_implementation,
    moves_on,
    next_states,
    shown_carrying,
    to_say,
)
from samspill.plans.rules.carrying_out import concerned as concerned_when
from samspill.plans.states import IMPLEMENTATION_TRANSITIONS, ShownCarrying
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db
S = ImplementationState


@pytest.fixture
def plan(secretariat: Actor) -> Plan:
    return plan_of(secretariat)


@pytest.fixture
def measures(plan: Plan, secretariat: Actor) -> list[Measure]:
    return measures_of(plan, secretariat)


def shown(measure: Measure, name: str, by: Actor) -> ShownCarrying:
    return carried(measure, by).standings[party(name).pk].shown


def test_a_measure_concerns_those_the_plan_names(measures: list[Measure], secretariat: Actor) -> None:
    everybody = {str(one) for one in parties_in(Community.objects.get(slug="ostfold"), TODAY)}
    assert len(everybody) == 14
    assert concerned(measures[0], secretariat) == everybody - {"SØ"}
    assert concerned(measures[1], secretariat) == everybody
    assert concerned(measures[2], secretariat) == {"Halden", "Moss"}
    assert concerned(measures[3], secretariat) == set()


def test_parties_stand_as_norwegians_sort_them_and_the_hospital_last() -> None:
    names = [str(one) for one in parties_in(Community.objects.get(slug="ostfold"), TODAY)]
    assert names[0] == "Aremark"
    assert names[-2:] == ["Våler", "SØ"]


def test_a_keeper_narrows_and_widens_whom_it_concerns(measures: list[Measure], secretariat: Actor) -> None:
    with scope(secretariat):
        set_concerned(measures[0], parties=[party("Halden").pk, party("SØ").pk], by=secretariat)
        event = set_concerned(measures[3], parties=[party("Råde").pk], by=secretariat)
    assert concerned(measures[0], secretariat) == {"Halden", "SØ"}
    assert concerned(measures[3], secretariat) == {"Råde"}
    with scope(secretariat):
        undo_told(event.pk, by=secretariat)
    assert concerned(measures[3], secretariat) == set()


def test_a_director_tells_for_the_own_municipality_only(measures: list[Measure]) -> None:
    halden = acting_for("Halden")
    with scope(halden):
        event = tell(
            measures[0], party=party("Halden"), state=S.IN_PROGRESS, note="I gang i to soner.", by=halden
        )
        assert event.on_behalf_of is None
        with pytest.raises(Refused) as refused:
            tell(measures[0], party=party("Moss"), state=S.INTRODUCED, by=halden)
    assert refused.value.forbidden
    assert shown(measures[0], "Halden", halden) == ShownCarrying.IN_PROGRESS
    assert shown(measures[0], "Moss", halden) == ShownCarrying.UNKNOWN


def test_what_a_keeper_tells_is_on_behalf_of_the_party(measures: list[Measure], secretariat: Actor) -> None:
    with scope(secretariat):
        event = tell(measures[0], party=party("Moss"), state=S.PLANNED, by=secretariat)
        told = told_of(measures[0], party("Moss"))
    assert event.on_behalf_of == party("Moss")
    assert told is not None
    assert (told.is_on_behalf, told.by_name) == (True, "Randi Høgåsen")


@pytest.mark.parametrize("role", ["observer", "analyst", "administrator"])
def test_other_roles_tell_nothing_even_for_their_own_party(measures: list[Measure], role: str) -> None:
    somebody = acting_for("Halden", role)
    with scope(somebody), pytest.raises(Refused) as refused:
        tell(measures[0], party=party("Halden"), state=S.PLANNED, by=somebody)
    assert refused.value.forbidden


def test_a_party_the_measure_does_not_concern_tells_nothing(
    measures: list[Measure], secretariat: Actor
) -> None:
    with scope(secretariat), pytest.raises(Refused) as refused:
        tell(measures[2], party=party("Råde"), state=S.PLANNED, by=secretariat)
    assert refused.value.code == "implementation.not_concerned"


@pytest.mark.parametrize("before", [None, *S])
@pytest.mark.parametrize("after", list(S))
def test_a_step_is_taken_only_when_the_table_has_it(before: S | None, after: S) -> None:
    allowed = before == after or (
        after in IMPLEMENTATION_TRANSITIONS[before] if before else after != S.EVALUATED
    )
    if allowed:
        check_implementation(before, after, note="Fordi.", day=TODAY, today=TODAY)
    else:
        with pytest.raises(Refused) as refused:
            check_implementation(before, after, note="Fordi.", day=TODAY, today=TODAY)
        assert refused.value.code == "implementation.step"


def test_from_every_state_one_can_come_to_evaluated() -> None:
    for start in S:
        reached, before = {start}, set()
        while reached != before:
            before = set(reached)
            reached |= {end for one in before for end in IMPLEMENTATION_TRANSITIONS[one]}
        assert S.EVALUATED in reached


def test_not_relevant_needs_a_reason_and_only_a_plan_has_a_day_to_come(
    measures: list[Measure], secretariat: Actor
) -> None:
    halden = party("Halden")
    with scope(secretariat):
        with pytest.raises(Refused) as refused:
            tell(measures[0], party=halden, state=S.NOT_RELEVANT, by=secretariat)
        assert refused.value.field == "note"
        with pytest.raises(Refused) as refused:
            tell(measures[0], party=halden, state=S.INTRODUCED, day=TODAY + timedelta(1), by=secretariat)
        assert refused.value.field == "day"
        tell(measures[0], party=halden, state=S.PLANNED, day=TODAY + timedelta(30), by=secretariat)
        assert PartyImplementation.objects.count() == 1


def test_the_database_itself_wants_the_reason(measures: list[Measure], secretariat: Actor) -> None:
    with scope(secretariat), pytest.raises(IntegrityError), transaction.atomic():
        PartyImplementation.objects.create(
            community_id=secretariat.community_id, plan=measures[0].plan, measure=measures[0],
            party=party("Halden"), state=S.NOT_RELEVANT, day=TODAY, by_name="Kari",
        )  # fmt: skip


def test_history_keeps_every_step_that_was_told(measures: list[Measure], secretariat: Actor) -> None:
    halden = party("Halden")
    with scope(secretariat):
        for state in (S.PLANNED, S.IN_PROGRESS, S.INTRODUCED):
            tell(measures[0], party=halden, state=state, note=f"Nå {state}.", by=secretariat)
        history = history_of(told_of(measures[0], halden), secretariat)
    assert [one.state for one in history] == [S.INTRODUCED, S.IN_PROGRESS, S.PLANNED]
    assert history[-1].note == "Nå planned."


def test_history_is_kept_inside_the_community(measures: list[Measure], secretariat: Actor) -> None:
    with scope(secretariat):
        tell(measures[0], party=party("Halden"), state=S.PLANNED, by=secretariat)
        publish(measures[0].plan, by=secretariat)
    visitor = nobody(TODAY)
    with scope(visitor):
        told = PartyImplementation.objects.visible_to(visitor).get()
        assert told.state == S.PLANNED
        assert history_of(told, visitor) == []


def test_telling_is_undone_and_not_when_it_was_told_again(
    measures: list[Measure], secretariat: Actor
) -> None:
    halden = party("Halden")
    with scope(secretariat):
        first = tell(measures[0], party=halden, state=S.PLANNED, by=secretariat)
        second = tell(measures[0], party=halden, state=S.IN_PROGRESS, note="To soner.", by=secretariat)
        with pytest.raises(Refused) as refused:
            undo_told(first.pk, by=secretariat)
        assert refused.value.code == "undo.changed"
        undo_told(second.pk, by=secretariat)
        told = told_of(measures[0], halden)
        assert told is not None
        assert (told.state, told.note) == (S.PLANNED, "")
        undo_told(first.pk, by=secretariat)
        assert told_of(measures[0], halden) is None


def test_a_director_cannot_undo_what_another_municipality_told(
    measures: list[Measure], secretariat: Actor
) -> None:
    halden = acting_for("Halden")
    with scope(secretariat):
        event = tell(measures[0], party=party("Moss"), state=S.PLANNED, by=secretariat)
    with scope(halden), pytest.raises(Refused) as refused:
        undo_told(event.pk, by=halden)
    assert refused.value.forbidden


def test_a_whole_row_is_set_at_once_and_nobody_is_moved_back(
    measures: list[Measure], secretariat: Actor
) -> None:
    with scope(secretariat):
        tell(measures[0], party=party("Halden"), state=S.INTRODUCED, by=secretariat)
        tell(measures[0], party=party("Moss"), state=S.NOT_RELEVANT, note="Nabo gjør det.", by=secretariat)
        event = tell_row(measures[0], state=S.IN_PROGRESS, by=secretariat)
    assert len(event.details["cells"]) == 11
    found = carried(measures[0], secretariat)
    assert found.progress == Progress(in_place=1, begun=12, of=12)
    with scope(secretariat):
        undo_told(event.pk, by=secretariat)
        assert PartyImplementation.objects.count() == 2


def test_a_whole_column_is_set_at_once(plan: Plan, measures: list[Measure], secretariat: Actor) -> None:
    with scope(secretariat):
        event = tell_column(plan, party=party("Halden"), state=S.PLANNED, by=secretariat)
        assert len(event.details["cells"]) == 4
        with pytest.raises(Refused) as refused:
            tell_column(plan, party=party("Halden"), state=S.PLANNED, by=secretariat)
        assert refused.value.code == "implementation.none_moves"
        undo_told(event.pk, by=secretariat)
        assert not PartyImplementation.objects.exists()


def test_only_keepers_set_many_and_say_whom_it_concerns(plan: Plan, measures: list[Measure]) -> None:
    halden = acting_for("Halden")
    with scope(halden):
        for act in (
            lambda: tell_row(measures[0], state=S.PLANNED, by=halden),
            lambda: tell_column(plan, party=party("Halden"), state=S.PLANNED, by=halden),
            lambda: set_concerned(measures[0], parties=[], by=halden),
        ):
            with pytest.raises(Refused) as refused:
                act()
            assert refused.value.forbidden


def test_another_community_sees_nothing_and_can_tell_nothing(
    measures: list[Measure], secretariat: Actor
) -> None:
    with scope(secretariat):
        tell(measures[0], party=party("Halden"), state=S.PLANNED, by=secretariat)
        event = AuditEvent.objects.filter(act="implementation.tell").latest("pk")
    stranger = actor("vestfold", name="Ola Vik")
    with scope(stranger):
        assert not PartyImplementation.objects.exists()
        with pytest.raises(Refused) as refused:
            tell(measures[0], party=party("Halden"), state=S.INTRODUCED, by=stranger)
        assert refused.value.forbidden
        with pytest.raises(Refused):
            undo_told(event.pk, by=stranger)
        assert PartyImplementation.objects.update(state=S.EVALUATED) == 0


def test_six_months_of_silence_is_not_known_and_a_deadline_that_passed_is_late() -> None:
    def seen(state: str | None, told: int, deadline: int) -> ShownCarrying:
        return shown_carrying(
            state,
            told_on=TODAY - timedelta(told) if state else None,
            deadline=TODAY + timedelta(deadline),
            measure_state="adopted",
            today=TODAY,
        )

    assert seen(S.IN_PROGRESS, 30, 30) == ShownCarrying.IN_PROGRESS
    assert seen(S.IN_PROGRESS, 200, 30) == ShownCarrying.UNKNOWN
    assert seen(None, 0, 30) == ShownCarrying.UNKNOWN
    assert seen(S.IN_PROGRESS, 30, -1) == ShownCarrying.LATE
    assert seen(None, 0, -1) == ShownCarrying.LATE
    assert seen(S.INTRODUCED, 900, -1) == ShownCarrying.INTRODUCED
    assert seen(S.NOT_RELEVANT, 900, -1) == ShownCarrying.NOT_RELEVANT


_NUMBERS = st.frozensets(st.integers(1, 12))


@given(default=_NUMBERS, wanted=_NUMBERS)
def test_what_is_said_of_single_parties_gives_what_was_wanted(
    default: frozenset[int], wanted: frozenset[int]
) -> None:
    parties = Parties(frozenset(range(1, 13)), frozenset(range(1, 12)))
    said = to_say(default, wanted)
    assert concerned_when(default, said, parties) == wanted
    assert len(said) == len(default ^ wanted)


@given(states=st.lists(st.sampled_from([None, *S])), more=st.lists(st.sampled_from([None, *S])))
def test_progress_of_two_areas_is_the_sum_of_both(states: list, more: list) -> None:
    whole = Progress.count([*states, *more])
    assert whole == Progress.count(states) + Progress.count(more)
    assert 0 <= whole.in_place <= whole.begun <= whole.of <= len(states) + len(more)


@given(before=st.sampled_from([None, *S]), after=st.sampled_from(list(S)))
def test_setting_many_never_takes_a_step_the_table_does_not_have(before: S | None, after: S) -> None:
    if moves_on(before, after):
        assert after in next_states(before)
        assert before != S.NOT_RELEVANT
