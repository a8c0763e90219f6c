"""What the methods of Django's view classes say of who may ask, and of the parameters that they take."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.frameworks.python._python import VERBS
from reviewer.gather.strangers import refusal_line
from reviewer.gather.syntax import Call, Class, Expr, Function, Items, Name, dotted, plain, walk

GATES = ("dispatch", "initial", "check_permissions", "setup")
"""Methods that every request to a view passes."""
PERMISSIONS = "get_permissions"
OF_OBJECT = "of an object"
"""Ends what is said of a permission class that is asked of an object alone."""
ASKS, ASKS_OF_OBJECT = "has_permission", "has_object_permission"
LINES_MOST = 40
ABOUT_USER = re.compile(r"\b(?:request|req)\.(?:user|auth|headers|META|COOKIES|session)\b")
ONLY_STRANGERS = re.compile(
    r"\breturn\s+(?:not\s+(?:bool\s*)?\(?\s*(?:[\w.]{1,60}\.user\s+and\s+)?[\w.]{0,60}\buser\.is_authenticated\b"
    r"|[\w.]{0,60}\buser\.is_anonymous\b)"
)
"""``return not request.user.is_authenticated``."""
READING_OPEN = re.compile(
    r"\bSAFE_METHODS\s*:\s*(?:#[^\n]*)?\s*return\s+True\b|\breturn\b[^\n]{0,60}SAFE_METHODS\s+or\b"
    r"|\breturn\s*\(?\s*bool\s*\(\s*request\.method\s+in\s+[\w.]{0,20}SAFE_METHODS\s+or\b"
    r"|\breturn\s*\(\s*request\.method\s+in\s+[\w.]{0,20}SAFE_METHODS\s+or\b"
    r"|\bmethod\s*(?:==\s*['\"]GET['\"]|in\s*[\[(]\s*['\"]GET['\"][^\n]{0,60})\s*:\s*return\s+True\b"
)
"""Everybody may read: ``if request.method in SAFE_METHODS: return True``."""
OPEN = "allow_any"
OPEN_CLASSES = frozenset({"AllowAny"})
ASKED = frozenset({"self.action", "self.request.method", "request.method", "self.request.method.lower"})
SAFE = ("SAFE_METHODS", "permissions.SAFE_METHODS")
HANDLERS = {
    "GET": ("get", "list", "retrieve"),
    "HEAD": (),
    "OPTIONS": (),
    "POST": ("post", "create"),
    "PUT": ("put", "update"),
    "PATCH": ("patch", "partial_update"),
    "DELETE": ("delete", "destroy"),
}
"""The handlers that answer a method, of views and of view sets."""
CATCHING = frozenset({"args", "kwargs", "kw", "kwds", "options", "_", "__"})
"""What parameters with stars go by."""


def gate_of(lookup: Lookup, owner: Class) -> tuple[str, ...]:
    """The guard that a class is by itself: it asks who is there before it hands a request on."""
    lines = lookup.lines
    return tuple(
        f"auth in {owner.name}.{method.name}"
        for method in lookup.methods_of(owner)
        if method.name in GATES and refusal_line(lines, method)
    )[:1]


def permission_of(lookup: Lookup, owner: Class) -> tuple[str, ...]:
    """What a permission class of the project asks: who is there, who is not, or nothing that can be told.

    One that only looks at an object guards what changes one; one that lets everybody read ends in ``ReadOnly``.
    """
    methods = {item.name: item for item in lookup.methods_of(owner) if item.name in (ASKS, ASKS_OF_OBJECT)}
    method = methods.get(ASKS) or methods.get(ASKS_OF_OBJECT)
    if method is None:
        return ()
    text = "\n".join(lookup.lines[method.line - 1 : min(method.end_line, method.line + LINES_MOST)])
    if ONLY_STRANGERS.search(text):
        return (OPEN,)
    if not ABOUT_USER.search(text):
        return ()
    told = "ReadOnly" if READING_OPEN.search(text) else method.name
    return (f"auth in {owner.name} {told}{f' {OF_OBJECT}' if method.name == ASKS_OF_OBJECT else ''}",)


def asked_by_handler(lookup: Lookup, owner: Class) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """What ``get_permissions`` gives: to every handler, and to those that it tells apart by action or method."""
    method = next((item for item in lookup.methods_of(owner) if item.name == PERMISSIONS), None)
    if method is None:
        return (), {}
    given = sorted(_given(lookup, method), key=lambda item: item[0])
    default: tuple[str, ...] = ()
    apart: dict[str, tuple[str, ...]] = {}
    above = method.line
    for line, names in given:
        handlers = _told_apart(lookup, method, above, line)
        above = line
        guards = tuple(name for name in names if name not in OPEN_CLASSES) or (OPEN,)
        if handlers is None:
            default = guards
        for handler in handlers or ():
            apart.setdefault(handler, guards)
    return default, apart


def _given(lookup: Lookup, method: Function) -> Iterator[tuple[int, list[str]]]:
    """The lists of permissions in a method, by line: returned at once, or put into a variable first."""
    for value in lookup.returns.get(method.index, ()):
        if isinstance(value, Items):
            yield value.line, _names(value)
    for item in lookup.module.assignments:
        if item.function == method.index and isinstance(item.value, Items) and "permission" in item.target:
            yield item.line, _names(item.value)


def _names(listed: Items) -> list[str]:
    made = (part.callee if isinstance(part, Call) else part for part in listed.values)
    names = (dotted(next((inner for inner in walk(part) if isinstance(inner, Name)), None)) for part in made)
    return [name.rpartition(".")[2] for name in names if name]


def _told_apart(lookup: Lookup, method: Function, above: int, line: int) -> list[str] | None:
    """The handlers that the condition between two lines names, None where there is none."""
    found: list[str] = []
    asked = False
    for item in lookup.compares.get(method.index, ()):
        if above <= item.line <= line and _asks(item.left) and item.operator in ("==", "in", "is"):
            asked = True
            found += _handlers(lookup, item.right)
    return found if asked else None


def _asks(expr: Expr) -> bool:
    return dotted(expr if not isinstance(expr, Call) else expr.callee) in ASKED


def _handlers(lookup: Lookup, right: Expr) -> list[str]:
    if dotted(right) in SAFE:
        return list(HANDLERS["GET"])
    value = lookup.value(dotted(right)) if dotted(right) else None
    listed = value if isinstance(value, Items) else right
    texts = [plain(item) or "" for item in (listed.values if isinstance(listed, Items) else (listed,))]
    return [handler for text in texts if text for handler in HANDLERS.get(text, (text,))]


def taken(lookup: Lookup, owner: Class) -> tuple[str, ...]:
    """What the handlers of a class are called with beside the request, where they differ: ``"delete pk"``."""
    handlers = [item for item in lookup.methods_of(owner) if item.name in VERBS]
    found = tuple(f"{item.name} {' '.join(_parameters(item))}".strip() for item in handlers)
    return found if len({item.partition(" ")[2] for item in found}) > 1 else ()


def _parameters(method: Function) -> Iterator[str]:
    for parameter in method.parameters[2:]:
        if parameter.name in CATCHING:
            yield "*"
        else:
            yield f"{parameter.name}?" if parameter.default is not None else parameter.name


def fits(takes: tuple[str, ...], verb: str, given: frozenset[str], elsewhere: frozenset[str]) -> bool:
    """Whether a handler can be called with the parameters of a path, as `taken` describes it.

    What stands in an outer path is not known here: a parameter that is missing counts only where another path to the
    class has it itself (``elsewhere``), or where another handler of the class could not be called with it.
    """
    described = dict(item.partition(" ")[::2] for item in takes)
    if verb not in described:
        return True
    if not _accepts(described[verb], given):
        return False
    missing = {name for name in described[verb].split() if name != "*" and not name.endswith("?")} - given
    if missing & elsewhere:
        return False
    others = [text for name, text in described.items() if name != verb and _accepts(text, given)]
    return not missing or not any(not _accepts(text, given | missing) for text in others)


def _accepts(described: str, given: frozenset[str]) -> bool:
    names = described.split()
    return "*" in names or given <= {name.rstrip("?") for name in names}
