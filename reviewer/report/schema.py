"""The published JSON Schema of a document, made from its types."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from reviewer.model.document import SCHEMA_VERSION, Report

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SUFFIX = "Part"
ACRONYMS = {
    "Api": "API",
    "Ci": "CI",
    "Sql": "SQL",
    "Url": "URL",
    "Cms": "CMS",
    "Graphql": "GraphQL",
    "Grpc": "gRPC",
    "Soap": "SOAP",
}


def render_schema() -> str:
    """The schema of report.json as text."""
    return json.dumps(schema(Report, f"report.json, schema version {SCHEMA_VERSION}"), indent=2) + "\n"


def schema(root: type[msgspec.Struct], title: str) -> dict[str, Any]:
    """JSON Schema of ``root`` with a title on every type and every field."""
    (reference,), components = msgspec.json.schema_components((root,), ref_template="#/$defs/{name}")
    for name, component in components.items():
        component["title"] = _title(name.removesuffix(SUFFIX))
        for field, value in component.get("properties", {}).items():
            value.setdefault("title", _title(field))
    return {"$schema": DIALECT, "title": title, **reference, "$defs": dict(sorted(components.items()))}


def _title(name: str) -> str:
    """``own_share`` and ``OwnShare`` as ``Own share``."""
    spaced = "".join(f" {char}" if char.isupper() else char for char in name).replace("_", " ").strip()
    words = [ACRONYMS.get(word.capitalize(), word.lower()) for word in spaced.split()]
    text = " ".join(words)
    return text if words[:1] == ["gRPC"] else text[:1].upper() + text[1:]
