"""Controllers of WordPress's REST API: routes that a base class registers, below what each class inheriting it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from weakref import WeakKeyDictionary

from reviewer.gather.index import Index
from reviewer.gather.reader import Expansion, Kept
from reviewer.gather.syntax import Module, Text, value_of
from reviewer.model.facts.code import Attribute, ClassDef
from reviewer.model.facts.routing import Route
from reviewer.model.facts.values import Ref, Value

UNKNOWN = "{value}"
PARENT = "parent."
HEIRS_MOST = 200
BASES_MOST = 50
CLASSES_MOST = 5_000
GROUP = re.compile(r"\(\?P?<(\w+)>(?:[^()\[\]]|\[(?:\\.|[^\]\\])*\]|\((?:[^()]|\[[^\]]*\])*\))*\)[?*+]?")
"""A named part of a route's pattern."""
BASES = ("namespace", "rest_base")
"""What `WP_REST_Controller` keeps of its place: https://developer.wordpress.org/reference/classes/wp_rest_controller/"""

Node = tuple[str, str]
_HEIRS: WeakKeyDictionary[Index, dict[Node, list[Node]]] = WeakKeyDictionary()
_NAMED: WeakKeyDictionary[Index, dict[str, list[Node]]] = WeakKeyDictionary()


def keep_properties(module: Module, kept: Kept, every: bool) -> None:
    """Keeps what constructors set (``$this->rest_base = 'items'``), and which methods go on to their parent's.

    Args:
        every: whether the file registers routes itself; else only what a base class asks for is kept.
    """
    for item in module.assignments:
        name = item.target.removeprefix("this.")
        if name == item.target or item.function == -1 or item.owner == -1 or not isinstance(item.value, Text):
            continue
        if every or name in BASES:
            owner = module.classes[item.owner].name
            kept.constants.append(Attribute(name=f"{owner}.{name}", value=value_of(item.value), line=item.line))
    for call in module.calls:
        if call.name.startswith(PARENT) and "register" in call.last and 0 <= call.owner < len(module.classes):
            owner = module.classes[call.owner].name
            kept.constants.append(Attribute(name=f"{owner}.{call.name}", value=(call.last,), line=call.line))


def expand(index: Index, path: str, route: Route) -> Iterator[Expansion]:
    """A route as each class serves it that registers it, itself or through its base."""
    for place in dict.fromkeys(_paths(index, path, route)):
        named = GROUP.sub(r"{\1}", place)
        for method in route.methods:
            yield Expansion(method=method, path=named)


def _paths(index: Index, path: str, route: Route) -> Iterable[str]:
    own = index.text(path, route.path, unknown=UNKNOWN)
    owner = next(
        (item for item in index.files[path].classes if item.line <= route.line <= item.end_line),
        None,
    )
    if owner is None or not any(
        isinstance(part, Ref) and part.name.startswith(f"{owner.name}.") for part in route.path
    ):
        return [own]
    registering = next(
        (item.name for item in index.files[path].functions if item.line <= route.line <= item.end_line), ""
    )
    heirs = [
        heir
        for heir in _heirs(index).get((path, owner.name), [])[:HEIRS_MOST]
        if _registers(index, heir, (path, owner.name), registering)
    ]
    if not heirs:
        return [index.text(path, seen_from(index, (path, owner.name), owner.name, route.path), unknown=UNKNOWN)]
    served = [index.text(heir[0], seen_from(index, heir, owner.name, route.path), unknown=UNKNOWN) for heir in heirs]
    known = [text for text in (own, *served) if UNKNOWN not in text]
    return known or [own]


def _registers(index: Index, heir: Node, base: Node, method: str) -> bool:
    """Whether no class on the way to the base registers routes of its own in place of the base's."""
    for where, item in _lineage(index, heir):
        if (where, item.name) == base:
            return True
        if method in item.methods and not _keeps(index, where, f"{item.name}.{PARENT}{method}"):
            return False
    return False


def seen_from(index: Index, heir: Node, base: str, value: Value) -> Value:
    """A value with the properties of a base class read where the inheriting class, or a base of it, sets them."""
    return tuple(
        _property(index, heir, part, part.name.removeprefix(f"{base}."))
        if isinstance(part, Ref) and part.name.startswith(f"{base}.")
        else part
        for part in value
    )


def _property(index: Index, heir: Node, ref: Ref, name: str) -> Ref | str:
    for where, item in _lineage(index, heir):
        if _keeps(index, where, f"{item.name}.{name}"):
            return index.text(where, (Ref(name=f"{item.name}.{name}"),), unknown=UNKNOWN)
    return ref


def _keeps(index: Index, path: str, name: str) -> bool:
    return any(item.name == name for item in index.files[path].constants)


def _lineage(index: Index, heir: Node) -> Iterator[tuple[str, ClassDef]]:
    """A class and its bases, each once, near ones first; PHP finds classes whatever the case of their names."""
    seen: set[Node] = set()
    queue = [heir]
    while queue and len(seen) < BASES_MOST:
        path, name = queue.pop(0)
        found = index.classes(path, name)
        if found is None:
            named = _by_name(index).get(name.casefold(), [])
            found = index.classes(*named[0]) if len(named) == 1 else None
        if found is None or (found[0], found[1].name) in seen:
            continue
        seen.add((found[0], found[1].name))
        yield found
        queue.extend((found[0], base) for base in found[1].bases if base)


def _by_name(index: Index) -> dict[str, list[Node]]:
    """Classes of PHP by their names in lower case."""
    known = _NAMED.get(index)
    if known is None:
        known = _NAMED[index] = {}
        for path, facts in index.files.items():
            for item in facts.classes if facts.kind == "php" else ():
                known.setdefault(item.name.casefold(), []).append((path, item.name))
    return known


def _heirs(index: Index) -> dict[Node, list[Node]]:
    """By class, the classes that inherit from it, near or far."""
    known = _HEIRS.get(index)
    if known is None:
        known = _HEIRS[index] = {}
        inheriting = [
            (path, item.name)
            for path, facts in sorted(index.files.items())
            if facts.kind == "php"
            for item in facts.classes
            if item.bases
        ]
        for heir in inheriting[:CLASSES_MOST]:
            for where, item in _lineage(index, heir):
                if (where, item.name) != heir:
                    known.setdefault((where, item.name), []).append(heir)
    return known
