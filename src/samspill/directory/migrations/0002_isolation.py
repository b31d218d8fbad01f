"""Forced row-level security on everything that belongs to a community, and logs that only grow."""

from django.db import migrations

from samspill.directory.isolation.policies import ACCOUNT, COMMUNITY, append_only, isolate

OWN_PERSON = (
    "EXISTS (SELECT 1 FROM directory_account a"
    f" WHERE a.person_id = directory_person.id AND a.id = {ACCOUNT})"
)

AUDIT = [
    "ALTER TABLE directory_auditevent ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE directory_auditevent FORCE ROW LEVEL SECURITY",
    f"CREATE POLICY audit_read ON directory_auditevent FOR SELECT"
    f" USING (community_id = {COMMUNITY} OR by_id = {ACCOUNT})",
    f"CREATE POLICY audit_add ON directory_auditevent FOR INSERT"
    f" WITH CHECK (community_id IS NOT DISTINCT FROM {COMMUNITY}"
    f" AND by_id IS NOT DISTINCT FROM {ACCOUNT})",
]


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]

    operations = [
        isolate("directory_party", seen="true"),
        isolate("directory_region", seen="true"),
        isolate("directory_regionmunicipality", seen="true"),
        isolate("directory_unit", seen="true"),
        isolate("directory_body", seen="true"),
        isolate("directory_person", seen=OWN_PERSON),
        isolate("directory_membership", seen=f"account_id = {ACCOUNT}"),
        isolate("directory_link"),
        isolate("directory_searchentry", seen="is_open", history=False),
        migrations.RunSQL(
            AUDIT,
            [
                "DROP POLICY audit_read ON directory_auditevent",
                "DROP POLICY audit_add ON directory_auditevent",
                "ALTER TABLE directory_auditevent NO FORCE ROW LEVEL SECURITY",
                "ALTER TABLE directory_auditevent DISABLE ROW LEVEL SECURITY",
            ],
        ),
        append_only("directory_auditevent", "directory_accountevent"),
    ]
