"""All indicators with their newest figures for one area, found by words, group, theme, source and level."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from samspill.directory.public import neutral, stems
from samspill.insight.area_names import ALL, COUNTRY
from samspill.insight.models import Indicator, IndicatorAnswer
from samspill.insight.queries.measured import Area, Measured, latest_of
from samspill.insight.queries.published import indicators_in_use

WORD = re.compile(r"[\w+-]+")
MOST_LETTERS, MOST_WORDS, SHORTEST = 200, 12, 3


@dataclass(frozen=True)
class Wanted:
    """What is asked for; "" where no matter. `having`: "har" figures, or is "uten"."""

    words: str = ""
    group: str = ""
    theme: str = ""
    source: str = ""
    level: str = ""
    having: str = ""


@dataclass(frozen=True)
class Listed:
    """An indicator as it came out last. `because`: why its figures were withdrawn, if that is why."""

    indicator: Indicator
    measured: Measured | None
    own: Area | None
    because: str = ""

    @property
    def whole(self) -> Area | None:
        return self.measured.whole if self.measured else None


def indicators_listed(area: str) -> list[Listed]:
    """Every indicator in use, by group and code, with figures of `area` («HF01», or NO). 4 queries."""
    found = {one.indicator.code: one for one in latest_of({area, COUNTRY, ALL})}
    because = _withdrawn()
    rows = []
    for one in indicators_in_use():
        measured = found.get(one.code)
        own = measured and (measured.areas.get(area) or (measured.whole if area in (COUNTRY, ALL) else None))
        rows.append(Listed(one, measured, own or None, "" if measured else because.get(one.code, "")))
    return rows


def _withdrawn() -> Mapping[str, str]:
    """Why the newest figures of an indicator were withdrawn, by its code. 1 query."""
    rows = IndicatorAnswer.objects.filter(run__withdrawn_at__isnull=False).order_by("run__made_at")
    return dict(rows.values_list("indicator__code", "run__withdrawn_because"))


def chosen(rows: Iterable[Listed], wanted: Wanted) -> list[Listed]:
    """Those that are asked for; with words, what is called so comes before what is about it."""
    kept = [one for one in rows if _fits(one, wanted)]
    if not wanted.words.strip():
        return kept
    ranked = [(rank, one) for one in kept if (rank := _rank(one.indicator, wanted.words)) is not None]
    return [one for _rank, one in sorted(ranked, key=lambda pair: pair[0])]


def _fits(one: Listed, wanted: Wanted) -> bool:
    definition = one.indicator.definition
    return (
        wanted.group in ("", definition["group"])
        and wanted.theme in ("", definition["theme"])
        and wanted.source in ("", definition["source"])
        and (not wanted.level or (one.measured is not None and wanted.level in one.measured.answer.spread))
        and (not wanted.having or (wanted.having == "har") == (one.measured is not None))
    )


def _rank(indicator: Indicator, typed: str) -> int | None:
    """0 when the title has every word that was typed, more for words elsewhere, None when one lacks."""
    title, rest = _words_of(indicator)
    worst = 0
    for word in _plain(typed)[:MOST_WORDS]:
        stem = stems([word])[word]
        if _has(title, word, stem):
            continue
        if not _has(rest, word, stem):
            return None
        worst += 1
    return worst


def _has(words: Sequence[str], word: str, stem: str) -> bool:
    """A word that begins so, or has it within; or one the typed word begins with («reinnleggelser»)."""
    return any(
        word in one or one.startswith(stem) or (len(one) > SHORTEST and stem.startswith(one)) for one in words
    )


def _words_of(indicator: Indicator) -> tuple[Sequence[str], Sequence[str]]:
    definition = indicator.definition
    title = " ".join(definition["title"].values())
    rest = [*definition["means"].values(), *definition["words"], indicator.code, definition["source"]]
    return _pair(title, " ".join(rest))


@lru_cache(maxsize=512)
def _pair(title: str, rest: str) -> tuple[Sequence[str], Sequence[str]]:
    return tuple(dict.fromkeys(_plain(title))), tuple(dict.fromkeys(_plain(rest)))


def _plain(text: str) -> list[str]:
    """Words in a spelling both målformer share."""
    return [neutral(word) for word in WORD.findall(text.replace("\x00", " ")[:5000].lower())]
