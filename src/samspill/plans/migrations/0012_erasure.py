"""The address of who can be asked about an application is erased when nobody asks any more, also from history."""

from django.db import migrations

from samspill.directory.public import erasable

# An application that waits for an answer, and work under way, need somebody to ask.
OVER = """
SELECT CASE
    WHEN t.state IN ('draft', 'endorsed', 'refused') THEN c.decides_by
    WHEN t.state IN ('approved', 'gains_followed_up') THEN greatest(c.decides_by, t.ends)
END FROM plans_call c WHERE c.id = t.call_id
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0011_contents"), ("directory", "0004_erasure")]

    operations = [
        erasable("plans_application", columns={"contact_email": "''"}, since=OVER, months=24),
    ]
