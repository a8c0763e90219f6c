"""Laravel: files of routes, the provider or set-up that loads them, controllers and their middlewares."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reviewer.gather.frameworks.php._dialects import OWN_ROUTE, dialect_of
from reviewer.gather.frameworks.php._laravel_controllers import expand, read_controllers
from reviewer.gather.frameworks.php._laravel_files import read_requires
from reviewer.gather.frameworks.php._laravel_routes import DEFAULT, NAME, read_routes
from reviewer.gather.index import Index
from reviewer.gather.reader import Expansion, Framework, Kept
from reviewer.gather.route_paths import joined_folder
from reviewer.gather.syntax import Module
from reviewer.model.facts.routing import Mount, Route, Router

ILLUMINATE = ("Illuminate",)
API_FILE = re.compile(r"(?:^|/)routes/api(?:/[^/]+)?\.php$")
STOCK_FILE = re.compile(r"routes/(?:api|web)\.php\Z")
PROVIDER = "app/Providers/RouteServiceProvider.php"
OWN_CLASSES = "App."
API_PREFIX = "api"
"""What the stock provider, and later the framework itself, puts before ``routes/api.php``."""


def read(module: Module, kept: Kept) -> None:
    """Keeps what a file declares of a Laravel application."""
    if dialect_of(module) is None and (module.imported(*ILLUMINATE) or _declares(module)):
        read_routes(module, kept)
    else:
        read_requires(module, kept)
    read_controllers(module, kept)


def _declares(module: Module) -> bool:
    """Whether a file uses the facade without importing it, as old files of routes do, and brings no such class.

    In a namespace such a name is that of a class beside it.
    """
    facade = not module.namespace and any(call.name.startswith(("Route.", "Auth.routes")) for call in module.calls)
    return facade and not OWN_ROUTE.search(module.text[:60_000])


def settle(index: Index, path: str, router: Router, own: str) -> tuple[str, tuple[str, ...]]:
    """The prefix of a file of routes that nobody loads in sight: its provider is the stock one, or the framework's."""
    if router.symbol != DEFAULT or not API_FILE.search(path) or _is_loaded(index, path):
        return own, ()
    return API_PREFIX, ()


def _is_loaded(index: Index, path: str) -> bool:
    return any(
        mount.framework in (NAME, "") and _loads(index, place, mount, path)
        for place, facts in index.files.items()
        for mount in (facts.routing.mounts if facts.routing else ())
    )


def _loads(index: Index, place: str, mount: Mount, path: str) -> bool:
    if mount.folder:
        return place != path and path.startswith(joined_folder(place, mount.folder))
    return mount.child.startswith("/") and index.module(place, mount.child) == path


def served(index: Index, path: str, route: Route) -> Iterable[Expansion]:
    """A route with its controller's guards; nothing for one left over: nobody loads it, its controller is not there."""
    owner = route.handler.rpartition(".")[0]
    if owner and _is_missing(index, path, owner) and not _is_loaded(index, path) and _are_loaded(index):
        return []
    if STOCK_FILE.search(path) and _is_passed_over(index, path):
        return []
    return expand(index, path, route)


def _is_passed_over(index: Index, path: str) -> bool:
    """Whether the provider beside a stock file of routes loads others, all by name, and not this one."""
    root = STOCK_FILE.sub("", path)
    provider = next((place for place in index.files if place.startswith(root) and place.endswith(PROVIDER)), None)
    routing = index.files[provider].routing if provider else None
    mounts = [mount for mount in (routing.mounts if routing else ()) if mount.framework in (NAME, "")]
    if not mounts or any(mount.folder or not mount.child.startswith("/routes/") for mount in mounts):
        return False
    return not _is_loaded(index, path)


def _is_missing(index: Index, path: str, owner: str) -> bool:
    """Whether a class of the application's own namespace is nowhere."""
    full = next((f"{item.module}.{item.name}" for item in index.files[path].imports if item.alias == owner), owner)
    return full.startswith(OWN_CLASSES) and index.classes(path, owner) is None


def _are_loaded(index: Index) -> bool:
    """Whether some file says which files of routes are loaded."""
    return any(
        mount.framework == NAME and mount.child.startswith("/routes/")
        for facts in index.files.values()
        for mount in (facts.routing.mounts if facts.routing else ())
    )


FRAMEWORK = Framework(
    name=NAME,
    languages=("PHP",),
    read=read,
    packages=("laravel/framework",),
    expand=served,
    decides=True,
    settle=settle,
)
