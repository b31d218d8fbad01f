"""«Who has solved this?» among ten thousand measures in nineteen communities, as a visitor sees them.

The measures are those of `compare`. A search with words nobody has typed before, one in another målform than
the texts, a compound, a misspelling, three words, and the page as it is served in this process. Then what
comes seldom: the first search of a process, the first after a plan was changed, and a misspelling among as
many words as people use.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import count, islice, product
from typing import Any

from benchmarks import Case
from benchmarks.compare import MOST_SECONDS, filled, visitor
from benchmarks.installation import installation
from benchmarks.isolation import TODAY

WORDS = 20_000
QUERIES = {
    "one word": "rekruttering",
    "the other målform, a compound": "heimeoppfølgingsrutine",
    "three words": "kurs pårørende skrøpelige",
    "misspelt": "rekrutering legevaktt",
    "common words, half of all measures": "felles plan kurs",
}


def cases() -> Iterator[Case]:
    """Run in the database of the comparison."""
    with filled(installation(), "samspill_solved") as rows:
        client = visitor()
        works: dict[str, Callable[[], object]] = {
            f"search, {name}": partial(_search, words) for name, words in QUERIES.items()
        }
        works["search, words never typed before"] = partial(_cold, count())
        works["search, the page with filters"] = partial(
            _page, client, "/planer/hvem-har-lost/?sok=kurs+pårørende&gruppe=eldre_skropelig&har=ansvarlig"
        )
        works["search, the page"] = partial(_page, client, "/planer/hvem-har-lost/?sok=digital+oppfølging")
        works["search, after a plan was changed"] = partial(_changed, 1)
        for name, run in works.items():
            yield _case(name, run, f"{rows} measures in 19 communities")
        # Once in the life of a process: no goal, but it should not grow.
        yield {
            "name": "search, the first of a process",
            "run": _first,
            "baseline": None,
            "work": f"{rows} measures in 19 communities",
        }
    yield _case("search, a misspelt word", _misspelling(), f"{WORDS} different words")


def _case(name: str, run: Callable[[], object], work: str) -> Case:
    return {"name": name, "run": run, "baseline": None, "work": work, "most_seconds": MOST_SECONDS}


def _search(words: str) -> object:
    from django.db import transaction

    from samspill.directory.public import nobody, scope
    from samspill.plans.queries.solved import Wanted, show, solved

    visitor = nobody(TODAY)
    with transaction.atomic(), scope(visitor):
        answer = solved(Wanted(words=words), visitor)
        return show(answer.hits[:20], answer.concepts, visitor)


def _cold(number: "count[int]") -> object:
    letters = "".join(chr(ord("a") + int(digit)) for digit in f"{next(number):05}")
    return _search(f"{letters}pasient {letters}kurs")


def _changed(plans: int) -> object:
    """A search that must read so many plans again, as when they were changed."""
    from samspill.plans.queries.searched import memory

    memory.forget(plans)
    return _search("rekruttering")


def _first() -> object:
    """A search of a process that knows no plan and no word."""
    from samspill.directory import search, word_pairs
    from samspill.plans.queries.searched import memory
    from samspill.plans.rules import finding

    memory.forget()
    search._stems.clear()
    for known in (word_pairs.neutral, finding.words_in):
        known.cache_clear()
    return _search("rekruttering")


def _misspelling() -> Callable[[], object]:
    from samspill.plans.rules.finding import Vocabulary

    parts = ("sam", "hand", "kom", "mune", "syke", "hus", "lege", "vakt", "pasi", "for", "løp", "opp", "rusk")
    made = ("".join(some) for some in product(parts, repeat=4))
    vocabulary = Vocabulary(islice(made, WORDS))
    return partial(vocabulary.spelt_like, "kommunesamhandlign")


def _page(client: Any, address: str) -> object:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"The page answers {answer.status_code}")
    return answer
