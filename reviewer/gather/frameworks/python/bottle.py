"""Bottle: routes on the default application and on others, applications mounted below others."""

from __future__ import annotations

from msgspec.structs import replace

from reviewer.gather.frameworks.python._declaring import NAME_FIRST, Declaring, Decorating, paths_of, read_decorated
from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.frameworks.python._offered import FRAMEWORKS, offer
from reviewer.gather.frameworks.python._python import argument, decorations, guards_of, methods_of, owner_of
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Attribute, Call, Expr, Module, dotted, plain

NAME = "Bottle"
SPEC = Decorating(
    framework=NAME,
    modules=("bottle",),
    applications=frozenset({"Bottle", "default_app"}),
    mounts={"mount": ("prefix", 0, 1), "merge": ("", -1, 0)},
    own=frozenset({"hook", "error", "view", "template"}),
    parameter=NAME_FIRST,
)
DEFAULT = "bottle"
"""The application of routes that name none."""
PAGES = frozenset({"template", "jinja2_template", "mako_template", "static_file", "redirect"})


def read(module: Module, kept: Kept) -> None:
    """Routers, routes and mounts of one file."""
    before = len(kept.routes)
    file = read_decorated(module, kept, SPEC)
    if file is None:
        _read_given(module, kept)
        return
    for decorator, target in decorations(module):
        verb = file.lookup.origin(decorator.name).removeprefix("bottle.")
        if "." not in decorator.name and verb in SPEC.verbs:
            methods = SPEC.verbs[verb] or methods_of(file.lookup, argument(decorator, 1, "method")) or ("GET",)
            own = SPEC.own | frozenset((decorator.name, *SPEC.verbs))
            guards = guards_of(target.decorators, own)
            handler = getattr(target, "qualname", target.name)
            for path in paths_of(argument(decorator, 0, "path")):
                file.route(DEFAULT, methods, SPEC.path(path), decorator, handler, guards=guards)
    for call in module.calls:
        _called(file, call)
    kept.routes[before:] = [item for item in kept.routes[before:] if item.handler or item.implicit]
    _pages(file, before)
    if any(item.router == DEFAULT for item in kept.routes[before:]):
        file.router(DEFAULT, 1, root=True)
    offer(file.lookup, NAME, kept)


def _read_given(module: Module, kept: Kept) -> None:
    """``self.app.route("/path", callback=handler)`` in a file that imports no framework."""
    calls = [call for call in module.calls if "callback" in call.keywords and call.last in SPEC.verbs]
    if not calls or module.imported(*FRAMEWORKS):
        return
    file = Declaring(NAME, Lookup(module), kept)
    for call in calls:
        if owner_of(call.name)[0] and (plain(argument(call, 0, "path")) or "").startswith("/"):
            _called(file, call)


def _handler(given: Expr) -> str:
    """A function, or the method of an object: ``Users().show``."""
    made = given.value if isinstance(given, Attribute) else None
    return f"{made.name}.{given.name}" if isinstance(made, Call) and isinstance(given, Attribute) else dotted(given)


def _called(file: Declaring, call: Call) -> None:
    """``app.route("/path", "GET", handler)`` and ``app.get("/path", callback=handler)``; not as decorators."""
    head, last = owner_of(call.name)
    name = file.lookup.origin(call.name).removeprefix("bottle.")
    verb = last if head else name
    given = call.keywords.get("callback") or (call.args[2] if last == "route" and len(call.args) > 2 else None)
    if verb in SPEC.verbs and given is not None and _handler(given):
        declared = methods_of(file.lookup, argument(call, 1, "method"), call.function)
        methods = SPEC.verbs[verb] or declared or ("GET",)
        file.route(head or DEFAULT, methods, SPEC.path(argument(call, 0, "path")), call, _handler(given))


def _pages(file: Declaring, before: int) -> None:
    """Handlers that answer with a template, by its call or by ``@view("name")``."""
    rendering = {
        function.qualname
        for function in file.lookup.module.functions
        if any(dotted(getattr(item, "callee", item)).endswith("view") for item in function.decorators)
        or any(isinstance(value, Call) and value.last in PAGES for value in file.lookup.returns.get(function.index, ()))
    }
    for number in range(before, len(file.kept.routes)):
        item = file.kept.routes[number]
        if item.handler in rendering and not item.page:
            file.kept.routes[number] = replace(item, page=True)


BOTTLE = Framework(name=NAME, languages=("Python",), read=read, packages=("bottle",))
