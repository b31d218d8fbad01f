"""What could fill a hole, by rules a person can follow. A proposal is offered, never set by itself."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill.plans.rules.dates import coming_day, next_half_year_end
from samspill.plans.rules.words import is_said, share_found, significant
from samspill.plans.states import Hole

# At least half of the words that tell a body apart must be in the measure or its area.
ENOUGH_WORDS = 0.5


@dataclass(frozen=True)
class Proposal:
    """`value` is posted when somebody says yes, `label` is shown, `because` tells why it is proposed."""

    hole: Hole
    value: str
    label: str
    because: str | Promise


@dataclass(frozen=True)
class Candidate:
    """Somebody who can answer ("body:12"), or an indicator ("7"). `words` are its names in full."""

    key: str
    label: str
    words: str
    short_name: str = ""


@dataclass(frozen=True)
class Facts:
    """What the rules look at in a measure. `owner` is the key of the accountable, "" when there is none."""

    id: int
    area: int | None
    goal: int | None
    area_title: str
    text: str
    owner: str = ""
    deadline: date | None = None


class Owners:
    """Proposals for «who answers?»: named in the measure, a body made for it, who has its neighbours."""

    def __init__(self, measures: Sequence[Facts], candidates: Iterable[Candidate]) -> None:
        self.candidates = {one.key: one for one in candidates}
        self._words = {key: significant(one.words) for key, one in self.candidates.items()}
        self._by_goal = _counted((one.goal, one.owner) for one in measures if one.owner)
        self._by_area = _counted((one.area, one.owner) for one in measures if one.owner)

    def propose(self, measure: Facts) -> Proposal | None:
        for key, because in (
            (self._named_in(measure.text), _("The measure names them.")),
            (self._made_for(measure), _("Their name fits the measure and its area.")),
            (
                self._most_of(self._by_goal.get(measure.goal)),
                _("Answers for most measures with the same goal."),
            ),
            (self._most_of(self._by_area.get(measure.area)), _("Answers for most measures in the area.")),
        ):
            if key:
                return Proposal(Hole.OWNER, key, self.candidates[key].label, because)
        return None

    def _named_in(self, text: str) -> str:
        found = [
            (text.find(name), -len(name), key)
            for key, one in self.candidates.items()
            for name in {one.short_name, one.label}
            if name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
        ]
        return min(found)[2] if found else ""

    def _made_for(self, measure: Facts) -> str:
        """A body whose name is about what the measure is about; the area counts as much as the measure."""
        there = significant(measure.text) | significant(measure.area_title)
        scores = [
            (share_found(words, there), len(words), key)
            for key, words in self._words.items()
            if key.startswith("body:") and words
        ]
        best = max(scores, default=(0.0, 0, ""))
        return best[2] if best[0] >= ENOUGH_WORDS else ""

    def _most_of(self, counts: Counter[str] | None) -> str:
        known = [(-number, key) for key, number in (counts or {}).items() if key in self.candidates]
        return min(known)[1] if known else ""


class Deadlines:
    """Proposals for «by when?»: what most of the area has, then the end of the plan, then of a half-year."""

    def __init__(self, measures: Sequence[Facts], period_end: date | None, *, today: date) -> None:
        self._by_area = _counted(
            (one.area, one.deadline) for one in measures if one.deadline and one.deadline >= today
        )
        self._period_end = period_end
        self._today = today

    def propose(self, measure: Facts) -> Proposal:
        day, because = self._day_for(measure)
        return Proposal(Hole.DEADLINE, day.isoformat(), coming_day(day, self._today), because)

    def _day_for(self, measure: Facts) -> tuple[date, str | Promise]:
        counts = self._by_area.get(measure.area)
        if counts:
            day = min(counts, key=lambda one: (-counts[one], one))
            return day, _("Most measures in the area have this date.")
        if self._period_end and self._period_end >= self._today:
            return self._period_end, _("The plan ends then.")
        return next_half_year_end(self._today), _(
            "The plan period is over or unknown; a half-year ends then."
        )


class Indicators:
    """Proposals for «how do we see that it works?»: the indicator that the measure has most words of.

    A word that many indicators have says little: it counts for its part of them. What comes to less than
    half a word of its own is no proposal.
    """

    ENOUGH = 0.5

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self.candidates = {one.key: one for one in candidates}
        self._words = {key: significant(one.words) for key, one in self.candidates.items()}
        self._known = Counter(word for words in self._words.values() for word in words)

    def propose(self, measure: Facts) -> Proposal | None:
        there = significant(measure.text) | significant(measure.area_title)
        scores = {key: self._score(words, there) for key, words in self._words.items()}
        best = max(scores, key=lambda key: (scores[key], -len(self._words[key])), default="")
        if not best or scores[best] < self.ENOUGH:
            return None
        chosen = self.candidates[best]
        return Proposal(Hole.INDICATOR, chosen.key, chosen.label, _("It is about the same thing."))

    def _score(self, words: frozenset[str], there: frozenset[str]) -> float:
        return sum(1 / self._known[word] for word in words if any(is_said(word, one) for one in there))


def _counted(pairs: Iterable[tuple]) -> Mapping:
    counts: dict = {}
    for place, value in pairs:
        if place is not None:
            counts.setdefault(place, Counter())[value] += 1
    return counts
