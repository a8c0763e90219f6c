"""Tables of routes in YAML: Symfony's ``routes.yaml`` with its access control, Drupal's ``module.routing.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
TABLE = "routes"
MARK = re.compile(
    r"(?:^[ \t]{1,40}|[{,][ \t]{0,9})(?:controller|_controller|_form|_entity_form|_entity_list|resource)[ \t]{0,9}:"
    r"|\baccess_control[ \t]{0,9}:|^[ \t]{1,40}path[ \t]{0,9}:[ \t]{0,9}['\"]?/[^\s'\"]{0,200}(?:login|logout|token)",
    re.MULTILINE,
)
PARAMETER = re.compile(r"\{!?(\w+)(?:<[^<>]*>)?(?:\?[^{}]*)?(?::[^{}]*)?\}")
DRUPAL_PAGES = ("_form", "_entity_form", "_entity_list", "_entity_view", "_title_callback")
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
TEMPLATES = re.compile(r"(?:Template|Redirect)Controller(?:::|:|$)")
"""Symfony's own controllers that answer with a template or a redirect."""
CONTROLLERS = "routing.controllers"
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
        if text(entry.get("path")).startswith("/") or text(entry.get("pattern")).startswith("/"):
            routes.extend(_route(name, entry))
        elif "resource" in entry and not name.startswith("when@"):
            mounts.extend(_mount(name, entry))
    routers = [
        Router(symbol=_table(framework), framework=framework, line=1)
        for framework in sorted({route.framework for route in routes} | {mount.framework for mount in mounts})
    ]
    return with_routing(base, Routing(routers=tuple(routers), routes=tuple(routes), mounts=tuple(mounts), rules=rules))


def _table(framework: str) -> str:
    return f"{framework} {TABLE}"


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
        path=(PARAMETER.sub(r"{\1}", text(entry.get("path")) or text(entry.get("pattern"))),),
        line=line_of(name),
        end_line=line_of(name),
        handler=_handler(controller),
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


def _handler(controller: str) -> str:
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


def _mount(name: str, entry: dict[str, Tree]) -> Iterator[Mount]:
    """``resource`` is a folder or class of controllers, or another file of routes."""
    resource = entry.get("resource")
    path = text(resource) or text(mapping(resource).get("path"))
    prefix = text(entry.get("prefix"))
    value: Value = (prefix,) if prefix else ()
    table = path.endswith((".yaml", ".yml"))
    if not path or (table and path.startswith("@")):
        return
    child = f"./{path}" if table else f"{FOLDER}{_folder(path)}"
    yield Mount(parent=_table(SYMFONY), child=child, framework=_loaded(entry), line=line_of(name), prefix=value)


def _folder(path: str) -> str:
    """The folder of ``../src/Controller/``, or of a pattern of paths: what is before its first mark."""
    mark = GLOB.search(path)
    return (path[: mark.start()].rpartition("/")[0] if mark else path).rstrip("/")


def _loaded(entry: dict[str, Tree]) -> str:
    return API_PLATFORM if text(entry.get("type")) == "api_platform" else SYMFONY


YAML_ROUTES = DocumentReader("routes in YAML", ("yaml",), read_yaml_routes)
