"""Home-made dispatching: tables of routes, and comparisons of the request's path (``switch``, ``match``, ``if``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.gather.frameworks.php._handlers import handler_name, is_handler
from reviewer.gather.frameworks.php._paths import other_paths
from reviewer.gather.frameworks.php._scripts import METHODS, UNEQUAL, is_method
from reviewer.gather.look import Look, inside, look_at, words
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Call, Expr, Items, Lambda, Mapping, Module, Name, Text, dotted, plain
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Value

DISPATCH = "dispatch"
REQUEST_PATHS = (
    "_SERVER.REQUEST_URI",
    "_SERVER.PATH_INFO",
    "_SERVER.REDIRECT_URL",
    "_GET.url",
    "_GET.route",
    "_GET.uri",
)
PATHS_NAMED = re.compile(r"rout", re.IGNORECASE)
PATH = re.compile(r"/[\w{}:<>/.()@*+?\[\]\\-]*")
VERB_AND_PATH = re.compile(r"([A-Z]{3,7}(?:\|[A-Z]{3,7})*)\s+(/\S*)")
FILE = re.compile(r"[\w./-]+\.(php|html|phtml|twig|tpl)")
PAGE_FILE = re.compile(
    r"(^|/)(views?|pages?|templates?|html|layouts?)/|\.(html|phtml|twig|tpl)\Z|\.view\.php\Z", re.IGNORECASE
)
DELIMITED = re.compile(r"([#~/@%|!])(.*)\1[a-zA-Z]*\Z", re.DOTALL)
ENDED = re.compile(r"(?:\$|\\z)\Z", re.IGNORECASE)
TAKEN = re.compile(r"\((?!\?[:=!])(?!\.[*+])")
KEEPING = words("parse_url rtrim trim strtok strtolower urldecode rawurldecode")
"""Functions that leave a path what it is."""
HOPS = 4
ROUTES_MOST = 300
HTTP_KEYS = ("method", "methods", "verb", "httpMethod", "http_method", "request_method")
PATH_KEYS = ("path", "uri", "url", "route", "pattern", "endpoint")
HANDLER_KEYS = ("handler", "controller", "action", "callback", "uses", "target", "function")


@dataclass(frozen=True, slots=True)
class _Entry:
    methods: tuple[str, ...]
    path: Value
    handler: Expr | None
    line: int
    page: bool = False


def read_dispatch(module: Module, kept: Kept, framework: str) -> None:
    """Keeps the routes of tables and of comparisons with the request's path."""
    entries = list(_tables(module))[:ROUTES_MOST] or list(_comparisons(module))[:ROUTES_MOST]
    if not entries:
        return
    kept.routers.append(Router(symbol=DISPATCH, framework=framework, line=entries[0].line))
    for entry in entries:
        for path in dict.fromkeys(other_paths(entry.path)):
            kept.routes.append(
                Route(
                    router=DISPATCH,
                    framework=framework,
                    methods=entry.methods or ("ANY",),
                    path=path,
                    line=entry.line,
                    end_line=entry.line,
                    handler=handler_name(entry.handler) if entry.handler is not None else "",
                    page=entry.page,
                )
            )


def _tables(module: Module) -> Iterator[_Entry]:
    if "rout" not in module.text and "'/" not in module.text and '"/' not in module.text:
        return
    for item in module.assignments:
        if PATHS_NAMED.search(item.target[-80:]) and item.value is not None:
            yield from _entries(item.value, (), named=True)
    for returned in module.returns:
        if returned.function == -1:
            yield from _entries(returned.value, (), named=False)
    for call in module.calls:
        if call.new and PATHS_NAMED.search(call.last) and call.args and isinstance(call.args[0], (Items, Mapping)):
            yield from _entries(call.args[0], (), named=True)


def _entries(expr: Expr, methods: tuple[str, ...], named: bool) -> Iterator[_Entry]:
    if isinstance(expr, Items):
        for value in expr.values:
            yield from _listed(value)
    elif isinstance(expr, Mapping):
        found = [entry for key, value in expr.pairs for entry in _keyed(plain(key), value, methods)]
        sure = any(entry.methods for entry in found)
        if found and (named or sure or len(found) == len(expr.pairs)):
            yield from found


def _listed(expr: Expr) -> Iterator[_Entry]:
    """``['GET', '/users', handler]`` and ``['method' => 'GET', 'path' => '/users', ...]``."""
    if isinstance(expr, Items) and len(expr.values) > 2:
        for first, second in ((0, 1), (1, 0)):
            methods, path = _verbs(expr.values[first]), _path(plain(expr.values[second]))
            if methods and path:
                yield _Entry(methods, path, expr.values[2], expr.line, _is_page(expr.values[2]))
                return
    elif isinstance(expr, Mapping):
        yield from _described(expr)


def _described(expr: Mapping) -> Iterator[_Entry]:
    path = next((given for key in PATH_KEYS if (given := _path(plain(expr.get(key))))), None)
    handler = next((value for key in HANDLER_KEYS if (value := expr.get(key)) is not None), None)
    if path and handler is not None:
        methods = next((verbs for key in HTTP_KEYS if (verbs := _verbs(expr.get(key)))), ())
        yield _Entry(methods, path, expr if isinstance(handler, Text) else handler, expr.line, _is_page(handler))


def _keyed(key: str | None, value: Expr, methods: tuple[str, ...]) -> Iterator[_Entry]:
    """``'GET' => [...]``, ``'GET /users' => handler``, ``'/users' => handler`` and ``'/users' => ['GET' => ...]``."""
    if key is None:
        return
    both = VERB_AND_PATH.fullmatch(key[:400])
    if key in METHODS and isinstance(value, Mapping):
        yield from _entries(value, (key,), named=True)
    elif both and is_handler(value):
        yield _Entry(tuple(both[1].split("|")), (both[2],), value, value.line)
    elif path := _path(key):
        pairs = value.pairs if isinstance(value, Mapping) else ()
        verbs = [(verb, item) for name, item in pairs if (verb := plain(name) or "") in METHODS]
        for verb, item in verbs:
            yield _Entry((verb,), path, item, value.line)
        if not verbs and _is_target(value):
            yield _Entry(methods, path, value, value.line, _is_page(value))


def _is_target(value: Expr) -> bool:
    text = plain(value)
    if text is not None:
        return bool(FILE.fullmatch(text[:300])) or "@" in text or "::" in text or text[:1].isalpha()
    return isinstance(value, (Lambda, Items, Mapping)) or (isinstance(value, Name) and value.dotted.endswith(".class"))


def _verbs(expr: Expr | None) -> tuple[str, ...]:
    if isinstance(expr, Items):
        found = tuple(method for value in expr.values for method in _verbs(value))
        return found if len(found) == len(expr.values) else ()
    parts = tuple((plain(expr) or "").upper()[:80].split("|"))
    return parts if all(part in METHODS for part in parts) else ()


def _path(text: str | None) -> Value | None:
    return (text,) if text and len(text) < 300 and PATH.fullmatch(text) else None


def _is_page(value: Expr | None) -> bool:
    text = plain(value) or ""
    return bool(PAGE_FILE.search(text[:300]))


def _comparisons(module: Module) -> Iterator[_Entry]:
    """Comparisons of the request's path with constants, each with the methods compared beside, within or around it."""
    if not any(name.rpartition(".")[2] in module.text for name in REQUEST_PATHS):
        return
    look = look_at(module)
    paths = sorted({*_compared_paths(look), *_matched_paths(look)})
    methods = _compared_methods(look)
    if {path for _, _, path in paths} == {"/"}:
        return
    lines = [line for line, _, _ in paths]
    for place, (line, function, path) in enumerate(paths):
        until = next((item for item in lines[place + 1 :] if item > line), line + 60)
        here = [item for item in methods if item[1] == function]
        beside = [method for at, _, method, _ in here if at == line]
        within = [method for at, _, method, _ in here if line < at < until]
        around = [method for at, _, method, case in here if case and at < line][-1:]
        found = tuple(dict.fromkeys(beside or within or around))
        yield _Entry(found, (path,), None, line, _answers_page(module, line, until))


def _compared_paths(look: Look) -> Iterator[tuple[int, int, str]]:
    for compare in look.module.compares:
        if compare.operator in UNEQUAL:
            continue
        for one, other in ((compare.left, compare.right), (compare.right, compare.left)):
            path = plain(other)
            if path is None or not _path(path) or not _is_whole(one):
                continue
            if is_request_path(look, one, compare.function):
                yield compare.line, compare.function, path


def _is_whole(expr: Expr) -> bool:
    """Whether a comparison looks at the whole path, not at a piece or a character of it."""
    return isinstance(expr, Name) or (isinstance(expr, Call) and expr.name in KEEPING)


def _matched_paths(look: Look) -> Iterator[tuple[int, int, str]]:
    for call in look.module.calls:
        if call.last != "preg_match" or len(call.args) < 2 or not is_request_path(look, call.args[1], call.function):
            continue
        found = DELIMITED.match((plain(call.args[0]) or "")[:300])
        pattern = found[2].replace("\\/", "/").replace("\\.", ".") if found else ""
        path = ENDED.sub("", pattern.removeprefix("^"))
        if path.startswith("/") and " " not in path and _is_whole_pattern(pattern, call):
            yield call.line, call.function, path.removesuffix("?").removesuffix("/")


def _is_whole_pattern(pattern: str, call: Call) -> bool:
    """Whether a pattern stands for one path: it has a beginning, and an end or a part that is taken out of it.

    ``#/api/#`` and ``#^/api#`` only ask where a path lies.
    """
    if not pattern.startswith("^"):
        return False
    return bool(ENDED.search(pattern)) or (len(call.args) > 2 and bool(TAKEN.search(pattern)))


def is_request_path(look: Look, expr: Expr | None, function: int, hops: int = HOPS) -> bool:
    """Whether an expression is the path of the request, through the names that it is given to."""
    for item in inside(expr):
        if not isinstance(item, Name):
            continue
        if item.dotted in REQUEST_PATHS:
            return True
        given = look.assigned(item.dotted, function)[:6] if hops else []
        if any(is_request_path(look, one.value, function, hops - 1) for one in given if one.value is not None):
            return True
    return False


def _compared_methods(look: Look) -> list[tuple[int, int, str, bool]]:
    """Line, function, method and whether it is a ``case``, in order."""
    found = []
    for compare in look.module.compares:
        for one, other in ((compare.left, compare.right), (compare.right, compare.left)):
            method = (plain(other) or "").upper()
            if method in METHODS and is_method(look.value(one, compare.function)):
                found.append((compare.line, compare.function, method, compare.operator == "case"))
    return sorted(found)


def _answers_page(module: Module, line: int, until: int) -> bool:
    calls = [call for call in module.calls if line <= call.line < until]
    if any(call.last == "json_encode" for call in calls):
        return False
    return any(_loads_page(call) for call in calls)


def _loads_page(call: Call) -> bool:
    if call.last in ("view", "render"):
        return True
    text = call.args[0] if call.args and call.name in ("require", "include", "require_once", "include_once") else None
    parts = text.parts if isinstance(text, Text) else ()
    return bool(PAGE_FILE.search("".join(part for part in parts if isinstance(part, str))[:300])) or (
        dotted(text).endswith("view") if text is not None else False
    )
