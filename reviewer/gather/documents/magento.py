"""Magento: the web API of a module (``webapi.xml``), the names that its controllers are found under (``routes.xml``)
and its declared schema (``db_schema.xml``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import msgspec

from reviewer.gather.data.names import data_use
from reviewer.gather.documents._routing import with_routing
from reviewer.gather.documents._xml import Element, load_xml
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.data import Column, How, MigrationStep, Table
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import Route, Router, Routing

NAME = "Magento"
SCHEMA = "Magento declarative schema"
MARK = re.compile(
    r"Magento_Webapi|Magento/Webapi/etc/webapi\.xsd|Setup/Declaration/Schema/etc/schema\.xsd|framework:App/etc/routes\.xsd"
    r"|Magento/App/etc/routes\.xsd|Framework/App/etc/routes\.xsd"
)
"""Schemas as named since Magento 2.0, and by their paths before."""
HEAD = 4_000
OPEN = "anonymous"
ROUTES_MOST = 1_000
AREAS = {"standard": "frontend", "admin": "adminhtml"}
"""The routers of Magento that a module may name itself to, with the area of the shop that each serves."""
NOT_NULL = "false"


def read_magento(source: str, base: FileFacts) -> FileFacts:
    """The routes or the tables of a module; any other XML is left as it is."""
    if not MARK.search(source, 0, HEAD):
        return base
    root, _ = load_xml(source)
    if root is None:
        return base
    if root.tag == "routes":
        routes = tuple(_route(item) for item in islice(root.all("route"), ROUTES_MOST) if item.attributes.get("url"))
        router = Router(symbol="webapi", framework=NAME, line=root.line)
        return with_routing(base, Routing(routers=(router,) if routes else (), routes=routes))
    if root.tag == "schema":
        return _with_schema(root, base)
    return with_routing(base, Routing(routers=tuple(_fronts(root))))


def front_of(area: str, module: str) -> str:
    """The symbol of the router by which the controllers of a module are found: ``frontend Acme_Shop``."""
    return f"{area} {module}"


def _fronts(root: Element) -> Iterator[Router]:
    """``<route frontName="shop"><module name="Acme_Shop"/>`` of a router."""
    for router in root.all("router"):
        area = AREAS.get(router.attributes.get("id", ""), "")
        for route in router.all("route") if area else ():
            name = route.attributes.get("frontName", "")
            for module in route.all("module") if name else ():
                symbol = front_of(area, module.attributes.get("name", ""))
                yield Router(symbol=symbol, framework=NAME, line=route.line, prefix=(name,))


def _route(item: Element) -> Route:
    service = item.child("service")
    named = service.attributes if service is not None else {}
    handler = ".".join(
        part for part in (named.get("class", "").replace("\\", ".").strip("."), named.get("method")) if part
    )
    asked = [ref for resource in _resources(item) if (ref := resource.attributes.get("ref", OPEN)) != OPEN]
    return Route(
        router="webapi",
        framework=NAME,
        methods=(item.attributes.get("method", "GET").upper(),),
        path=(item.attributes["url"],),
        line=item.line,
        end_line=item.line,
        handler=handler,
        guards=tuple(f"permission {ref}" for ref in asked),
    )


def _resources(item: Element) -> list[Element]:
    resources = item.child("resources")
    return list(resources.all("resource")) if resources is not None else []


def _with_schema(root: Element, base: FileFacts) -> FileFacts:
    tables = tuple(_table(item) for item in root.all("table") if item.attributes.get("name"))
    if not tables:
        return base
    return msgspec.structs.replace(
        base,
        tables=(*base.tables, *tables),
        migration=MigrationStep(tool=SCHEMA, line=root.line),
        data=(*base.data, data_use("MySQL", How.CONFIGURED, root.line, SCHEMA)),
    )


def _table(item: Element) -> Table:
    primary = _columns_of(item, "primary")
    foreign = {
        found.attributes.get("column", ""): found.attributes.get("referenceTable")
        for found in item.all("constraint")
        if found.attributes.get("type") == "foreign"
    }
    unique = _columns_of(item, "unique")
    columns = tuple(
        Column(
            name=found.attributes["name"],
            type=found.attributes.get("type", ""),
            nullable=found.attributes.get("nullable", "true") != NOT_NULL,
            primary=found.attributes["name"] in primary,
            unique=found.attributes["name"] in unique,
            references=foreign.get(found.attributes["name"]),
        )
        for found in item.children
        if found.tag == "column" and found.attributes.get("name")
    )
    indexes = tuple(
        tuple(column.attributes.get("name", "") for column in found.all("column")) for found in item.all("index")
    )
    name = item.attributes["name"]
    return Table(name=name, line=item.line, end_line=item.line, source=SCHEMA, columns=columns, indexes=indexes)


def _columns_of(item: Element, kind: str) -> frozenset[str]:
    return frozenset(
        column.attributes.get("name", "")
        for found in item.all("constraint")
        if found.attributes.get("type") == kind
        for column in found.all("column")
    )


MAGENTO = DocumentReader("Magento modules", ("xml",), read_magento)
