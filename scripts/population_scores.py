"""Write how wrong the projection would have been: docs/reference/population-accuracy.md for people, and
src/samspill/insight/accuracy/population_scores.csv for the page that shows it.

    python -m scripts.population_scores                        the embedded figures (seconds)
    python -m scripts.population_scores --data ../shared/data  all municipalities too (two minutes)

Tests hold what is written to what the method gives.
"""

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click
import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from samspill.analysis.figures import embedded  # noqa: E402
from samspill.analysis.packs import Pack, open_official, open_pack  # noqa: E402
from samspill.analysis.population import METHOD, VERSION, Score, Uncertainty, backtest  # noqa: E402

PAGE = ROOT / "docs" / "reference" / "population-accuracy.md"
TABLE = ROOT / "src" / "samspill" / "insight" / "accuracy" / "population_scores.csv"
COLUMNS = ("figures", "method", "jump_off", "horizon", "level", "ages", "units", "error", "bias", "covered")
OSTFOLD, NORWAY = "ostfold", "norway"
POOL = ((2011, (5, 10)), (2014, (5, 10)), (2016, (5, 10)), (2018, (5, 8)), (2021, (5,)))
AGES = ("all", "0-17", "18-66", "67-79", "80+", "90+")
JUDGED = ("all", "67-79", "80+")  # the ages whose coverage the dispersion is learned from
SIZES = ("municipality", "under 5000", "5000-19999", "20000+", "community", "all", "official")
DRAWS, SEED, AIM = 200, 1, 80.0
EARLY, LATE = (0.9, 1.0, 1.1, 1.2), (0.8, 0.9, 1.0, 1.1)
SECOND = "\n## All municipalities, from the open data\n"
Scores = Sequence[Score]
Coverage = dict[tuple[int, int, str], float]  # jump-off, horizon, ages -> per cent


def head() -> str:
    return f"""<!-- Printed by `python -m scripts.population_scores`. -->
# How accurate the projection of the population is

Method `{METHOD}`, version {VERSION}. Each projection uses only what was known on 1 January of its
jump-off and is compared with what came. *Error* is the mean absolute error over the units in per cent,
*bias* by how much their sum was overshot (below 0: undershot), *in interval* the share of the units within
the 80 % interval ({DRAWS} draws). *No change* keeps today's numbers; *constant ratios* lets every cohort go
on as in the last five years. Sizes are persons at the jump-off. Figures: Statistics Norway (SSB) 07459,
Human Mortality Database, Human Fertility Database, CC BY 4.0.
"""


def embedded_scores() -> Scores:
    """The figures that come with Samspill: only 2021 has both a past and a future among them."""
    history, rates, _ = embedded()
    return backtest(history, rates, jump_off=2021, horizons=(5,), draws=DRAWS, seed=SEED)


def embedded_part(scores: Scores) -> str:
    text = "\n## Østfold, from the figures that come with Samspill\n\n"
    text += "`samspill population backtest --jump-off 2021 --horizon 5 --draws 200 --seed 1`\n\n"
    return text + table(scores, AGES, ("municipality", "all"))


def pack_scores(pack: Pack, folder: Path) -> dict[int, Scores]:
    official = open_official(folder)
    return {
        jump_off: backtest(
            pack.history(),
            pack.rates(),
            jump_off=jump_off,
            horizons=horizons,
            draws=DRAWS,
            seed=SEED,
            official=official,
        )
        for jump_off, horizons in POOL
    }


def pack_part(by_run: dict[int, Scores]) -> str:
    text = SECOND + "\n`samspill population backtest --data ../shared/data --jump-off 2016 --horizon 10 "
    text += (
        "--draws 200 --seed 1`, and so for each jump-off. Official: the 17 municipalities of Telemark, for "
    )
    text += "which Statistics Norway's own projection of the time is at hand (main alternative MMMM).\n\n"
    text += pooled(by_run)
    for jump_off, scores in by_run.items():
        for horizon in dict.fromkeys(score.horizon for score in scores):
            some = [score for score in scores if score.horizon == horizon]
            text += f"\n### From {jump_off}, {horizon} years ahead\n\n{table(some, AGES, SIZES)}"
    return text


def pooled(by_run: dict[int, Scores]) -> str:
    """Five years ahead over all jump-offs, and the longest horizon over those that have two."""
    lines = [
        "| ages | level | error +5 | in interval +5 | error +8–10 | in interval +8–10 |",
        "|" + " --- |" * 6,
    ]
    for ages in AGES:
        for level in ("municipality", "community"):
            cells = []
            for far in (False, True):
                some = [
                    score
                    for score in sum((tuple(scores) for scores in by_run.values()), ())
                    if (score.method, score.ages, score.level) == ("samspill", ages, level)
                    and (score.horizon > 5) == far
                ]
                cells += [f"{np.mean([one.error for one in some]):.2f}"]
                cells += [f"{np.mean([one.covered for one in some if one.covered is not None]):.0f}"]
            lines.append(f"| {ages} | {level} | {' | '.join(cells)} |")
    return "\nMean over the jump-offs:\n\n" + "\n".join(lines) + "\n"


def table(scores: Scores, ages: Iterable[str], levels: Iterable[str]) -> str:
    found = {(one.ages, one.level, one.method): one for one in scores}
    methods = [
        method for method in dict.fromkeys(one.method for one in scores) if method[-4:] not in HIGH_LOW
    ]
    titles = ["ages", "level", "units", "bias", "in interval", *methods]
    lines = [f"| {' | '.join(titles)} |", "|" + " --- |" * len(titles)]
    for age in ages:
        for level in levels:
            ours = found.get((age, level, "samspill"))
            if ours is None:
                continue
            said = [found.get((age, level, method)) for method in methods]
            errors = [f"{one.error:.2f}" if one else "–" for one in said]
            covered = "–" if ours.covered is None else f"{ours.covered:.0f}"
            lines.append(
                f"| {' | '.join([age, level, str(ours.units), f'{ours.bias:+.1f}', covered, *errors])} |"
            )
    return "\n".join(lines) + "\n"


HIGH_LOW = ("LLML", "HHMH")


def table_rows(figures: str, scores: Scores) -> Iterator[list[str]]:
    """The rows of the table that a page shows, for what the document shows too."""
    for one in scores:
        if one.method[-4:] not in HIGH_LOW and one.ages in AGES and one.level in SIZES:
            covered = "" if one.covered is None else f"{one.covered:.0f}"
            numbers = [f"{one.error:.2f}", f"{one.bias:.2f}", covered]
            where = [one.method, str(one.jump_off), str(one.horizon), one.level, one.ages, str(one.units)]
            yield [figures, *where, *numbers]


def write_table(ours: Scores, by_run: dict[int, Scores] | None) -> None:
    """All of it; without the pack its rows are kept as they are."""
    if by_run is None:
        kept = [row for row in read_table() if row[0] == NORWAY]
    else:
        kept = [row for scores in by_run.values() for row in table_rows(NORWAY, scores)]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *table_rows(OSTFOLD, ours), *kept])
    TABLE.write_text(text.getvalue(), encoding="utf-8")


def read_table() -> list[list[str]]:
    if not TABLE.exists():
        return []
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def coverage(pack: Pack, dispersion: tuple[float, float]) -> Coverage:
    sizes = replace(Uncertainty(), dispersion=dispersion)
    found: Coverage = {}
    for jump_off, horizons in POOL:
        for score in backtest(
            pack.history(),
            pack.rates(),
            jump_off=jump_off,
            horizons=horizons,
            draws=DRAWS,
            seed=SEED,
            uncertainty=sizes,
        ):
            if score.covered is not None and score.level == "municipality":
                found[jump_off, score.horizon, score.ages] = score.covered
    return found


def mean_of(found: Coverage, *, far: bool, without: int, ages: Sequence[str] = JUDGED) -> float:
    return float(
        np.mean([v for (j, h, age), v in found.items() if age in ages and j != without and (h > 5) == far])
    )


def _closest(factors: Sequence[float], reached: Sequence[float]) -> float:
    return factors[int(np.argmin(np.abs(np.asarray(reached) - AIM)))]


def left_out(pack: Pack) -> str:
    """Each jump-off judged with the dispersion that the others teach."""
    early = {one: coverage(pack, (one, 1.0)) for one in EARLY}
    judged: dict[int, tuple[tuple[float, float], Coverage]] = {}
    late: dict[tuple[float, float], Coverage] = {}
    for jump_off, _ in POOL:
        first = _closest(EARLY, [mean_of(early[one], far=False, without=jump_off) for one in EARLY])
        for second in LATE:
            if (first, second) not in late:
                late[first, second] = coverage(pack, (first, second))
        means_of = [mean_of(late[first, one], far=True, without=jump_off) for one in LATE]
        second = _closest(LATE, means_of)
        judged[jump_off] = (first, second), late[first, second]
    text = "\n### The width of the intervals, with the judged year left out\n\n"
    text += (
        "The factor on the local errors (`Uncertainty.dispersion`: first five years, later) that brings the "
    )
    text += "other jump-offs closest to 80 %, and the share of the municipalities it then held.\n\n"
    titles = [
        "jump-off",
        "first five years",
        "later",
        *(f"{age} +{when}" for when in ("5", "8–10") for age in JUDGED),
    ]
    lines = [f"| {' | '.join(titles)} |", "|" + " --- |" * len(titles)]
    means: list[list[float]] = []
    for jump_off, (factors, found) in judged.items():
        cells = []
        for far in (False, True):
            for age in JUDGED:
                cells += [v for (j, h, a), v in found.items() if (j, a) == (jump_off, age) and (h > 5) == far]
        means.append(cells + [np.nan] * (2 * len(JUDGED) - len(cells)))
        shown = [f"{cell:.0f}" for cell in cells] + ["–"] * (2 * len(JUDGED) - len(cells))
        lines.append(f"| {jump_off} | {factors[0]} | {factors[1]} | {' | '.join(shown)} |")
    mean = " | ".join(f"{cell:.0f}" for cell in np.nanmean(means, axis=0))
    return text + "\n".join([*lines, f"| mean | | | {mean} |"]) + "\n"


@click.command()
@click.option("--data", type=click.Path(path_type=Path, exists=True), help="Folder with a data pack.")
def main(data: Path | None) -> None:
    written = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    second = SECOND + written.partition(SECOND)[2] if SECOND in written else ""
    ours, by_run = embedded_scores(), None
    if data is not None:
        pack = open_pack(data)
        by_run = pack_scores(pack, data)
        second = pack_part(by_run) + left_out(pack)
    PAGE.write_text(head() + embedded_part(ours) + second, encoding="utf-8")
    write_table(ours, by_run)


if __name__ == "__main__":
    main()
