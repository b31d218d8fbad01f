"""One row of a file at a time, made in a helsefellesskap. Refuses a value its field cannot have."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from samspill.governance.queries.moved_rows import NAMED, own_fields
from samspill.refusal import Refused

Row = Mapping[str, Any]


class Rows:
    """Makes rows in one community."""

    def __init__(self, community_id: int) -> None:
        self.community_id = community_id

    def make(self, model: type[Any], row: Row, **above: Any) -> Any:
        """A row of `model` with its own fields from `row`. Refuses a value the field cannot have."""
        given = {field.name: self._value(field, row) for field in own_fields(model) if field.name in row}
        return model.objects.create(community_id=self.community_id, **given, **above)

    def _value(self, field: Any, row: Row) -> Any:
        said = row[field.name]
        try:
            if field.is_relation:
                return self._named(field, said)
            return None if said is None and field.null else field.clean(said, None)
        except ValidationError as error:
            raise Refused(
                "transfer.value",
                _("«%(value)s» cannot stand as «%(field)s». Correct the file: %(why)s")
                % {"value": said, "field": field.name, "why": " ".join(error.messages)},
            ) from error

    def _named(self, field: Any, said: Sequence[str] | None) -> models.Model | None:
        if said is None:
            return None
        model = field.related_model
        where: dict[str, Any] = dict(zip(NAMED[model], said, strict=True))
        here = any(one.name == "community" for one in model._meta.concrete_fields)
        found: models.Model | None = model.objects.filter(
            **where, **({"community_id": self.community_id} if here else {})
        ).first()
        if found is None:
            raise Refused(
                "transfer.missing",
                _("«%(name)s» is in the file, but not in this helsefellesskap. Add it first.")
                % {"name": said[-1]},
            )
        return found
