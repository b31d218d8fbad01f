"""Answers of «appraisal» held in the process that gave them: the same question is asked by many."""

import json
from functools import lru_cache
from typing import Any

from samspill.insight.calculating import Plain
from samspill.insight.calculations.appraisals import weigh

HELD = 64  # answers, of some 20 kB each


def weighed(question: Plain) -> Plain:
    """The answer to a whole question, as it would be stored. It changes with nothing but the question."""
    return _weighed(json.dumps(question, sort_keys=True))


@lru_cache(maxsize=HELD)
def _weighed(question: str) -> Any:
    return json.loads(json.dumps(weigh(json.loads(question))))
