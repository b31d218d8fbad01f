"""What somebody may have meant by a word that nothing has: its neighbours among the words of titles.

Compared by trigrams in plain letters: «ostfold» is «østfold», «sunfjord» is near «sunnfjord», and a part of a
word finds the whole. A word of something the reader cannot see may come out here: whoever shows a word must
first have a hit for it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from samspill.directory.actor import Actor, machine
from samspill.directory.isolation import scope
from samspill.directory.models import Community
from samspill.directory.word_pairs import both_forms

LIKENESS = 0.45
NEAR_THE_BEST = 0.12
"""How much less like than the nearest one a word may be and still be tried."""
TRIED, MOST_WORDS = 5, 8
# The words of what is open are found by an index, so they take the operator; the others are few.
NEAREST = """
WITH typed AS MATERIALIZED (
    SELECT one.word, its.plain FROM unnest(%(typed)s::text[], %(forms)s::text[]) AS one (word, form),
    search_words(one.form) AS its
), kept AS (
    SELECT typed.word AS typed, typed.plain AS form, kept.word, kept.plain
    FROM typed JOIN directory_opensearchword kept ON typed.plain <%% kept.plain
    UNION
    SELECT typed.word, typed.plain, kept.word, kept.plain
    FROM typed JOIN directory_searchword kept ON word_similarity(typed.plain, kept.plain) >= %(least)s
    WHERE kept.community_id = %(community)s
)
SELECT typed, word, max(word_similarity(form, plain)) AS likeness, max(similarity(form, plain)) AS whole
FROM kept GROUP BY typed, word ORDER BY typed, likeness DESC, whole DESC, word
"""


@dataclass(frozen=True)
class Near:
    """A word to try, and how like the typed one it is: 1 is the same."""

    word: str
    likeness: float


def nearest(typed: Sequence[str], actor: Actor) -> dict[str, list[Near]]:
    """Each typed word with itself and what it may have been, the nearest first. 2 queries.

    Only words of letters have neighbours, and only the first eight.
    """
    forms = [(word, form) for word in typed[:MOST_WORDS] for form in both_forms(word)]
    found: dict[str, list[Near]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(LIKENESS)])
        cursor.execute(
            NEAREST,
            {
                "typed": [word for word, _form in forms],
                "forms": [form for _word, form in forms],
                "community": actor.community_id,
                "least": LIKENESS,
            },
        )
        for word, near, likeness, _whole in cursor.fetchall():
            found[word].append(Near(near, likeness))
    return {word: [Near(word, 1.0), *_to_try(word, found[word])] for word in typed}


def _to_try(word: str, found: Iterable[Near]) -> list[Near]:
    others = [one for one in found if one.word != word.lower()]
    return [one for one in others if one.likeness >= others[0].likeness - NEAR_THE_BEST][:TRIED]


def renew_words(*, today: date) -> None:
    """Words that no title has any more are taken away, everywhere. Once a night."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT renew_open_search_words()")
    for community_id in Community.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic(), scope(machine(community_id, today)), connection.cursor() as cursor:
            cursor.execute("SELECT renew_search_words(%s)", [community_id])
