"""What row-level security costs: the list of measures as the application, and as a role it does not hold.

The same statement that the pages use, with the same parameters, on the same rows. The application sets its
tenant for the transaction; the baseline's role passes row-level security by. The goal is at most 25 % more.
"""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import psycopg

from benchmarks import Case
from benchmarks.installation import database_copy, installation

if TYPE_CHECKING:
    from samspill.config.main import Installation

DATABASE = "samspill_isolation"
PLANS, AREAS, MEASURES = 12, 6, 30  # plans of a community, areas and measures of a plan
PUBLISHED = 3  # one plan of so many is open to everybody
TODAY = date(2026, 11, 22)
READS = 10  # of the list in one run, so that starting a transaction weighs little
MOST_RATIO = 1.25


def cases() -> list[Case]:
    """The list of one plan, and of all that a community sees."""
    runtime = installation()
    communities = _fill(runtime)
    one, *_ = communities
    rows = len(communities) * PLANS * MEASURES
    return [
        _case(runtime, f"measures of {name}", one, plans, f"of {rows} in {len(communities)} communities")
        for name, plans in (("one plan", [_plans_of(one)[0]]), ("a community", _plans_of(one)))
    ]


def _case(runtime: "Installation", name: str, community: int, plans: list[int], among: str) -> Case:
    statement, values = _statement(community, plans)
    app, passing = (_connect(runtime.dsn(role)) for role in ("app", "backup"))
    held, free = (_seen(connection, statement, values, community) for connection in (app, passing))
    if held != free:
        raise RuntimeError(f"with row-level security {held} rows are seen, without it {free}")
    return {
        "name": name,
        "run": partial(_read, app, statement, values, community),
        "baseline": partial(_read, passing, statement, values, community),
        "work": f"{READS} × {held} {among}; baseline: a role it does not hold",
        "most_ratio": MOST_RATIO,
    }


def _statement(community: int, plans: list[int]) -> tuple[str, tuple[object, ...]]:
    """What a page asks for the measures of `plans`."""
    from samspill.directory.public import machine
    from samspill.plans.models import Plan
    from samspill.plans.queries.rows import measures_of

    found = measures_of([Plan(pk=pk) for pk in plans], machine(community, TODAY))
    statement, values = found.query.sql_with_params()  # type: ignore[attr-defined]
    return statement, values


def _connect(dsn: dict[str, str]) -> psycopg.Connection:
    """As Django connects: no statement is prepared, so that each is planned with its policies."""
    return psycopg.connect(**{**dsn, "dbname": DATABASE}, prepare_threshold=None)  # type: ignore[arg-type]


def _read(
    connection: psycopg.Connection, statement: str, values: tuple[object, ...], community: int
) -> list[object]:
    found: list[object] = []
    with connection.transaction():
        connection.execute("SELECT set_config('samspill.community', %s, true)", [str(community)])
        for _ in range(READS):
            found = connection.execute(statement, values).fetchall()  # type: ignore[arg-type, assignment]
    return found


def _seen(connection: psycopg.Connection, statement: str, values: tuple[object, ...], community: int) -> int:
    return len(_read(connection, statement, values, community))


def _plans_of(community: int) -> list[int]:
    return list(range(community * 1000, community * 1000 + PLANS))


def _fill(runtime: "Installation") -> list[int]:
    """Plans with measures in every community, in a database of their own. Returns the communities."""
    from django.db import connections

    from samspill.directory.public import Community, sync_register

    sync_register(today=TODAY)
    communities = list(Community.objects.order_by("pk").values_list("pk", flat=True))
    database_copy(runtime, DATABASE)
    manager = runtime.dsn("backup")
    settings = {"NAME": DATABASE, "USER": manager["user"], "PASSWORD": manager["password"]}
    connections.databases[DATABASE] = {**connections.databases["default"], **settings}
    for community in communities:
        for place, pk in enumerate(_plans_of(community)):
            _add_plan(community, pk, is_published=place % PUBLISHED == 0)
    with connections[DATABASE].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connections[DATABASE].close()
    return communities


def _add_plan(community: int, pk: int, *, is_published: bool) -> None:
    from samspill.plans.models import FocusArea, Goal, Measure, Plan, PlanDocument

    own = {"community_id": community, "plan_id": pk}
    _add(Plan, [Plan(pk=pk, community_id=community, title=f"Handlingsplan {pk}", is_published=is_published)])
    lines = [f"linje {number}" for number in range(500)]
    _add(
        PlanDocument,
        [PlanDocument(pk=pk, file_name="plan.md", sha256=f"{pk:064}", content=b"", lines=lines, **own)],
    )
    keys = [pk * 100 + number for number in range(AREAS)]
    _add(FocusArea, [FocusArea(pk=key, title=f"Område {key}", order=key, **own) for key in keys])
    _add(Goal, [Goal(pk=key, area_id=key, title=f"Mål {key}", order=key, **own) for key in keys])
    _add(
        Measure,
        [
            Measure(
                area_id=keys[number % AREAS],
                goal_id=keys[number % AREAS],
                order=number,
                text=f"Prøve ut tiltak {number} sammen og se om det hjelper dem det gjelder. " * 3,
                document_id=pk,
                line=number,
                last_line=number,
                source_key=f"{number:064}",
                **own,
            )
            for number in range(MEASURES)
        ],
    )


def _add(model: Any, rows: list[Any]) -> None:
    model._default_manager.using(DATABASE).bulk_create(rows)
