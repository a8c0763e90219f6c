"""Functions, classes, catches and signs of the server's own code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewer.gather.link.view import View, located
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.repository import Code, FileRole
from reviewer.model.facts.values import At

COMPARED = "clear text, compared"
"""A password compared by ``==``: in Ruby bcrypt's objects are compared so too, and which it is another file tells."""


def link_code(view: View) -> Code:
    """The code group: server files only; signs also of settings, and of the front end, for what a client shows."""
    programs = [file for file in view.server if file.language != "SQL"]
    return Code(
        functions=tuple(located(programs, "functions")),
        classes=tuple(located(programs, "classes")),
        imports=tuple(located(programs, "imports")),
        catches=tuple(located(programs, "catches")),
        signs=tuple(_told(located(sorted([*programs, *view.frontend, *view.settings], key=lambda f: f.path), "signs"))),
        modules=tuple(file for file in programs if file.role is not FileRole.CONFIG),
        clients=tuple(file.path for file in view.frontend),
    )


def _told(signs: Iterable[At[Sign]]) -> Iterator[At[Sign]]:
    """Signs without those that a sign of another file explains."""
    found = list(signs)
    hashed = any(item.fact.kind is SignKind.PASSWORD_HASH and item.fact.detail == "bcrypt" for item in found)
    return (item for item in found if not (hashed and item.fact.detail == COMPARED))
