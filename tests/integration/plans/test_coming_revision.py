"""A revision that is being prepared binds nobody: until it is adopted the former plan does."""

from datetime import timedelta

import pytest

from factories.people import TODAY
from integration.plans.carrying_people import acting_for, party
from integration.plans.revising import map_all
from samspill.directory.public import Actor, Party, machine, scope
from samspill.plans.link_acts import ask_for_status
from samspill.plans.public import Measure, Plan, adopt
from samspill.plans.queries.comparing import compare
from samspill.plans.queries.my_municipality import bound
from samspill.plans.queries.solved import Wanted, solved
from samspill.plans.queries.tasks import dues

pytestmark = pytest.mark.django_db
LONG_AGO = TODAY - timedelta(days=200)


@pytest.fixture
def moss() -> Party:
    return party("Moss")


def adopted(new: Plan, by: Actor) -> None:
    map_all(new, by)
    adopt(new, on=by.today, adopted_by="Partnerskapsmøtet", by=by)


def plans_of_what_binds(party: Party, by: Actor) -> set[int]:
    return {one.carried.measure.plan_id for one in bound(party, by)}


def test_it_binds_no_party_before_it_is_adopted(
    old: Plan, new: Plan, moss: Party, secretariat: Actor
) -> None:
    with scope(secretariat):
        assert plans_of_what_binds(moss, secretariat) == {old.pk}
        adopted(new, secretariat)
        assert new.pk in plans_of_what_binds(moss, secretariat)


def test_its_measures_are_not_counted_beside_those_of_the_former(
    old: Plan, new: Plan, secretariat: Actor
) -> None:
    with scope(secretariat):
        assert compare(secretariat).total.measures == 4
        adopted(new, secretariat)
        left = compare(secretariat).total.measures
        assert left == 3 + Measure.objects.filter(plan=old).exclude(state="carried_forward").count()


def test_a_search_finds_the_promise_once(old: Plan, new: Plan, secretariat: Actor) -> None:
    with scope(secretariat):
        assert {hit.plan_id for hit in solved(Wanted(words="telefontid"), secretariat).hits} == {old.pk}
        adopted(new, secretariat)
        assert {hit.plan_id for hit in solved(Wanted(words="telefontid"), secretariat).hits} == {new.pk}


def test_its_keepers_are_told_of_holes_and_nobody_how_it_should_go(
    old: Plan, new: Plan, secretariat: Actor
) -> None:
    with scope(secretariat):
        Measure.objects.filter(plan=new).update(deadline=LONG_AGO)
        keys = {due.key for due in dues(secretariat)}
        assert f"plans.plan:{new.pk}:owner" in keys
        assert not keys & {f"plans.plan:{new.pk}:{word}" for word in ("late", "status")}
        assert not keys & {f"plans.measure:{pk}:status" for pk in of(new)}
    director = acting_for("Moss")
    with scope(director):
        assert not {due.key for due in dues(director)} & {f"plans.measure:{pk}:status" for pk in of(new)}


def test_no_mail_asks_how_it_goes_with_it(new: Plan) -> None:
    """Halden answers for a measure of the former plan, Moss for one of the new."""
    acting_for("Halden")
    acting_for("Moss")
    samspill = machine(new.community_id, TODAY)
    with scope(samspill):
        Measure.objects.update(deadline=TODAY - timedelta(days=1))
        assert ask_for_status(by=samspill) == 1


def of(plan: Plan) -> list[int]:
    return list(Measure.objects.filter(plan=plan).values_list("pk", flat=True))
