"""What stands before a handler in PHP and asks who is there."""

from __future__ import annotations

import re

from reviewer.gather.expressions import inside, last
from reviewer.gather.look import Look, decorators, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.guards import is_guard
from reviewer.gather.signs.php._php import PHP
from reviewer.gather.syntax import Call, Class, Compare, Expr, Function, Items, Mapping, Module, Name, dotted, plain
from reviewer.model.facts.code import SignKind

SESSION = re.compile(
    r"_SESSION\.(?:\w*user\w*|\w*log(?:ged|in)\w*|\w*admin\w*|\w*auth\w*|role\w*|\w*_?id|uid|email|account\w*|member\w*)(?:\.\w+)*\Z",
    re.IGNORECASE,
)
"""Entries of the session that say who is logged in."""
MIDDLEWARE = re.compile(
    r"\A(?:auth|jwt|can|role|permission|verified|admin|client|scope|ability)(?:[:.]|\Z)|auth|jwt", re.IGNORECASE
)
OPEN = re.compile(r"guest|optional|anonymous", re.IGNORECASE)
CALLS = {
    "denyAccessUnlessGranted": "denyAccessUnlessGranted",
    "isGranted": "isGranted",
    "current_user_can": "current_user_can",
    "is_user_logged_in": "is_user_logged_in",
    "hasPermission": "hasPermission",
    "hasRole": "hasRole",
    "authorise": "authorise",
    "require_login": "require_login",
    "requireLogin": "requireLogin",
}
AUTH_CHECKS = words("Auth.check Auth.guest auth.check auth.guest Auth.authenticate Auth.isLoggedIn Auth.guard")
DECORATORS = words("IsGranted Security RequireAuth Authenticated")
OWN = re.compile(
    r"(?:Auth\w{0,20}|Session\w{0,12}|Jwt\w{0,12}|JWT\w{0,12}|Guard)\.(?:get_?authenticated\w{0,12}|require_?(?:login|auth|user|admin)\w{0,8}"
    r"|check_?(?:login|auth|user|admin|token|logged_?in)\w{0,8}|ensure_?\w{1,20}|protect|verify_?(?:token|session|user|login))\Z",
    re.IGNORECASE,
)
"""Helpers of a project's own that ask who is there, or stop."""
OPENED = words("__return_true true")
EQUALITIES = words("== === != !== case")
FORM_TOKENS = {"checkToken": "_JEXEC"}
"""Checks of a platform that a form is its own, by what stands in the files of that platform: they ask nobody who he is,
and strangers are given such tokens (as WordPress's nonces are) too."""
YII_FILTER = re.compile(
    r"(?:\bfilters\\{1,2}(?:auth\\{1,2})?|(?<![\w\\]))"
    r"(Http(?:Bearer|Basic|Header|Digest)Auth|QueryParamAuth|JwtHttpBearerAuth|AccessControl)(?:::class(?:Name)?\b|['\"])"
)
"""How Yii's settings and controllers name what lets only some in."""
COMMENTS = ("//", "#", "*", "/*", "use ")
LINE_MOST = 300
HEADERS = re.compile(r"HTTP_AUTHORIZATION|PHP_AUTH_(?:USER|PW)|HTTP_X_API_KEY|HTTP_X_AUTH_TOKEN")


def read(module: Module, kept: Kept) -> None:
    """Sessions, middleware by name, attributes, and the checks of the platforms."""
    look = look_at(module)
    for decorator, name, item in decorators(module):
        if last(name) in DECORATORS:
            detail = f"{last(name)}({_text(decorator)})" if _text(decorator) else last(name)
            keep(kept, look, SignKind.AUTH_GUARD, item, detail, item.index if isinstance(item, Function) else -1)
    for call in module.calls:
        if detail := _call(look, call):
            keep(kept, look, SignKind.AUTH_GUARD, call, detail)
    _sessions(look, kept)
    if "Auth" in module.text or "AccessControl" in module.text:
        _yii_filters(look, kept)
    for function in module.functions:
        if _is_middleware(look, function):
            keep(kept, look, SignKind.AUTH_GUARD, function, look.qualname(function.index), function.index)


def _yii_filters(look: Look, kept: Kept) -> None:
    """Filters of Yii by their class: ``'class' => HttpBearerAuth::class``, ``'yii\\filters\\AccessControl'``."""
    for number, line in enumerate(look.lines, 1):
        if "::" in line or "yii" in line:
            found = YII_FILTER.search(line[:LINE_MOST])
            if found and not line.lstrip().startswith(COMMENTS):
                keep(kept, look, SignKind.AUTH_GUARD, Name("", number), found[1], -1)


def _text(decorator: Expr | Class) -> str:
    args = decorator.args if isinstance(decorator, Call) else ()
    return plain(args[0]) or dotted(args[0]) if args else ""


def _call(look: Look, call: Call) -> str:
    name = call.last
    if name in CALLS:
        return f"{name}({plain(call.args[0])})" if call.args and plain(call.args[0]) else name
    inner = getattr(call.callee, "value", None)
    full = f"{inner.name}.{name}" if isinstance(inner, Call) and not inner.args else call.name
    if full in AUTH_CHECKS:
        return full
    if name == "middleware":
        return next((text for text in _texts(call.args) if MIDDLEWARE.search(text[:80]) and not OPEN.search(text)), "")
    if name in ("register_rest_route",):
        return _permission(call)
    if call.new or "." not in call.name or (name in FORM_TOKENS and FORM_TOKENS[name] in look.module.text):
        return ""
    if OWN.search(call.name[:120]):
        return call.name
    return (
        call.name
        if is_guard(call.name) and name not in ("auth", "authenticate") and not look.imports("PHPUnit")
        else ""
    )


def _permission(call: Call) -> str:
    """``permission_callback`` of a WordPress route, where it asks anything."""
    for item in inside(*call.args):
        if isinstance(item, Mapping) and (given := item.get("permission_callback")) is not None:
            return "" if (plain(given) or dotted(given)) in OPENED else "permission_callback"
    return ""


def _texts(args: tuple[Expr, ...]) -> list[str]:
    found = []
    for arg in args:
        for value in arg.values if isinstance(arg, Items) else (arg,):
            if text := plain(value) or dotted(value).removesuffix(".class"):
                found.append(text)
    return found


def _sessions(look: Look, kept: Kept) -> None:
    """``if (!isset($_SESSION['user_id'])) {...}`` and comparisons with what the session holds, once per function."""
    told: set[int] = set()
    asked: list[tuple[Call | Compare, Expr]] = [
        (call, arg) for call in look.module.calls if call.name in ("isset", "empty") for arg in call.args
    ]
    asked += [
        (item, side) for item in look.module.compares if item.operator in EQUALITIES for side in (item.left, item.right)
    ]
    for place, expr in asked:
        name = dotted(expr)[:120] if isinstance(expr, Name) else ""
        if place.function not in told and SESSION.match(name):
            told.add(place.function)
            keep(kept, look, SignKind.AUTH_GUARD, place, f"session {name.partition('.')[2]}")
    for item in look.module.compares:
        for side in (item.left, item.right):
            if isinstance(side, Name) and HEADERS.search(side.dotted[:80]) and item.function not in told:
                told.add(item.function)
                keep(kept, look, SignKind.AUTH_GUARD, item, side.dotted)


def _is_middleware(look: Look, function: Function) -> bool:
    """A middleware of the project's own that is called after what it asks."""
    if function.owner == -1 or function.name not in ("__invoke", "handle", "process", "before"):
        return False
    owner = look.module.classes[function.owner].name
    takes = any(parameter.name in ("next", "handler", "arguments") for parameter in function.parameters)
    return (
        takes
        and bool(re.search(r"auth|jwt|token(?!ize)|login|admin|role|permission", owner, re.IGNORECASE))
        and not re.search(r"csrf|optional|guest|redirectif", owner, re.IGNORECASE)
    )


GUARDS_PHP = Reader(name="guards (PHP)", languages=PHP, read=read)
