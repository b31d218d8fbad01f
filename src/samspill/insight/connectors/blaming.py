"""Which code a source does not know, when it answers 400 and does not tell: ask for ever smaller halves."""

from samspill.insight.connectors.table import Choice, Source, Table, UnknownCode
from samspill.refusal import Refused


def name_the_code(source: Source, table: Table, choice: Choice, unknown: UnknownCode) -> Refused:
    """The refusal, with the codes that cannot be asked for together. Asks about log2 of the codes times."""
    known = source.table(table.id)
    for name, codes in choice.items():
        gone = sorted(set(codes) - set(known.variable(name).codes))
        if gone:
            return _told(table, {name: gone[0]}, unknown, "it was there when the pull began")
    narrowed = dict(choice)
    for name in sorted(choice, key=lambda one: -len(choice[one])):
        narrowed[name] = _narrow(source, table, narrowed, name)
    if not _is_refused(source, table, narrowed):
        return unknown
    several = {name: codes[0] for name, codes in narrowed.items() if len(choice[name]) > 1}
    time = table.time
    if time and time.code in narrowed:
        several[time.code] = narrowed[time.code][0]
    return _told(table, several or {name: codes[0] for name, codes in narrowed.items()}, unknown, "")


def _narrow(source: Source, table: Table, choice: Choice, name: str) -> tuple[str, ...]:
    codes = choice[name]
    while len(codes) > 1:
        half = codes[: len(codes) // 2]
        codes = half if _is_refused(source, table, {**choice, name: half}) else codes[len(half) :]
    return codes


def _is_refused(source: Source, table: Table, choice: Choice) -> bool:
    try:
        source.fetch(table, choice)
    except UnknownCode:
        return True
    return False


def _told(table: Table, codes: dict[str, str], unknown: UnknownCode, more: str) -> Refused:
    said = " with ".join(f"{name} «{code}»" for name, code in codes.items())
    return Refused(
        "source.unknown_code",
        f"{table.id} does not know {said}{': ' + more if more else ''}. The source says: {unknown.sentence} "
        "Choose without it.",
        facts={"table": table.id, **codes},
    )
