"""Documents: a dataset of 2.0 or 1.x, a bundle of 1.x, a collection, a dimension."""

from collections.abc import Mapping
from typing import Any

from samspill.insight.jsonstat.categories import read_categories
from samspill.insight.jsonstat.cells import read_statuses, read_values
from samspill.insight.jsonstat.collection import Collection, Item, Reference
from samspill.insight.jsonstat.dataset import Dataset, Value
from samspill.insight.jsonstat.dimension import Dimension
from samspill.insight.jsonstat.parsing import Source, parse
from samspill.refusal import Refused

# Root keys that are read into fields of their own; the others are kept as they came.
OWN = frozenset({"version", "class", "id", "size", "role", "dimension", "value", "status"})
IN_DIMENSION = ("id", "size", "role")  # where 1.x has them
CLASSES = ("dataset", "collection", "dimension")


def read(source: Source, name: str | None = None) -> Dataset:
    """The dataset of a document. Of several (a bundle, a collection) the one called `name`."""
    found = read_all(source)
    names = ", ".join(found) or "none"
    if name is not None:
        if name not in found:
            raise Refused("jsonstat.unknown_dataset", f"There is no dataset «{name}»; there is {names}.")
        return found[name]
    if len(found) != 1:
        raise Refused(
            "jsonstat.several", f"The document holds {len(found)} datasets, not one: {names}. Name one."
        )
    return next(iter(found.values()))


def read_all(source: Source) -> dict[str, Dataset]:
    """Every dataset by name: as a bundle calls it, «dataset» when alone, by address in a collection."""
    document = _document(source)
    kind = document.get("class")
    if kind == "collection":
        return _collection(document).datasets()
    if kind == "dimension":
        raise Refused("jsonstat.class", "The document is a dimension, not a dataset: it has no figures.")
    if kind == "dataset" or "version" in document or {"dimension", "value"} <= set(document):
        return {"dataset": _dataset(document, "")}
    return {name: _dataset(_object(under, name), name) for name, under in document.items()}


def read_structure(source: Source) -> Dataset:
    """The dimensions of a dataset whose figures are left out, as metadata has them; every cell lacks."""
    return _dataset({**_document(source), "value": {}, "status": None}, "")


def read_collection(source: Source) -> Collection:
    """A collection with its items: references, or what is embedded."""
    document = _document(source)
    if document.get("class") != "collection":
        raise Refused("jsonstat.class", f"class is «{document.get('class')}», not «collection».")
    return _collection(document)


def read_dimension(source: Source) -> Dimension:
    """A document of class «dimension»; its `id` is empty."""
    document = _document(source)
    if document.get("class") != "dimension":
        raise Refused("jsonstat.class", f"class is «{document.get('class')}», not «dimension».")
    about = {key: value for key, value in document.items() if key not in ("version", "class")}
    return read_categories("", about, None)


def _document(source: Source) -> dict[str, Any]:
    document = parse(source)
    if "error" in document and not {"dimension", "value", "link"} & set(document):
        raise Refused("jsonstat.error", f"The source answered with an error: {_told(document['error'])}.")
    version = document.get("version")
    if version is not None and not str(version).startswith("2"):
        raise Refused(
            "jsonstat.version", f"version is «{version}»; 2.0 can be read, and 1.x without version."
        )
    kind = document.get("class")
    if kind is not None and kind not in CLASSES:
        raise Refused("jsonstat.class", f"class is «{kind}»; it can be {', '.join(CLASSES)}.")
    if not document:
        raise Refused("jsonstat.empty", "The document is an empty object.")
    return document


def _told(error: object) -> str:
    first = error[0] if isinstance(error, list) and error else error
    return str(first.get("label") or first) if isinstance(first, dict) else str(first)


def _dataset(document: Mapping[str, Any], where: str) -> Dataset:
    at = f"{where}." if where else ""
    under = _object(document.get("dimension"), f"{at}dimension")
    placed = {
        key: document[key] if document.get(key) is not None else under.get(key) for key in ("id", "size")
    }
    is_old = document.get("id") is None
    ids, sizes = _ids(placed["id"], f"{at}id"), _sizes(placed["size"], f"{at}size")
    if len(ids) != len(sizes):
        raise Refused("jsonstat.size", f"{at}size has {len(sizes)} numbers for {len(ids)} dimensions in id.")
    named = {key: one for key, one in under.items() if not (is_old and key in IN_DIMENSION)}
    _check_names(ids, named, at)
    dimensions = tuple(
        read_categories(name, _object(named[name], f"{at}dimension.{name}"), size)
        for name, size in zip(ids, sizes, strict=True)
    )
    role = under.get("role") if is_old and document.get("role") is None else document.get("role")
    if "value" not in document:
        raise Refused("jsonstat.value", f"{at}value lacks: there are no figures.")
    values: tuple[Value, ...] | dict[int, Value] = read_values(document["value"], f"{at}value")
    count = len(values) if isinstance(values, tuple) else None
    return Dataset(
        dimensions,
        values,
        read_statuses(document.get("status"), count, f"{at}status"),
        _roles(role, f"{at}role"),
        {key: value for key, value in document.items() if key not in OWN},
    )


def _check_names(ids: list[str], named: Mapping[str, Any], at: str) -> None:
    for name in ids:
        if name not in named:
            raise Refused("jsonstat.unknown_dimension", f"{at}id has «{name}», which {at}dimension lacks.")
    for name in named:
        if name not in ids:
            raise Refused("jsonstat.unknown_dimension", f"{at}dimension has «{name}», which {at}id lacks.")


def _ids(value: object, where: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise Refused("jsonstat.id", f"{where} must be a list of names of dimensions.")
    return value


def _sizes(value: object, where: str) -> list[int]:
    """Whole numbers; some sources write them as text."""
    if not isinstance(value, list):
        raise Refused("jsonstat.size", f"{where} must be a list of whole numbers.")
    sizes = []
    for place, one in enumerate(value):
        is_whole = isinstance(one, int) and not isinstance(one, bool) and one >= 0
        if not is_whole and not (isinstance(one, str) and one.isascii() and one.isdigit() and len(one) < 12):
            raise Refused("jsonstat.size", f"{where}[{place}] is {one!r}, but must be a whole number.")
        sizes.append(int(one))
    return sizes


def _roles(value: object, where: str) -> dict[str, tuple[str, ...]] | None:
    if value is None:
        return None
    roles = {}
    for role, names in _object(value, where).items():
        if names is None:
            continue
        roles[role] = tuple(_ids(names, f"{where}.{role}"))
    return roles


def _collection(document: Mapping[str, Any]) -> Collection:
    link = _object(document.get("link"), "link")
    items = link.get("item")
    if not isinstance(items, list):
        raise Refused("jsonstat.collection", "link.item must be a list: a collection is its items.")
    others = {relation: one for relation, one in link.items() if relation != "item"}
    about = {key: one for key, one in document.items() if key not in ("version", "class", "link")}
    return Collection(
        tuple(_item(_object(one, f"link.item[{place}]"), place) for place, one in enumerate(items)),
        {**about, **({"link": others} if others else {})},
    )


def _item(item: Mapping[str, Any], place: int) -> Item:
    kind = item.get("class")
    if kind == "dataset" and {"id", "size", "dimension", "value"} <= set(item):
        return _dataset({"version": "2.0", **item}, f"link.item[{place}]")
    if kind == "dimension" and "category" in item:
        return read_categories("", {key: one for key, one in item.items() if key != "class"}, None)
    if kind == "collection" and isinstance(item.get("link"), dict) and "item" in item["link"]:
        return _collection(item)
    return Reference(dict(item))


def _object(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Refused("jsonstat.object", f"{where} must be an object{' and lacks' if value is None else ''}.")
    return value
