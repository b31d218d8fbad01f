"""What was published, run by run: for who asks for a certain one, and for lists of runs and indicators."""

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet

from samspill.insight.models import Indicator, IndicatorAnswer, IndicatorRun
from samspill.insight.queries.measured import newest


def answer_of(code: str, per: str, run: IndicatorRun | None) -> IndicatorAnswer | None:
    """The answer of a run, or the newest that stands; None when there is none. 1 query."""
    if run is None:
        return newest(per).filter(indicator__code=code).first()
    found = IndicatorAnswer.objects.filter(run=run, indicator__code=code, period=per)
    return found.select_related("run", "indicator").first()


def newest_answers() -> dict[int, list[IndicatorAnswer]]:
    """The newest answers that stand, by number of the indicator: of years, of months. 2 queries."""
    found: dict[int, list[IndicatorAnswer]] = {}
    for per in ("year", "month"):
        for one in newest(per):
            found.setdefault(one.indicator_id, []).append(one)
    return found


def indicators_in_use() -> QuerySet[Indicator]:
    return Indicator.objects.filter(is_in_use=True).order_by("code")


def codes_in(runs: Sequence[IndicatorRun]) -> Mapping[int, list[str]]:
    """Codes of the indicators of each run, by its number. 1 query."""
    found: dict[int, list[str]] = {one.pk: [] for one in runs}
    rows = IndicatorAnswer.objects.filter(run__in=runs).order_by("indicator__code")
    for run_id, code in rows.values_list("run_id", "indicator__code").distinct():
        found[run_id].append(code)
    return found
