"""A patient whose address is protected, or whose name is another, is so on the lists at once (invariant 34).

Whoever changes the patient reaches the rows of the records that are open to them; the population register's
news is taken in by Samspill on duty, to whom all are.
"""

from django.db import migrations
from django.db.migrations import RunSQL

FOLLOW = """
CREATE FUNCTION care_list_follows_patient() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE care_listrow SET
        name = NEW.given_name || ' ' || NEW.family_name,
        birth_date = NEW.birth_date,
        municipality = CASE WHEN NEW.protection = 'none' THEN coalesce(
            (SELECT coalesce(nullif(p.short_name, ''), p.name) FROM directory_party p
                WHERE p.id = NEW.municipality_id), '') ELSE '' END
    WHERE patient_id = NEW.id;
    RETURN NULL;
END $$;

CREATE TRIGGER list_follows_patient
    AFTER UPDATE OF given_name, family_name, birth_date, protection, municipality_id ON care_patient
    FOR EACH ROW EXECUTE FUNCTION care_list_follows_patient();
"""


class Migration(migrations.Migration):
    dependencies = [("care", "0071_access_control_isolation")]

    operations = [RunSQL(FOLLOW)]
