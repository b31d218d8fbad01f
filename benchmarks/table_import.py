"""A table of four thousand measures from Excel: read, checked row by row, and taken in.

The steps of the background job one after the other, as a worker takes them, each in its own transaction.
"""

import io
from collections.abc import Iterator

from benchmarks import Case
from benchmarks.installation import installation
from benchmarks.isolation import TODAY

ROWS = 4000
MOST_SECONDS = 30.0
HEAD = ("Innsatsområde", "Mål", "Tiltak", "Ansvarlig", "Bidrar", "Frist", "Status", "Siste melding")
AREAS = ("1 Barn og unge", "2 Psykisk helse og rus", "3 Eldre", "4 Akuttkjeden")
PEOPLE = ("Halden", "Moss", "Sarpsborg", "Kommuneoverlegen", "Sykehuset Østfold", "Kommunene")
DEADLINES = ("30.06.2027", "våren 2027", "", "2026-12-31", "i løpet av 2027")
WORDS = ("I rute", "", "Forsinket", "Fullført")


def cases() -> Iterator[Case]:
    """Every run brings a table of its own words, so that all of its rows are new to the plan."""
    installation()
    run = _Runs()
    yield {
        "name": "table checked, all rows new",
        "run": run.check,
        "baseline": None,
        "work": f"{ROWS} rows of XLSX",
        "most_seconds": MOST_SECONDS,
        "runs": 1,
    }
    yield {
        "name": "the same table taken in",
        "run": run.take,
        "baseline": None,
        "work": f"{ROWS} measures with people, deadlines and reports",
        "most_seconds": MOST_SECONDS,
        "runs": 1,
    }
    yield {
        "name": "table checked and taken in, all rows changed",
        "run": run.change,
        "baseline": None,
        "work": f"{ROWS} rows with new deadlines",
        "most_seconds": MOST_SECONDS,
        "runs": 1,
    }


class _Runs:
    """A plan in Østfold, and tables for it."""

    def __init__(self) -> None:
        from datetime import date

        from django.db import transaction

        from samspill.directory.public import Community, machine, scope, sync_register
        from samspill.plans.models import Plan

        sync_register(today=TODAY)
        community = Community.objects.get(slug="ostfold")
        self.by = machine(community.pk, TODAY)
        with transaction.atomic(), scope(self.by):
            self.plan = Plan.objects.create(
                community=community, title="Handlingsplan", period_start=date(2025, 1, 1)
            )
        self.table = self._bring(excel(0))

    def check(self) -> object:
        return self._work()

    def take(self) -> object:
        self._ask()
        return self._work()

    def change(self) -> object:
        self.table = self._bring(excel(1))
        self._work()
        self._ask()
        return self._work()

    def _bring(self, content: bytes):  # type: ignore[no-untyped-def]
        from django.db import transaction

        from samspill.directory.public import scope
        from samspill.plans.actions.bringing_in import bring

        with transaction.atomic(), scope(self.by):
            return bring(self.plan, content=content, file_name="tiltak.xlsx", by=self.by)

    def _ask(self) -> None:
        from django.db import transaction

        from samspill.directory.public import scope
        from samspill.plans.actions.bringing_in import take_in

        with transaction.atomic(), scope(self.by):
            take_in(self.table, by=self.by)

    def _work(self) -> object:
        from samspill.plans.jobs import work_through

        return work_through(self.table.community_id, self.table.pk, today=TODAY)


def excel(shift: int) -> bytes:
    """The same measures; `shift` moves their deadlines."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Tiltak")
    sheet.append(HEAD)
    for number in range(ROWS):
        sheet.append(
            [
                AREAS[number % len(AREAS)],
                f"Mål {number % 40}",
                f"Prøve ut besøk nummer {number} den første uken etter utskriving, og se om det hjelper",
                PEOPLE[number % len(PEOPLE)],
                "Rakkestad; Våler" if number % 3 == 0 else "",
                DEADLINES[(number + shift) % len(DEADLINES)],
                WORDS[number % len(WORDS)],
                "Det første møtet er holdt" if number % 4 == 0 else "",
            ]
        )
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()
