"""What is done with data is written down: with the version, and in the log of the community that did it."""

from samspill.directory.public import Actor, record
from samspill.insight.models import DataEvent, DataVersion


def log(act: str, version: DataVersion, *, by: Actor, **details: object) -> None:
    """`act` is a stable code, "data.take". In the act's own transaction."""
    DataEvent.objects.create(version=version, by_id=by.account_id, by_name=by.name, act=act, details=details)
    if by.community_id is not None:
        record(by=by, act=act, on=version, told=details)
