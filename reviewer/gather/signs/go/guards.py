"""What stands before a handler and asks who is there; records compared with the one who asks."""

from __future__ import annotations

import re

from reviewer.gather.expressions import inside, truth
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.go._go import GO, handles, serves, status_of
from reviewer.gather.syntax import Attribute, Call, Compare, Expr, Module, Name, dotted, plain
from reviewer.model.facts.code import SignKind

GUARD = re.compile(
    r"(?:jwt|auth|login|token|session|admin|role|permission|user|bearer|basic_?auth|api_?key)_?(?:is_?)?(?:required|middleware|guard|check|only|handler|"
    r"interceptor|protected|authn?|validator|needed|mw)$"
    r"|(?:requires?|ensure|verify|check|validate|must|only|need|is|with)_?(?:\w{0,12}_?)?(?:auth|authenticated|authorized|authentication|authorization|"
    r"login|logged_?in|token|jwt|permissions?|roles?|admin|session|user|scopes?)(?:_?middleware)?$"
    r"|(?:protect|protected|authenticate|authenticated|authenticator|authorize|authorized|authorizer|authn|authz|auth|jwt|jwt_?with_?config|basic_?auth|"
    r"key_?auth|auth_?required|auth_?middleware|authentication_?middleware|middleware_?auth|bearer_?auth|jwt_?auth|rbac|casbin)$",
    re.IGNORECASE,
)
NOT_GUARDS = re.compile(
    r"optional|no_?auth|skip|public|allow_?any|anonymous|new_?auth|init|set_?up|handler_?func|register|routes?$",
    re.IGNORECASE,
)
LIBRARIES = words(
    "jwtauth.Verifier jwtauth.Authenticator jwtware.New middleware.JWT middleware.JWTWithConfig"
    " middleware.BasicAuth middleware.KeyAuth echojwt.JWT"
    " echojwt.WithConfig gin.BasicAuth gin.BasicAuthForRealm basicauth.New keyauth.New middleware.BasicAuthWithConfig"
)
USES = words("Use UseRouter Pre UseGlobal")
PLACES = words(
    "GET POST PUT PATCH DELETE Get Post Put Patch Delete Group With Handle HandleFunc Use Method"
    " Any All Route Add UseRouter Party"
)
OWNERS = words(
    "userid ownerid authorid createdby creatorid accountid customerid sellerid uid owner user_id"
    " owner_id author_id username author"
)
UNAUTHORISED = 401
READS = words("GetHeader Get Cookie Cookies GetReqHeaders GetString Peek")
CREDENTIAL = re.compile(r"authorization|token|session|api[-_]?key|jwt|auth", re.IGNORECASE)
GOES_ON = words("Next ServeHTTP Set Locals SetUserValue WithContext WithValue")
"""What middleware does for those that it lets through."""
ASKER = re.compile(
    r"(?:\w+\.)*(?:current_?user|auth_?user|my_?user|logged_?in_?user|auth_?payload|claims|payload|session|principal|requester|viewer|actor|caller)"
    r"(?:_?model|_?id)?(?:\.(?:user)?_?(?:id|name|username|subject|email|userid))*$"
    r"|^(?:(?:current|auth|parsed|token|jwt|session|ctx|context|request|req|caller|my|self|own|logged_?in)_?)?user_?id$|^uid$",
    re.IGNORECASE,
)
FILTERS = words("Where First Find Delete Update Updates FindOne DeleteOne UpdateOne")


def read(module: Module, kept: Kept) -> None:
    """Guards in route declarations and groups, functions that guard, comparisons of a record's owner."""
    look = look_at(module)
    for call in module.calls:
        if call.name in LIBRARIES:
            keep(kept, look, SignKind.AUTH_GUARD, call, call.name)
        elif call.last in PLACES and "." in call.name and serves(look):
            _before(look, kept, call)
    inner = _calls_by_function(look)
    for item in module.functions:
        if item.parent != -1:
            continue
        if _guards(look, item.name, item.returns, handles(item)) or _asks_who(look, inner.get(item.index, [])):
            keep(kept, look, SignKind.AUTH_GUARD, item, item.name, item.index)
    for compared in module.compares:
        if compared.operator in ("==", "!=") and _is_owner_check(compared):
            keep(
                kept,
                look,
                SignKind.OWNER_CHECK,
                compared,
                f"{_shown(compared.left)} {compared.operator} {_shown(compared.right)}",
            )


def _calls_by_function(look: Look) -> dict[int, list[Call]]:
    """The calls of each outer function, with those of its closures."""
    found: dict[int, list[Call]] = {}
    for call in look.module.calls if "Unauthorized" in look.module.text or "401" in look.module.text else ():
        around = list(look.around(call.function))
        if around:
            found.setdefault(around[-1].index, []).append(call)
    return found


def _asks_who(look: Look, calls: list[Call]) -> bool:
    """Whether middleware, however it is called, reads a token, refuses without one, and lets the others go on."""
    names = {call.last for call in calls}
    refuses = any(status_of(arg) == UNAUTHORISED for call in calls for arg in (*call.args, *call.keywords.values()))
    reads = (
        any(call.last in READS and call.args and _is_credential(look, call) for call in calls) or "BearerToken" in names
    )
    return refuses and reads and bool(names & GOES_ON or any(call.name == "next" for call in calls))


def _is_credential(look: Look, call: Call) -> bool:
    named = plain(look.value(call.args[0], call.function)) or dotted(call.args[0])
    return bool(CREDENTIAL.search(named[:80]))


def is_guard(name: str) -> bool:
    """Whether a dotted name is that of middleware that lets only the right ones through."""
    last = name.rpartition(".")[2][:80]
    return bool(GUARD.match(last)) and not NOT_GUARDS.search(last)


def _guards(look: Look, name: str, returns: str, handled: bool) -> bool:
    """A function that is middleware by its result or parameters, and by name a guard."""
    middleware = "Handler" in returns or "Middleware" in returns or "fiber.Handler" in returns or "func(" in returns
    return is_guard(name) and (middleware or (handled and serves(look) and not name.lower().endswith("handler")))


def _before(look: Look, kept: Kept, call: Call) -> None:
    """Middleware among the arguments of ``Use``, of a group or of a route."""
    for arg in call.args if call.last in USES or call.last == "With" else call.args[1:]:
        if isinstance(arg, Call) and len(arg.args) == 1 and truth(arg.args[0]) is False:
            continue
        name = dotted(arg.callee) if isinstance(arg, Call) else dotted(arg)
        if name and is_guard(name):
            keep(kept, look, SignKind.AUTH_GUARD, call, name.lstrip("."))
            return


def _is_owner_check(item: Compare) -> bool:
    left, right = _bare(item.left), _bare(item.right)
    return (_is_owner(left) and _is_asker(right)) or (_is_owner(right) and _is_asker(left))


def _bare(expr: Expr) -> Expr:
    """An expression without conversion: ``post.UserID`` of ``uint(post.UserID)``, ``id`` of ``id.String()``."""
    if isinstance(expr, Call) and expr.args and expr.name in ("uint", "int", "int64", "uint64", "string", "int32"):
        return expr.args[0]
    if isinstance(expr, Call) and expr.last in ("String", "Hex") and isinstance(expr.callee, Name):
        return Name(expr.name.rpartition(".")[0], expr.line)
    if isinstance(expr, Attribute):
        inner = next((part for part in inside(expr.value) if isinstance(part, Call)), None)
        return Name(f"{inner.last}.{expr.name}", expr.line) if inner is not None else expr
    return expr


def _is_owner(expr: Expr) -> bool:
    parts = dotted(expr).lower().replace("_", "").split(".") if isinstance(expr, Name) else []
    if len(parts) > 2 and parts[-1] in ("id", "username", "email"):
        parts = parts[:-1]
    return len(parts) > 1 and parts[-1] in OWNERS and not ASKER.match(dotted(expr)[:200])


def _is_asker(expr: Expr) -> bool:
    if isinstance(expr, Call):
        return bool(
            re.search(
                r"current_?user|user_?id|auth_?user|get_?user|must_?get|claims|payload|jwt|subject",
                expr.last,
                re.IGNORECASE,
            )
        )
    return isinstance(expr, Name) and bool(ASKER.match(expr.dotted[:200]))


def _shown(expr: Expr) -> str:
    bare = _bare(expr)
    return dotted(bare) or dotted(getattr(bare, "callee", None)) or "value"


GUARDS_GO = Reader(name="guards (Go)", languages=GO, read=read)
