"""Routes that the path of a file gives: what a folder and a file name stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reviewer.gather.languages.node._functions import ANONYMOUS
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Attribute, Call, Expr, Function, Lambda, Module, Name, dotted
from reviewer.model.facts.routing import Route

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
SERVED = ("GET", "POST", "PUT", "PATCH", "DELETE")
OPTIONAL_REST = re.compile(r"^\[\[\.\.\.(\w+)\]\]$")
REST = re.compile(r"^\[\.\.\.(\w*)\]$")
PARAMETER = re.compile(r"\[\[?(\w+)(?:=\w+)?\]?\]")
GROUP = re.compile(r"^\(.*\)$")
SUFFIX = re.compile(r"\.[cm]?[jt]sx?$")
WRAPPERS_MOST = 5
METHOD_COMPARED = re.compile(r"(?:^|\.)(?:method|httpMethod)$")


def served_path(inside: str) -> str:
    """A path within the folder of routes as it is served: ``users/[id]/index`` is ``/users/{id}``."""
    parts: list[str] = []
    for part in SUFFIX.sub("", inside).split("/"):
        if GROUP.match(part) or part.startswith(("@", "_")):
            continue
        rest = OPTIONAL_REST.match(part) or REST.match(part)
        parts.append(f"{{{rest[1] or 'path'}}}" if rest else PARAMETER.sub(r"{\1}", part))
    if parts and parts[-1] == "index":
        parts.pop()
    return "/" + "/".join(parts)


def below(path: str, folders: Iterable[str]) -> str | None:
    """What of a path lies in one of some folders (``pages/api``), wherever that is; None for none."""
    slashed = f"/{path}"
    for folder in folders:
        head, mark, inside = slashed.partition(f"/{folder}/")
        if mark and "node_modules" not in head:
            return inside
    return None


@dataclass(frozen=True, slots=True)
class Exported:
    """A function that a file exports: its name outside, the function where it is one of this file, what wraps it."""

    name: str
    line: int
    function: Function | None
    wrappers: tuple[str, ...] = ()
    library: bool = False


def exported_functions(module: Module, wanted: Iterable[str]) -> Iterator[Exported]:
    """The exported functions among those wanted, and what calls make of functions or of nothing of this file."""
    names = frozenset(wanted)
    if not any(item.name in names for item in module.exports):
        return
    functions = {item.qualname: item for item in module.functions}
    values = {item.target: item.value for item in module.assignments if item.function == -1}
    for export in module.exports:
        if export.name not in names or export.module is not None:
            continue
        value = values.get(export.local) or export.value
        if export.local in functions and not isinstance(value, Call):
            yield Exported(export.name, export.line, functions[export.local])
        elif isinstance(value, Call | Name | Attribute):
            function, around = unwrapped(module, value)
            library = function is None and bool(_package(module, value) or _library_made(module, value))
            yield Exported(export.name, export.line, function, () if library else around, library)


def _package(module: Module, value: Expr | None) -> str:
    """The library that a value comes from."""
    if isinstance(value, Attribute):
        value = value.value
    head = dotted(value.callee if isinstance(value, Call) else value).partition(".")[0]
    found = next((item.module for item in module.imports if item.alias == head), "")
    return "" if found.startswith((".", "@/", "~/", "src/")) else found


MADE_ELSEWHERE = re.compile(r"(?:^|\.)handlers?(?:\.(?:GET|POST))?$", re.IGNORECASE)
"""What a library's handlers are called where the project makes them in a file of its own: ``handlers``."""
AUTH_FILE = re.compile(r"(?:^|[/@.-])auth(?:-?[cC]onfig|[oO]ptions)?(?:\.[jt]s)?$")


def _library_made(module: Module, value: Expr | None) -> bool:
    """Whether a value is the handlers that the project's file of sign-in takes from a library."""
    name = dotted(value.callee if isinstance(value, Call) else value)
    head = name.partition(".")[0]
    source = next((item.module for item in module.imports if item.alias == head), "")
    return bool(AUTH_FILE.search(source)) and bool(MADE_ELSEWHERE.search(name))


def unwrapped(module: Module, value: Expr | None) -> tuple[Function | None, tuple[str, ...]]:
    """The function inside wrappers (``withAuth(handler)``), and the wrappers from the outside in."""
    functions = {item.qualname: item for item in module.functions}
    around: list[str] = []
    while isinstance(value, Call) and len(around) < WRAPPERS_MOST:
        around.append(dotted(value.callee))
        given = [arg for arg in value.args if isinstance(arg, Name | Lambda | Call)]
        value = given[-1] if given else None
    named = tuple(name for name in around if name)
    if isinstance(value, Lambda):
        return module.functions[value.function], named
    return functions.get(dotted(value)), named


def keep(kept: Kept, framework: str, found: Exported, name: str = "", guards: tuple[str, ...] = ()) -> None:
    """A route without a path: ``name`` tells its method, the file's own path where it is served."""
    function = found.function
    kept.routes.append(
        Route(
            router=f"{framework}:{found.name}",
            framework=framework,
            methods=(),
            path=(),
            line=function.line if function else found.line,
            end_line=function.end_line if function else found.line,
            handler=function.qualname if function and ANONYMOUS not in function.qualname else "",
            name=name or found.name,
            guards=(*found.wrappers, *guards),
            implicit=found.library,
        )
    )


def default_export(module: Module) -> Exported | None:
    """The function that a file exports by default."""
    found = next(exported_functions(module, ("default",)), None)
    return found if found is not None and found.function is not None else None


def compared_methods(module: Module, function: Function) -> tuple[str, ...]:
    """The methods that a handler tells apart: ``req.method === "POST"``, ``switch (req.method)``."""
    inside = {function.index} | {item.index for item in module.functions if item.parent == function.index}
    found = [
        text
        for item in module.compares
        if item.function in inside
        and METHOD_COMPARED.search(dotted(item.left))
        and (text := "".join(part for part in getattr(item.right, "parts", ()) if isinstance(part, str)).upper())
        in METHODS
        and item.operator in ("===", "==", "case", "!==", "!=")
    ]
    return tuple(dict.fromkeys(method for method in found if method in SERVED))
