"""NestJS's ``RouterModule``: modules below the paths of a tree, which other files may hold parts of."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.frameworks.node._express_loops import Loops
from reviewer.gather.frameworks.node._nestjs_app import NEST, setting
from reviewer.gather.languages.node._names import Names
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Assignment, Call, Expr, Items, Mapping, Module, Name, Other
from reviewer.model.facts.routing import Mount, Router
from reviewer.model.facts.values import Value

REGISTERS = frozenset({"RouterModule.register", "RouterModule.forRoutes"})
SYMBOL = "RouterModule"
"""Paths of a tree count from the application's prefix, wherever the tree is registered."""
TYPES = frozenset({"Routes", "RouteTree", "RouteTree[]"})
HELD = ("children", "module")
STEPS_MOST = 400


def read_trees(module: Module, names: Names, kept: Kept) -> None:
    """Keeps a mount for each module of a tree, and the trees that other files take their branches from."""
    loops = Loops(module)
    for call in module.calls:
        if call.name in REGISTERS and call.args:
            kept.routers.append(Router(symbol=SYMBOL, framework=NEST, line=call.line))
            kept.mounts.extend(_mounts(names, loops, SYMBOL, call.args[0]))
    for item in module.assignments:
        if item.function == -1 and item.owner == -1 and (item.type in TYPES or _is_tree(item.value, loops)):
            _keep_tree(item, list(_mounts(names, loops, item.target, item.value)), kept)


def read_branches(module: Module, kept: Kept) -> None:
    """The trees of a file that takes in nothing of NestJS, known by the modules that they name."""
    if "Module" not in module.text or "path" not in module.text:
        return
    names, loops = Names(module), Loops(module)
    for item in module.assignments:
        if item.function == -1 and item.owner == -1 and _is_tree(item.value, loops):
            mounts = list(_mounts(names, loops, item.target, item.value))
            if any(mount.child.endswith("Module") for mount in mounts):
                _keep_tree(item, mounts, kept)


def _keep_tree(item: Assignment, mounts: list[Mount], kept: Kept) -> None:
    if mounts:
        kept.routers.append(Router(symbol=item.target, framework=NEST, line=item.line))
        kept.mounts.extend(mounts)


def _is_tree(value: Expr | None, loops: Loops) -> bool:
    """Whether a constant is an object with a path and what is below it, or a list with such objects or their names."""
    if isinstance(value, Items):
        return any(isinstance(item, Mapping) and _is_tree(item, loops) for item in value.values)
    if isinstance(value, Call):
        return any(_is_tree(item, loops) for item in loops.mapped(value))
    return isinstance(value, Mapping) and value.get("path") is not None and any(value.get(key) for key in HELD)


def _mounts(names: Names, loops: Loops, parent: str, routes: Expr | None) -> Iterator[Mount]:
    """The modules of a tree, and the trees of other files in it, each below the paths above it."""
    pending: list[tuple[Expr | None, Value]] = [(routes, ())]
    for _ in range(STEPS_MOST):
        if not pending:
            return
        expr, above = pending.pop()
        if isinstance(expr, Items):
            pending.extend((item, above) for item in reversed(expr.values))
        elif isinstance(expr, Call):
            pending.extend((item, above) for item in reversed(loops.mapped(expr)))
        elif isinstance(expr, Other):
            pending.extend((item, above) for item in expr.operands)
        elif isinstance(expr, Name):
            known = names.values.get(expr.dotted)
            if isinstance(known, Items | Mapping | Call) and known is not routes:
                pending.append((known, above))
            else:
                yield Mount(parent=parent, child=expr.dotted, framework=NEST, line=expr.line, prefix=above)
        elif isinstance(expr, Mapping):
            path = expr.get("path")
            here = (*above, "/", *setting(names, path)) if path is not None else above
            pending.extend((expr.get(key), here) for key in HELD)
