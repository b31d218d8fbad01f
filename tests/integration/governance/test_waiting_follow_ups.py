"""Of what is followed up the start page reads what asks somebody for something, and misses none of it."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import transaction

from factories.bodies import Bodies
from factories.decisions import decided, followed
from factories.people import TODAY, actor
from integration.governance.following import acting_for, party, sitting_in
from samspill.directory.public import Actor, read_facts, scope
from samspill.governance.models import FollowUp
from samspill.governance.queries.follow_up_rows import open_rows, what_is_open
from samspill.governance.queries.follow_ups import FollowChoice, follow_list
from samspill.governance.states import UNSETTLED, FollowUpState
from samspill.governance.states.follow_ups import ShownFollowUp

DAYS = (-400, -10, 0, 10, 200)
STATES = (*sorted(UNSETTLED), FollowUpState.COMPLETED)


def at_work(bodies: Bodies, who: str) -> Actor:
    if who == "secretariat":
        return actor("ostfold", name="Randi Høgåsen")
    return sitting_in(bodies.ssu) if who == "member" else acting_for(who)


@pytest.mark.parametrize("who", ["secretariat", "member", "Halden", "Råde"])
def test_what_waits_is_the_same_as_in_the_whole_list(bodies: Bodies, who: str) -> None:
    kinds = list(product([party("Halden"), party("Moss"), bodies.ssu], DAYS, STATES))
    decision = decided(bodies, points=[f"Punkt {number}" for number in range(len(kinds))])
    for point, (answers, days, state) in zip(decision.points.order_by("order"), kinds, strict=True):
        followed(point, answers, due=TODAY + timedelta(days=days), state=state)
    by = at_work(bodies, who)
    with transaction.atomic(), scope(by):
        read = open_rows(read_facts({"open": what_is_open(by)})["open"], by)
        whole = follow_list(FollowChoice(), by, whole=True).rows
    mine = {row.pk for row in read if row.is_mine and row.asks_for_word}
    assert mine == {row.id for row in whole if row.is_mine and row.waits_for_those_who_answer}
    assert bool(mine) == (who in {"member", "Halden"})
    if who == "secretariat":
        told = {ShownFollowUp.LATE, ShownFollowUp.DELIVERED}
        assert {row.pk for row in read if row.shown in told} == {row.id for row in whole if row.shown in told}
    else:
        assert {row.pk for row in read} <= {row.id for row in whole if row.is_mine}
    assert len(read) < FollowUp.objects.filter(state__in=UNSETTLED).count()
