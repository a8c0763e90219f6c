"""What stands in Django's lists of URLs: paths with their views, lists within lists, what libraries bring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.gather.frameworks.python._django_named import UNKNOWN
from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.frameworks.python._python import VERBS, argument, methods_of, owner_of, written
from reviewer.gather.frameworks.python._regex_paths import path_value, regex_value, takes_the_rest
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import (
    Attribute,
    Call,
    Expr,
    Items,
    Mapping,
    Name,
    Other,
    Text,
    dotted,
    plain,
    walk,
)
from reviewer.model.facts.routing import Mount, Route

if TYPE_CHECKING:
    from reviewer.model.facts.values import Value

NAME = "Django"
PATH_CALLS = frozenset({"path", "re_path", "url"})
LIST_CALLS = frozenset({"i18n_patterns", "format_suffix_patterns", "patterns", "list", "tuple", "decorator_include"})
DOCUMENTING = frozenset({"with_ui", "without_ui", "get_schema_view", "get_swagger_view", "include_docs_urls"})
"""What makes the views of libraries that show an API's description."""
SOCKETS = "as_asgi"
"""What a consumer of Channels is routed by: it talks over a websocket, and answers no request."""
DEPTH_LIMIT = 20


@dataclass(slots=True)
class UrlList:
    """One list of URLs being read: the name it is given, and what is kept of it."""

    symbol: str
    lookup: Lookup
    kept: Kept


def entries(urls: UrlList, value: Expr | None, prefix: Value, depth: int) -> None:
    """Everything that a list of URLs is put together from."""
    if depth > DEPTH_LIMIT:
        return
    match value:
        case Items(values=values):
            for item in values:
                entries(urls, item, prefix, depth + 1)
        case Other(operands=operands):
            for item in operands:
                entries(urls, item, prefix, depth + 1)
        case Call() if value.last in PATH_CALLS:
            _url(urls, value, prefix, depth)
        case Call() if value.last in LIST_CALLS:
            for item in value.args:
                entries(urls, item, prefix, depth + 1)
        case Name(dotted=name) if name != urls.symbol:
            _mount(urls, name.removesuffix(".urls"), prefix, value.line)
        case _:
            pass


def _url(urls: UrlList, call: Call, prefix: Value, depth: int) -> None:
    route, view = argument(call, 0, "route", "regex"), view_of_entry(call)
    is_path = call.last == "path"
    path = prefix + (path_value(route) if is_path else regex_value(route))
    match view:
        case Call() if view.last == "include":
            _include(urls, view, path, depth)
        case Name(dotted=name) if name.endswith(".urls"):
            _library(urls, call, name, path)
        case Items(values=(Name() as child, *_)):
            _mount(urls, child.dotted, path, call.line)
        case None:
            pass
        case _:
            _handled(urls, call, view, path)


def _include(urls: UrlList, call: Call, path: Value, depth: int) -> None:
    """``include("module.urls")``, ``include(router.urls)``, ``include([...])`` and ``include((list, namespace))``."""
    given = argument(call, 0, "arg")
    named = isinstance(given, Items) and len(given.values) == 2 and not isinstance(given.values[0], Call)
    if isinstance(given, Items) and named:
        given = given.values[0]
    if isinstance(given, Text):
        _mount(urls, plain(given) or UNKNOWN, path, call.line)
    elif isinstance(given, Name):
        _mount(urls, given.dotted.removesuffix(".urls"), path, call.line)
    elif isinstance(given, (Call, Items, Other)) and not _is_spelled(given):
        _mount(urls, UNKNOWN, path, call.line)
    else:
        entries(urls, given, path, depth + 1)


def _is_spelled(given: Expr) -> bool:
    """Whether what is included is written out: a list, with others added to it."""
    return isinstance(given, Items) or (isinstance(given, Other) and given.operator == "+")


def _mount(urls: UrlList, child: str, prefix: Value, line: int) -> None:
    if child:
        urls.kept.mounts.append(Mount(parent=urls.symbol, child=child, framework=NAME, line=line, prefix=prefix))


def _library(urls: UrlList, call: Call, name: str, path: Value) -> None:
    """``admin.site.urls`` answers below its path by itself; other objects with ``urls`` may be our own."""
    if "admin" not in name and "site" not in name:
        _mount(urls, name.removesuffix(".urls"), path, call.line)
        return
    urls.kept.routes.append(
        Route(
            router=urls.symbol,
            framework=NAME,
            methods=("ANY",),
            path=path,
            line=call.line,
            end_line=call.end_line,
            handler=name,
            implicit=True,
        )
    )


def _handled(urls: UrlList, call: Call, view: Expr, path: Value) -> None:
    guards: list[str] = []
    brought = _documents(urls.lookup, view) or (
        call.last != "path" and takes_the_rest(argument(call, 0, "route", "regex"))
    )
    if isinstance(view, Name):
        view = _as_view(urls.lookup, view)
    while isinstance(view, Call) and view.last not in ("as_view", SOCKETS) and view.args:
        guards.append(written(view.callee))
        view = view.args[0]
    handler, actions = _handler(view)
    name = plain(call.keywords.get("name")) or ""
    for method, symbol in actions or [("", handler)]:
        urls.kept.routes.append(
            Route(
                router=urls.symbol,
                framework=NAME,
                methods=(method,) if method else _given(urls.lookup, view),
                path=path,
                line=call.line,
                end_line=call.end_line,
                handler=symbol,
                page=_names_template(view),
                guards=tuple(guards),
                implicit=brought or (isinstance(view, Call) and view.last == SOCKETS),
                name=name,
            )
        )


def _documents(lookup: Lookup, view: Expr) -> bool:
    """Whether a view is a library's page about the API, by the call that makes it or by the name of its result."""
    made = lookup.value(view.dotted) if isinstance(view, Name) else view
    return any(isinstance(part, Call) and part.last in DOCUMENTING for part in walk(made))


def _as_view(lookup: Lookup, view: Name) -> Expr:
    """The ``View.as_view()`` that a name of this file stands for, else the name."""
    value = lookup.value(view.dotted)
    return (
        value
        if isinstance(value, Call) and any(isinstance(part, Call) and part.last == "as_view" for part in walk(value))
        else view
    )


def _handler(view: Expr) -> tuple[str, list[tuple[str, str]]]:
    """The name of a view, and the methods that ``as_view({"get": "list"})`` gives to its actions."""
    if not isinstance(view, Call):
        return dotted(view) or plain(view) or "", []
    name = _class_of(view)
    mapped = argument(view, 0, "actions")
    if not isinstance(mapped, Mapping):
        return name, []
    pairs = [(plain(key) or "", plain(value) or "") for key, value in mapped.pairs]
    return name, [(VERBS[verb], f"{name}.{action}") for verb, action in pairs if verb in VERBS]


def _class_of(view: Call) -> str:
    """``View`` of ``View.as_view()`` and of ``View().as_view()``."""
    made = view.callee.value if isinstance(view.callee, Attribute) else None
    return made.name if isinstance(made, Call) else owner_of(view.name)[0]


def _given(lookup: Lookup, view: Expr) -> tuple[str, ...]:
    names = view.keywords.get("http_method_names") if isinstance(view, Call) else None
    return methods_of(lookup, names) or ()


def _names_template(view: Expr) -> bool:
    return isinstance(view, Call) and "template_name" in view.keywords


def view_of_entry(call: Call) -> Expr | None:
    return argument(call, 1, "view")
