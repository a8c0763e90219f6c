"""Rate limits, CORS and security headers in Ruby."""

from __future__ import annotations

from reviewer.gather.expressions import truth
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import Placed, keep
from reviewer.gather.signs.ruby._ruby import RUBY, block_of
from reviewer.gather.syntax import Call, Expr, Items, Mapping, Module, Other, dotted, plain
from reviewer.model.facts.code import SignKind

EVERYONE = "*"
ALLOW_ORIGIN = "access-control-allow-origin"
HEADERS = words("strict-transport-security content-security-policy x-frame-options x-content-type-options")
POLICIES = words(
    "content_security_policy config.content_security_policy permissions_policy SecureHeaders.Configuration.default"
)
OF_HANAMI = words("security.x_frame_options security.x_content_type_options security.content_security_policy")


def read(module: Module, kept: Kept) -> None:
    """Rack::Attack and Rails' rate limits, rack-cors, headers that are set."""
    look = look_at(module)
    for call in module.calls:
        limit = _rate_limit(call, "Rack::Attack" in module.text)
        if limit:
            keep(kept, look, SignKind.RATE_LIMIT, call, limit)
        elif call.name == "origins":
            _origins(look, kept, call)
        elif _is_policy(call):
            keep(kept, look, SignKind.SECURITY_HEADERS, call, call.name)
        elif call.last == "use" and call.args and dotted(call.args[0]).startswith("Rack.Protection"):
            keep(kept, look, SignKind.SECURITY_HEADERS, call, "Rack::Protection")
        else:
            for name, value in _headers(call):
                _header(look, kept, name, value, call)
    for item in module.assignments:
        if item.target.endswith("config.force_ssl") and truth(item.value) is True:
            keep(kept, look, SignKind.SECURITY_HEADERS, item, "force_ssl")
        elif "header" in item.target.lower() and item.value is not None:
            _header(look, kept, item.target.rpartition(".")[2], item.value, item)


def _is_policy(call: Call) -> bool:
    named = call.last in POLICIES or call.name in POLICIES
    return (named and block_of(call) is not None) or (call.name in OF_HANAMI and bool(call.args))


def _rate_limit(call: Call, attack: bool) -> str:
    """The library by which a call limits requests, ``""`` for none."""
    if call.name == "Rack.Attack.throttle" or (call.last == "throttle" and attack):
        return "Rack::Attack"
    if call.name == "rate_limit" and "to" in call.keywords:
        return "rate_limit"
    used = dotted(call.args[0]) if call.name == "use" and call.args else ""
    return used if used.startswith(("Rack.Throttle", "Rack.Attack")) else ""


def _headers(call: Call) -> list[tuple[str, Expr]]:
    """The headers that a call sets."""
    if call.name in ("header", "headers.store", "response.set_header", "set_header") and len(call.args) > 1:
        return [(plain(call.args[0]) or "", call.args[1])]
    pairs = call.args[0].pairs if call.name == "headers" and call.args and isinstance(call.args[0], Mapping) else ()
    return [(plain(key) or "", value) for key, value in pairs]


def _origins(look: Look, kept: Kept, call: Call) -> None:
    """``origins "*"`` of rack-cors, and whether credentials go with it."""
    texts = [text for arg in call.args for text in _texts(look, arg, call.function)]
    shown = EVERYONE if EVERYONE in texts else ", ".join(text for text in texts if text) or "block"
    keep(kept, look, SignKind.CORS, call, shown)
    if shown == EVERYONE:
        for other in look.module.calls:
            if (
                other.name == "resource"
                and other.function == call.function
                and truth(other.keywords.get("credentials"))
            ):
                keep(kept, look, SignKind.CORS_CREDENTIALS, other, "every origin with credentials")


def _texts(look: Look, expr: Expr, function: int) -> list[str]:
    value = look.value(expr, function)
    if isinstance(value, Items):
        return [text for item in value.values for text in _texts(look, item, function)]
    if isinstance(value, Other) and value.operator == "||":
        return [text for item in value.operands for text in _texts(look, item, function)]
    if isinstance(value, Call):
        found = [plain(arg) or "" for arg in value.args[1:]] if value.name == "ENV.fetch" else []
        return found or [value.name]
    text = plain(value)
    return [text if text is not None else dotted(value)]


def _header(look: Look, kept: Kept, name: str, value: Expr, at: Placed) -> None:
    lowered = name.lower()
    if lowered == ALLOW_ORIGIN:
        keep(kept, look, SignKind.CORS, at, plain(value) or dotted(value) or "text")
    elif lowered in HEADERS:
        keep(kept, look, SignKind.SECURITY_HEADERS, at, name)


LIMITS_RUBY = Reader(name="limits and CORS (Ruby)", languages=RUBY, read=read)
