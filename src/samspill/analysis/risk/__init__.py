"""Risk scores from what hospitals already know: diagnoses, stays and visits. Each explains its points.

The door to this package; other parts import from here. A score finds whom to talk with first; it decides
nothing. Codes that are not there may be unknown rather than absent: no code gives no points, not health.
"""

from samspill.analysis.risk.comorbidity import Charlson, charlson
from samspill.analysis.risk.conditions import Reason
from samspill.analysis.risk.frailty import FrailtyRisk, hospital_frailty_risk_score
from samspill.analysis.risk.readmission import Lace, LaceComorbidity, lace, lace_comorbidity

__all__ = [
    "Charlson",
    "FrailtyRisk",
    "Lace",
    "LaceComorbidity",
    "Reason",
    "charlson",
    "hospital_frailty_risk_score",
    "lace",
    "lace_comorbidity",
]
