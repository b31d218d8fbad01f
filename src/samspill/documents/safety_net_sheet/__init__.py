"""«Hva er innafor» on one sheet of A4: what is usual and what is not, what to do, and whom to call.

    to_pdf(sheet)   PDF/UA-1, one page, in nb, nn or en; readable in grey

The values are plain (`SafetyNetSheet`); who makes them of a plan knows both it and this. Not here: what a
plan says, and whether it can be sent (`samspill.rulebook.safety_net`).
"""

from samspill.documents.safety_net_sheet.sheet import Call, SafetyNetSheet, Scale, Step, Zone, check_sheet
from samspill.documents.safety_net_sheet.writing import to_pdf

__all__ = ["Call", "SafetyNetSheet", "Scale", "Step", "Zone", "check_sheet", "to_pdf"]
