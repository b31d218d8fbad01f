"""What may be published: nothing hidden comes back, from one table or from all of them together."""

import json
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from samspill.analysis.figures import embedded
from samspill.analysis.indicators import all_definitions
from samspill.analysis.indicators.calculation import (
    PUBLISHED,
    Asked,
    Engine,
    Published,
    data_version,
    engine_of,
    keep,
    open_data,
    publish,
    read_ledger,
    run,
)
from samspill.analysis.indicators.synthetic import synthesise, world_of
from samspill.analysis.indicators.tables import tables
from samspill.refusal import Refused
from unit.analysis.published_attack import attack

pytestmark = pytest.mark.slow
AT = datetime(2026, 11, 23, 12, 0)
AREAS = ("3101", "3103", "3110", "3112", "3114", "3116", "3118")
LEVELS = {"community": {"HF01": list(AREAS[:3]), "HF02": list(AREAS[3:])}}
STAYS = ("acute-stays", "acute-stays-0-79", "acute-stays-80-plus", "child-acute-stays", "planned-stays")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("invented") / "data"
    synthesise(world_of(embedded()[0].only(AREAS), (2024,), seed=7), where, 12_000)
    return where


@pytest.fixture(scope="module")
def engine(folder: Path) -> Iterator[Engine]:
    with engine_of("duckdb", open_data(folder)) as found:
        yield found


def published(engine: Engine, log: Path, codes: tuple[str, ...] = (), **more: object) -> Published:
    known = all_definitions()
    wanted = [known[code] for code in codes] or [one for one in known.values() if one.disclosure != "open"]
    areas = more.pop("areas", None)
    asked = Asked("Kari Planlegger", AT, log, areas=areas)  # type: ignore[arg-type]
    return publish(engine, wanted, asked, **{"levels": LEVELS, **more})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def everything(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Published:
    return published(engine, tmp_path_factory.mktemp("log") / "questions.jsonl")


def rows(table: pa.Table) -> dict[tuple[str, str], dict]:
    return {(row["indicator"], row["area"]): row for row in table.to_pylist()}


def test_nothing_hidden_can_be_computed_from_all_indicators_and_levels(everything: Published) -> None:
    assert everything.audit.ok
    assert everything.audit.hidden > 100
    assert attack([everything.table]) == []


def test_an_outsider_does_compute_what_only_small_counts_were_hidden_of(
    engine: Engine, tmp_path: Path
) -> None:
    bare = published(engine, tmp_path / "log", STAYS, levels=None).table
    found = attack([bare, sums_only(engine, tmp_path)])
    assert found


def sums_only(engine: Engine, tmp_path: Path) -> pa.Table:
    """The sums as they are, had nobody thought of the municipalities."""
    return published(engine, tmp_path / "log", STAYS, areas=["HF01", "HF02", "ALL"]).table


def test_what_is_shown_is_the_truth_and_what_is_small_is_hidden(
    engine: Engine, everything: Published, tmp_path: Path
) -> None:
    known = [one for one in all_definitions().values() if one.disclosure != "open"]
    plain = rows(run(engine, known, Asked("Kari", AT, tmp_path / "log")))
    for cell, row in rows(everything.table).items():
        if cell in plain and plain[cell]["flag"] == 3:
            assert row["flag"] == 3
        elif cell in plain and row["count"] is not None:
            assert row["count"] == plain[cell]["count"]
        if row["flag"] == 3:
            assert row["value"] is None and row["lower"] is None and row["upper"] is None
            assert row["note"] == ""


def test_a_community_has_the_sums_of_its_municipalities(everything: Published) -> None:
    found = rows(everything.table)
    own = [found["outpatient-contacts", area] for area in AREAS]
    whole = found["outpatient-contacts", "ALL"]
    assert whole["level"] == "country" and found["outpatient-contacts", "HF01"]["level"] == "community"
    assert whole["count"] == sum(row["count"] for row in own)
    assert whole["population"] == sum(row["population"] for row in own)


def test_an_indirect_standard_counts_nobody_twice(engine: Engine, tmp_path: Path) -> None:
    plain = rows(run(engine, [all_definitions()["avoidable-stays"]], Asked("Kari", AT, tmp_path / "log")))
    found = rows(published(engine, tmp_path / "log", ("avoidable-stays",)).table)
    for cell, row in plain.items():
        if found[cell]["value"] is not None:
            assert found[cell]["value"] == pytest.approx(row["value"], rel=0.005)
    whole = found["avoidable-stays", "ALL"]
    crude = 1000 * whole["count"] / whole["population"]
    assert whole["value"] == pytest.approx(crude, rel=0.005)


def test_counts_two_indicators_share_are_hidden_in_both(everything: Published) -> None:
    found = rows(everything.table)
    for area in (*AREAS, "HF01", "HF02", "ALL"):
        one, other = found["length-of-stay-80-plus", area], found["deaths-in-hospital-80-plus", area]
        assert one["population"] == other["population"]


def test_figures_of_persons_have_as_many_digits_as_their_count(everything: Published) -> None:
    for row in everything.table.to_pylist():
        if row["value"] and row["count"] and row["count"] < 1000:
            assert float(f"{row['value']:.3g}") == pytest.approx(row["value"], rel=1e-12)


def test_many_events_of_a_few_persons_are_hidden(tmp_path: Path) -> None:
    where = tmp_path / "data"
    where.mkdir()
    small_extract(where, [9] * 20)
    path = where / "contacts" / "part.parquet"
    stays = pq.read_table(path).to_pylist()
    for row in stays:
        row["diagnosis"] = "S72"
        row["person"] = row["contact"] % 2 if row["area"] == "3101" else row["contact"]
    pq.write_table(pa.Table.from_pylist(stays, pq.read_schema(path)), path)
    with engine_of("duckdb", open_data(where)) as engine:
        found = published(engine, tmp_path / "log", ("hip-fractures-67-plus",), levels=SMALL_LEVELS)
    assert rows(found.table)["hip-fractures-67-plus", "3101"]["flag"] == 3
    assert ("3101", "few_persons") in {(one.area, one.reason) for one in found.hidden}


def test_why_a_number_is_hidden_is_for_the_owner(everything: Published) -> None:
    assert everything.table.schema.equals(PUBLISHED)
    reasons = {one.reason for one in everything.hidden}
    assert {"small_count", "protects_others"} <= reasons
    report = everything.report()
    assert report["ok"] and report["rules"]["npr_kpr"]["source"]
    assert len(report["hidden"]) == len(everything.hidden)


# One release after another.


def test_twelve_of_thirteen_municipalities_do_not_give_the_last_away(engine: Engine, tmp_path: Path) -> None:
    first = published(engine, tmp_path / "log", STAYS)
    later = published(engine, tmp_path / "log", STAYS, areas=AREAS[1:], levels=None, published=[first.table])
    assert attack([first.table, later.table]) == []
    before, after = rows(first.table), rows(later.table)
    for cell, row in after.items():
        assert row["flag"] == before[cell]["flag"]


def test_parts_published_first_are_protected_when_the_whole_comes(engine: Engine, tmp_path: Path) -> None:
    tables = []
    for code in ("acute-stays-0-79", "acute-stays", "acute-stays-80-plus", "child-acute-stays"):
        tables.append(published(engine, tmp_path / "log", (code,), published=tables).table)
        assert attack(tables) == []


def test_sums_published_after_the_municipalities_hide_what_they_would_tell(
    engine: Engine, tmp_path: Path
) -> None:
    first = published(engine, tmp_path / "log", STAYS, levels=None)
    later = published(engine, tmp_path / "log", STAYS, areas=["HF01", "HF02", "ALL"], published=[first.table])
    assert attack([first.table, later.table]) == []
    alone = sums_only(engine, tmp_path)
    assert attack([first.table, alone]) != []


def test_nothing_is_published_when_what_was_before_gives_it_away(engine: Engine, tmp_path: Path) -> None:
    """Somebody let out the municipalities and the sums, each protected without the other."""
    bare = published(engine, tmp_path / "log", STAYS, levels=None).table
    with pytest.raises(Refused) as refused:
        published(engine, tmp_path / "log", STAYS, published=[bare, sums_only(engine, tmp_path)])
    assert refused.value.code == "audit_failed"
    assert refused.value.facts["report"]["findings"]


def test_a_table_of_other_data_is_refused(engine: Engine, tmp_path: Path) -> None:
    table = published(engine, tmp_path / "log", STAYS).table
    place = table.schema.get_field_index("count")
    other = table.set_column(place, "count", pc.add(table["count"], 1))
    with pytest.raises(Refused) as refused:
        published(engine, tmp_path / "log", STAYS, published=[other])
    assert refused.value.code == "releases_differ"
    with pytest.raises(Refused) as refused:
        published(engine, tmp_path / "log", STAYS, published=[table.replace_schema_metadata()])
    assert refused.value.code == "not_published"


def test_a_community_with_other_municipalities_than_before_is_refused(engine: Engine, tmp_path: Path) -> None:
    first = published(engine, tmp_path / "log", STAYS).table
    moved = {"community": {"HF01": list(AREAS[:2]), "HF02": list(AREAS[2:])}}
    with pytest.raises(Refused) as refused:
        published(engine, tmp_path / "log", STAYS, levels=moved, published=[first])
    assert refused.value.code == "levels_differ"


def test_all_there_was_before_may_have_been_less(engine: Engine, tmp_path: Path) -> None:
    first = published(engine, tmp_path / "log", STAYS).table
    told = json.loads(first.schema.metadata[b"samspill"])
    told["sums"]["ALL"] = ["country", told["sums"]["HF01"][1]]
    less = first.filter(pc.is_in(first["area"], pa.array([*AREAS[:3], "HF01"])))
    less = less.replace_schema_metadata({b"samspill": json.dumps(told).encode()})
    later = published(engine, tmp_path / "log", STAYS, published=[less]).table
    assert attack([less, later]) == []


def test_the_ledger_keeps_what_was_published_from_these_data(
    engine: Engine, folder: Path, tmp_path: Path
) -> None:
    version = data_version(open_data(folder))
    assert version == data_version(open_data(folder))
    ledger = tmp_path / "published"
    table = published(engine, tmp_path / "log", STAYS, told={"data": version}).table
    for _ in range(2):
        keep(ledger, table)
    assert [one.num_rows for one in read_ledger(ledger, version)] == [table.num_rows]
    assert read_ledger(ledger, "other data") == []
    (ledger / "broken.parquet").write_bytes(b"no Parquet")
    with pytest.raises(Refused) as refused:
        read_ledger(ledger, version)
    assert refused.value.code == "ledger"


# Small extracts, any counts.

KINDS = (("acute", 10), ("acute", 40), ("acute", 85), ("planned", 40), ("planned", 85))
SMALL = ("3101", "3103", "3110", "3112")
SMALL_LEVELS = {"community": {"HF01": ["3101", "3103"], "HF02": ["3110", "3112"]}}


def contact(number: int, area: str, urgency: str, age: int) -> dict:
    texts = {name: "" for name, kind in tables()["contacts"].schema.items() if kind == "string"}
    wholes = {name: 0 for name, kind in tables()["contacts"].schema.items() if kind in ("int32", "int64")}
    fixed = {"kind": "stay", "service": "somatic", "urgency": urgency, "sex": "K", "diagnosis": "J18"}
    moments = {"admitted_at": datetime(2024, 3, 1), "discharged_at": datetime(2024, 3, 4)}
    own = {"year": 2024, "area": area, "age": age, "contact": number, "person": number, "bed_days": 3}
    return {**texts, **wholes, **fixed, **moments, **own}


def small_extract(folder: Path, counts: list[int]) -> None:
    cells = [(area, *kind) for area in SMALL for kind in KINDS]
    each = [cell for cell, number in zip(cells, counts, strict=True) for _ in range(number)]
    kinds = {"int32": pa.int32(), "int64": pa.int64(), "string": pa.string(), "timestamp": pa.timestamp("us")}
    people = [
        {"year": 2024, "area": area, "sex": sex, "age": age, "persons": 100}
        for area in SMALL
        for sex in "KM"
        for age in range(0, 106, 5)
    ]
    found = {"contacts": [contact(*one) for one in enumerate_cells(each)], "population": people}
    for name, own in found.items():
        schema = pa.schema([(column, kinds[kind]) for column, kind in tables()[name].schema.items()])
        (folder / name).mkdir()
        pq.write_table(pa.Table.from_pylist(own, schema), folder / name / "part.parquet")


def enumerate_cells(each: list[tuple]) -> list[tuple]:
    return [(number, *cell) for number, cell in enumerate(each)]


@settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.generate])
@example([0] * 11 + [8, 5, 0, 0, 0, 0, 1, 0, 0])  # to say that a number is hidden tells that it is not zero
@given(st.lists(st.integers(0, 9), min_size=20, max_size=20))
def test_no_small_extract_has_counts_that_come_back(counts: list[int]) -> None:
    codes = (*STAYS, "length-of-stay-80-plus")
    with tempfile.TemporaryDirectory() as spare:
        where = Path(spare) / "data"
        where.mkdir()
        small_extract(where, [*counts[:-1], counts[-1] + 1])
        with engine_of("duckdb", open_data(where)) as engine:
            out: list[pa.Table] = []
            for some in (codes[:2], codes):
                out.append(
                    published(engine, Path(spare) / "log", some, levels=SMALL_LEVELS, published=out).table
                )
            assert attack(out) == []
