"""Print how well plans are read, counted on the annotated excerpts in `tests/rules/plans`.

`python -m scripts.reading_scores` writes the page; a test compares it with what is committed.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / "rules" / "plans")]
PAGE = ROOT / "docs" / "reference" / "plan-reading.md"

# Precision and recall of the later excerpts at first reading, before any rule was changed for them
FIRST_TIME = {"table": (0.75, 0.86), "bullets": (0.77, 0.61), "prose": (0.95, 0.68)}
# The same of the whole plans in `hele_planer_*.yaml`, which came later still
SECOND_TIME = {"table": (0.92, 0.89), "bullets": (0.82, 0.74), "questions": (0.29, 0.17)}
# The plans with tables and lists and the replies of the twelfth blind reading, by a third hand
TWELFTH_TIME = {"table": (1.00, 1.00), "bullets": (1.00, 0.86), "questions": (0.97, 1.00)}
# The same of the thirteenth to the fifteenth, together: 6 plans with tables, 8 with lists, 4 replies
LATER_TIMES = {"table": (0.90, 1.00), "bullets": (0.69, 0.35), "questions": (0.86, 0.89)}

# The same of the sixteenth: 3 plans with tables, 10 with lists, 1 reply
SIXTEENTH_TIME = {"table": (1.00, 0.65), "bullets": (0.77, 0.57), "questions": (0.95, 0.86)}

# The same of the seventeenth, by a fourth hand: 6 plans with tables, 8 with lists, 4 replies
SEVENTEENTH_TIME = {"table": (1.00, 1.00), "bullets": (0.98, 1.00), "questions": (0.86, 0.86)}

# Running text in later sets, each marked in full before it was read, at first reading: precision,
# recall, share of the found with the right responsibles and deadline, number of measures marked
BLIND_PROSE = {
    "second blind reading, prose: twelve plans": (0.71, 0.27, 0.68, 0.92, 93),
    "third, harder, after the rules were written anew": (0.89, 0.44, 1.00, 0.88, 39),
    "fourth, after those rules were mended": (1.00, 0.83, 0.93, 0.87, 18),
    "fifth, by another hand: four plans": (0.76, 0.46, 1.00, 0.96, 57),
    "sixth, harder, after the rules were mended for the fifth: eight plans": (0.76, 0.37, 0.89, 0.89, 99),
    "seventh, after they were mended for the sixth: three plans": (0.89, 0.62, 0.92, 0.92, 39),
    "eighth, after they were mended for the seventh: three plans": (0.86, 0.62, 1.00, 1.00, 40),
    "ninth, after they were mended for the eighth: two plans": (0.82, 0.62, 0.94, 0.94, 29),
    "tenth, after they were mended for the ninth: two plans": (0.91, 0.77, 0.90, 1.00, 26),
    "eleventh, after they were mended for the tenth: two plans": (0.95, 0.83, 0.90, 1.00, 24),
    "twelfth, by a third hand: four plans": (0.92, 0.66, 0.85, 0.97, 50),
    "thirteenth, by the same hand: four plans": (0.84, 0.57, 0.85, 0.96, 47),
    "thirteenth again, words weighed beside the rules": (0.83, 0.74, 0.80, 0.97, 47),
    "fourteenth, by the same hand: five plans": (0.79, 0.75, 0.89, 0.98, 61),
    "fifteenth, by the same hand: five plans": (0.89, 0.74, 0.88, 0.98, 57),
    "sixteenth, by the same hand: four plans": (0.90, 0.69, 0.89, 0.92, 52),
    "seventeenth, by a fourth hand: eight plans": (0.87, 0.77, 0.92, 0.91, 114),
}

# Of what five real plans name by part A of the reference: (found, named), by kind and plan
REAL = {
    "bodies": {"000": (11, 11), "001": (9, 9), "002": (11, 12), "003": (12, 12), "004": (7, 7)},
    "agreements": {"000": (4, 4), "001": (1, 1), "002": (1, 1), "003": (2, 2), "004": (3, 3)},
    "referenced": {"000": (5, 5), "001": (4, 4), "002": (2, 2), "003": (1, 1), "004": (1, 1)},
    "projects": {"000": (3, 5), "001": (3, 4), "002": (1, 1), "003": (0, 0), "004": (1, 2)},
    "numbers": {"000": (9, 9), "001": (4, 4), "002": (3, 3), "003": (0, 0), "004": (2, 2)},
}  # fmt: skip

_TEXT = """<!-- Printed from the code by `python -m scripts.reading_scores`. -->
# How well plans are read

{cases} excerpts of plans were written for this, in invented words about invented helsefellesskap, in
bokmål and nynorsk. For each it was written down beforehand what a careful secretary would mark. The table
counts how the reader does on them.

Precision is the share of what was found that is right, recall the share of what is there that was found.
The other columns are shares of the measures found: the right area, goal, responsibles and deadline (no
deadline where none is said). A measure counts only when its text is the same, letter by letter. Under
questions, every question, every answer and every good example counts as one, and the other columns speak of
the few measures there.

{table}

Read this with care: the rules were mended until these excerpts were read right, so the table shows what is
held, not what to expect of a plan nobody has seen. The first time the later excerpts were read, before any
rule was changed for them, the figures were these:

{first}

Second blind reading: fifteen whole plans were then written in layouts that were not among the others, and
marked before the reader saw them. Their first figures:

{second}

Six more, two in each of these layouts, were then written and marked by a third hand. Their first figures:

{twelfth}

Eighteen more came after those, in layouts that were not among them: whole sentences as bullets, what one
stops and begins, «Veien dit», owners below the measure. Their first figures, three readings together:

{later}

Fourteen more came after those: lists led by «Hovedgrep», «Grep» or nothing but an area, numbered «A.1», in
orders, with a word in bold before each item, and tables with headers no other plan has. Their first figures:

{sixteenth}

After that a list is judged as a whole, by its lead, the form of its items, how many say who and when, and how
it stands among the other lists of the plan, with weights learned from the annotated plans (`python -m
scripts.learn_lists`). `--held-out` reads each set with weights learned from the others only.

Eighteen more came last, by a fourth hand. Every row and every bullet was found; what was missed were owners
below a header no plan has had («Den vi spør»), and in replies the good examples that nobody had called so.
Their first figures:

{seventeenth}

All tables, lists and replies above are also written as Word, PDF and bare text, with headings only in bold,
typed bullets, merged cells, no lines around tables, other page breaks; a test holds the same bars there.

Running text was tried on more sets of plans, marked in full before they were read. After each
reading the rules were mended in general, never for one sentence; marks that contradicted older ones were put
right afterwards, on both sides. The seventeenth marked «fra 1. mars 2027» as a deadline, where the older sets
have none; its deadlines are counted as it marked them.

{blind}

All but the fifth and those from the twelfth on are by the same hand as the rules, and the seventh to the
eleventh are small: they tell the way, not the figure to the second place. On plans by another hand expect
less.

From the thirteenth on the words of a clause are weighed beside the rules, with weights learned from the
annotated plans (`python -m scripts.learn_prose`, which also tells how they do on plans held out), never from
the set that was read.

Real plans are longer and less tidy. What comes from running text is never surer than 0.85, and must be
looked at.

# What real plans name

Five real plans name bodies, agreements, plans and guides of others, projects and numbers. So many of those
that a careful reader listed are found; every patient group is.

{real}

Not found are projects without a name of their own («utviklingsarbeidet»), a platform that is brought into
use, and a committee that the plan only describes by what it is for.
"""


def page() -> str:
    from plan_scoring import FIELDS, LAYOUTS, cases, score

    rows = []
    for layout in LAYOUTS:
        own = [case for case in cases() if case["layout"] == layout]
        total = score(own)
        figures = [total.precision, total.recall, *(total.share(name) for name in FIELDS)]
        rows.append([layout, *(f"{figure:.2f}" for figure in figures), str(total.expected), str(len(own))])
    head = ["layout", "precision", "recall", *FIELDS, "marked", "excerpts"]
    first = [[layout, *(f"{figure:.2f}" for figure in figures)] for layout, figures in FIRST_TIME.items()]
    second = [[layout, *(f"{figure:.2f}" for figure in figures)] for layout, figures in SECOND_TIME.items()]
    twelfth = [[layout, *(f"{figure:.2f}" for figure in figures)] for layout, figures in TWELFTH_TIME.items()]
    later = [[layout, *(f"{figure:.2f}" for figure in figures)] for layout, figures in LATER_TIMES.items()]
    sixteenth = [
        [layout, *(f"{figure:.2f}" for figure in figures)] for layout, figures in SIXTEENTH_TIME.items()
    ]
    seventeenth = [
        [layout, *(f"{figure:.2f}" for figure in figures)] for layout, figures in SEVENTEENTH_TIME.items()
    ]
    blind = [
        [name, *(f"{figure:.2f}" for figure in figures), str(marked)]
        for name, (*figures, marked) in BLIND_PROSE.items()
    ]
    real = [
        [kind, *(f"{found} of {named}" for found, named in counts.values())] for kind, counts in REAL.items()
    ]
    return _TEXT.format(
        cases=len(cases()),
        table=_table(head, rows),
        first=_table(["layout", "precision", "recall"], first),
        second=_table(["layout", "precision", "recall"], second),
        twelfth=_table(["layout", "precision", "recall"], twelfth),
        sixteenth=_table(["layout", "precision", "recall"], sixteenth),
        seventeenth=_table(["layout", "precision", "recall"], seventeenth),
        later=_table(["layout", "precision", "recall"], later),
        blind=_table(["reading", "precision", "recall", "responsible", "deadline", "marked"], blind),
        real=_table(["kind", *next(iter(REAL.values()))], real),
    )


def _table(head: list[str], rows: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows))


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
