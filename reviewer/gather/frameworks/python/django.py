"""Django's URL lists."""

from __future__ import annotations

from reviewer.gather.frameworks.python._django_expand import expand
from reviewer.gather.frameworks.python._django_lists import NAME, PATH_CALLS, UrlList, entries, view_of_entry
from reviewer.gather.frameworks.python._django_named import unnamed_lists
from reviewer.gather.frameworks.python._django_views import MODULES, SETTINGS, default_permissions, has_views, views_of
from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.frameworks.python._python import owner_of
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Assignment, Call, Expr, Items, Module
from reviewer.model.facts.routing import Router

OTHERS = ("tornado", "aiohttp", "sanic", "starlette", "fastapi", "flask", "bottle", "falcon", "pyramid")
"""Libraries beside which a list of that name is theirs, in a file that imports nothing of Django."""
ADDED = frozenset({"append", "extend", "insert"})
SOCKET_ROUTER = "URLRouter"
"""What Channels is given its lists in; a list of its own may stand right inside."""


def read(module: Module, kept: Kept) -> None:
    """The URL lists of one file, and what its views say of themselves."""
    named = any(item.target in ("urlpatterns", SETTINGS) for item in module.assignments)
    django = module.imported(*MODULES)
    lookup = Lookup(module)
    if not django and has_views(lookup) and not module.imported(*OTHERS):
        kept.views += views_of(lookup)
    if not django and (not named or module.imported(*OTHERS)):
        return
    defaults = default_permissions(lookup)
    if defaults is not None:
        kept.constants.append(defaults)
    if django:
        kept.views += views_of(lookup)
    seen: set[str] = set()
    for item in module.assignments:
        if not _is_url_list(item):
            continue
        if item.target not in seen:
            seen.add(item.target)
            kept.routers.append(Router(symbol=item.target, framework=NAME, line=item.line, root=False))
        entries(UrlList(item.target, lookup, kept), item.value, (), 0)
    _calls(lookup, kept, seen)


def _is_url_list(item: Assignment) -> bool:
    """``urlpatterns``, or any other module-level list with URLs in it."""
    if item.owner != -1 or item.function != -1 or item.value is None:
        return False
    if item.target == "urlpatterns":
        return True
    values = item.value.values if isinstance(item.value, Items) else ()
    return any(_is_entry(value) for value in values)


def _is_entry(value: Expr) -> bool:
    return isinstance(value, Call) and value.last in PATH_CALLS and view_of_entry(value) is not None


def _calls(lookup: Lookup, kept: Kept, named: set[str]) -> None:
    """What is put into lists that are there already, and what is given to Channels' router without any."""
    for call in lookup.module.calls:
        head, last = owner_of(call.name)
        if last in ADDED and head in named and call.function == -1 and call.args:
            entries(UrlList(head, lookup, kept), call.args[-1], (), 0)
        elif last == SOCKET_ROUTER and call.args:
            if not any(item.symbol == SOCKET_ROUTER for item in kept.routers):
                kept.routers.append(Router(symbol=SOCKET_ROUTER, framework=NAME, line=call.line))
            entries(UrlList(SOCKET_ROUTER, lookup, kept), call.args[0], (), 0)


DJANGO = Framework(
    name=NAME,
    languages=("Python",),
    read=read,
    packages=("django",),
    expand=expand,
    unnamed=unnamed_lists,
)
