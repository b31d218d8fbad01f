"""Many draws in blocks: the same draws as all at once, whoever makes them and in whatever order."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import duckdb
import numpy as np
import population_worlds as worlds
import pytest

from samspill.analysis.population import AGE_GROUPS, Futures, project, simulate
from samspill.analysis.population.draws import Plan
from samspill.analysis.population.futures import Block, Work, blocks
from samspill.analysis.population.percentiles import percentiles_of
from samspill.analysis.population.projecting import prepare
from samspill.analysis.population.streamed import write_streamed
from samspill.refusal import Refused

RUN = {"jump_off": 2016, "to": 2020, "draws": 30, "seed": 7}


def futures(**more: object) -> Futures:
    return simulate(worlds.history(), worlds.rates(), **{**RUN, **more})


def plan() -> Plan:
    return prepare(worlds.history(), worlds.rates(), **RUN)[1]


def test_the_sums_are_those_of_the_draws_made_all_at_once() -> None:
    whole, kept = project(worlds.history(), worlds.rates(), **RUN), futures()
    for place, (low, high) in enumerate(AGE_GROUPS.values()):
        sums = whole.draws[:, :, :, low : high + 1].sum(axis=3, dtype=np.float64)
        assert np.allclose(kept.sums[:, :, place], sums.swapaxes(0, 1), rtol=1e-5)
    assert np.allclose(kept.band("80+"), whole.band(80), rtol=1e-5)
    assert np.array_equal(kept.total("80+"), whole.total(80))


def test_two_processes_make_the_same_draws_as_one() -> None:
    assert futures(processes=2).sums.tobytes() == futures(processes=1).sums.tobytes()


def test_another_executor_and_another_order_of_work_make_the_same_draws() -> None:
    """As a cluster would: pieces are worked on backwards and handed back in their order."""

    def backwards(work_on: Callable[[Work], Block], pieces: Sequence[Work]) -> Iterable[Block]:
        return [work_on(piece) for piece in pieces[::-1]][::-1]

    assert futures(map=backwards).sums.tobytes() == futures().sums.tobytes()


@pytest.mark.parametrize("size", [1, 2, 3])
def test_the_size_of_a_block_changes_nothing(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    before = futures().sums
    monkeypatch.setattr("samspill.analysis.population.futures.BLOCK", size)
    assert futures().sums.tobytes() == before.tobytes()


def test_the_band_of_a_region_is_computed_from_its_sums_in_each_draw() -> None:
    kept = futures()
    both = kept.of("80+", areas=("9001", "9003"))
    assert np.allclose(both, kept.of("80+", areas=("9001",)) + kept.of("80+", areas=("9003",)))
    assert np.allclose(kept.band("80+", areas=("9001", "9003")), np.percentile(both, (10, 50, 90), axis=-1).T)
    women, men = (kept.of("all", sexes=(sex,)) for sex in "KM")
    assert np.allclose(women + men, kept.of("all"))


def test_age_groups_of_ones_own_are_kept_and_others_refused() -> None:
    kept = futures(ages={"75+": (75, 105)})
    whole = project(worlds.history(), worlds.rates(), **RUN)
    assert np.allclose(kept.band("75+"), whole.band(75), rtol=1e-5)
    with pytest.raises(Refused) as refused:
        kept.band("80+")
    assert refused.value.code == "ages_not_kept"
    assert "75+" in refused.value.sentence


def test_more_draws_than_memory_holds_are_refused_before_the_work() -> None:
    with pytest.raises(Refused) as refused:
        futures(draws=90_000_000)
    assert refused.value.code == "too_many_draws"


def test_no_draws_are_no_futures() -> None:
    with pytest.raises(Refused) as refused:
        futures(draws=0)
    assert refused.value.code == "draws_negative"


def test_fast_percentiles_are_numpys() -> None:
    values = np.random.default_rng(3).gamma(2.0, size=(4, 5, 37)).astype(np.float32)
    expected = np.moveaxis(np.percentile(values, (10, 50, 90), axis=-1), 0, -1)
    assert np.allclose(percentiles_of(values), expected, rtol=1e-6)
    assert np.array_equal(percentiles_of(values[..., :1]), np.repeat(values[..., :1], 3, axis=-1))


def test_a_block_keeps_its_cells_only_when_asked() -> None:
    (plain, *_), (full, *_) = (list(blocks(plan(), cells=cells)) for cells in (False, True))
    assert plain.cells is None
    assert full.cells.shape == (1, 5, 2, 106, 30)


@pytest.mark.parametrize("keep", [False, True])
def test_what_is_written_in_blocks_is_what_is_written_at_once(tmp_path: Path, *, keep: bool) -> None:
    run, drawn = prepare(worlds.history(), worlds.rates(), **RUN)
    path = tmp_path / "a.parquet"
    kept = write_streamed(run, drawn, path, keep_draws=keep)
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    found = (
        duckdb.connect()
        .execute("SELECT * FROM read_parquet(?) ORDER BY year, area, sex, age", [str(path)])
        .fetchnumpy()
    )
    whole = project(worlds.history(), worlds.rates(), **RUN)
    assert np.array_equal(np.asarray(found["persons"]), whole.persons.ravel())
    for point in (10, 50, 90):
        expected = np.percentile(whole.draws, point, axis=-1).ravel()
        assert np.allclose(np.asarray(found[f"p{point}"]), expected, rtol=1e-5)
    assert ("draw_30" in found) == keep
    if keep:
        assert np.array_equal(np.asarray(found["draw_30"]), whole.draws[..., 29].ravel())
    assert np.allclose(kept.band("80+"), whole.band(80), rtol=1e-5)


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    run, drawn = prepare(worlds.history(), worlds.rates(), **RUN)
    for path, code in ((tmp_path / "a.xlsx", "file_kind"), (tmp_path / "no" / "a.csv", "cannot_write")):
        with pytest.raises(Refused) as refused:
            write_streamed(run, drawn, path)
        assert refused.value.code == code
    assert list(tmp_path.iterdir()) == []
