"""Routers that a project wrote itself: what they are called, and the spellings that published ones do not share."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewer.gather.frameworks.php._handlers import guard_names, is_handler
from reviewer.gather.look import words
from reviewer.gather.syntax import (
    Attribute,
    Call,
    Expr,
    Items,
    Lambda,
    Mapping,
    Module,
    Name,
    Text,
    dotted,
    plain,
    value_of,
)
from reviewer.model.facts.values import Value

OWN = "router"
"""What a router is called here that the code gives no name to: ``(new Router())->get(...)``."""
NAMES = words("router routes route")
"""The last part of what holds a router: ``$app->router``, ``$this->kernel->routes``."""
GIVING = words("router getRouter getInstance instance singleton")
"""Methods without arguments that hand out the router or the application."""
DECLARING = words("get post put patch delete options head any all map match add addroute group")
CHAINED = words(
    "name as only middleware middlewares guard where with before after auth setname withmiddleware addmiddleware"
    " protect role roles prefix controller"
)
"""What is called on a route between two of them."""
LINKS_MOST = 300
CONTROLLER = re.compile(r"[@#]|::|->|Controller|\.php\Z|\.html\Z")
FILE = re.compile(r"[\w./-]{1,200}\.(?:php|html|phtml)")
METHODS = words("GET POST PUT PATCH DELETE")


def head_of(module: Module, call: Call, makers: frozenset[str], types: frozenset[str]) -> str:
    """What the first call of a chain is made on; the class itself for one of its methods that extends a router."""
    links = _links(call)
    name = dotted(links[-1].callee if links else call.callee)
    if links and links[-1].new and links[-1].last in makers:
        return OWN
    if links and links[-1].last in GIVING and not links[-1].args and _gives(links[-1], types):
        return OWN
    if not all(link.last.lower() in DECLARING or link.last.lower() in CHAINED for link in links):
        return ""
    receiver = name.rpartition(".")[0]
    return OWN if receiver in ("this", "self", "parent") and _extends(module, call.owner, types) else receiver


def _links(call: Call) -> list[Call]:
    """The calls that a call is chained to, the last one first."""
    found: list[Call] = []
    callee = call.callee
    while isinstance(callee, Attribute) and isinstance(callee.value, Call) and len(found) < LINKS_MOST:
        found.append(callee.value)
        callee = callee.value.callee
    return found


def _gives(call: Call, types: frozenset[str]) -> bool:
    return call.last in ("router", "getRouter") or call.name.split(".")[-2:][0] in types


def _extends(module: Module, owner: int, types: frozenset[str]) -> bool:
    """Whether a class is a router by its base."""
    bases = module.classes[owner].bases if 0 <= owner < len(module.classes) else ()
    return any(dotted(base).rpartition(".")[2] in types for base in bases)


def is_own_name(name: str) -> bool:
    """Whether a name of several parts ends as a router: ``app.router``."""
    head, _, last = name.rpartition(".")
    return bool(head) and last in NAMES


def names_a_router(receiver: str) -> bool:
    """Whether what a call is made on goes by the name of a router, so that its first argument is a path anyhow."""
    return receiver.rpartition(".")[2].lower() in NAMES


def is_controller(expr: Expr | None) -> bool:
    """Whether an argument can only be the handler of a route: a class with its method, a file, a closure."""
    match expr:
        case Lambda():
            return True
        case Items() | Mapping():
            return is_handler(expr)
        case Name(dotted=name):
            return name.endswith(".class")
        case Text() if (text := plain(expr)) is not None:
            return is_handler(expr) and bool(CONTROLLER.search(text[:300]))
        case _:
            return False


def file_named(expr: Expr | None) -> str:
    """The file that a route is answered by: ``get('/about', 'controllers/about.php')``."""
    text = plain(expr) or ""
    return text if FILE.fullmatch(text[:300]) else ""


def in_order(args: tuple[Expr, ...]) -> tuple[str, Expr, tuple[Expr, ...]] | None:
    """The method, path and handlers of a call by any name that is given the three: ``set('GET', '/x', ...)``."""
    if len(args) <= len(("method", "path")):
        return None
    for first, second in ((0, 1), (1, 0)):
        method, path = plain(args[first]) or "", plain(args[second]) or ""
        if method.upper() in METHODS and path.startswith("/") and is_handler(args[2]):
            return method.upper(), args[second], args[2:]
    return None


@dataclass(frozen=True, slots=True)
class Before:
    """What is said of a group before it is opened: ``Route::prefix('api')->middleware('auth')->group(...)``."""

    prefix: Value
    guards: tuple[str, ...]


def said_before(call: Call) -> Before:
    """The prefix and guards that stand in the chain before a call."""
    prefix: Value = ()
    guards: list[str] = []
    for link in reversed(_links(call)):
        first = link.args[0] if link.args else None
        if link.last == "prefix" and isinstance(first, (Text, Name)):
            prefix = (*prefix, "/", *value_of(first))
        elif link.last in ("middleware", "middlewares", "guard", "before", "withMiddleware"):
            guards += [name for arg in link.args for name in guard_names(arg)]
    return Before(prefix, tuple(guards))
