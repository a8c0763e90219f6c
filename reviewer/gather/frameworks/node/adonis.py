"""AdonisJS: routes, resources, and groups whose prefix and middleware follow them in the chain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.gather.data.orm._models import snake_case
from reviewer.gather.expressions import chain, root
from reviewer.gather.languages.node._names import Names
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Attribute, Call, Expr, Items, Lambda, Mapping, Module, Name, dotted, plain, value_of
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Place, Value

if TYPE_CHECKING:
    from reviewer.gather.index import Index

NAME = "AdonisJS"
ROUTERS = frozenset(
    {"@ioc:Adonis/Core/Route", "@adonisjs/core/services/router", "use(Route)", "@adonisjs/framework/src/Route/Manager"}
)
NAMES = frozenset({"Route", "router"})
VERBS = {verb: verb.upper() for verb in ("get", "post", "put", "patch", "delete")} | {"any": "ANY", "destroy": "DELETE"}
RESOURCES = frozenset({"resource", "shallowResource"})
ACTIONS = (
    ("index", "GET", ""),
    ("create", "GET", "/create"),
    ("store", "POST", ""),
    ("show", "GET", "/{id}"),
    ("edit", "GET", "/{id}/edit"),
    ("update", "PUT", "/{id}"),
    ("update", "PATCH", "/{id}"),
    ("destroy", "DELETE", "/{id}"),
)
PAGES = frozenset({"create", "edit"})
MIDDLEWARE = frozenset({"middleware", "use"})
DEPTH = 20
MARK = "donis"


@dataclass(frozen=True, slots=True)
class _Chain:
    """What follows a route or group: its prefix, its middleware, the actions of a resource that stay."""

    prefix: Value = ()
    guards: tuple[str, ...] = ()
    api_only: bool = False
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


def read(module: Module, kept: Kept) -> None:
    """Keeps the routes of a file of routes."""
    if MARK not in module.text and "use('Route')" not in module.text:
        return
    names = Names(module)
    if not any(_is_router(names, call) for call in module.calls):
        return
    outer = _outermost(module)
    groups = {
        arg.function: _follows(outer.get(id(call), call))
        for call in module.calls
        if call.last == "group" and _is_router(names, call)
        for arg in call.args
        if isinstance(arg, Lambda)
    }
    kept.routers.append(Router(symbol=NAME, framework=NAME, line=1, root=True))
    for call in module.calls:
        if not _is_router(names, call) or not call.args:
            continue
        around = [groups[index] for index in _around(module, call.function) if index in groups]
        own = _follows(outer.get(id(call), call))
        if call.last in VERBS and len(call.args) > 1:
            handler = _handler(call.args[1])
            _keep(kept, call, VERBS[call.last], value_of(call.args[0]), handler, [own, *around])
        elif call.last in RESOURCES and len(call.args) > 1:
            _resource(kept, call, own, around)
        elif call.last == "on" and plain(call.args[0]):
            _keep(kept, call, "GET", value_of(call.args[0]), "", [own, *around], page=True)


def _is_router(names: Names, call: Call) -> bool:
    head = call.name.rpartition(".")[0]
    if head not in NAMES:
        return False
    made = names.values.get(head)
    required = isinstance(made, Call) and made.last == "use" and bool(made.args) and plain(made.args[0]) == "Route"
    return required or names.origin(head) in ROUTERS


def _outermost(module: Module) -> dict[int, Call]:
    """The last call of the chain that begins with each call."""
    found: dict[int, Call] = {}
    for call in module.calls:
        base = root(call)
        if isinstance(base, Call) and len(chain(call)) > len(chain(found.get(id(base), base))):
            found[id(base)] = call
        elif isinstance(base, Name):
            first = _first(call)
            if first is not None and len(chain(call)) >= len(chain(found.get(id(first), first))):
                found[id(first)] = call
    return found


def _first(call: Call) -> Call | None:
    """The call on a plain name that a chain begins with."""
    current: Expr = call
    for _ in range(DEPTH):
        if isinstance(current, Call) and isinstance(current.callee, Name):
            return current
        inner = current.callee if isinstance(current, Call) else current
        current = inner.value if isinstance(inner, Attribute) else inner
    return None


def _follows(call: Call) -> _Chain:
    prefix: Value = ()
    guards: list[str] = []
    lists: dict[str, tuple[str, ...]] = {}
    api_only = False
    current: Expr = call
    for _ in range(DEPTH):
        if not isinstance(current, Call):
            break
        if current.last == "prefix" and current.args:
            prefix = value_of(current.args[0])
        elif current.last in MIDDLEWARE:
            guards.extend(_guards(current))
        elif current.last in ("only", "except") and current.args:
            lists[current.last] = tuple(_texts(current.args[0]))
        api_only = api_only or current.last == "apiOnly"
        current = current.callee.value if isinstance(current.callee, Attribute) else current.callee
    return _Chain(prefix, tuple(guards), api_only, lists.get("only", ()), lists.get("except", ()))


def _texts(expr: Expr) -> Iterator[str]:
    for item in expr.values if isinstance(expr, Items) else (expr,):
        if text := plain(item):
            yield text


def _guards(call: Call) -> Iterator[str]:
    for arg in call.args:
        listed = [value for _, value in arg.pairs] if isinstance(arg, Mapping) else [arg]
        for item in (part for value in listed for part in (value.values if isinstance(value, Items) else (value,))):
            text = plain(item) or dotted(item.callee if isinstance(item, Call) else item)
            if text:
                yield text


def _around(module: Module, function: int) -> Iterator[int]:
    for _ in range(DEPTH):
        if function == -1:
            return
        yield function
        function = module.functions[function].parent


def _resource(kept: Kept, call: Call, own: _Chain, around: list[_Chain]) -> None:
    """``resource("posts.comments", controller)`` with what ``apiOnly``, ``only`` and ``except`` leave."""
    *parents, last = (plain(call.args[0]) or "").strip("/").split(".")
    above = "".join(f"/{name}/{{{name.rstrip('s')}_id}}" for name in parents)
    for action, method, suffix in ACTIONS:
        left = (not own.only or action in own.only) and action not in own.without
        if left and not (own.api_only and action in PAGES):
            path = (f"{above}/{last}{suffix}",)
            handler = _handler(call.args[1], action)
            _keep(kept, call, method, path, handler, [own, *around], page=action in PAGES)


def _keep(
    kept: Kept, call: Call, method: str, path: Value, handler: str, around: list[_Chain], page: bool = False
) -> None:
    prefix: Value = ()
    for item in around:
        prefix = (*_slashed(item.prefix), *prefix) if item.prefix else prefix
    kept.routes.append(
        Route(
            router=NAME,
            framework=NAME,
            methods=(method,),
            path=(*prefix, *_slashed(path)),
            line=call.line,
            end_line=call.end_line,
            handler=handler,
            page=page,
            guards=tuple(guard for item in reversed(around) for guard in item.guards),
        )
    )


def _slashed(value: Value) -> Value:
    return value if value and isinstance(value[0], str) and value[0].startswith("/") else ("/", *value)


def _handler(expr: Expr, action: str = "") -> str:
    """``"UsersController.index"`` and ``[UsersController, "index"]``."""
    if isinstance(expr, Items) and expr.values:
        name = dotted(expr.values[0])
        given = plain(expr.values[1]) if len(expr.values) > 1 else action
        return f"{name}.{given or 'handle'}" if name else ""
    text = plain(expr) or ""
    if text:
        return f"{text.rpartition('/')[2]}.{action}" if action else text.rpartition("/")[2]
    name = dotted(expr)
    return f"{name}.{action}" if name and action else name


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """The route's own method, with the controller that the framework finds by its name."""
    owner, _, action = route.handler.partition(".")
    place = None
    for other in _files_of(index, owner) if action else ():
        found = index.function(other, f"{owner}.{action}") or index.function(other, f"default.{action}")
        if found is not None:
            place = Place(path=found[0], line=found[1].line, end_line=found[1].end_line)
            break
    del path
    return [Expansion(method=method, place=place) for method in route.methods]


def _files_of(index: Index, owner: str) -> Iterator[str]:
    """The files that a controller's name means: ``PostsController.ts`` and ``posts_controller.ts``."""
    stems = (owner, snake_case(owner))
    for other in index.files:
        if other.rpartition("/")[2].partition(".")[0] in stems:
            yield other


FRAMEWORK = Framework(
    name=NAME,
    languages=("JavaScript", "TypeScript"),
    read=read,
    packages=("@adonisjs/core", "@adonisjs/framework"),
    expand=expand,
    decides=True,
)
