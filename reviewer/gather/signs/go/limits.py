"""Body limits, CORS and security headers."""

from __future__ import annotations

from reviewer.gather.expressions import inside, truth
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.go._go import GO
from reviewer.gather.syntax import Call, Expr, Items, Lambda, Module, Name, Text, dotted, plain
from reviewer.model.facts.code import SignKind

EVERYONE = "*"
ORIGIN_KEYS = words("AllowOrigins AllowedOrigins AllowOriginsFunc AllowOriginFunc")
CORS_CONFIGS = words("cors.Config cors.Options middleware.CORSConfig")
CORS_OPEN = words("cors.Default cors.AllowAll middleware.CORS cors.New")
BODY_CALLS = words(
    "http.MaxBytesReader middleware.BodyLimit middleware.BodyLimitWithConfig"
    " limits.RequestSizeLimiter middleware.RequestSize http.MaxBytesHandler"
)
BODY_KEYS = words("BodyLimit MaxRequestBodySize MaxHeaderBytes MaxMultipartMemory")
SECURITY_CALLS = words(
    "secure.New helmet.New middleware.Secure middleware.SecureWithConfig helmet.Default secure.Default"
)
SECURITY_HEADERS = words("strict-transport-security content-security-policy x-frame-options x-content-type-options")
HEADER_CALLS = words("Set Add Header SetHeader Append")
ALLOW_ORIGIN = "access-control-allow-origin"


def read(module: Module, kept: Kept) -> None:
    """rs/cors, gin-contrib/cors, Echo's and Fiber's CORS, hand-set headers, size limits."""
    look = look_at(module)
    for call in module.calls:
        _cors(look, kept, call)
        if call.name in BODY_CALLS or (call.last == "LimitReader" and call.name == "io.LimitReader"):
            keep(kept, look, SignKind.BODY_LIMIT, call, call.name)
        elif call.new and not BODY_KEYS.isdisjoint(call.keywords) and "MaxHeaderBytes" not in call.keywords:
            keep(kept, look, SignKind.BODY_LIMIT, call, next(key for key in call.keywords if key in BODY_KEYS))
        if call.name in SECURITY_CALLS and not call.new:
            keep(kept, look, SignKind.SECURITY_HEADERS, call, call.name)
        if call.last in HEADER_CALLS and len(call.args) > 1 and (name := plain(call.args[0])):
            _header(look, kept, call, name.lower(), call.args[1])
    for item in module.assignments:
        name = item.target.rpartition(".")[2]
        if name in ("AllowAllOrigins",) and truth(item.value) is True:
            keep(kept, look, SignKind.CORS, item, EVERYONE)
        elif name in ("AllowOrigins", "AllowedOrigins") and item.owner == -1 and item.value is not None:
            keep(kept, look, SignKind.CORS, item, origins(look, item.value, item.function))
        elif name == "MaxMultipartMemory":
            keep(kept, look, SignKind.BODY_LIMIT, item, name)


def _header(look: Look, kept: Kept, call: Call, name: str, value: Expr) -> None:
    """A header that is set by hand."""
    if name == ALLOW_ORIGIN:
        keep(kept, look, SignKind.CORS, call, origins(look, value, call.function))
    elif name in SECURITY_HEADERS:
        keep(kept, look, SignKind.SECURITY_HEADERS, call, name)


def _cors(look: Look, kept: Kept, call: Call) -> None:
    if call.new and call.name in CORS_CONFIGS:
        given = next((call.keywords[key] for key in call.keywords if key in ORIGIN_KEYS), None)
        everyone = truth(call.keywords.get("AllowAllOrigins")) is True
        text = EVERYONE if everyone else origins(look, given, call.function) if given is not None else ""
        if text or "AllowMethods" in call.keywords or "AllowedMethods" in call.keywords:
            keep(kept, look, SignKind.CORS, call, text or EVERYONE)
        if text == EVERYONE and truth(call.keywords.get("AllowCredentials")) is True:
            keep(kept, look, SignKind.CORS_CREDENTIALS, call, "every origin with credentials")
    elif call.name in CORS_OPEN and not call.args:
        keep(kept, look, SignKind.CORS, call, EVERYONE)
    elif call.last == "AllowedOrigins" and call.args and look.origin(call.name).endswith("handlers.AllowedOrigins"):
        keep(kept, look, SignKind.CORS, call, origins(look, call.args[0], call.function))


def origins(look: Look, value: Expr | None, function: int) -> str:
    """The allowed origins as text: ``*`` where anybody may, a list, or the name that holds them."""
    value = look.value(value, function)
    if isinstance(value, Items):
        texts = [plain(item) or dotted(item) or _begun(item) for item in value.values]
        return EVERYONE if EVERYONE in texts else ", ".join(text for text in texts if text)
    if isinstance(value, Lambda):
        return "function"
    if isinstance(value, Text):
        return plain(value) or "text"
    if isinstance(value, Name):
        return value.dotted
    return dotted(getattr(value, "callee", None)) or "function"


def _begun(value: Expr) -> str:
    """The text that an address is put together from: ``"http://" + host``."""
    if isinstance(value, Text):
        return "text"
    return next((text for part in inside(value) if (text := plain(part)) and "://" in text), "list")


LIMITS_GO = Reader(name="limits and CORS (Go)", languages=GO, read=read)
