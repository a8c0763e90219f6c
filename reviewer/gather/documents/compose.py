"""Compose files: which images run beside the application, and whether the application is built."""

from __future__ import annotations

import re

from reviewer.gather.documents._trees import Tree, line_of, mapping, sequence, text, with_document
from reviewer.gather.documents._variable_names import variables_in
from reviewer.gather.documents._yaml import load_yaml
from reviewer.gather.documents.containers import is_pinned
from reviewer.gather.documents.settings import with_data_uses
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.documents import Container, Document
from reviewer.model.facts.file import FileFacts

RUNTIMES = re.compile(
    r"(?:.*/)?(?:node|python|php|ruby|golang|go|openjdk|eclipse-temurin|amazoncorretto|maven|gradle|deno|bun|sdk|aspnet|"
    r"jdk|jre|composer|php-fpm|php-apache|php-nginx|tomcat|nginx|httpd|caddy|frankenphp|rails|django|air)(?:[:@].*)?\Z"
)
"""Images of a language or a web server, which run what is mounted into them."""

SERVES_ITSELF = re.compile(r"(?:.*/)?(?:php|httpd|tomcat|frankenphp|php-apache|php-fpm|php-nginx)(?:[:@].*)?\Z")
"""Those that need no command to serve what is mounted."""

IDLES = re.compile(r"\btail\s+-[fF]\s+/dev/null|\bsleep\s+(?:infinity|inf|\d{4,}|\d+d)\b")
"""Commands that only keep a container alive."""

INSTALLED = re.compile(r"(?:\./)?(?:[\w.-]+/){0,3}(?:vendor|node_modules)/")

OWN_FOLDER = re.compile(r"(?:\.{1,2}(?:/[^:]*)?|\$\{?PWD\}?[^:]*|[A-Za-z][\w-]*/[^:]*):")
"""A mount of a folder of the repository; what has no slash is a volume with a name."""

ADDRESS = re.compile(
    r"(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|redis|sqlserver)(?:\+\w{1,20})?://(?:[^@/\s]{0,120}@)?(?:\[(\w{1,60})\]|([\w.-]{1,120}))"
)
"""The host in the address of a database, or a gap for it in brackets."""
HERE = frozenset({"localhost", "127.0.0.1", "0.0.0.0"})


def _first_line(services: dict[str, dict[str, Tree]]) -> int:
    """Where the first service stands that is built here, else the first of all."""
    built = [name for name, item in services.items() if "build" in item]
    return min((line_of(name) for name in built or services), default=1)


def read_compose(source: str, base: FileFacts) -> FileFacts:
    """A compose file; the oldest format has the services at its root. An image that is built here is no service."""
    loaded = load_yaml(source)
    services = _services(mapping(loaded.tree))
    networks = (mapping(item) for item in mapping(mapping(loaded.tree).get("networks")).values())
    bought = (text(item.get("image")) for item in services.values() if "build" not in item)
    images = tuple(dict.fromkeys(str(image) for image in bought if image))
    container = Container(
        variables=variables_in(source),
        kind="compose",
        pinned=bool(images) and all(is_pinned(image) for image in images),
        non_root=any(text(item.get("user")) not in ("", "root", "0") for item in services.values()),
        starts=bool(services),
        healthcheck=any("healthcheck" in item for item in services.values()),
        services=images,
        builds=any("build" in item for item in services.values()),
        line=_first_line(services),
        joins=any("external" in item for item in networks)
        or any("network_mode" in item or "extra_hosts" in item for item in services.values())
        or any(_asks_elsewhere(item, services) for item in services.values() if "build" in item),
        deploys=any("deploy" in item for item in services.values()),
        builds_many=sum("build" in item for item in services.values()) > 1,
        mounts=any(_runs_mounted(item) for item in services.values()),
        commands=any(
            _is_started(item) and ("build" in item or _is_mounted(item)) and not _borrows(item)
            for item in services.values()
        )
        or any(_is_started(item) for item in _overridden(mapping(loaded.tree))),
        borrows=any(_borrows(item) for item in services.values()),
    )
    return with_document(with_data_uses(source, base), Document(container=container), loaded.problem)


def _services(tree: dict[str, Tree]) -> dict[str, dict[str, Tree]]:
    named = mapping(tree.get("services")) if "services" in tree else tree
    services = {name: mapping(item) for name, item in named.items()}
    return {name: item for name, item in services.items() if "image" in item or "build" in item or "extends" in item}


def _overridden(tree: dict[str, Tree]) -> list[dict[str, Tree]]:
    """The services of another compose file, to which this one adds something: they name neither image nor build."""
    named = (mapping(item) for item in mapping(tree.get("services")).values())
    return [item for item in named if item and "image" not in item and "build" not in item and "extends" not in item]


def _runs_mounted(item: dict[str, Tree]) -> bool:
    """Whether a bought image of a language runs a folder of the repository."""
    image = text(item.get("image"))
    if "build" in item or not RUNTIMES.match(image[:200]) or not _is_mounted(item):
        return False
    return "command" in item or "entrypoint" in item or bool(SERVES_ITSELF.match(image[:200]))


def _asks_elsewhere(item: dict[str, Tree], services: dict[str, dict[str, Tree]]) -> bool:
    """Whether a service is given the address of a database on a host that is none of the services."""
    given = item.get("environment")
    values = [text(value) for value in (mapping(given).values() if mapping(given) else sequence(given))]
    hosts = [found[1] or found[2] for value in values for found in [ADDRESS.search(value[:500])] if found]
    return any(host.lower() not in HERE and host not in services for host in hosts)


def _is_started(item: dict[str, Tree]) -> bool:
    """Whether a service is given a command that does something: one that idles starts nothing."""
    given = (" ".join(text(word) for word in sequence(item.get(key))) for key in ("command", "entrypoint"))
    return any(key in item for key in ("command", "entrypoint")) and not any(IDLES.search(said[:300]) for said in given)


def _borrows(item: dict[str, Tree]) -> bool:
    """Whether a service builds the Dockerfile of an installed package, as Laravel Sail has it, and mounts a folder."""
    build = item.get("build")
    context = text(build) or text(mapping(build).get("context"))
    return bool(INSTALLED.match(context[:200])) and _is_mounted(item)


def _is_mounted(item: dict[str, Tree]) -> bool:
    for volume in sequence(item.get("volumes")):
        source = text(mapping(volume).get("source"))
        written = text(volume) or (f"{source}:" if source else "")
        if OWN_FOLDER.match(written[:200]):
            return True
    return False


COMPOSE = DocumentReader("compose", ("compose",), read_compose, reads_generated=True)
