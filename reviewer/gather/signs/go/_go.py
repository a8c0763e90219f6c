"""What the sign readers of Go share: which files serve HTTP, and how statuses and writers are called."""

from __future__ import annotations

import re
from http import HTTPStatus

from reviewer.gather.expressions import integer
from reviewer.gather.frameworks.go._dialects import DIALECT_OF, bare_module
from reviewer.gather.look import Look
from reviewer.gather.syntax import Call, Expr, Function, Name, Parameter, dotted

GO = ("Go",)
WEB = frozenset(
    {
        *DIALECT_OF,
        *("github.com/emicklei/go-restful", "github.com/go-chi/render", "github.com/danielgtaylor/huma"),
        *(
            "github.com/valyala/fasthttp",
            "github.com/aws/aws-lambda-go/events",
            "github.com/zeromicro/go-zero/rest/httpx",
        ),
    }
)
"""Packages that answer HTTP requests, without their versions."""
CONTEXT_TYPES = re.compile(
    r"\*?(?:gin|echo|fiber|iris|buffalo|app|context|macaron|flamego|beego|web)\.(?:Context|Ctx|RequestContext)|\*?http\.Request|http\.ResponseWriter"
)
"""Types of parameters that a request is handled through."""
CONTEXT_NAMES = frozenset({"c", "ctx", "w", "rw", "res", "resp", "writer", "gctx", "ec", "e", "context"})


def _constant(status: HTTPStatus) -> str:
    return "Status" + "".join(word.capitalize() for word in status.name.split("_"))


STATUS_NAMES = {
    **{_constant(status).lower(): status.value for status in HTTPStatus},
    "statusok": 200,
    "statusnonauthoritativeinfo": 203,
    "statusrequestentitytoolarge": 413,
    "statusunprocessableentity": 422,
    "statusinternalservererror": 500,
    "statusteapot": 418,
}
"""net/http's and Fiber's constants, in lower case."""


ERROR_PACKAGES = frozenset({"fiber", "echo"})
"""Frameworks whose errors are named by statuses: ``fiber.ErrNotFound``, and ``.Code`` of one."""


def serves(look: Look) -> bool:
    """Whether a file imports something that answers HTTP requests."""
    return any(bare_module(item.module) in WEB for item in look.module.imports)


def status_of(expr: Expr | None) -> int | None:
    """The status that an expression is: ``404``, ``http.StatusNotFound``, ``fiber.ErrNotFound.Code``."""
    number = integer(expr)
    if number is not None:
        return number if 100 <= number < 600 else None
    name = dotted(expr) if isinstance(expr, Name) else ""
    head, _, last = name.removesuffix(".Code").rpartition(".")
    if head in ERROR_PACKAGES and last.startswith("Err"):
        last = f"Status{last[3:]}"
    return STATUS_NAMES.get(last.lower()) if name else None


def handles(function: Function) -> bool:
    """Whether a function is given a request to answer."""
    return any(is_context(parameter) for parameter in function.parameters)


def is_context(parameter: Parameter) -> bool:
    """Whether a parameter is a framework's context, a request or a response writer."""
    return bool(CONTEXT_TYPES.fullmatch(parameter.type))


def in_handler(look: Look, function: int) -> bool:
    """Whether a function, or one around it, is given a request."""
    return any(handles(item) for item in look.around(function))


def head_of(call: Call) -> str:
    """What a method is called on, by its last name."""
    return call.name.rpartition(".")[0].rpartition(".")[2]
