"""What of its framework a file uses beside routes: each part once, where it is first seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from reviewer.gather.look import look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, keep
from reviewer.gather.signs._framework_parts import INSTALLED, PARTS
from reviewer.gather.syntax import Call, Expr, Function, Module, dotted
from reviewer.model.facts.code import SignKind

PASSED_ON = "next"
"""What middleware calls in Express, Koa and the like; with an argument it reports an error."""

INVOKED = "__invoke"
"""How Slim calls middleware, with what comes next as the last parameter."""
SETTINGS = "app.config"
"""Where Flask, Quart and Sanic hold settings, to which values are given one by one."""
INSTALLS = "install"
"""How Ktor is told of its plugins, by their names."""
KNOWN_IMPORTS = 1 << 14


class _At(NamedTuple):
    line: int
    function: int = -1


class Table(NamedTuple):
    """The names of one language: of calls by their last part, of decorators, bases and settings whole."""

    calls: dict[str, tuple[tuple[str, str], ...]]
    decorators: dict[str, str]
    bases: dict[str, str]
    settings: dict[str, str]
    imports: tuple[tuple[str, str], ...]


@cache
def table_of(language: str) -> Table:
    """The names by which parts are known in a language."""
    table = Table({}, {}, {}, {}, ())
    imports: list[tuple[str, str]] = []
    for part, names in PARTS[language].items():
        for token in names.split():
            kind, _, name = token.partition(":")
            if kind == "c":
                last = name.rpartition(".")[2]
                table.calls[last] = (*table.calls.get(last, ()), (name, part))
            elif kind == "i":
                imports.append((name, part))
            else:
                named = {"d": table.decorators, "b": table.bases, "t": table.settings}[kind]
                named[name] = part
    return table._replace(imports=tuple(imports))


def read(module: Module, kept: Kept) -> None:
    """Keeps one sign for each part."""
    look, found = look_at(module), set[str]()
    for part, at in _parts(module, table_of(module.language)):
        if part not in found:
            found.add(part)
            keep(kept, look, SignKind.FRAMEWORK_PART, at, part)


def _parts(module: Module, table: Table) -> Iterator[tuple[str, _At]]:
    """Parts in the order of the tables' kinds, each as often as it is used."""
    for item in module.imports:
        if part := _of_import(item.module, item.name, module.language):
            yield part, _At(item.line)
    for call in module.calls:
        yield from ((part, _At(call.line, call.function)) for part in _of_call(call, module.language, table))
    if module.language == "Python" and f"{SETTINGS}[" in module.text:
        yield from (
            ("configuration", _At(item.line, item.function))
            for item in module.assignments
            if item.target.startswith(SETTINGS)
        )
    if module.language == "PHP":
        yield from (("middleware", _At(item.line)) for item in module.functions if _is_passing_on(item))
    for where, decorators in _decorated(module):
        yield from ((part, where) for part in _named(decorators, table.decorators))
    for kind in module.classes:
        yield from ((part, _At(kind.line)) for part in _named(kind.bases, table.bases))
    for text, _ in module.texts if table.settings else ():
        part = table.settings.get("".join(piece for piece in text.parts if isinstance(piece, str)), "")
        if part:
            yield part, _At(text.line)


def _is_passing_on(function: Function) -> bool:
    named = function.name == INVOKED and function.parameters
    return bool(named) and function.parameters[-1].name.lstrip("$") == PASSED_ON


def _of_call(call: Call, language: str, table: Table) -> Iterator[str]:
    if call.name == PASSED_ON and not call.args and language in ECMA:
        yield "middleware"
    if call.last == INSTALLS and language == "Kotlin" and call.args:
        name = dotted(call.args[0]).rpartition(".")[2]
        yield from (part for part in (INSTALLED.get(name, name),) if name[:1].isupper())
    for name, part in table.calls.get(call.last, ()):
        if call.name == name or call.name.endswith(f".{name}"):
            yield part


def _decorated(module: Module) -> Iterator[tuple[_At, tuple[Expr, ...]]]:
    """Functions, classes and fields with what decorates them."""
    yield from ((_At(item.line), item.decorators) for item in module.functions)
    yield from ((_At(item.line), item.decorators) for item in module.classes)
    yield from ((_At(item.line), item.decorators) for item in module.assignments)


@lru_cache(KNOWN_IMPORTS)
def _of_import(module: str, name: str | None, language: str) -> str:
    """The part that an import is; the same imports stand in a repository again and again."""
    full = f"{module}.{name}" if name else module
    for name, part in table_of(language).imports:
        if full == name or full.startswith((f"{name}.", f"{name}/")):
            return part
    return ""


def _named(values: Iterable[Expr], names: dict[str, str]) -> Iterator[str]:
    for value in values:
        part = names.get(dotted(value.callee if isinstance(value, Call) else value).rpartition(".")[2])
        if part:
            yield part


FRAMEWORK_PARTS = Reader(name="parts of frameworks", languages=tuple(PARTS), read=read)
