"""Parts of runs that the tests hand to workers: they must stand in a module that workers can import."""

import os
import signal
import time
from pathlib import Path

import numpy as np

from samspill.analysis.cluster import Arrays
from samspill.refusal import Refused


def throws(seed: int, number: int) -> Arrays:
    """Dice of a stream of its own."""
    return {"dice": np.random.default_rng([seed, number]).integers(1, 7, 1000)}


def noted(folder: Path, number: int) -> Arrays:
    """Leaves a note each time it is computed."""
    (folder / f"{number}-{time.monotonic_ns()}").touch()
    time.sleep(0.05)
    return {"square": np.array(number**2)}


def falls_once(folder: Path, number: int) -> Arrays:
    """Kills the worker it runs on, the first time."""
    mark = folder / "fallen"
    if number == 2 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.05)
    return {"square": np.array(number**2)}


def refuses(number: int) -> Arrays:
    raise Refused("odd_number", f"{number} is odd. Give an even one.")


def breaks(number: int) -> Arrays:
    raise ZeroDivisionError(number)
