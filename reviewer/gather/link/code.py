"""Functions, classes, catches and signs of the server's own code."""

from __future__ import annotations

from reviewer.gather.link.view import View, located
from reviewer.model.facts.repository import Code, FileRole


def link_code(view: View) -> Code:
    """The code group: server files only; signs also of settings, and of the front end, for what a client shows."""
    programs = [file for file in view.server if file.language != "SQL"]
    return Code(
        functions=tuple(located(programs, "functions")),
        classes=tuple(located(programs, "classes")),
        imports=tuple(located(programs, "imports")),
        catches=tuple(located(programs, "catches")),
        signs=tuple(located(sorted([*programs, *view.frontend, *view.settings], key=lambda file: file.path), "signs")),
        modules=tuple(file for file in programs if file.role is not FileRole.CONFIG),
        clients=tuple(file.path for file in view.frontend),
    )
