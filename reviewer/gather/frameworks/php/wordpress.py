"""WordPress: routes that plugins and themes register with the REST API, and the actions of ``admin-ajax.php`` and
``admin-post.php``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.frameworks.php._handlers import handler_name
from reviewer.gather.frameworks.php._wordpress_actions import keep_actions
from reviewer.gather.frameworks.php._wordpress_controllers import GROUP, UNKNOWN, expand, keep_properties
from reviewer.gather.frameworks.php._wordpress_helpers import (
    CALLED,
    PATTERN,
    expand_called,
    keep_called,
    keep_patterns,
)
from reviewer.gather.frameworks.php._wordpress_loops import registrations
from reviewer.gather.index import Index
from reviewer.gather.look import Look, look_at
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import (
    Call,
    Expr,
    Items,
    Lambda,
    Mapping,
    Module,
    Name,
    Number,
    Text,
    dotted,
    plain,
    value_of,
)
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Ref, Value

NAME = "WordPress"
ROUTER = "wp-json"
REGISTER = "register_rest_route"
METHODS = {
    "READABLE": ("GET",),
    "CREATABLE": ("POST",),
    "EDITABLE": ("POST", "PUT", "PATCH"),
    "DELETABLE": ("DELETE",),
    "ALLMETHODS": ("GET", "POST", "PUT", "PATCH", "DELETE"),
}
"""https://developer.wordpress.org/reference/classes/wp_rest_server/"""
CHECKS = re.compile(r"current_user_can|is_user_logged_in|get_current_user_id|user_can|wp_validate_auth_cookie")
"""A nonce is none of them: WordPress gives one to strangers as well."""
ASKING = re.compile(r"(?:^|_)(?:can|access|permissions?|capability|auth\w*)(?:_|$)")
"""Names of inherited methods that ask who comes in."""
HOPS = 3
BARE, NOWHERE = "bare", f"/{UNKNOWN}"
"""A route whose path is one name; where that leads nowhere, only the plugin knows what it serves."""
OPEN = frozenset({"__return_true", ""})
OWN = ("this.", "self.", "static.")


def read(module: Module, kept: Kept) -> None:
    """Keeps the routes that a file registers."""
    calls = [call for call in module.calls if call.last == REGISTER and len(call.args) > 1]
    look = look_at(module)
    keep_actions(look, kept, NAME)
    keep_properties(module, kept, every=bool(calls))
    if calls:
        kept.routers.append(Router(symbol=ROUTER, framework=NAME, line=calls[0].line, prefix=("/wp-json",)))
    for call in calls:
        for registered in registrations(look, call):
            kept.routes.extend(_routes(look, registered))
    keep_patterns(look, kept, [(call, _path(look, call, call.args[0])) for call in calls], _methods, NAME)
    keep_called(look, kept, _methods, NAME)


def _expand(index: Index, path: str, route: Route) -> Iterator[Expansion]:
    """A route as each class serves it that registers it, or as the calls of a pattern do."""
    if route.router == CALLED:
        yield from expand_called(index, path, route)
    elif route.router != PATTERN:
        bare = route.name == BARE
        yield from (item for item in expand(index, path, route) if not (bare and (item.path or "").endswith(NOWHERE)))


def _routes(look: Look, call: Call) -> Iterator[Route]:
    own = _path(look, call, call.args[1])
    path = (*_path(look, call, call.args[0]), "/", *own)
    bare = [part for part in own if part != "/"]
    given = call.args[2] if len(call.args) > 2 else None
    for options in _options(look.value(given, call.function)):
        methods = tuple(_methods(options.get("methods"))) or ("GET",)
        yield Route(
            router=ROUTER,
            framework=NAME,
            methods=methods,
            path=path,
            line=options.line or call.line,
            end_line=call.end_line,
            handler=_handler(look, call, options.get("callback")),
            guards=_guards(look, options.get("permission_callback")),
            name=BARE if len(bare) == 1 and isinstance(bare[0], Ref) else "",
        )


def _options(given: Expr | None) -> Iterator[Mapping]:
    """The arguments of a route: one array, or one for each group of methods beside what they share (``args``)."""
    if isinstance(given, Mapping) and given.get("callback") is None and given.get("methods") is None:
        yield from (value for _, value in given.pairs if isinstance(value, Mapping) and value.get("callback"))
    elif isinstance(given, Mapping):
        yield given
    elif isinstance(given, Items):
        yield from (value for value in given.values if isinstance(value, Mapping))


def _methods(expr: Expr | None) -> Iterator[str]:
    if isinstance(expr, Items):
        for value in expr.values:
            yield from _methods(value)
    elif (text := plain(expr)) is not None:
        yield from (part.strip().upper() for part in text[:100].split(",") if part.strip())
    else:
        yield from METHODS.get(dotted(expr).rpartition(".")[2], ())


def _path(look: Look, call: Call, expr: Expr) -> Value:
    """A path with its patterns as parameters; properties are named with their class."""
    value = look.value(expr, call.function)
    found = value_of(value if isinstance(value, (Text, Name)) else expr)
    owner = look.module.classes[call.owner].name if 0 <= call.owner < len(look.module.classes) else ""
    return tuple(_of_class(part, owner) if isinstance(part, Ref) else GROUP.sub(r"{\1}", part) for part in found)


def _of_class(ref: Ref, owner: str) -> Ref:
    for prefix in OWN:
        if ref.name.startswith(prefix) and owner:
            return Ref(name=f"{owner}.{ref.name.removeprefix(prefix)}")
    return ref


def _handler(look: Look, call: Call, expr: Expr | None) -> str:
    name = handler_name(expr).removesuffix(".__invoke")
    if name.startswith(OWN) and 0 <= call.owner < len(look.module.classes):
        return f"{look.module.classes[call.owner].name}.{name.partition('.')[2]}"
    if name == "this" or not name:
        return ""
    return name


def _guards(look: Look, expr: Expr | None) -> tuple[str, ...]:
    """What asks who comes in: a function of WordPress, or one that calls such."""
    if isinstance(expr, Lambda):
        return ("permission callback",) if look.mentions(expr.function, CHECKS) else ()
    if isinstance(expr, Items) and len(expr.values) == 2:
        name = plain(expr.values[1]) or ""
        method = next((item for item in look.module.functions if item.name == name), None)
        asks = method is None or _asks(look, method.index)
        return (f"permission {name}",) if name and asks else ()
    name = plain(expr) or ""
    return () if name in OPEN or isinstance(expr, Number) else (f"permission {name}",)


def _asks(look: Look, function: int, hops: int = HOPS) -> bool:
    """Whether a method asks who comes in, itself or through another method of its class."""
    if look.mentions(function, CHECKS):
        return True
    for call in look.module.calls if hops else ():
        if call.function != function or not call.name.startswith(OWN):
            continue
        method = next((item for item in look.module.functions if item.name == call.last), None)
        if _asks(look, method.index, hops - 1) if method else ASKING.search(call.last):
            return True
    return False


FRAMEWORK = Framework(name=NAME, languages=("PHP",), read=read, expand=_expand, decides=True)
