"""YAML to nested dict, list and `Scalar`, safely: no tags, no implicit types, bounded aliases, nesting and size.

Every scalar stays text, so that GitHub's ``on:`` is no boolean and ``12:30`` no number. Built from parser events, one
by one, so that a bomb is refused before it unfolds.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from reviewer.gather.documents._trees import Loaded, Scalar, Tree

SIZE_LIMIT = 256 * 1024
ALIAS_LIMIT = 50
DEPTH_LIMIT = 60
NODE_LIMIT = 60_000
"""Nodes after aliases are followed, so that few aliases that multiply are refused as well."""
DOCUMENT_LIMIT = 200
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Refused(Exception):
    """The document passes a limit; the message names it."""


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being filled."""

    value: dict[str, Tree] | list[Tree]
    anchor: str | None
    key: Scalar | None = None
    has_key: bool = False
    weight: int = 1


@dataclass(slots=True)
class _Builder:
    documents: list[Tree] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    anchors: dict[str, tuple[Tree, int]] = field(default_factory=dict)
    aliases: int = 0
    weight: int = 0

    def take(self, event: Event) -> None:
        match event:
            case MappingStartEvent():
                self._push(_Open({}, event.anchor))
            case SequenceStartEvent():
                self._push(_Open([], event.anchor))
            case MappingEndEvent() | SequenceEndEvent():
                closed = self.open.pop()
                self._place(closed.value, closed.weight, closed.anchor)
            case ScalarEvent():
                line = event.start_mark.line + 1 if event.start_mark else 1
                self._place(Scalar(event.value, line, event.style in ("|", ">")), 1, event.anchor)
            case AliasEvent():
                self._alias(event.anchor or "")
            case DocumentEndEvent():
                self.anchors.clear()
            case _:
                pass

    def _push(self, item: _Open) -> None:
        if len(self.open) >= DEPTH_LIMIT:
            raise _Refused(f"nesting deeper than {DEPTH_LIMIT}")
        self.open.append(item)

    def _alias(self, anchor: str) -> None:
        self.aliases += 1
        if self.aliases > ALIAS_LIMIT:
            raise _Refused(f"more aliases than the limit of {ALIAS_LIMIT}")
        target, weight = self.anchors.get(anchor, ("", 1))
        self._place(target, weight, None)

    def _place(self, value: Tree, weight: int, anchor: str | None) -> None:
        self.weight += weight
        if weight > NODE_LIMIT or self.weight > NODE_LIMIT * 2:
            raise _Refused(f"more values than the limit of {NODE_LIMIT:,}")
        if anchor:
            self.anchors[anchor] = (value, weight)
        if not self.open:
            self.documents.append(value)
            return
        parent = self.open[-1]
        parent.weight += weight
        if isinstance(parent.value, list):
            parent.value.append(value)
        elif not parent.has_key:
            parent.key = value if isinstance(value, Scalar) else None
            parent.has_key = True
        else:
            _set(parent.value, parent.key, value)
            parent.has_key = False


def _set(target: dict[str, Tree], key: Scalar | None, value: Tree) -> None:
    """Sets a key; ``<<`` merges what is not there yet, one level deep."""
    if key is None:
        return
    if key != "<<":
        target.pop(key, None)
        target[key] = value
        return
    for source in value if isinstance(value, list) else [value]:
        if isinstance(source, dict):
            for name, item in source.items():
                target.setdefault(name, item)


def load_yaml(source: str) -> Loaded:
    """Every document of a YAML text; ``tree`` is the first. Never raises: ``problem`` says what was wrong."""
    if len(source) > SIZE_LIMIT:
        return Loaded(problem=f"left out: YAML over the limit of {SIZE_LIMIT // 1024} kB")
    builder = _Builder()
    problem = None
    try:
        for event in yaml.parse(source, Loader=LOADER):
            builder.take(event)
            if len(builder.documents) >= DOCUMENT_LIMIT:
                problem = f"cut after {DOCUMENT_LIMIT} YAML documents"
                break
    except _Refused as error:
        return Loaded(problem=f"left out: YAML with {error}")
    except (yaml.YAMLError, ValueError, RecursionError, UnicodeError) as error:
        mark = getattr(error, "problem_mark", None)
        return Loaded(problem="could not parse: not valid YAML" + (f" at line {mark.line + 1}" if mark else ""))
    documents = tuple(builder.documents)
    return Loaded(tree=documents[0] if documents else None, documents=documents, problem=problem)
