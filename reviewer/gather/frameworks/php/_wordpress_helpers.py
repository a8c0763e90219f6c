"""Routes of WordPress that a project's own method registers for what its callers in other files give it.

The method is kept as a pattern, with its parameters by number; calls that may be of such a method are kept with what
they give. Only a call whose method turns out to be such a pattern is served.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from weakref import WeakKeyDictionary

from reviewer.gather.frameworks.php._handlers import handler_name
from reviewer.gather.frameworks.php._wordpress_controllers import GROUP, UNKNOWN, seen_from
from reviewer.gather.index import Index
from reviewer.gather.look import Look, words
from reviewer.gather.reader import Expansion, Kept
from reviewer.gather.syntax import Call, Expr, Function, Items, Mapping, Name, Text, dotted, plain, value_of
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Ref, Value

PATTERN, CALLED = "wp-json pattern", "wp-json called"
PARAMETER = "$"
NUMBERED = re.compile(r"\$(\d{1,2})(?:\.(\w+))?")
"""A parameter in a pattern, or an entry of it: ``$0`` is the first, ``$1.methods`` what the second has there."""
BETWEEN = "\x1f"
"""Between what a call gives, in the path of its route."""
MARKS = ("WP_REST", "ABSPATH", "WPINC", "rest_api_init")
"""One of them stands in the files of a plugin."""
OWN = ("this.", "self.", "static.", "parent.")
REGISTERING = re.compile(r"(?:^|_)(?:get|post|put|patch|delete|routes?|endpoint|register|add)(?:_|$)|[rR]oute|Endpoint")
PATH = re.compile(r"/|[\w-]+(?:/|\Z)")
TRIMMING = words("ltrim trim rtrim untrailingslashit trailingslashit")
METHODS_KEY, PERMISSION_KEY = "methods", "permission_callback"
PLATFORM = words("register_rest_route add_rewrite_endpoint wp_register_script")
VERBS = words("GET POST PUT PATCH DELETE HEAD OPTIONS")
CONSTANT = re.compile(r"[A-Z][A-Z0-9_]*")
ANY = ("ANY",)
OPEN = frozenset({"", "__return_true", "true", UNKNOWN})
NAME_MOST, ARGUMENTS_MOST, CALLS_MOST = 80, 6, 300
HOPS = 2

Methods = Callable[[Expr | None], Iterator[str]]
_PATTERNS: WeakKeyDictionary[Index, dict[str, list[tuple[str, Route]]]] = WeakKeyDictionary()


def keep_patterns(look: Look, kept: Kept, found: list[tuple[Call, Value]], methods: Methods, framework: str) -> None:
    """Keeps the methods of a file that register what they are given, and those that hand that on to one of these.

    Args:
        found: each registration with its namespace.
    """
    known: dict[str, Route] = {}
    for call, namespace in found:
        around = _around(look, call)
        if around is not None and (route := _pattern(look, around, call, namespace, methods, framework)) is not None:
            known[around.name] = route
    for _ in range(HOPS if known else 0):
        for call in look.module.calls:
            around = _around(look, call)
            if around is not None and around.name not in known and call.last in known and call.name.startswith(OWN):
                known[around.name] = _handed_on(look, around, call, known[call.last], methods)
    if known:
        kept.routers.append(Router(symbol=PATTERN, framework=framework, line=1))
        kept.routes.extend(known.values())


def keep_called(look: Look, kept: Kept, methods: Methods, framework: str) -> None:
    """Keeps the calls of a plugin's file that may be of such a method in another file."""
    if not any(mark in look.module.text for mark in MARKS):
        return
    own = {item.name for item in look.module.functions}
    calls = [call for call in look.module.calls if call.last not in own and _may_register(call)][:CALLS_MOST]
    if calls:
        kept.routers.append(Router(symbol=CALLED, framework=framework, line=1, prefix=("/wp-json",)))
    kept.routes.extend(
        Route(
            router=CALLED,
            framework=framework,
            methods=("ANY",),
            path=tuple(_arguments(look, call, methods)),
            line=call.line,
            end_line=call.end_line,
            name=call.last,
        )
        for call in calls
    )


def _arguments(look: Look, call: Call, methods: Methods) -> Iterator[str | Ref]:
    owner = look.module.classes[call.owner].name if 0 <= call.owner < len(look.module.classes) else ""
    for arg in call.args[:ARGUMENTS_MOST]:
        for part in _given(arg, methods):
            head = next((item for item in OWN if isinstance(part, Ref) and part.name.startswith(item)), "")
            yield Ref(name=f"{owner}.{part.name.removeprefix(head)}") if head and isinstance(part, Ref) else part
        yield BETWEEN


def expand_called(index: Index, path: str, route: Route) -> Iterator[Expansion]:
    """What a call registers, if its method is a pattern."""
    given = index.text(path, route.path, unknown=UNKNOWN).split(BETWEEN)
    owner = next((item.name for item in index.files[path].classes if item.line <= route.line <= item.end_line), "")
    for where, pattern in _patterns(index).get(route.name, [])[:1]:
        seen = seen_from(index, (path, owner), pattern.handler, pattern.path)
        text = "".join(_part(index, where, part, given) for part in seen)
        asked = [named for item in pattern.guards if (named := _filled(item, given)) not in OPEN]
        for named in pattern.methods:
            for method in _filled(named, given).split(","):
                if method.isalpha() and not text.endswith(f"//{UNKNOWN}"):
                    guards = tuple(f"permission {item}" for item in asked)
                    yield Expansion(method=method.upper(), path=GROUP.sub(r"{\1}", text), guards=guards)


def _part(index: Index, where: str, part: str | Ref, given: list[str]) -> str:
    if isinstance(part, Ref) and NUMBERED.fullmatch(part.name):
        return _filled(part.name, given)
    return index.text(where, (part,), unknown=UNKNOWN)


def _filled(said: str, given: list[str]) -> str:
    """What a call gives for ``$1``, or for an entry of it (``$1.methods``); any other text as it is."""
    found = NUMBERED.fullmatch(said)
    if found is None:
        return said
    place, key = int(found[1]), found[2]
    value = given[place] if place < len(given) else ""
    if not key:
        return value
    return next((item.partition("=")[2] for item in value.split(";") if item.startswith(f"{key}=")), "")


def _patterns(index: Index) -> dict[str, list[tuple[str, Route]]]:
    """Patterns by the name of their method, with their files."""
    known = _PATTERNS.get(index)
    if known is None:
        known = _PATTERNS[index] = {}
        for path, facts in sorted(index.files.items()):
            for route in facts.routing.routes if facts.routing else ():
                if route.router == PATTERN:
                    known.setdefault(route.name, []).append((path, route))
    return known


def _around(look: Look, call: Call) -> Function | None:
    return look.module.functions[call.function] if call.function >= 0 else None


def _pattern(
    look: Look, around: Function, call: Call, namespace: Value, methods: Methods, framework: str
) -> Route | None:
    """A function around a registration, if the path is one of its parameters."""
    places = {item.name: f"{PARAMETER}{place}" for place, item in enumerate(around.parameters)}
    path = _numbered((*namespace, "/", *_trimmed(look.value(call.args[1], call.function))), places)
    if not any(isinstance(part, Ref) and NUMBERED.fullmatch(part.name) for part in path):
        return None
    options = look.value(call.args[2], call.function) if len(call.args) > 2 else None
    asks: Expr | None = None
    if isinstance(options, Mapping):
        said = options.get(METHODS_KEY)
        served = (place,) if (place := places.get(dotted(said))) else tuple(methods(said)) or ("GET",)
        asks = options.get(PERMISSION_KEY)
        guard = places.get(dotted(asks), _permission(asks))
    else:
        place = places.get(dotted(options), "")
        served, guard = (f"{place}.{METHODS_KEY}",) if place else ANY, f"{place}.{PERMISSION_KEY}" if place else ""
    return Route(
        router=PATTERN,
        framework=framework,
        methods=served,
        path=path,
        line=around.line,
        end_line=around.end_line,
        handler=look.module.classes[around.owner].name if around.owner >= 0 else "",
        guards=(guard,) if guard else (),
        name=around.name,
    )


def _handed_on(look: Look, around: Function, call: Call, inner: Route, methods: Methods) -> Route:
    """A method that calls a pattern: what it gives there, with its own parameters."""
    places = {item.name: f"{PARAMETER}{place}" for place, item in enumerate(around.parameters)}
    args = [look.value(arg, call.function) or arg for arg in call.args]
    path: list[str | Ref] = []
    for part in inner.path:
        found = NUMBERED.fullmatch(part.name) if isinstance(part, Ref) else None
        known = found is not None and int(found[1]) < len(args)
        path.extend(_numbered(_trimmed(args[int(found[1])]), places) if found and known else (part,))
    return Route(
        router=PATTERN,
        framework=inner.framework,
        methods=tuple(method for item in inner.methods for method in _renamed(item, args, places, methods)) or ANY,
        path=tuple(path),
        line=around.line,
        end_line=around.end_line,
        handler=inner.handler,
        guards=tuple(name for item in inner.guards for name in _renamed(item, args, places, _permissions)),
        name=around.name,
    )


def _renamed(said: str, args: list[Expr], places: dict[str, str], read: Methods) -> tuple[str, ...]:
    found = NUMBERED.fullmatch(said)
    if found is None:
        return (said,)
    place, key = int(found[1]), found[2]
    if place >= len(args):
        return ()
    arg = args[place]
    if own := places.get(dotted(arg)):
        return (f"{own}.{key}" if key else own,)
    return tuple(read(arg.get(key) if key and isinstance(arg, Mapping) else arg))


def _numbered(value: Value, places: dict[str, str]) -> Value:
    return tuple(
        Ref(name=places[part.name]) if isinstance(part, Ref) and part.name in places else part for part in value
    )


def _trimmed(expr: Expr | None, depth: int = HOPS) -> Value:
    """A path, whatever is cut off its ends."""
    if depth and isinstance(expr, Call) and expr.last in TRIMMING and expr.args:
        return _trimmed(expr.args[0], depth - 1)
    if depth and isinstance(expr, Text):
        return tuple(
            item for part in expr.parts for item in ((part,) if isinstance(part, str) else _trimmed(part, depth - 1))
        )
    return value_of(expr)


def _permission(expr: Expr | None) -> str:
    return handler_name(expr) or ("" if expr is None else plain(expr) or "closure")


def _permissions(expr: Expr | None) -> Iterator[str]:
    if named := _permission(expr):
        yield named


def _may_register(call: Call) -> bool:
    name = call.last[:NAME_MOST]
    if call.new or len(call.args) < 2 or name in PLATFORM or not REGISTERING.search(name):
        return False
    named = "oute" in name or "ndpoint" in name
    return (named or "." in call.name) and any(_may_be_path(arg, named) for arg in call.args[:2])


def _may_be_path(arg: Expr, named: bool) -> bool:
    if isinstance(arg, Name):
        return named and CONSTANT.fullmatch(arg.dotted.rpartition(".")[2]) is not None
    return isinstance(arg, Text) and bool(arg.parts) and bool(PATH.match(str(arg.parts[0])[:NAME_MOST]))


def _given(arg: Expr, methods: Methods) -> Value:
    """What a call gives, as text: a path, methods, the name of a handler, or of options those two that matter."""
    if isinstance(arg, Mapping):
        served = ",".join(methods(arg.get(METHODS_KEY)))
        asks = arg.get(PERMISSION_KEY)
        return (f"{METHODS_KEY}={served or 'GET'};{PERMISSION_KEY}={_permission(asks)}",)
    if isinstance(arg, Items):
        verbs = list(methods(arg))
        return (",".join(verbs) if VERBS.issuperset(verbs) else handler_name(arg),)
    if isinstance(arg, Name) and (served := ",".join(methods(arg))):
        return (served,)
    return value_of(arg)
