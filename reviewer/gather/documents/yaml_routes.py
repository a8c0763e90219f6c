"""Tables of routes in YAML: Symfony's ``routes.yaml`` with its access control, Drupal's ``module.routing.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.documents import _trees
from reviewer.gather.documents._routing import with_routing
from reviewer.gather.documents._trees import Tree, line_of, mapping, sequence
from reviewer.gather.documents._yaml import load_yaml
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import AccessRule, Mount, Route, Router, Routing
from reviewer.model.facts.values import Value

SYMFONY = "Symfony"
DRUPAL = "Drupal"
FOLDER = "folder:"
"""What a mount's child begins with that is every controller of a folder, relative to the document."""
TABLE = "routes"
MARK = re.compile(
    r"^[ \t]{1,40}(?:controller|_controller|_form|_entity_form|_entity_list|resource)[ \t]{0,9}:"
    r"|\baccess_control[ \t]{0,9}:",
    re.MULTILINE,
)
PARAMETER = re.compile(r"\{!?(\w+)(?:<[^<>]*>)?(?:\?[^{}]*)?(?::[^{}]*)?\}")
DRUPAL_PAGES = ("_form", "_entity_form", "_entity_list", "_entity_view", "_title_callback")
DRUPAL_CLASS = re.compile(r"\\?Drupal\\")
OPEN_ROLES = frozenset({"PUBLIC_ACCESS", "IS_AUTHENTICATED_ANONYMOUSLY"})
ROUTES_MOST = 1_000
PATTERN = re.compile(r"\^?(/[\w/.-]*)\$?\Z")


TEMPLATES = re.compile(r"(?:Template|Redirect)Controller(?:::|:|$)")
"""Symfony's own controllers that answer with a template or a redirect."""
CONTROLLERS = "routing.controllers"
GLOB = re.compile(r"[*{?]")


def text(value: Tree) -> str:
    """``value`` as a plain text where it is text, else ``""``; facts are sent between processes without its line."""
    return str(_trees.text(value))


def read_yaml_routes(source: str, base: FileFacts) -> FileFacts:
    """A table of routes or a set-up of who may ask for what; any other YAML is left as it is."""
    if not MARK.search(source):
        return base
    tree = mapping(load_yaml(source).tree)
    rules = tuple(_rules(mapping(tree.get("security"))))
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
    if not (controller or drupal):
        return
    methods = [text(item).upper() for item in sequence(entry.get("methods"))] or _listed(requirements.get("_method"))
    titled = drupal and (any(key in defaults for key in DRUPAL_PAGES) or "_title" in defaults)
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


def _listed(value: Tree) -> list[str]:
    return [item.strip().upper() for item in re.split(r"[|,]", text(value)[:100]) if item.strip()]


def _is_drupal(controller: str, defaults: dict[str, Tree], requirements: dict[str, Tree]) -> bool:
    """Drupal's routes say who may come in; Symfony's requirements are patterns of parameters."""
    asked = any(key.startswith("_") and key not in ("_method", "_scheme", "_locale", "_format") for key in requirements)
    return asked or bool(DRUPAL_CLASS.match(controller)) or any(key in defaults for key in DRUPAL_PAGES)


def _handler(controller: str) -> str:
    return re.sub(r"::|:", ".", controller.strip("\\")).replace("\\", ".") if " " not in controller else ""


def _guards(requirements: dict[str, Tree]) -> Iterator[str]:
    for key, value in requirements.items():
        if key in ("_permission", "_role", "_user_is_logged_in", "_entity_access") and text(value) != "access content":
            yield f"permission {text(value)[:80]}"


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
    return "API Platform" if text(entry.get("type")) == "api_platform" else SYMFONY


def _rules(security: dict[str, Tree]) -> Iterator[AccessRule]:
    for item in sequence(security.get("access_control")):
        rule = mapping(item)
        found = PATTERN.match(text(rule.get("path")))
        roles = [text(role) for role in sequence(rule.get("roles") or rule.get("role"))]
        if found and roles:
            guard = "" if OPEN_ROLES & set(roles) else ", ".join(roles)[:80]
            yield AccessRule(
                framework=SYMFONY,
                pattern=(f"{found[1].rstrip('/')}/**",),
                line=line_of(rule.get("path")),
                guard=guard,
                methods=tuple(text(method).upper() for method in sequence(rule.get("methods"))),
            )


YAML_ROUTES = DocumentReader("routes in YAML", ("yaml",), read_yaml_routes)
