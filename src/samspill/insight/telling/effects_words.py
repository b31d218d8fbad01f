"""Why a verdict is what it is, in two or three sentences; and how sure it is."""

from collections.abc import Callable, Iterator, Mapping

from django.utils.translation import gettext as _

from samspill.analysis.effects import Assessed, Basis, Smallest, Verdict
from samspill.insight.models import Expectation
from samspill.insight.wording import decimal
from samspill.insight.wording.effects import change_in_words, goal_in_words, interval_in_words

NEEDED_BEFORE, NEEDED_AFTER = 5, 2


def why(one: Expectation, found: Assessed) -> Iterator[str]:
    yield from _WHY[found.verdict](one, found)


def _too_early(one: Expectation, found: Assessed) -> Iterator[str]:
    if found.own.after == 0:
        yield _("There is no whole period after the start in the figures yet.")
    else:
        yield _("What is seen so far, %(seen)s, may as well be chance.") % {"seen": _seen(found)}
    yield _("Expected: %(goal)s.") % {"goal": goal_in_words(one)}
    yield from _could_see(found)


def _too_few(_one: Expectation, found: Assessed) -> Iterator[str]:
    yield _(
        "There are %(before)s periods before the start that are counted alike, %(after)s after it, and too "
        "few others to compare with. By itself a series needs at least %(least)s before and %(most)s after."
    ) % {
        "before": found.own.before,
        "after": found.own.after,
        "least": NEEDED_BEFORE,
        "most": NEEDED_AFTER,
    }
    yield _("Others to compare with would help most.")


def _too_small(one: Expectation, found: Assessed) -> Iterator[str]:
    yield _("What is seen, %(seen)s, may be chance, and it may be what was expected.") % {
        "seen": _seen(found)
    }
    yield from _could_see(found)


def _no_sign(one: Expectation, found: Assessed) -> Iterator[str]:
    yield _("What is seen, %(seen)s, may be chance. What was to be expected by now is outside of that.") % {
        "seen": _seen(found)
    }
    yield from _could_see(found)


def _moved(_one: Expectation, found: Assessed) -> Iterator[str]:
    if found.basis is Basis.COMPARISON:
        yield _("Against the others it is %(seen)s since the start.") % {"seen": _seen(found)}
    else:
        yield _("Against where its own trend was going it is %(seen)s since the start.") % {
            "seen": _seen(found)
        }
        yield _("Nobody is compared with, so what else happened at that time is in it too.")
    if found.expected_ratio is not None:
        yield _("By now %(expected)s was to be expected.") % {
            "expected": change_in_words(found.expected_ratio)
        }


def _also_elsewhere(_one: Expectation, found: Assessed) -> Iterator[str]:
    if found.compared is not None:
        yield _("It is %(here)s here and %(there)s among the others.") % {
            "here": change_in_words(found.compared.reached.estimate),
            "there": change_in_words(found.compared.others.estimate),
        }
    yield _("So the measure is probably not what moved it.")
    yield from _could_see(found)


def _pre_trend(_one: Expectation, found: Assessed) -> Iterator[str]:
    yield _(
        "Those the measure reaches and the others had gone apart before it began, so that a difference "
        "afterwards says nothing."
    )
    yield _("Choose others to compare with, who are more alike.")


_WHY: Mapping[Verdict, Callable[[Expectation, Assessed], Iterator[str]]] = {
    Verdict.TOO_EARLY: _too_early,
    Verdict.TOO_FEW_PERIODS: _too_few,
    Verdict.TOO_SMALL_TO_TELL: _too_small,
    Verdict.NO_SIGN: _no_sign,
    Verdict.MOVED_AS_EXPECTED: _moved,
    Verdict.MOVED_LESS: _moved,
    Verdict.MOVED_WRONG_WAY: _moved,
    Verdict.MOVED_ALSO_ELSEWHERE: _also_elsewhere,
    Verdict.PRE_TREND: _pre_trend,
}


def how_sure(found: Assessed) -> Iterator[str]:
    """The interval, what could have been seen, and whether the others were alike before."""
    told = found.ratio
    if told is not None:
        yield _("%(change)s; with %(percent)s per cent certainty %(interval)s.") % {
            "change": change_in_words(told.estimate).capitalize(),
            "percent": round(100 * told.confidence),
            "interval": interval_in_words(told),
        }
    yield from _could_see(found)
    if found.pre_trend_p is not None:
        yield _("Alike before the start: p = %(p)s (below 0.05 they were not).") % {
            "p": decimal(found.pre_trend_p, 2)
        }


def _could_see(found: Assessed) -> Iterator[str]:
    if found.smallest is not None:
        yield _(
            "With these figures a change would have to be %(smallest)s or more to be seen eight times of ten."
        ) % {"smallest": _smallest(found, found.smallest)}


def _smallest(found: Assessed, smallest: Smallest) -> str:
    wants_up = found.expected_ratio is not None and found.expected_ratio > 1
    return change_in_words(smallest.up if wants_up else smallest.down)


def _seen(found: Assessed) -> str:
    """«7 per cent down (between 15 per cent down and 2 per cent up)»."""
    if found.ratio is None:
        return change_in_words(1.0)
    return _("%(change)s (%(interval)s)") % {
        "change": change_in_words(found.ratio.estimate),
        "interval": interval_in_words(found.ratio),
    }
