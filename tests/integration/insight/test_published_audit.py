"""Everything ever published, tried together; what leaks is a task, and is withdrawn with a reason."""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client

from factories.measured import YEARS, measured_figures
from factories.people import TODAY
from samspill.directory.public import Actor, machine, nobody
from samspill.insight.actions.auditing import audit_everything
from samspill.insight.actions.withdrawing_runs import find_run, take_back_run, withdraw_run
from samspill.insight.models import IndicatorRun
from samspill.insight.queries.leaks import leak_dues, leaking_runs
from samspill.insight.queries.measured import measured
from samspill.refusal import Refused

CODE = "readmissions-67-plus"
VERSION = f"contacts {'f' * 64}"
AT = datetime(2026, 11, 22, 3, 20, tzinfo=UTC)
LEAKS = {"3124": 0.01}
"""Aremark's few are hidden, and the sum of Østfold is shown: what the factory makes leaks."""

pytestmark = pytest.mark.django_db


def _person(*roles: str) -> Actor:
    return Actor(today=TODAY, account_id=1, name="Kari", community_id=1, roles=frozenset(roles))


def _dues(actor: Actor) -> list[str]:
    wanted = leak_dues.wants(actor)
    rows = {name: list(one.rows) for name, one in wanted.items()}
    return [due.url for due in leak_dues.tells(rows, actor)]  # type: ignore[arg-type]


def test_figures_without_hidden_ones_pass_and_say_when_they_were_tried() -> None:
    run = measured_figures()
    tried = audit_everything(at=AT)[VERSION]
    run.refresh_from_db()
    assert tried.ok
    assert tried.cells == 2 * len(YEARS) * 15
    assert run.audit["tried"]["at"] == AT.isoformat()
    assert leaking_runs() == []
    page = Client().get(f"/tall/indikatorer/utregninger/{run.pk}/").content.decode()
    assert "Sist prøvd 22. november 2026" in page


def test_a_hidden_number_under_a_shown_sum_is_found_and_told_to_the_owner_alone() -> None:
    run = measured_figures(shares=LEAKS)
    tried = audit_everything(at=AT)[VERSION]
    assert {one["area"] for one in tried.findings} == {"3124"}
    assert leaking_runs() == [run.pk]
    assert _dues(_person("analyst")) == [f"/tall/indikatorer/utregninger/{run.pk}/"]
    assert _dues(_person("member")) == []
    assert _dues(nobody(TODAY)) == []
    client = Client()
    page = client.get(f"/tall/indikatorer/utregninger/{run.pk}/").content.decode()
    assert "Skjulte tall kan regnes ut igjen" in page
    assert "Aremark" not in page
    said = json.dumps(client.get(f"/api/v1/runs/{run.pk}/").json())
    assert "findings" not in said
    assert "3124" not in said


def test_runs_of_the_same_data_are_tried_together_and_others_apart() -> None:
    measured_figures(areas=["3101", "3124"], shares=LEAKS)
    other = measured_figures()
    IndicatorRun.objects.filter(pk=other.pk).update(data_version="a" * 64)
    found = audit_everything(at=AT)
    assert set(found) == {VERSION, f"contacts {'a' * 64}"}
    assert found[f"contacts {'a' * 64}"].ok
    assert not found[VERSION].ok


def test_runs_meet_where_a_table_is_the_same_whatever_else_is_newer() -> None:
    """A run with newer services still counts the same contacts as the one before."""
    first = measured_figures(areas=["3101", "3103", "3124"], shares={"3101": 0.01, "3124": 0.01})
    later = measured_figures()
    shared = [{"table": "contacts", "sha256": "c" * 64}]
    IndicatorRun.objects.filter(pk=first.pk).update(sources=shared, data_version="a" * 64)
    IndicatorRun.objects.filter(pk=later.pk).update(sources=shared, data_version="b" * 64)
    found = audit_everything(at=AT)
    assert set(found) == {f"contacts {'c' * 64}"}
    assert {one["how"] for one in found[f"contacts {'c' * 64}"].findings} & {"shown", "differs"}
    assert leaking_runs() == [first.pk, later.pk]


def test_a_withdrawn_run_is_remembered_but_is_no_task_any_more() -> None:
    run = measured_figures(shares=LEAKS)
    audit_everything(at=AT)
    withdraw_run(run, "Aremark kunne regnes ut.", by=machine(None, TODAY))
    tried = audit_everything(at=AT)[VERSION]
    assert not tried.ok
    assert leaking_runs() == []
    assert _dues(_person("analyst")) == []


def test_withdrawn_figures_are_shown_nowhere_but_why() -> None:
    older, run = measured_figures(seed=3), measured_figures(seed=4)
    withdraw_run(run, "Opphold ble telt to ganger.", by=machine(None, TODAY))
    found = measured(CODE)
    assert found is not None
    assert found.run == older
    client = Client()
    page = client.get(f"/tall/indikatorer/utregninger/{run.pk}/").content.decode()
    assert "Opphold ble telt to ganger." in page
    assert CODE not in page
    for form in ("json", "csv", "json-stat"):
        answer = client.get(f"/api/v1/indicators/{CODE}/figures/?run={run.pk}&format={form}")
        assert answer.status_code == 410
        assert "Opphold ble telt to ganger." in answer.json()["detail"]
    take_back_run(run, by=machine(None, TODAY))
    again = measured(CODE)
    assert again is not None
    assert again.run == run


@pytest.mark.parametrize("because", ["", "   ", "x" * 501, "\x00"])
def test_a_reason_is_asked_for(because: str) -> None:
    run = measured_figures()
    with pytest.raises(Refused, match="Si hvorfor"):
        withdraw_run(run, because, by=machine(None, TODAY))
    run.refresh_from_db()
    assert run.withdrawn_at is None


def test_a_run_is_withdrawn_once_and_by_those_who_may() -> None:
    run = measured_figures()
    for actor in (nobody(TODAY), _person("member")):
        with pytest.raises(Refused) as refused:
            withdraw_run(run, "Fordi.", by=actor)
        assert refused.value.forbidden
    withdraw_run(run, "Fordi.", by=machine(None, TODAY))
    with pytest.raises(Refused, match="allerede"):
        withdraw_run(run, "Fordi.", by=machine(None, TODAY))
    with pytest.raises(Refused, match="999"):
        find_run(999)


def test_a_visitor_cannot_withdraw_by_posting() -> None:
    run = measured_figures()
    answer = Client().post(f"/tall/indikatorer/utregninger/{run.pk}/trekk-tilbake/", {"because": "Nei."})
    assert answer.status_code == 403
    run.refresh_from_db()
    assert run.withdrawn_at is None


@pytest.mark.parametrize(
    "address", ["/tall/indikatorer/utregninger/9999/", "/tall/indikatorer/utregninger/x/"]
)
def test_a_run_that_is_not_there_is_said_to_be_so(address: str) -> None:
    assert Client().get(address).status_code == 404
