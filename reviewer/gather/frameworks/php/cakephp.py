"""CakePHP: the route builder's calls; controllers render their templates unless they answer with data."""

from __future__ import annotations

import re

import msgspec

from reviewer.gather.frameworks.php import _dialects
from reviewer.gather.frameworks.php._dialects import dialect_of
from reviewer.gather.frameworks.php._laravel_controllers import CONTROLLER
from reviewer.gather.frameworks.php._micro import read_micro
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Class, Module, dotted
from reviewer.model.facts.routing import View

NAME = "CakePHP"
BASES = ("AppController", "Cake.Controller.Controller", "Controller")
DATA = re.compile(r"_serialize|['\"]serialize['\"]|JsonView|json_encode|withStringBody|application/json|viewClasses")
HIDDEN = frozenset({"private", "protected", "static"})
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
    """Every public action shows the template of its name, unless its file speaks of data."""
    based = any(dotted(base).rpartition(".")[2] in BASES for base in owner.bases)
    if not based or not owner.name.endswith(CONTROLLER) or DATA.search(module.text):
        return
    for method in module.methods_of(owner):
        if HIDDEN.isdisjoint(method.modifiers) and not method.name.startswith("_") and method.name not in HOOKS:
            kept.views.append(View(symbol=f"{owner.name}.{method.name}", line=method.line, page=True))


CAKEPHP = Framework(name=NAME, languages=("PHP",), read=read, packages=("cakephp/cakephp",), one_root=True)
