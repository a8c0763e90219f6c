"""MongoEngine and Beanie: documents with their indexes, and queries."""

from __future__ import annotations

import re

from reviewer.gather.data.names import data_use
from reviewer.gather.data.orm._chains import Chain, chains
from reviewer.gather.data.orm._models import base_names, fields_by_class, is_on, strings
from reviewer.gather.data.queries import add_sign
from reviewer.gather.expressions import last
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Call, Mapping, Module
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.data import How

LAYERS = {"mongoengine": "MongoEngine", "flask_mongoengine": "MongoEngine", "beanie": "Beanie", "odmantic": "ODMantic"}
DOCUMENTS = words("Document DynamicDocument EmbeddedDocument Model")
CONNECTING = words("mongoengine.connect mongoengine.register_connection flask_mongoengine.MongoEngine")
CALLED = ".objects("
MODEL = re.compile(r"(?:^|\.)[A-Z]\w*\.objects$")
BOUNDING = words("limit skip only paginate first count project")


def read_mongoengine(module: Module, kept: Kept) -> None:
    """Keeps documents, indexes, queries and the use of these layers."""
    look = look_at(module)
    layer = next((name for package, name in LAYERS.items() if look.imports(package)), None)
    if layer is None:
        _read_elsewhere(look, kept)
        return
    for call in module.calls:
        if look.origin(call.name) in CONNECTING:
            kept.data.append(data_use("MongoDB", How.CONNECTED, call.line, layer))
    _read_documents(module, kept, layer)
    for chain in chains(look):
        if "objects" in chain.root.split("."):
            _keep_query(look, kept, chain, layer)


def _read_documents(module: Module, kept: Kept, layer: str) -> None:
    by_class = fields_by_class(module)
    for item in module.classes:
        if any(last(base) in DOCUMENTS for base in base_names(item)):
            kept.signs.append(
                Sign(kind=SignKind.NOSQL_SCHEMA, line=item.line, end_line=item.end_line, detail=item.name)
            )
            kept.data.append(data_use(layer, How.CONFIGURED, item.line))
            for field in by_class.get(item.index, ()):
                for name in _indexed(field.target, field.value):
                    sign = Sign(kind=SignKind.NOSQL_INDEX, line=field.line, end_line=field.end_line, detail=name)
                    kept.signs.append(sign)


def _keep_query(look: Look, kept: Kept, chain: Chain, layer: str) -> None:
    add_sign(kept, look, SignKind.NOSQL_QUERY, chain.outer, chain.root)
    kept.data.append(data_use(layer, How.QUERIED, chain.outer.line))
    kept.data.append(data_use("MongoDB", How.QUERIED, chain.outer.line, layer))
    if chain.sliced or set(chain.names) & BOUNDING:
        add_sign(kept, look, SignKind.NOSQL_BOUNDED, chain.outer, "limit")
    if chain.loops:
        add_sign(kept, look, SignKind.QUERY_IN_LOOP, chain.outer, chain.root)


def _read_elsewhere(look: Look, kept: Kept) -> None:
    """``Book.objects(pk=key).first()`` in a file that imports its models alone: no other layer calls ``objects``."""
    if CALLED not in look.module.text or look.imports("django"):
        return
    for chain in chains(look):
        if MODEL.search(chain.root):
            _keep_query(look, kept, chain, "MongoEngine")


def _indexed(target: str, value: object) -> tuple[str, ...]:
    """A unique field by its name, or what ``meta`` lists."""
    if isinstance(value, Call):
        return (target,) if is_on(value, "unique") or is_on(value, "primary_key") else ()
    if target == "meta" and isinstance(value, Mapping):
        return strings(value.get("indexes"))
    return ()


MONGOENGINE = Reader(name="MongoEngine", languages=("Python",), read=read_mongoengine)
