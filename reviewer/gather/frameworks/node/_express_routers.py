"""The applications and routers of one file, and which name means which of them where.

A router is known by its variable (``router``), by its class and field (``UserRoutes.router``), or by the function that
is given it or gives it back: routes that ``module.exports = (app) => {...}`` declares belong to a router ``default``.
"""

from __future__ import annotations

import re

from reviewer.gather.languages.node._functions import ANONYMOUS
from reviewer.gather.languages.node._modules import exported_name
from reviewer.gather.languages.node._names import Names
from reviewer.gather.syntax import Assignment, Attribute, Call, Expr, Module, Name, Parameter, dotted
from reviewer.model.facts.routing import Mount, Router

EXPRESS = "Express"
APPLICATIONS = frozenset({"express"})
ROUTERS = frozenset(
    {"express.Router", "express-promise-router", "express-async-router", "express-async-router.AsyncRouter"}
)
ROUTER_TYPES = frozenset({"Application", "Express", "Router", "IRouter", "IRoute", "core.Express", "core.Router"})
USUAL_NAMES = frozenset({"app", "router", "route", "routes", "application", "expressApp", "express", "apiRouter"})
"""What a parameter or an imported variable that is an application or a router is usually called."""
USUAL_FIELDS = frozenset({"this.app", "this.router", "this.route", "this.routes", "this.express"})
WORD = re.compile(r"[\w$]+")
TYPED_NAME = re.compile(r"(?<![\w$])([\w$]++)\??\s*+:\s*+([\w$.]++)")
OTHER_FRAMEWORKS = (
    "koa",
    "@koa/router",
    "koa-router",
    "fastify",
    "@hapi/hapi",
    "hono",
    "restify",
    "polka",
    "@nestjs/core",
)
"""Packages whose applications are called the same: in their files a usual name proves nothing."""


def names_of(parameter: Parameter) -> dict[str, str]:
    """The names that a parameter gives, with their types: itself, or those in the braces of a pattern."""
    if not parameter.name.startswith("{"):
        return {parameter.name: parameter.type}
    types = dict(TYPED_NAME.findall(parameter.type))
    return {name: types.get(name, "") for name in WORD.findall(parameter.name)}


class Routers:
    """See the module's docstring. ``found`` are the routers by symbol, ``mounts`` what stands for what in this file."""

    def __init__(self, module: Module, names: Names) -> None:
        self.module = module
        self.names = names
        self.foreign = module.imported(*OTHER_FRAMEWORKS)
        self.results = {
            item.target
            for item in module.assignments
            if isinstance(item.value, Call) and names.is_own(item.value.callee)
        }
        self.found: dict[str, Router] = {}
        self.mounts: list[Mount] = []
        self.created: dict[int, str] = {}
        self.parameters: dict[int, dict[str, str]] = {}
        self.named: dict[tuple[int, int, str], str] = {}
        """(function, class, name) to symbol; the class is -1 but for ``this.name``."""
        for item in sorted(module.assignments, key=lambda item: exported_name(item.target) is not None):
            self._assigned(item)
        self._returned()
        self._instances()

    def lookup(self, name: str, function: int, owner: int) -> str | None:
        """The symbol of the router that a name means in a function of a class, or None."""
        if name.startswith("this."):
            return self.named.get((-1, owner, name)) or self._inherited(name, owner)
        for around in self._around(function):
            known = self.named.get((around, -1, name)) or self._parameter(around, name)
            if known:
                return known
        return self.named.get((-1, -1, name))

    def use(self, symbol: str, line: int) -> str:
        """Declares a router that is only known by being given or imported, once something is declared on it."""
        if symbol not in self.found and symbol.partition(".")[0] not in self.names.imports:
            self.found[symbol] = Router(symbol=symbol, framework=EXPRESS, line=line)
        return symbol

    def function_symbol(self, function: int) -> str:
        """The name under which a function that is given a router, or makes one, is called; ``""`` without a name."""
        item = self.module.functions[function]
        if item.owner != -1 and item.name == "constructor":
            return self.module.classes[item.owner].name
        return "" if ANONYMOUS in item.qualname else item.qualname

    def creation(self, expr: Expr | None) -> Call | None:
        """The call of ``express()`` or ``Router()`` that an expression is, or that its chain of calls starts with."""
        while isinstance(expr, Call):
            origin = self.names.origin(expr.callee)
            if origin in APPLICATIONS or origin in ROUTERS:
                return expr
            expr = expr.callee.value if isinstance(expr.callee, Attribute) else None
        return None

    def _around(self, function: int) -> list[int]:
        chain: list[int] = []
        while function != -1 and len(chain) < 50:
            chain.append(function)
            function = self.module.functions[function].parent
        return chain

    def _assigned(self, item: Assignment) -> None:
        place = self._place(item)
        if isinstance(item.value, Name):
            known = self.lookup(item.value.dotted, item.function, item.owner)
            if known and not item.target.startswith("module."):
                self.named.setdefault(place, known)
            return
        made = self.creation(item.value)
        if made is None:
            return
        symbol = self.created.get(id(made)) or self._symbol(item)
        self.created[id(made)] = symbol
        self.named[place] = symbol
        root = self.names.origin(made.callee) in APPLICATIONS
        self.found.setdefault(symbol, Router(symbol=symbol, framework=EXPRESS, line=item.line, root=root))

    def _place(self, item: Assignment) -> tuple[int, int, str]:
        if item.owner != -1 and item.function == -1:
            return -1, item.owner, f"this.{item.target}"
        if item.target.startswith("this."):
            return -1, item.owner, item.target
        return item.function, -1, item.target

    def _symbol(self, item: Assignment) -> str:
        exported = exported_name(item.target)
        if exported is not None:
            return exported
        if item.owner != -1 and (item.function == -1 or item.target.startswith("this.")):
            return f"{self.module.classes[item.owner].name}.{item.target.removeprefix('this.')}"
        taken = item.target in self.found and item.function != -1
        return f"{self.function_symbol(item.function) or item.line}.{item.target}" if taken else item.target

    def _parameter(self, function: int, name: str) -> str | None:
        if function not in self.parameters:
            listed = self.module.functions[function].parameters
            self.parameters[function] = {name: kind for item in listed for name, kind in names_of(item).items()}
        kind = self.parameters[function].get(name)
        return self.function_symbol(function) or None if kind is not None and self._is_router(name, kind) else None

    def _is_router(self, name: str, kind: str) -> bool:
        if kind and kind != "any":
            return kind.rpartition(".")[2] in ROUTER_TYPES
        return name in USUAL_NAMES and not self.foreign

    def _inherited(self, name: str, owner: int) -> str | None:
        """``this.router`` of a class whose base class makes it."""
        if owner == -1 or name not in USUAL_FIELDS or not self.module.classes[owner].bases:
            return None
        return f"{self.module.classes[owner].name}.{name.removeprefix('this.')}"

    def imported(self, name: str) -> str | None:
        """An application or router of another file, by its usual name."""
        usual = name in USUAL_NAMES and not self.foreign
        known = name in self.names.imports or name in self.results
        return name if usual and known and self.names.is_own(name) else None

    def _returned(self) -> None:
        """Functions that give a router back stand for it."""
        for item in self.module.returns:
            if item.function == -1:
                continue
            made = self.creation(item.value)
            symbol = self.function_symbol(item.function)
            if made is not None and symbol:
                if id(made) not in self.created:
                    self.created[id(made)] = symbol
                    self.use(symbol, item.line)
                else:
                    self.stand_for(symbol, self.created[id(made)], item.line)
            elif isinstance(item.value, Name) and symbol:
                owner = self.module.functions[item.function].owner
                self.stand_for(symbol, self.lookup(item.value.dotted, item.function, owner), item.line)

    def stand_for(self, symbol: str, router: str | None, line: int) -> None:
        """``symbol`` is served where it is mounted and is ``router``."""
        known = self.found.get(router or "")
        if router is None or known is None or known.root or router == symbol or symbol in self.found:
            return
        self.use(symbol, line)
        self.mounts.append(Mount(parent=symbol, child=router, framework=EXPRESS, line=line))

    def _instances(self) -> None:
        """``userRoutes.router`` of ``userRoutes = new UserRoutes()`` is ``UserRoutes.router``."""
        fields: dict[str, list[str]] = {}
        for symbol in self.found:
            owner, _, field = symbol.rpartition(".")
            fields.setdefault(owner, []).append(field)
        for item in self.module.assignments:
            if isinstance(item.value, Call) and item.value.new:
                made = dotted(item.value.callee)
                for field in fields.get(made, ()) if made else ():
                    target = exported_name(item.target) or item.target
                    self.stand_for(f"{target}.{field}", f"{made}.{field}", item.line)
