"""Spring's functional routes: ``RouterFunctions.route()``, predicates and the Kotlin DSL, with what nests them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from reviewer.gather.frameworks.jvm._annotations import path_of
from reviewer.gather.frameworks.jvm._nested_paths import below
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Attribute, Call, Class, Expr, Lambda, Module, Name, Text, plain, walk
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Value

FUNCTIONAL = (
    "org.springframework.web.reactive.function.server",
    "org.springframework.web.servlet.function",
)
VERBS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
NESTING = frozenset({"nest", "path", "andNest"})
CLIMB_LIMIT = 20
INSIDE_LIMIT = 2000
PATH = "path"


def read_functional(module: Module, kept: Kept, framework: str) -> None:
    """Keeps the functional routes of a file, on one router."""
    if not module.imported(*FUNCTIONAL):
        return
    routes = list(_routes(module, framework))
    if routes:
        kept.routers.append(Router(symbol=routes[0].router, framework=framework, line=routes[0].line))
        kept.routes.extend(routes)


def _routes(module: Module, framework: str) -> Iterator[Route]:
    nested = _Nesting(module)
    for call in module.calls:
        if call.last not in VERBS or _is_client(call):
            continue
        first = call.args[0] if call.args else None
        owner = module.classes[call.owner] if 0 <= call.owner < len(module.classes) else None
        own = path_of(module, owner, first) if isinstance(first, (Text, Name)) and not _is_handler(first) else ()
        yield Route(
            router="routerFunction",
            framework=framework,
            methods=(call.last,),
            path=below(nested.prefix(call, owner), own),
            line=call.line,
            end_line=call.end_line,
            handler=_handler(module, call, nested),
        )


def _is_client(call: Call) -> bool:
    """``HttpMethod.GET`` is no call; a constructor of that name is none of ours."""
    return call.new


def _is_handler(expr: Expr) -> bool:
    return isinstance(expr, Name) and "." in expr.dotted and expr.dotted.rpartition(".")[2][:1].islower()


class _Nesting:
    """What stands around each call: ``nest(path("/x"), ...)``, ``path("/x", b -> ...)`` and ``"/x".nest { }``."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.inside: dict[int, Call] = {}
        self.lambdas: dict[int, Call] = {}
        self.routed: dict[int, Call] = {}
        for call in module.calls:
            if call.last in NESTING:
                self._add(call)
            elif call.last in ("route", "andRoute") and len(call.args) > 1:
                for part in walk(call.args[0]):
                    self.routed.setdefault(id(part), call)

    def _add(self, call: Call) -> None:
        for arg in call.args:
            if isinstance(arg, Lambda):
                self.lambdas[arg.function] = call
            elif call.last != PATH:
                for count, part in enumerate(walk(arg)):
                    if count > INSIDE_LIMIT:
                        break
                    if isinstance(part, Call):
                        self.inside[id(part)] = call

    def prefix(self, call: Call, owner: Class | None) -> Value:
        """The prefixes around a call, outermost first."""
        found: list[Value] = []
        around: Call | None = call
        function = call.function
        for _ in range(CLIMB_LIMIT):
            nest = self.inside.get(id(around)) if around is not None else None
            if nest is None and function != -1:
                nest = self.lambdas.get(function)
                if nest is None:
                    function, around = self.module.functions[function].parent, None
                    continue
            if nest is None or nest is around:
                break
            found.append(_path(self.module, owner, nest))
            around, function = nest, nest.function
        prefix: Value = ()
        for value in reversed(found):
            prefix = below(prefix, value)
        return prefix


def _path(module: Module, owner: Class | None, nest: Call) -> Value:
    """The path of what nests: its first argument, the ``path`` predicate in it, or the text that it is called on."""
    callee = nest.callee
    if isinstance(callee, Attribute) and isinstance(callee.value, Text):
        return path_of(module, owner, callee.value)
    if isinstance(callee, Attribute) and nest.last == "nest":
        for part in islice(walk(callee.value), INSIDE_LIMIT):
            if isinstance(part, Text) and (plain(part) or "").startswith("/"):
                return path_of(module, owner, part)
    for arg in nest.args[:1]:
        if isinstance(arg, (Text, Name)):
            return path_of(module, owner, arg)
        for part in walk(arg):
            if isinstance(part, Call) and part.last in (PATH, "pathPrefix") and part.args:
                return path_of(module, owner, part.args[0])
    return ()


def _handler(module: Module, call: Call, nested: _Nesting) -> str:
    """``UserHandler.list`` of ``handler::list``: the last argument, or that of the ``route`` around."""
    around = nested.routed.get(id(call))
    args = (around or call).args
    last = args[-1] if len(args) > 1 or around or (args and _is_handler(args[0])) else None
    if not isinstance(last, Name) or "." not in last.dotted:
        return ""
    head, _, method = last.dotted.removeprefix("this.").rpartition(".")
    if not head:
        return f"{module.classes[call.owner].name}.{method}" if call.owner != -1 else method
    return f"{type_of(module, call.function, head)}.{method}"


def type_of(module: Module, function: int, name: str) -> str:
    """The class of a parameter, variable or field, without its arguments; the name itself where nothing declares it."""
    for item in module.assignments:
        if item.target == name and item.function == function != -1:
            made = item.value.last if isinstance(item.value, Call) else ""
            kind = item.type if item.type not in ("", "var", "val") else made if made[:1].isupper() else ""
            if kind:
                return kind.partition("<")[0]
    for _ in range(CLIMB_LIMIT):
        if not 0 <= function < len(module.functions):
            break
        around = module.functions[function]
        for parameter in around.parameters:
            if parameter.name == name and parameter.type:
                return parameter.type.partition("<")[0]
        function = around.parent
    for field in module.assignments:
        if field.target == name and field.type and field.function == -1:
            return field.type.partition("<")[0]
    return name
