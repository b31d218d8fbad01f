"""Print how well «Who has solved this?» answers, counted on the labelled queries and pairs of the tests.

`python -m scripts.search_scores` writes the page; a test compares it with what is committed. The stemmer is
PostgreSQL's, so a database is started for it.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests")]
PAGE = ROOT / "docs" / "reference" / "plan-search.md"

# Recall among the first ten and mean reciprocal rank at the first run, before any rule was changed
FIRST_TIME = (0.93, 0.94)

_TEXT = """<!-- Printed from the code by `python -m scripts.search_scores`. -->
# How well measures are found

«Who has solved this?» looks in the plans of all helsefellesskap. A typed word finds a measure in one of
these ways, the surest first: the same word in any ending, in bokmål or nynorsk (PostgreSQL's Norwegian
stemmer, and a table of spellings that differ); a word it is a part of, or the two words it is made of;
another word for the same (`synonyms.yaml`, each group with its source); a word spelt almost so (trigrams); a
part of it. The rarer a word is, the more it counts. Nothing is learnt, and each hit says why it is there.

{queries} queries were written, with the measures they should find among {measures} invented ones, before the
search was made. Recall is the share of those measures that stand among the first ten hits; MRR is the mean
of one divided by the place of the first right one.

{table}

At the first run, before any rule was changed, recall was {first[0]:.2f} and MRR {first[1]:.2f}. Read it with
care: the same hand wrote the queries and the synonyms, {measures} measures are few, and the rules were then
mended on these queries. It shows what is held, not what to expect of words nobody thought of.

## Similar measures

A measure's neighbours share words and themes with it. A person judged {pairs} pairs, most of them one
measure in bokmål and one in nynorsk. Without a shared theme two words in common and {words:.0%} of the
shorter text are asked for; with one, {theme:.0%}. Then {precision:.0%} of what is called similar is so, and
{recall:.0%} of what is similar is found. What is shared stands beside each, so that the rest is easy to pass
over.
"""


def page() -> str:
    from integration.plans.search_scoring import labelled, scores
    from samspill.plans.queries.similar import ENOUGH_WITH_THEME, ENOUGH_WORDS
    from unit.plans.test_similar_pairs import PAIRS, judged

    found = scores()
    rows = [
        [kind, f"{score.recall:.2f}", f"{score.mrr:.2f}", str(score.queries)]
        for kind, score in sorted(found.items(), key=lambda pair: (pair[0] == "all", pair[0]))
    ]
    precision, recall, _wrong = judged()
    return _TEXT.format(
        queries=found["all"].queries,
        measures=len(labelled()["measures"]),
        table=_table(["what makes it hard", "recall@10", "MRR", "queries"], rows),
        first=FIRST_TIME,
        pairs=len(PAIRS),
        words=ENOUGH_WORDS,
        theme=ENOUGH_WITH_THEME,
        precision=precision,
        recall=recall,
    )


def _table(head: list[str], rows: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows))


if __name__ == "__main__":
    from benchmarks.installation import installation

    installation()
    PAGE.write_text(page(), "utf-8")
