"""Guards that stand before more than one handler.

A class names them for all of its methods or for some, wherever it is routed; a hook stands before a router's routes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.frameworks.python._python import VERBS, guards_of, owner_of, written
from reviewer.gather.syntax import Expr, Items, Mapping, dotted, plain
from reviewer.model.facts.code import ClassDef
from reviewer.model.facts.routing import View

if TYPE_CHECKING:
    from reviewer.gather.index import Index

CHECKING = re.compile(
    r"(?:validate|verify|check|require|ensure|authenticate|authori[sz]e)_?"
    r"(?:\w*_)?(?:token|auth|jwt|user|session|login|permission|role|request)s?"
)
"""Functions of the project that a hook calls to keep strangers out."""
FIELDS = ("method_decorators", "decorators")


def guarding_views(lookup: Lookup) -> Iterator[View]:
    """``method_decorators = [jwt_required()]`` by its class, ``{"post": [jwt_required()]}`` by its methods."""
    for owner in lookup.module.classes:
        for name, value in lookup.fields_of(owner).items():
            if name not in FIELDS:
                continue
            if isinstance(value, Mapping):
                for key, guards in value.pairs:
                    if (verb := plain(key) or "") in VERBS and (texts := _texts(guards)):
                        yield View(symbol=f"{owner.name}.{verb}", line=owner.line, guards=texts)
            elif texts := _texts(value):
                yield View(symbol=owner.name, line=owner.line, guards=texts)


def hooked(lookup: Lookup, hooks: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """By router, the functions that one of these decorators puts before its routes, and the checks in them."""
    wanted = frozenset(hooks)
    found: dict[str, tuple[str, ...]] = {}
    for function in lookup.module.functions:
        for decorator in function.decorators:
            head, last = owner_of(dotted(getattr(decorator, "callee", decorator)))
            if head and last in wanted:
                checks = (call.last for call in lookup.module.calls if call.function == function.index)
                inside = (name for name in checks if CHECKING.fullmatch(name))
                others = guards_of(function.decorators, wanted)
                found[head] = (*found.get(head, ()), *others, function.name, *inside)
    return found


def _texts(value: Expr | None) -> tuple[str, ...]:
    listed = value.values if isinstance(value, Items) else (value,)
    return tuple(text for item in listed if (text := written(item)))


def guards_above(index: Index, classes: Iterable[tuple[str, ClassDef]], verb: str) -> tuple[str, ...]:
    """What a class and its bases put before one of their methods."""
    found: list[str] = []
    for path, item in classes:
        routing = index.files[path].routing
        for view in routing.views if routing else ():
            if view.guards and view.symbol in (item.name, f"{item.name}.{verb}"):
                found += view.guards
    return tuple(dict.fromkeys(found))
