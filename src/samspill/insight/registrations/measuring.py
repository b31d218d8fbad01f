"""What stored figures of indicators register: they follow the data in use."""

from samspill.insight.jobs_measuring import put_to_measure
from samspill.insight.taken import TAKEN


def register_measuring() -> None:
    TAKEN.register("figures", put_to_measure)
