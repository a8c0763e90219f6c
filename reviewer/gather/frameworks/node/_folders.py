"""Folders whose files are all taken in: ``readdirSync(dir).forEach((file) => app.use(require(dir + file)))``."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.frameworks.node._express_reading import Reading
from reviewer.gather.frameworks.node._loaded import REQUIRES, is_loading
from reviewer.gather.syntax import Attribute, Call, Expr, Module, Name, Other, Text, dotted, plain
from reviewer.model.facts.values import FILE, Ref, Value

HOME = frozenset({"__dirname", "import.meta.dirname", "import.meta.url", "process.cwd"})
START = "process.cwd"
JOINS = frozenset({"join", "resolve"})
UNWRAPPED = frozenset({"pathToFileURL", "fileURLToPath", "normalize", "String"})
"""Functions that give the path which they are given in another form."""
LOCATIONS = frozenset({"href", "pathname"})
FILE_URL = "file://"
HOPS = 4
SOMEWHERE = "*"
"""Stands for a folder that is not told: files are taken in by names that only the running server knows."""


def loads_by_name(module: Module) -> Call | None:
    """A call that takes in a file whose name is put together when the server runs."""
    return next(
        (call for call in module.calls if call.name in REQUIRES and call.args and plain(call.args[0]) is None), None
    )


def required_folder(reading: Reading, expr: Expr | None) -> str | None:
    """The folder, from that of this file, of which a file only known when the server runs is taken in.

    It begins with a slash where it counts from the folder that the program is started in.
    """
    required = required_call(reading, expr)
    return _folder_before_unknown(reading, required.args[0]) if required is not None else None


def required_call(reading: Reading, expr: Expr | None) -> Call | None:
    """The call that takes in a file whose name is put together when the server runs, of which an expression is part."""
    for _ in range(HOPS):
        if not isinstance(expr, Attribute):
            break
        expr = expr.value
    if isinstance(expr, Call) and not is_loading(expr) and id(expr) in reading.used:
        expr = expr.callee
    if isinstance(expr, Name):
        return reading.loaded.get(expr.dotted) or reading.loaded.get(expr.dotted.partition(".")[0])
    return expr if isinstance(expr, Call) and is_loading(expr) else None


def _folder_before_unknown(reading: Reading, expr: Expr) -> str | None:
    """What a path says up to the last slash before its first part that is not told; None where all of it is."""
    found: list[str] = []
    for piece in _pieces(reading, expr, HOPS):
        if piece is None:
            text = "".join(found).removeprefix(FILE_URL)
            return text.rpartition("/")[0] or None if text.startswith((".", "/")) else None
        found.append(piece)
    return None


def _pieces(reading: Reading, expr: Expr, hops: int) -> Iterator[str | None]:
    """The texts of a path in order, None for what is not told; ``.`` for the folder of the file."""
    if isinstance(expr, Text):
        for part in expr.parts:
            yield from (part,) if isinstance(part, str) else _pieces(reading, part, hops)
    elif isinstance(expr, Name) and expr.dotted not in reading.names.values:
        yield "." if expr.dotted in HOME or "dirname" in expr.dotted.lower() else None
    elif hops and isinstance(expr, Name):
        yield from _pieces(reading, reading.names.values[expr.dotted], hops - 1)
    elif hops and isinstance(expr, Attribute) and expr.name in LOCATIONS:
        yield from _pieces(reading, expr.value, hops - 1)
    elif hops and isinstance(expr, Call):
        yield from _called(reading, expr, hops - 1)
    elif hops and isinstance(expr, Other) and expr.operator == "+":
        for part in expr.operands:
            yield from _pieces(reading, part, hops - 1)
    else:
        yield None


def _called(reading: Reading, call: Call, hops: int) -> Iterator[str | None]:
    """A path out of joined pieces, or in another form; the folder of a file that is known to be this one."""
    if call.last in JOINS:
        for number, arg in enumerate(call.args):
            yield from ("/",) if number else ()
            yield from _pieces(reading, arg, hops)
    elif dotted(call.callee) == START:
        yield ""
    elif call.last == "dirname" and call.args:
        yield "."
    elif (call.last in UNWRAPPED or (call.new and call.last == "URL")) and call.args:
        yield from _pieces(reading, call.args[0], hops)
    else:
        yield None


def by_file(prefix: Value) -> Value:
    """A prefix that a loop makes of the name of each file, with that name to be filled in."""
    return tuple(Ref(name=FILE) if isinstance(part, Ref) else part for part in prefix)


def folder_of(reading: Reading, expr: Expr | None) -> str | None:
    """The folder that ``path.join(__dirname, "routes")`` means, from that of the file; None where it is not told."""
    for _ in range(HOPS):
        if isinstance(expr, Name) and expr.dotted in reading.names.values:
            expr = reading.names.values[expr.dotted]
    found: list[str] = []
    stack = [expr]
    while stack:
        part = stack.pop()
        if isinstance(part, Text):
            stack.extend(reversed([item for item in part.parts if not isinstance(item, str)]))
            found.extend(item for item in part.parts if isinstance(item, str))
        elif isinstance(part, Call):
            stack.extend(reversed(part.args))
        elif isinstance(part, Other):
            stack.extend(reversed(part.operands))
        elif isinstance(part, Name) and part.dotted not in HOME and "dirname" not in part.dotted.lower():
            return None
    pieces = [piece for text in found for piece in text.split("/") if piece and piece != "."]
    return "/".join(pieces) or None
