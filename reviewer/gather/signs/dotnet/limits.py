"""CORS, body limits, security headers set by hand, and how lists are bounded."""

from __future__ import annotations

import re

from reviewer.gather.expressions import names_in, truth
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.dotnet._csharp import CSHARP, attribute_name, for_development
from reviewer.gather.syntax import Attribute, Call, Items, Lambda, Module, dotted, plain
from reviewer.model.facts.code import SignKind

EVERYONE = "*"
CORS_IN_USE = words("UseCors RequireCors EnableCors")
"""What puts a policy before routes; one that is only added stands before none."""
BODY_SETTINGS = words(
    "MaxRequestBodySize MultipartBodyLengthLimit MaxReceivedMessageSize ValueLengthLimit MaxRequestSize"
)
HEADERS = words(
    "strict-transport-security content-security-policy x-frame-options x-content-type-options referrer-policy"
    " permissions-policy"
)
HEADER_NAMES = words("XFrameOptions ContentSecurityPolicy XContentTypeOptions StrictTransportSecurity")
MEANS = {
    **dict.fromkeys(
        words("page pagenumber pageindex pagesize perpage pageno page_size page_number currentpage"), "page"
    ),
    **dict.fromkeys(words("limit offset skip take"), "limit"),
    **dict.fromkeys(words("cursor nextcursor pagetoken"), "cursor"),
}
NUMBERS = re.compile(r"(?:int|long|uint|string|short|Int32|String)\??\Z")
ASKED = re.compile(
    r"page|size|limit|take|top|count|per(?![a-z])|rows|max|amount|length|filter|request|query", re.IGNORECASE
)
"""How what is called that bounds a list."""
CHAINED = 30


def read(module: Module, kept: Kept) -> None:
    """Keeps what a file says of origins, sizes, headers and pages."""
    look = look_at(module)
    for call in module.calls:
        _cors(look, kept, call)
        _header(look, kept, call)
    marks = [mark for owner in module.classes for mark in owner.decorators]
    marks += [mark for method in module.functions for mark in method.decorators]
    for mark in marks:
        if attribute_name(mark) == "EnableCors":
            keep(kept, look, SignKind.HINT, mark, "cors used", -1)
            if isinstance(mark, Call) and (origins := _origins(mark)):
                keep(kept, look, SignKind.CORS, mark, origins, -1)
    for item in module.assignments:
        name = item.target.rpartition(".")[2]
        if name in BODY_SETTINGS:
            keep(kept, look, SignKind.BODY_LIMIT, item, name)
        elif _is_header(item.target):
            keep(kept, look, SignKind.SECURITY_HEADERS, item, name.removesuffix('"]').rpartition('["')[2])
    _pages(look, kept)


def _cors(look: Look, kept: Kept, call: Call) -> None:
    if call.last == "AllowAnyOrigin" and not for_development(look, call.line):
        keep(kept, look, SignKind.CORS, call, EVERYONE)
    elif call.last == "WithOrigins":
        origins = [text for arg in call.args for text in _texts(look, arg, call.function)]
        keep(kept, look, SignKind.CORS, call, EVERYONE if EVERYONE in origins else ", ".join(origins) or "setting")
    elif call.last == "SetIsOriginAllowed" and _always(look, call):
        keep(kept, look, SignKind.CORS, call, EVERYONE)
        if _with_credentials(look, call):
            keep(kept, look, SignKind.CORS_CREDENTIALS, call, "every origin with credentials")
    elif call.last in CORS_IN_USE:
        keep(kept, look, SignKind.HINT, call, "cors used")
        if call.last == "UseCors" and any(dotted(arg).endswith("CorsOptions.AllowAll") for arg in call.args):
            keep(kept, look, SignKind.CORS, call, EVERYONE)
    elif call.last == "EnableCorsAttribute" and call.args:
        keep(kept, look, SignKind.CORS, call, plain(call.args[0]) or "setting")
    elif call.last == "AllowCredentials" and _beside(look, call, "AllowAnyOrigin"):
        keep(kept, look, SignKind.CORS_CREDENTIALS, call, "every origin with credentials")


def _origins(mark: Call) -> str:
    """Those of Web API 2's attribute: ``[EnableCors("*", "*", "GET")]``; ASP.NET Core's names a policy instead."""
    given = mark.keywords.get("origins") or (mark.args[0] if len(mark.args) > 2 else None)
    return plain(given) or ("setting" if given is not None else "")


def _texts(look: Look, arg: object, function: int) -> list[str]:
    value = look.value(arg, function)  # type: ignore[arg-type]
    parts = value.values if isinstance(value, Items) else (value,)
    return [text for part in parts if (text := plain(part) or dotted(part))]


def _always(look: Look, call: Call) -> bool:
    """``SetIsOriginAllowed(_ => true)``."""
    given = call.args[0] if call.args else None
    if not isinstance(given, Lambda):
        return False
    return any(truth(item.value) is True for item in look.module.returns if item.function == given.function)


def _with_credentials(look: Look, call: Call) -> bool:
    return _beside(look, call, "AllowCredentials")


def _beside(look: Look, call: Call, name: str) -> bool:
    """Whether another call of the same policy stands in the same function, close by."""
    return any(
        item.last == name and item.function == call.function and abs(item.end_line - call.end_line) < CHAINED
        for item in look.module.calls
    )


def _header(look: Look, kept: Kept, call: Call) -> None:
    """``Response.Headers.Add("X-Frame-Options", "DENY")`` and ``Append``."""
    if call.last in ("Add", "Append", "TryAdd") and "Headers" in call.name and call.args:
        name = plain(call.args[0]) or dotted(call.args[0]).rpartition(".")[2]
        if name.lower() in HEADERS or name in HEADER_NAMES:
            keep(kept, look, SignKind.SECURITY_HEADERS, call, name)


def _is_header(target: str) -> bool:
    name = target.rpartition(".")[2]
    if target.endswith('"]') and "Headers" in target:
        return target[:-2].rpartition('["')[2].lower() in HEADERS
    return "Headers." in target and name in HEADER_NAMES


def _pages(look: Look, kept: Kept) -> None:
    """Parameters of methods and lambdas, and fields of what a request is bound to."""
    for function in look.module.functions:
        for parameter in function.parameters:
            means = MEANS.get(parameter.name.lower())
            if (
                means
                and NUMBERS.match(parameter.type)
                and not any(attribute_name(d) == "Key" for d in parameter.decorators)
            ):
                keep(kept, look, SignKind.PAGINATION, function, means, function.index)
                break
    told: set[int] = set()
    for item in look.module.assignments:
        means = MEANS.get(item.target.lower()) if item.owner != -1 and item.function == -1 else None
        if means and item.owner not in told and NUMBERS.match(item.type):
            told.add(item.owner)
            keep(kept, look, SignKind.PAGINATION, look.module.classes[item.owner], means, -1)
    for call in look.module.calls:
        if call.last in ("Skip", "Take") and call.args and plain(call.args[0]) is None and _bounds(call):
            keep(kept, look, SignKind.PAGINATION, call, "limit")


def _bounds(call: Call) -> bool:
    """Whether what is skipped or taken is asked for: not a number, and by a name that says so, or after a skip."""
    if getattr(call.args[0], "text", "").isdigit():
        return False
    below = call.callee.value if isinstance(call.callee, Attribute) else None
    after_skip = isinstance(below, Call) and below.last == "Skip"
    return call.last == "Skip" or after_skip or any(ASKED.search(name[-80:]) for name in names_in(call.args[0]))


LIMITS_DOTNET = Reader(name="limits and CORS (C#)", languages=CSHARP, read=read)
