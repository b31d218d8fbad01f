"""What a process remembers of plans it has searched: never more than the database shows, never what was."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from factories.people import TODAY, actor
from integration.plans.test_comparing import plan_in
from samspill.directory.public import Actor, nobody, scope
from samspill.plans.models import FocusArea, Measure, PlanDocument
from samspill.plans.public import Plan, publish, report_status
from samspill.plans.queries import searched
from samspill.plans.queries.searched import Memory, SearchedPlan, searched_plans
from samspill.plans.queries.solved import Answer, Wanted, solved

pytestmark = pytest.mark.django_db
ROWS = (("Rekruttere leger til øyene", "SSU", "30.06.2027"), ("Møtes om falltelefonen", "", ""))


@pytest.fixture
def agder() -> Plan:
    return plan_in("agder", "Helsefellesskapet Agder", ROWS, is_open=True)


@pytest.fixture
def inside(agder: Plan) -> Actor:
    return actor("agder", email="inside@agder.example")


@pytest.fixture
def outside() -> list[Actor]:
    """A visitor, and one who belongs to another helsefellesskap."""
    return [nobody(TODAY), actor("ostfold", email="outside@ostfold.example")]


def ask(who: Actor, words: str = "rekruttering", **wanted: object) -> Answer:
    with scope(who):
        return solved(Wanted(words=words, **wanted), who)  # type: ignore[arg-type]


def told(answer: Answer) -> tuple:
    """All that an answer gives away."""
    concepts = [(one.typed, sorted(one.single), one.together, one.rarity) for one in answer.concepts]
    return answer.hits, answer.searched, answer.statuses, answer.near, concepts


def close(plan: Plan, by: Actor) -> None:
    with scope(by):
        publish(plan, by=by, is_open=False)


def test_a_plan_that_is_closed_is_gone_for_others_at_once_and_stays_for_its_own(
    agder: Plan, inside: Actor, outside: list[Actor]
) -> None:
    for who in (inside, *outside):
        assert len(ask(who).hits) == 1
    close(agder, inside)
    assert len(ask(inside).hits) == 1
    for who in outside:
        answer = ask(who)
        assert not answer.hits
        assert answer.searched == 0
        assert not answer.near


def test_what_ones_own_have_searched_in_a_closed_plan_gives_others_no_word_of_it(
    agder: Plan, inside: Actor, outside: list[Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_in("telemark", "Helsefellesskapet i Telemark", (("Holde kurs", "", ""),), is_open=True)
    close(agder, inside)
    asked = ["rekruttering", "rekrutering", "falltelefon", "telefon", "kurs"]
    for words in asked:
        ask(inside, words)
    after = [told(ask(who, words)) for who in outside for words in asked]
    monkeypatch.setattr(searched, "memory", Memory(0))
    assert after == [told(ask(who, words)) for who in outside for words in asked]
    assert all(found[1] == 1 for found in after), "the one open measure"


def test_the_wall_is_the_database_s_and_not_the_memory_s(
    agder: Plan, inside: Actor, outside: list[Actor]
) -> None:
    """Whoever is asked for, the rows are those of the community that the transaction is in."""
    close(agder, inside)
    with scope(inside):
        assert searched_plans([agder.pk], inside)
    for who in outside:
        with scope(who):
            assert not searched_plans([agder.pk], inside)


def test_a_plan_is_searched_without_reading_it_again_until_it_changes(
    agder: Plan, inside: Actor, outside: list[Actor], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ask(inside)
    for who in (inside, *outside):
        with scope(who), django_assert_num_queries(2):
            assert solved(Wanted("rekruttering"), who).hits
    with scope(inside):
        Measure.objects.filter(plan=agder, text__startswith="Møtes").update(text="Møtes om rekruttering")
        with django_assert_num_queries(6):
            assert len(solved(Wanted("rekruttering"), inside).hits) == 2


def _text(measure: Measure, _by: Actor) -> None:
    Measure.objects.filter(pk=measure.pk).update(text="Avtale noe annet")


def _title(measure: Measure, _by: Actor) -> None:
    Measure.objects.filter(pk=measure.pk).update(title="Ambulanse")


def _area(measure: Measure, _by: Actor) -> None:
    FocusArea.objects.filter(pk=measure.area_id).update(title="Ambulanse")


def _deadline(measure: Measure, _by: Actor) -> None:
    Measure.objects.filter(pk=measure.pk).update(deadline=TODAY - timedelta(days=1))


def _state(measure: Measure, _by: Actor) -> None:
    Measure.objects.filter(pk=measure.pk).update(state="carried_forward")


def _rejected(measure: Measure, _by: Actor) -> None:
    Measure.objects.filter(pk=measure.pk).update(judged="rejected")


def _old(measure: Measure, _by: Actor) -> None:
    rows = PlanDocument.objects.filter(pk=measure.document_id)
    rows.update(read_at=measure.document.read_at - timedelta(days=900))


def _report(measure: Measure, by: Actor) -> None:
    report_status(measure, word="late", by=by)


@pytest.mark.parametrize("change", [_text, _title, _area, _deadline, _state, _rejected, _old, _report])
def test_every_change_that_matters_is_seen_in_the_next_search(
    change: Callable[[Measure, Actor], None],
    agder: Plan,
    inside: Actor,
    outside: list[Actor],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    everyone = (inside, *outside)
    asked = [Wanted("rekruttering ambulanse"), Wanted(community_id=agder.community_id)]
    before = [told(ask(who, **vars(wanted))) for who in everyone for wanted in asked]
    with scope(inside):
        change(Measure.objects.select_related("document").get(plan=agder, text__startswith="Rek"), inside)
    after = [told(ask(who, **vars(wanted))) for who in everyone for wanted in asked]
    assert after != before
    monkeypatch.setattr(searched, "memory", Memory(0))
    assert after == [told(ask(who, **vars(wanted))) for who in everyone for wanted in asked]


def test_a_helsefellesskap_without_a_plan_one_may_see_has_nothing(agder: Plan, inside: Actor) -> None:
    assert not ask(inside, community_id=999_999).hits


def test_the_memory_lets_go_of_what_was_not_asked_for_the_longest() -> None:
    memory = Memory(4)
    for number in (1, 2):
        memory.put(plan_of(number, measures=2))
    assert memory.get(1, (1,))
    memory.put(plan_of(3, measures=1))
    assert memory.get(2, (2,)) is None
    assert memory.get(1, (1,))
    memory.put(plan_of(1, measures=4))
    assert memory.get(3, (3,)) is None, "a plan read twice is counted once"
    assert memory.get(1, (1,))
    assert memory.get(1, (2,)) is None, "another version is another plan"


def plan_of(number: int, *, measures: int) -> SearchedPlan:
    return SearchedPlan(number, 1, (number,), measures=dict.fromkeys(range(measures)))  # type: ignore[arg-type]
