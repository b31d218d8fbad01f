"""What a case is called for ever, «2026/14»: one row of numbers a year in each community, without gaps."""

from django.db import connection
from django.db.models import Max

from samspill.governance.models import Case

NUMBERS_LOCK = 0x5A4B  # «ZK»: one row of numbers a community


def next_reference(community_id: int, year: int) -> tuple[int, int]:
    """The next in the year without gaps; two who report at once wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [NUMBERS_LOCK, community_id])
    last = Case.objects.filter(community_id=community_id, year=year).aggregate(last=Max("number"))["last"]
    return year, (last or 0) + 1
