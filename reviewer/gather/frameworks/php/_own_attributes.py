"""Routes in attributes of a project's own: ``#[Get('/users')]``, ``#[Route('/users', 'POST')]``."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.frameworks.php._annotated import cleaned
from reviewer.gather.frameworks.php._handlers import guard_names
from reviewer.gather.frameworks.php._pages import Pages
from reviewer.gather.frameworks.php._paths import other_paths
from reviewer.gather.look import words
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Call, Class, Expr, Function, Items, Module, Name, Text, dotted, plain, value_of
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Value

VERBS = {
    f"{before}{verb.title()}{after}": verb
    for verb in ("GET", "POST", "PUT", "PATCH", "DELETE")
    for before, after in (("", ""), ("Http", ""), ("", "Route"), ("", "Mapping"))
}
ROUTES = words("Route Endpoint RequestMapping Action Path")
PREFIXES = words("Route Prefix RoutePrefix RouteGroup Controller Group RequestMapping ApiController Resource Path")
GUARDS = words("Middleware Auth Authenticated IsGranted RequireAuth Guard Authorize Secured Protected LoginRequired")
FOREIGN = (
    "Symfony.",
    "Sensio.",
    "FOS.",
    "OpenApi.",
    "OA.",
    "Swagger.",
    "SWG.",
    "ApiPlatform.",
    "Nelmio.",
    "Drupal.",
    "Doctrine.",
    "Magento.",
    "PHPUnit.",
    "JMS.",
    "Illuminate.",
    "Rest.",
)
"""What frameworks that are read elsewhere, and tools that only describe, call their own."""
PATH_KEYS = ("path", "uri", "url", "route", "pattern", "prefix", "value")
METHOD_KEYS = ("methods", "method", "verb", "httpMethod", "requestMethod")
METHODS = words("GET POST PUT PATCH DELETE OPTIONS HEAD ANY")
ANY = "ANY"


def read_attributes(module: Module, kept: Kept, framework: str) -> None:
    """Keeps the routes that the attributes of a class's methods declare."""
    if "#[" not in module.text:
        return
    pages: Pages | None = None
    for owner in module.classes:
        methods = [(method, found) for method in module.methods_of(owner) for found in _declared(module, method)]
        if not methods:
            continue
        pages = pages or Pages(module)
        kept.routers.append(
            Router(symbol=owner.name, framework=framework, line=owner.line, prefix=_prefix(module, owner))
        )
        guards = _guards(module, owner.decorators)
        for method, (said, path) in methods:
            for one in dict.fromkeys(other_paths(path)):
                kept.routes.append(
                    Route(
                        router=owner.name,
                        framework=framework,
                        methods=said or (ANY,),
                        path=one,
                        line=method.line,
                        end_line=method.end_line,
                        handler=f"{owner.name}.{method.name}",
                        page=pages.shows(method),
                        guards=tuple(dict.fromkeys((*guards, *_guards(module, method.decorators)))),
                    )
                )


def _declared(module: Module, method: Function) -> Iterator[tuple[tuple[str, ...], Value]]:
    """Methods and path of each route before a method."""
    for item in method.decorators:
        name = _own_name(module, item)
        verb = VERBS.get(name)
        if verb is None and name not in ROUTES:
            continue
        path = _path(item)
        if path is not None:
            yield ((verb,) if verb else tuple(dict.fromkeys(_methods(item)))), path


def _own_name(module: Module, decorator: Expr) -> str:
    """The last part of an attribute's name, ``""`` where it is that of a known framework."""
    called = dotted(decorator.callee if isinstance(decorator, Call) else decorator)
    full = module.origin(called)
    return "" if full.startswith(FOREIGN) or called.startswith(FOREIGN) else full.rpartition(".")[2]


def _arguments(decorator: Expr) -> tuple[Expr, ...]:
    return decorator.args if isinstance(decorator, Call) else ()


def _path(decorator: Expr) -> Value | None:
    """The path of a route: the first text with a slash before it, or the argument that is called so."""
    keywords = decorator.keywords if isinstance(decorator, Call) else {}
    named = next((keywords[key] for key in PATH_KEYS if key in keywords), None)
    texts = [item for item in _arguments(decorator) if isinstance(item, (Text, Name))]
    rooted = next((item for item in texts if (plain(item) or "").startswith("/")), None)
    empty = next((item for item in texts[:1] if plain(item) == ""), None)
    given = named or rooted or empty
    if isinstance(given, Text) and " " not in (plain(given) or "").strip():
        return cleaned(value_of(given))
    return None


def _methods(decorator: Expr) -> Iterator[str]:
    keywords = decorator.keywords if isinstance(decorator, Call) else {}
    for item in (*_arguments(decorator), *(keywords[key] for key in METHOD_KEYS if key in keywords)):
        yield from _methods_in(item)


def _methods_in(expr: Expr) -> Iterator[str]:
    if isinstance(expr, Items):
        for value in expr.values:
            yield from _methods_in(value)
        return
    said = plain(expr) if isinstance(expr, Text) else dotted(expr).removesuffix(".value").rpartition(".")[2]
    for part in (said or "")[:100].upper().removeprefix("METHOD_").split("|"):
        if part in METHODS:
            yield part


def _prefix(module: Module, owner: Class) -> Value:
    for item in owner.decorators:
        if _own_name(module, item) in PREFIXES and (path := _path(item)):
            return path
    return ()


def _guards(module: Module, decorators: tuple[Expr, ...]) -> tuple[str, ...]:
    found = []
    for item in decorators:
        name = _own_name(module, item)
        if name in GUARDS:
            inner = next((guard for arg in _arguments(item) for guard in guard_names(arg)), "")
            found.append(f"{name}({inner})" if inner else name)
    return tuple(found)
