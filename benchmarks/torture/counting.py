"""What is there afterwards, against what was said yes to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from benchmarks.torture.patients import COMMUNITY


@dataclass(frozen=True)
class Found:
    """Counts; all that is named lost, doubled or alone must be 0."""

    killed: Mapping[str, int]
    said_yes_to: int
    measurements: int
    outside: int
    alerts: int
    measurements_lost: int
    measurements_doubled: int
    measurements_without_a_colour: int
    outside_without_an_alert: int
    alerts_told_twice: int
    alerts_open_twice: int
    lists_that_do_not_agree: int

    @property
    def is_whole(self) -> bool:
        bad = (
            self.measurements_lost, self.measurements_doubled, self.measurements_without_a_colour,
            self.outside_without_an_alert, self.alerts_told_twice, self.alerts_open_twice,
            self.lists_that_do_not_agree,
        )  # fmt: skip
        return sum(bad) == 0


ASKED = {
    "measurements": "SELECT count(*) FROM care_measurement",
    "outside": "SELECT count(*) FROM care_triageresult WHERE kind = 'outside'",
    "alerts": "SELECT count(*) FROM care_alert",
    "measurements_doubled": """
        SELECT count(*) FROM (
            SELECT FROM care_measurementsource GROUP BY number HAVING count(*) > 1
            UNION ALL
            SELECT FROM care_measurement GROUP BY patient_id, effective HAVING count(*) > 1) AS twice""",
    "measurements_without_a_colour": """
        SELECT count(*) FROM care_measurement m LEFT JOIN care_triageresult t ON t.measurement_id = m.id
        WHERE t.id IS NULL""",
    "outside_without_an_alert": """
        SELECT count(*) FROM care_triageresult t WHERE t.kind = 'outside' AND NOT EXISTS (
            SELECT FROM care_alertstep s WHERE s.measurement_id = t.measurement_id
                AND s.act IN ('raised', 'measured_again'))""",
    "alerts_told_twice": """
        SELECT count(*) FROM (
            SELECT FROM care_alertstep
            WHERE act IN ('raised', 'measured_again') AND measurement_id IS NOT NULL
            GROUP BY measurement_id HAVING count(*) > 1) AS twice""",
    "alerts_open_twice": """
        SELECT count(*) FROM (
            SELECT FROM care_alert WHERE state <> 'closed' AND kind = 'outside'
            GROUP BY indicator_id HAVING count(*) > 1) AS twice""",
    "lists_that_do_not_agree": """
        SELECT count(*) FROM (
            SELECT patient_id, count(*) AS n FROM care_alert WHERE state <> 'closed' GROUP BY patient_id) AS a
        FULL JOIN (SELECT patient_id, alerts AS n FROM care_listrow) AS l USING (patient_id, n)
        WHERE a.patient_id IS NULL OR l.patient_id IS NULL""",
}


def count(killed: Mapping[str, int], said_yes_to: Iterable[str]) -> Found:
    """By Samspill on duty, who sees every record."""
    from django.db import connection, transaction

    from samspill.care.public import opening_by_duty
    from samspill.directory.public import Community, machine, scope

    yes = set(said_yes_to)
    by = machine(Community.objects.get(slug=COMMUNITY).pk, timezone.localdate())
    with transaction.atomic(), scope(by), opening_by_duty(by=by), connection.cursor() as cursor:
        found = {}
        for name, asked in ASKED.items():
            cursor.execute(asked)
            found[name] = cursor.fetchone()[0]
        cursor.execute("SELECT number FROM care_measurementsource")
        there = {number for (number,) in cursor.fetchall()}
    return Found(dict(killed), len(yes), measurements_lost=len(yes - there), **found)
