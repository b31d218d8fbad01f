"""Options of commands whose work may be spread: over processes of this machine, or a Dask cluster."""

from collections.abc import Callable
from pathlib import Path

import click

from samspill.analysis.cluster import Spread


def spread_options(command: Callable[..., None]) -> Callable[..., None]:
    """--cluster, --workers and --parts; they come as `cluster`, `workers` and `parts`."""
    options = (
        click.option("--cluster", help="A Dask scheduler, as tcp://10.0.0.5:8786. Without it: this machine."),
        click.option("--workers", type=click.IntRange(1), help="Processes of this machine; the same result."),
        click.option(
            "--parts",
            type=click.Path(path_type=Path),
            help="Folder for finished parts, so that a run that stops can go on.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def spread_of(
    cluster: str | None, workers: int | None, parts: Path | None, *, what: str, quiet: bool = False
) -> Spread | None:
    """None when nothing was asked for. `what` are the parts, in words («blocks of municipalities»)."""
    if cluster is None and workers is None and parts is None:
        return None

    def tell(finished: int, whole: int) -> None:
        click.echo(f"\r{finished} of {whole} {what}", nl=finished == whole, err=True)

    return Spread(workers, cluster, parts, None if quiet else tell)
