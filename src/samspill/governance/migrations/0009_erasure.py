"""Addresses of those who were proposed or have left, and private notes, are erased, also from history."""

from django.db import migrations

from samspill.directory.public import erasable

ROUND = "FROM governance_appointmentround r WHERE r.id = t.round_id AND r.state = 'closed'"
LAST_SEAT = (
    "SELECT max(coalesce(s.to_day, 'infinity')) FROM governance_tenure s"
    " WHERE s.person_id = t.id AND s.community_id = t.community_id"
)
LAST_ROLE = (
    "SELECT max(coalesce(m.to_day, 'infinity')) FROM directory_membership m"
    " JOIN directory_account a ON a.id = m.account_id"
    " WHERE a.person_id = t.id AND m.community_id = t.community_id"
)
MADE = (
    "SELECT (min(e.pgh_created_at) AT TIME ZONE 'Europe/Oslo')::date"
    " FROM directory_personevent e WHERE e.pgh_obj_id = t.id"
)
MEETING = "SELECT m.day FROM governance_agendaitem i JOIN governance_meeting m ON m.id = i.meeting_id WHERE i.id = t.item_id"


class Migration(migrations.Migration):
    dependencies = [("governance", "0008_closed"), ("directory", "0004_erasure")]

    operations = [
        erasable(
            "governance_nomination",
            columns={"email": "''"},
            since=f"SELECT greatest(r.answer_by, r.from_day) {ROUND}",
            months=6,
        ),
        erasable(
            "directory_person",
            columns={"email": "''", "phone": "''"},
            since=f"coalesce(greatest(({LAST_SEAT}), ({LAST_ROLE})), ({MADE}))",
            months=12,
        ),
        erasable(
            "governance_privatenote", columns={"text": "''"}, since=MEETING, months=24, account="account_id"
        ),
    ]
