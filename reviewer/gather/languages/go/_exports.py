"""What values of a Go file stand for their type: results of functions, fields of structs, variables of the package.

An `Export` says that a name leads on to another: ``NewHandler()`` to ``Handler``, ``Server.users`` to
``users.Service``, ``DefaultServer`` to ``NewServer()``. Methods called on them are found that way in any file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reviewer.gather.syntax import Assignment, Call, Export, Expr, Function, Items, Name, dotted

if TYPE_CHECKING:
    from reviewer.gather.languages.go._walker import Walker

STANDARD = frozenset(
    {
        *(
            "archive",
            "bufio",
            "bytes",
            "cmp",
            "compress",
            "container",
            "context",
            "crypto",
            "database",
            "debug",
            "embed",
        ),
        *(
            "encoding",
            "errors",
            "expvar",
            "flag",
            "fmt",
            "go",
            "hash",
            "html",
            "image",
            "io",
            "iter",
            "log",
            "maps",
            "math",
        ),
        *(
            "mime",
            "net",
            "os",
            "path",
            "plugin",
            "reflect",
            "regexp",
            "runtime",
            "slices",
            "sort",
            "strconv",
            "strings",
        ),
        *("sync", "syscall", "testing", "text", "time", "unicode", "unsafe"),
    }
)
"""The first part of the packages of the standard library."""
BUILT_IN = frozenset(
    {
        *("string", "bool", "byte", "rune", "error", "any", "int", "int8", "int16", "int32", "int64", "uint", "uint8"),
        *("uint16", "uint32", "uint64", "float32", "float64", "uintptr", "complex64", "complex128"),
    }
)
EXPORTS_MOST = 400


def exports(walker: Walker) -> tuple[Export, ...]:
    """The exports of a file, at most `EXPORTS_MOST`."""
    standard = {item.alias for item in walker.imports if item.module.partition("/")[0] in STANDARD}
    found = {item.name: item for item in _all(walker) if _is_own(item.local, standard) and item.name != item.local}
    return tuple(found.values())[:EXPORTS_MOST]


def _all(walker: Walker) -> Iterator[Export]:
    for item in walker.assignments:
        if item.owner != -1 and item.function == -1:
            yield Export(f"{walker.classes[item.owner].name}.{item.target}", _bare(item.type), None, item.line)
        elif item.function == -1 and item.owner == -1:
            yield Export(item.target, _made(item), None, item.line)
    returned: dict[int, list[Expr]] = {}
    for back in walker.returns:
        returned.setdefault(back.function, []).append(back.value)
    local = {(item.function, item.target): item.value for item in walker.assignments if item.value is not None}
    for function in walker.functions:
        if function.returns and "<lambda>" not in function.qualname:
            yield Export(f"{function.qualname}()", _result(function, returned, local), None, function.line)


def _made(item: Assignment) -> str:
    """The type of a package's variable."""
    if item.type:
        return _bare(item.type)
    value = item.value
    if not isinstance(value, Call):
        return ""
    name = dotted(value.callee)
    return name if value.new else f"{name}()" if name and not name.startswith(".") else ""


def _result(function: Function, returned: dict[int, list[Expr]], local: dict[tuple[int, str], Expr]) -> str:
    """The struct that a function makes and gives back, else the type that it declares."""
    for value in returned.get(function.index, ()):
        first = value.values[0] if isinstance(value, Items) and value.values else value
        if isinstance(first, Name):
            first = local.get((function.index, first.dotted), first)
        if isinstance(first, Call) and first.new:
            return dotted(first.callee)
    return _bare(function.returns.strip("()").partition(",")[0].split(" ")[-1])


def _bare(kind: str) -> str:
    """The named type of a declaration, without pointers and type arguments."""
    text = kind.lstrip("*& ")
    return "" if text.startswith(("[", "map[", "func", "chan", "struct", "interface")) else text.partition("[")[0]


def _is_own(name: str, standard: set[str]) -> bool:
    """Whether a type may be one of the project: not built in, and not of a package of the standard library."""
    head, _, rest = name.partition(".")
    return head not in standard if rest else bool(name) and name not in BUILT_IN
