"""Who asked for a block stands behind the same wall as the block, and stays as it was written."""

from django.db import migrations

from samspill.care.isolation import shield
from samspill.directory.public import append_only


class Migration(migrations.Migration):
    dependencies = [("care", "0087_block_words")]

    operations = [
        shield("care_blockword", tenant="", history=False),
        append_only("care_blockword"),
    ]
