"""Body limits, rate limits, CORS and security headers of Java and Kotlin."""

from __future__ import annotations

from reviewer.gather.expressions import chain, inside, truth
from reviewer.gather.frameworks.jvm._annotations import flat, given, option, texts, words_of
from reviewer.gather.look import Look, decorators, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.jvm._jvm import JVM
from reviewer.gather.syntax import Call, Expr, Items, Lambda, Module, dotted, plain
from reviewer.model.facts.code import SignKind

EVERYONE = "*"
ALL = "CorsConfiguration.ALL"
"""Spring's own name for every origin."""
UNREAD = "options"
"""What settings elsewhere say."""
ORIGINS = words("allowedOrigins setAllowedOrigins addAllowedOrigin allowedOriginPatterns setAllowedOriginPatterns"
                " addAllowedOriginPattern allowHost anyHost allowOrigins")  # fmt: skip
CREDENTIALS = words("allowCredentials setAllowCredentials")
BODY = words("setMaxUploadSize setMaxFileSize setMaxRequestSize maxRequestSize MaxUploadSizeExceededException")
HEADERS = words("strict-transport-security content-security-policy x-frame-options x-content-type-options")
HEADER_CALLS = words("setHeader addHeader header add set")
ALLOW_ORIGIN = "access-control-allow-origin"
SECURITY = words(
    "contentSecurityPolicy httpStrictTransportSecurity hsts frameOptions xssProtection contentTypeOptions"
    " referrerPolicy"
)
RATE_LIBRARIES = {
    "io.github.bucket4j": "Bucket4j",
    "io.github.resilience4j.ratelimiter": "Resilience4j",
    "com.google.common.util.concurrent.RateLimiter": "Guava RateLimiter",
    "com.giffing.bucket4j": "Bucket4j",
    "com.alibaba.csp.sentinel": "Sentinel",
    "io.ktor.server.plugins.ratelimit": "Ktor RateLimit",
}


class _Around:
    """What functions do, asked of for every call in them: ``headers(h -> h.frameOptions(f -> f.disable()))``."""

    def __init__(self, look: Look) -> None:
        calls = look.module.calls
        self.headers = {
            arg.function for call in calls if call.last == "headers" for arg in call.args if isinstance(arg, Lambda)
        }
        self.origins = any(call.last in ORIGINS for call in calls)
        self.disabling = {call.function for call in calls if call.last == "disable"}
        self.credentials = {
            call.function for call in calls if call.last in CREDENTIALS and call.args and truth(call.args[0]) is True
        }


def read(module: Module, kept: Kept) -> None:
    """CORS by annotation, registry and filter; headers; rate limits."""
    look = look_at(module)
    _cors_annotations(look, kept)
    around = _Around(look)
    for call in module.calls:
        _cors_call(look, kept, call, around)
        _header(look, kept, call, around)
        if call.last in BODY and call.args and not call.new:
            keep(kept, look, SignKind.BODY_LIMIT, call, call.last)
    _rates(look, kept)


def _cors_annotations(look: Look, kept: Kept) -> None:
    for decorator, full, item in decorators(look.module):
        name = full.rpartition(".")[2]
        if name == "CrossOrigin":
            asked = given(decorator, "origins", "originPatterns")
            said = _origins(asked) or (EVERYONE if asked is None else "setting")
            keep(kept, look, SignKind.CORS, item, said, -1)
            if said == EVERYONE and _is_true(option(decorator, "allowCredentials")):
                keep(kept, look, SignKind.CORS_CREDENTIALS, item, "every origin with credentials", -1)
        elif name == "MultipartConfig" and option(decorator, "maxFileSize") is not None:
            keep(kept, look, SignKind.BODY_LIMIT, item, "@MultipartConfig", -1)
        elif name == "RateLimiter":
            keep(kept, look, SignKind.RATE_LIMIT, item, "Resilience4j", -1)


def _origins(expr: Expr | None) -> str:
    said = [item for item in texts(expr) if item]
    return EVERYONE if EVERYONE in said else ", ".join(said)


def _is_true(expr: Expr | None) -> bool:
    """Whether a value is ``true`` or ``"true"``."""
    return truth(expr) is True or plain(expr) == "true"


def _cors_call(look: Look, kept: Kept, call: Call, around: _Around) -> None:
    if call.last == "CorsPolicy" and (named := call.keywords.get("origins", call.keywords.get("originPolicy"))):
        said = ", ".join(text for part in inside(look.value(named, call.function)) if (text := plain(part)))
        keep(kept, look, SignKind.CORS, call, EVERYONE if EVERYONE in said.split(", ") else said or "list")
    elif call.last == "UrlBasedCorsConfigurationSource" and not around.origins:
        keep(kept, look, SignKind.CORS, call, UNREAD)
    if call.last in ORIGINS:
        value: Expr | None = Items(
            tuple(item for arg in call.args for item in flat(look.value(arg, call.function))), call.line
        )
        every = call.last == "anyHost" or any(dotted(arg).endswith(ALL) for arg in call.args)
        said = EVERYONE if every else _origins(value)
        keep(kept, look, SignKind.CORS, call, said or "list")
        if said == EVERYONE and call.function in around.credentials:
            keep(kept, look, SignKind.CORS_CREDENTIALS, call, "every origin with credentials")


def _header(look: Look, kept: Kept, call: Call, around: _Around) -> None:
    if call.last in SECURITY and (call.function in around.headers or "headers" in chain(call)[:-1]):
        disabled = (isinstance(arg, Lambda) and arg.function in around.disabling for arg in call.args)
        if not any(disabled) and not any("disable" in words_of(arg) for arg in call.args):
            keep(kept, look, SignKind.SECURITY_HEADERS, call, call.last)
    elif call.last in HEADER_CALLS and len(call.args) > 1:
        name = (plain(call.args[0]) or dotted(call.args[0]).rpartition(".")[2].replace("_", "-")).lower()
        if name == ALLOW_ORIGIN:
            keep(kept, look, SignKind.CORS, call, _origins(call.args[1]) or "request's own")
        elif name in HEADERS:
            keep(kept, look, SignKind.SECURITY_HEADERS, call, name)


def _rates(look: Look, kept: Kept) -> None:
    for module, label in RATE_LIBRARIES.items():
        if look.imports(module):
            place = next((call for call in look.module.calls if look.origin(call.name).startswith(module)), None)
            if place is not None:
                keep(kept, look, SignKind.RATE_LIMIT, place, label)


LIMITS_JVM = Reader(name="limits and CORS (Java, Kotlin)", languages=JVM, read=read)
