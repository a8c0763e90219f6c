"""Bounds in PHP: pages of lists, rates, origins, and the headers that protect a browser."""

from __future__ import annotations

import re
from collections.abc import Callable

from reviewer.gather.expressions import inside, last, option, truth
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import Placed, Setting, keep, settings
from reviewer.gather.signs.limits import EVERYONE, UNREAD, origins, reflects
from reviewer.gather.signs.paging import MEANS
from reviewer.gather.signs.php._php import PHP, first_text, header_of
from reviewer.gather.syntax import Call, Expr, Items, Module, Name, Text, plain
from reviewer.model.facts.code import SignKind

READERS = words(
    "query get input integer getParam getQueryParam getQuery getVar getInt param get_param getQueryParam query_params"
)
READER_HOLDERS = re.compile(r"request|query|input|req\Z|params", re.IGNORECASE)
REQUEST_ENTRY = re.compile(r"_(?:GET|REQUEST)\.(\w+)\Z|(?:queryParams|params|query)\.(\w+)\Z")
LISTED = re.compile(r"limit|offset|per_?page|paginat|page_?size|total_?pages", re.IGNORECASE)
"""What stands beside a page of a list; elsewhere a parameter of that name names a page of the site."""
PAGERS = words("Pagerfanta LengthAwarePaginator Paginator CursorPaginator")
THROTTLE = re.compile(r"\Athrottle(?::|\Z)")
GROUPS = words("middlewareGroups middleware")
ALLOW_ORIGIN = "access-control-allow-origin"
CREDENTIALS = "access-control-allow-credentials"
HEADERS = words(
    "x-frame-options strict-transport-security content-security-policy x-content-type-options referrer-policy"
    " permissions-policy"
)
HEADER_CALLS = words("withHeader header set setHeader addHeader withAddedHeader headers.set")
CORS_CLASSES = words("CorsMiddleware CorsSlim HandleCors Cors CorsService")
ENVIRONMENT = ("env", "getenv")
REFLECTED = "_SERVER.HTTP_ORIGIN"


def read(module: Module, kept: Kept) -> None:
    """Pagination, rate limits, CORS and security headers."""
    look = look_at(module)
    _paging(look, kept)
    for call in module.calls:
        _rate(look, kept, call)
        _cors(look, kept, call)
    _throttled_groups(look, kept)
    for item in settings(look):
        if item.name in ("allowed_origins", "allowedOrigins"):
            keep(kept, look, SignKind.CORS, item, _allowed(look, item), item.function)


def _allowed(look: Look, item: Setting) -> str:
    """The origins of a setting; where the environment may name them, that."""
    said = origins(look, item.value, item.function)
    asks = any(isinstance(part, Call) and part.last in ENVIRONMENT for part in inside(item.value))
    return "env" if asks and said in ("", UNREAD) else said


def _paging(look: Look, kept: Kept) -> None:
    seen: set[tuple[int, str]] = set()

    def add(at: Placed, name: str, function: int) -> None:
        means = MEANS.get(name)
        if name == "page" and not LISTED.search(look.module.text):
            return
        if means and (at.line, means) not in seen:
            seen.add((at.line, means))
            keep(kept, look, SignKind.PAGINATION, at, means, function)

    for call in look.module.calls:
        if call.last in READERS and READER_HOLDERS.search(call.name.rpartition(".")[0] or _inner(call)):
            add(call, first_text(call), call.function)
        elif (call.new and call.last in PAGERS) or (call.last == "paginate" and look.imports("Knp")):
            add(call, "page", call.function)
        elif call.last in ("setFirstResult", "setMaxResults") and call.args and isinstance(call.args[0], Name):
            add(call, "limit", call.function)
        for arg in call.args:
            _entry(arg, call.function, add)
    for item in look.module.assignments:
        _entry(item.value, item.function, add)


def _entry(expr: Expr | None, function: int, add: Callable[[Placed, str, int], None]) -> None:
    for part in inside(expr):
        found = REQUEST_ENTRY.search(part.dotted[:120]) if isinstance(part, Name) else None
        if found:
            add(part, found[1] or found[2], function)


def _inner(call: Call) -> str:
    value = getattr(call.callee, "value", None)
    return value.last if isinstance(value, Call) else ""


def _rate(look: Look, kept: Kept, call: Call) -> None:
    texts = [plain(arg) for arg in call.args]
    texts += [plain(value) for arg in call.args if isinstance(arg, Items) for value in arg.values]
    throttled = next((text for text in texts if text and THROTTLE.match(text[:40])), None)
    if throttled and call.last in ("middleware", "group", "withMiddleware", "add", "prepend", "append"):
        keep(kept, look, SignKind.RATE_LIMIT, call, "throttle")
    elif call.name in ("RateLimiter.for", "RateLimiter.attempt", "RateLimiter.tooManyAttempts"):
        keep(kept, look, SignKind.RATE_LIMIT, call, "Laravel RateLimiter")
    elif call.last == "consume" and look.imports("Symfony.Component.RateLimiter"):
        keep(kept, look, SignKind.RATE_LIMIT, call, "Symfony RateLimiter")
    elif call.last == "throttleApi":
        keep(kept, look, SignKind.RATE_LIMIT, call, "throttle")


def _throttled_groups(look: Look, kept: Kept) -> None:
    """``'api' => ['throttle:60,1']`` of the groups of middleware in Laravel's kernel."""
    groups = [item for item in look.module.assignments if last(item.target) in GROUPS and item.value is not None]
    for part in inside(*(item.value for item in groups)):
        if isinstance(part, Text) and (plain(part) or "").startswith("throttle:"):
            keep(kept, look, SignKind.RATE_LIMIT, part, "throttle", -1)


def _cors(look: Look, kept: Kept, call: Call) -> None:
    name, value = header_of(call)
    given: Expr | None = call.args[0] if call.args else None
    if not name and call.last in HEADER_CALLS and len(call.args) > 1:
        name, value, given = first_text(call).lower(), plain(call.args[1]) or "", call.args[1]
    if name == ALLOW_ORIGIN:
        said = EVERYONE if not value and reflects(look, given, call.function) else value
        keep(kept, look, SignKind.CORS, call, said or "request's origin")
        if (said == EVERYONE or (not value and _reflects(given))) and _with_credentials(look):
            keep(kept, look, SignKind.CORS_CREDENTIALS, call, "every origin with credentials")
    elif name in HEADERS:
        keep(kept, look, SignKind.SECURITY_HEADERS, call, name)
    elif call.new and last(call.name) in CORS_CLASSES:
        allowed = option(call, "origin")
        keep(kept, look, SignKind.CORS, call, origins(look, allowed, call.function) if allowed is not None else "*")


def _reflects(expr: Expr | None) -> bool:
    parts = expr.parts if isinstance(expr, Text) else (expr,)
    return any(isinstance(part, Name) and part.dotted == REFLECTED for part in parts)


def _with_credentials(look: Look) -> bool:
    for call in look.module.calls:
        name, value = header_of(call)
        if name == CREDENTIALS and value.lower() == "true":
            return True
        if call.last in HEADER_CALLS and len(call.args) > 1 and first_text(call).lower() == CREDENTIALS:
            return (plain(call.args[1]) or "").lower() == "true" or truth(call.args[1]) is True
    return False


LIMITS_PHP = Reader(name="limits and CORS (PHP)", languages=PHP, read=read)
