"""Django's URL lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.gather.frameworks.python._django_expand import expand
from reviewer.gather.frameworks.python._django_views import MODULES, SETTINGS, default_permissions, views_of
from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.frameworks.python._python import VERBS, argument, methods_of, owner_of, written
from reviewer.gather.frameworks.python._regex_paths import path_value, regex_value
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import (
    Assignment,
    Call,
    Expr,
    Items,
    Mapping,
    Module,
    Name,
    Other,
    Text,
    dotted,
    plain,
    walk,
)
from reviewer.model.facts.routing import Mount, Route, Router

if TYPE_CHECKING:
    from reviewer.model.facts.values import Value

NAME = "Django"
PATH_CALLS = frozenset({"path", "re_path", "url"})
LIST_CALLS = frozenset({"i18n_patterns", "format_suffix_patterns", "patterns", "list", "tuple", "decorator_include"})
DOCUMENTING = frozenset({"with_ui", "without_ui", "get_schema_view", "get_swagger_view", "include_docs_urls"})
"""What makes the views of libraries that show an API's description."""
OTHERS = ("tornado", "aiohttp", "sanic", "starlette", "fastapi", "flask", "bottle", "falcon", "pyramid")
"""Libraries beside which a list of that name is theirs, in a file that imports nothing of Django."""
DEPTH_LIMIT = 20


@dataclass(slots=True)
class _List:
    """One list of URLs being read: the name it is given, and what is kept of it."""

    symbol: str
    lookup: Lookup
    kept: Kept


def read(module: Module, kept: Kept) -> None:
    """The URL lists of one file, and what its views say of themselves."""
    named = any(item.target in ("urlpatterns", SETTINGS) for item in module.assignments)
    if not module.imported(*MODULES) and (not named or module.imported(*OTHERS)):
        return
    lookup = Lookup(module)
    defaults = default_permissions(lookup)
    if defaults is not None:
        kept.constants.append(defaults)
    if module.imported(*MODULES):
        kept.views += views_of(lookup)
    seen: set[str] = set()
    for item in module.assignments:
        if not _is_url_list(item):
            continue
        if item.target not in seen:
            seen.add(item.target)
            kept.routers.append(Router(symbol=item.target, framework=NAME, line=item.line, root=False))
        _entries(_List(item.target, lookup, kept), item.value, (), 0)


def _is_url_list(item: Assignment) -> bool:
    """``urlpatterns``, or any other module-level list with URLs in it."""
    if item.owner != -1 or item.function != -1 or item.value is None:
        return False
    if item.target == "urlpatterns":
        return True
    values = item.value.values if isinstance(item.value, Items) else ()
    return any(isinstance(value, Call) and value.last in PATH_CALLS and _view(value) is not None for value in values)


def _view(call: Call) -> Expr | None:
    return argument(call, 1, "view")


def _entries(urls: _List, value: Expr | None, prefix: Value, depth: int) -> None:
    """Everything that a list of URLs is put together from."""
    if depth > DEPTH_LIMIT:
        return
    match value:
        case Items(values=values):
            for item in values:
                _entries(urls, item, prefix, depth + 1)
        case Other(operands=operands):
            for item in operands:
                _entries(urls, item, prefix, depth + 1)
        case Call() if value.last in PATH_CALLS:
            _url(urls, value, prefix, depth)
        case Call() if value.last in LIST_CALLS:
            for item in value.args:
                _entries(urls, item, prefix, depth + 1)
        case Name(dotted=name) if name != urls.symbol:
            _mount(urls, name.removesuffix(".urls"), prefix, value.line)
        case _:
            pass


def _url(urls: _List, call: Call, prefix: Value, depth: int) -> None:
    route, view = argument(call, 0, "route", "regex"), _view(call)
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


def _include(urls: _List, call: Call, path: Value, depth: int) -> None:
    """``include("module.urls")``, ``include(router.urls)``, ``include([...])`` and ``include((list, namespace))``."""
    given = argument(call, 0, "arg")
    named = isinstance(given, Items) and len(given.values) == 2 and not isinstance(given.values[0], Call)
    if isinstance(given, Items) and named:
        given = given.values[0]
    if isinstance(given, Text):
        _mount(urls, plain(given) or "", path, call.line)
    elif isinstance(given, Name):
        _mount(urls, given.dotted.removesuffix(".urls"), path, call.line)
    else:
        _entries(urls, given, path, depth + 1)


def _mount(urls: _List, child: str, prefix: Value, line: int) -> None:
    if child:
        urls.kept.mounts.append(Mount(parent=urls.symbol, child=child, framework=NAME, line=line, prefix=prefix))


def _library(urls: _List, call: Call, name: str, path: Value) -> None:
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


def _handled(urls: _List, call: Call, view: Expr, path: Value) -> None:
    guards: list[str] = []
    documents = _documents(urls.lookup, view)
    if isinstance(view, Name):
        view = _as_view(urls.lookup, view)
    while isinstance(view, Call) and view.last != "as_view" and view.args:
        guards.append(written(view.callee))
        view = view.args[0]
    handler, actions = _handler(view)
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
                implicit=documents,
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
    name = owner_of(view.name)[0]
    mapped = argument(view, 0, "actions")
    if not isinstance(mapped, Mapping):
        return name, []
    pairs = [(plain(key) or "", plain(value) or "") for key, value in mapped.pairs]
    return name, [(VERBS[verb], f"{name}.{action}") for verb, action in pairs if verb in VERBS]


def _given(lookup: Lookup, view: Expr) -> tuple[str, ...]:
    names = view.keywords.get("http_method_names") if isinstance(view, Call) else None
    return methods_of(lookup, names) or ()


def _names_template(view: Expr) -> bool:
    return isinstance(view, Call) and "template_name" in view.keywords


DJANGO = Framework(
    name=NAME,
    languages=("Python",),
    read=read,
    packages=("django",),
    expand=expand,
)
