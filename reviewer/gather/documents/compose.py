"""Compose files: which images run beside the application, and whether the application is built."""

from __future__ import annotations

from reviewer.gather.documents._trees import Tree, line_of, mapping, text, with_document
from reviewer.gather.documents._yaml import load_yaml
from reviewer.gather.documents.containers import is_pinned
from reviewer.gather.documents.settings import with_data_uses
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.documents import Container, Document
from reviewer.model.facts.file import FileFacts


def read_compose(source: str, base: FileFacts) -> FileFacts:
    """A compose file; the oldest format has the services at its root. An image that is built here is no service."""
    loaded = load_yaml(source)
    services = _services(mapping(loaded.tree))
    bought = (text(item.get("image")) for item in services.values() if "build" not in item)
    images = tuple(dict.fromkeys(str(image) for image in bought if image))
    container = Container(
        kind="compose",
        pinned=bool(images) and all(is_pinned(image) for image in images),
        non_root=any(text(item.get("user")) not in ("", "root", "0") for item in services.values()),
        starts=bool(services),
        healthcheck=any("healthcheck" in item for item in services.values()),
        services=images,
        builds=any("build" in item for item in services.values()),
        line=min((line_of(name) for name in services), default=1),
    )
    return with_document(with_data_uses(source, base), Document(container=container), loaded.problem)


def _services(tree: dict[str, Tree]) -> dict[str, dict[str, Tree]]:
    named = mapping(tree.get("services")) if "services" in tree else tree
    services = {name: mapping(item) for name, item in named.items()}
    return {name: item for name, item in services.items() if "image" in item or "build" in item or "extends" in item}


COMPOSE = DocumentReader("compose", ("compose",), read_compose, reads_generated=True)
