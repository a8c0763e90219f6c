"""API Platform's resources in YAML and XML, and its setting for how the names of resources are spelled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec

from reviewer.gather.documents._routing import with_routing
from reviewer.gather.documents._trees import Tree, line_of, mapping, sequence
from reviewer.gather.documents._xml import Element, load_xml
from reviewer.gather.documents._yaml import load_yaml
from reviewer.gather.documents.yaml_routes import text
from reviewer.gather.frameworks.php._api_resources import (
    ITEM,
    NAMING,
    OPERATIONS,
    UNNAMED,
    UNSERVED,
    VERBS,
    Operation,
    Resource,
    assumed,
    assumed_of_old,
    routers_of,
    routes_of,
)
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.code import Attribute
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import Routing
from reviewer.model.facts.values import Value

MARK = re.compile(
    r"^[ \t]{0,20}(?:collectionOperations|itemOperations|resources|operations)[ \t]{0,9}:|path_segment_name_generator",
    re.MULTILINE,
)
XML_MARK = re.compile(r"api-platform\.com/schema/metadata")
HEAD = 2_000
BACKSLASH = "\\"
CLASS = re.compile(r"\\?[A-Z]\w*(?:\\\w+)+\Z")
TELLING = frozenset({"collectionOperations", "itemOperations", "operations", "shortName", "uriTemplate", "routePrefix"})
"""Keys that only a resource has: mappings of other libraries go by the names of classes too."""
RESOURCES_MOST = 300
Looked = Callable[[str], str]
"""What an operation or resource says under a name, ``""`` where nothing."""


def read_yaml(source: str, base: FileFacts) -> FileFacts:
    """The resources of a document, or the setting; any other YAML is left as it is."""
    if not MARK.search(source):
        return base
    tree = mapping(load_yaml(source).tree)
    naming = text(mapping(tree.get("api_platform")).get("path_segment_name_generator"))
    if naming:
        constant = Attribute(name=NAMING, value=(naming,), line=line_of(naming))
        base = msgspec.structs.replace(base, constants=(*base.constants, constant))
    return _with(base, list(_of_yaml(tree)))


def read_xml(source: str, base: FileFacts) -> FileFacts:
    """The resources of a document; any other XML is left as it is."""
    if not XML_MARK.search(source, 0, HEAD):
        return base
    root, _ = load_xml(source)
    return base if root is None else _with(base, [_of_element(item) for item in root.all("resource")])


def _with(base: FileFacts, found: list[Resource]) -> FileFacts:
    found = found[:RESOURCES_MOST]
    routes = tuple(route for item in found for route in routes_of(item))
    return with_routing(base, Routing(routers=tuple(routers_of(found)), routes=routes))


def _of_yaml(tree: dict[str, Tree]) -> Iterator[Resource]:
    listed = mapping(tree.get("resources"))
    for name, given in (*listed.items(), *tree.items()):
        if not CLASS.match(name):
            continue
        for value in sequence(given) if isinstance(given, list) else [given]:
            entry = mapping(value)
            if name in listed or TELLING & entry.keys():
                yield _resource(name, entry)


def _resource(name: str, entry: dict[str, Tree]) -> Resource:
    line = line_of(name)
    beside = {**mapping(entry.get("attributes")), **entry}
    if {"collectionOperations", "itemOperations"} & entry.keys():
        operations = [
            item
            for key, single in (("collectionOperations", False), ("itemOperations", True))
            for item in (_old_list(entry[key], single) if key in entry else assumed_of_old(single, line))
        ]
    elif "operations" in entry:
        listed = _named(entry["operations"])
        operations = [found for key, options in listed if (found := _operation(key, options, line_of(key)))]
    else:
        operations = list(assumed(line))
    operations += _subresources(name, mapping(entry.get("properties")))
    return _made(name, line, lambda key: text(beside.get(key)), operations)


def _subresources(name: str, properties: dict[str, Tree]) -> Iterator[Operation]:
    """Version 2: what a property leads to, below an item of its class."""
    for key, value in properties.items():
        if mapping(mapping(value).get("subresource")):
            path: Value = (f"/[{name.rpartition(BACKSLASH)[2]}]{ITEM}/[={key}]",)
            yield Operation("GET", False, line_of(key), path=path)


def _old_list(given: Tree, single: bool) -> Iterator[Operation]:
    for name, options in _named(given):
        found = _old(name, single, lambda key, said=options: text(said.get(key)), line_of(name))  # type: ignore[misc]
        if found is not None:
            yield found


def _named(given: Tree) -> Iterator[tuple[str, dict[str, Tree]]]:
    """Operations by name: a map, or a list of names and of maps."""
    if isinstance(given, list):
        for item in given:
            if isinstance(item, dict):
                yield from _named(item)
            elif text(item):
                yield text(item), {}
    else:
        for key, value in mapping(given).items():
            yield key, mapping(value)


def _operation(name: str, options: dict[str, Tree], line: int) -> Operation | None:
    kind = (text(options.get("class")) or name).rpartition(BACKSLASH)[2]
    return _new(kind, lambda key: text(options.get(key)), line)


def _of_element(item: Element) -> Resource:
    """``<itemOperations>`` and ``<collectionOperations>`` of version 2, ``<operations>`` since version 3."""
    said = _attributes(item)
    operations: list[Operation] = []
    old = {key: item.child(key) for key in ("collectionOperations", "itemOperations")}
    listed = item.child("operations")
    if listed is not None:
        kinds = ((each, each.attributes.get("class", "").rpartition(BACKSLASH)[2]) for each in listed.all("operation"))
        operations += [found for each, kind in kinds if (found := _new(kind, _attributes(each), each.line))]
    elif any(each is not None for each in old.values()):
        for (key, group), single in zip(old.items(), (False, True), strict=True):
            if group is None:
                operations += assumed_of_old(single, item.line)
                continue
            for each in group.all(key.removesuffix("s")):
                found = _old(each.attributes.get("name", ""), single, _attributes(each), each.line)
                operations += [found] if found else []
    else:
        operations += assumed(item.line)
    return _made(item.attributes.get("class", ""), item.line, said, operations)


def _attributes(item: Element) -> Looked:
    """What an element says: in its attributes, or in ``<attribute name="...">`` below it."""
    below = {each.attributes.get("name", ""): each.text.strip() for each in item.children if each.tag == "attribute"}
    known = {**below, **item.attributes}
    return lambda key: known.get(key, "")


def _made(owner: str, line: int, said: Looked, operations: list[Operation]) -> Resource:
    name = owner.rpartition(BACKSLASH)[2]
    return Resource(
        owner=name,
        name=said("shortName") or name,
        line=line,
        operations=tuple(operations),
        prefix=_value(said("routePrefix") or said("route_prefix")),
        template=_value(said("uriTemplate")),
        security=said("security") or said("access_control"),
    )


def _new(kind: str, said: Looked, line: int) -> Operation | None:
    if kind not in (*OPERATIONS, *UNNAMED) or said("routeName"):
        return None
    method, item = OPERATIONS.get(kind, ((said("method") or "GET").upper(), False))
    return _served(method, item, said, line, "uriTemplate")


def _old(name: str, single: bool, said: Looked, line: int) -> Operation | None:
    method = said("method") or (name if name.lower() in VERBS else "")
    return _served(method.upper(), single, said, line, "path") if method and not said("route_name") else None


def _served(method: str, item: bool, said: Looked, line: int, path: str) -> Operation | None:
    controller = said("controller").strip("\\").replace("\\", ".")
    if controller.endswith(UNSERVED):
        return None
    return Operation(
        method=method,
        item=item,
        line=line,
        path=_value(said(path)),
        security=said("security") or said("access_control"),
        handler=f"{controller}.__invoke" if controller else "",
        prefix=_value(said("routePrefix") or said("route_prefix")),
    )


def _value(given: str) -> Value:
    return (given,) if given else ()


YAML = DocumentReader("API Platform in YAML", ("yaml",), read_yaml)
XML = DocumentReader("API Platform in XML", ("xml",), read_xml)
