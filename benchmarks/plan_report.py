"""A plan and its report on paper: sixty measures with two years of reports, and four hundred, as served.

The page's queries, the two figures and the writing, in this process. The first run draws the first figure of
the process and loads the fonts, so it is given by itself («cold»).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from benchmarks import Case
from benchmarks.installation import database_copy, installation
from benchmarks.isolation import TODAY

if TYPE_CHECKING:
    from samspill.config.main import Installation

DATABASE = "samspill_plan_report"
SIZES = (60, 400)  # measures of each plan; their numbers are those of the plans
REPORTS = 8  # of each measure, a quarter of a year apart
AREAS = ("Barn og unge", "Psykisk helse og rus", "Eldre", "Akuttkjeden", "Folk og fag", "Sammen om mer")
WORDS = ("on_track", "late", "on_track", "done")
MOST_SECONDS = 3.0  # for sixty measures
PAPERS = {"report": "rapport.pdf?periode=ar", "report in Word": "rapport.docx?periode=ar", "plan": "plan.pdf"}


def cases() -> Iterator[Case]:
    with _filled(installation()):
        client = _visitor()
        for size in SIZES:
            for name, address in PAPERS.items():
                run = partial(_paper, client, size, address)
                if size == SIZES[0] and name == "report":
                    yield _case("report to PDF, cold", run, size, runs=1)
                yield _case(f"{name}, {size} measures", run, size)


def _case(name: str, run: Callable[[], object], size: int, **more: int) -> Case:
    case: Case = {
        "name": name,
        "run": run,
        "baseline": None,
        "work": f"{size} measures, {size * REPORTS} reports",
    }
    if size == SIZES[0]:
        case["most_seconds"] = MOST_SECONDS
    return {**case, **more}  # type: ignore[typeddict-item]


def _paper(client: Any, plan: int, address: str) -> object:
    answer = client.get(f"/planer/{plan}/{address}")
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")
    return answer


def _visitor() -> Any:
    from django.test import Client

    return Client(SERVER_NAME="127.0.0.1")


@contextmanager
def _filled(runtime: "Installation") -> Iterator[None]:
    """A plan of each size in a copy that everything reads from meanwhile."""
    from django.db import connection, connections

    from samspill.directory.public import Community, sync_register

    sync_register(today=TODAY)
    community = Community.objects.order_by("pk").values_list("pk", flat=True)[0]
    database_copy(runtime, DATABASE)
    manager = runtime.dsn("backup")
    whole = {"NAME": DATABASE, "USER": manager["user"], "PASSWORD": manager["password"]}
    connections.databases[DATABASE] = {**connections.databases["default"], **whole}
    for size in SIZES:
        _add_plan(community, size)
    with connections[DATABASE].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connections[DATABASE].close()
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = DATABASE
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def _add_plan(community: int, size: int) -> None:
    from samspill.plans.models import FocusArea, Measure, MeasureResponsible, Plan, PlanDocument, StatusReport

    own = {"community_id": community, "plan_id": size}
    title = f"Handlingsplan med {size} tiltak 2026–2027"
    _add(Plan, [Plan(pk=size, community_id=community, title=title, is_published=True)])
    _add(PlanDocument, [PlanDocument(pk=size, file_name="plan.md", sha256=f"{size:064}", content=b"", **own)])
    areas = [
        FocusArea(pk=size * 100 + place, number=str(place), title=name, order=place, **own)
        for place, name in enumerate(AREAS, 1)
    ]
    _add(FocusArea, areas)
    measures = [_measure(size, number, areas, own) for number in range(size)]
    _add(Measure, measures)
    _add(MeasureResponsible, [MeasureResponsible(measure=one, raw="SSU", **own) for one in measures])
    _add(StatusReport, [said for one in measures for said in _said(one, own)])


def _measure(size: int, number: int, areas: list[Any], own: dict[str, int]) -> Any:
    from samspill.plans.models import Measure

    text = f"Prøve ut felles oppfølging av dem som reiser hjem, og se om det hjelper (nr. {number})"
    return Measure(
        pk=size * 1000 + number, area=areas[number * len(areas) // size], order=number, text=text,
        document_id=size,
        line=number, last_line=number, verbatim=text, source_key=f"{size:032}{number:032}",
        deadline=TODAY + timedelta(days=30 * (number % 20 - 5)), **own,
    )  # fmt: skip


def _said(measure: Any, own: dict[str, int]) -> Iterator[Any]:
    from samspill.plans.models import StatusReport

    now = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
    for quarter in range(REPORTS):
        yield StatusReport(
            measure=measure, word=WORDS[(measure.order + quarter) % len(WORDS)], by_name="Kari",
            sentence="Vi har møtt alle kommunene.", at=now - timedelta(days=91 * quarter), **own,
        )  # fmt: skip


def _add(model: Any, rows: list[Any]) -> None:
    model._default_manager.using(DATABASE).bulk_create(rows)
