"""Hanami: the routes of its router, with scopes and slices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reviewer.gather.frameworks.ruby._blocks import REST, named_splats
from reviewer.gather.frameworks.ruby._dsl import DEPTH_MOST, VERBS, Blocks, below, block_of, positional
from reviewer.gather.frameworks.ruby._inflect import camelized, singular
from reviewer.gather.look import look_at
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Call, Lambda, Module, dotted, plain
from reviewer.model.facts.routing import Mount, Route, Router
from reviewer.model.facts.values import Value

if TYPE_CHECKING:
    from reviewer.gather.index import Index

NAME = "Hanami"
ROUTES = ("Hanami.Routes", "Hanami.Router")
APPLICATIONS = ("Hanami.Application", "Hanami.App", "Lotus.Application")
RESOURCES = {
    "index": ("GET", ""),
    "new": ("GET", "/new"),
    "create": ("POST", ""),
    "show": ("GET", "/:id"),
    "edit": ("GET", "/:id/edit"),
    "update": ("PATCH", "/:id"),
    "destroy": ("DELETE", "/:id"),
}
"""The actions of ``resources`` of Hanami's first version; ``resource`` has all but the list, and no ids."""
DECLARING = frozenset({*VERBS, "resources", "resource"})
DRAWN, PROJECT = "routes", "Hanami.app"
MARK = "hanami"
HEAD = 600
"""Characters in which a file of routes says whose it is."""


def read(module: Module, kept: Kept) -> None:
    """Keeps the routes of a class of routes, or of a router made in place."""
    if "Hanami" not in module.text and not is_drawn(module):
        return
    blocks = Blocks.of(look_at(module))
    if is_drawn(module):
        kept.routers.append(Router(symbol=DRAWN, framework=NAME, line=1))
        _read(blocks, kept, blocks.calls.get(-1, []), DRAWN, (), 0)
        return
    _read_applications(blocks, kept)
    for owner in module.classes:
        if any(dotted(base) in ROUTES for base in owner.bases):
            kept.routers.append(Router(symbol=owner.name, framework=NAME, line=owner.line, root=True))
            calls = [call for call in blocks.calls.get(-1, []) if call.owner == owner.index]
            _read(blocks, kept, calls, owner.name, (), 0)
    for call in module.calls:
        if call.name == "Hanami.Router.new" and block_of(call) is not None:
            kept.routers.append(Router(symbol="router", framework=NAME, line=call.line, root=True))
            _read(blocks, kept, blocks.inside(call), "router", (), 0)


def is_drawn(module: Module) -> bool:
    """Whether a file holds the routes of one of Hanami's applications by themselves: its first comment says so."""
    begins = module.text[:HEAD].lower()
    return (
        MARK in begins
        and not module.classes
        and any(call.name in DECLARING and call.function == -1 for call in module.calls)
    )


def _read_applications(blocks: Blocks, kept: Kept) -> None:
    """Applications of one project, each with a file of routes, and what the project mounts them at."""
    for call in blocks.module.calls:
        given = positional(call)
        if call.name == "routes" and call.owner != -1 and given and (path := plain(given[0])):
            owner = blocks.module.classes[call.owner]
            if any(dotted(base) in APPLICATIONS for base in owner.bases):
                kept.routers.append(Router(symbol=owner.name, framework=NAME, line=owner.line))
                kept.mounts.append(Mount(parent=owner.name, child=f"./{path}.rb", framework=NAME, line=call.line))
        elif call.name == "Hanami.configure" and block_of(call) is not None:
            kept.routers.append(Router(symbol=PROJECT, framework=NAME, line=call.line, root=True))
            for item in blocks.inside(call):
                child = dotted(next(iter(positional(item)), None)) if item.name == "mount" else ""
                if child:
                    prefix = blocks.path(item.keywords.get("at"), {})
                    kept.mounts.append(
                        Mount(parent=PROJECT, child=child, framework=NAME, line=item.line, prefix=prefix)
                    )


def _read(blocks: Blocks, kept: Kept, calls: list[Call], router: str, prefix: Value, depth: int) -> None:
    for call in calls:
        given = positional(call)
        if call.name in VERBS or call.name == "root":
            _route(blocks, kept, call, router, prefix)
        elif call.name in ("resources", "resource"):
            _resources(blocks, kept, call, router, prefix)
            if depth < DEPTH_MOST:
                _nested(blocks, kept, call, router, prefix, depth)
        elif call.name in ("scope", "slice", "routes", "prefix", "namespace") and depth < DEPTH_MOST:
            path: Value = ()
            if call.name == "slice":
                path = blocks.path(call.keywords.get("at"), {})
            elif given and call.name != "routes":
                path = blocks.path(given[0], {})
            _read(blocks, kept, blocks.inside(call), router, below(prefix, path), depth + 1)


def _route(blocks: Blocks, kept: Kept, call: Call, router: str, prefix: Value) -> None:
    given = positional(call)
    if not given and call.name != "root":
        return
    path = tuple(named_splats(p) if isinstance(p, str) else p for p in blocks.path(given[0], {})) if given else ("/",)
    target = call.keywords.get("to")
    redirected = "redirect" in call.keywords
    kept.routes.append(
        Route(
            router=router,
            framework=NAME,
            methods=(VERBS.get(call.name, "GET"),),
            path=below(prefix, path) or ("/",),
            line=call.line,
            end_line=call.end_line,
            handler="" if isinstance(target, Lambda) else handler_of(plain(target) or dotted(target)),
            page=redirected,
            implicit=call.name == "options" and bool(REST.fullmatch("".join(map(str, path)))),
        )
    )


def _resources(blocks: Blocks, kept: Kept, call: Call, router: str, prefix: Value) -> None:
    """``resources 'books', only: ['index']``."""
    given = positional(call)
    name = blocks.text(given[0], {}) if given else None
    only, exclude = (blocks.texts(call.keywords.get(key), {}) for key in ("only", "except"))
    one = call.name == "resource"
    for action, (method, path) in RESOURCES.items() if name else ():
        if (only and action not in only) or action in exclude or (one and action == "index"):
            continue
        kept.routes.append(
            Route(
                router=router,
                framework=NAME,
                methods=(method,),
                path=below(prefix, (f"/{name}{path.replace('/:id', '') if one else path}",)),
                line=call.line,
                end_line=call.end_line,
                handler=handler_of(f"{name}.{action}"),
            )
        )


def _nested(blocks: Blocks, kept: Kept, call: Call, router: str, prefix: Value, depth: int) -> None:
    """What the block of a resource declares: more resources below one, and paths of its members or of all of them."""
    given = positional(call)
    name = blocks.text(given[0], {}) if given else None
    if not name:
        return
    whole = below(prefix, (f"/{name}",))
    one = call.name == "resource"
    places = {"collection": whole, "member": whole if one else below(whole, ("/:id",))}
    inside = blocks.inside(call)
    for item in inside:
        if item.name in places:
            _read(blocks, kept, blocks.inside(item), router, places[item.name], depth + 1)
    nested = [item for item in inside if item.name in ("resources", "resource")]
    inner = whole if one else below(whole, (f"/:{singular(name)}_id",))
    _read(blocks, kept, nested, router, inner, depth + 1)


def handler_of(target: str) -> str:
    """``books.index`` as the method that answers: ``Actions.Books.Index.handle``."""
    if not target or target[:1].isupper():
        return target
    return f"Actions.{camelized(target.replace('.', '/').replace('#', '/'))}.handle"


def expand(_index: Index, _path: str, route: Route) -> Iterable[Expansion]:
    """A route as it is served: a resource that was read as one of Rails answers to ``PATCH`` alone."""
    kept = [method for method in route.methods if not (route.generated and method == "PUT")]
    return [Expansion(method=method, implicit=route.implicit) for method in kept]


FRAMEWORK = Framework(
    name=NAME,
    languages=("Ruby",),
    read=read,
    packages=("hanami", "hanami-router"),
    expand=expand,
    decides=True,
)
