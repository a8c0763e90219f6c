"""Body limits, CORS and security headers."""

from __future__ import annotations

import re

from reviewer.gather.expressions import inside, last, option, truth
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, PYTHON, Placed, Setting, keep, settings
from reviewer.gather.syntax import Call, Expr, Items, Lambda, Mapping, Module, Name, Other, Text, dotted, plain
from reviewer.model.facts.code import SignKind

BODY_SETTINGS = words(
    "MAX_CONTENT_LENGTH DATA_UPLOAD_MAX_MEMORY_SIZE bodyLimit client_max_size jsonLimit max_request_body_size"
    " MAX_FORM_MEMORY_SIZE server.max_request_body_size"
)
BODY_PARSERS = words("express.json express.urlencoded express.raw express.text")
CORS_LISTS = words("CORS_ALLOWED_ORIGINS CORS_ORIGIN_WHITELIST CORS_ALLOWED_ORIGIN_REGEXES")
FLASK_CORS = "flask_cors.CORS"
CORS_ALL = words("CORS_ORIGIN_ALLOW_ALL CORS_ALLOW_ALL_ORIGINS")
SECURITY_SETTINGS = words(
    "SECURE_HSTS_SECONDS SECURE_SSL_REDIRECT SECURE_CONTENT_TYPE_NOSNIFF SECURE_BROWSER_XSS_FILTER X_FRAME_OPTIONS"
    " SECURE_REFERRER_POLICY CSP_DEFAULT_SRC CONTENT_SECURITY_POLICY"
)
SECURITY_HEADERS = words("strict-transport-security content-security-policy x-frame-options x-content-type-options")
ALLOW_ORIGIN = "access-control-allow-origin"
HEADER_CALLS = words("header setHeader set append add_header")
UNREAD = "options"
"""What is given and says nothing that can be read here."""
LOCAL_ONLY = re.compile(
    r"^\s{0,60}(?:\}?\s?else\s)?if\b.{0,120}?(?:\bdev(?:elopment)?\b|is_?dev\w{0,12}\b|\bdebug\b|['\"]local['\"]|(?:!==?|not).{0,60}?prod)",
    re.IGNORECASE,
)
"""A condition under which only a developer's own machine runs."""
BACK = 3
CORS_PACKAGES = ("cors", "@koa/cors", "koa2-cors", "hono/cors.cors", "@fastify/cors", "fastify-cors")
KIT_POLICY = re.compile(r"\s{0,40}csp\s?:\s?\{")
EVERYONE = "*"
ASKER = re.compile(r"(?:\A_SERVER\.HTTP_ORIGIN|\bheaders\.origin)\Z", re.IGNORECASE)
ASKED_FOR = words("get header")
COMPARED = re.compile(
    r"in_array|preg_match|str(?:pos|i?str|_\w{2,12})\(|[=!]==?|\ballowed|white_?list|permitted|trusted|includes\(|indexOf"
    r"|\bin\b|\.(?:has|test|match|some|find)\(|(?:ends|starts)_?with|array_|config|\benv|getenv",
    re.IGNORECASE,
)
"""What holds the origin of a request against others, or reads them."""


def read_python(module: Module, kept: Kept) -> None:
    """Flask-CORS, Starlette's and Django's CORS, size limits and security settings."""
    look = look_at(module)
    found = settings(look)
    for call in module.calls:
        origin = look.origin(call.name)
        if origin == FLASK_CORS and not (call.args or call.keywords):
            continue  # what it allows is said where the application is given to it
        if origin in (FLASK_CORS, "flask_cors.cross_origin", "quart_cors.cors") or _sets_up_cors(call):
            _cors(
                look, kept, call, _flask_origins(call), option(call, "supports_credentials"), _default(call, EVERYONE)
            )
        elif any(last(dotted(part)) == "CORSMiddleware" for part in (call.callee, *call.args[:1])):
            allowed = option(call, "allow_origins") or option(call, "allow_origin_regex")
            _cors(look, kept, call, allowed, option(call, "allow_credentials"), _default(call, ""))
        if "client_max_size" in call.keywords:
            keep(kept, look, SignKind.BODY_LIMIT, call, "client_max_size")
    everyone = any(item.name in CORS_ALL and truth(item.value) is True for item in found)
    for item in found:
        _setting(look, kept, item, everyone)


def _sets_up_cors(call: Call) -> bool:
    """``cors.init_app(app, origins=[...])``."""
    return call.last == "init_app" and last(call.name.rpartition(".")[0]).lower() == "cors"


def _setting(look: Look, kept: Kept, item: Setting, everyone: bool) -> None:
    name = item.name
    if name in BODY_SETTINGS:
        keep(kept, look, SignKind.BODY_LIMIT, item, name)
    elif name in SECURITY_SETTINGS and truth(item.value) is not False:
        keep(kept, look, SignKind.SECURITY_HEADERS, item, name)
    elif name in CORS_ALL and truth(item.value) is True:
        keep(kept, look, SignKind.CORS, item, EVERYONE)
    elif name in CORS_LISTS:
        keep(kept, look, SignKind.CORS, item, origins(look, item.value, item.function))
    elif name == "CORS_ALLOW_CREDENTIALS" and truth(item.value) is True and everyone:
        keep(kept, look, SignKind.CORS_CREDENTIALS, item, name)
    else:
        _header(look, kept, item, name, item.value, item.function)


def _header(look: Look, kept: Kept, at: Placed, name: str, value: Expr | None, function: int) -> None:
    """A header that is set by hand."""
    lowered = name.lower()
    if lowered == ALLOW_ORIGIN:
        said = EVERYONE if reflects(look, value, function) else origins(look, value, function)
        keep(kept, look, SignKind.CORS, at, said, function)
    elif lowered in SECURITY_HEADERS:
        keep(kept, look, SignKind.SECURITY_HEADERS, at, name, function)


def _default(call: Call, said: str) -> str:
    """What a call allows that names no origins; with ``**settings`` that is not known."""
    return UNREAD if any(isinstance(arg, Other) for arg in call.args) else said


def _flask_origins(call: Call) -> Expr | None:
    """``origins=`` of the extension, or of its first resource."""
    given = call.keywords.get("origins", call.keywords.get("origin"))
    if given is not None:
        return given
    for part in inside(call.keywords.get("resources")):
        if isinstance(part, Mapping) and (found := part.get("origins")) is not None:
            return found
    return None


def _cors(look: Look, kept: Kept, call: Call, allowed: Expr | None, credentials: Expr | None, default: str) -> None:
    text = origins(look, allowed, call.function) if allowed is not None else default
    if text == EVERYONE and _is_local(look, call):
        return
    keep(kept, look, SignKind.CORS, call, text)
    if text == EVERYONE and truth(credentials) is True:
        keep(kept, look, SignKind.CORS_CREDENTIALS, call, "every origin with credentials")


def _is_local(look: Look, call: Call) -> bool:
    """Whether a call stands right below a condition, further to the left, that only development meets."""
    lines = look.lines[max(0, call.line - 1 - BACK) : call.line]
    own = len(lines[-1]) - len(lines[-1].lstrip()) if lines else 0
    return any(
        len(text) - len(text.lstrip()) < own and LOCAL_ONLY.search(text[:300]) is not None for text in lines[:-1]
    )


def origins(look: Look, value: Expr | None, function: int) -> str:
    """The allowed origins as text: ``*`` where anybody may, a list, or the name that holds them."""
    value = look.value(value, function)
    if truth(value) is True:
        return EVERYONE
    if isinstance(value, Items):
        texts = [plain(item) or dotted(item) or _begun(item) for item in value.values]
        return EVERYONE if EVERYONE in texts else ", ".join(text for text in texts if text)
    if isinstance(value, Lambda):
        return "function"
    if isinstance(value, Text):
        return plain(value) or "text"
    return dotted(value) or dotted(getattr(value, "callee", None)) or _chosen(value)


def reflects(look: Look, value: Expr | None, function: int) -> bool:
    """Whether the origin that asks is given back, whichever it is: nothing in the file compares it."""
    asked = any(
        (isinstance(part, Name) and ASKER.search(part.dotted[-100:]) is not None)
        or (isinstance(part, Call) and part.last in ASKED_FOR and _asks_origin(part))
        for part in inside(look.value(value, function))
    )
    return asked and not any(COMPARED.search(text[:300]) for _, text in look.lines_with(("origin",)))


def _asks_origin(call: Call) -> bool:
    return bool(call.args) and (plain(call.args[0]) or "").lower() == "origin"


def _begun(value: Expr) -> str:
    """The text that an address is put together from: ``"http://" + host``."""
    if isinstance(value, Text):
        return "text"
    return next((text for part in inside(value) if (text := plain(part)) and "://" in text), "list")


def _chosen(value: Expr | None) -> str:
    """The first variable of ``process.env.ORIGIN || "*"``; ``options`` for what is given but not understood."""
    if value is None:
        return ""
    return next((part.dotted for part in inside(value) if isinstance(part, Name) and part.dotted), "options")


def read_ecma(module: Module, kept: Kept) -> None:
    """The cors packages, NestJS's and hand-set CORS, size limits and security headers."""
    look = look_at(module)
    if "csp" in module.text and "@sveltejs/" in module.text and (line := _kit_policy(look)):
        keep(kept, look, SignKind.SECURITY_HEADERS, Name("", line), "SvelteKit csp", -1)
    for call in module.calls:
        _ecma_cors(look, kept, call)
        _ecma_body(look, kept, call)
        if call.last in HEADER_CALLS and len(call.args) > 1 and (name := plain(call.args[0])):
            _header(look, kept, call, name, call.args[1], call.function)


def _kit_policy(look: Look) -> int:
    """The line of ``csp: { ... }`` in the settings of SvelteKit, 0 for none."""
    return next((number for number, line in enumerate(look.lines, 1) if KIT_POLICY.match(line)), 0)


def _ecma_cors(look: Look, kept: Kept, call: Call) -> None:
    origin = look.origin(call.name)
    registered = call.last == "register" and any(
        look.origin(dotted(arg)) in CORS_PACKAGES for arg in call.args[:1] if isinstance(arg, Name)
    )
    if origin not in CORS_PACKAGES and not registered and call.last != "enableCors":
        return
    given = call.args[1:] if registered else call.args
    options = look.value(given[0], call.function) if given else None
    if options is not None and not isinstance(options, Mapping):
        keep(kept, look, SignKind.CORS, call, origins(look, options, call.function) or "options")
        return
    allowed = options.get("origin") if options else None
    spread = options is not None and any(key is None for key, _ in options.pairs)
    _cors(look, kept, call, allowed, options.get("credentials") if options else None, UNREAD if spread else EVERYONE)


def _ecma_body(look: Look, kept: Kept, call: Call) -> None:
    origin = look.origin(call.name)
    if (origin in BODY_PARSERS or origin.startswith("body-parser")) and option(call, "limit") is not None:
        keep(kept, look, SignKind.BODY_LIMIT, call, f"{call.name} limit")
    elif origin == "multer" and option(call, "limits") is not None:
        keep(kept, look, SignKind.BODY_LIMIT, call, "multer limits")
    elif option(call, "bodyLimit") is not None or option(call, "jsonLimit") is not None:
        keep(kept, look, SignKind.BODY_LIMIT, call, "bodyLimit")


LIMITS_PYTHON = Reader(name="limits and CORS (Python)", languages=PYTHON, read=read_python)
LIMITS_ECMA = Reader(name="limits and CORS (JavaScript)", languages=ECMA, read=read_ecma)
