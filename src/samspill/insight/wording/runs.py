"""Where figures of indicators come from, in a line: sources, dates, and whether they are invented."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspill.insight.models import IndicatorRun


def source_of_runs(runs: Iterable[IndicatorRun]) -> str:
    """«Norsk pasientregister. Worked out 22 November 2026. All of it is invented.» of one run or several."""
    held = {run.pk: run for run in runs}.values()
    if not held:
        return ""
    names = ", ".join(dict.fromkeys(_name(one) for run in held for one in run.sources))
    made = date_format(max(run.made_at for run in held), "j. F Y")
    parts = [f"{names}.", _("Worked out %(day)s.") % {"day": made}]
    if any(run.is_invented for run in held):
        parts.append(_("Invented: nobody in these figures has ever lived."))
    return " ".join(parts)


def _name(source: Mapping[str, Any]) -> str:
    """In the reader's language where the source has titles."""
    titles = source.get("titles") or {}
    return str(titles.get(get_language() or "nb") or titles.get("nb") or source.get("name") or source["key"])
