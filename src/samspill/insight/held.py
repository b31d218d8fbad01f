"""Answers that are shown and not kept, held for those who look again: the question alone decides them."""

import json
from functools import lru_cache

from samspill.directory.public import Community
from samspill.insight.actions.calculations import answer_to
from samspill.insight.calculating import Plain
from samspill.insight.queries.figures import pack_in_use
from samspill.insight.retelling import kind_of

HELD = 32  # answers of some kilobytes each


def answer_held(kind: str, asked: Plain, *, of: Community) -> tuple[Plain, Plain]:
    """The same as `answer_to`, calculated once for the figures and the method in use."""
    version = (pack_in_use().version, kind_of(kind).version)
    text = json.dumps(asked, sort_keys=True, ensure_ascii=False)
    return _held(version, kind, of.pk, text)


@lru_cache(maxsize=HELD)
def _held(_version: tuple[str, str], kind: str, community_id: int, asked: str) -> tuple[Plain, Plain]:
    return answer_to(kind, json.loads(asked), of=Community.objects.get(pk=community_id))
