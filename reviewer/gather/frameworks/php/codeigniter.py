"""CodeIgniter: routes that are declared (the fourth version), and controllers that are found by their path (before)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reviewer.gather.frameworks.php import _dialects
from reviewer.gather.frameworks.php._applications import VERBS
from reviewer.gather.frameworks.php._dialects import dialect_of
from reviewer.gather.frameworks.php._handlers import guard_names
from reviewer.gather.frameworks.php._micro import read_micro
from reviewer.gather.frameworks.php._pages import Pages
from reviewer.gather.frameworks.php._paths import other_paths
from reviewer.gather.index import Index
from reviewer.gather.look import words
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Assignment, Call, Class, Expr, Function, Mapping, Module, dotted, plain
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import Route, Router

NAME = "CodeIgniter"
BASES = words("CI_Controller MY_Controller REST_Controller RestController Rest_Controller REST_controller")
REST = words("REST_Controller RestController Rest_Controller REST_controller")
FOLDER = re.compile(r"(?:^|/)controllers/(.+)\.php\Z", re.IGNORECASE)
FOUND = "<controller>"
"""The router of what is served by the path of its file."""
INDEX = "index"
RESERVED = words("default_controller 404_override translate_uri_dashes")
METHODS = words("get post put patch delete")
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


def read(module: Module, kept: Kept) -> None:
    """Keeps the routes of a CodeIgniter application."""
    if dialect_of(module) is _dialects.CODEIGNITER:
        read_micro(module, kept, _dialects.CODEIGNITER)
        for call in module.calls:
            if call.last == "resource" and call.name.endswith("routes.resource"):
                kept.routes.extend(_resource(call, kept))
    _table(module, kept)
    for owner in module.classes:
        base = next((dotted(item).rpartition(".")[2] for item in owner.bases), "")
        if base in BASES:
            kept.routers.append(Router(symbol=FOUND, framework=NAME, line=owner.line))
            kept.routes.extend(_actions(module, owner, rest=base in REST))


def _resource(call: Call, kept: Kept) -> Iterator[Route]:
    name = (plain(call.args[0]) or "").strip("/") if call.args else ""
    options = next((arg for arg in call.args[1:] if isinstance(arg, Mapping)), None)
    given = plain(options.get("controller")) if options is not None else None
    controller = (given or name.rpartition("/")[2].capitalize()).strip("\\").replace("\\", ".")
    router = next((mount.child for mount in reversed(kept.mounts) if _is_around(mount.child, call)), "default")
    if not any(item.symbol == router for item in kept.routers):
        kept.routers.append(Router(symbol=router, framework=NAME, line=call.line))
    for method, verb, suffix in RESOURCE if name else ():
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


def _table(module: Module, kept: Kept) -> None:
    """``$route['products/(:num)'] = 'catalog/product/$1'``, of the third version."""
    if "default_controller" not in module.text:
        return
    for item in module.assignments:
        for path, method, target in _entries(item):
            for one in other_paths((f"/{path}",)):
                kept.routes.append(
                    Route(
                        router=FOUND,
                        framework=NAME,
                        methods=(method,),
                        path=one,
                        line=item.line,
                        end_line=item.end_line,
                        handler=_target(target),
                    )
                )


def _entries(item: Assignment) -> Iterator[tuple[str, str, str]]:
    """Path, method and target: ``$route['a/b'] = 'c/d'`` and ``$route['a/(:num)']['get'] = 'c/d/$1'``."""
    head, _, path = item.target.partition(".")
    if head != "route" or item.value is None:
        return
    path, _, verb = path.partition(".")
    value: Expr | None = item.value
    for _ in range(2):
        if isinstance(value, Mapping) and len(value.pairs) == 1:
            key = plain(value.pairs[0][0]) or ""
            path, verb = (path, key) if path else (key, verb)
            value = value.pairs[0][1]
    target = plain(value)
    if path and path not in RESERVED and target:
        yield path, VERBS.get(verb.lower(), ANY), target


def _target(target: str) -> str:
    """``Catalog.product`` of ``catalog/product/$1``."""
    parts = [part for part in target.split("/") if part and not part.startswith("$")]
    return (
        f"{parts[-2].capitalize()}.{parts[-1]}"
        if len(parts) > 1
        else f"{parts[0].capitalize()}.{INDEX}"
        if parts
        else ""
    )


def _actions(module: Module, owner: Class, rest: bool) -> Iterator[Route]:
    """Every public method answers below the controller's path; those of REST controllers say their HTTP method."""
    pages = Pages(module)
    for method in module.methods_of(owner):
        if method.name.startswith("_") or not {"private", "protected", "bodyless"}.isdisjoint(method.modifiers):
            continue
        name, _, verb = method.name.rpartition("_") if rest else (method.name, "", "")
        if rest and verb.lower() not in METHODS:
            continue
        yield Route(
            router=FOUND,
            framework=NAME,
            methods=(VERBS[verb.lower()],) if rest else (ANY,),
            path=(_below(name, method),),
            line=method.line,
            end_line=method.end_line,
            handler=f"{owner.name}.{method.name}",
            page=not rest and pages.renders(method.index),
        )


def _below(name: str, method: Function) -> str:
    """The method's name, unless it is the one that a controller has of itself, and the parameters that it must have."""
    required = [f"{{{item.name}}}" for item in method.parameters if item.default is None]
    return "/".join([*([] if name == INDEX and not required else [name]), *required])


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """A found action below the path of its controller; a declared route as it is."""
    if route.generated and index.function(path, route.handler) is None:
        known = index.classes(path, route.handler.rpartition(".")[0])
        return [] if known is not None else [Expansion(method=method) for method in route.methods]
    if route.router != FOUND or not route.handler or _is_table(index, path):
        return [Expansion(method=method) for method in route.methods]
    told = any(facts.kind == "php" and _declares(facts) for facts in index.files.values())
    found = FOLDER.search(path)
    return [Expansion(method=method, implicit=told) for method in route.methods] if found else []


def _declares(facts: FileFacts) -> bool:
    """Whether a file is a table of routes; what is found beside one is left over."""
    routes = facts.routing.routes if facts.routing and not facts.classes else ()
    return any(item.router == FOUND for item in routes)


def settle(index: Index, path: str, router: Router, prefix: str) -> tuple[str, tuple[str, ...]]:  # noqa: ARG001
    """A controller's prefix is the path of its file below the folder of controllers."""
    found = FOLDER.search(path) if router.symbol == FOUND else None
    return (f"/{found[1].lower()}" if found else prefix), ()


def _is_table(index: Index, path: str) -> bool:
    facts = index.files.get(path)
    return facts is not None and not facts.classes


CODEIGNITER = Framework(
    name=NAME,
    languages=("PHP",),
    read=read,
    packages=("codeigniter4/framework", "codeigniter/framework"),
    expand=expand,
    decides=True,
    settle=settle,
)
