"""«Hva er innafor»: templates by condition, the plan made from one, and what it answers afterwards.

    template("copd")                 a template, read strictly from `norway/safety_net/*.yaml`
    begin(template, …)               a plan for one person, to be adjusted
    faults(plan), check_plan(plan)   every reason it cannot be sent, at once
    place(plan, values, now)         inside or outside, what to do and whom to call now
    scale(limits, code, language)    the limits in words, for the sheet and the page
    to_plain(plan), from_plain(…)    the plan as JSON can hold it

A plan for self-management has the same parts and one more: the person's own steps. Times have zones, and now
is always said. Not here: who may make a plan, versions and receipts (`samspill.care`), and the sheet of paper
(`samspill.documents.safety_net_sheet`).
"""

from samspill.rulebook.safety_net.contacts import (
    Contact,
    check_contacts,
    contacts_at,
    gaps,
    hours_said,
)
from samspill.rulebook.safety_net.placing import Placed, PlacedIndicator, place
from samspill.rulebook.safety_net.plans import (
    Indicator,
    LanguageCheck,
    Level,
    Medication,
    Plan,
    Recipient,
    begin,
    described,
)
from samspill.rulebook.safety_net.ready import Fault, check_plan, faults
from samspill.rulebook.safety_net.roles import Role, role, roles, title
from samspill.rulebook.safety_net.scales import Part, scale
from samspill.rulebook.safety_net.storing import from_plain, to_plain
from samspill.rulebook.safety_net.templates import Template, template, templates

__all__ = [
    "Contact",
    "Fault",
    "Indicator",
    "LanguageCheck",
    "Level",
    "Medication",
    "Part",
    "Placed",
    "PlacedIndicator",
    "Plan",
    "Recipient",
    "Role",
    "Template",
    "begin",
    "check_contacts",
    "check_plan",
    "contacts_at",
    "described",
    "faults",
    "from_plain",
    "gaps",
    "hours_said",
    "place",
    "role",
    "roles",
    "scale",
    "template",
    "templates",
    "title",
    "to_plain",
]
