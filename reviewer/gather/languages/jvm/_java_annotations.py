"""Annotations as decorators, and the other words before a declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.gather.languages._treesitter import line_of, text_of
from reviewer.gather.languages._walk import (
    NO_KEYWORDS,
)
from reviewer.gather.languages.jvm._java_walker import (
    COMMENTS,
    Handler,
    Walker,
)
from reviewer.gather.syntax import Call, Expr, Name

if TYPE_CHECKING:
    from tree_sitter import Node

ANNOTATIONS = frozenset({"annotation", "marker_annotation"})


def modifiers(walker: Walker, node: Node) -> tuple[tuple[Expr, ...], tuple[str, ...]]:
    """The annotations and the words (``public``, ``static``) before a declaration."""
    for child in node.children[:2]:
        if child.type == "modifiers":
            decorators, words = [], []
            for part in child.children:
                if part.type in ANNOTATIONS:
                    decorators.append(annotation(walker, part))
                elif part.type not in COMMENTS:
                    words.append(part.type)
            return tuple(decorators), tuple(words)
    return (), ()


def annotation(walker: Walker, node: Node) -> Expr:
    """``@Name`` as a name, ``@Name(value)`` and ``@Name(key = value)`` as a call that is not among the calls made."""
    name = Name("".join(text_of(node.child_by_field_name("name")).split()), line_of(node))
    arguments = node.child_by_field_name("arguments")
    if arguments is None:
        return name
    args: list[Expr] = []
    keywords: dict[str, Expr] = {}
    for child in arguments.named_children:
        if child.type == "element_value_pair":
            keywords[text_of(child.child_by_field_name("key"))] = walker.visit(child.child_by_field_name("value"))
        elif child.type not in COMMENTS:
            args.append(walker.visit(child))
    return Call(
        callee=name,
        args=tuple(args),
        keywords=keywords or NO_KEYWORDS,
        line=name.line,
        end_line=node.end_point[0] + 1,
        function=walker.scope.index,
        owner=walker.scope.owner,
    )


HANDLERS: dict[str, Handler] = dict.fromkeys(ANNOTATIONS, annotation)
