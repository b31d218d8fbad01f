"""Run every benchmark, or those whose name contains a word: `python -m benchmarks isolation`."""

import importlib
import pkgutil
import statistics
import sys
import time
from collections.abc import Callable
from typing import NotRequired, TypedDict

import benchmarks

BUDGET_SECONDS = 8.0
MOST_RUNS = 31


class Case(TypedDict):
    """`run` does the work once; `baseline` does what it is compared with; `work` says what the work is."""

    name: str
    run: Callable[[], object]
    baseline: Callable[[], object] | None
    work: str
    runs: NotRequired[int]


def measured(run: Callable[[], object], most: int) -> tuple[float, int]:
    """(median seconds, runs) after one run to warm up, within the budget. A single run counts as it is."""
    if most > 1:
        run()
    times: list[float] = []
    while len(times) < most and (not times or sum(times) < BUDGET_SECONDS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times), len(times)


def in_words(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def show(case: Case) -> None:
    most = case.get("runs", MOST_RUNS)
    median, runs = measured(case["run"], most)
    line = f"{case['name']:<44} {in_words(median):>10}  ({runs} runs)  {case['work']}"
    if case["baseline"] is not None:
        base, _ = measured(case["baseline"], most)
        line += f"  [{median / base:.2f} × baseline {in_words(base)}]"
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(words: list[str]) -> None:
    for module in pkgutil.iter_modules(benchmarks.__path__):
        if module.name == "__main__" or (words and not any(word in module.name for word in words)):
            continue
        sys.stdout.write(f"\n{module.name}\n")
        for case in importlib.import_module(f"benchmarks.{module.name}").cases():
            show(case)


if __name__ == "__main__":
    main(sys.argv[1:])
