"""The keys of somebody who has left are erased, also from history. The account stays, closed, with its name."""

from django.db import migrations

from samspill.directory.isolation.erasing import erasable
from samspill.directory.isolation.policies import COMMUNITY

# An account has no tenant: it is erased, and that is logged, where its owner was first let in.
HOME = "SELECT m.community_id FROM directory_membership m WHERE m.account_id = t.id ORDER BY m.id LIMIT 1"
LAST_ROLE = (
    "SELECT max(coalesce(m.to_day, 'infinity')) FROM directory_membership m WHERE m.account_id = t.id"
)
LAST_HERE = "(t.last_login AT TIME ZONE 'Europe/Oslo')::date"


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_body_kinds")]

    operations = [
        erasable(
            "directory_account",
            columns={
                # The address is unique, so what takes its place must be too. RFC 2606: .invalid is nobody's.
                "email": "'erased-' || id || '@samspill.invalid'",
                "issuer": "''",
                "subject": "''",
            },
            # Django's mark of a password nobody has; a closed account is let in by nothing.
            only_now={"password": "'!'", "is_active": "false"},
            since=f"CASE WHEN ({HOME}) = {COMMUNITY} THEN greatest(({LAST_ROLE}), {LAST_HERE}) END",
            months=24,
            owner="",
            account="id",
        ),
    ]
