"""Everybody against every patient and every table: neither a row too many nor a row too few.

What should be seen is told by `factories.followed.may_see`, which knows neither tables nor policies.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from factories.care import LONG_AGO, CareWorld
from factories.followed import NEAR, PATIENTS, Society, is_followed, may_see, told
from factories.rows import any_row
from samspill.care.actions.measuring import Incoming, set_limits, take_in
from samspill.care.actions.opening import opening, opening_by_duty
from samspill.care.models import (
    Alert,
    Block,
    BlockWord,
    CareEpisode,
    CareTeam,
    Measurement,
    Patient,
    PatientIndicator,
)
from samspill.care.models.base import PatientOwned
from samspill.directory.public import Actor, Community, Party, scope
from samspill.refusal import Refused

MODELS = [one for one in apps.get_models() if issubclass(one, PatientOwned)]
OWNED = sorted(one._meta.db_table for one in MODELS)
HISTORY = sorted(
    one._meta.db_table
    for one in apps.get_models()
    if issubclass(getattr(one, "pgh_tracked_model", object), PatientOwned)
)
OF_NOBODY_IN_PARTICULAR = ("care_relatedperson", "care_block", "care_blockword")
"""The same in every record."""
ELSEWHERE = ("care_safetynetplan", "care_planrecipient", "care_accessreview")
"""Seen by recipients too, which is tried in `test_safety_net_versions`; and reviews by those who control the
log, and by no team, which is tried in `test_emergency`."""
ABOUT: dict[str, dict[str, type[models.Model]]] = {"care_outgoing": {"measurement": Measurement}}
"""Keys that may be empty, and are not in the row that is tried."""
DAILY = {"plan": {"times": ["08:00"], "first_day": "2026-01-01", "grace": 60}}
SAID: dict[str, dict[str, Any]] = {
    "care_individualplan": {"state": "ended", "from_day": LONG_AGO},
    "care_measurementschedule": DAILY,
    "care_scheduleversion": DAILY,
    "care_assessment": {"instrument": "cfs", "answers": {}},
}
"""What there can be one of in use, and this is for every record; and what pages read."""
EVERYWHERE = sorted({*OWNED, *HISTORY} - {*ELSEWHERE, *(f"{one}event" for one in ELSEWHERE)})


class Row(NamedTuple):
    table: str
    key: int
    patient: int
    tenant: int | None


@pytest.fixture
def society(db: None, day_of_the_database: None) -> Society:
    made = told()
    fill(made)
    return made


def fill(society: Society, *, only_open: bool = False) -> None:
    """Something in every table about every patient, in every record; or in those that are followed now.

    An episode that ends has no open alert (`registering`), and so stands on no list.
    """
    world = society.world
    with scope(world.machine), opening_by_duty(by=world.machine):
        for (name, team), episode in world.episodes.items():
            if not only_open or is_followed(name, team):
                _fill(episode, world)
        anybody = next(iter(society.people.values()))
        for block in Block.objects.all():
            BlockWord.objects.create(
                community=world.community, patient_id=block.patient_id, block=block, is_lifted=False,
                given_by="patient", how="oral", asked_on=LONG_AGO, by_id=anybody.account_id,
                by_name="prøve",
            )  # fmt: skip


def _fill(episode: CareEpisode, world: CareWorld) -> None:
    """A row in every table: a sign, its limits and times, a value outside, an alert, and all the rest."""
    owned = {
        "community": world.community, "tenant_id": episode.tenant_id, "patient_id": episode.patient_id,
    }  # fmt: skip
    weight = PatientIndicator.objects.create(
        **owned, episode=episode, kind="measured", code="29463-7", name="Vekt", unit="kg"
    )
    set_limits(weight, {"yellow_high": "70"}, valid_from=timezone.now(), why="", by=world.machine)
    came = Incoming("29463-7", "75", "kg", timezone.now(), system="vekt", number=str(episode.pk))
    kept = take_in(episode, came, by=world.machine).measurement
    there = {
        Community: world.community, Party: episode.tenant, Patient: episode.patient, CareTeam: episode.team,
        CareEpisode: episode, PatientIndicator: weight, Measurement: kept, Alert: kept.alerts.get(),
    }  # fmt: skip
    for model in MODELS:
        if model._meta.db_table in ELSEWHERE or model._default_manager.filter(**owned).exists():
            continue
        about: dict[str, Any] = {name: there[of] for name, of in ABOUT.get(model._meta.db_table, {}).items()}
        about |= SAID.get(model._meta.db_table, {})
        there[model] = any_row(model, _with_others(model, there), **about)


def _with_others(model: type[models.Model], there: dict[Any, Any]) -> dict[Any, Any]:
    """What the row points to that is no patient's, made too."""
    for field in model._meta.concrete_fields:
        of = field.related_model if isinstance(field, models.ForeignKey) and not field.null else None
        if of is not None and of not in there:
            there[of] = of._default_manager.first() or any_row(of, there)
    return there


def rows(tables: Iterable[str]) -> set[Row]:
    """Every row that is there now."""
    asked = " UNION ALL ".join(_asked(one) for one in tables)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return {Row(*row) for row in cursor.fetchall()}


def _asked(table: str) -> str:
    key = "pgh_id" if table.endswith("event") and table in HISTORY else "id"
    tenant = "NULL::bigint" if table in OF_NOBODY_IN_PARTICULAR else "tenant_id"
    return f"SELECT '{table}', {key}, patient_id, {tenant} FROM {table}"  # noqa: S608  our own names


def seen_by(who: Actor, patient: int, tables: Iterable[str]) -> set[Row]:
    with scope(who):
        try:
            with opening(patient, by=who, what="care.timeline"):
                return rows(tables)
        except Refused:
            return set()


def test_invariant_21_everybody_sees_of_everybody_what_the_rules_in_words_say(society: Society) -> None:
    world = society.world
    tables = [*EVERYWHERE, *OF_NOBODY_IN_PARTICULAR]
    with scope(world.machine), opening_by_duty(by=world.machine):
        every = rows(tables)
    assert {row.table for row in every} >= set(OWNED) - set(ELSEWHERE), "a table that nothing is tried in"
    by_patient: dict[int, set[Row]] = defaultdict(set)
    for row in every:
        by_patient[row.patient].add(row)
    wrong = {}
    for name in PATIENTS:
        patient = world.patients[name].pk
        for who, actor in society.people.items():
            open_to = {world.parties[one].pk for one in may_see(who, name)}
            expected = {row for row in by_patient[patient] if open_to and row.tenant in {None, *open_to}}
            found = seen_by(actor, patient, tables) - _of_oneself(who, patient, every, world)
            if found != expected:
                wrong[who, name] = (found - expected, expected - found)
    assert wrong == {}


def _of_oneself(who: str, patient: int, every: set[Row], world: CareWorld) -> set[Row]:
    """That one is near somebody else is one's own to know."""
    near = {world.patients[one.patient].pk for one in NEAR if one.who == who} - {patient}
    return {row for row in every if row.table == "care_relatedperson" and row.patient in near}


def test_without_opening_a_patient_nobody_sees_a_row(society: Society) -> None:
    for actor in society.people.values():
        with scope(actor):
            assert rows(EVERYWHERE) == set()


def test_the_rules_in_words_let_some_in_and_keep_most_out(society: Society) -> None:
    """So that the oracle is not empty by mistake."""
    told_of = [(who, name) for who in society.people for name in PATIENTS if may_see(who, name)]
    assert 10 < len(told_of) < len(society.people) * len(PATIENTS) / 3
