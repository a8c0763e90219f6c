"""FastAPI's dependencies as guards: in decorators, routers, defaults, annotations."""

from __future__ import annotations

import re

from reviewer.gather.frameworks.python._python import WRITTEN_LIMIT, is_optional, written
from reviewer.gather.syntax import Call, Expr, Function, Items, Name, dotted

MARKERS = frozenset({"Depends", "Security"})
ANNOTATED = re.compile(r"\b(?:Depends|Security)\(([^()]{0,100}(?:\([^()]{0,60}\))?)")
ALIASES = re.compile(
    r"^(?:\w+\.)?(?:(?:Current|Authenticated|Authorized)\w*|\w*(?:Auth|User|Admin|Token|Permission)\w*Dep(?:endency)?)$"
)
"""Names by which projects call a type that holds a guarding dependency (``CurrentUser``, ``AdminDep``)."""
DATABASE = re.compile(
    r"^(?:\w+\.)?(?:get_|provide_|create_|make_)?(?:async_|db_|sql_)?(?:session|db|database)(?:_|\b|local|maker)",
    re.IGNORECASE,
)
"""Dependencies that hand out a database session, which is no session of a user."""

SERVICE = re.compile(
    r"(?:service|repository|repo|controller|use_?case|gateway|factory|provider|client|config|settings)s?$",
    re.IGNORECASE,
)


def listed(expr: Expr | None) -> tuple[str, ...]:
    """The guards of ``dependencies=[Depends(a), Security(b)]``."""
    values = expr.values if isinstance(expr, Items) else ()
    return tuple(guard for item in values if (guard := _dependency(item) or _named(item)))


def _named(expr: Expr) -> str:
    """A dependency that stands in a variable: ``dependencies=[CurrentUserDependency]``."""
    text = dotted(expr) if isinstance(expr, Name) else ""
    return "" if DATABASE.match(text) or _hands_out(text) else text


def of_parameters(function: Function) -> tuple[str, ...]:
    """The guards among a handler's parameters."""
    found: list[str] = []
    for parameter in function.parameters:
        if parameter.default is not None and (guard := _dependency(parameter.default)):
            found.append(guard)
        elif match := ANNOTATED.search(parameter.type[:WRITTEN_LIMIT]):
            given = match.group(1)
            found += [] if DATABASE.match(given) or _hands_out(given) else [given]
        elif parameter.default is None and ALIASES.match(parameter.type[:WRITTEN_LIMIT]):
            found.append(parameter.type)
    return tuple(found)


def _dependency(expr: Expr) -> str:
    if not isinstance(expr, Call) or expr.last not in MARKERS or is_optional(expr):
        return ""
    inside = expr.args[0] if expr.args else expr.keywords.get("dependency")
    text = written(inside)
    return "" if DATABASE.match(text) or _hands_out(text) else text


def _hands_out(text: str) -> bool:
    """Whether a dependency gives the handler a part of the program (``get_auth_service``): it keeps nobody out."""
    return SERVICE.search(text.partition("(")[0]) is not None
