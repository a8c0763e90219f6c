"""Files that a pattern finds, taken in one by one: ``glob.sync("./routes/*.js").forEach((file) => require(file))``."""

from __future__ import annotations

from itertools import dropwhile, takewhile

from reviewer.gather.frameworks.node._express_reading import Reading
from reviewer.gather.frameworks.node._folders import HOME, folder_of
from reviewer.gather.frameworks.node._loaded import REQUIRES
from reviewer.gather.syntax import Call, Expr, Mapping, Name, plain, walk

PACKAGES = frozenset({"glob", "fast-glob", "globby", "tiny-glob", "tiny-glob/sync", "tinyglobby"})
METHODS = frozenset({"sync", "glob", "globSync", "globby", "globbySync", "async"})
LISTING = frozenset({"readdirSync", "readdir"})
ANYWHERE = "**"
DEEP = "/**"
"""How a folder ends of which the files at every depth are taken in."""


def globbed_folder(reading: Reading, line: int) -> str | None:
    """The folder of the nearest pattern above a line, where no folder is listed between.

    It begins with a slash where it counts from the folder that the program is started in.
    """
    above = [call for call in reading.module.calls if call.line <= line]
    found = [call for call in above if call.last in LISTING or _is_glob(reading, call)]
    nearest = max(found, key=lambda call: call.line, default=None)
    return _folder(reading, nearest) if nearest is not None and nearest.last not in LISTING else None


def functions_that_load(reading: Reading) -> dict[int, str]:
    """The functions that find files by a pattern and take them in, with the folder of each."""
    loading = {call.function for call in reading.module.calls if call.name in REQUIRES and _is_unknown(call)}
    if not loading:
        return {}
    outer = {_outermost(reading, function) for function in loading}
    found: dict[int, str] = {}
    for call in reading.module.calls:
        around = _outermost(reading, call.function)
        if around in outer and around != -1 and _is_glob(reading, call) and (folder := _folder(reading, call)):
            found[around] = folder
    return found


def _is_glob(reading: Reading, call: Call) -> bool:
    origin = reading.names.origin(call.callee)
    package, _, method = origin.rpartition(".")
    return bool(call.args) and (origin in PACKAGES or (package in PACKAGES and method in METHODS))


def _is_unknown(call: Call) -> bool:
    return bool(call.args) and plain(call.args[0]) is None


def _folder(reading: Reading, call: Call) -> str | None:
    """The folder before the first star; deep where more than the names of files is open."""
    options = call.args[1] if len(call.args) > 1 and isinstance(call.args[1], Mapping) else None
    start = options.get("cwd") or options.get("root") if options is not None else None
    pieces = [piece for part in (start, call.args[0]) if part for piece in (folder_of(reading, part) or "").split("/")]
    pieces = [piece for piece in pieces if piece]
    named = list(dropwhile(lambda piece: piece == ANYWHERE, pieces))
    pieces = named if len(named) > 1 else pieces
    known = list(takewhile(lambda piece: "*" not in piece and "{" not in piece, pieces))
    if len(known) == len(pieces):
        return None
    near = any(_is_home(reading, part) for part in (start, call.args[0]) if part)
    deep = DEEP if len(pieces) - len(known) > 1 else ""
    return ("." if near and not known else "/".join(["" if not near else ".", *known])) + deep


def _is_home(reading: Reading, expr: Expr) -> bool:
    """Whether a path begins at the folder of its file."""
    known = reading.names.values.get(expr.dotted) if isinstance(expr, Name) else None
    parts = [part for item in (expr, known) if item is not None for part in walk(item)]
    names = [part.dotted for part in parts if isinstance(part, Name)]
    return any((name in HOME and name != "process.cwd") or "dirname" in name.lower() for name in names)


def _outermost(reading: Reading, function: int) -> int:
    for _ in range(50):
        above = reading.module.functions[function].parent if function != -1 else -1
        if above == -1:
            break
        function = above
    return function
