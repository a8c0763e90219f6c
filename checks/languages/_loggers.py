"""Loggers of a project's own: modules that are called so, and the files that import them."""

from __future__ import annotations

import re
from posixpath import basename, dirname

from reviewer.model.facts.code import Import
from reviewer.model.facts.repository import Code
from reviewer.model.facts.values import At

OWN = re.compile(
    r"_?(?:app|my|custom|event|error|server|base|simple|file|txt)?[_-]?log(?:ger|ging|s)?"
    r"(?:[._-]?(?:service|utils?|helper|manager))?",
    re.IGNORECASE,
)
"""How the module of a logger is called, without its suffix."""


def own_loggers(code: Code) -> set[str]:
    """The files of the project's own loggers, by their name or that of their folder where they stand for that."""
    found = set()
    for file in code.modules:
        stem = basename(file.path).rpartition(".")[0]
        if OWN.fullmatch(basename(dirname(file.path)) if stem in ("index", "__init__") else stem):
            found.add(file.path)
    return found


def of_own_loggers(code: Code, paths: set[str]) -> list[At[Import]]:
    """The imports by which some files use a logger of the project's own."""
    loggers = own_loggers(code)
    named = {_name(path) for path in loggers}
    return [item for item in code.imports if item.path in paths - loggers and named & _names(item.fact)]


def _name(path: str) -> str:
    stem = basename(path).rpartition(".")[0]
    return (basename(dirname(path)) if stem in ("index", "__init__") else stem).casefold()


def _names(fact: Import) -> set[str]:
    """What an import may mean by its last names; a bare name of a library is none of the project's own."""
    module = re.sub(r"\.[cm]?[jt]sx?\Z", "", fact.module).casefold()
    if module.startswith((".", "@/", "~", "#")) or "/" in module:
        return {basename(module.rstrip("/")).removesuffix("/index"), basename(dirname(module))} - {"", "."}
    parts = module.replace("\\", ".").split(".")
    return {*(parts[-1:] if len(parts) > 1 else ()), *({fact.name.casefold()} if fact.name and len(parts) > 1 else ())}
