"""Tables of routes in YAML: Symfony's ``routes.yaml`` with its access control, Drupal's ``module.routing.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reviewer.gather.documents import _trees
from reviewer.gather.documents._access_control import access_rules
from reviewer.gather.documents._routing import with_routing
from reviewer.gather.documents._trees import Tree, line_of, mapping, sequence
from reviewer.gather.documents._yaml import load_yaml
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import Mount, Route, Router, Routing
from reviewer.model.facts.values import Value

SYMFONY = "Symfony"
API_PLATFORM = "API Platform"
DRUPAL = "Drupal"
FOLDER = "folder:"
"""What a mount's child begins with that is every controller of a folder, relative to the document."""
BUNDLE = "bundle:"
"""What a mount's child begins with that is a file of routes in a bundle, by the bundle's name."""
REST, REST_BELOW = "rest:", ">"
"""The same for controllers whose routes are made of their methods' names (FOSRestBundle), below those above them."""
TABLE = "routes"
TABLES = (".yaml", ".yml", ".xml")
SYMFONY_TABLE = f"{SYMFONY} {TABLE}"
MARK = re.compile(
    r"(?:^[ \t]{1,40}|[{,][ \t]{0,9})(?:controller|_controller|_form|_entity_form|_entity_list|resource)[ \t]{0,9}:"
    r"|\baccess_control[ \t]{0,9}:|^[ \t]{1,40}path[ \t]{0,9}:[ \t]{0,9}['\"]?/[^\s'\"]{0,200}(?:login|logout|token)",
    re.MULTILINE,
)
PARAMETER = re.compile(r"\{!?(\w+)(?:<[^<>]*>)?(?:\?[^{}]*)?(?::[^{}]*)?\}")
DRUPAL_PAGES = ("_form", "_entity_form", "_entity_list", "_entity_view", "_title_callback")
SHOWN = ("_form", "_entity_form", "_entity_list", "_entity_view")
CLASS = re.compile(r"\w\\\w|\w::?\w")
"""A class with its namespace, or a class and a method."""
BARE = re.compile(r"[\w{][^\s:\\]*")
"""A path without its slash; one of a file or an address is none."""
DRUPAL_CLASS = re.compile(r"\\?Drupal\\(\w+)\\")
DRUPAL_ASKING = {
    "_role": "anonymous",
    "_permission": "access content",
    "_entity_access": "",
    "_entity_create_access": "",
}
"""What a route of Drupal asks for, with the value by which everybody passes."""
DRUPAL_ACCESS = re.compile(r"_access_(?!\w*csrf)\w+|_custom_access|_entity_\w+_access|_\w+_access_check")
"""Checks that modules bring along."""
TRUE, FALSE = "true", "false"
ROUTES_MOST = 1_000
PARENTS_MOST = 5
TEMPLATES = re.compile(r"(?:Template|Redirect)Controller(?:::|:|$)")
"""Symfony's own controllers that answer with a template or a redirect."""
CONTROLLERS = "routing.controllers"
OLD_ACTION = re.compile(r"(\w+Bundle):([\w/\\]+):(\w+)")
SLASHES = re.compile(r"[/\\]")
GLOB = re.compile(r"[*{?]")
FIREWALL_KEYS = frozenset({"path", "methods", "schemes", "host", "condition"})
FIREWALL_PATH = re.compile(r"login|logout|token", re.IGNORECASE)
PATH_MOST = 200


def text(value: Tree) -> str:
    """``value`` as a plain text where it is text, else ``""``; facts are sent between processes without its line."""
    return str(_trees.text(value))


def read_yaml_routes(source: str, base: FileFacts) -> FileFacts:
    """A table of routes or a set-up of who may ask for what; any other YAML is left as it is."""
    if not MARK.search(source):
        return base
    tree = mapping(load_yaml(source).tree)
    rules = tuple(access_rules(mapping(tree.get("security"))))
    routes: list[Route] = []
    mounts: list[Mount] = []
    for name, value in list(tree.items())[:ROUTES_MOST]:
        entry = mapping(value)
        if _place(entry):
            routes.extend(_route(name, entry))
        elif "resource" in entry and not name.startswith("when@"):
            mounts.extend(_mount(name, entry, tree))
    routers = [
        Router(symbol=_table(framework), framework=framework, line=1)
        for framework in sorted({route.framework for route in routes} | {mount.framework for mount in mounts})
    ]
    return with_routing(base, Routing(routers=tuple(routers), routes=tuple(routes), mounts=tuple(mounts), rules=rules))


def _table(framework: str) -> str:
    return f"{framework} {TABLE}"


def _place(entry: dict[str, Tree]) -> str:
    """The path of a route; both frameworks put the slash before one that lacks it, if it has a controller or form."""
    place = text(entry.get("path")) or text(entry.get("pattern"))
    if place.startswith("/"):
        return place
    defaults = mapping(entry.get("defaults"))
    named = CLASS.search((text(entry.get("controller")) or text(defaults.get("_controller")))[:PATH_MOST])
    return f"/{place}" if BARE.fullmatch(place[:PATH_MOST]) and (named or any(key in defaults for key in SHOWN)) else ""


def _route(name: str, entry: dict[str, Tree]) -> Iterator[Route]:
    defaults, requirements = mapping(entry.get("defaults")), mapping(entry.get("requirements"))
    controller = text(entry.get("controller")) or text(defaults.get("_controller"))
    drupal = _is_drupal(controller, defaults, requirements)
    if not (controller or drupal or _is_firewalls(entry)):
        return
    methods = [text(item).upper() for item in sequence(entry.get("methods"))] or _listed(requirements.get("_method"))
    titled = drupal and _is_titled(name, controller, defaults)
    page = titled or bool(TEMPLATES.search(controller))
    framework = DRUPAL if drupal else SYMFONY
    yield Route(
        router=_table(framework),
        framework=framework,
        methods=tuple(method for item in methods for method in item.split("|")) or (("GET",) if titled else ("ANY",)),
        path=(PARAMETER.sub(r"{\1}", _place(entry)),),
        line=line_of(name),
        end_line=line_of(name),
        handler=handler_of(controller),
        page=page,
        guards=tuple(_guards(requirements)),
        name=str(name),
    )


def _is_firewalls(entry: dict[str, Tree]) -> bool:
    """A path that Symfony's firewall answers itself: nobody is named to handle it (``path: /api/login_check``)."""
    return entry.keys() <= FIREWALL_KEYS and bool(FIREWALL_PATH.search(text(entry.get("path"))[:PATH_MOST]))


def _listed(value: Tree) -> list[str]:
    return [item.strip().upper() for item in re.split(r"[|,]", text(value)[:100]) if item.strip()]


def _is_drupal(controller: str, defaults: dict[str, Tree], requirements: dict[str, Tree]) -> bool:
    """Drupal's routes say who may come in; Symfony's requirements are patterns of parameters."""
    asked = any(key.startswith("_") and key not in ("_method", "_scheme", "_locale", "_format") for key in requirements)
    return asked or bool(DRUPAL_CLASS.match(controller)) or any(key in defaults for key in DRUPAL_PAGES)


def handler_of(controller: str) -> str:
    """The name of a handler; ``ShopBundle:Cart:show`` is how Symfony 2 calls one."""
    if named := OLD_ACTION.fullmatch(controller[:PATH_MOST]):
        bundle, owner, action = named.groups()
        return f"{bundle}.Controller.{SLASHES.sub('.', owner)}Controller.{action}Action"
    return re.sub(r"::|:", ".", controller.strip("\\")).replace("\\", ".") if " " not in controller else ""


def _is_titled(name: str, controller: str, defaults: dict[str, Tree]) -> bool:
    """Whether a route of Drupal shows a page beyond doubt: a form, a list, or a titled page of another module.

    A title says nothing of a controller of the module's own: many give one to what answers with JSON.
    """
    if any(key in defaults for key in DRUPAL_PAGES):
        return True
    found = DRUPAL_CLASS.match(controller)
    foreign = found is None or found[1] not in name.split(".")
    return "_title" in defaults and (not controller or (found is not None and foreign))


def _guards(requirements: dict[str, Tree]) -> Iterator[str]:
    """Who may come in, of a route of Drupal: what everybody passes is no guard (``_access: 'TRUE'``)."""
    for key, value in requirements.items():
        said = text(value)[:80]
        if key in DRUPAL_ASKING:
            if said and said != DRUPAL_ASKING[key]:
                yield f"permission {said}"
        elif key == "_user_is_logged_in":
            if said.lower() == TRUE:
                yield "login"
        elif key == "_access":
            if said.lower() == FALSE:
                yield "permission nobody"
        elif DRUPAL_ACCESS.fullmatch(key) and said and said.lower() != FALSE:
            yield f"permission {said}"


def _mount(name: str, entry: dict[str, Tree], tree: dict[str, Tree]) -> Iterator[Mount]:
    """``resource`` is a folder or class of controllers, or another file of routes."""
    path = _resource(entry)
    prefix = text(entry.get("prefix"))
    value: Value = (prefix,) if prefix else ()
    if not path:
        return
    child = child_of(path, text(entry.get("type")), _above(entry, tree))
    yield Mount(parent=SYMFONY_TABLE, child=child, framework=_loaded(entry), line=line_of(name), prefix=value)


def child_of(path: str, kind: str, above: Sequence[str] = ()) -> str:
    """What a mount of a resource names: another file of routes, or a folder, bundle or class of controllers.

    Args:
        path: the resource, as written.
        kind: its ``type``.
        above: the controllers that stand above it, for routes that are made of methods' names.
    """
    if path.endswith(TABLES):
        return f"{BUNDLE}{path}" if path.startswith("@") else f"./{path}"
    if kind == "rest":
        return f"{REST}{REST_BELOW.join((*above, _folder(path)))}"
    return f"{FOLDER}{_folder(path)}"


def _resource(entry: dict[str, Tree]) -> str:
    resource = entry.get("resource")
    return text(resource) or text(mapping(resource).get("path"))


def _above(entry: dict[str, Tree], tree: dict[str, Tree]) -> list[str]:
    """The controllers that one names as its parents, the outermost first."""
    found: list[str] = []
    for _ in range(PARENTS_MOST):
        entry = mapping(tree.get(text(entry.get("parent"))))
        if not entry:
            break
        found.insert(0, _folder(_resource(entry)))
    return found


def _folder(path: str) -> str:
    """The folder of ``../src/Controller/``, or of a pattern of paths: what is before its first mark."""
    mark = GLOB.search(path)
    return (path[: mark.start()].rpartition("/")[0] if mark else path).rstrip("/")


def _loaded(entry: dict[str, Tree]) -> str:
    return API_PLATFORM if text(entry.get("type")) == "api_platform" else SYMFONY


YAML_ROUTES = DocumentReader("routes in YAML", ("yaml",), read_yaml_routes)
