"""What a minimetodevurdering still lacks: before a peer reads it, before it is decided, and in the
decision.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from samspill.analysis.appraisal.form import Finding, Level, MiniHta, Part, Verdict


@dataclass(frozen=True)
class Gap:
    """Something that is missing or does not hold together; `code` is stable, the sentence for people.

    `about` names the study or the outcome it is about, when there may be several.
    """

    part: Part
    code: str
    sentence: str
    about: str = ""


def gaps(form: MiniHta) -> tuple[Gap, ...]:
    """What is missing before it can be decided on, in the order of the form."""
    found = [*_before_review(form), *_in_review(form)]
    order = list(Part)
    return tuple(sorted(found, key=lambda gap: order.index(gap.part)))


def gaps_of_decision(form: MiniHta) -> tuple[Gap, ...]:
    """What is missing in the decision itself, or in what must be there before it may be made."""
    return (*gaps(form), *_in_ending(form))


def is_ready_for_review(form: MiniHta) -> bool:
    return next(_before_review(form), None) is None


def is_ready_for_decision(form: MiniHta) -> bool:
    return not gaps(form)


def _before_review(form: MiniHta) -> Iterator[Gap]:
    yield from _about_the_question(form)
    yield from _about_the_evidence(form)
    for part, finding in ((Part.EFFECT, form.effect), (Part.SAFETY, form.safety), (Part.ETHICS, form.ethics)):
        yield from _needed(part, (("text_missing", finding.text, f"Write about {part}."),))
    for part, findings in ((Part.COST, form.cost), (Part.ORGANISATION, form.organisation)):
        yield from _on_both_levels(part, findings)
    if form.cost and not any(finding.runs for _, finding in form.cost):
        yield Gap(
            Part.COST, "run_missing", "Refer to a stored run for the cost, so that it can be recomputed."
        )
    proposal = form.recommendation
    yield from _needed(
        Part.RECOMMENDATION,
        (
            ("text_missing", proposal.text, "Write what you recommend."),
            ("verdict_missing", proposal.verdict, "Say whether to introduce it, with conditions, or not."),
        ),
    )
    if proposal.verdict in (Verdict.INTRODUCE, Verdict.WITH_CONDITIONS):
        yield from _needed(
            Part.RECOMMENDATION,
            (
                ("indicator_missing", proposal.indicators, "Name the indicator that should move."),
                ("date_missing", proposal.reassess, "Set the day when it is assessed again."),
            ),
        )


def _about_the_question(form: MiniHta) -> Iterator[Gap]:
    submitter, method, question = form.submitter, form.method, form.question
    yield from _needed(
        Part.SUBMITTER,
        (
            ("name_missing", submitter.name, "Name who submits it."),
            ("parties_missing", submitter.parties, "Name the parties it concerns."),
            ("interests_missing", submitter.interests, "Declare interests, or that there are none."),
        ),
    )
    yield from _needed(
        Part.METHOD,
        (
            ("name_missing", method.name, "Name the method."),
            ("text_missing", method.describes, "Describe the method."),
            ("today_missing", method.today, "Tell what is done today."),
        ),
    )
    yield from _needed(
        Part.QUESTION,
        (
            ("population_missing", question.population, "Tell whom it is for."),
            ("intervention_missing", question.intervention, "Tell what is done for them."),
            ("comparison_missing", question.comparison, "Tell what it is compared with."),
            ("outcomes_missing", question.outcomes, "Name the outcomes that matter."),
        ),
    )
    if question.persons is None:
        yield Gap(
            Part.QUESTION, "persons_missing", "Tell how many persons a year it concerns. Unknown is not 0."
        )


def _about_the_evidence(form: MiniHta) -> Iterator[Gap]:
    yield from _needed(
        Part.EVIDENCE,
        (
            (
                "search_missing",
                form.search.sources and form.search.searched,
                "Tell where and when you searched.",
            ),
            (
                "studies_missing",
                form.studies,
                "Put at least one study in the table, or what else it rests on.",
            ),
        ),
    )
    for study in form.studies:
        if study.certainty is None:
            yield Gap(
                Part.EVIDENCE,
                "certainty_missing",
                f"Grade how sure {study.reference} is.",
                study.reference,
            )
        bounds = (study.low, study.estimate, study.high)
        known = [value for value in bounds if value is not None]
        if known != sorted(known):
            yield Gap(
                Part.EVIDENCE,
                "interval_wrong",
                f"The estimate of {study.reference} lies outside its interval. Look at the figures.",
                study.reference,
            )
    named = {study.outcome for study in form.studies}
    told = form.effect.text.casefold()
    for outcome in form.question.outcomes:
        if form.studies and outcome not in named and outcome.casefold() not in told:
            yield Gap(
                Part.EVIDENCE,
                "outcome_without_study",
                f"No study tells about «{outcome}». Say so in the effect.",
                outcome,
            )


def _on_both_levels(part: Part, findings: tuple[tuple[Level, Finding], ...]) -> Iterator[Gap]:
    told = {level for level, finding in findings if finding.text.strip()}
    for level in Level:
        if level not in told:
            yield Gap(
                part, f"{level}_missing", f"Tell about {part} for the {level}. Nothing changes is an answer."
            )


def _in_review(form: MiniHta) -> Iterator[Gap]:
    review = form.review
    yield from _needed(
        Part.REVIEW,
        (
            ("reviewer_missing", review.reviewer, "Name the peer who read it."),
            ("date_missing", review.reviewed, "Give the day it was read."),
            ("comment_missing", review.comment, "Write what the peer found."),
        ),
    )
    if review.reviewer and review.reviewer == form.submitter.name:
        yield Gap(Part.REVIEW, "own_review", "The peer cannot be the one who submits it.")
    if review.reviewed and form.submitter.submitted and review.reviewed < form.submitter.submitted:
        yield Gap(Part.REVIEW, "reviewed_too_early", "It was read before it was submitted. Look at the days.")


def _in_ending(form: MiniHta) -> Iterator[Gap]:
    ending = form.ending
    yield from _needed(
        Part.DECISION,
        (
            ("verdict_missing", ending.verdict, "Say whether it is introduced, with conditions, or not."),
            ("date_missing", ending.decided, "Give the day of the decision."),
            ("decision_missing", ending.decision, "Refer to the decision."),
            ("because_missing", ending.because, "Write why."),
        ),
    )
    if ending.verdict is Verdict.WITH_CONDITIONS and not ending.conditions:
        yield Gap(Part.DECISION, "conditions_missing", "Name the conditions.")
    if ending.verdict is not None and ending.verdict is not Verdict.WITH_CONDITIONS and ending.conditions:
        yield Gap(Part.DECISION, "conditions_without_need", "Only «with conditions» has conditions.")
    if ending.decided and form.review.reviewed and ending.decided < form.review.reviewed:
        yield Gap(Part.DECISION, "decided_too_early", "It was decided before the peer had read it.")


def _needed(part: Part, rows: tuple[tuple[str, object, str], ...]) -> Iterator[Gap]:
    for code, value, sentence in rows:
        if not (value.strip() if isinstance(value, str) else value):
            yield Gap(part, code, sentence)
