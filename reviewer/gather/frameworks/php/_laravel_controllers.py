"""Controllers of Laravel: which actions a middleware guards, and which answer with a page."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.gather.frameworks.php._handlers import Chains, guard_names
from reviewer.gather.frameworks.php._pages import Pages
from reviewer.gather.index import Index
from reviewer.gather.reader import Expansion, Kept
from reviewer.gather.syntax import Call, Class, Module
from reviewer.model.facts.routing import Route, View

EVERY = "*"
"""The action that stands for all of a controller."""
CONTROLLER = "Controller"


def read_controllers(module: Module, kept: Kept) -> None:
    """Keeps a view for each guarded action and for each that renders."""
    pages, chains = Pages(module), Chains(module)
    for owner in module.classes:
        if not owner.name.endswith(CONTROLLER):
            continue
        for method in module.methods_of(owner):
            if pages.shows(method):
                kept.views.append(View(symbol=f"{owner.name}.{method.name}", line=method.line, page=True))
        for call in module.calls:
            if call.name == "this.middleware" and call.owner == owner.index:
                kept.views.extend(_guarded(module, owner, call, chains))


def _guarded(module: Module, owner: Class, call: Call, chains: Chains) -> Iterable[View]:
    guards = tuple(name for arg in call.args[:1] for name in guard_names(arg))
    listed = {later.last: [name for arg in later.args for name in guard_names(arg)] for later in chains.after(call)}
    if "only" in listed:
        actions: list[str] = listed["only"]
    elif "except" in listed:
        actions = [method.name for method in module.methods_of(owner) if method.name not in listed["except"]]
    else:
        actions = [EVERY]
    for action in actions:
        yield View(symbol=f"{owner.name}.{action}", line=call.line, guards=guards)


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """The methods of a route with the guards that its controller sets for its action."""
    guards = _guards_of(index, path, route.handler)
    return [Expansion(method=method, guards=guards) for method in route.methods or ("ANY",)]


def _guards_of(index: Index, path: str, handler: str) -> tuple[str, ...]:
    controller, _, action = handler.rpartition(".")
    if not controller:
        return ()
    found: list[str] = []
    for where, item in index.mro(path, controller):
        routing = index.files[where].routing
        for view in routing.views if routing else ():
            if view.symbol in (f"{item.name}.{action}", f"{item.name}.{EVERY}"):
                found.extend(view.guards)
    return tuple(dict.fromkeys(found))
