"""How `samspill staff` shows its answers: tables, or JSON with method, units and what is assumed."""

import json

import click
import numpy as np

from samspill.analysis.workforce import (
    METHOD,
    VERSION,
    Baseline,
    Frozen,
    Measure,
    assumptions,
    close,
    levers,
    percentiles,
    rules,
)
from samspill.cli.tables import spaced

BAND = (10, 50, 90)
WIDTH, COLUMN = 34, 11
Table = list[dict[str, object]]


def show_closing(frozen: Frozen, profession: str, year: int, *, as_json: bool) -> None:
    """A line per lever: how far it must be pulled, or what still lacks when it is pulled in full."""
    found = [
        close(
            frozen,
            Measure(code, 0.0, profession, other="health_care_worker"),
            profession=profession,
            year=year,
        )
        for code in levers()
        if code != "task_shift" or profession != "health_care_worker"
    ]
    if as_json:
        click.echo(json.dumps([vars(one) for one in found], ensure_ascii=False, indent=2))
        return
    click.echo(f"{profession}, {year}: {spaced(found[0].before)} FTE lack in the middle future.")
    for one in found:
        lever = levers()[one.lever]
        if one.value is None:
            does = f"cannot by itself: at {one.high:g} {spaced(one.left)} FTE still lack"
        else:
            does = f"{one.value:.3g}"
        note = " (range assumed)" if lever.assumption else ""
        click.echo(f"{one.lever.ljust(20)}{does}, {lever.unit}{note}")


def banded(values: np.ndarray) -> dict[str, object]:
    low, middle, high = percentiles(values, BAND)
    return {"p10": round(float(low), 1), "p50": round(float(middle), 1), "p90": round(float(high), 1)}


def show(rows: Table, baseline: Baseline, *, as_json: bool, unit: str) -> None:
    method = f"{METHOD} {VERSION}"
    if as_json:
        about: dict[str, object] = {
            "method": method,
            "rules": rules().version,
            "unit": unit,
            "assumptions": baseline.assumptions,
        }
        about["rows"] = rows
        click.echo(json.dumps(about, ensure_ascii=False, indent=2))
        return
    names = [name for name in rows[0] if name not in ("p10", "p50", "p90")]
    click.secho(
        "".join(name.ljust(22) for name in names) + "".join(f"p{at}".rjust(COLUMN) for at in BAND), bold=True
    )
    for row in rows:
        cells = [str(row[name]).ljust(22) for name in names]
        click.echo("".join(cells) + "".join(spaced(float(str(row[f"p{at}"]))).rjust(COLUMN) for at in BAND))
    click.echo(
        f"\n{unit[0].upper()}{unit[1:]}. Method {method}; assumptions of {assumptions()['applies_from']}."
    )
    if baseline.assumptions:
        click.echo(f"{len(baseline.assumptions)} figures of the stock are assumptions: --json lists them.")
