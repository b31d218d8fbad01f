"""A part of a run, what it gives, and who may compute it."""

import hashlib
import pickle
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from samspill.refusal import Refused

Arrays = Mapping[str, NDArray]
Outcome = tuple[
    dict[str, NDArray] | None, tuple[str, str] | None
]  # a result, or a refusal: code and sentence
ANALYSIS = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Job:
    """One part: `work(*arguments)` gives named arrays, and the same ones whenever it is asked.

    `work` stands at the top of a module that the workers have too; the arguments can be pickled. Randomness
    comes from a seed among them. The name says to people which part it is, and no other of the run has it.
    """

    name: str
    work: Callable[..., Arrays]
    arguments: tuple[object, ...] = ()

    def identity(self) -> str:
        """sha256 of what is computed, from what, and by which version of the code."""
        what = (self.name, self.work.__module__, self.work.__qualname__, sorted(versions().items()))
        return hashlib.sha256(repr(what).encode() + pickle.dumps(self.arguments, protocol=5)).hexdigest()


@cache
def versions() -> dict[str, str]:
    """What a result depends on beside its arguments; Samspill's is that of the code of `analysis`."""
    digest = hashlib.sha256()
    for path in sorted(ANALYSIS.rglob("*.py")):
        digest.update(str(path.relative_to(ANALYSIS)).encode() + b"\0" + path.read_bytes() + b"\0")
    python = ".".join(platform.python_version_tuple()[:2])
    return {"Python": python, "NumPy": np.__version__, "Samspill": digest.hexdigest()[:12]}


def carry_out(job: Job, wanted: dict[str, str]) -> Outcome:
    """Run the part where this is called, if the versions there are the `wanted` ones.

    A refusal comes back as a value, since it is for the one who asked and not for the worker.
    """
    odd = [name for name, version in wanted.items() if versions().get(name) != version]
    if odd:
        here = ", ".join(f"{name} {versions().get(name)} where {wanted[name]} is asked for" for name in odd)
        return None, (
            "other_version",
            f"A worker has {here}. Install the same version of Samspill and its libraries on every worker.",
        )
    try:
        found = job.work(*job.arguments)
    except Refused as refused:
        return None, (refused.code, refused.sentence)
    return {name: np.asarray(values) for name, values in found.items()}, None
