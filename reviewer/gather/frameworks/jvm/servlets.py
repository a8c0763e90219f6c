"""Servlets: the methods that a class answers, at the paths of its annotation or of the deployment descriptor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reviewer.gather.frameworks.jvm._annotations import find, flat, given, path_of
from reviewer.gather.frameworks.jvm._servlet_paths import Case, asks_for_rest, cases, reached, takes_item
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
FORWARDS = frozenset(
    "forward include sendRedirect redirect redirectTo navigate navigateTo forwardTo render renderView".split()
)
"""How servlets, and base classes of a project's own, hand a request on to a page."""
MARKUP = re.compile(r"text/html|\.jsp\b|<html|<h\d>|<p>|<br", re.IGNORECASE)
GUARD = "ServletSecurity"
NOT_SERVED = Expansion(method="")
REST = "{pathInfo}"
"""What follows the path of a servlet, where it asks for it."""


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
    """A servlet's methods, and what each does for the paths that it tells apart below the servlet's own."""
    below: dict[tuple[str, str], View] = {}
    for method, function in methods.items():
        inside = reached(module, owner, function)
        told = list(cases(module, inside))
        yield View(
            symbol=f"{owner.name}.{function.name}",
            line=function.line,
            methods=(method,),
            detail=(takes_item(module, inside) and not any(case.part for case, _ in told))
            or (not told and asks_for_rest(module, inside)),
            page=_is_page(module, inside),
        )
        for case, at in told:
            below.setdefault((method, case.path), _view_of(module, owner, method, case, at))
    yield from below.values()


def _view_of(module: Module, owner: Class, method: str, case: Case, function: int) -> View:
    """What a servlet does for one path: the first method that it hands on to, or the lines up to the next path."""
    named = {item.name: item for item in module.methods_of(owner)}
    handing = next(
        (
            call
            for call in module.calls
            if call.function == function
            and case.line <= call.line < case.until
            and call.name.removeprefix("this.") in named
        ),
        None,
    )
    handler = named[handing.name.removeprefix("this.")] if handing is not None else module.functions[function]
    inside = reached(module, owner, handler) if handing is not None else set()
    until = handing.line if handing is not None else case.until
    return View(
        symbol=f"{owner.name}.{handler.name}",
        line=handler.line if handing is not None else case.line,
        methods=(method,),
        path=(case.path,),
        page=_is_page(module, inside, (function, case.line, until)),
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


def _is_page(module: Module, inside: set[int], part: tuple[int, int, int] = (-1, 0, 0)) -> bool:
    """Whether functions, or some lines of one, forward, redirect or write markup."""
    within, first, until = part

    def belongs(function: int, line: int) -> bool:
        return function in inside or (function == within and first <= line < until)

    if any(call.last in FORWARDS and belongs(call.function, call.line) for call in module.calls):
        return True
    return any(belongs(index, text.line) and MARKUP.search(_text(text)[:500]) for text, index in module.texts)


def _text(text: Text) -> str:
    return plain(text) or "".join(part for part in text.parts if isinstance(part, str))


def expand(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """What the servlet's class, or a base class of it, answers; nothing for a servlet of a library."""
    own: dict[str, View] = {}
    below: dict[tuple[str, str], View] = {}
    for where, item in index.mro(path, route.handler):
        routing = index.files[where].routing
        for view in routing.views if routing else ():
            if view.symbol.rpartition(".")[0] == item.name:
                rest = "".join(part for part in view.path if isinstance(part, str))
                for method in view.methods:
                    if rest:
                        below.setdefault((method, rest), view)
                    elif view.symbol.rpartition(".")[2] in HANDLERS:
                        own.setdefault(method, view)
    if len(own) > 1:
        own.pop("ANY", None)
    declared = index.text(path, route.path)
    open_below = bool(below) or any(view.detail for view in own.values())
    found = [_expansion(method, view, where) for method, view in own.items()
             for where in _own_paths(declared, view, open_below)]  # fmt: skip
    found += [_expansion(method, view, _below(declared, rest)) for (method, rest), view in below.items()
              if method in own and _below(declared, rest)]  # fmt: skip
    return found or [NOT_SERVED]


def _expansion(method: str, view: View, path: str) -> Expansion:
    return Expansion(method=method, symbol=view.symbol.rpartition(".")[2], page=view.page, path=path)


def _own_paths(declared: str, view: View, open_below: bool) -> list[str]:
    """Where a method answers by itself: ``/users/*`` is ``/users`` too, with an item below where it asks for one."""
    if not declared.endswith("/*") or not open_below:
        return [declared]
    return [declared[:-2], declared[:-1] + REST] if view.detail else [declared[:-2]]


def _below(declared: str, rest: str) -> str:
    """A path that a servlet tells apart, from the root; ``""`` where its pattern leaves no room for one."""
    if declared in ("/", "/*"):
        return rest
    stem = declared.removesuffix("/*")
    if stem == declared:
        return ""
    return rest if rest == stem or rest.startswith(f"{stem}/") else stem + rest


FRAMEWORK = Framework(name=SERVLETS, languages=("Java", "Kotlin"), read=read, packages=(), expand=expand)
