"""`samspill score`: what answers of a clinical instrument come to. Needs neither a database nor Django."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import click

from samspill.refusal import Refused
from samspill.rulebook.instruments import PartRule, Score, definition, version_on
from samspill.rulebook.instruments import score as score_of
from samspill.rulebook.instruments.definitions import Context, Version

LANGUAGES = ("nb", "nn", "en")


@click.command(epilog="Example: samspill score 4at alertness=0 amt4=1 attention=2 acute_change=4")
@click.argument("instrument")
@click.argument("answers", nargs=-1, metavar="[PART=ANSWER]...")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Day of the assessment. Today when left out.")
@click.option("--language", type=click.Choice(LANGUAGES), default="nb", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Write it for programs.")
def score(
    instrument: str, answers: tuple[str, ...], on: datetime | None, language: str, as_json: bool
) -> None:
    """Score INSTRUMENT; without answers, list its parts and what they may be answered with.

    A part without an answer is missing, and there is then no total.
    """
    day = on.date() if on else date.today()
    version = version_on(instrument, day)
    if not answers:
        _list_parts(instrument, version, language)
        return
    told = score_of(instrument, _read(answers, version), on=day)
    if as_json:
        click.echo(json.dumps(_plain(told), ensure_ascii=False, indent=2))
    else:
        _show(told, language)


def _list_parts(instrument: str, version: Version, language: str) -> None:
    one = definition(instrument)
    click.secho(f"{one.title[language]}, version {version.name}", bold=True)
    rules: list[PartRule | Context] = [*version.parts.values(), *version.context.values()]
    _columns([(rule.name, rule.may_be, rule.label.get(language, "")) for rule in rules])
    click.echo(one.licence)


def _columns(rows: Sequence[tuple[str, ...]]) -> None:
    """Words in columns, each as wide as it must be."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _read(answers: tuple[str, ...], version: Version) -> dict[str, object]:
    """Answers as they are written on the line; numbers where the part takes numbers."""
    found: dict[str, object] = {}
    for one in answers:
        part, equals, value = one.partition("=")
        if not equals or part in found:
            raise Refused("answer_form", f"«{one}»: write each part once, as PART=ANSWER.")
        found[part] = _value(part, value, version)
    return found


def _value(part: str, value: str, version: Version) -> object:
    rule, context = version.parts.get(part), version.context.get(part)
    takes_text = (rule is not None and rule.codes is not None) or (context is not None and not context.values)
    try:
        return value if takes_text else float(value.replace(",", "."))
    except ValueError:
        return value


def _show(told: Score, language: str) -> None:
    total = "no total" if told.total is None else str(told.total)
    called = told.band_label.get(language)
    click.secho(f"{definition(told.instrument).title[language]}: {total}", bold=True)
    for text in filter(None, (called, told.advice.get(language))):
        click.echo(text)
    for flag in told.safety:
        click.secho(f"! {flag.label[language]} ({flag.part})", fg="red")
    if told.missing:
        click.echo(f"Missing: {', '.join(told.missing)}")
    _columns(
        [
            (one.part, "–" if one.points is None else str(one.points), f"{one.answer} ({one.row})")
            for one in told.because
        ]
    )


def _plain(told: Score) -> Mapping[str, object]:
    return {
        "instrument": told.instrument,
        "version": told.version,
        "on": told.on.isoformat(),
        "total": told.total,
        "band": told.band,
        "parts": dict(told.parts),
        "missing": list(told.missing),
        "not_relevant": list(told.not_relevant),
        "safety": [{"code": one.code, "part": one.part} for one in told.safety],
    }
