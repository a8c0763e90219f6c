"""What home-made routers put before, or take off, every path: ``/api`` of ``new Router('/api')`` and of its class."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.frameworks.php._applications import DEFAULT, VERBS
from reviewer.gather.frameworks.php._dispatch import DISPATCH
from reviewer.gather.frameworks.php._scripts import EQUAL
from reviewer.gather.index import Index
from reviewer.gather.look import words
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Class, Module, Name, Number, Other, plain
from reviewer.model.facts.routing import Router

BASE = "<base>"
"""The router that stands for the class of a project's own: it says the prefix of all routes that are declared on it."""
API = re.compile(r"\^?/?((?:api|rest)(?:/v\d{1,2})?|v\d{1,2})(?:/|\\/)?\Z", re.IGNORECASE)
"""A prefix that is part of what is served; any other that is taken off is the folder that a project lies in."""
SEGMENTS = re.compile(r"expl|segm|part|ur[il]|path|route", re.IGNORECASE)
TAKING = words("str_replace preg_replace substr_replace str_ireplace")
DELIMITERS = "#~@%|!/"


def read_prefix(module: Module, kept: Kept, framework: str) -> None:
    """Keeps the prefix that a router's class, or the front controller, asks of every path before it is looked up."""
    if not any(mark in module.text for mark in ("api", "rest", "v1")):
        return
    found = next(_taken_off(module), None) or next(_asked_for(module), None)
    if found is not None:
        kept.routers.append(Router(symbol=BASE, framework=framework, line=found[0], prefix=(f"/{found[1]}",)))


def _taken_off(module: Module) -> Iterator[tuple[int, str]]:
    """``str_replace('/api', '', $uri)``, ``preg_replace('#^/api#', '', $uri)``."""
    for call in module.calls:
        if (
            call.last not in TAKING
            or len(call.args) < len(("what", "by", "in"))
            or plain(call.args[1]) not in ("", "/")
        ):
            continue
        text = (plain(call.args[0]) or "")[:60]
        if call.last == "preg_replace":
            text = text[1:].rpartition(text[:1])[0].replace("\\/", "/") if text and text[0] in DELIMITERS else ""
        match = API.match(text)
        if match and any(SEGMENTS.search(name) for name in _names(call.args[2])):
            yield call.line, match[1]


def _asked_for(module: Module) -> Iterator[tuple[int, str]]:
    """``if ($parts[1] == 'api')`` in the class that routes are declared on."""
    if not any(_is_router(module, owner) for owner in module.classes):
        return
    for compare in module.compares:
        match compare.left:
            case Other(kind="subscript_expression", operands=(Name(dotted=name), Number())) if (
                compare.operator in EQUAL
            ):
                found = API.match((plain(compare.right) or "")[:60])
                if found and SEGMENTS.search(name):
                    yield compare.line, found[1]


def _is_router(module: Module, owner: Class) -> bool:
    """Whether a class is what routes are declared on: it has methods for two verbs that take a path and a handler."""
    taking = (item for item in module.methods_of(owner) if item.name.lower() in VERBS and len(item.parameters) > 1)
    return len({item.name.lower() for item in taking}) > 1


def _names(expr: object) -> Iterator[str]:
    if isinstance(expr, Name):
        yield expr.dotted
    for inner in getattr(expr, "args", ()):
        yield from _names(inner)


def settle(index: Index, _path: str, router: Router, own: str) -> tuple[str, tuple[str, ...]]:
    """The prefix of a router of the project's own, below what its class asks of every path."""
    if router.symbol not in (DEFAULT, DISPATCH) and not router.root:
        return own, ()
    base = _base_of(index)
    beneath = own.strip("/").lower()
    if not base or f"{beneath}/".startswith(f"{base.strip('/').lower()}/"):
        return own, ()
    return f"{base}/{own.lstrip('/')}" if own else base, ()


_latest: list[tuple[Index, str]] = []


def _base_of(index: Index) -> str:
    if not (_latest and _latest[0][0] is index):
        _latest[:] = [(index, _find_base(index))]
    return _latest[0][1]


def _find_base(index: Index) -> str:
    """The one prefix that is said; none where routes are declared with it already."""
    found, with_it = set(), False
    for path, facts in index.files.items():
        routing = facts.routing if facts.kind == "php" else None
        found |= {index.text(path, item.prefix) for item in (routing.routers if routing else ()) if item.symbol == BASE}
    if len(found) != 1:
        return ""
    base = found.pop()
    for path, facts in index.files.items():
        for route in facts.routing.routes if facts.routing and facts.kind == "php" else ():
            with_it = with_it or f"{index.text(path, route.path)}/".lstrip("/").startswith(f"{base.lstrip('/')}/")
    return "" if with_it else base
