"""Handlers of net/http that look at the path themselves: ``/users/`` serves ``/users/{id}`` then.

Some only cut the parameter out (``strings.TrimPrefix(r.URL.Path, "/users/")``), others tell several operations apart by
regular expressions or texts (``case r.Method == http.MethodGet && item.MatchString(r.URL.Path)``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reviewer.gather.expressions import inside, names_in
from reviewer.gather.frameworks.go._methods import compared_methods, method_checks
from reviewer.gather.frameworks.python._regex_paths import plain_path
from reviewer.gather.look import Look, look_at
from reviewer.gather.syntax import Call, Compare, Expr, Function, Module, Name, Number, Other, plain
from reviewer.model.facts.routing import View

ASKED = re.compile(r"(?:\w+\.)*(?:r|\w*[rR]eq\w*)\.URL\.Path")
SAME = frozenset({"TrimSuffix", "TrimRight", "Clean"})
"""Calls that leave the path, but for a slash at its end."""
CUTTING = frozenset({"TrimPrefix", "TrimLeft", "Trim", "CutPrefix", "Split", "SplitN", "SplitAfter", "Base", "Replace"})
"""Calls that leave the last parts of a path."""
READING = re.compile(r"(?:id|key|slug|code|name|param|segment|part)s?(?:From\w*)?$", re.IGNORECASE)
"""What functions are called that are given a path for what is in it."""
MATCHING = frozenset({"MatchString", "FindStringSubmatch", "FindStringSubmatchIndex", "FindStringIndex"})
COMPILING = frozenset({"regexp.MustCompile", "regexp.Compile"})
LISTS = re.compile(r"\w*(?:parts|segments|path|rest|trimmed|elements|split|tokens|err|ok|_)", re.IGNORECASE)
ENDS = re.compile(r"(?:\[\\?/\]|\\?/)[*?+]?\$?$")
MAYBE, NAMELESS = "?", "id"
"""Behind a parameter that the handler may find missing, and what one is called that is given no name."""

Paths = list[tuple[int, str]]


def dispatch_views(module: Module, index: int, symbol: str, methods: tuple[str, ...]) -> list[View]:
    """What a handler says of the path: a view for each of its operations, or one that takes a parameter."""
    if not _looks_at_path(module, index):
        return []
    line = module.functions[index].line
    found = dict.fromkeys(_operations(look_at(module), index))
    if found:
        return [View(symbol=symbol, line=line, methods=own, path=(path,)) for path, own in found]
    taken = parameter_of(module, index)
    return [View(symbol=symbol, line=line, methods=methods, takes=(taken,))] if taken else []


def parameter_of(module: Module, index: int) -> str:
    """The name that a handler gives to what it cuts out of the path, with `MAYBE` where that may be missing."""
    if not _looks_at_path(module, index):
        return ""
    asked = _asked(module, index)
    own = [item for item in module.assignments if item.function == index]
    held = {item.target for item in own if _cuts(item.value, asked)}
    if not held:
        return ""
    held |= {item.target for item in own if item.value is not None and held & {*names_in(item.value)}}
    named = next((item.target for item in own if item.target in held and not LISTS.fullmatch(item.target)), NAMELESS)
    missing = any(_asks_for_none(item, held) for item in module.compares if item.function == index)
    return named + MAYBE if missing else named


def _looks_at_path(module: Module, index: int) -> bool:
    """Whether a function mentions the path of a request at all."""
    if ".URL.Path" not in module.text:
        return False
    function = module.functions[index]
    return any(".URL.Path" in line for line in look_at(module).lines[function.line - 1 : function.end_line])


def _asked(module: Module, index: int) -> frozenset[str]:
    """What a function calls the path of the request."""
    own = [item for item in module.assignments if item.function == index]
    return frozenset(item.target for item in own if _is_path(item.value, frozenset()))


def _is_path(expr: Expr | None, asked: frozenset[str]) -> bool:
    if isinstance(expr, Call) and expr.last in SAME and expr.args:
        expr = expr.args[0]
    return isinstance(expr, Name) and (expr.dotted in asked or bool(ASKED.fullmatch(expr.dotted)))


def _cuts(value: Expr | None, asked: frozenset[str]) -> bool:
    for item in inside(value):
        if isinstance(item, Call) and item.args and any(_is_path(arg, asked) for arg in item.args):
            if item.last in CUTTING or READING.search(item.last):
                return True
        elif isinstance(item, Other) and item.kind == "subscript" and _is_path(item.operands[0], asked):
            return True
    return False


def _asks_for_none(item: Compare, held: set[str]) -> bool:
    """``id == ""``, ``len(parts) < 3``."""
    left = item.left
    if isinstance(left, Call):
        return left.last == "len" and isinstance(item.right, Number) and bool(held & {*names_in(*left.args)})
    return isinstance(left, Name) and left.dotted in held and item.operator in ("==", "!=") and plain(item.right) == ""


def _operations(look: Look, index: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The paths that a handler tells apart, each with its methods, none where it answers to all."""
    paths = sorted(_paths(look, index, _asked(look.module, index)))
    methods = sorted(compared_methods(look.module).get(index, ()))
    for at, (line, path) in enumerate(paths):
        same = tuple(name for place, name in methods if place == line)
        if same or not methods:
            yield path, same or _passed_on(look, index, line, paths[at + 1][0] if at + 1 < len(paths) else 0)
        elif methods[0][0] < paths[0][0]:
            before = max(place for place, _ in methods if place <= line)
            yield path, tuple(name for place, name in methods if place == before)
        else:
            until = next((place for place, _ in paths[at + 1 :] if place > line), look.module.functions[index].end_line)
            yield path, tuple(name for place, name in methods if line < place <= until)


def _passed_on(look: Look, index: int, line: int, until: int) -> tuple[str, ...]:
    """The methods of the handler that a request with some path is left to."""
    end = until or look.module.functions[index].end_line + 1
    called = {call.last for call in look.module.calls if call.function == index and line <= call.line < end}
    checks = compared_methods(look.module)
    found = [item.index for item in look.module.functions if item.name in called and item.index in checks]
    return tuple(name for _, name in checks[found[0]]) if found else ()


def _paths(look: Look, index: int, asked: frozenset[str]) -> Iterable[tuple[int, str]]:
    """The paths that a function asks for, each with the line it does so in."""
    found: Paths = []
    for call in look.module.calls:
        given = call.args[-1] if call.function == index and call.args else None
        if call.last in MATCHING and given is not None and _is_path(given, asked):
            pattern = call.args[0] if call.name == "regexp.MatchString" else _pattern(look, call, index)
            text = plain(pattern) if pattern is not None else None
            if text is not None and text.lstrip("^").lstrip("\\").startswith("/"):
                found.append((call.line, plain_path(ENDS.sub("", text)) or "/"))
    for item in look.module.compares:
        if item.function == index and item.operator in ("==", "case") and _is_path(item.left, asked):
            text = plain(item.right)
            if text and text.startswith("/"):
                found.append((item.line, text.rstrip("/") or "/"))
    return found if len({path for _, path in found}) > 1 or any("{" in path for _, path in found) else ()


def _pattern(look: Look, call: Call, index: int) -> Expr | None:
    """The regular expression that a method is called on, behind its name."""
    value = look.value(Name(call.name.rpartition(".")[0], call.line), index)
    return value.args[0] if isinstance(value, Call) and value.name in COMPILING and value.args else None


def method_views(module: Module) -> list[View]:
    """Named handlers with what they ask for, and functions that give one, for the files that route to them."""
    checks = method_checks(module)
    found: list[View] = []
    for item in module.functions:
        if any("http.Request" in parameter.type or "RequestCtx" in parameter.type for parameter in item.parameters):
            symbol = _symbol(module, item)
            methods = checks.get(item.index, ())
            told = dispatch_views(module, item.index, symbol, methods) if symbol else []
            found.extend(told)
            if methods and symbol and not told:
                found.append(View(symbol=symbol, line=item.line, methods=methods))
    return found


def _symbol(module: Module, item: Function) -> str:
    """A handler by name; a closure by that of the function that gives it (``func List(db DB) http.HandlerFunc``)."""
    if "<lambda>" not in item.qualname:
        return item.qualname
    around = module.functions[item.parent] if item.parent != -1 else None
    gives = around is not None and "http." in around.returns and "<lambda>" not in around.qualname
    taken = any("http.Handler" in parameter.type for parameter in around.parameters) if around else True
    return around.qualname if around is not None and gives and not taken else ""
