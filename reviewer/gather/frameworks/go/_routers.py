"""Which value of a Go file is which router: variables, fields, parameters, and what functions give back."""

from __future__ import annotations

import re
from functools import cached_property

from reviewer.gather.expressions import inside
from reviewer.gather.frameworks.go._dialects import GENERIC
from reviewer.gather.frameworks.go._names import GoNames
from reviewer.gather.frameworks.go._symbols import NET_HTTP, Symbols
from reviewer.gather.syntax import Assignment, Attribute, Call, Expr, Items, Lambda, Name, Other, dotted

ROUTER_NAME = re.compile(
    r"\w*(?:router|engine|routergroup|mux|echo|gin|fiber|chi)|(?:http|rest|api|web)?server|(?:api|v\d+|root|base|user|admin|private|"
    r"public|protected)?_?group|app|api|apiv\d|application|g|r|e|v\d|rg|srv",
    re.IGNORECASE,
)
"""What variables and fields that hold a router are called."""
WRAPPER = re.compile(
    r"handler|middleware|wrap|cors|log|recover|gzip|compress|auth|limit|secure|csrf|trac|instrument|proxy|timeout|h2c|session|with",
    re.IGNORECASE,
)
MAKING = re.compile(r"^(?:new|register|set_?up|init|build|run|start|listen)", re.IGNORECASE)
"""What functions begin with that make something else out of the router they are given."""
ERROR_NAME = re.compile(r"_|err|error|\w*Err")
FURTHER = "|"
"""Before the place of a result of a function that is not its first."""
WRAPPED_DEPTH = 3
"""Calls around a router that is given back (``return cors(log(r))``)."""


class Routers(Symbols):
    """What expressions of one file stand for, so far as they are routers."""

    def __init__(self, names: GoNames) -> None:
        super().__init__(names)
        self._declare_fields()

    def group(self, _call: Call, _symbol: str) -> str | None:
        """The router below another one that a call gives, None for other calls."""
        return None

    def variable(self, name: str, function: int) -> str:
        """The symbol of a variable of a function."""
        around = self.function_name(function)
        if function != -1 and "<lambda>" not in around and self._returned.get(function) == name:
            return f"{around}()"
        return f"{around}.{name}" if around else name

    def assign(self, item: Assignment) -> None:
        """A variable or field that is given a router."""
        if (item.owner != -1 and item.function == -1) or ERROR_NAME.fullmatch(item.target):
            return
        symbol = self.field(item.target, item.function)
        maker = self.maker_of(item.value)
        if maker is not None and isinstance(item.value, Call):
            target = symbol or self.variable(item.target, item.function)
            if not symbol:
                target = self.unused(target)
                self.held[item.function, item.target] = target
            self.made[id(item.value)] = self.declare(target, maker, item.line, root=True)
            return
        known = self.of(item.value, item.function, "" if symbol else self.variable(item.target, item.function))
        known = known or self._further_result(item)
        if known is None:
            return
        if symbol:
            self.mount(known, symbol, (), item.line)
            self.kinds.setdefault(symbol, self.kinds.get(known, NET_HTTP))
        elif "." not in item.target:
            self.held[item.function, item.target] = known

    def _further_result(self, item: Assignment) -> str | None:
        """``engine, api := router.New()``: what a function gives back behind its first result."""
        made = item.value.operands[0] if isinstance(item.value, Other) and item.value.kind == "result" else None
        if not (isinstance(made, Call) and isinstance(item.value, Other) and isinstance(made.callee, Name)):
            return None
        imported = self.look.is_imported(made.name)
        name = made.name if imported else self.names.known(made.name, item.function)
        known = None if imported else self.names.functions.get(name)
        likely = ROUTER_NAME.fullmatch(item.target) or f"{item.target}.Group(" in self.module.text
        if known is None and not (likely and imported):
            return None
        symbol = f"{name}(){FURTHER}{item.value.operator}"
        results = known.returns.strip("()").split(",") if known else []
        place = int(item.value.operator) if item.value.operator.isdigit() else 0
        dialect = self.dialect_of_type(results[place].strip().rpartition(" ")[2]) if place < len(results) else GENERIC
        if dialect is None:
            return None
        self.kinds.setdefault(symbol, dialect)
        return symbol

    def field(self, dotted_name: str, function: int) -> str:
        """The symbol of a struct's field that may hold a router, ``""`` for a plain variable."""
        head, _, rest = dotted_name.partition(".")
        if not rest or head in self.dialects:
            return ""
        kind = self.names.type_of_variable(head, function)
        return f"{kind}.{rest}" if kind else ""

    def of(self, expr: Expr | None, function: int, symbol: str = "") -> str | None:
        """The router that an expression is, None for none. ``symbol`` is the name for one that it makes."""
        if isinstance(expr, Name):
            return self._named(expr, function)
        if isinstance(expr, Call):
            if id(expr) in self.made:
                return self.made[id(expr)]
            maker = self.maker_of(expr)
            if maker is not None:
                name = self.unused(symbol or f"{self.function_name(function)}@{expr.line}")
                self.made[id(expr)] = self.declare(name, maker, expr.line, root=True)
                return name
            return self.group(expr, symbol) or self._given_back(expr, function)
        return None

    def _named(self, expr: Name, function: int) -> str | None:
        name = expr.dotted
        for index in [*(item.index for item in self.look.around(function)), -1]:
            known = self.held.get((index, name))
            if known:
                return known
            given = self._parameter(name, index)
            if given:
                return given
        package = self.dialects.get(name)
        if package is not None and package.default_package:
            return self.declare(name, package, expr.line, root=True)
        if name == "http.DefaultServeMux":
            return self.declare("http", NET_HTTP, expr.line, root=True)
        return self._field_of(name, function)

    def _parameter(self, name: str, function: int) -> str | None:
        """A parameter that is a router: its place among those of the function."""
        if function == -1:
            return None
        item = self.module.functions[function]
        for place, parameter in enumerate(item.parameters):
            if parameter.name != name:
                continue
            dialect = self.dialect_of_type(parameter.type)
            called = self._closures.get(function, "") if "<lambda>" in item.qualname else item.qualname
            return self.declare(f"{called}#{place}", dialect, item.line) if dialect and called else None
        return None

    @cached_property
    def _closures(self) -> dict[int, str]:
        """How closures are called: by their variable, or as what the function around them gives back."""
        found = {item.value.function: item.target for item in self.module.assignments if isinstance(item.value, Lambda)}
        for item in self.module.returns:
            value = self.look.value(item.value, item.function)
            if isinstance(value, Lambda) and item.function != -1:
                around = self.module.functions[item.function].qualname
                if "<lambda>" not in around:
                    found[value.function] = f"{around}()"
        return found

    def _field_of(self, name: str, function: int) -> str | None:
        """``s.router`` in a method of ``Server``; ``s`` itself where a router is embedded in its type."""
        symbol = self.field(name, function)
        if symbol in self.kinds:
            return symbol
        kind = self.names.type_of_variable(name, function) if "." not in name else symbol
        for embedded in self._embedded.get(kind, ()):
            return embedded
        if symbol and self.dialect_of_type(self.names.fields.get(symbol, "")) is not None:
            return symbol
        return None

    @cached_property
    def _embedded(self) -> dict[str, list[str]]:
        """The embedded routers of each struct of this file."""
        found: dict[str, list[str]] = {}
        for owner in self.module.classes:
            for base in owner.bases:
                dialect = self.dialect_of_type(dotted(base))
                if dialect is not None:
                    symbol = f"{owner.name}.{dotted(base).rpartition('.')[2]}"
                    found.setdefault(owner.name, []).append(self.declare(symbol, dialect, owner.line))
        return found

    def _declare_fields(self) -> None:
        """Struct fields of a router's type, which any file of the package may use."""
        for name, kind in self.names.fields.items():
            dialect = self.dialect_of_type(kind)
            if dialect is not None:
                line = next((item.line for item in self.module.classes if item.name == name.partition(".")[0]), 1)
                self.declare(name, dialect, line)
        for item in self.module.assignments:
            if item.function == item.owner == -1 and item.value is None:
                dialect = self.dialect_of_type(item.type)
                if dialect is not None:
                    self.held[-1, item.target] = self.declare(item.target, dialect, item.line)

    @cached_property
    def _returned(self) -> dict[int, str]:
        """The variable that each function gives back first, where it holds a router or may."""
        found: dict[int, str] = {}
        made = {(item.function, item.target) for item in self.module.assignments if self.maker_of(item.value)}
        for item in self.module.returns:
            first = item.value.values[0] if isinstance(item.value, Items) and item.value.values else item.value
            for name in (part.dotted for part in inside(first) if isinstance(part, Name)):
                if (item.function, name) in made:
                    found.setdefault(item.function, name)
                    break
        return found

    def _given_back(self, call: Call, function: int) -> str | None:
        """What a function gives back that is known to give a router: by its declared result, or in this file."""
        if not isinstance(call.callee, Name) or call.new:
            return self._around(call, function)
        known = self.names.functions.get(self.names.known(call.name, function))
        if known is not None:
            dialect = self.dialect_of_type(known.returns.strip("()").partition(",")[0])
            symbol = f"{known.qualname}()"
            if dialect is not None or symbol in self.kinds or known.index in self._returned:
                self.kinds.setdefault(symbol, dialect or NET_HTTP)
                return symbol
        return self._around(call, function)

    def _around(self, call: Call, function: int, depth: int = 0) -> str | None:
        """A router that is wrapped in middleware: ``handlers.CORS(opts)(r)``, ``c.Handler(mux)``."""
        wraps = isinstance(call.callee, Call) or (WRAPPER.search(call.last) and not MAKING.match(call.last))
        if depth >= WRAPPED_DEPTH or call.new or not wraps:
            return None
        for arg in call.args:
            if isinstance(arg, Name) and (held := self._held(arg, function)):
                return held
            if isinstance(arg, Call) and (held := self._around(arg, function, depth + 1)):
                return held
        return None

    def likely(self, expr: Expr, function: int) -> str | None:
        """What may be a router by its name, and comes from a function or a struct of elsewhere."""
        if not isinstance(expr, Name) or not ROUTER_NAME.fullmatch(expr.dotted.rpartition(".")[2]):
            return None
        kind = self.names.known(expr.dotted, function)
        if kind == expr.dotted or not (kind.endswith("()") or "." in expr.dotted):
            return None
        self.kinds.setdefault(kind, GENERIC)
        return kind

    def _held(self, expr: Name, function: int) -> str | None:
        found = self._named(expr, function)
        return found if found is not None and found not in self.dialects else None

    def returned(self, expr: Expr, function: int, line: int) -> None:
        """A function that gives a router back stands for it."""
        if function == -1 or "<lambda>" in self.module.functions[function].qualname:
            return
        for place, further in enumerate(expr.values[1:], 1) if isinstance(expr, Items) else ():
            symbol = f"{self.module.functions[function].qualname}(){FURTHER}{place}"
            held = self.of(further, function, symbol) if isinstance(further, (Name, Call)) else None
            if held is not None and held in self.found:
                self.mount(held, self.declare(symbol, self.kinds.get(held, NET_HTTP), line), (), line)
        first = expr.values[0] if isinstance(expr, Items) and expr.values else expr
        symbol = f"{self.module.functions[function].qualname}()"
        router = self.of(first, function, symbol) if not isinstance(first, Items) else None
        if router is None or router == symbol or isinstance(first, Attribute):
            return
        made, own = self.found.get(router), self.found.get(symbol)
        if own is not None and own.root:
            return
        self.declare(symbol, self.kinds.get(router, NET_HTTP), line)
        if made is not None and made.root:
            self.mount(symbol, router, (), line)
        else:
            self.mount(router, symbol, (), line)
