"""What stands before a handler and asks who is there, and authorisation by owner."""

from __future__ import annotations

import re

from reviewer.gather.expressions import last
from reviewer.gather.look import Look, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.dotnet._csharp import CSHARP, attributes
from reviewer.gather.syntax import Call, Expr, Function, Module, Name, dotted, plain
from reviewer.model.facts.code import SignKind

GUARD = re.compile(
    r"(?:\w*Authori[sz]e\w*|RequirePermission\w*|HasPermission\w*|RequireRole\w*|RequiresClaim\w*|ApiKey\w*|JwtAuth\w*"
    r"|BasicAuth\w*)\Z"
)
CALLS = words("RequireAuthorization RequireRole RequireClaim RequireAuthenticatedUser RequireScope AddPolicy")
ROLES = words("Roles Policy")
OWNERS = words(
    "userid user ownerid owner authorid author createdby creatorid creator accountid account customerid customer"
    " sellerid username applicationuserid appuserid identityid postedby memberid"
)
ASKER = re.compile(
    r"(?:.*\.)?_?(?:current|logged|auth|signed)\w*(?:user|account|identity)\w*(?:\.\w+)*\Z|(?:.*\.)?User\.Identity\.Name\Z"
    r"|(?:.*\.)?(?:user|current)Context(?:\.\w+)*\Z|(?:current|logged|my)_?\w*Id\Z",
    re.IGNORECASE,
)
ASKER_CALL = re.compile(
    r"(?:Get(?:Current|Logged)\w*|GetUserId|GetUsername|GetUserName|GetId|GetNameIdentifierId|FindFirst(?:Value)?"
    r"|GetUserAsync)\Z"
)
PLAIN_ASKER = re.compile(
    r"(?:user|account|username|userName|requester|caller|owner)(?:_?Id)?\Z|userId\Z", re.IGNORECASE
)
CLAIMS = re.compile(
    r"\bUser\.(?:Find|Identity|Claims|GetUserId|IsInRole)|ClaimTypes\.|HttpContext|ICurrentUser|_userManager"
)


def read(module: Module, kept: Kept) -> None:
    """``[Authorize]`` and its like, policies, and comparisons with the asker."""
    look = look_at(module)
    for decorator, name, item in attributes(look):
        if GUARD.match(name[:80]):
            index = item.index if isinstance(item, Function) else -1
            keep(kept, look, SignKind.AUTH_GUARD, item, _shown(decorator, name), index)
    for call in module.calls:
        if call.last in CALLS and (call.last != "AddPolicy" or _is_authorization(call)):
            keep(kept, look, SignKind.AUTH_GUARD, call, call.last)
        elif call.last == "IsInRole":
            keep(kept, look, SignKind.AUTH_GUARD, call, "IsInRole")
        elif call.last == "AuthorizeAsync" and len(call.args) > 2:
            keep(kept, look, SignKind.OWNER_CHECK, call, "AuthorizeAsync")
    _owners(look, kept)


def _shown(decorator: Expr, name: str) -> str:
    """The attribute with the role or policy that it asks for."""
    for key in ROLES:
        value = decorator.keywords.get(key) if isinstance(decorator, Call) else None
        if value is not None:
            return f"{name} {key.lower()} {plain(value) or last(dotted(value))}".strip()
    args = decorator.args if isinstance(decorator, Call) else ()
    policy = plain(args[0]) or last(dotted(args[0])) if args else ""
    return f"{name} {policy}".strip()


def _is_authorization(call: Call) -> bool:
    """Policies of authorisation, not of CORS."""
    return "auth" in call.name.lower()


def _owners(look: Look, kept: Kept) -> None:
    for item in look.module.compares:
        if item.operator not in ("==", "!="):
            continue
        claims = any(look.mentions(function.index, CLAIMS) for function in look.around(item.function))
        for one, other in ((item.left, item.right), (item.right, item.left)):
            if _is_owner(one) and _is_asker(look, other, item.function, claims):
                keep(kept, look, SignKind.OWNER_CHECK, item, f"{_name(one)} {item.operator} {_name(other)}")
                break
    for call in look.module.calls:
        if call.last == "Equals" and call.args and isinstance(call.callee, Name):
            owner = Name(call.name.rpartition(".")[0], call.line)
            if _is_owner(owner) and _is_asker(look, call.args[0], call.function, claims=True):
                keep(kept, look, SignKind.OWNER_CHECK, call, f"{owner.dotted} equals {_name(call.args[0])}")


def _is_owner(expr: Expr) -> bool:
    """``post.UserId``, ``article.Author.Username``; not the asker's own."""
    name = dotted(expr)
    parts = name.lower().split(".")
    if len(parts) > 2 and parts[-1] in ("id", "username", "email", "value"):
        parts = parts[:-1]
    return len(parts) > 1 and parts[-1] in OWNERS and not ASKER.match(name[:200])


def _is_asker(look: Look, expr: Expr, function: int, claims: bool) -> bool:
    value = look.value(expr, function)
    for item in (expr, value):
        if isinstance(item, Call) and (ASKER_CALL.match(item.last[:60]) or item.last in ("Parse", "ToString")):
            return item.last not in ("Parse", "ToString") or bool(CLAIMS.search(" ".join(_inner(item))))
        if item is not None and ASKER.match(dotted(item)[:200] or "-"):
            return True
    return claims and bool(PLAIN_ASKER.match(dotted(expr)[:80]))


def _inner(call: Call) -> list[str]:
    return [dotted(arg) or getattr(arg, "name", "") for arg in call.args]


def _name(expr: Expr) -> str:
    return dotted(expr) or getattr(expr, "name", "") or "value"


GUARDS_DOTNET = Reader(name="guards (C#)", languages=CSHARP, read=read)
