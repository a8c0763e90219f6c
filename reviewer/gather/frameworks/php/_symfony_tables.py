"""Symfony's routes in files of PHP: ``$routes->add('blog', '/blog')->controller([Blog::class, 'list'])``."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.documents.yaml_routes import FOLDER, SYMFONY, SYMFONY_TABLE
from reviewer.gather.frameworks.php._annotated import cleaned, methods_in
from reviewer.gather.frameworks.php._handlers import Chains, handler_name
from reviewer.gather.look import look_at
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Attribute, Call, Expr, Module, Name, Text, dotted, plain, value_of
from reviewer.model.facts.routing import Mount, Route, Router

CONFIGURATOR = "RoutingConfigurator"
PACKAGE = "Symfony\\Component\\Routing\\"
CHOSEN_ELSEWHERE = "?"
"""The handler of a route that names none: what is matched is answered by other code."""
MADE = "Symfony.Component.Routing.Route"
"""An object of this class is a route of a collection."""
RECEIVERS = frozenset({"routes", "routing", "collection", "configurator"})
FILES = (".php", ".yaml", ".yml", ".xml")


def read_table(module: Module, kept: Kept) -> None:
    """Keeps the routes of a file that a configurator, or a collection of routes, is given."""
    if CONFIGURATOR not in module.text and PACKAGE not in module.text:
        return
    chains = Chains(module)
    routes = [route for call in module.calls if call.last == "add" for route in _added(module, call, chains)]
    mounts = [mount for call in module.calls if call.last == "import" for mount in _imported(call, chains)]
    if routes or mounts:
        kept.routers.append(Router(symbol=SYMFONY_TABLE, framework=SYMFONY, line=1))
        kept.routes.extend(routes)
        kept.mounts.extend(mounts)


def _is_receiver(call: Call) -> bool:
    return not isinstance(call.callee, Attribute) and call.name.rpartition(".")[0] in RECEIVERS


def _added(module: Module, call: Call, chains: Chains) -> Iterator[Route]:
    """``add(name, path)`` with what is chained to it, and ``add(name, new Route(path, defaults, ...))``."""
    if len(call.args) < len(("name", "path")) or not (_is_receiver(call) or isinstance(call.callee, Attribute)):
        return
    given = look_at(module).value(call.args[1], call.function) or call.args[1]
    path: Expr | None = given
    handler, methods = "", tuple[str, ...]()
    if isinstance(given, Call) and given.new and module.origin(given.name) == MADE:
        path = given.args[0] if given.args else None
        defaults = given.args[1] if len(given.args) > 1 else None
        handler = handler_name(defaults)
        methods = next((found for arg in given.args[2:] if (found := methods_in(arg)) and _are_verbs(found)), ())
    elif not _is_receiver(call):
        return
    for later in chains.after(call):
        if later.last == "controller" and later.args:
            handler = handler_name(later.args[0])
        elif later.last == "methods" and later.args:
            methods = methods_in(later.args[0])
        elif later.last == "add":
            break
    first = path.parts[0] if isinstance(path, Text) and path.parts else ""
    if isinstance(path, (Text, Name)) and (isinstance(path, Name) or str(first).startswith("/") or not path.parts):
        yield Route(
            router=SYMFONY_TABLE,
            framework=SYMFONY,
            methods=methods or ("ANY",),
            path=cleaned(value_of(path)),
            line=call.line,
            end_line=call.end_line,
            handler=handler or CHOSEN_ELSEWHERE,
            name=plain(call.args[0]) or "",
        )


def _are_verbs(found: tuple[str, ...]) -> bool:
    return set(found) <= {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"}


def _imported(call: Call, chains: Chains) -> Iterator[Mount]:
    """``import('../src/Controller/', 'attribute')->prefix('/api')``."""
    resource = plain(call.args[0]) if call.args else None
    if not resource or not _is_receiver(call):
        return
    prefix = next((later.args[0] for later in chains.after(call) if later.last == "prefix" and later.args), None)
    child = f"./{resource}" if resource.endswith(FILES[1:]) else f"{FOLDER}{resource.rstrip('/')}"
    value = value_of(prefix) if isinstance(prefix, Text) or dotted(prefix) else ()
    yield Mount(parent=SYMFONY_TABLE, child=child, framework=SYMFONY, line=call.line, prefix=value)
