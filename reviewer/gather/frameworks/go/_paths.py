"""Paths of routes: as values with their constants still to be looked up, and in one spelling of parameters."""

from __future__ import annotations

import re

from reviewer.gather.filled import PARAMETER
from reviewer.gather.frameworks.go._dialects import HTTP
from reviewer.gather.look import Look
from reviewer.gather.syntax import Attribute, Call, Expr, Name, Number, Other, Text, plain
from reviewer.model.facts.values import Ref, Value

PIECES_MOST = 30
HOPS = 4
METHOD = re.compile(r"\s*([A-Z]{3,7})[ \t]+(?=\S|$)")
HOST = re.compile(r"[\w.-]+(?=/)")
COLON = re.compile(r":(\w+(?:-\w+)*)(?:<[^<>]*>|\([^()]*\)|:(?:int|string)\b)?[?+*]?")
STAR = re.compile(r"(?<=/)\*(\w*)")
JOINING = frozenset({"path.Join", "filepath.Join", "url.JoinPath"})
KEEPING = frozenset(
    {"strings.TrimSuffix", "strings.TrimRight", "strings.ToLower", "path.Clean", "string", "strings.TrimSpace"}
)
NAMED_METHODS = {f"Method{name.capitalize()}": name for name in HTTP}


def path_value(look: Look, expr: Expr | None, function: int) -> Value:
    """An expression as a path: literal text with parameters as ``{name}``, and names to be looked up."""
    raw = _raw(look, expr, function, HOPS)
    return tuple(spelled(part) if isinstance(part, str) else part for part in raw[:PIECES_MOST])


def raw_value(look: Look, expr: Expr | None, function: int) -> Value:
    """An expression as text as it is written, and names to be looked up."""
    return _raw(look, expr, function, HOPS)


def _raw(look: Look, expr: Expr | None, function: int, hops: int) -> Value:
    if isinstance(expr, Text):
        found: list[str | Ref] = []
        for part in expr.parts[:PIECES_MOST]:
            found.extend([part] if isinstance(part, str) else _raw(look, part, function, hops - 1) or [Ref(name="")])
        return _joined(found)
    if isinstance(expr, Name):
        return _named(look, expr, function, hops)
    if isinstance(expr, Other) and expr.operator == "+" and hops > 0:
        return _joined([part for side in expr.operands for part in _raw(look, side, function, hops - 1)])
    if isinstance(expr, Call) and hops > 0 and expr.args:
        return _called(look, expr, function, hops)
    if isinstance(expr, Number):
        return (expr.text,)
    return () if expr is None else (Ref(name=""),)


def _named(look: Look, expr: Name, function: int, hops: int) -> Value:
    """What a name stands for in this file, else the name."""
    method = NAMED_METHODS.get(expr.dotted.rpartition(".")[2])
    if method:
        return (method,)
    value = look.value(expr, function) if hops > 0 else expr
    if value is expr and hops > 0:
        value, function = _of_field(look, expr, function) or (expr, function)
    if value is not expr and isinstance(value, (Text, Name, Other, Call)):
        inner = _raw(look, value, function, hops - 1)
        if all(isinstance(part, str) or part.name for part in inner):
            return inner
    return (Ref(name=_parameter(look, expr.dotted, function) or expr.dotted),)


def _parameter(look: Look, name: str, function: int) -> str:
    """A text that a function is given: known by its place (``Register#1``) to who calls the function."""
    for item in look.around(function):
        for place, parameter in enumerate(item.parameters):
            if parameter.name == name:
                return f"{item.qualname}{PARAMETER}{place}" if parameter.type == "string" else ""
    return ""


def _of_field(look: Look, expr: Name, function: int) -> tuple[Expr, int] | None:
    """What a field of the method's own struct is made with, where the file makes that once; and in which function."""
    head, _, field = expr.dotted.partition(".")
    owner = next((item.qualname.partition(".")[0] for item in look.around(function) if item.receiver == head), "")
    if not owner or not field or "." in field:
        return None
    made = [call for call in look.module.calls if call.new and call.name == owner and field in call.keywords]
    return (made[0].keywords[field], made[0].function) if len(made) == 1 else None


def _called(look: Look, call: Call, function: int, hops: int) -> Value:
    """``path.Join("/api", "users")``, and calls that give their text back."""
    if call.name in KEEPING:
        return _raw(look, call.args[0], function, hops - 1)
    if call.name not in JOINING:
        return (Ref(name=""),)
    joined: list[str | Ref] = []
    for arg in call.args[:PIECES_MOST]:
        joined += ["/", *_raw(look, arg, function, hops - 1)]
    return _joined(joined)


def _joined(parts: list[str | Ref]) -> Value:
    found: list[str | Ref] = []
    for part in parts:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        elif part != "":
            found.append(part)
    return tuple(found)


def spelled(text: str) -> str:
    """A path with every parameter as ``{name}``: ``:id``, ``*rest``, ``{id:[0-9]+}``, ``{path...}``."""
    if not any(sign in text for sign in ":*{"):
        return text
    if text == "*":
        return "/{path}"
    found, depth, start = [], 0, 0
    for place, char in enumerate(text):
        if char == "{":
            if depth == 0:
                found.append(_outside(text[start:place]))
                start = place
            depth += 1
        elif char == "}" and depth:
            depth -= 1
            if depth == 0:
                found.append(_braced(text[start + 1 : place]))
                start = place + 1
    found.append(_outside(text[start:]))
    return "".join(found)


def _outside(text: str) -> str:
    return STAR.sub(lambda match: f"{{{match[1] or 'path'}}}", COLON.sub(r"{\1}", text))


def _braced(inner: str) -> str:
    name = inner.partition(":")[0].removesuffix("...").lstrip("*").strip()
    return "" if name == "$" else f"{{{name or 'path'}}}"


def pattern_parts(value: Value) -> tuple[tuple[str, ...], Value]:
    """A pattern of net/http (``GET /items/{id}``, ``example.com/x``) as its methods and its path."""
    first = value[0] if value else ""
    if not isinstance(first, str):
        return (), value
    methods: tuple[str, ...] = ()
    match = METHOD.match(first)
    if match and match[1] in HTTP:
        methods = (match[1],)
        first = first[match.end() :]
    host = HOST.match(first)
    if host and not first.startswith("/"):
        first = first[host.end() :]
    if not methods and value and first == value[0]:
        return (), value
    rest = value[1:]
    return methods, ((first, *rest) if first else rest)


def method_of(look: Look, expr: Expr | None, function: int) -> str:
    """The HTTP method that an expression names: ``"GET"``, ``http.MethodGet``; ``""`` for none."""
    if isinstance(expr, Call) and expr.name == "strings.ToUpper" and len(expr.args) == 1:
        expr = expr.args[0]
    text = plain(look.value(expr, function))
    if text is not None:
        return text.upper() if text.upper() in HTTP else ""
    name = expr.dotted if isinstance(expr, Name) else expr.name if isinstance(expr, Attribute) else ""
    last = name.rpartition(".")[2]
    return NAMED_METHODS.get(last, "") or (last if last in HTTP and "." in name else "")
