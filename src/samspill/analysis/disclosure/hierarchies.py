"""Dimensions and what their codes sum to, checked: no circle, nothing counted twice in a sum."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from samspill.analysis.disclosure.cells import Hierarchy
from samspill.refusal import Refused


@dataclass(frozen=True, eq=False)
class Dimension:
    """`children` of each parent code; `leaves` are the codes nothing is below, in order of appearance.

    `whole` is the code of all leaves, or None when there is none: then no code stands for their sum.
    """

    name: str
    children: Mapping[str, tuple[str, ...]]
    leaves: tuple[str, ...]
    whole: str | None

    @property
    def codes(self) -> tuple[str, ...]:
        return (*self.children, *self.leaves)


def dimension_of(name: str, hierarchies: Sequence[Hierarchy], codes: Iterable[str]) -> Dimension:
    """One dimension of one or several tables: their hierarchies together, and the codes their rows have.

    Refuses with `hierarchies_differ`, `cycle_in_hierarchy`, `parts_overlap` and `unknown_parent`.
    """
    children = _together(name, hierarchies)
    parts = {part for under in children.values() for part in under}
    below = {code: _leaves_below(name, code, children, ()) for code in children}
    seen = dict.fromkeys(codes)
    if children:
        for code in seen:
            if code not in children and code not in parts:
                raise Refused(
                    "unknown_parent",
                    f"«{code}» of {name} stands under no parent in the hierarchy. Add it, or mend the code.",
                    field=name,
                    facts={"dimension": name, "code": code},
                )
    leaves = dict.fromkeys(part for under in children.values() for part in under if part not in children)
    leaves.update((code, None) for code in seen if code not in children)
    below |= {leaf: {leaf} for leaf in leaves}
    whole = next((code for code, under in below.items() if len(under) == len(leaves)), None)
    return Dimension(name, children, tuple(leaves), whole)


def _together(name: str, hierarchies: Sequence[Hierarchy]) -> dict[str, tuple[str, ...]]:
    """Parents of all tables; one that stands in two has the same children in both."""
    children: dict[str, tuple[str, ...]] = {}
    for hierarchy in hierarchies:
        for parent, under in _items(name, hierarchy):
            if children.setdefault(parent, under) != under and set(children[parent]) != set(under):
                raise Refused(
                    "hierarchies_differ",
                    f"«{parent}» of {name} has other children in another table.",
                    field=name,
                    facts={"dimension": name, "code": parent},
                )
    return children


def _items(name: str, hierarchy: Hierarchy) -> Iterable[tuple[str, tuple[str, ...]]]:
    if hierarchy is None:
        return
    if not isinstance(hierarchy, Mapping):
        raise Refused("hierarchy_not_read", f"Write {name} as {{parent: [children]}}.", field=name)
    for parent, under in hierarchy.items():
        if isinstance(under, str) or not isinstance(under, Sequence | set | frozenset):
            raise Refused(
                "hierarchy_not_read", f"«{parent}» of {name} must have a list of children.", field=name
            )
        if len(under):
            yield str(parent), tuple(str(part) for part in under)


def _leaves_below(
    name: str, code: str, children: Mapping[str, tuple[str, ...]], above: tuple[str, ...]
) -> set[str]:
    """Leaves of `code`; refuses a circle, and a leaf that two children share."""
    if code in above:
        raise Refused(
            "cycle_in_hierarchy",
            f"{name} goes in a circle: {' → '.join((*above[above.index(code) :], code))}.",
            field=name,
            facts={"dimension": name, "code": code},
        )
    if code not in children:
        return {code}
    found: set[str] = set()
    for part in children[code]:
        below = _leaves_below(name, part, children, (*above, code))
        if found & below:
            raise Refused(
                "parts_overlap",
                f"«{min(found & below)}» is counted twice in «{code}» of {name}.",
                field=name,
                facts={"dimension": name, "code": code},
            )
        found |= below
    return found
