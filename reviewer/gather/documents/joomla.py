"""Joomla: the manifest of an extension, which says what database its tables are for."""

from __future__ import annotations

import re

import msgspec

from reviewer.gather.data.names import data_use, database_of_driver
from reviewer.gather.documents._xml import Element, load_xml
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.data import How
from reviewer.model.facts.file import FileFacts

MARK = re.compile(r"<extension\s[^>]{0,200}\btype=|<install\s[^>]{0,200}\btype=")
"""How a manifest begins since Joomla 1.6, and before."""
HEAD = 4_000
SECTIONS = ("install", "uninstall", "update")
DETAIL = "Joomla manifest"


def read_manifest(source: str, base: FileFacts) -> FileFacts:
    """The first database that the scripts of an extension are written for: most are for MySQL, and others beside it."""
    if not MARK.search(source, 0, HEAD):
        return base
    root, _ = load_xml(source)
    if root is None or root.tag not in ("extension", "install"):
        return base
    for item in _scripts(root):
        named = item.attributes.get("driver", "") or item.attributes.get("type", "")
        database = database_of_driver(named.strip().lower().removesuffix("i"))
        if database:
            use = data_use(database, How.CONFIGURED, item.line, DETAIL)
            return msgspec.structs.replace(base, data=(*base.data, use))
    return base


def _scripts(root: Element) -> list[Element]:
    """``<file driver="mysql">`` and ``<schemapath type="mysql">``."""
    found: list[Element] = []
    for section in SECTIONS:
        for part in root.all(section):
            for sql in part.all("sql"):
                found.extend(sql.all("file"))
            for schemas in part.all("schemas"):
                found.extend(schemas.all("schemapath"))
    return found


JOOMLA = DocumentReader("Joomla manifests", ("xml",), read_manifest)
