"""Run every benchmark, or those whose name contains a word: `python -m benchmarks isolation`.

A set that says ONLY_WHEN_ASKED is run when a word names it.
"""

import importlib
import pkgutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from types import ModuleType

import benchmarks
from benchmarks import Case

BUDGET_SECONDS = 8.0
MOST_RUNS = 31
MISSED = "!"  # before the line of a case that misses its goal


def measured(works: Sequence[Callable[[], object]], most: int) -> tuple[list[float], int]:
    """(median seconds of each, runs). They take turns, so that a busy machine is busy for all of them.

    One run to warm up goes before, and no more begin when the first has used its budget. A single run counts
    as it is.
    """
    if most > 1:
        for work in works:
            work()
    times: list[list[float]] = [[] for _ in works]
    while len(times[0]) < most and (not times[0] or sum(times[0]) < BUDGET_SECONDS):
        for work, spent in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            spent.append(time.perf_counter() - start)
    return [statistics.median(spent) for spent in times], len(times[0])


def in_words(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def show(case: Case) -> None:
    works = [case["run"], *filter(None, [case["baseline"]])]
    if "measured" in case:
        (median, *base), runs = [case["measured"]], 1
    else:
        (median, *base), runs = measured(works, case.get("runs", MOST_RUNS))
    ratio = median / base[0] if base else 1.0
    missed = median > case.get("most_seconds", median) or ratio > case.get("most_ratio", ratio)
    line = f"{case['name']:<44} {in_words(median):>10}  ({runs} runs)  {case['work']}"
    if base:
        line += f"  [{ratio:.2f} × baseline {in_words(base[0])}]"
    sys.stdout.write(f"{MISSED if missed else ' '} {line}\n")
    sys.stdout.flush()


def chosen(words: list[str]) -> Iterator[tuple[str, ModuleType]]:
    for found in pkgutil.iter_modules(benchmarks.__path__):
        asked = any(word in found.name for word in words)
        if found.name == "__main__" or (words and not asked):
            continue
        module = importlib.import_module(f"benchmarks.{found.name}")
        if hasattr(module, "cases") and (asked or not getattr(module, "ONLY_WHEN_ASKED", False)):
            yield found.name, module


def main(words: list[str]) -> None:
    for name, module in chosen(words):
        sys.stdout.write(f"\n{name}\n")
        for case in module.cases():
            show(case)


if __name__ == "__main__":
    main(sys.argv[1:])
