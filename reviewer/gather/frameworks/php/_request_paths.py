"""What a home-made front controller looks at, and what it hands requests to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.gather.expressions import inside
from reviewer.gather.frameworks.php._scripts import METHODS, is_method
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Attribute, Call, Compare, Expr, Items, Module, Name, Text, dotted, plain
from reviewer.model.facts.values import Value

REQUEST_PATHS = (
    "_SERVER.REQUEST_URI",
    "_SERVER.PATH_INFO",
    "_SERVER.REDIRECT_URL",
    "_GET.url",
    "_GET.route",
    "_GET.uri",
)
ASKED = frozenset({*REQUEST_PATHS, "_SERVER.PHP_SELF", "_GET.request", "_GET.path", "_GET.q", "_REQUEST.request"})
"""What else holds the path of a request where it is taken apart at its slashes."""
GIVEN = words("uri url path route requesturi request_uri requestpath requesturl currentroute")
"""Parameters that hand the path of a request on."""
TOLD = words("getPath getUri getPathInfo getRequestUri getUrl path uri url pathInfo")
"""Methods of a request object that give its path."""
VERBS_NAMED = words("method requestmethod request_method httpmethod http_method verb reqmethod")
PAGE_FILE = re.compile(
    r"(^|/)(views?|pages?|templates?|html|layouts?)/|\.(html|phtml|twig|tpl)\Z|\.view\.php\Z", re.IGNORECASE
)
HANDLING = re.compile(r"(?:Controller|Handler|Api|API|Resource|Endpoint|Service|Routes?)\Z")
CAMEL = re.compile(r"\A[a-z]+[A-Z]")
"""How functions of a project's own are spelled, and none of PHP's."""
REQUIRING = words("require require_once include include_once")
ASKING = words("strtolower strtoupper trim explode parse_url in_array header isset empty htmlspecialchars match switch")
ONLY = "="
"""What stands before the name of a handler without which nothing is known to be served."""
SEGMENT = "*"
"""What stands in the name of a class for a segment of the path, with a capital."""
HOPS = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One route of a dispatcher. ``delegated`` leaves the methods to its handler, ``target`` names it alone."""

    methods: tuple[str, ...]
    path: Value
    handler: Expr | None
    line: int
    page: bool = False
    delegated: str = ""
    target: str = ""


def is_request_path(look: Look, expr: Expr | None, function: int, hops: int = HOPS) -> bool:
    """Whether an expression is the path of the request, through the names that it is given to."""
    return _holds(look, expr, function, frozenset(REQUEST_PATHS), hops)


def is_asked(look: Look, expr: Expr | None, function: int) -> bool:
    """Whether an expression holds the path of the request, a parameter that hands it on included."""
    return _holds(look, expr, function, ASKED, HOPS) or is_handed(look, expr, function)


def is_handed(look: Look, expr: Expr | None, function: int) -> bool:
    """Whether an expression goes by the name of the request's path: a parameter, or what a request object gives."""
    parameters = {item.name for one in look.around(function) for item in one.parameters}
    for item in inside(expr):
        if isinstance(item, Name) and item.dotted in parameters and item.dotted.lower() in GIVEN:
            return True
        if isinstance(item, Call) and item.last in TOLD and "request" in item.name.lower():
            return True
    return False


def _holds(look: Look, expr: Expr | None, function: int, names: frozenset[str], hops: int) -> bool:
    for item in inside(expr):
        if not isinstance(item, Name):
            continue
        if item.dotted in names:
            return True
        given = look.assigned(item.dotted, function)[:6] if hops else []
        if any(_holds(look, one.value, function, names, hops - 1) for one in given if one.value is not None):
            return True
    return False


def is_verb(look: Look, expr: Expr | None, function: int) -> bool:
    """Whether an expression is the method of the request, a parameter or field that hands it on included."""
    given = look.value(expr, function)
    if is_method(given):
        return True
    name = dotted(given)
    parameters = {item.name for one in look.around(function) for item in one.parameters}
    return name.rpartition(".")[2].lower() in VERBS_NAMED and (name in parameters or name.startswith("this."))


def sides(compare: Compare) -> Iterator[tuple[Expr, Expr]]:
    """What is compared with what, both ways round; lists entry by entry (``match ([$method, $path])``)."""
    left, right = compare.left, compare.right
    if isinstance(left, Items) and isinstance(right, Items):
        yield from zip(left.values, right.values, strict=False)
    else:
        yield from ((left, right), (right, left))


def compared_methods(look: Look) -> list[tuple[int, int, str, bool]]:
    """Line, function, method and whether it is a ``case``, in order."""
    found = []
    for compare in look.module.compares:
        for one, other in sides(compare):
            method = (plain(other) or "").upper()
            if method in METHODS and is_verb(look, one, compare.function):
                found.append((compare.line, compare.function, method, compare.operator == "case"))
    return sorted(found)


def answers_page(module: Module, line: int, until: int) -> bool:
    """Whether the lines of a branch load a view, and answer with no JSON."""
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


def delegates(look: Look, line: int, until: int, function: int) -> Iterator[str]:
    """What the lines of a branch hand the request to: methods of classes, functions and files, the surest first.

    A class that is named after a segment has `SEGMENT` in that one's place.
    """
    calls = [call for call in look.module.calls if line <= call.line < until and call.function == function]
    for call in calls:
        if any(is_verb(look, arg, function) for arg in call.args) and (name := _target(look, call, calls)):
            yield name
    for call in calls:
        if call.new and HANDLING.search(call.last):
            yield _called_on(look, call, calls)
        elif not call.new and HANDLING.search(call.name.rpartition(".")[0]) and call.name[:1].isupper():
            yield call.name
        elif call.name in REQUIRING and call.args:
            text = call.args[0]
            last = text.parts[-1] if isinstance(text, Text) and text.parts else ""
            if isinstance(last, str) and last.endswith(".php"):
                yield last


def acting(look: Look, line: int, until: int, function: int) -> str:
    """The method or function that the lines of a branch call first to do what is asked; ``""`` where none shows."""
    for call in look.module.calls:
        if line <= call.line < until and call.function == function and (name := _acted(look, call)):
            return name
    return ""


def _acted(look: Look, call: Call) -> str:
    if call.new:
        return ""
    inner = call.callee.value if isinstance(call.callee, Attribute) else None
    if isinstance(inner, Call) and inner.new:
        return f"{inner.name}.{call.last}"
    head, _, last = call.name.rpartition(".")
    if not head:
        own = last in look.outer_functions or (CAMEL.search(last) is not None and last not in ASKING)
        return last if own else ""
    made = (item.value for item in look.assigned(head, call.function))
    value = next((item for item in made if isinstance(item, Call) and item.new), None)
    if value is not None:
        return f"{value.name}.{last}" if HANDLING.search(value.last) else ""
    return call.name if head[:1].isupper() and HANDLING.search(head) else ""


def _target(look: Look, call: Call, calls: list[Call]) -> str:
    """What a call hands the request to."""
    if call.new:
        return _called_on(look, call, calls)
    inner = call.callee.value if isinstance(call.callee, Attribute) else None
    if isinstance(inner, Call) and inner.new:
        return f"{inner.name}.{call.last}"
    head, _, last = call.name.rpartition(".")
    if not head:
        return "" if call.name in ASKING else call.name
    made = look.assigned(head, call.function)
    value = next((item.value for item in reversed(made) if isinstance(item.value, Call) and item.value.new), None)
    if isinstance(value, Call):
        return f"{_class_of(look, value)}.{last}"
    return call.name if head[:1].isupper() else ""


def _called_on(look: Look, made: Call, calls: list[Call]) -> str:
    """A class with the first method that is called on its new object; the class alone where that is not seen."""
    names = {item.target for item in look.assigned_at(made.line) if item.value is made}
    for call in calls:
        inner = call.callee.value if isinstance(call.callee, Attribute) else None
        if inner is made or (call.line >= made.line and call.name.rpartition(".")[0] in names):
            return f"{_class_of(look, made)}.{call.last}"
    return _class_of(look, made)


def _class_of(look: Look, made: Call) -> str:
    """The class of a new object; where its name is put together, that with what is put in marked."""
    given = look.value(Name(made.name, made.line), made.function)
    if not isinstance(given, Text):
        return made.name
    name = "".join(part if isinstance(part, str) else SEGMENT for part in given.parts)
    return name.replace("/", "\\").rpartition("\\")[2]
