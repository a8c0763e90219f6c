"""XML to a small tree with lines. Entity declarations are refused, so nothing expands; nothing is ever fetched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

SIZE_LIMIT = 1024 * 1024
DEPTH_LIMIT = 60
NODE_LIMIT = 50_000


@dataclass(slots=True)
class Element:
    """An element; ``tag`` and attribute names are without their namespace prefix."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def all(self, tag: str) -> Iterator[Element]:
        """Every element below this one with that tag, in source order."""
        waiting = list(reversed(self.children))
        while waiting:
            item = waiting.pop()
            if item.tag == tag:
                yield item
            waiting.extend(reversed(item.children))

    def child(self, tag: str) -> Element | None:
        """The first child with that tag."""
        return next((item for item in self.children if item.tag == tag), None)

    def child_text(self, tag: str) -> str:
        """The text of the first child with that tag, ``""`` without one."""
        found = self.child(tag)
        return found.text.strip() if found else ""


class _Refused(Exception):
    """The document passes a limit or declares a type; the message says which."""


class _Builder:
    def __init__(self) -> None:
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.EntityDeclHandler = self._refuse
        self.root: Element | None = None
        self.open: list[Element] = []
        self.count = 0

    def _refuse(self, *_: object) -> None:
        raise _Refused("XML that declares entities")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if len(self.open) >= DEPTH_LIMIT:
            raise _Refused(f"XML nested deeper than {DEPTH_LIMIT}")
        if self.count > NODE_LIMIT:
            raise _Refused(f"XML with more elements than the limit of {NODE_LIMIT:,}")
        named = {_local(key): value for key, value in attributes.items()}
        element = Element(_local(name), named, self.parser.CurrentLineNumber)
        if self.open:
            self.open[-1].children.append(element)
        elif self.root is None:
            self.root = element
        self.open.append(element)

    def _end(self, _: str) -> None:
        self.open.pop()

    def _characters(self, data: str) -> None:
        if self.open and len(self.open[-1].text) < 2000:
            self.open[-1].text += data


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def load_xml(source: str) -> tuple[Element | None, str | None]:
    """The root element and None, or None and why not. Never raises."""
    if len(source) > SIZE_LIMIT:
        return None, f"left out: XML over the limit of {SIZE_LIMIT // 1024} kB"
    builder = _Builder()
    try:
        builder.parser.Parse(source.encode("utf-8", "replace"), True)
    except _Refused as error:
        return None, f"left out: {error}"
    except (expat.ExpatError, ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        return None, "could not parse: not valid XML" + (f" at line {line}" if line else "")
    return builder.root, None
