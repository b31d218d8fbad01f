"""The command: says what was killed and what was found, and fails when something was lost or doubled."""

import argparse
import sys
from dataclasses import asdict

from benchmarks.torture.killing import torture

POINTS = 200


def main() -> int:
    reads = argparse.ArgumentParser(prog="benchmarks.torture")
    reads.add_argument("--points", type=int, default=POINTS, help="how often something is killed")
    reads.add_argument("--seed", type=int, default=1)
    asked = reads.parse_args()
    found = torture(points=asked.points, seed=asked.seed, say=_say)
    for name, value in asdict(found).items():
        _say(f"  {name.replace('_', ' '):<40}{value}")
    _say("Nothing was lost, and nothing is there twice." if found.is_whole else "LOST OR DOUBLED.")
    return 0 if found.is_whole else 1


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
