"""Who sees the log and what is made of it: the patient all of it, an organisation its own, the rest nothing."""

from pathlib import Path

from django.db import migrations
from django.db.migrations import RunSQL

from samspill.care.isolation import BY_ME, CARRIED, CONTROLLED, OWN, SAMSPILL, SEALING, listed, shield
from samspill.directory.public import ACCOUNT, APP_ROLE, append_only, frozen, policies

FUNCTIONS = Path(__file__).with_name("0071_access_control.sql").read_text("utf-8")
OWN_BASES = "d.basis IN ('own_record_patient', 'guardian_or_relative')"
LOG, DECISION, REVIEW, REFUSED = (
    "care_accesslogentry",
    "care_accessdecision",
    "care_accessreview",
    "care_refusedlook",
)
ABOUT_ME = (
    f"EXISTS (SELECT FROM care_accessdecision d WHERE {CARRIED} AND {OWN_BASES} "
    f"AND (d.patient_id = {LOG}.patient_id OR d.patient_id = ANY ({LOG}.patients)))"
)
OUR_LOG = f"({LOG}.worked_for_id = {CONTROLLED} OR {CONTROLLED} = ANY ({LOG}.tenants))"
MINE = (
    f"EXISTS (SELECT FROM care_accessdecision d WHERE {CARRIED} AND {OWN_BASES} "
    f"AND d.patient_id = {REVIEW}.patient_id)"
)
ASKED = (
    f"EXISTS (SELECT FROM care_accessdecision d WHERE {CARRIED} AND {OWN_BASES} "
    f"AND d.patient_id = {REFUSED}.asked)"
)
SAYS_NO = (
    f"EXISTS (SELECT FROM care_accessdecision d, care_block b WHERE d.basis = 'list_narrow' AND {CARRIED} "
    "AND d.team_id = care_followedrow.team_id AND b.patient_id = care_followedrow.patient_id "
    "AND b.kinds = '{}' AND b.from_day <= care_today() AND (b.lifted_on IS NULL OR b.lifted_on > care_today()) "
    "AND (b.against = 'everybody' OR b.account_id = d.by_id OR b.team_id = d.team_id "
    "OR b.tenant_id = (SELECT t.tenant_id FROM care_careteam t WHERE t.id = d.team_id)))"
)
"""As on the list of alerts: who has said no to the team is not found by it (invariant 19)."""


def review_writes(act: str, who: str) -> list[str]:
    """Reviews, and their history, are written by `who`."""
    made = {"add": "WITH CHECK ({0})", "change": "USING ({0}) WITH CHECK ({0})"}[act]
    return [f"ALTER POLICY {REVIEW}_{act} ON {REVIEW} {made.format(who)}"]


def also(table: str, name: str, condition: str) -> str:
    """Others who may read rows of a table, besides those an earlier migration lets."""
    return f"CREATE POLICY {table}_{name} ON {table} FOR SELECT USING ({table}.{OWN} AND ({condition}))"


def of_unit(table: str) -> str:
    """The list of the unit that answers for the plan is open."""
    return listed(table).replace(f"{table}.team_id", f"{table}.unit_id")


REVIEW_OWN = f"{REVIEW}.{OWN}"
REVIEWED = f"{REVIEW_OWN} AND {REVIEW}.tenant_id = {CONTROLLED}"
REVIEW_BEGUN = (
    f"{REVIEW_OWN} AND {REVIEW}.outcome = '' AND ({REVIEW}.asked_by_id = {ACCOUNT} AND {MINE} OR "
    f"EXISTS (SELECT FROM care_accessdecision d WHERE d.id = {REVIEW}.decision_id AND d.by_id = {ACCOUNT} "
    "AND d.basis = 'break_glass'))"
)
REVIEW_READ = f"{REVIEWED} OR {REVIEW_OWN} AND ({REVIEW}.told_id = {ACCOUNT} OR {MINE})"
THEN = f"{REVIEW}event"


class Migration(migrations.Migration):
    dependencies = [("directory", "0007_privacy_officer"), ("care", "0070_access_control")]

    operations = [
        RunSQL(FUNCTIONS),
        RunSQL(
            [
                also(LOG, "about", ABOUT_ME),
                also(LOG, "control", OUR_LOG),
                also(LOG, "seal", SEALING),
                also(DECISION, "seal", SEALING),
                *policies(REVIEW, read=REVIEW_READ, write=REVIEWED),
                *review_writes("add", REVIEW_BEGUN),
                *policies(
                    THEN,
                    read=REVIEWED.replace(REVIEW, THEN),
                    write=f"{THEN}.{OWN} AND ({REVIEWED} OR {REVIEW_BEGUN})".replace(REVIEW + ".", THEN + "."),
                ),
                f"REVOKE DELETE, TRUNCATE ON {REVIEW} FROM {APP_ROLE}",
                f"REVOKE UPDATE, DELETE, TRUNCATE ON {THEN} FROM {APP_ROLE}",
                *policies(
                    REFUSED,
                    read=f"{OWN} AND (by_id = {ACCOUNT} OR {CONTROLLED} = ANY (tenants) OR {ASKED})",
                    write=f"{OWN} AND by_id = {ACCOUNT}",
                ),
                *policies("care_emergencyend", read=f"{OWN} AND {BY_ME}", write=f"{OWN} AND {BY_ME}"),
                *(
                    statement
                    for table in ("care_logblock", "care_loganchor")
                    for statement in policies(table, read=OWN, write=f"{OWN} AND {SAMSPILL}")
                ),
            ]
        ),
        frozen(REFUSED, but=["times"]),
        append_only("care_emergencyend", "care_logblock", "care_loganchor", "care_consent"),
        shield("care_followedrow", fact=True, history=False, also=listed("care_followedrow")),
        shield("care_consent", history=False),
        shield("care_individualplan", also=of_unit("care_individualplan")),
        shield("care_coordinator", also=of_unit("care_coordinator")),
        RunSQL(
            "CREATE POLICY care_followedrow_no ON care_followedrow AS RESTRICTIVE FOR SELECT "
            f"USING (NOT {SAYS_NO})"
        ),
    ]
