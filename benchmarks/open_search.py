"""«Hva ble bestemt?» among sixty thousand points of decisions, as a visitor sees them.

Twenty thousand decisions with three points each, and as many cases; every word of the points is searched. A
rare word, one that half of everything has, two words in the other målform, filters without words, the best
first, and the page as it is served in this process.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from benchmarks import Case
from benchmarks.compare import visitor
from benchmarks.installation import database_copy, installation
from benchmarks.isolation import TODAY

if TYPE_CHECKING:
    from samspill.config.main import Installation

DATABASE = "samspill_open"
DECISIONS, POINTS = 20_000, 3
MOST_SECONDS = 0.150
ABOUT = (
    "felles kveldspatrulje", "digital hjemmeoppfølging", "rutine for utskrivning", "legemiddelgjennomgang",
    "plan for rekruttering", "kjernejournal", "tilbud på samisk", "samhandlingsmidler", "styringsdata",
    "forebygging av fall", "dialogmøte med fastleger", "svangerskapsomsorg", "sykehjemslege", "ambulanse",
)  # fmt: skip
DOES = ("begynner", "utvides", "prøves ut", "evalueres", "avsluttes", "videreføres", "utredes", "finansieres")
WITH = (
    "i kommunene",
    "på sykehuset",
    "for barn og unge",
    "for skrøpelige eldre",
    "på legevakta",
    "i psykisk helse",
)
STATES = ("not_begun", "under_way", "done", "nothing")


def cases() -> Iterator[Case]:
    """Run in a database of their own; the installation's own is back when the last has run."""
    with _filled(installation()) as rows:
        client = visitor()
        works: dict[str, Callable[[], object]] = {
            "open search, a rare word": partial(_search, words="ambulanse 4703"),
            "open search, a word half of all has": partial(_search, words="kommunene"),
            "open search, two words, nynorsk": partial(_search, words="sjukeheimslege kommunane"),
            "open search, the best first": partial(_search, words="kommunene sykehuset", sort="beste"),
            "open search, late ones of a year": partial(_search, year=2025, carried="late"),
            "open search, of a municipality": partial(_search, party_id=7),
            "open search, page 400": partial(_search, words="kommunene", offset=8000),
            "open search, the page": partial(_page, client, "/apent/?sok=kveldspatrulje+eldre"),
            "open search, the front": partial(_page, client, "/apent/"),
            "open search, the feed": partial(_page, client, "/apent/nytt.atom?sok=legevakta"),
        }
        for name, run in works.items():
            yield _case(name, run, f"{rows} entries, {DECISIONS * POINTS} points")


def _case(name: str, run: Callable[[], object], work: str) -> Case:
    return {"name": name, "run": run, "baseline": None, "work": work, "most_seconds": MOST_SECONDS}


def _search(*, offset: int = 0, **wanted: Any) -> object:
    from django.db import transaction

    from samspill.directory.public import nobody, scope
    from samspill.governance.queries.open_search import Wanted, search_open

    with transaction.atomic(), scope(nobody(TODAY)):
        answer = search_open(Wanted(**wanted), TODAY, offset=offset)
    if not answer.total:
        raise RuntimeError(f"Nothing is found with {wanted}")
    return answer


def _page(client: Any, address: str) -> object:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"The page answers {answer.status_code}")
    return answer


@contextmanager
def _filled(runtime: "Installation") -> Iterator[int]:
    """Open entries in every community, in a copy that everything reads from meanwhile. Gives how many."""
    from django.db import connection, connections

    from samspill.directory.public import Community, sync_register

    sync_register(today=TODAY)
    communities = list(Community.objects.order_by("pk").values_list("pk", flat=True))
    database_copy(runtime, DATABASE)
    manager = runtime.dsn("backup")
    whole = {"NAME": DATABASE, "USER": manager["user"], "PASSWORD": manager["password"]}
    connections.databases[DATABASE] = {**connections.databases["default"], **whole}
    rows = _add_entries(communities)
    with connections[DATABASE].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connections[DATABASE].close()
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = DATABASE
    try:
        yield rows
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def _add_entries(communities: list[int]) -> int:
    """A decision and its case for each number; no two have the same words, as no two meetings do."""
    from samspill.governance.models import OpenEntry

    made = []
    for number in range(DECISIONS):
        words = f"{ABOUT[number % 14]} {DOES[number % 8]} {WITH[number % 6]} (nr. {number})"
        points = ". ".join(
            f"{WITH[(number + place) % 6]} {DOES[(number + place) % 8]} {ABOUT[(number * 3 + place) % 14]} "
            f"før utgangen av året, og de som svarer for det, sier hvert halvår hvor langt det er kommet"
            for place in range(POINTS)
        )
        common = {
            "community_id": communities[number % len(communities)],
            "day": TODAY - timedelta(days=number % 2000),
            "parties": [number % 350, number % 17],
        }
        due = date(2025, 1, 1) + timedelta(days=number % 900)
        state = STATES[number % 4]
        made.append(
            OpenEntry(
                kind="decision", thing_id=number, title=words, plain=words, text=points, carried=state,
                due=due if number % 4 < 2 else None, **common,
            )
        )  # fmt: skip
        made.append(OpenEntry(kind="case", thing_id=number, title=words, text=points, **common))
    OpenEntry.objects.using(DATABASE).bulk_create(made, batch_size=2000)
    return len(made)
