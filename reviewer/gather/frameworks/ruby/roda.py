"""Roda: a tree of blocks, each of which takes a part of the path."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reviewer.gather.frameworks.ruby._blocks import guards_in, shows_page
from reviewer.gather.frameworks.ruby._dsl import DEPTH_MOST, VERBS, Blocks, block_of, positional
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Call, Class, Expr, Items, Module, Name, Text, dotted, plain
from reviewer.model.facts.routing import Mount, Route, Router
from reviewer.model.facts.values import Value

NAME = "Roda"
BASES = ("Roda",)
TREES = words("route hash_branch hash_path hash_routes")
BRANCHES = words("on is")
ENTERED = words("hash_branches redirect_unless scope")


@dataclass(frozen=True, slots=True)
class _Place:
    """A block of the tree: its router, what its request is called, and the path so far."""

    router: str
    request: str
    path: Value = ()
    guards: tuple[str, ...] = ()
    whole: bool = False
    """Whether the path ends here (``r.is``)."""


def read(module: Module, kept: Kept) -> None:
    """Keeps the routes of every application in a file."""
    outside = [call for call in module.calls if _is_added(call)]
    if "Roda" not in module.text and not outside and not any(_may_be_tree(call) for call in module.calls):
        return
    blocks = Blocks.of(look_at(module))
    for call in outside:
        symbol = call.name.removesuffix(".route")
        kept.routers.append(Router(symbol=symbol, framework=NAME, line=call.line))
        _tree(blocks, kept, call, symbol)
    for owner in module.classes:
        trees = [call for call in blocks.calls.get(-1, []) if call.owner == owner.index and _is_tree(call)]
        if trees and (_is_roda(owner) or any(_grows(blocks, owner, call) for call in trees)):
            kept.routers.append(Router(symbol=owner.name, framework=NAME, line=owner.line))
            for call in trees:
                _tree(blocks, kept, call, owner.name)


def _is_tree(call: Call) -> bool:
    return call.name in TREES and block_of(call) is not None


def _may_be_tree(call: Call) -> bool:
    """Whether a call is a tree of Roda in a file that does not name Roda."""
    if call.name in ("hash_branch", "hash_path"):
        return True
    if call.name != "route" or call.owner == -1 or block_of(call) is None:
        return False
    return all(isinstance(arg, Text) for arg in positional(call))


def _grows(blocks: Blocks, owner: Class, call: Call) -> bool:
    """Whether a tree shows by itself that it is one: an application that is opened again names no base."""
    if call.name == "hash_branch":
        return True
    block = block_of(call)
    if block is None or owner.bases or not _may_be_tree(call):
        return False
    parameters = blocks.module.functions[block.function].parameters
    own = (*BRANCHES, "root", "multi_route", "hash_routes")
    names = own if len(positional(call)) == 1 else (*own, *VERBS)
    wanted = {f"{item.name}.{name}" for item in parameters[:1] for name in names}
    return any(inner.name in wanted for inner in blocks.calls.get(block.function, []))


def _is_roda(owner: Class) -> bool:
    names = [dotted(base.callee if isinstance(base, Call) else base) for base in owner.bases]
    return any(name in BASES or name.startswith("Roda") or name.endswith("App") for name in names)


def _is_added(call: Call) -> bool:
    """``App.route("users") do |r|`` in a file of its own: a part of an application that is called by its name."""
    given = positional(call)
    named = call.last == "route" and call.name[:1].isupper() and bool(given) and isinstance(given[0], Text)
    return named and block_of(call) is not None


def _tree(blocks: Blocks, kept: Kept, call: Call, router: str) -> None:
    block = block_of(call)
    parameters = blocks.module.functions[block.function].parameters if block else ()
    if block is None or not parameters:
        return
    path = _segments(blocks, call) if call.name in ("hash_branch", "hash_path") else ()
    if call.last == "route":
        names = [text for arg in positional(call)[:2] if (text := plain(arg))]
        path = tuple(piece for name in reversed(names) for piece in ("/", name.strip("/")))
    _branch(blocks, kept, block.function, _Place(router, parameters[0].name, path), 0)


def _branch(blocks: Blocks, kept: Kept, function: int, place: _Place, depth: int) -> None:
    calls = blocks.calls.get(function, [])
    plain_guards = guards_in([call for call in calls if block_of(call) is None])
    place = replace(place, guards=place.guards + plain_guards)
    for call in calls if depth < DEPTH_MOST else []:
        head, _, name = call.name.rpartition(".")
        if head != place.request:
            continue
        block = block_of(call)
        if name in VERBS or name == "root":
            _route(blocks, kept, call, place)
        elif name in BRANCHES and block is not None:
            inner = replace(place, path=(*place.path, *_segments(blocks, call)), whole=name == "is")
            if name == "is" and not _has_verbs(blocks, block.function, place.request):
                _keep(blocks, kept, call, inner, "ANY")
            _branch(blocks, kept, block.function, inner, depth + 1)
        elif name == "run" and positional(call):
            child = dotted(positional(call)[0])
            kept.mounts.append(
                Mount(parent=place.router, child=child, framework=NAME, line=call.line, prefix=place.path)
            )


def _has_verbs(blocks: Blocks, function: int, request: str) -> bool:
    return any(call.last in VERBS and call.name == f"{request}.{call.last}" for call in blocks.everything(function))


def _segments(blocks: Blocks, call: Call) -> Value:
    """What a branch takes of the path: texts as they are, classes and symbols as parameters."""
    found: list[str] = []
    for arg in positional(call):
        found.extend(_segment(blocks, arg))
    return tuple(piece for part in found for piece in ("/", part))


def _segment(blocks: Blocks, arg: Expr) -> list[str]:
    if isinstance(arg, Items):
        return [_segment(blocks, item)[0] for item in arg.values[:1] if _segment(blocks, item)]
    if isinstance(arg, Name):
        return [f"{{{arg.dotted.lower()}}}"] if arg.dotted in ("String", "Integer") else []
    text = plain(arg) if isinstance(arg, Text) else None
    if text is None:
        return []
    return [f"{{{text}}}"] if f":{text}" in _line(blocks, arg) else [text.strip("/")]


def _line(blocks: Blocks, arg: Expr) -> str:
    """The line of a text, by which a symbol is told from a string."""
    lines = blocks.look.lines
    return lines[arg.line - 1] if 0 < arg.line <= len(lines) else ""


def _route(blocks: Blocks, kept: Kept, call: Call, place: _Place) -> None:
    inner = replace(place, path=(*place.path, *_segments(blocks, call)))
    _keep(blocks, kept, call, inner, VERBS.get(call.last, "GET"))


def _keep(blocks: Blocks, kept: Kept, call: Call, place: _Place, method: str) -> None:
    block = block_of(call)
    calls = list(blocks.everything(block.function)) if block else []
    kept.routes.append(
        Route(
            router=place.router,
            framework=NAME,
            methods=(method,),
            path=place.path or ("/",),
            line=call.line,
            end_line=call.end_line,
            page=shows_page(calls),
            guards=place.guards + guards_in(calls),
        )
    )


FRAMEWORK = Framework(name=NAME, languages=("Ruby",), read=read, packages=("roda",))
