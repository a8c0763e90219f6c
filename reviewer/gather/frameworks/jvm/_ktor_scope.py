"""What stands around a Ktor route: prefixes, guards, and the function or application that it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewer.gather.expressions import last
from reviewer.gather.frameworks.jvm._lambdas import Lambdas
from reviewer.gather.frameworks.jvm._nested_paths import below
from reviewer.gather.look import look_at, words
from reviewer.gather.syntax import Call, Expr, Function, Items, Lambda, Module, Name, Text, dotted, plain, value_of
from reviewer.model.facts.values import Ref, Value

ROUTE_TYPES = words("Route Routing RoutingBuilder RootRoute NormalOpenAPIRoute Routing.() RoutingRoot")
"""Types whose functions declare routes."""
ROOTS = words("routing routingRoot apiRouting")
HANDLING = words("get post put patch delete head options handle webSocket webSocketRaw sse intercept")
OWN_VERB = re.compile(r"(?:[a-z]\w{0,40}(Get|Post|Put|Patch|Delete)|(get|post|put|patch|delete)[A-Z]\w{0,40})\Z")
"""What a project calls its own verbs (``handleGet``, ``getAuthorized``)."""
METHODS = re.compile(r"HttpMethod\.(Get|Post|Put|Patch|Delete|Head|Options)")
TRANSPARENT = words(
    "with run apply also let forEach repeat route install method accept contentType header param host port"
)
BUILDS = re.compile(r"\b(?:Route|Routing)\.\(")
OPTIONAL = re.compile(r"\{(\w{1,60})(?:\?|\.\.\.)\}")
TAIL = re.compile(r"\{\.\.\.\}")


@dataclass(frozen=True, slots=True)
class Scope:
    """The place of a route. ``handling`` says that it lies in a handler; ``holder`` is the object of a ``with``."""

    symbol: str
    root: bool
    line: int
    prefix: Value = ()
    guards: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    handling: bool = False
    holder: str = ""

    def own(self, name: str) -> str:
        """The full name of a function that is called without a receiver."""
        return f"{self.holder}.{name}" if self.holder else name


class Scopes:
    """The routing blocks of one module."""

    def __init__(self, module: Module, lambdas: Lambdas) -> None:
        self.module, self.lambdas = module, lambdas
        self.look = look_at(module)
        self.routing = {item.index for item in module.functions if _extends_route(item)}
        """Functions that declare routes on what they extend or are given."""
        self.any = bool(self.routing) or any(_is_root(call) for call in module.calls)

    def at(self, call: Call, receiver: str) -> Scope | None:
        """The scope of a call, None where no routes are declared.

        Args:
            receiver: what it is called on, ``""`` for the block's own ``this``.
        """
        around = list(self.lambdas.around(call.function))
        root = next((place for place, outer in enumerate(around) if _is_root(outer)), None)
        named = self.lambdas.named(call.function)
        if root is None and named not in self.routing:
            return None
        if receiver and not self._is_route(receiver, named):
            return None
        inner = around if root is None else around[:root]
        function = self.module.functions[named] if named >= 0 else None
        symbol = function.qualname if function is not None else "routing"
        line = function.line if function is not None else 0
        if root is not None and (function is None or named in self.routing):
            symbol = f"{symbol}@{around[root].line}"
        return self._scope(inner, symbol, root is not None, line)

    def _scope(self, inner: list[Call], symbol: str, root: bool, line: int) -> Scope:
        prefix: Value = ()
        guards: list[str] = []
        methods: tuple[str, ...] = ()
        holder = ""
        for outer in reversed(inner):
            if outer.last in ("route", "createRouteFromPath", "url", "rootPath"):
                prefix = below(prefix, path_value(outer.args[0] if outer.args else outer.keywords.get("path")))
            elif outer.last in ("with", "run", "apply") and not holder:
                holder = self._held(outer)
            elif outer.last not in TRANSPARENT and outer.last not in HANDLING:
                guards.append(guard_of(outer))
            methods = _methods(outer) or methods
        return Scope(
            symbol=symbol,
            root=root,
            line=line,
            prefix=prefix,
            guards=tuple(guards),
            methods=methods,
            handling=any(outer.last in HANDLING or OWN_VERB.match(outer.last) for outer in inner),
            holder=holder,
        )

    def _held(self, call: Call) -> str:
        """The class of the object that a block runs on: ``with(users) { routes() }``, ``users.run { routes() }``."""
        first = call.args[0] if call.args else None
        if call.last == "with":
            name = dotted(first) or (first.name if isinstance(first, Call) else "")
        else:
            name = call.name.rpartition(".")[0]
        return self.class_of(name, call.function) if name not in ("", "this") else ""

    def class_of(self, name: str, function: int) -> str:
        """The class of a variable, parameter or field where the file tells it; else the name itself."""
        if not name or name[:1].isupper():
            return name
        for item in self.look.around(function):
            for parameter in item.parameters:
                if parameter.name == name and parameter.type:
                    return parameter.type.partition("<")[0].strip("?")
        for given in (*self.look.assigned(name, function), *self.look.assigned(name, -1)):
            found = given.type.partition("<")[0].strip("?") or _made(given.value)
            if found:
                return found
        return name

    def is_wrapper(self, call: Call, path: Expr | None) -> bool:
        """Whether a route only hands on the path and the handler of the function around it."""
        named = self.lambdas.named(call.function)
        if named < 0 or not isinstance(path, Name):
            return False
        parameters = self.module.functions[named].parameters
        return any(p.name == path.dotted for p in parameters) and any("->" in p.type for p in parameters)

    def _is_route(self, receiver: str, function: int) -> bool:
        if receiver in ("this", "routing", "route", "rootRoute"):
            return True
        items = self.look.around(function)
        return any(p.name == receiver and p.type in ROUTE_TYPES for item in items for p in item.parameters)


def _made(value: Expr | None) -> str:
    """The class behind ``Users()``, ``by inject<Users>()`` and ``get<Users>()``."""
    if not isinstance(value, Call):
        return ""
    if value.new:
        return value.name
    types = value.keywords.get("<>")
    return dotted(types.values[0]) if isinstance(types, Items) and types.values else ""


def _extends_route(item: Function) -> bool:
    """``fun Route.users()`` and ``fun users(route: Route)``; what is given a block to build is a wrapper, no router."""
    if any(BUILDS.search(p.type) for p in item.parameters):
        return False
    return any(p.type in ROUTE_TYPES for p in item.parameters)


def _is_root(call: Call) -> bool:
    """``routing { }``, ``install(Routing) { }``."""
    if not any(isinstance(arg, Lambda) for arg in call.args):
        return False
    name = call.last
    if name in ROOTS:
        return True
    return name == "install" and bool(call.args) and last(dotted(call.args[0])) in ("Routing", "RoutingRoot")


def _methods(call: Call) -> tuple[str, ...]:
    """``route("/x", HttpMethod.Get) { }`` and ``method(HttpMethod.Get) { }``."""
    if call.last not in ("route", "method"):
        return ()
    named = [*call.args, *call.keywords.values()]
    found = (METHODS.search(dotted(item)) for item in named if isinstance(item, Name))
    return tuple(match[1].upper() for match in found if match)


def guard_of(call: Call) -> str:
    """A block around routes, as written: ``authenticate jwt``, ``authenticate jwt optional``."""
    names = [text for arg in call.args if (text := plain(arg) or dotted(arg))]
    optional = call.keywords.get("optional")
    extra = ["optional"] if optional is not None and getattr(optional, "text", "") == "true" else []
    return " ".join([call.last, *names[:3], *extra])


def path_value(expr: Expr | None) -> Value:
    """A path with Ktor's optional and tail parameters, and those whose name is put in, as plain ones."""
    if expr is None or not isinstance(expr, (Text, Name)):
        return ()
    found: list[str | Ref] = []
    parts = list(value_of(expr))
    for place, part in enumerate(parts):
        before = parts[place - 1] if place else ""
        after = parts[place + 1] if place + 1 < len(parts) else ""
        if not isinstance(part, str):
            named = isinstance(before, str) and before.endswith("{") and isinstance(after, str)
            found.append("name" if named else part)
        else:
            found.append(part)
    text: list[str | Ref] = []
    for item in found:
        if isinstance(item, str) and text and isinstance(text[-1], str):
            text[-1] += item
        else:
            text.append(item)
    return tuple(TAIL.sub("{rest}", OPTIONAL.sub(r"{\1}", part)) if isinstance(part, str) else part for part in text)
