"""Data sets that come described: what to ask, of whom, and how the answer becomes a table."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor
from samspill.insight.actions.data_sets import make_data_set
from samspill.insight.models import DataSet
from samspill.insight.states.data_sets import Origin
from samspill.refusal import Refused

FILE = Path(__file__).with_suffix(".yaml")


@cache
def known() -> Mapping[str, Mapping[str, Any]]:
    read: Mapping[str, Mapping[str, Any]] = yaml.safe_load(FILE.read_text("utf-8"))
    return read


def find_or_make(key: str, *, by: Actor, address: str = "") -> DataSet:
    """The data set by its key; one that comes described is made. `address` is another server to ask.

    Refuses a key that nobody knows (`data.unknown`).
    """
    found = DataSet.objects.filter(key=key).first()
    if found is None and key in known():
        said = dict(known()[key])
        mapping = yaml.safe_dump(said.pop("mapping"), allow_unicode=True, sort_keys=False)
        found = make_data_set(key, said.pop("table"), by=by, mapping=mapping, origin=Origin.CONNECTOR, **said)
    if found is None:
        raise Refused(
            "data.unknown",
            _("There is no data set «%(key)s». See which there are with: samspill data versions")
            % {"key": key},
        )
    if address and found.question.get("address") != address:
        found.question = found.question | {"address": address}
        found.save(update_fields=["question"])
    return found
