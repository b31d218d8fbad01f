"""Row-level security of patients: by community, tenant *and* decision. Written once, used by migrations.

A row about a patient is there only for a transaction that carries a decision about that patient which opens
that tenant (`samspill.decisions`, set by `care.actions.opening`). The facts a decision rests on are there,
besides, while it is being made (`samspill.deciding` holds the patient's number).
Why it is built so: docs/explanation/access.md.
"""

from django.db.migrations import RunSQL

from samspill.directory.public import ACCOUNT, APP_ROLE, COMMUNITY, Statements, policies

DECISIONS = "(SELECT coalesce(NULLIF(current_setting('samspill.decisions', true), ''), '{}'))::bigint[]"
DECIDING = "(SELECT NULLIF(current_setting('samspill.deciding', true), '')::bigint)"
CARRIED = f"d.id = ANY ({DECISIONS}) AND d.expires_at > now()"
OWN = f"community_id = {COMMUNITY}"
BY_ME = f"by_id IS NOT DISTINCT FROM {ACCOUNT}"
"""Nobody is signed in for Samspill's own duties, and then there is no account on either side."""

CONTROLLING = "(SELECT NULLIF(current_setting('samspill.controlling', true), '')::bigint)"
CONTROLLED = f"(SELECT CASE WHEN care_controls({ACCOUNT}, {CONTROLLING}) THEN {CONTROLLING} END)"
"""The organisation whose log is looked at, by somebody who is there to do it; NULL for everybody else."""
SAMSPILL = f"{ACCOUNT} IS NULL"
SEALING = f"((SELECT current_setting('samspill.sealing', true) = 'on') AND {SAMSPILL})"


def opened(patient: str, tenant: str = "") -> str:
    """SQL: one of the transaction's decisions opens the patient in the column, in the tenant's record."""
    theirs = f" AND {tenant} = ANY (d.tenants)" if tenant else ""
    whom = f"(d.patient_id = {patient} OR d.basis = 'duty')"
    return f"EXISTS (SELECT FROM care_accessdecision d WHERE {CARRIED} AND {whom}{theirs})"


def listed(table: str) -> str:
    """SQL: one of the transaction's decisions opens the narrow list of the row's team."""
    theirs = f"d.team_id = {table}.team_id AND {table}.tenant_id = ANY (d.tenants)"
    return (
        f"EXISTS (SELECT FROM care_accessdecision d WHERE {CARRIED} AND d.basis = 'list_narrow' AND {theirs})"
    )


def shield(
    table: str,
    *,
    patient: str = "patient_id",
    tenant: str = "tenant_id",
    fact: bool = False,
    also: str = "",
    history: bool = True,
) -> RunSQL:
    """Rows of `table`, and of its history, are for those a decision lets through.

    patient  the column with the patient's number; "id" for the patients themselves
    tenant   the column of the organisation, "" where the row is the same in every record
    fact     a decision may rest on it, so it can be seen while one is made
    also     a further SQL condition under which a row may be *read*
    history  the table has an event table `<table>event`
    """
    statements = _shielded(table, patient, tenant, fact, also)
    if history:
        then = f"{table}event"
        statements += _shielded(then, "pgh_obj_id" if patient == "id" else patient, tenant, fact, "")
        statements += [f"REVOKE UPDATE, DELETE, TRUNCATE ON {then} FROM {APP_ROLE}"]
    return RunSQL(statements)


def _shielded(table: str, patient: str, tenant: str, fact: bool, also: str) -> Statements:
    named = f"{table}.{patient}"
    let = opened(named, f"{table}.{tenant}" if tenant else "")
    if fact:
        let = f"({let} OR {named} = {DECIDING})"
    read = f"({let} OR ({also}))" if also else let
    return policies(table, read=f"{table}.{OWN} AND {read}", write=f"{table}.{OWN} AND {let}")
