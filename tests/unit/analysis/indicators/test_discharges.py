"""Readmissions of hand-made stays: what is a transfer, what is a return, and what is counted from where."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import ibis
import pyarrow as pa
import pytest

from samspill.analysis.indicators import Part, tables
from samspill.analysis.indicators.calculation import discharges

FIRST = datetime(2024, 3, 1, 12)
HOUR, DAY = 1.0, 24.0
ACUTE, PLANNED = "acute", "planned"
Stay = tuple[float, float, str]
"""Hours from the first admission to when it began and ended, and its urgency."""


def joined(stays: Sequence[Stay], *, died_in: int | None = None) -> list[dict]:
    """The stays of one person, given in any order, as they are counted."""
    columns: dict[str, list] = {name: [] for name in tables()["contacts"].schema}
    for number, (began, ended, urgency) in enumerate(stays):
        row = {
            "year": 2024, "area": "3101", "sex": "K", "age": 70, "contact": number, "person": 7,
            "unit": f"Sykehus {number}", "kind": "stay", "service": "somatic", "urgency": urgency,
            "admitted_at": FIRST + timedelta(hours=began), "discharged_at": FIRST + timedelta(hours=ended),
            "bed_days": 1, "days_ready": 0, "diagnosis": f"J{number}", "secondary": "", "hfrs_tenths": 0,
            "died": int(number == died_in),
        }  # fmt: skip
        for name, value in row.items():
            columns[name].append(value)
    table = pa.table({**columns, "year": pa.array(columns["year"], pa.int32())})
    connection = ibis.duckdb.connect()
    contacts = connection.create_table("contacts", table)
    part = Part("discharges", "count", "", {"service": "somatic"}, (0, 105), None)
    try:
        return connection.to_pyarrow(discharges(contacts, part)).sort_by("contact").to_pylist()
    finally:
        connection.disconnect()


@pytest.mark.parametrize(
    ("why", "stays", "readmitted"),
    [
        ("never back", [(0, DAY, ACUTE)], [0]),
        ("back after ten days", [(0, DAY, ACUTE), (11 * DAY, 12 * DAY, ACUTE)], [1, 0]),
        ("back, but planned", [(0, DAY, ACUTE), (11 * DAY, 12 * DAY, PLANNED)], [0, 0]),
        ("back after eight hours", [(0, DAY, ACUTE), (DAY + 8, 2 * DAY, ACUTE)], [1, 0]),
        ("moved just before", [(0, DAY, ACUTE), (DAY + 7.99, 2 * DAY, ACUTE)], [0]),
        ("back on the last moment", [(0, DAY, ACUTE), (31 * DAY, 32 * DAY, ACUTE)], [1, 0]),
        ("back a minute late", [(0, DAY, ACUTE), (31 * DAY + 1 / 60, 32 * DAY, ACUTE)], [0, 0]),
        (
            "moved, then back",
            [(0, DAY, ACUTE), (DAY + 2, 3 * DAY, ACUTE), (13 * DAY, 14 * DAY, ACUTE)],
            [1, 0],
        ),
        (
            "moved for so long that thirty days from the first have gone",
            [(0, DAY, ACUTE), (DAY + 2, 25 * DAY, ACUTE), (40 * DAY, 41 * DAY, ACUTE)],
            [1, 0],
        ),
        (
            "moved twice, then back",
            [(0, 24, ACUTE), (26, 48, ACUTE), (48, 72, ACUTE), (9 * DAY, 10 * DAY, ACUTE)],
            [1, 0],
        ),
        (
            "the stay moved to is acute, and no readmission to the planned one",
            [(0, DAY, PLANNED), (DAY + 1, 2 * DAY, ACUTE)],
            [0],
        ),
        (
            "an acute return after a planned stay counts for both",
            [(0, DAY, ACUTE), (5 * DAY, 6 * DAY, PLANNED), (9 * DAY, 9 * DAY, ACUTE)],
            [1, 1, 0],
        ),
        (
            "a stay within another ends nothing",
            [(0, 216, ACUTE), (24, 48, ACUTE), (220, 240, ACUTE), (12 * DAY, 13 * DAY, ACUTE)],
            [1, 0],
        ),
    ],
)  # fmt: skip
def test_a_person_who_is_moved_has_one_stay(why: str, stays: list[Stay], readmitted: list[int]) -> None:
    assert [row["readmitted"] for row in joined(stays)] == readmitted, why


def test_the_order_of_rows_is_irrelevant() -> None:
    stays = [(0, DAY, ACUTE), (DAY + 2, 3 * DAY, ACUTE), (13 * DAY, 14 * DAY, ACUTE)]
    assert [row["readmitted"] for row in joined(stays[::-1])] == [0, 1]


def test_what_is_known_of_a_stay_is_that_of_its_first() -> None:
    (stay,) = joined([(0, DAY, PLANNED), (DAY + 2, 3 * DAY, ACUTE)])
    assert (stay["diagnosis"], stay["urgency"], stay["contact"]) == ("J0", PLANNED, 0)


def test_who_dies_where_they_were_moved_to_has_not_left() -> None:
    assert joined([(0, DAY, ACUTE), (DAY + 2, 3 * DAY, ACUTE)], died_in=1) == []


def test_a_death_is_counted_in_its_own_stay_alone() -> None:
    stays = [(0, DAY, ACUTE), (DAY + 2, 3 * DAY, ACUTE), (13 * DAY, 14 * DAY, ACUTE)]
    (first,) = joined(stays, died_in=2)
    assert (first["contact"], first["readmitted"]) == (0, 1)
