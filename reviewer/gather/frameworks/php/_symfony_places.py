"""Which files of routes load a controller or another file of routes of Symfony, and below which prefixes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from reviewer.gather.documents.yaml_routes import BUNDLE, CONTROLLERS, FOLDER, REST, REST_BELOW, SYMFONY_TABLE
from reviewer.gather.index import Index
from reviewer.model.facts.routing import Mount
from reviewer.model.facts.values import Place

NESTED_MOST = 6
"""Files of routes that load one another."""
ACTION = re.compile(r"(\w+Bundle)\.Controller\.(.+)\.(\w+)\Z")
"""``ShopBundle.Controller.CartController.showAction``, as the routes of Symfony 2 name it."""


def loading_prefix(index: Index, path: str) -> str | None:
    """What the files of routes put before a controller, of the last that says something; None where none does."""
    found = None
    for place, mount in _mounts(index):
        if _loads(place, mount, path):
            prefix = _whole(index, place, mount, NESTED_MOST)
            found = prefix or found
    return found


def table_prefix(index: Index, path: str, left: int = NESTED_MOST) -> str:
    """What stands before a file of routes that another loads by the name of its bundle."""
    for place, mount in _mounts(index):
        loaded = mount.child.removeprefix(BUNDLE) if mount.child.startswith(BUNDLE) else ""
        if loaded and place != path and left and is_in_bundle(path, loaded):
            return _whole(index, place, mount, left)
    return ""


def rest_parents(index: Index, path: str) -> tuple[str, ...] | None:
    """The files of the controllers above one whose routes are made of its methods' names; None for any other."""
    for place, mount in _mounts(index):
        if mount.child.startswith(REST):
            *above, own = mount.child.removeprefix(REST).split(REST_BELOW)
            if _is_loaded(path, place, own):
                found = (next((other for other in index.files if _is_loaded(other, place, item)), "") for item in above)
                return tuple(other for other in found if other)
    return None


def action_of(index: Index, handler: str) -> Place | None:
    """The method that a route of Symfony 2 names with its bundle."""
    named = ACTION.match(handler)
    if named is None:
        return None
    bundle, controller, action = named.groups()
    ending = f"/Controller/{controller.replace('.', '/')}.php"
    for path, facts in sorted(index.files.items()):
        if path.endswith(ending) and is_in_bundle(path, f"@{bundle}"):
            found = next((item for item in facts.functions if item.name == action), None)
            if found is not None:
                return Place(path=path, line=found.line, end_line=found.end_line)
    return None


def _mounts(index: Index) -> Iterator[tuple[str, Mount]]:
    for place, facts in sorted(index.files.items()):
        for mount in facts.routing.mounts if facts.routing else ():
            if mount.parent == SYMFONY_TABLE:
                yield place, mount


def _whole(index: Index, place: str, mount: Mount, left: int) -> str:
    above = _above(index, place, left - 1)
    own = index.text(place, mount.prefix)
    return f"{above.rstrip('/')}/{own.lstrip('/')}" if above and own else above or own


def _above(index: Index, path: str, left: int) -> str:
    """What stands before everything in a file of routes."""
    if not left:
        return ""
    for place, mount in _mounts(index):
        if mount.child.startswith("./") and place != path:
            loaded = posixpath.normpath(posixpath.join(posixpath.dirname(place), mount.child))
            if loaded == path:
                return _whole(index, place, mount, left)
    return table_prefix(index, path, left)


def _loads(place: str, mount: Mount, path: str) -> bool:
    if mount.child.startswith(FOLDER):
        return _is_loaded(path, place, mount.child.removeprefix(FOLDER))
    if mount.child.startswith(REST):
        return _is_loaded(path, place, mount.child.rpartition(REST_BELOW)[2].removeprefix(REST))
    return False


def _is_loaded(path: str, place: str, resource: str) -> bool:
    """Whether a file is in the folder, bundle or class that a file of routes at ``place`` loads."""
    if resource == CONTROLLERS:
        return path.endswith(".php") and f"/{path}".startswith(f"/{place}".rpartition("/config/")[0] + "/")
    if resource.startswith("@"):
        return path.endswith(".php") and is_in_bundle(path, resource)
    if "\\" in resource:
        return _is_class(path, resource.strip("\\").replace("\\", "/"))
    folder = posixpath.normpath(posixpath.join(posixpath.dirname(place), resource))
    return path == folder or path.startswith(f"{folder.rstrip('/')}/")


def _is_class(path: str, name: str) -> bool:
    """Whether a file is called as a class, or lies in a namespace; its first part may stand for ``src``."""
    inner = name.partition("/")[2]
    return any(part and (f"/{path}".endswith(f"/{part}.php") or f"/{part}/" in f"/{path}") for part in (name, inner))


def is_in_bundle(path: str, resource: str) -> bool:
    """Whether ``@AcmeShopBundle/Controller`` is, or holds, a file: the bundle's folders spell its name together."""
    bundle, _, inner = resource.removeprefix("@").partition("/")
    parts = path.split("/")
    for start in range(len(parts)):
        spelled = ""
        for end in range(start, len(parts) - 1):
            spelled += parts[end]
            if not bundle.startswith(spelled):
                break
            rest = "/".join(parts[end + 1 :])
            if spelled == bundle and (not inner or rest == inner or rest.startswith(f"{inner.rstrip('/')}/")):
                return True
    return False
