"""Routes of Laravel as one file declares them: calls, groups, resources, files of routes that a provider loads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewer.gather.frameworks.php._handlers import Chains, class_of, closure_of, handler_name
from reviewer.gather.frameworks.php._laravel_chains import Chain, around, joined, text_or_name, texts
from reviewer.gather.frameworks.php._laravel_files import LISTING, OTHER_FILE, REQUIRES, file_of, folder_of
from reviewer.gather.frameworks.php._laravel_resources import CALLS, SINGLETON, actions, chained, path_of
from reviewer.gather.frameworks.php._pages import Pages
from reviewer.gather.look import words
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Call, Expr, Lambda, Mapping, Module, Name, Number, Text, plain
from reviewer.model.facts.routing import Mount, Route, Router
from reviewer.model.facts.values import Value

NAME = "Laravel"
DEFAULT = "default"
"""The router of a file of routes; whoever loads the file mounts it."""
VERBS = {verb: (verb.upper(),) for verb in ("get", "post", "put", "patch", "delete", "options")} | {"any": ("ANY",)}
PAGES = words("view redirect permanentRedirect inertia")
IMPLICIT = words("auth")
FORMS = words("showLoginForm showRegistrationForm showLinkRequestForm showResetForm showConfirmForm")
"""Methods that show a form, which controllers have from traits of ``laravel/ui``."""
LOADING = words("this.loadRoutesFrom")
LOADERS = {"web": "", "api": "api"}
"""Files of routes that an application is configured with, and the prefix that they have by default."""


@dataclass(frozen=True, slots=True)
class Served:
    """What a route serves. ``options`` is the array that a handler or a resource is given in old files."""

    handler: str = ""
    page: bool = False
    implicit: bool = False
    options: Mapping | None = None


@dataclass(slots=True)
class Reading:
    """One file while its routes are read. ``groups`` are routers by closure, ``controllers`` by closure too."""

    module: Module
    kept: Kept
    chains: Chains
    pages: Pages
    groups: dict[int, str] = field(default_factory=dict)
    controllers: dict[int, str] = field(default_factory=dict)
    declared: set[str] = field(default_factory=set)


def read_routes(module: Module, kept: Kept) -> None:
    """Keeps the routers, routes and mounts of a file."""
    reading = Reading(module, kept, Chains(module), Pages(module))
    for call in module.calls:
        if call.last == "withRouting":
            _configured(reading, call)
            continue
        if call.name in LOADING:
            _loaded(reading, call)
            continue
        if call.name in REQUIRES or call.last in LISTING:
            _required(reading, call)
            continue
        if call.last not in WATCHED:
            continue
        chain = Chain(call, reading.chains)
        if chain.is_route:
            _declaration(reading, chain)


WATCHED = frozenset({*VERBS, *PAGES, *CALLS, *IMPLICIT, "match", "group"})


def _declaration(reading: Reading, chain: Chain) -> None:
    call = chain.call
    if call.last == "group":
        _group(reading, chain)
    elif call.last in CALLS:
        _resources(reading, chain)
    elif call.last == "match" and len(call.args) > 1:
        methods = tuple(text.upper() for item in texts(call.args[0]) if (text := plain(item)))
        _route(reading, chain, methods, call.args[1], call.args[2:])
    elif call.last in VERBS and len(call.args) > 1:
        _route(reading, chain, VERBS[call.last], call.args[0], call.args[1:])
    elif call.last in PAGES and call.args:
        _keep(reading, chain, ("GET",), text_or_name(call.args[0]), Served(page=True))
    elif call.name == "Auth.routes" or (call.last in IMPLICIT and not call.args):
        _keep(reading, chain, ("POST",), ("login",), Served(implicit=True))


def _router(reading: Reading, call: Call) -> str:
    symbol = next(
        (reading.groups[f.index] for f in around(reading.module, call.function) if f.index in reading.groups), ""
    )
    symbol = symbol or DEFAULT
    if symbol not in reading.declared:
        reading.declared.add(symbol)
        reading.kept.routers.append(Router(symbol=symbol, framework=NAME, line=call.line))
    return symbol


def _group(reading: Reading, chain: Chain) -> None:
    """A closure is a router below its prefix; a file of routes is mounted."""
    call = chain.call
    options = next((arg for arg in call.args if isinstance(arg, Mapping)), None)
    prefix = joined(chain.prefix(), text_or_name(options.get("prefix")) if options else ())
    guards = chain.guards(options)
    parent = _router(reading, call)
    for arg in call.args:
        closure = closure_of(arg) if isinstance(arg, Lambda) else None
        if closure is not None:
            child = f"group@{closure.function}"
            reading.groups[closure.function] = child
            controller = chain.controller() or (class_of(options.get("controller")) if options else "")
            reading.controllers[closure.function] = controller
            _mount(reading, parent, child, call, prefix, guards)
        elif path := file_of(arg):
            _mount(reading, parent, path, call, prefix, guards)


def _mount(reading: Reading, parent: str, child: str, call: Call, prefix: Value, guards: tuple[str, ...]) -> None:
    if child.startswith("group@") and child not in reading.declared:
        reading.declared.add(child)
        reading.kept.routers.append(Router(symbol=child, framework=NAME, line=call.line))
    mount = Mount(parent=parent, child=child, framework=NAME, line=call.line, prefix=prefix, guards=guards)
    reading.kept.mounts.append(mount)


def _configured(reading: Reading, call: Call) -> None:
    """``withRouting(api: __DIR__.'/../routes/api.php', apiPrefix: 'v1')`` of an application's set-up."""
    for key, default in LOADERS.items():
        for item in texts(call.keywords.get(key)):
            if path := file_of(item):
                given = plain(call.keywords.get("apiPrefix")) if key == "api" else None
                prefix = default if given is None else given
                _mount(reading, _router(reading, call), path, call, (prefix,) if prefix else (), ())


def _loaded(reading: Reading, call: Call) -> None:
    """``$this->loadRoutesFrom(__DIR__.'/../routes/api.php')`` of a module's or package's provider."""
    for arg in call.args[:1]:
        if path := file_of(arg):
            _mount(reading, _router(reading, call), path, call, (), ())


def _required(reading: Reading, call: Call) -> None:
    """``require __DIR__.'/users.php'``, also of every file of a folder: its routes are served where this one's are."""
    path = file_of(call.args[0]) if call.name in REQUIRES and call.args else ""
    if path and not OTHER_FILE.search(path):
        _mount(reading, _router(reading, call), path, call, (), ())
    elif folder := folder_of(call, reading.module):
        parent = _router(reading, call)
        reading.kept.mounts.append(Mount(parent=parent, child="", framework=NAME, line=call.line, folder=folder))


def _route(reading: Reading, chain: Chain, methods: tuple[str, ...], path: Expr, handlers: tuple[Expr, ...]) -> None:
    if not handlers or not isinstance(path, (Text, Name)) or isinstance(handlers[0], Number):
        return
    handler = handlers[0]
    closure = closure_of(handler)
    name = handler_name(handler)
    controller = _controller(reading, chain.call)
    method = plain(handler)
    if controller and method and method.isidentifier():
        name = f"{controller}.{method}"
    options = handler if isinstance(handler, Mapping) else None
    page = reading.pages.is_page(closure) or name.rpartition(".")[2] in FORMS
    _keep(reading, chain, methods, text_or_name(path), Served(name, page, options=options))


def _controller(reading: Reading, call: Call) -> str:
    inside = (f.index for f in around(reading.module, call.function))
    return next((reading.controllers[index] for index in inside if reading.controllers.get(index)), "")


def _resources(reading: Reading, chain: Chain) -> None:
    """``resource('photos', PhotoController::class)``, or several in one array."""
    call = chain.call
    first = call.args[0] if call.args else None
    pairs = first.pairs if isinstance(first, Mapping) else ((first, call.args[1] if len(call.args) > 1 else None),)
    options = next((arg for arg in call.args[1:] if isinstance(arg, Mapping)), None)
    shallow = chain.has("shallow") or any(item.last == "shallow" for item in chain.before)
    for name, controller in pairs:
        if not isinstance(name, (Text, Name)):
            continue
        owner = class_of(controller)
        more = (item for later in chain.after for item in chained(call.last, later.last))
        for action in (*actions(call.last, chain.listed("only", options), chain.listed("except", options)), *more):
            path = path_of(text_or_name(name), action, shallow, CALLS[call.last][0] in SINGLETON)
            handler = f"{owner}.{action.name}" if owner else ""
            _keep(reading, chain, action.methods, path, Served(handler, action.page, options=options))


def _keep(reading: Reading, chain: Chain, methods: tuple[str, ...], path: Value, served: Served) -> None:
    after = [text_or_name(call.args[0]) for call in chain.after if call.last == "prefix" and call.args]
    prefix = joined(after[0] if after else (), chain.prefix())
    for variant in _variants(joined(prefix, path)):
        reading.kept.routes.append(
            Route(
                router=_router(reading, chain.call),
                framework=NAME,
                methods=methods,
                path=variant,
                line=chain.call.line,
                end_line=chain.call.end_line,
                handler=served.handler,
                page=served.page,
                implicit=served.implicit,
                guards=chain.guards(served.options),
                name=_name(chain),
            )
        )


def _variants(path: Value) -> Iterator[Value]:
    """A path with an optional parameter at its end, with and without it."""
    last = path[-1] if path else ""
    if isinstance(last, str) and last.endswith("?}") and "/" in last:
        yield (*path[:-1], last.rpartition("/")[0])
        yield (*path[:-1], last[:-2] + "}")
    else:
        yield path


def _name(chain: Chain) -> str:
    named = (call for call in chain.after if call.last in ("name", "as") and call.args)
    return next((plain(call.args[0]) or "" for call in named), "")
