"""What a minimetodevurdering lacks, in sentences that say how to mend it."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from samspill.analysis.appraisal import Gap, Part
from samspill.insight.assessments.fields import Said

_TEXT = "text_missing"
SENTENCES: Mapping[tuple[Part, str], Said] = {
    (Part.SUBMITTER, "name_missing"): _("Write who proposes it."),
    (Part.SUBMITTER, "parties_missing"): _("Name the parties it concerns."),
    (Part.SUBMITTER, "interests_missing"): _("Write what interests you have, or that you have none."),
    (Part.METHOD, "name_missing"): _("Write what it is called."),
    (Part.METHOD, _TEXT): _("Tell what is done."),
    (Part.METHOD, "today_missing"): _("Tell what is done today."),
    (Part.QUESTION, "population_missing"): _("Tell whom it is for."),
    (Part.QUESTION, "intervention_missing"): _("Tell what is done for them."),
    (Part.QUESTION, "comparison_missing"): _("Tell what it is compared with."),
    (Part.QUESTION, "outcomes_missing"): _("Name the outcomes that matter."),
    (Part.QUESTION, "persons_missing"): _("Tell how many persons a year it concerns. Unknown is not 0."),
    (Part.EVIDENCE, "search_missing"): _("Tell where and when you searched."),
    (Part.EVIDENCE, "studies_missing"): _("Put at least one study in the table, or what else it rests on."),
    (Part.EVIDENCE, "certainty_missing"): _("Say how sure «%(about)s» is."),
    (Part.EVIDENCE, "interval_wrong"): _(
        "The estimate of «%(about)s» lies outside its interval. Look at the figures."
    ),
    (Part.EVIDENCE, "outcome_without_study"): _("No study tells about «%(about)s». Say so under effect."),
    (Part.EFFECT, _TEXT): _("Tell what it does for people."),
    (Part.SAFETY, _TEXT): _("Tell what may go wrong."),
    (Part.ETHICS, _TEXT): _("Tell who may be left behind."),
    (Part.COST, "hospital_missing"): _("Tell what it costs the hospital. Nothing changes is an answer."),
    (Part.COST, "municipality_missing"): _(
        "Tell what it costs the municipalities. Nothing changes is an answer."
    ),
    (Part.COST, "run_missing"): _(
        "Point to an answer that was kept, so that the cost can be worked out again."
    ),
    (Part.ORGANISATION, "hospital_missing"): _(
        "Tell what the hospital must organise. Nothing changes is an answer."
    ),
    (Part.ORGANISATION, "municipality_missing"): _(
        "Tell what the municipalities must organise. Nothing changes is an answer."
    ),
    (Part.RECOMMENDATION, _TEXT): _("Write what you recommend."),
    (Part.RECOMMENDATION, "verdict_missing"): _("Say whether to introduce it, on conditions, or not."),
    (Part.RECOMMENDATION, "indicator_missing"): _("Choose the figure that should move."),
    (Part.RECOMMENDATION, "date_missing"): _("Set the day when it is assessed again."),
    (Part.REVIEW, "reviewer_missing"): _("Write which peer read it."),
    (Part.REVIEW, "date_missing"): _("Write the day it was read."),
    (Part.REVIEW, "comment_missing"): _("Write what the peer found."),
    (Part.REVIEW, "own_review"): _("The peer cannot be the one who proposes it."),
    (Part.REVIEW, "reviewed_too_early"): _("It was read before it was submitted. Look at the days."),
    (Part.DECISION, "verdict_missing"): _("Say whether it is introduced, on conditions, or not."),
    (Part.DECISION, "date_missing"): _("Write the day of the decision."),
    (Part.DECISION, "decision_missing"): _("Write which decision it is."),
    (Part.DECISION, "because_missing"): _("Write why."),
    (Part.DECISION, "conditions_missing"): _("Name the conditions."),
    (Part.DECISION, "conditions_without_need"): _("Only what is introduced on conditions has conditions."),
    (Part.DECISION, "decided_too_early"): _("It was decided before the peer had read it."),
}


def in_words(gap: Gap) -> str:
    sentence = str(SENTENCES[gap.part, gap.code])
    return sentence % {"about": gap.about} if gap.about else sentence
