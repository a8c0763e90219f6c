"""Hanami: the routes of its router, with scopes and slices."""

from __future__ import annotations

from reviewer.gather.frameworks.ruby._blocks import named_splats
from reviewer.gather.frameworks.ruby._dsl import DEPTH_MOST, VERBS, Blocks, below, block_of, positional
from reviewer.gather.frameworks.ruby._inflect import camelized
from reviewer.gather.look import look_at
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Call, Lambda, Module, dotted, plain
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Value

NAME = "Hanami"
ROUTES = ("Hanami.Routes", "Hanami.Router")
ACTIONS = "actions"


def read(module: Module, kept: Kept) -> None:
    """Keeps the routes of a class of routes, or of a router made in place."""
    if "Hanami" not in module.text:
        return
    blocks = Blocks.of(look_at(module))
    for owner in module.classes:
        if any(dotted(base) in ROUTES for base in owner.bases):
            kept.routers.append(Router(symbol=owner.name, framework=NAME, line=owner.line, root=True))
            calls = [call for call in blocks.calls.get(-1, []) if call.owner == owner.index]
            _read(blocks, kept, calls, owner.name, (), 0)
    for call in module.calls:
        if call.name == "Hanami.Router.new" and block_of(call) is not None:
            kept.routers.append(Router(symbol="router", framework=NAME, line=call.line, root=True))
            _read(blocks, kept, blocks.inside(call), "router", (), 0)


def _read(blocks: Blocks, kept: Kept, calls: list[Call], router: str, prefix: Value, depth: int) -> None:
    for call in calls:
        given = positional(call)
        if call.name in VERBS or call.name == "root":
            _route(blocks, kept, call, router, prefix)
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
        )
    )


def handler_of(target: str) -> str:
    """``books.index`` as the method that answers: ``Actions.Books.Index.handle``."""
    if not target or target[:1].isupper():
        return target
    return f"Actions.{camelized(target.replace('.', '/').replace('#', '/'))}.handle"


FRAMEWORK = Framework(name=NAME, languages=("Ruby",), read=read, packages=("hanami", "hanami-router"))
