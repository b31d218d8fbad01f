"""What the last audit of all that was published found, with its moment as one."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from samspill.insight.models import IndicatorRun


def tried_of(found: IndicatorRun) -> dict[str, Any]:
    """What the last audit of all that was published found; empty before the first."""
    tried = dict(found.audit.get("tried") or {})
    if tried:
        moment: datetime | None = parse_datetime(tried["at"])
        tried["at"] = timezone.localtime(moment) if moment else None
    return tried
