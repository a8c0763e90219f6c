"""SOAP contracts: the operations of a WSDL, and the messages of an XML schema that a service is generated from."""

from __future__ import annotations

import msgspec

from reviewer.gather.documents._trees import not_read
from reviewer.gather.documents._xml import Element, load_xml
from reviewer.gather.reader import DocumentReader
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import Operation

OPERATION_LIMIT = 500
PORT_TAGS = ("portType", "interface")
"""What holds the operations: WSDL 1.1 and 2.0."""


def read_wsdl(source: str, base: FileFacts) -> FileFacts:
    """A WSDL file: its abstract operations, each once however many bindings it has."""
    root, problem = load_xml(source)
    if root is None or root.tag not in ("definitions", "description"):
        return not_read(base, problem)
    found: dict[str, Operation] = {}
    for tag in PORT_TAGS:
        for port in root.all(tag):
            for item in port.children:
                name = item.attributes.get("name", "")
                if item.tag == "operation" and name and len(found) < OPERATION_LIMIT:
                    found.setdefault(name, Operation(kind="soap", name=name, file="", line=item.line))
    contract = Sign(kind=SignKind.SOAP, line=root.line, end_line=root.line, detail="WSDL contract")
    return msgspec.structs.replace(base, operations=tuple(found.values()), signs=(*base.signs, contract))


def read_xsd(source: str, base: FileFacts) -> FileFacts:
    """An XML schema with request and response messages, from which a contract-first service derives its WSDL."""
    root, problem = load_xml(source)
    if root is None or root.tag != "schema":
        return not_read(base, problem)
    requests = [item for item in root.children if _is_request(item, root)]
    if not requests:
        return base
    line = requests[0].line
    contract = Sign(kind=SignKind.SOAP, line=line, end_line=line, detail="XML schema of the messages")
    return msgspec.structs.replace(base, signs=(*base.signs, contract))


def _is_request(item: Element, root: Element) -> bool:
    name = item.attributes.get("name", "")
    if item.tag != "element" or not name.endswith("Request"):
        return False
    answer = name.removesuffix("Request") + "Response"
    return any(other.attributes.get("name") == answer for other in root.children)


WSDL = DocumentReader("wsdl", ("wsdl",), read_wsdl, reads_generated=True)
XSD = DocumentReader("xsd", ("xsd",), read_xsd)
