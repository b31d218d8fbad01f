"""The words of what can be searched, kept by the database itself, whoever writes an entry."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from samspill.directory.isolation.policies import isolate

# Letters that other keyboards lack, and what is typed in their place.
LETTERS, PLAIN = "øåæäöéèêáàóòôüčšžđŋŧ", "oaaaoeeeaaoooucszdnt"

FUNCTIONS = [
    f"""CREATE FUNCTION search_words(title text) RETURNS TABLE (word text, plain text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT DISTINCT one, translate(one, '{LETTERS}', '{PLAIN}')
        FROM regexp_split_to_table(lower(title), '[^[:alpha:]]+') AS one
        WHERE length(one) BETWEEN 3 AND 60
    $$""",
    """CREATE FUNCTION add_search_words() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO directory_opensearchword (word, plain)
            SELECT DISTINCT its.word, its.plain FROM written, search_words(written.title) AS its
            WHERE written.is_open
              AND NOT EXISTS (SELECT FROM directory_opensearchword o WHERE o.word = its.word);
        INSERT INTO directory_searchword (community_id, word, plain)
            SELECT DISTINCT written.community_id, its.word, its.plain
            FROM written, search_words(written.title) AS its
            WHERE NOT written.is_open
              AND NOT EXISTS (SELECT FROM directory_opensearchword o WHERE o.word = its.word)
              AND NOT EXISTS (SELECT FROM directory_searchword own
                              WHERE own.community_id = written.community_id AND own.word = its.word);
        RETURN NULL;
    END $$""",
    """CREATE FUNCTION renew_open_search_words() RETURNS void LANGUAGE sql AS $$
        WITH kept AS MATERIALIZED (
            SELECT DISTINCT its.word, its.plain
            FROM directory_searchentry entry, search_words(entry.title) AS its WHERE entry.is_open
        ), gone AS (
            DELETE FROM directory_opensearchword o
            WHERE NOT EXISTS (SELECT FROM kept WHERE kept.word = o.word)
               OR EXISTS (SELECT FROM directory_opensearchword first WHERE first.word = o.word AND first.id < o.id)
        )
        INSERT INTO directory_opensearchword (word, plain)
            SELECT word, plain FROM kept
            WHERE NOT EXISTS (SELECT FROM directory_opensearchword o WHERE o.word = kept.word)
    $$""",
    """CREATE FUNCTION renew_search_words(here bigint) RETURNS void LANGUAGE sql AS $$
        WITH kept AS MATERIALIZED (
            SELECT DISTINCT its.word, its.plain
            FROM directory_searchentry entry, search_words(entry.title) AS its
            WHERE entry.community_id = here AND NOT entry.is_open
              AND NOT EXISTS (SELECT FROM directory_opensearchword o WHERE o.word = its.word)
        ), gone AS (
            DELETE FROM directory_searchword own WHERE own.community_id = here
               AND (NOT EXISTS (SELECT FROM kept WHERE kept.word = own.word)
                    OR EXISTS (SELECT FROM directory_searchword first
                               WHERE first.community_id = here AND first.word = own.word AND first.id < own.id))
        )
        INSERT INTO directory_searchword (community_id, word, plain)
            SELECT here, word, plain FROM kept
            WHERE NOT EXISTS (SELECT FROM directory_searchword own
                              WHERE own.community_id = here AND own.word = kept.word)
    $$""",
]
TRIGGERS = [
    f"""CREATE TRIGGER search_words_{name} AFTER {name} ON directory_searchentry
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION add_search_words()"""
    for name in ("insert", "update")
]
# Policies hold also who migrates, so each community's own words are read inside it.
FILL = """DO $$
DECLARE
    here bigint;
BEGIN
    PERFORM renew_open_search_words();
    FOR here IN SELECT id FROM directory_community ORDER BY id LOOP
        PERFORM set_config('samspill.community', here::text, true);
        PERFORM renew_search_words(here);
    END LOOP;
    PERFORM set_config('samspill.community', '', true);
END $$"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_erasure")]

    operations = [
        migrations.CreateModel(
            name="OpenSearchWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=60)),
                ("plain", models.CharField(max_length=60)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["word"], name="open_search_word"),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("plain", name="gin_trgm_ops"),
                        name="open_search_word_parts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=60)),
                ("plain", models.CharField(max_length=60)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.community",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["community", "word"], name="search_word_own")]},
        ),
        isolate("directory_searchword", history=False),
        migrations.RunSQL(
            [*FUNCTIONS, *TRIGGERS, FILL],
            [
                "DROP TRIGGER search_words_insert ON directory_searchentry",
                "DROP TRIGGER search_words_update ON directory_searchentry",
                "DROP FUNCTION add_search_words()",
                "DROP FUNCTION renew_search_words(bigint)",
                "DROP FUNCTION renew_open_search_words()",
                "DROP FUNCTION search_words(text)",
            ],
        ),
        # What nothing is looked up by any more: a misspelt word meets words, not whole titles.
        migrations.RemoveIndex(model_name="searchentry", name="search_title_parts"),
    ]
