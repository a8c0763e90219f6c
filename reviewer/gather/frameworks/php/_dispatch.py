"""Home-made dispatching: tables of routes, and comparisons of the request's path (``switch``, ``match``, ``if``)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.frameworks.php._by_convention import is_front
from reviewer.gather.frameworks.php._handlers import handler_name, is_handler
from reviewer.gather.frameworks.php._paths import other_paths
from reviewer.gather.frameworks.php._request_paths import (
    ONLY,
    PAGE_FILE,
    REQUEST_PATHS,
    TOLD,
    Entry,
    acting,
    answers_page,
    compared_methods,
    delegates,
    is_asked,
    is_handed,
    is_request_path,
    sides,
)
from reviewer.gather.frameworks.php._scripts import METHODS, UNEQUAL
from reviewer.gather.frameworks.php._taken_apart import taken_apart
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Call, Expr, Items, Lambda, Mapping, Module, Name, Text, plain
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Value

DISPATCH = "dispatch"
PATHS_NAMED = re.compile(r"rout", re.IGNORECASE)
PATH = re.compile(r"/[\w{}:<>/.()@*+?\[\]\\-]*")
JOINED = re.compile(r"([A-Z]{3,7})\s{0,2}[ :|#@_-]\s{0,2}(/\S*)")
"""A method and a path as one text, with something between them."""
BEGINNING = words("str_starts_with strpos stripos strncmp startsWith")
VERB_AND_PATH = re.compile(r"([A-Z]{3,7}(?:\|[A-Z]{3,7})*)\s+(/\S*)")
FILE = re.compile(r"[\w./-]+\.(php|html|phtml|twig|tpl)")
DELIMITED = re.compile(r"([#~/@%|!])(.*)\1[a-zA-Z]*\Z", re.DOTALL)
ENDED = re.compile(r"(?:\$|\\z)\Z", re.IGNORECASE)
TAKEN = re.compile(r"\((?!\?[:=!])(?!\.[*+])")
KEEPING = words("parse_url rtrim trim strtok strtolower urldecode rawurldecode")
"""Functions that leave a path what it is."""
ROUTES_MOST = 300
HTTP_KEYS = ("method", "methods", "verb", "httpMethod", "http_method", "request_method")
PATH_KEYS = ("path", "uri", "url", "route", "pattern", "endpoint")
HANDLER_KEYS = ("handler", "controller", "action", "callback", "uses", "target", "function")


def read_dispatch(module: Module, kept: Kept, framework: str) -> None:
    """Keeps the routes of tables and of comparisons with the request's path."""
    entries = list(_tables(module))[:ROUTES_MOST] or list(_comparisons(module))[:ROUTES_MOST]
    entries = entries or [entry for entry in taken_apart(module)[:ROUTES_MOST] if _is_sure(module, entry)]
    if not entries:
        return
    kept.routers.append(Router(symbol=DISPATCH, framework=framework, line=entries[0].line))
    for entry in entries:
        for path in dict.fromkeys(other_paths(entry.path)):
            kept.routes.append(
                Route(
                    router=DISPATCH,
                    framework=framework,
                    methods=() if entry.delegated else entry.methods or ("ANY",),
                    path=path,
                    line=entry.line,
                    end_line=entry.line,
                    handler=entry.delegated or entry.target or (handler_name(entry.handler) if entry.handler else ""),
                    page=entry.page,
                )
            )


def _is_sure(module: Module, entry: Entry) -> bool:
    """Whether a segment that is compared stands for a route: a front controller may choose a folder by it alone."""
    return bool(entry.methods or entry.delegated or entry.page) or not is_front(module)


def _tables(module: Module) -> Iterator[Entry]:
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
        elif call.new and call.last == "Route" and not module.imported("Symfony"):
            yield from _made(call)


def _made(call: Call) -> Iterator[Entry]:
    """``new Route('GET', '/users', handler)``, ``new Route('/users', handler, 'GET')``, also with named arguments."""
    given = tuple((Text((key,), call.line, call.line), value) for key, value in call.keywords.items())
    found = list(_listed(Items(call.args, call.line))) or list(_described(Mapping(given, call.line)))
    if not found and len(call.args) > 1 and (path := _path(plain(call.args[0]))) and is_handler(call.args[1]):
        methods = next((verbs for arg in call.args[2:] if (verbs := _verbs(arg))), ())
        found = [Entry(methods, path, call.args[1], call.line, _is_page(call.args[1]))]
    yield from found


def _entries(expr: Expr, methods: tuple[str, ...], named: bool) -> Iterator[Entry]:
    if isinstance(expr, Items):
        for value in expr.values:
            yield from _listed(value)
    elif isinstance(expr, Mapping):
        found = [entry for key, value in expr.pairs for entry in _keyed(plain(key), value, methods)]
        sure = any(entry.methods for entry in found)
        if found and (named or sure or len(found) == len(expr.pairs)):
            yield from found


def _listed(expr: Expr) -> Iterator[Entry]:
    """``['GET', '/users', handler]`` and ``['method' => 'GET', 'path' => '/users', ...]``."""
    if isinstance(expr, Items) and len(expr.values) > 2:
        for first, second in ((0, 1), (1, 0)):
            methods, path = _verbs(expr.values[first]), _path(plain(expr.values[second]))
            if methods and path:
                yield Entry(methods, path, expr.values[2], expr.line, _is_page(expr.values[2]))
                return
    elif isinstance(expr, Mapping):
        yield from _described(expr)


def _described(expr: Mapping) -> Iterator[Entry]:
    path = next((given for key in PATH_KEYS if (given := _path(plain(expr.get(key))))), None)
    handler = next((value for key in HANDLER_KEYS if (value := expr.get(key)) is not None), None)
    if path and handler is not None:
        methods = next((verbs for key in HTTP_KEYS if (verbs := _verbs(expr.get(key)))), ())
        yield Entry(methods, path, expr if isinstance(handler, Text) else handler, expr.line, _is_page(handler))


def _keyed(key: str | None, value: Expr, methods: tuple[str, ...]) -> Iterator[Entry]:
    """``'GET' => [...]``, ``'GET /users' => handler``, ``'/users' => handler`` and ``'/users' => ['GET' => ...]``."""
    if key is None:
        return
    both = VERB_AND_PATH.fullmatch(key[:400])
    if key in METHODS and isinstance(value, Mapping):
        yield from _entries(value, (key,), named=True)
    elif both and is_handler(value):
        yield Entry(tuple(both[1].split("|")), (both[2],), value, value.line)
    elif path := _path(key):
        pairs = value.pairs if isinstance(value, Mapping) else ()
        verbs = [(verb, item) for name, item in pairs if (verb := plain(name) or "") in METHODS]
        for verb, item in verbs:
            yield Entry((verb,), path, item, value.line)
        if not verbs and _is_target(value):
            yield Entry(methods, path, value, value.line, _is_page(value))


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


def _comparisons(module: Module) -> Iterator[Entry]:
    """Comparisons of the request's path with constants, each with the methods compared beside, within or around it."""
    text = module.text
    if not any(name.rpartition(".")[2] in text for name in REQUEST_PATHS) and not _has_cases(module):
        return
    look = look_at(module)
    yield from _joined(look)
    yield from _begun(look)
    paths = sorted({*_compared_paths(look), *_matched_paths(look)})
    methods = compared_methods(look)
    if {path for _, _, path in paths} == {"/"}:
        return
    lines = [line for line, _, _ in paths]
    for place, (line, function, path) in enumerate(paths):
        until = next((item for item in lines[place + 1 :] if item > line), line + 60)
        here = [item for item in methods if item[1] == function]
        beside = [(line, method) for at, _, method, _ in here if at == line]
        within = [(at, method) for at, _, method, _ in here if line < at < until]
        around = [(line, method) for at, _, method, case in here if case and at < line][-1:]
        page = answers_page(module, line, until)
        found = dict.fromkeys(beside or within or around)
        if not found:
            target = "" if page else next(delegates(look, line, until, function), "")
            yield Entry((), (path,), None, line, page, delegated=target)
        ends = [at for at, _ in found if at > line]
        for since, method in found:
            end = next((at for at in ends if at > since), until)
            yield Entry((method,), (path,), None, line, page, target=acting(look, since, end, function))


def _has_cases(module: Module) -> bool:
    """Whether a file tells several paths apart, wherever it has the request's from."""
    cases = [item for item in module.compares if item.operator == "case"]
    texts = [plain(text) for item in cases for _, text in sides(item)]
    return sum(bool(text and text.startswith("/")) for text in texts) > 1


def _joined(look: Look) -> Iterator[Entry]:
    """``case 'GET /users'`` of a method and a path put together."""
    for compare in look.module.compares:
        found = JOINED.fullmatch((plain(compare.right) or "")[:300])
        if found and found[1] in METHODS and is_asked(look, compare.left, compare.function):
            until = compare.line + 1
            page = answers_page(look.module, compare.line, until)
            yield Entry((found[1],), (found[2],), None, compare.line, page)


def _begun(look: Look) -> Iterator[Entry]:
    """``str_starts_with($uri, '/api/users')``, where that hands on to a file or class that says what it answers."""
    found = []
    for call in look.module.calls:
        path = plain(call.args[1]) if call.last in BEGINNING and len(call.args) > 1 else None
        if path and path.count("/") > 1 and _path(path) and is_asked(look, call.args[0], call.function):
            found.append((call.line, call.function, path))
    lines = [line for line, _, _ in found]
    for place, (line, function, path) in enumerate(found):
        until = next((item for item in lines[place + 1 :] if item > line), line + 30)
        if target := next(delegates(look, line, until, function), ""):
            yield Entry((), (path.rstrip("/"),), None, line, delegated=f"{ONLY}{target}")


def _compared_paths(look: Look) -> Iterator[tuple[int, int, str]]:
    cased = _has_cases(look.module)
    for compare in look.module.compares:
        if compare.operator in UNEQUAL:
            continue
        for one, other in sides(compare):
            path = plain(other)
            if path is None or not _path(path) or not _is_whole(one):
                continue
            handed = cased and compare.operator == "case" and is_handed(look, one, compare.function)
            if handed or is_request_path(look, one, compare.function):
                yield compare.line, compare.function, path


def _is_whole(expr: Expr) -> bool:
    """Whether a comparison looks at the whole path, not at a piece or a character of it."""
    told = isinstance(expr, Call) and (expr.name in KEEPING or expr.last in TOLD)
    return isinstance(expr, Name) or told


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
