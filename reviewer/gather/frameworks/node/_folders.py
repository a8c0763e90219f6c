"""Folders whose files are all taken in: ``readdirSync(dir).forEach((file) => app.use(require(dir + file)))``."""

from __future__ import annotations

from reviewer.gather.frameworks.node._express_reading import Reading
from reviewer.gather.syntax import Attribute, Call, Expr, Module, Name, Other, Text, plain
from reviewer.model.facts.values import FILE, Ref, Value

HOME = frozenset({"__dirname", "import.meta.dirname", "import.meta.url", "process.cwd"})
JOINS = frozenset({"join", "resolve"})
REQUIRES = frozenset({"require", "import"})
HOPS = 4
SOMEWHERE = "*"
"""Stands for a folder that is not told: files are taken in by names that only the running server knows."""


def loads_by_name(module: Module) -> Call | None:
    """A call that takes in a file whose name is put together when the server runs."""
    return next(
        (call for call in module.calls if call.name in REQUIRES and call.args and plain(call.args[0]) is None), None
    )


def required_folder(reading: Reading, expr: Expr | None) -> str | None:
    """The folder, from that of this file, of which a file only known when the server runs is taken in."""
    required = required_call(reading, expr)
    return _folder_before_unknown(required.args[0]) if required is not None else None


def required_call(reading: Reading, expr: Expr | None) -> Call | None:
    """The call that takes in a file whose name is put together when the server runs, of which an expression is part."""
    for _ in range(HOPS):
        if isinstance(expr, Attribute):
            expr = expr.value
        elif isinstance(expr, Name) and isinstance(reading.names.values.get(expr.dotted), Call | Attribute):
            expr = reading.names.values[expr.dotted]
        else:
            break
    if not (isinstance(expr, Call) and expr.last in REQUIRES and expr.args):
        return None
    return expr if plain(expr.args[0]) is None else None


def _folder_before_unknown(expr: Expr) -> str | None:
    if isinstance(expr, Text) and plain(expr) is None:
        first = expr.parts[0] if expr.parts else ""
        text = first if isinstance(first, str) else ""
        if not text and isinstance(first, Name) and first.dotted in HOME and isinstance(expr.parts[1], str):
            text = f".{expr.parts[1]}"
        return text.rpartition("/")[0] or None if text.startswith(".") else None
    if isinstance(expr, Call) and expr.last in JOINS and len(expr.args) > 1:
        *known, last = expr.args
        texts = [plain(item) for item in known[1:]]
        home = isinstance(known[0], Name) and known[0].dotted in HOME
        if home and plain(last) is None and all(text is not None for text in texts):
            return "/".join([".", *(text for text in texts if text)])
    return None


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
