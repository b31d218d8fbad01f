"""Joint money: schemes and calls, applications with budgets and consents, reviews, awards and reports."""

from samspill.plans.models.funds.applications import Application, BudgetLine, Endorsement, FormalCheck
from samspill.plans.models.funds.awards import Award, FundReport, Payment
from samspill.plans.models.funds.reviews import (
    ConflictOfInterest,
    Recommendation,
    Review,
    Reviewer,
    Score,
)
from samspill.plans.models.funds.schemes import Call, Criterion, FundScheme

__all__ = [
    "Application",
    "Award",
    "BudgetLine",
    "Call",
    "ConflictOfInterest",
    "Criterion",
    "Endorsement",
    "FormalCheck",
    "FundReport",
    "FundScheme",
    "Payment",
    "Recommendation",
    "Review",
    "Reviewer",
    "Score",
]
