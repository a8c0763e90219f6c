"""Methods that map routes and that nothing calls: what they map is served nowhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterator

from reviewer.gather.frameworks.dotnet._builders import NOT_MOUNTING, Builders
from reviewer.gather.frameworks.dotnet._conventional import DEFAULTS, MAPPING, PREFIXING
from reviewer.gather.given import TABLE
from reviewer.gather.index import Index
from reviewer.gather.look import words
from reviewer.gather.reader import Kept, Node
from reviewer.gather.syntax import Attribute, Expr, Items, Module, Name, dotted
from reviewer.model.facts.code import Attribute as Constant
from reviewer.model.facts.file import FileFacts

CSHARP = "csharp"
HELPERS, NAMED = "#HELPERS", "#NAMED"
"""Settings under names that no program can declare: the routers of static methods, and all methods that are named."""
MAPS = re.compile(r"Map|E[nN]d[pP]oint|Route")
"""What the name of a method has in it that is there to map routes."""
NAME_MOST = 120
OFFERED = MAPPING | DEFAULTS | words("Routes Route")
"""Methods of the frameworks that are called so too."""


def keep_named(module: Module, kept: Kept) -> None:
    """Keeps the names of such methods that a file calls, or hands to somebody who may call them."""
    names = {call.last for call in module.calls if not call.new}
    given = (arg for call in module.calls for arg in call.args)
    assigned = (item.value for item in module.assignments)
    names.update(name for expr in (*given, *assigned) for name in _named(expr))
    if named := sorted(filter(_maps, names)):
        kept.constants.append(Constant(name=NAMED, value=(" ".join(named),), line=1))


def _maps(name: str) -> bool:
    """Whether a method is the project's own and there to map routes, going by its name."""
    if len(name) > NAME_MOST or not MAPS.search(name) or name in OFFERED:
        return False
    return not (NOT_MOUNTING.fullmatch(name) or PREFIXING.fullmatch(name))


def _named(expr: Expr | None) -> Iterator[str]:
    for item in expr.values if isinstance(expr, Items) else (expr,):
        if isinstance(item, (Name, Attribute)):
            yield dotted(item).rpartition(".")[2]


def keep_helpers(file: Builders) -> None:
    """Keeps which routers stand in static methods of classes that inherit nothing: nothing finds those by scanning."""
    found = []
    for qualname, symbol in file.symbols.items():
        function = file.named.get(qualname)
        if function is None or function.owner == -1 or not _maps(function.name):
            continue
        if "static" in function.modifiers and not file.module.classes[function.owner].bases:
            found.append(symbol)
    if found:
        file.kept.constants.append(Constant(name=HELPERS, value=(" ".join(sorted(found)),), line=1))


def uncalled(index: Index, routers: Collection[Node], mounted: Container[Node]) -> set[Node]:
    """The routers of static methods that no file calls, where the application is there and every file was understood.

    What has no application of its own is a library: its methods are there for others to call.
    """
    files = {path: facts for path, facts in index.files.items() if facts.kind == CSHARP}
    helpers = {(path, symbol) for path, facts in files.items() for symbol in _words(facts, HELPERS)}
    alone = {node for node in routers if node in helpers and node not in mounted}
    if not alone or not any(map(_has_application, files.values())):
        return set()
    if not all(facts.understood for facts in files.values()):
        return set()
    named = {name for facts in files.values() for name in _words(facts, NAMED)}
    return {node for node in alone if node[1].removesuffix(TABLE).rpartition(".")[2] not in named}


def _has_application(facts: FileFacts) -> bool:
    return facts.routing is not None and any(router.root for router in facts.routing.routers)


def _words(facts: FileFacts, name: str) -> Iterator[str]:
    for item in facts.constants:
        if item.name == name:
            yield from (word for part in item.value if isinstance(part, str) for word in part.split())
