"""The comparison of plans: ten thousand measures in nineteen communities, as a visitor sees them.

All plans are open, so that all measures are seen. The page's queries and sorting by themselves, the page as
it is served in this process, and what is like one measure among them all.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from benchmarks import Case
from benchmarks.installation import database_copy, installation
from benchmarks.isolation import TODAY

if TYPE_CHECKING:
    from samspill.config.main import Installation

DATABASE = "samspill_compare"
PLANS, MEASURES = 3, 176  # plans of a community, measures of a plan: 19 × 3 × 176 = 10,032
MOST_SECONDS = 0.150
AREAS = ("Barn og unge", "Psykisk helse og rus", "Eldre", "Akuttkjeden", "Folk og fag", "Sammen om mer")
# Measures differ as people's do: a beginning, what it is about, for whom.
BEGINNINGS = ("Lage felles", "Prøve ut", "Gje alle", "Møtes om", "Evaluere", "Utvide", "Lære av", "Samle")
SUBJECTS = (
    "kurs for pårørende", "digital hjemmeoppfølging", "rutine for utskriving", "legemiddelgjennomgang",
    "plan for rekruttering", "kjernejournal", "tilbud på samisk", "samhandlingsmidler", "styringsdata",
    "førebygging av fall", "dialogmøte med fastlegar", "svangerskapsomsorg", "møterom", "sykkelparkering",
)  # fmt: skip
PEOPLE = ("i skolen", "for skrøpelege eldre", "på legevakta", "i psykisk helsevern", "i kommunane", "hos oss")
REPORTED, OWNED = 2, 5  # every second measure is reported on; every fifth has nobody


def cases() -> Iterator[Case]:
    """Run in a database of their own; the installation's own is back when the last has run."""
    with filled(installation(), DATABASE) as rows:
        works = {
            "comparison, queries and sorting": _compare,
            "comparison, the page": partial(_page, visitor(), ""),
            "comparison for one group": partial(_page, visitor(), "?gruppe=eldre_skropelig&slag=action_plan"),
            "measures like one measure": _similar,
        }
        for name, run in works.items():
            yield {
                "name": name,
                "run": run,
                "baseline": None,
                "work": f"{rows} measures in 19 communities",
                "most_seconds": MOST_SECONDS,
            }


def _compare() -> object:
    from django.db import transaction

    from samspill.directory.public import nobody, scope
    from samspill.plans.queries.comparing import compare

    visitor = nobody(TODAY)
    with transaction.atomic(), scope(visitor):
        return compare(visitor)


def _similar() -> object:
    from django.db import transaction

    from samspill.directory.public import nobody, scope
    from samspill.plans.models import Measure
    from samspill.plans.queries.similar import similar_to

    visitor = nobody(TODAY)
    with transaction.atomic(), scope(visitor):
        return similar_to(Measure.objects.select_related("area").order_by("pk")[7], visitor)


def visitor() -> Any:
    """A browser nobody has signed in to; pages are drawn without fingerprints of the front end."""
    from django.conf import settings
    from django.test import Client, override_settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}).enable()
    return Client(SERVER_NAME="127.0.0.1")


def _page(client: Any, query: str) -> object:
    answer = client.get(f"/planer/sammenlign/{query}")
    if answer.status_code != 200:
        raise RuntimeError(f"The page answers {answer.status_code}")
    return answer


@contextmanager
def filled(runtime: "Installation", database: str) -> Iterator[int]:
    """Plans in every community, in a copy that everything reads from meanwhile. Gives how many measures."""
    from django.db import connection, connections

    from samspill.directory.public import Community, sync_register

    sync_register(today=TODAY)
    communities = list(Community.objects.order_by("pk").values_list("pk", flat=True))
    database_copy(runtime, database)
    manager = runtime.dsn("backup")
    whole = {"NAME": database, "USER": manager["user"], "PASSWORD": manager["password"]}
    connections.databases[database] = {**connections.databases["default"], **whole}
    for community in communities:
        for pk in range(community * 1000, community * 1000 + PLANS):
            _add_plan(community, pk, database)
    with connections[database].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connections[database].close()
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        yield len(communities) * PLANS * MEASURES
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def _add_plan(community: int, pk: int, database: str) -> None:
    from samspill.directory.public import SearchEntry
    from samspill.plans.models import (
        FocusArea,
        Measure,
        MeasureResponsible,
        Plan,
        PlanDocument,
        StatusReport,
    )

    own = {"community_id": community, "plan_id": pk}
    _add(
        database, Plan, [Plan(pk=pk, community_id=community, title=f"Handlingsplan {pk}", is_published=True)]
    )
    _add(
        database,
        PlanDocument,
        [PlanDocument(pk=pk, file_name="plan.md", sha256=f"{pk:064}", content=b"", **own)],
    )
    areas = [
        FocusArea(pk=pk * 100 + place, title=title, order=place, **own) for place, title in enumerate(AREAS)
    ]
    _add(database, FocusArea, areas)
    measures = [_measure(pk * 1000 + number, areas, own) for number in range(MEASURES)]
    _add(database, Measure, measures)
    owned = [one for one in measures if one.order % OWNED]
    _add(database, MeasureResponsible, [MeasureResponsible(measure=one, raw="SSU", **own) for one in owned])
    reported = [one for one in measures if one.order % REPORTED]
    _add(
        database,
        StatusReport,
        [StatusReport(measure=one, word="on_track", by_name="Kari", **own) for one in reported],
    )
    entries = [
        SearchEntry(
            kind="plans.measure",
            thing_id=one.pk,
            community_id=community,
            title=one.text[:500],
            text=one.text,
            is_open=True,
        )
        for one in measures
    ]
    _add(database, SearchEntry, entries)


def _measure(pk: int, areas: list[Any], own: dict[str, int]) -> Any:
    """No two have the same text, as no two people write the same."""
    from samspill.plans.models import Measure

    number = pk % 1000
    text = (
        f"{BEGINNINGS[pk % 8]} {SUBJECTS[pk % 14]} {PEOPLE[pk % 6]}, og se hvert halvår om det hjelper dem "
        f"det gjelder (nr. {pk})"
    )
    return Measure(
        pk=pk,
        area=areas[number % len(areas)],
        order=number,
        text=text,
        document_id=own["plan_id"],
        line=number,
        last_line=number,
        verbatim=text,
        source_key=f"{number:064}",
        **own,
    )


def _add(database: str, model: Any, rows: list[Any]) -> None:
    model._default_manager.using(database).bulk_create(rows)
