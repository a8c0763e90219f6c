"""Servlets: the methods that a class answers, at the paths of its annotation or of the deployment descriptor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reviewer.gather.frameworks.jvm._annotations import find, flat, given, path_of
from reviewer.gather.index import Index
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.syntax import Class, Expr, Function, Module, Text, plain
from reviewer.model.facts.routing import Route, Router, View

SERVLETS = "Servlets"
MODULES = ("javax.servlet", "jakarta.servlet")
HANDLERS = {
    "doGet": "GET",
    "doPost": "POST",
    "doPut": "PUT",
    "doPatch": "PATCH",
    "doDelete": "DELETE",
    "doHead": "HEAD",
    "doOptions": "OPTIONS",
    "service": "ANY",
}
FORWARDS = frozenset({"forward", "include", "sendRedirect"})
MARKUP = re.compile(r"text/html|\.jsp\b|<html|<h\d>|<p>|<br", re.IGNORECASE)
GUARD = "ServletSecurity"
NOT_SERVED = Expansion(method="")


def read(module: Module, kept: Kept) -> None:
    """Keeps the servlets of a file: what each answers, and where, if it says so itself."""
    if not module.imported(*MODULES):
        return
    for owner in module.classes:
        methods = {
            HANDLERS[item.name]: item
            for item in module.methods_of(owner)
            if item.name in HANDLERS and _takes_request(item) and _answers(module, item)
        }
        servlet = find(owner.decorators, "WebServlet")
        if not methods and servlet is None:
            continue
        kept.views.extend(_views(module, owner, methods))
        if servlet is not None:
            kept.routers.append(Router(symbol=owner.name, framework=SERVLETS, line=owner.line))
            kept.routes.extend(_routes(module, owner, servlet))


def _takes_request(function: Function) -> bool:
    return len(function.parameters) == 2 and "Request" in function.parameters[0].type


def _answers(module: Module, function: Function) -> bool:
    """Whether a method does something else than to refuse as its base class does."""
    names = [call.name for call in module.calls if call.function == function.index]
    return function.statements > 0 and names != [f"super.{function.name}"]


def _views(module: Module, owner: Class, methods: dict[str, Function]) -> Iterator[View]:
    for method, function in methods.items():
        yield View(
            symbol=f"{owner.name}.{function.name}",
            line=function.line,
            methods=(method,),
            page=_is_page(module, owner, function),
        )


def _routes(module: Module, owner: Class, servlet: Expr) -> Iterator[Route]:
    guards = (f"{GUARD} (authorized)",) if find(owner.decorators, GUARD) is not None else ()
    for item in flat(given(servlet, "urlPatterns")):
        path = path_of(module, owner, item)
        yield Route(
            router=owner.name,
            framework=SERVLETS,
            methods=(),
            path=path if path and isinstance(path[0], str) and path[0].startswith("/") else ("/", *path),
            line=owner.line,
            end_line=owner.end_line,
            handler=owner.name,
            guards=guards,
        )


def _is_page(module: Module, owner: Class, function: Function) -> bool:
    """Whether a method forwards, redirects or writes markup; where it hands on to another method, whether that does."""
    names = {call.last for call in module.calls if call.function == function.index}
    inside = {function.index} | {
        item.index for item in module.methods_of(owner) if item.name in names and item.index != function.index
    }
    if any(call.function in inside and call.last in FORWARDS for call in module.calls):
        return True
    return any(index in inside and MARKUP.search(_text(text)[:500]) for text, index in module.texts)


def _text(text: Text) -> str:
    return plain(text) or "".join(part for part in text.parts if isinstance(part, str))


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """What the servlet's class, or a base class of it, answers; nothing for a servlet of a library."""
    found: dict[str, Expansion] = {}
    for where, item in index.mro(path, route.handler):
        routing = index.files[where].routing
        for view in routing.views if routing else ():
            if view.symbol.rpartition(".")[0] == item.name and view.symbol.rpartition(".")[2] in HANDLERS:
                for method in view.methods:
                    symbol = view.symbol.rpartition(".")[2]
                    found.setdefault(method, Expansion(method=method, symbol=symbol, page=view.page))
    if len(found) > 1:
        found.pop("ANY", None)
    return list(found.values()) or [NOT_SERVED]


FRAMEWORK = Framework(name=SERVLETS, languages=("Java", "Kotlin"), read=read, packages=(), expand=expand)
