"""CakePHP: the route builder's calls; controllers render their templates unless they answer with data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from reviewer.gather.expressions import calls_in, inside
from reviewer.gather.frameworks.php import _dialects
from reviewer.gather.frameworks.php._dialects import dialect_of
from reviewer.gather.frameworks.php._laravel_controllers import CONTROLLER
from reviewer.gather.frameworks.php._micro import read_micro
from reviewer.gather.index import Index
from reviewer.gather.look import words
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Call, Class, Function, Items, Module, Text, dotted, plain
from reviewer.model.facts.routing import Route, View

NAME = "CakePHP"
BASES = ("AppController", "Cake.Controller.Controller", "Controller")
DATA = re.compile(r"_serialize|['\"]serialize['\"]|JsonView|json_encode|withStringBody|application/json|viewClasses")
HIDDEN = frozenset({"private", "protected", "static"})
ANSWERING = re.compile(r"json|respon[ds]|api(?![a-z])|send|serializ", re.IGNORECASE)
"""What own methods are called that answer with data, and whose result an action returns."""
ALLOWING = re.compile(r"allow\w{0,20}method|method\w{0,20}allow|require\w{0,20}method", re.IGNORECASE)
METHODS = words("GET POST PUT PATCH DELETE HEAD OPTIONS")
COMPONENTS = frozenset({"Authentication.Authentication", "Auth", "Authentication"})
OPENING = frozenset(
    {"this.Authentication.allowUnauthenticated", "this.Auth.allow", "this.Authentication.addUnauthenticatedActions"}
)
EVERY, GUARD, OPEN = "*", "auth", "open"
"""The action that stands for all of a controller, and what its component does to one."""
API_FOLDER = re.compile(r"(?:^|\.)(?:Api|API|Rest|V\d{1,2})(?:\.|\Z)")
"""Namespaces of controllers whose base makes every answer JSON."""
ANY = "ANY"
HOOKS = ("initialize", "beforeFilter", "beforeRender", "afterFilter")


def read(module: Module, kept: Kept) -> None:
    """Keeps the routes of a CakePHP application, and the actions that render a page."""
    if dialect_of(module) is _dialects.CAKE:
        before = len(kept.routes)
        read_micro(module, kept, _dialects.CAKE)
        for place in range(before, len(kept.routes)):
            route = kept.routes[place]
            owner, _, action = route.handler.rpartition(".")
            if owner and not owner.endswith(CONTROLLER):
                kept.routes[place] = msgspec.structs.replace(route, handler=f"{owner}{CONTROLLER}.{action}")
    elif "Controller" in module.text and _is_cakes(module):
        for owner_class in module.classes:
            _pages(module, kept, owner_class)


def _is_cakes(module: Module) -> bool:
    return module.imported("Cake") or "AppController" in module.text


def _pages(module: Module, kept: Kept, owner: Class) -> None:
    """Every public action shows the template of its name, unless it or its file speaks of data; some name methods."""
    based = any(dotted(base).rpartition(".")[2] in BASES for base in owner.bases)
    if not based or not owner.name.endswith(CONTROLLER):
        return
    _guards(module, kept, owner)
    data = bool(DATA.search(module.text) or API_FOLDER.search(module.namespace))
    for method in module.methods_of(owner):
        if HIDDEN.isdisjoint(method.modifiers) and not method.name.startswith("_") and method.name not in HOOKS:
            page = not data and not _answers(module, method)
            methods = tuple(dict.fromkeys(_allowed(module, method)))
            if page or methods:
                symbol = f"{owner.name}.{method.name}"
                kept.views.append(View(symbol=symbol, line=method.line, methods=methods, page=page))


def _guards(module: Module, kept: Kept, owner: Class) -> None:
    """The component that keeps strangers out of every action, and the actions that are opened to them again."""
    for call in module.calls:
        if call.owner != owner.index or not call.args:
            continue
        if call.name == "this.loadComponent" and (plain(call.args[0]) or "") in COMPONENTS:
            kept.views.append(View(symbol=f"{owner.name}.{EVERY}", line=call.line, guards=(GUARD,)))
        elif call.name in OPENING:
            listed = [
                text for arg in call.args for item in inside(arg) if isinstance(item, Text) and (text := plain(item))
            ]
            for action in listed or [EVERY]:
                kept.views.append(View(symbol=f"{owner.name}.{action}", line=call.line, guards=(OPEN,)))


def _answers(module: Module, action: Function) -> bool:
    """Whether an action returns what one of its class's methods, or the response itself, makes of its data."""
    for item in module.returns:
        if item.function != action.index or not isinstance(item.value, Call):
            continue
        names = [call.name for call in calls_in(item.value)]
        if any(name.startswith(("this.response.", "this.getResponse")) for name in names):
            return True
        if any(name.startswith("this.") and ANSWERING.search(name.rpartition(".")[2]) for name in names):
            return True
    return False


def _allowed(module: Module, action: Function) -> Iterator[str]:
    """``$this->request->allowMethod(['post', 'delete'])``, and own methods that are called so."""
    for call in module.calls:
        if call.function != action.index or not ALLOWING.search(call.last[:60]) or not call.name.startswith("this."):
            continue
        for arg in call.args:
            values = arg.values if isinstance(arg, Items) else (arg,)
            for value in values:
                said = (plain(value) or dotted(value).rpartition(".")[2].rpartition("_")[2]).upper()
                if said in METHODS:
                    yield said


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """The methods of a route; where it declares none, those that its action lets through."""
    guards = _guards_of(index, path, route.handler)
    if route.methods != (ANY,):
        return [Expansion(method=method, guards=guards) for method in route.methods]
    found = index.function(path, route.handler) if route.handler else None
    routing = index.files[found[0]].routing if found else None
    allowed = [
        method
        for view in (routing.views if routing and found else ())
        if found and view.symbol == found[1].qualname
        for method in view.methods
    ]
    return [Expansion(method=method, guards=guards) for method in dict.fromkeys(allowed or [ANY])]


def _guards_of(index: Index, path: str, handler: str) -> tuple[str, ...]:
    """What stands before an action by its controller's components, those of its bases included."""
    controller, _, action = handler.rpartition(".")
    found: list[str] = []
    for where, item in index.mro(path, controller) if controller else ():
        routing = index.files[where].routing
        for view in routing.views if routing else ():
            if view.symbol in (f"{item.name}.{action}", f"{item.name}.{EVERY}"):
                found.extend(view.guards)
    return () if OPEN in found else tuple(dict.fromkeys(found))


CAKEPHP = Framework(
    name=NAME,
    languages=("PHP",),
    read=read,
    packages=("cakephp/cakephp",),
    expand=expand,
    one_root=True,
    decides=True,
)
