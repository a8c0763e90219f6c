"""The applications and routers of one file, and which name means which of them where.

A router is known by its variable (``router``), by its class and field (``UserRoutes.router``), or by the function that
is given it or gives it back: routes that ``module.exports = (app) => {...}`` declares belong to a router ``default``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from reviewer.gather.expressions import option
from reviewer.gather.frameworks.node._dialects import EXPRESS, Dialect
from reviewer.gather.languages.node._functions import ANONYMOUS
from reviewer.gather.languages.node._modules import exported_name
from reviewer.gather.languages.node._names import Names
from reviewer.gather.syntax import (
    Assignment,
    Attribute,
    Call,
    Expr,
    Lambda,
    Module,
    Name,
    Parameter,
    dotted,
    value_of,
)
from reviewer.model.facts.routing import Mount, Router
from reviewer.model.facts.values import Value

WORD = re.compile(r"[\w$]+")
SURE = "router"
"""Stands for the type of a parameter that is known to be a router."""
TYPED_NAME = re.compile(r"(?<![\w$])([\w$]++)\??\s*+:\s*+([\w$.]++)")


def names_of(parameter: Parameter) -> dict[str, str]:
    """The names that a parameter gives, with their types: itself, or those in the braces of a pattern."""
    if not parameter.name.startswith("{"):
        return {parameter.name: parameter.type}
    types = dict(TYPED_NAME.findall(parameter.type))
    return {name: types.get(name, "") for name in WORD.findall(parameter.name)}


def _given(module: Module, dialect: Dialect) -> Iterator[int]:
    """The functions that are handed to methods which give them a router: written in place, or by name."""
    named = {item.qualname: item.index for item in module.functions}
    for call in module.calls:
        for arg in call.args if call.last in dialect.gives else ():
            if isinstance(arg, Lambda):
                yield arg.function
            elif isinstance(arg, Name) and arg.dotted in named:
                yield named[arg.dotted]
    for item in module.assignments if dialect.plugins else ():
        if isinstance(item.value, Lambda) and item.type.startswith(dialect.plugins):
            yield item.value.function


class Routers:
    """See the module's docstring. ``found`` are the routers by symbol, ``mounts`` what stands for what in this file."""

    def __init__(self, module: Module, names: Names, dialect: Dialect = EXPRESS) -> None:
        self.module = module
        self.dialect = dialect
        self.names = names
        self.foreign = module.imported(*dialect.others)
        self.results = {
            item.target
            for item in module.assignments
            if isinstance(item.value, Call) and names.is_own(item.value.callee)
        }
        self.found: dict[str, Router] = {}
        self.mounts: list[Mount] = []
        self.created: dict[int, str] = {}
        self.parameters: dict[int, dict[str, str]] = {}
        self.given = frozenset(_given(module, dialect))
        """Functions whose first parameter is a router, whatever it is called."""
        self.typed: set[str] = set()
        """Functions that are surely given a router: by the type of the parameter, or by what they are handed to."""
        self.named: dict[tuple[int, int, str], str] = {}
        """(function, class, name) to symbol; the class is -1 but for ``this.name``."""
        for item in sorted(module.assignments, key=lambda item: exported_name(item.target) is not None):
            self._assigned(item)
        self._returned()
        self._chained()
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
            self.found[symbol] = Router(symbol=symbol, framework=self.dialect.name, line=line)
        return symbol

    def add_prefix(self, symbol: str, prefix: Value, line: int) -> None:
        """A prefix that a router is given after it was made."""
        self.use(symbol, line)
        if symbol in self.found:
            known = self.found[symbol]
            self.found[symbol] = replace(known, prefix=(*known.prefix, *prefix))

    def add_guard(self, symbol: str, guard: str, line: int) -> None:
        """What stands before everything of a router."""
        self.use(symbol, line)
        if guard and symbol in self.found:
            known = self.found[symbol]
            self.found[symbol] = replace(known, guards=(*known.guards, guard))

    def function_symbol(self, function: int) -> str:
        """The name under which a function that is given a router, or makes one, is called; ``""`` without a name."""
        item = self.module.functions[function]
        if item.owner != -1 and item.name == "constructor":
            return self.module.classes[item.owner].name
        if ANONYMOUS not in item.qualname:
            return item.qualname
        return f"{item.qualname}@{function}" if function in self.given else ""

    def creation(self, expr: Expr | None) -> Call | None:
        """The call of ``express()`` or ``Router()`` that an expression is, or that its chain of calls starts with."""
        while isinstance(expr, Call):
            origin = self.names.origin(expr.callee).removeprefix("this.")
            if origin in self.dialect.applications or origin in self.dialect.routers:
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
            further = self.continued(item.value, item.function, item.owner)
            if further:
                self.named.setdefault(place, further)
            return
        symbol = self.created.get(id(made)) or self._symbol(item)
        self.created[id(made)] = symbol
        self.named[place] = symbol
        root = self.names.origin(made.callee) in self.dialect.applications
        self.found.setdefault(symbol, self._router(symbol, item.line, root, made))

    def _router(self, symbol: str, line: int, root: bool = False, made: Call | None = None) -> Router:
        values = (option(made, key) for key in self.dialect.prefixes) if made else ()
        prefix = next((value_of(value) for value in values if value is not None), ())
        return Router(symbol=symbol, framework=self.dialect.name, line=line, root=root, prefix=prefix)

    def continued(self, expr: Expr | None, function: int, owner: int) -> str | None:
        """The router that a chain of calls which give it back begins with: ``fastify.withTypeProvider()``."""
        while isinstance(expr, Call) and expr.last in self.dialect.chained:
            if isinstance(expr.callee, Name):
                return self.lookup(expr.callee.dotted.rpartition(".")[0], function, owner)
            expr = expr.callee.value if isinstance(expr.callee, Attribute) else None
        return None

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
            if function in self.given and listed:
                self.parameters[function][listed[0].name] = SURE
        kind = self.parameters[function].get(name)
        if kind is None or not self._is_router(name, kind):
            return None
        symbol = self.function_symbol(function)
        if kind and kind != "any":
            self.typed.add(symbol)
        return symbol or None

    def _is_router(self, name: str, kind: str) -> bool:
        if kind == SURE:
            return True
        if kind and kind != "any":
            return kind.rpartition(".")[2] in self.dialect.types
        return name in self.dialect.usual and not self.foreign

    def _inherited(self, name: str, owner: int) -> str | None:
        """``this.router`` of a class whose base class makes it."""
        if owner == -1 or name not in self.dialect.fields or not self.module.classes[owner].bases:
            return None
        return f"{self.module.classes[owner].name}.{name.removeprefix('this.')}"

    def imported(self, name: str) -> str | None:
        """An application or router of another file, by its usual name."""
        usual = name in self.dialect.usual and not self.foreign
        known = name in self.names.imports or name in self.results
        return name if usual and known and self.names.is_own(name) else None

    def _chained(self) -> None:
        """What is made only to be called on: ``express().use(...).listen(3000)``."""
        begun = {id(call.callee.value) for call in self.module.calls if isinstance(call.callee, Attribute)}
        for call in self.module.calls:
            if id(call) in begun and id(call) not in self.created and self.creation(call) is call:
                symbol = f"{call.last}@{call.line}"
                root = self.names.origin(call.callee) in self.dialect.applications
                self.created[id(call)] = symbol
                self.found.setdefault(symbol, self._router(symbol, call.line, root, call))

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
                    self.found.setdefault(symbol, self._router(symbol, item.line, made=made))
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
        self.mounts.append(Mount(parent=symbol, child=router, framework=self.dialect.name, line=line))

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
