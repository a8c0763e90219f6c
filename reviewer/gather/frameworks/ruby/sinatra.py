"""Sinatra: classic applications, modular ones, namespaces, filters, and what Rack's builder puts them below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from reviewer.gather.frameworks.ruby._blocks import guards_in, path_of, shows_page, writes_page
from reviewer.gather.frameworks.ruby._dsl import DEPTH_MOST, VERBS, Blocks, Env, below, block_of, positional
from reviewer.gather.frameworks.ruby._guards import is_guarding
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Call, Class, Expr, Module, Name, Other, Text, dotted, plain
from reviewer.model.facts.routing import Mount, Route, Router
from reviewer.model.facts.values import Value

NAME = "Sinatra"
MAIN = "main"
"""The router of a classic application: its routes stand in no class."""
BASES = ("Sinatra.Base", "Sinatra.Application", "Sinatra.API")
OTHER_BASES = ("Grape.", "ActionController", "Roda", "Hanami", "Padrino", "RSpec", "Minitest", "Cuba", "Thor", "Rake")
OTHER_ENDINGS = re.compile(r"(?:API|Grape|Routes)\Z")
"""How the bases of classes of other frameworks end, where the base is one of the project's."""
OTHERS = words("describe context it shared_examples feature scenario task desc requires route_param")
"""Declarations in whose company ``get "/x" do`` is somebody else's."""
HTTP = {**VERBS, "link": "LINK", "unlink": "UNLINK"}
ENTERED = words("registered included configure helpers class_eval Sinatra.new")
"""Blocks in which routes stand as if they stood outside."""
SEVERAL = "route"
"""The declaration of sinatra-contrib that names several verbs."""
TURNS_MOST = 40
"""Turns of a loop around routes that are read."""
STEPS_MOST = 6_000
"""Declarations of one file that are read, those in loops once for each turn."""
EVERYTHING = "{splat}"
"""The path that stands for all: what answers ``OPTIONS`` there lets browsers of other origins ask."""
BUILDING = words("use run map")
BUILDERS = words("Rack.Builder.new Rack.Builder.app")
MADE_CLASSES = words("Sinatra.new Class.new")
WHOLE = {"Hanami": ("Hanami", "**.app"), "Rails.application": ("Ruby on Rails", "**.routes")}
"""Applications that go by a name of their framework: the framework, and how its router is called wherever it is."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where routes are declared: the class (-1 for none), the prefix and the guards around them."""

    owner: int
    prefix: Value = ()
    guards: tuple[str, ...] = ()
    env: Env = field(default_factory=dict)
    """What the parameters of loops around stand for."""


@dataclass(slots=True)
class _App:
    """One file while it is read."""

    blocks: Blocks
    kept: Kept
    classic: bool
    steps: int = STEPS_MOST
    routers: set[str] = field(default_factory=set)
    filters: dict[int, list[tuple[str, tuple[str, ...]]]] = field(default_factory=dict)
    """By class: the beginning of the paths that a filter stands before, and its guards."""


def read(module: Module, kept: Kept) -> None:
    """Keeps what a file declares of Sinatra applications, and of what Rack serves where."""
    blocks = Blocks.of(look_at(module))
    _read_rack(blocks, kept)
    if any(call.name in OTHERS for call in module.calls) or not _candidates(module):
        return
    app = _App(blocks, kept, _imports(module))
    _read_filters(app)
    own = dict(_own_prefixes(app))
    for call in blocks.calls.get(-1, []):
        _declaration(app, call, _Place(call.owner, own.get(call.owner, ())), 0)


def _own_prefixes(app: _App) -> Iterator[tuple[int, Value]]:
    """``map "/files"`` in a class, without a block: a helper of the project's base class for where it is served."""
    for call in app.blocks.calls.get(-1, []):
        given = positional(call)
        if call.name == "map" and call.owner != -1 and block_of(call) is None and len(given) == 1:
            prefix = path_of(app.blocks, given[0])
            if prefix and str(prefix[0]).startswith("/") and prefix != ("/",) and _allowed(app, call.owner):
                yield call.owner, prefix


def _imports(module: Module) -> bool:
    return any(item.module.partition("/")[0] == "sinatra" for item in module.imports)


def _candidates(module: Module) -> bool:
    """Whether anything looks like a route with its code."""
    if any(_is_sinatra(owner) for owner in module.classes) or _imports(module):
        return True
    return any(call.name in HTTP and _is_route(call) for call in module.calls)


def _is_sinatra(owner: Class) -> bool:
    return any(dotted(base) in BASES for base in owner.bases)


def _is_route(call: Call, blocks: Blocks | None = None, env: Env | None = None) -> bool:
    """``get "/users" do``: a path, and the code that answers it."""
    given = _paths(call)
    if block_of(call) is None or not given:
        return False
    value = blocks.value(given[0], env or {}) if blocks else given[0]
    if isinstance(value, Text) and value.parts:
        first = value.parts[0]
        begins = first if isinstance(first, str) else blocks.text(first, env or {}) if blocks else None
        return (begins or "").startswith(("/", "*"))
    return isinstance(value, Other) and value.kind == "regex"


def _paths(call: Call) -> tuple[Expr, ...]:
    """What a declaration says of its path; ``route :get, :post, "/users" do`` says its verbs before."""
    given = positional(call)
    return tuple(item for item in given if plain(item) not in HTTP) if call.name == SEVERAL else given[:1]


def _methods(call: Call) -> tuple[str, ...]:
    if call.name != SEVERAL:
        return (HTTP[call.name],)
    named = [plain(item) or "" for item in positional(call)]
    return tuple(HTTP[name] for name in named if name in HTTP) or ("ANY",)


def _is_whole(call: Call) -> bool:
    """``get do`` inside of a namespace: the path of that alone."""
    return block_of(call) is not None and not positional(call)


def _allowed(app: _App, owner: int) -> bool:
    """Whether a class may hold routes of Sinatra: its base is Sinatra's, or one that the project defines."""
    if owner == -1:
        return True
    found = app.blocks.module.classes[owner]
    names = [dotted(base) for base in found.bases]
    if any(name.startswith(OTHER_BASES) or OTHER_ENDINGS.search(name) for name in names):
        return False
    return found.kind == "module" or bool(names)


def _read_filters(app: _App) -> None:
    for call in app.blocks.module.calls:
        if call.name != "before" or call.function != -1 or not _allowed(app, call.owner):
            continue
        block = block_of(call)
        guards = guards_in(list(app.blocks.everything(block.function))) if block else ()
        given = positional(call)
        path = plain(given[0]) if given else ""
        if guards and path is not None:
            beginning = path.split("*")[0].split(":")[0].rstrip("/?")
            app.filters.setdefault(call.owner, []).append((beginning, guards))


def _declaration(app: _App, call: Call, place: _Place, depth: int) -> None:
    app.steps -= 1
    if app.steps < 0:
        return
    if _declares(app, call, place):
        _route(app, call, place)
    elif block_of(call) is None or depth >= DEPTH_MOST:
        return
    elif call.last == "each":
        for turn in app.blocks.turns(call, place.env)[:TURNS_MOST]:
            _inside(app, call, replace(place, env=turn), depth)
    elif call.name == "namespace":
        given = positional(call)
        prefix = path_of(app.blocks, given[0]) if given else None
        _inside(app, call, replace(place, prefix=below(place.prefix, prefix or ())), depth)
    elif call.name in ENTERED:
        _inside(app, call, place, depth)


def _declares(app: _App, call: Call, place: _Place) -> bool:
    """Whether a call is a route of Sinatra, where it stands."""
    if call.name not in HTTP and not (call.name == SEVERAL and _imports(app.blocks.module)):
        return False
    known = _is_route(call, app.blocks, place.env) or (bool(place.prefix) and _is_whole(call))
    return known and _allowed(app, place.owner)


def _inside(app: _App, call: Call, place: _Place, depth: int) -> None:
    """Everything in a block, filters holding for what follows them."""
    for item in app.blocks.inside(call):
        block = block_of(item)
        if item.name == "before" and place.prefix and block is not None:
            guards = guards_in(list(app.blocks.everything(block.function)))
            place = replace(place, guards=(*place.guards, *guards))
        _declaration(app, item, place, depth + 1)


def _route(app: _App, call: Call, place: _Place) -> None:
    block = block_of(call)
    given = _paths(call)
    path = path_of(app.blocks, given[0], place.env) if given else ()
    if block is None or path is None:
        return
    calls = list(app.blocks.everything(block.function))
    whole = below(place.prefix, path) if place.prefix else path
    text = "".join(part for part in whole if isinstance(part, str))
    preflight = _methods(call) == ("OPTIONS",) and text.strip("/") == EVERYTHING
    guards = place.guards + guards_in(calls) + tuple(f"guard {key}" for key in call.keywords if is_guarding(key))
    for owner in dict.fromkeys((place.owner, -1)):
        for beginning, found in app.filters.get(owner, ()):
            guards += found if text.startswith(beginning) else ()
    app.kept.routes.append(
        Route(
            router=_router(app, place.owner, call.line),
            framework=NAME,
            methods=_methods(call),
            path=whole,
            line=call.line,
            end_line=call.end_line,
            page=shows_page(calls) or writes_page(app.blocks, calls, block.function),
            guards=tuple(dict.fromkeys(guards)),
            implicit=preflight,
        )
    )


def _router(app: _App, owner: int, line: int) -> str:
    """The router of a class, or of the classic application; kept once."""
    found = app.blocks.module.classes[owner] if owner != -1 else None
    symbol = found.name if found else MAIN
    if symbol not in app.routers:
        app.routers.add(symbol)
        app.kept.routers.append(Router(symbol=symbol, framework=NAME, line=found.line if found else line))
    return symbol


def _read_rack(blocks: Blocks, kept: Kept) -> None:
    """``map("/api") { run Api }``, ``run App`` and ``use Users`` of Rack's builder."""
    kept.mounts.extend(_built(blocks, -1, (), 0))
    for call in blocks.module.calls:
        block = block_of(call)
        if call.name in BUILDERS and block is not None:
            kept.mounts.extend(_built(blocks, block.function, (), 0))


def _built(blocks: Blocks, function: int, prefix: Value, depth: int) -> Iterator[Mount]:
    for call in blocks.calls.get(function, []) if depth < DEPTH_MOST else []:
        if call.name not in BUILDING or (call.owner != -1 and function == -1):
            continue
        given = positional(call)
        block = block_of(call)
        if call.name == "map" and block is not None and given:
            path = blocks.path(given[0], {})
            yield from _built(blocks, block.function, below(prefix, path), depth + 1)
        elif call.name in ("run", "use") and given and prefix:
            for child in _children(_made(blocks, given[0])):
                framework, named = WHOLE.get(child, (NAME, child))
                yield Mount(parent="rack", child=named, framework=framework, line=call.line, prefix=prefix)


def _made(blocks: Blocks, expr: Expr) -> Expr:
    """What a name of the file holds, where that is made of a class; a class made in place goes by the name."""
    value = blocks.value(expr, {})
    made = value.name if isinstance(value, Call) else dotted(value)
    return value if value and made.endswith(".new") and made not in MADE_CLASSES else expr


def _children(expr: object) -> list[str]:
    """The applications that are run: one, or those of a cascade."""
    if isinstance(expr, Call) and expr.name.startswith("Rack."):
        found = [inner for arg in expr.args for inner in getattr(arg, "values", (arg,))]
        return [name for item in found for name in _children(item)]
    if isinstance(expr, Call):
        return [dotted(expr.callee).removesuffix(".new").removesuffix(".app")] if expr.name[:1].isupper() else []
    if isinstance(expr, Name) and expr.dotted[:1].isupper():
        return [expr.dotted.removesuffix(".new").removesuffix(".app").removesuffix(".freeze")]
    return []


FRAMEWORK = Framework(name=NAME, languages=("Ruby",), read=read, packages=("sinatra",))
