"""What the attributes of a controller or handler say: routes, methods, guards; and route templates as values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reviewer.gather.expressions import inside
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Call, Class, Expr, Name, Other, Text, dotted, plain, value_of
from reviewer.model.facts.values import Ref, Value

ASPNET_CORE = "ASP.NET Core"
ASPNET = "ASP.NET"
"""The frameworks by name: the one of today, and Web API 2 and MVC 5 before it."""

METHODS = {
    "HttpGet": "GET",
    "HttpPost": "POST",
    "HttpPut": "PUT",
    "HttpPatch": "PATCH",
    "HttpDelete": "DELETE",
    "HttpOptions": "OPTIONS",
    "HttpHead": "HEAD",
}
ROUTE = "Route"
PREFIXES = ("Route", "RoutePrefix")
GUARDS = re.compile(r"authori[sz]e|permission|requires?(?:role|claim|scope|login)|jwt|apikey|anonymous", re.IGNORECASE)
"""Attributes that let strangers in or keep them out; ``[ValidateAntiForgeryToken]`` does neither."""
VERSIONS = words("ApiVersion MapToApiVersion")
TOKENS = re.compile(r"\[(?:controller|action|area)\]", re.IGNORECASE)
"""What stands for a name in a template; case does not matter."""
LOCALS_DEEP = 3
"""Local constants that are made of others."""


def last_name(expr: Expr) -> str:
    """The name of an attribute without its namespace."""
    return dotted(expr.callee if isinstance(expr, Call) else expr).rpartition(".")[2]


def find(decorators: Iterable[Expr], name: str) -> Iterator[Expr]:
    """The attributes of a name."""
    return (item for item in decorators if last_name(item) == name)


def guards_of(decorators: Iterable[Expr]) -> tuple[str, ...]:
    """The names of the attributes that keep strangers out; ``AllowAnonymous`` undoes all others."""
    found = tuple(name for name in (last_name(item) for item in decorators) if GUARDS.search(name[:80]))
    return tuple(name for name in found if "Anonymous" in name) or found


def methods_of(decorators: Iterable[Expr]) -> Iterator[tuple[tuple[str, ...], Expr | None, Expr]]:
    """Each attribute that names HTTP methods: the methods, the template that it gives (if any), and itself."""
    for item in decorators:
        name = last_name(item)
        if name in METHODS:
            yield (METHODS[name],), template_of(item), item
        elif name == "AcceptVerbs":
            yield _accepted(item), item.keywords.get(ROUTE) if isinstance(item, Call) else None, item


def _accepted(item: Expr) -> tuple[str, ...]:
    found: list[str] = []
    for arg in item.args if isinstance(item, Call) else ():
        for part in inside(arg):
            name = plain(part) or dotted(part).rpartition(".")[2]
            found += [name.upper()] if name else []
    return tuple(dict.fromkeys(found)) or ("ANY",)


def template_of(item: Expr) -> Expr | None:
    """The route template of an attribute."""
    if not isinstance(item, Call):
        return None
    if item.args:
        return item.args[0]
    return item.keywords.get("template") or item.keywords.get("Template")


def versions_of(decorators: Iterable[Expr], name: str) -> list[str]:
    """The API versions of ``[ApiVersion("1.0")]`` or ``[MapToApiVersion(2)]``: ``1``, ``2``, ``1.1``."""
    found = []
    for item in find(decorators, name):
        for arg in item.args[:1] if isinstance(item, Call) else ():
            if version := version_text(arg):
                found.append(version)
    return found


def version_text(*args: Expr) -> str:
    """A version as a URL holds it: ``1`` of ``"1.0"``, of ``1.0`` and of ``1, 0``."""
    if len(args) == 1 and isinstance(args[0], Call) and args[0].last == "ApiVersion":
        args = args[0].args[:2]
    texts = [plain(arg) or getattr(arg, "text", "") for arg in args]
    joined = ".".join(text for text in texts if isinstance(text, str))
    return joined.removesuffix(".0").removesuffix("d")


def template(expr: Expr | None) -> Value:
    """A route template as a value, without constraints, defaults and marks of its parameters."""
    if isinstance(expr, Text):
        parts = (plain(part) if isinstance(part, Text) else part for part in expr.parts)
        whole = Text(tuple(part for part in parts if part is not None), expr.line, expr.end_line, expr.how)
        return tuple(cleaned(part) if isinstance(part, str) else part for part in value_of(whole))
    return value_of(expr)


def template_at(look: Look, expr: Expr | None, function: int) -> Value:
    """A route template in a method, in which the names of local constants stand for what they are given."""
    value = template(look.value(expr, function))
    for _ in range(LOCALS_DEEP):
        value = tuple(piece for part in value for piece in _local(look, part, function))
    return value


def _local(look: Look, part: str | Ref, function: int) -> Value:
    if isinstance(part, str) or not part.name or "." in part.name:
        return (part,)
    given = look.value(Name(part.name, 0), function)
    return template(given) if isinstance(given, (Text, Other)) else (part,)


def template_in(expr: Expr | None, owner: Class) -> Value:
    """A route template as a class means it: a bare name may be a constant that the class has from a base."""
    value = template(expr)
    if not owner.bases:
        return value
    return tuple(
        Ref(name=f"{owner.name}.{part.name}") if isinstance(part, Ref) and part.name and "." not in part.name else part
        for part in value
    )


def cleaned(text: str) -> str:
    """``{id:int?}``, ``{*path}`` and ``{page=1}`` as ``{id}``, ``{path}`` and ``{page}``; tokens in small letters."""
    text = TOKENS.sub(lambda found: found.group().lower(), text) if "[" in text else text
    if "{" not in text:
        return text
    found: list[str] = []
    position = 0
    while (start := text.find("{", position)) >= 0:
        end = _end_of(text, start)
        found += [text[position:start], "{", _name(text[start + 1 : end]), "}"]
        position = end + 1
    return "".join([*found, text[position:]])


def _end_of(text: str, start: int) -> int:
    """The place of the brace that closes a parameter; doubled ones belong to a pattern inside it."""
    place = start + 1
    while place < len(text):
        if text[place] in "{}" and text[place : place + 2] in ("{{", "}}"):
            place += 2
            continue
        if text[place] == "}":
            return place
        place += 1
    return len(text)


def _name(inside: str) -> str:
    if inside.endswith(":apiVersion"):
        return "version:apiVersion"
    return re.split(r"[:=?]", inside.lstrip("*"), maxsplit=1)[0].strip("*")


def text_start(value: Value) -> str:
    """How a value begins, as far as it is known."""
    return value[0] if value and isinstance(value[0], str) else ""
