"""Paths, handlers and middlewares as Express calls spell them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reviewer.gather.frameworks.node._dialects import EXPRESS, Dialect
from reviewer.gather.frameworks.node.settings_in_code import SPACE, key_of
from reviewer.gather.languages.node._names import Names
from reviewer.gather.syntax import (
    Attribute,
    Call,
    Expr,
    Items,
    Lambda,
    Module,
    Name,
    Other,
    Text,
    dotted,
    plain,
    value_of,
    walk,
)
from reviewer.model.facts.values import Ref, Value

PATH_NAME = re.compile(r"path|prefix|url|uri|base|route|endpoint|root|version", re.IGNORECASE)
"""A name that is given first to a router and holds its path, not a middleware."""
LIKE_ROUTER = re.compile(r"rout|controller|api\b|endpoint|resource|module|v\d|index", re.IGNORECASE)
CATCHING = re.compile(r"(?:async|catch|wrap|safe)\w{0,20}$|try_?catch$|use_?async$", re.IGNORECASE)
"""What is put around handlers and middlewares so that their errors are caught."""
PASSIVE = re.compile(r"limit|throttl|initialize|session|csrf|cors|logger|slow", re.IGNORECASE)
"""Middlewares whose names may sound like a guard's and which let everybody through."""
DOCUMENTATION = frozenset(
    {
        *("swagger-ui-express.setup", "swagger-ui-express.serveFiles", "@hono/swagger-ui.swaggerUI"),
        *("@scalar/hono-api-reference.apiReference", "@scalar/hono-api-reference.Scalar"),
        *("@scalar/express-api-reference.apiReference", "hono-openapi.openAPISpecs"),
        *("hono-openapi.openAPIRouteHandler", "hono-openapi.generateSpecs"),
    }
)
"""Handlers of libraries that show the API's documentation."""
SUM_MOST = 20
"""Parts of a path that are added up."""
REGEX_GROUP = re.compile(r"\((?:\?(?:<(\w+)>|:))?[^()]*\)[?+*]?")
REGEX_SIGNS = re.compile(r"[\\\[\]^$.*+?|(){}]")
PLACEHOLDER = "\0"
PAGE_ANSWERS = EXPRESS.pages
FILE_ANSWERS = frozenset({"sendFile"})
"""Pages only where the file is one: else a download."""
PAGE_FILE = re.compile(r"\.html?$|^index$", re.IGNORECASE)
DATA_ANSWERS = frozenset({"json", "jsonp"})
SENT = frozenset({"send", "write", "end"})
TAG = re.compile(
    r"\s*<(?:!doctype|html|head|body|h[1-6]|p|div|a|form|img|ul|ol|b|center|script|span|strong|br|style|table|main|i|em)\b",
    re.IGNORECASE,
)
"""How HTML begins, and XML for machines does not."""
HEADED = frozenset({"writeHead", "setHeader", "set", "header", "type"})
TYPED, HTML, UNSURE, HANDED = "typed", "html", "unsure", "handed"
"""Answers by hand: declared as HTML, a text of HTML, anything else that is sent, or JSON or another function's work."""
ANSWERING = EXPRESS.answering


def paths_of(expr: Expr) -> list[Value] | None:
    """The paths that the first argument of a route gives, or None where it is no path."""
    if isinstance(expr, Items):
        return [path for value in expr.values for path in paths_of(value) or ()] or None
    if isinstance(expr, Text):
        first = (plain(expr) or "").partition("|")[0]
        begun = regex_path(first) if first.startswith("^/") else None
        return [_spelled(expr) if begun is None else (begun,)]
    if key := key_of(expr):
        return [(Ref(name=SPACE + key),)]
    if isinstance(expr, Other) and expr.kind == "regex":
        path = regex_path(plain(expr.operands[0]) or "")
        return [(path,)] if path is not None else None
    if isinstance(expr, Name):
        return [value_of(expr)]
    if is_sum(expr):
        return [tuple(part for item in _added(expr) for part in value_of(item))]
    if isinstance(expr, Call) and expr.args and not expr.new and isinstance(expr.callee, Name):
        return [(Ref(name=""),)] if PATH_NAME.search(expr.last) else None
    return None


def _spelled(text: Text) -> Value:
    """A text with the settings that are read in it under their keys: ``${config.get("api.prefix")}/users``."""
    parts = [part for part in text.parts if part != ""]
    keys = [key_of(part) if not isinstance(part, str) else "" for part in parts]
    return tuple(Ref(name=SPACE + key) if key else part for key, part in zip(keys, value_of(text), strict=True))


def is_sum(expr: Expr) -> bool:
    """Whether an expression is names added up (``BASE + VERSION``)."""
    return isinstance(expr, Other) and expr.operator == "+"


def _added(expr: Expr) -> list[Expr]:
    found: list[Expr] = []
    while isinstance(expr, Other) and expr.operator == "+" and len(expr.operands) == 2 and len(found) < SUM_MOST:
        found.append(expr.operands[1])
        expr = expr.operands[0]
    return [expr, *reversed(found)]


def regex_path(pattern: str) -> str | None:
    r"""``^\/users\/(\d+)$`` as ``/users/{param}``; None where a path cannot say it."""
    text = (
        pattern.replace("\\/", "/").replace("\\.", PLACEHOLDER).removeprefix("^").removesuffix("$").removesuffix("/?")
    )
    text = REGEX_GROUP.sub(lambda match: f":{match[1] or 'param'}", text)
    return None if REGEX_SIGNS.search(text) else text.replace(PLACEHOLDER, ".")


def within_class(path: Value, class_name: str) -> Value:
    """A path with ``this.prefix`` written as the class's constant."""
    if not class_name:
        return path
    return tuple(
        Ref(name=f"{class_name}.{part.name.removeprefix('this.')}")
        if isinstance(part, Ref) and part.name.startswith("this.")
        else part
        for part in path
    )


def is_path_name(expr: Expr, texts: Iterable[str]) -> bool:
    """Whether a name before others is a path: a text of this file, a constant, or called like one."""
    if not isinstance(expr, Name):
        return False
    last = expr.dotted.rpartition(".")[2]
    return expr.dotted in texts or last.isupper() or (bool(PATH_NAME.search(last)) and not last.endswith("Router"))


def flat(args: Iterable[Expr]) -> Iterator[Expr]:
    """Arguments with those in arrays one after another, and spread ones as they are."""
    for arg in args:
        if isinstance(arg, Items):
            yield from flat(arg.values)
        elif isinstance(arg, Other) and arg.kind == "spread_element" and arg.operands:
            yield arg.operands[0]
        else:
            yield arg


def function_of(expr: Expr) -> Expr:
    """The function inside wrappers: of ``asyncHandler(list)``, ``list.bind(this)`` and ``validate(rules)(list)``."""
    for _ in range(5):
        if not isinstance(expr, Call) or expr.new:
            break
        if isinstance(expr.callee, Attribute | Name) and expr.last in ("bind", "call"):
            expr = expr.callee.value if isinstance(expr.callee, Attribute) else _without_last(expr.callee)
            continue
        given = [arg for arg in expr.args if isinstance(arg, Name | Lambda | Call | Attribute)]
        if not given:
            break
        expr = given[-1]
    return expr


def _without_last(name: Name) -> Name:
    return Name(name.dotted.rpartition(".")[0], name.line)


def handler_name(expr: Expr, names: Names) -> str:
    """The name of a handler, ``""`` for one written in place."""
    found = function_of(expr)
    if isinstance(found, Attribute) and isinstance(found.value, Call) and found.value.new:
        return f"{dotted(found.value.callee)}.{found.name}"
    return names.instance(dotted(found.callee if isinstance(found, Call) else found)).lstrip(".")


def guard_name(expr: Expr) -> str:
    """A middleware as written, without its arguments and what catches its errors; ``""`` for what guards nothing."""
    while isinstance(expr, Call):
        if len(expr.args) == 1 and isinstance(expr.args[0], Name | Call) and CATCHING.search(expr.name[-60:]):
            expr = expr.args[0]
            continue
        inside = expr.callee
        expr = inside.value if isinstance(inside, Attribute) and isinstance(inside.value, Call) else inside
    name = dotted(expr)
    return "" if PASSIVE.search(name) else name


def answers(module: Module, dialect: Dialect = EXPRESS) -> dict[int, set[str]]:
    """What each function, with those inside it, answers by: ``render`` for any kind of page, ``json``, ..."""
    found: dict[int, set[str]] = {}
    by_hand = False
    for call in module.calls:
        if call.last in SENT or call.last in HEADED:
            said = _by_hand(call) if is_answer(call, dialect.answering) else ""
            by_hand = by_hand or said in (TYPED, HTML)
        elif call.last in dialect.pages or call.last in DATA_ANSWERS:
            if not is_answer(call, dialect.answering) or (call.last in FILE_ANSWERS and not _sends_page(call)):
                continue
            said = "render" if call.last in dialect.pages else call.last
        else:
            continue
        if said:
            _note(module, found, call, said)
    _by_helpers(module, found, dialect)
    for call in module.calls if by_hand else ():
        if _hands_on(call, dialect.answering):
            _note(module, found, call, HANDED)
    return found


def _by_helpers(module: Module, found: dict[int, set[str]], dialect: Dialect) -> None:
    """Adds the functions that hand what answers to one beside them which renders: ``renderForm(ctx, note)``."""
    names = {
        item.name
        for item in module.functions
        if item.parent == item.owner == -1 and found.get(item.index) == {"render"}
    }
    for call in module.calls if names else ():
        if call.name in names and any(dotted(arg) in dialect.answering for arg in call.args[:3]):
            _note(module, found, call, "render")


def _note(module: Module, found: dict[int, set[str]], call: Call, said: str) -> None:
    function, most = call.function, 20
    while function != -1 and most:
        found.setdefault(function, set()).add(said)
        function, most = module.functions[function].parent, most - 1


def _by_hand(call: Call) -> str:
    """What a call says of an answer that is put together by hand; ``""`` for nothing."""
    if call.last in SENT:
        first = call.args[0] if call.args else None
        begun = first.parts[0] if isinstance(first, Text) and first.parts else ""
        if isinstance(begun, str) and TAG.match(begun):
            return HTML
        return "" if first is None and call.last == "end" else UNSURE
    texts = [part for arg in call.args for item in walk(arg) if isinstance(item, Text) for part in item.parts]
    types = [part for part in texts if isinstance(part, str)]
    if any("json" in part for part in types):
        return HANDED
    return TYPED if any(part.startswith("text/html") for part in types) else ""


def _hands_on(call: Call, answering: frozenset[str]) -> bool:
    """Whether a call makes JSON or hands the response to another function."""
    if call.last == "stringify" or "json" in call.last.lower():
        return True
    return call.last != "pipe" and any(isinstance(arg, Name) and arg.dotted in answering for arg in call.args)


def _sends_page(call: Call) -> bool:
    texts = (part for arg in call.args[:1] for item in walk(arg) if isinstance(item, Text) for part in item.parts)
    return any(isinstance(part, str) and PAGE_FILE.search(part) for part in texts)


def is_page(answered: set[str]) -> bool:
    """Whether a function that answers so serves a page and never data."""
    if answered & DATA_ANSWERS:
        return False
    by_hand = HANDED not in answered and (TYPED in answered or (HTML in answered and UNSURE not in answered))
    return by_hand or bool(answered & PAGE_ANSWERS)


def is_answer(call: Call, answering: frozenset[str] = ANSWERING) -> bool:
    """Whether a call is one of a response: ``res.json``, ``res.status(400).json``."""
    receiver: Expr = call.callee
    while isinstance(receiver, Attribute | Call):
        receiver = receiver.callee if isinstance(receiver, Call) else receiver.value
    return isinstance(receiver, Name) and receiver.dotted.partition(".")[0] in answering
