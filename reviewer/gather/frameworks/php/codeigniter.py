"""CodeIgniter: routes that are declared (the fourth version), and controllers that are found by their path (before)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewer.gather.frameworks.php import _dialects
from reviewer.gather.frameworks.php._applications import VERBS
from reviewer.gather.frameworks.php._codeigniter_table import (
    FOLDER,
    INDEX,
    METHODS,
    PLAIN,
    REST,
    TABLE,
    expand_table,
    is_routed,
    read_table,
)
from reviewer.gather.frameworks.php._dialects import dialect_of
from reviewer.gather.frameworks.php._handlers import guard_names
from reviewer.gather.frameworks.php._micro import read_micro
from reviewer.gather.frameworks.php._pages import Pages
from reviewer.gather.index import Index
from reviewer.gather.look import words
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Call, Class, Function, Mapping, Module, dotted, plain
from reviewer.model.facts.routing import Route, Router, View

NAME = "CodeIgniter"
BASES = words("CI_Controller MY_Controller") | REST
OWN_BASE = "_Controller"
"""How the base that a project makes for its controllers is called."""
GUARD = "BASEPATH"
"""What every file of an application asks for before anything else."""
FOUND = "<controller>"
"""The router of what is served by the path of its file."""
RESOURCE = (
    ("index", "GET", ""),
    ("new", "GET", "/new"),
    ("create", "POST", ""),
    ("show", "GET", "/{id}"),
    ("edit", "GET", "/{id}/edit"),
    ("update", "PUT", "/{id}"),
    ("update", "PATCH", "/{id}"),
    ("delete", "DELETE", "/{id}"),
)
"""What ``$routes->resource('photos')`` declares: each where the controller has the method."""
ANY = "ANY"
RESPONDING = "this.response"


def read(module: Module, kept: Kept) -> None:
    """Keeps the routes of a CodeIgniter application."""
    if dialect_of(module) is _dialects.CODEIGNITER:
        read_micro(module, kept, _dialects.CODEIGNITER)
        for call in module.calls:
            if call.last == "resource" and call.name.endswith("routes.resource"):
                kept.routes.extend(_resource(call, kept))
    kept.routes.extend(read_table(module, NAME))
    for owner in module.classes:
        base = next((dotted(item).rpartition(".")[2] for item in owner.bases), "")
        if base in BASES or (base.endswith(OWN_BASE) and GUARD in module.text):
            kept.routers.append(Router(symbol=FOUND, framework=NAME, line=owner.line))
            kept.routes.extend(_actions(module, owner, kept, rest=_is_rest(module, owner, base)))


def _is_rest(module: Module, owner: Class, base: str) -> bool:
    """Whether the methods of a controller say their HTTP method; its base may be one of the project's own."""
    if base in PLAIN:
        return base in REST
    named = any(method.name.rpartition("_")[2] in METHODS and "_" in method.name for method in module.methods_of(owner))
    return named and any(call.name == RESPONDING for call in module.calls)


def _resource(call: Call, kept: Kept) -> Iterator[Route]:
    name = (plain(call.args[0]) or "").strip("/") if call.args else ""
    options = next((arg for arg in call.args[1:] if isinstance(arg, Mapping)), None)
    given = plain(options.get("controller")) if options is not None else None
    controller = (given or name.rpartition("/")[2].capitalize()).strip("\\").replace("\\", ".")
    router = next((mount.child for mount in reversed(kept.mounts) if _is_around(mount.child, call)), "default")
    if not any(item.symbol == router for item in kept.routers):
        kept.routers.append(Router(symbol=router, framework=NAME, line=call.line))
    only, without = (guard_names(options.get(key)) if options is not None else () for key in ("only", "except"))
    for method, verb, suffix in RESOURCE if name else ():
        if (only and method not in only) or method in without:
            continue
        yield Route(
            router=router,
            framework=NAME,
            methods=(verb,),
            path=(f"/{name}{suffix}",),
            line=call.line,
            end_line=call.end_line,
            handler=f"{controller}.{method}",
            guards=guard_names(options.get("filter")) if options is not None else (),
            generated=True,
        )


def _is_around(symbol: str, call: Call) -> bool:
    return symbol == f"group@{call.function}"


def _actions(module: Module, owner: Class, kept: Kept, rest: bool) -> Iterator[Route]:
    """Every public method answers below the controller's path; those of REST controllers say their HTTP method."""
    pages = Pages(module)
    for method in module.methods_of(owner):
        if method.name.startswith("_") or not {"private", "protected", "bodyless"}.isdisjoint(method.modifiers):
            continue
        name, _, verb = method.name.rpartition("_") if rest else (method.name, "", "")
        if rest and verb.lower() not in METHODS:
            continue
        page = not rest and pages.shows(method)
        if page:
            kept.views.append(View(symbol=f"{owner.name}.{method.name}", line=method.line, page=True))
        yield Route(
            router=FOUND,
            framework=NAME,
            methods=(VERBS[verb.lower()],) if rest else (ANY,),
            path=(_below(name, method),),
            line=method.line,
            end_line=method.end_line,
            handler=f"{owner.name}.{method.name}",
            page=page,
        )


def _below(name: str, method: Function) -> str:
    """The method's name, unless it is the one that a controller has of itself, and the parameters that it must have."""
    required = [f"{{{item.name}}}" for item in method.parameters if item.default is None]
    return "/".join([*([] if name == INDEX and not required else [name]), *required])


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """A found action below the path of its controller; a declared route as its controller answers it."""
    if route.generated and index.function(path, route.handler) is None:
        known = index.classes(path, route.handler.rpartition(".")[0])
        return [] if known is not None else [Expansion(method=method) for method in route.methods]
    if route.router == TABLE:
        return expand_table(index, route)
    if route.router != FOUND or not route.handler:
        return [Expansion(method=method) for method in route.methods]
    twice = is_routed(index, path, route.handler.rpartition(".")[2])
    return [Expansion(method=method, implicit=twice) for method in route.methods] if FOLDER.search(path) else []


def settle(index: Index, path: str, router: Router, prefix: str) -> tuple[str, tuple[str, ...]]:  # noqa: ARG001
    """A controller's prefix is the path of its file below the folder of controllers."""
    found = FOLDER.search(path) if router.symbol == FOUND else None
    return (f"/{found[1].lower()}" if found else prefix), ()


CODEIGNITER = Framework(
    name=NAME,
    languages=("PHP",),
    read=read,
    packages=("codeigniter4/framework", "codeigniter/framework"),
    expand=expand,
    decides=True,
    settle=settle,
)
