"""Whether what was drawn of a meeting is still what the database shows whoever looks.

A stamp is a fingerprint of every row that a part of the page rests on, taken by the database under its own
row-level security: a row that is written, added or closed to the reader gives another stamp. What people
write of their own beside the agenda (a note, their answer) is no part of it.
"""

from dataclasses import dataclass

from django.db import connection

from samspill.governance.models import Meeting


@dataclass(frozen=True)
class Stamps:
    """agenda  items with their cases, briefs, papers, rounds and raised points
    seats   the body's seats, who holds them, and who has said that they come
    shut    cases that are closed for the reader, who is or may be disqualified in them
    """

    agenda: str
    seats: str
    shut: frozenset[int]


def stamps_of(meeting: Meeting) -> Stamps:
    """As the transaction's own actor sees it now. 1 query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT governance_agenda_stamp(%s), governance_seats_stamp(%s), governance_shut_cases()",
            [meeting.pk, meeting.pk],
        )
        agenda, seats, shut = cursor.fetchone()
    return Stamps(agenda, seats, frozenset(shut))
