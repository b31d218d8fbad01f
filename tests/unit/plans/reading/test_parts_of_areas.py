"""A part of an area says which area by the key that area has, however its heading is worded."""

import pytest

from samspill.documents.reading import read_bytes
from samspill.plans.reading import PlanReading, read_plan

PLAN = """# Handlingsplan for Helsefellesskapet Østfold 2025-2027

## {first}

Området har disse delene:

- Tidlig hjelp
- Skole

### Tidlig hjelp

Tiltak\tAnsvarlig\tFrist
Lage felles kurs for foreldre\tSSU\t2027

### Skole

Tiltak\tAnsvarlig\tFrist
Avtale møter med skolene\tSSU\t2027

## {second}

Området har disse delene:

- Hjemme
- På institusjon

### Hjemme

Tiltak\tAnsvarlig\tFrist
Avtale besøk hjemme hos eldre\tSSU\t2027

### På institusjon

Tiltak\tAnsvarlig\tFrist
Prøve ut felles innkomst\tSSU\t2027
"""


def reading(first: str, second: str) -> PlanReading:
    text = PLAN.format(first=first, second=second)
    return read_plan(read_bytes(text.encode(), "plan.md"), communities=[])


@pytest.mark.parametrize(
    ("first", "second", "keys"),
    [
        ("Innsatsområde: Barn og unge", "Innsatsområde: Eldre", ("Barn og unge", "Eldre")),
        ("Innsatsområde 1: Barn og unge", "Innsatsområde 2: Eldre", ("1", "2")),
        ("Satsingsområde A: Barn og unge", "Satsingsområde B: Eldre", ("A", "B")),
    ],
)
def test_a_part_names_its_area_by_the_key_of_that_area(
    first: str, second: str, keys: tuple[str, str]
) -> None:
    areas = reading(first, second).focus_areas
    parents = {one.title: one.parent for one in areas}
    assert parents == {
        "Barn og unge": "", "Tidlig hjelp": keys[0], "Skole": keys[0],
        "Eldre": "", "Hjemme": keys[1], "På institusjon": keys[1],
    }  # fmt: skip
    assert {one.parent for one in areas if one.parent} <= {one.key for one in areas}
