"""A plan is for those whose decision opens its record, and, once it is sent, the record of a recipient."""

from pathlib import Path

from django.db import migrations
from django.db.migrations import RunSQL

from samspill.care.isolation import CARRIED, OWN, opened
from samspill.directory.public import APP_ROLE, Statements, policies

RULES = Path(__file__).with_name("0011_safety_net.sql").read_text("utf-8")


def sent_here(table: str) -> str:
    """A decision opens a record in which the plan is received."""
    return (
        f"({table}.state <> 'draft' AND EXISTS (SELECT FROM care_accessdecision d WHERE {CARRIED} "
        f"AND d.patient_id = {table}.patient_id AND d.tenants && {table}.recipient_tenants))"
    )


def sent_with(table: str) -> str:
    """Whoever sees the sent plan sees whom it was sent to."""
    return (
        f"({table}.sent_at IS NOT NULL AND EXISTS "
        f"(SELECT FROM care_safetynetplan p WHERE p.id = {table}.plan_id AND p.state <> 'draft'))"
    )


def on_our_list(table: str) -> str:
    """The list of the team that sent it is open: to see what is not received."""
    return (
        f"EXISTS (SELECT FROM care_accessdecision d WHERE {CARRIED} AND d.basis = 'list_narrow' "
        f"AND d.team_id = {table}.from_team_id AND {table}.tenant_id = ANY (d.tenants))"
    )


def walls(table: str, *, reads: str, changes: str) -> Statements:
    """The sender's record reads and writes; `reads` and `changes` are what others may besides."""
    own, mine = f"{table}.{OWN}", opened(f"{table}.patient_id", f"{table}.tenant_id")
    change = f"{own} AND ({mine} OR {changes})"
    event = f"{table}event"
    return [
        *policies(table, read=f"{own} AND ({mine} OR {reads})", write=f"{own} AND {mine}"),
        f"ALTER POLICY {table}_change ON {table} USING ({change}) WITH CHECK ({change})",
        # what a recipient does is kept in the sender's history too
        *policies(
            event,
            read=f"{own} AND {mine}".replace(f"{table}.", f"{event}."),
            write=change.replace(f"{table}.", f"{event}."),
        ),
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {event} FROM {APP_ROLE}",
    ]


PLAN, RECIPIENT = "care_safetynetplan", "care_planrecipient"


class Migration(migrations.Migration):
    dependencies = [("care", "0010_safety_net")]

    operations = [
        RunSQL(walls(PLAN, reads=sent_here(PLAN), changes=sent_here(PLAN))),
        RunSQL(
            walls(
                RECIPIENT,
                reads=f"({sent_with(RECIPIENT)} OR {on_our_list(RECIPIENT)})",
                changes=sent_with(RECIPIENT),
            )
        ),
        RunSQL(f"REVOKE DELETE, TRUNCATE ON {PLAN} FROM {APP_ROLE}"),
        RunSQL(RULES),
    ]
