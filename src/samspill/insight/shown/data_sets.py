"""Data sets as their pages show them: lines of the list, and what came of a version."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspill.analysis.intake import Difference, Fault, from_plain, to_difference
from samspill.directory.public import Actor
from samspill.insight.models import DataEvent, DataPack, DataVersion
from samspill.insight.queries.data_sets import Listed
from samspill.insight.states.data_sets import VersionState
from samspill.insight.wording import count
from samspill.insight.wording.data_acts import TOLD
from samspill.insight.wording.data_faults import in_words
from samspill.insight.wording.data_tables import KINDS, TABLES

GLYPHS = {
    VersionState.FETCHED: "progress",
    VersionState.CHECKED: "unknown",
    VersionState.IN_USE: "done",
    VersionState.REPLACED: "none",
    VersionState.REFUSED: "late",
    VersionState.WITHDRAWN: "late",
}
MOST_LINES = 200  # places of faults on a page; the file has all that were kept


@dataclass(frozen=True)
class Line:
    """A data set in the list. `waits` is what somebody should look at, `asked` how the source answered."""

    title: str
    url: str
    table: str
    glyph: str
    state: str
    years: str
    taken: str
    source: str
    asked: str
    is_silent: bool
    waits: str


@dataclass(frozen=True)
class FaultLine:
    """One kind of fault: its places, row and value, and how many rows there are of it."""

    words: str
    column: str
    rows: str
    places: tuple[tuple[str, str], ...]
    more: str
    stops: bool


def lines_of(found: Iterable[Listed], packs: Sequence[DataPack], actor: Actor) -> list[Line]:
    return [*(_line(one, actor) for one in found), *(_pack(one, packs) for one in packs)]


def _line(one: Listed, actor: Actor) -> Line:
    data_set, version = one.data_set, one.in_use
    state = VersionState(version.state) if version else None
    return Line(
        title=data_set.title(get_language() or "nb"),
        url=reverse("insight:data-set", args=[data_set.key]),
        table=str(TABLES[data_set.table]),
        glyph=GLYPHS[state] if state else "none",
        state=str(state.label) if state else _("None in use"),
        years=years_of(version) if version else "",
        taken=taken_in_words(version, actor) if version else "",
        source=", ".join(filter(None, (data_set.source, data_set.licence))),
        asked=asked_in_words(one),
        is_silent=bool(data_set.last_refusal),
        waits=_waits(one) if actor.is_known else "",
    )


def _waits(one: Listed) -> str:
    if one.newest is None or not one.waits:
        return ""
    words = (
        _("Version %(number)s is being checked")
        if one.newest.state == VersionState.FETCHED
        else _("Version %(number)s waits to be taken in use")
    )
    return words % {"number": one.newest.number}


def asked_in_words(one: Listed) -> str:
    """«Sist hentet 22. november. SSB svarte ikke i dag.»"""
    data_set, newest = one.data_set, one.newest
    fetched = (
        _("Last fetched %(day)s.") % {"day": day_of(newest.retrieved_at)} if newest else _("Not fetched yet.")
    )
    if not data_set.last_refusal or data_set.last_asked is None:
        return fetched
    silent = _("The source did not answer %(day)s; the last version stands.")
    return f"{fetched} {silent % {'day': day_of(data_set.last_asked)}}"


def _pack(pack: DataPack, packs: Sequence[DataPack]) -> Line:
    """Packs are older: a folder of open statistics, of which the newest that is not withdrawn stands."""
    stands = next((one for one in packs if not one.is_withdrawn), None)
    state = VersionState.WITHDRAWN if pack.is_withdrawn else VersionState.REPLACED
    state = VersionState.IN_USE if pack is stands else state
    return Line(
        title=_("Data pack: %(name)s") % {"name": pack.name},
        url="",
        table=_("Inhabitants, births and deaths for projections"),
        glyph=GLYPHS[state],
        state=str(state.label),
        years=f"{pack.first_year}–{pack.last_year}",
        taken=day_of(pack.taken_at),
        source=pack.credit_of_population,
        asked=pack.withdrawn_because,
        is_silent=pack.is_withdrawn,
        waits="",
    )


def years_of(version: DataVersion) -> str:
    if version.first_year is None:
        return ""
    if version.first_year == version.last_year:
        return str(version.first_year)
    return f"{version.first_year}–{version.last_year}"


def taken_in_words(version: DataVersion, actor: Actor) -> str:
    """The day, and for those who work here by whom."""
    if version.taken_at is None:
        return ""
    by = f", {version.taken_by}" if actor.community_id is not None else ""
    return f"{day_of(version.taken_at)}{by}"


def day_of(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "j. F Y")


def fault_lines(version: DataVersion) -> list[FaultLine]:
    return shown_faults(from_plain(version.faults))


def shown_faults(faults: Iterable[Fault]) -> list[FaultLine]:
    """What stops first, from the top of the file."""
    return [_fault(one) for one in sorted(faults, key=_place_in_file)]


def _place_in_file(one: Fault) -> tuple[bool, int]:
    return not one.stops, one.places[0].row if one.places else 0


def _fault(one: Fault) -> FaultLine:
    places = tuple((str(place.row) if place.row else "–", place.value) for place in one.places)
    left = one.rows - len(places)
    more = _("and %(count)s more rows") % {"count": count(left)} if places and left > 0 else ""
    return FaultLine(in_words(one), one.column, count(one.rows), places, more, one.stops)


def fault_rows(version: DataVersion) -> Iterator[tuple[str, ...]]:
    """The report as a table: a line per place, or per kind where there are no places."""
    yield (_("What"), _("Column"), _("Row"), _("Value"), _("Rows in all"))
    for one in fault_lines(version):
        for row, value in one.places or (("", ""),):
            yield (one.words, one.column, row, value, one.rows)


def difference_shown(version: DataVersion) -> dict[str, Any] | None:
    """Tables of what it changes, for the page; None when it was compared with nothing."""
    if not version.difference:
        return None
    found = to_difference(version.difference)
    return {
        "is_none": found.is_none,
        "counts": _counts(found),
        "largest": [(one.key, one.column, count(one.before), count(one.now)) for one in found.largest],
        "totals": [
            (str(one.year), one.column or _("rows"), _number(one.before), _number(one.now))
            for one in found.totals
        ],
        "by_year": [(key, count(number)) for key, number in found.by_year.items()],
        "by_area": [(key, count(number)) for key, number in found.by_area.items()],
        "came": [(column, ", ".join(names)) for column, names in found.came.items()],
        "went": [(column, ", ".join(names)) for column, names in found.went.items()],
        "columns": [*found.columns_came, *found.columns_went],
    }


def _counts(found: Difference) -> list[tuple[str, str]]:
    return [
        (_("Rows before"), count(found.rows_before)),
        (_("Rows now"), count(found.rows_now)),
        (_("Rows added"), count(found.added)),
        (_("Rows removed"), count(found.removed)),
        (_("Figures changed"), count(sum(found.changed.values()))),
    ]


def _number(value: int | None) -> str:
    return "–" if value is None else count(value)


def provenance_shown(version: DataVersion) -> list[tuple[str, str]]:
    """Where it came from and what was done with it on the way."""
    told, data_set = version.provenance, version.data_set
    lacking = [f"{count(number)} {KINDS[kind]}" for kind, number in told.get("lacking_by_kind", {}).items()]
    pairs = [
        (_("Source"), data_set.source),
        (_("Licence"), data_set.licence),
        (_("File"), version.file_name),
        (_("Retrieved"), day_of(version.retrieved_at)),
        (_("Updated by the source"), version.source_updated[:10]),
        (_("Rows in the file"), _some(told.get("rows_read"))),
        (_("Rows"), _some(version.rows)),
        (_("Municipalities counted in today's borders"), ", ".join(told.get("moved", ()))),
        (_("Figures that lack, left out with their municipality's year and never 0"), ", ".join(lacking)),
        (_("Zeros of municipalities not in use that year, left out"), _some(told.get("zeros_left_out"))),
        (_("Lines below the table, not read"), _some(told.get("footers"))),
        (_("Columns not read"), ", ".join(told.get("unread", ()))),
        (_("Fingerprint (SHA-256)"), version.sha256[:16]),
    ]
    return [(term, text) for term, text in pairs if text]


def _some(number: int | None) -> str:
    return count(number) if number else ""


def story_of(events: Iterable[DataEvent], actor: Actor) -> list[tuple[str, str]]:
    """What was done, newest first: the day and a sentence. Names are for those who work here."""
    found = []
    for one in events:
        who = one.by_name if actor.community_id is not None else _("Somebody")
        found.append((day_of(one.at), str(TOLD[one.act].sentence) % {"who": who, "what": str(one.version)}))
    return found
