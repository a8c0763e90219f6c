"""Questions that several sign readers ask of a C# file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import inside, last
from reviewer.gather.look import Look
from reviewer.gather.syntax import Assignment, Call, Class, Expr, Function, Lambda, Name, Other, dotted

CSHARP = ("C#",)
RESULT = re.compile(
    r"I?ActionResult|I?HttpActionResult|\bIResult\b|\bResults<|HttpResponseMessage|JsonResult|ViewResult"
)
LOCAL_ONLY = re.compile(r"IsDevelopment\(|IsEnvironment\(|#if\s+DEBUG|IsStaging\(|\bIsTest|EnvironmentName")
BACK = 4
"""Lines before a call in which the environment is asked for."""


def attribute_name(expr: Expr) -> str:
    """The name of an attribute without its namespace."""
    return last(dotted(expr.callee if isinstance(expr, Call) else expr))


def attributes(look: Look) -> Iterator[tuple[Expr, str, Function | Class]]:
    """Every attribute of a method or a type, with its name and what it stands before."""
    items: list[Function | Class] = [*look.module.functions, *look.module.classes]
    for item in items:
        for decorator in item.decorators:
            yield decorator, attribute_name(decorator), item


def base_names(owner: Class) -> Iterator[str]:
    """The names of what a class extends or implements, without namespaces and generics."""
    for base in owner.bases:
        yield last(dotted(base.callee if isinstance(base, Call) else base))


def types(look: Look) -> Iterator[tuple[str, Function | Assignment]]:
    """The declared type of every field and parameter, without generics, with where it is."""
    for item in look.module.assignments:
        if item.type and item.owner != -1 and item.function == -1:
            yield item.type.partition("<")[0].rstrip("?").rpartition(".")[2], item
    for function in look.module.functions:
        for parameter in function.parameters:
            yield parameter.type.partition("<")[0].rstrip("?").rpartition(".")[2], function


def is_web(look: Look) -> bool:
    """Whether a file answers requests: it uses the web framework or has methods that return its results."""
    if any(
        item.module.startswith(("Microsoft.AspNetCore", "System.Web", "FastEndpoints")) for item in look.module.imports
    ):
        return True
    if any(RESULT.search(function.returns[:200]) for function in look.module.functions):
        return True
    return any(call.name.startswith(("Results.", "TypedResults.")) for call in look.module.calls)


def method_of(look: Look, function: int) -> Function | None:
    """The method or local function around a place; lambdas lie in it."""
    return next((item for item in look.around(function) if item.name != "<lambda>"), None)


def for_development(look: Look, line: int) -> bool:
    """Whether the lines right before a place ask for the environment."""
    return any(LOCAL_ONLY.search(text[:300]) for text in look.lines[max(0, line - 1 - BACK) : line])


def indexed(look: Look) -> Iterator[tuple[str, Expr, int, int]]:
    """``configuration["Jwt:Key"]``: the name, the index, the line and the function, each place once."""
    seen: set[int] = set()
    places: list[tuple[Expr | None, int]] = [(item.value, item.function) for item in look.module.assignments]
    places += [(item.value, item.function) for item in look.module.returns]
    for call in look.module.calls:
        places += [(arg, call.function) for arg in (*call.args, *call.keywords.values())]
    for expr, function in places:
        for part in inside(expr):
            if isinstance(part, Other) and part.kind == "element_access_expression" and id(part) not in seen:
                seen.add(id(part))
                if len(part.operands) == 2:
                    yield dotted(part.operands[0]), part.operands[1], part.line, function


def lambda_calls(look: Look, given: Lambda) -> list[Call]:
    """The calls inside a lambda itself."""
    return [call for call in look.module.calls if call.function == given.function]


def generic_names(call: Call) -> list[str]:
    """The type arguments of a call."""
    return [last(dotted(item)) for item in getattr(call.keywords.get("<>"), "values", ())]


def names(*exprs: Expr | None) -> Iterator[str]:
    """The dotted names inside expressions."""
    return (item.dotted for item in inside(*exprs) if isinstance(item, Name))
