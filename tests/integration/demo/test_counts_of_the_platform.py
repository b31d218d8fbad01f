"""What the parts of the house count of their own, by municipality: the same as their pages show."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq
import pytest
from django.db import transaction

from factories.people import TODAY
from samspill.demo.public import Demonstration
from samspill.directory.public import PLATFORM_COUNTS, Community, Party, PlatformCount, machine, scope
from samspill.insight.actions.data_platform import count_platform
from samspill.insight.queries.data_sets import files_of, version_in_use
from samspill.plans.models import MeasureResponsible
from samspill.plans.public import Plan
from samspill.plans.queries.my_municipality import bound

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 3, tzinfo=ZoneInfo("Europe/Oslo"))


def counted(key: str) -> dict[str, PlatformCount]:
    """In Østfold, by municipality."""
    by = machine(Community.objects.get(slug="ostfold").pk, TODAY)
    with transaction.atomic(), scope(by):
        return {one.area: one for one in PLATFORM_COUNTS[key].count(by)}


@pytest.mark.parametrize("key", ["plans", "governance.decisions", "governance.hearings"])
def test_every_municipality_is_told_of_and_parts_are_not_above_the_whole(
    world: Demonstration, key: str
) -> None:
    found = counted(key)
    assert len(found) == 13
    for one in found.values():
        assert max(one.late, one.closed, one.with_indicator) <= one.total


def test_measures_are_those_that_bind_the_municipality_on_its_own_page(world: Demonstration) -> None:
    found = counted("plans")
    by = machine(Community.objects.get(slug="ostfold").pk, TODAY)
    with transaction.atomic(), scope(by):
        halden = Party.objects.get(community_id=by.community_id, short_name="Halden")
        ended = Plan.objects.filter(community_id=by.community_id, period_end__lt=TODAY)
        on_page = [one for one in bound(halden, by) if one.carried.measure.plan not in set(ended)]
        assert found["3101"].total == len(on_page) > 0
        assert MeasureResponsible.objects.filter(party=halden).exists()
    assert any(one.with_indicator for one in found.values())


def test_the_counts_are_a_version_in_use_and_what_is_the_same_makes_no_new_one(world: Demonstration) -> None:
    version = version_in_use("platform")
    assert version is not None
    assert (version.state, version.faults) == ("in_use", [])
    rows = [row for path in files_of(version) for row in pq.read_table(path).to_pylist()]
    halden = [row for row in rows if (row["area"], row["thing"]) == ("3101", "measure")]
    assert [(row["year"], row["total"]) for row in halden] == [(2026, counted("plans")["3101"].total)]
    assert count_platform(by=machine(None, TODAY), now=NOW) is None
