"""What stands before a handler and asks who is there."""

from __future__ import annotations

import re

from reviewer.gather.expressions import calls_in, inside, last, option, truth
from reviewer.gather.look import Look, decorators, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import ECMA, PYTHON, bases_of, keep, settings
from reviewer.gather.strangers import refusal_line
from reviewer.gather.syntax import Attribute, Call, Expr, Function, Items, Lambda, Module, Name, dotted, plain
from reviewer.model.facts.code import SignKind

GUARD = re.compile(
    r"(?:login|auth|authentication|token|jwt|permissions?|roles?|admin|user|superuser|staff|scopes?|session)_?"
    r"(?:is_?)?(?:required|needed|protected|accepted)$"
    r"|(?:requires?|ensure|verify|check|validate|is|must_?be|need)_?(?:\w{0,12}_)?"
    r"(?:auth|authenticated|authorized|authentication|authorization|login|logged_?in|token|access_?token|jwt|permissions?|roles?|admin|session)$"
    r"|(?:with|requires?|ensure|must_?be)_?(?:auth|authenticated|authorized|logged_?in|signed_?in)_?(?:user|account|admin|session)?$"
    r"|(?:protect|protected|authenticate|authenticated|authorize|authorized|authorise|secured|permission_classes"
    r"|user_passes_test|permission_required|useguards|auth|jwt_?auth|auth_?(?:jwt|guard|middleware|check|required|handler)"
    r"|authenticate_?token|authenticate_?user|authenticate_?jwt|token_?auth|admin_?only|restrict_?to|allow_?roles"
    r"|require_?user|current_?user_?checker)$",
    re.IGNORECASE,
)
"""Names of decorators and middleware that let only the right ones through."""
ASYNC = re.compile(r"_?async\Z", re.IGNORECASE)
NOT_GUARDS = re.compile(r"optional|no_auth|skip|public|allow_?any|anonymous", re.IGNORECASE)
LIMITING = re.compile(r"throttl|limit|csrf", re.IGNORECASE)
"""What is used like a guard and asks nobody who he is."""
DEPENDENCY = re.compile(
    r"(?:current_?\w{0,20}user|current_?active|auth|token|jwt|security|api_?key|permission|admin|require|verify|login|bearer|oauth2)",
    re.IGNORECASE,
)
ASKING_DEFAULT = re.compile(r"(?:require|ensure|must|need|authorize|verify|check)_\w{1,60}")
"""What gives ``Depends(...)`` by itself: ``user: User = require_level(2)``."""
MIXINS = words("LoginRequiredMixin PermissionRequiredMixin UserPassesTestMixin AccessMixin")
OPEN_PERMISSIONS = words("AllowAny")
PERMISSION_FIELDS = words("permission_classes DEFAULT_PERMISSION_CLASSES method_decorators")
ROUTE_CALLS = words("get post put patch delete all use head options del")
GUARD_LIBRARIES = ("express-jwt", "express-oauth2-jwt-bearer", "koa-jwt", "express-basic-auth", "express-jwt-authz")
PASSPORT = ("passport.authenticate", "koa-passport.authenticate")
ECMA_GUARD_DECORATORS = words("UseGuards Authorized Auth Roles Permissions RequireAuth")
ASKING_BY_HAND = ("django", "rest_framework", "flask_login", "ninja", "graphene", "strawberry")
"""Libraries whose users know by themselves whether they are logged in."""
WHOLE = re.compile(r"(?:this\.)?_?(?:app|server|express|application)\.use")
MOUNTED = re.compile(r"(?:router|routes?|controller|handler|api)s?$", re.IGNORECASE)

HANDED_OUT = re.compile(
    r"(?:service|repository|repo|controller|use_?case|gateway|factory|provider|client|config|settings|requestform)s?$",
    re.IGNORECASE,
)
"""How dependencies end that give a handler a part of the program, and keep nobody out."""


def is_guard(name: str) -> bool:
    """Whether a dotted name is that of a guard: ``login_required``, ``auth.verifyToken``, ``requireAuth``."""
    ending = ASYNC.sub("", last(name)[:80])
    if NOT_GUARDS.search(name[:200]):
        return False
    if GUARD.match(ending):
        return True
    head = last(name.rpartition(".")[0])
    return ending in ("required", "requireAll") and head.lower() in ("auth", "jwt", "login")


def read_python(module: Module, kept: Kept) -> None:
    """Decorators, FastAPI dependencies, permission classes, mixins."""
    look = look_at(module)
    for decorator, name, item in decorators(module):
        if is_guard(name) and not _optional(decorator) and not _allows_any(decorator):
            keep(kept, look, SignKind.AUTH_GUARD, item, name, item.index if isinstance(item, Function) else -1)
    _dependencies(look, kept)
    for owner in module.classes:
        for base in bases_of(look, owner):
            if last(base) in MIXINS:
                keep(kept, look, SignKind.AUTH_GUARD, owner, last(base), -1)
    for setting in settings(look):
        if setting.name in PERMISSION_FIELDS and (names := _permissions(setting.value)):
            keep(kept, look, SignKind.AUTH_GUARD, setting, names, setting.function)
    for function in module.functions if look.imports(*ASKING_BY_HAND) and ".is_" in module.text else ():
        if line := refusal_line(look.lines, function):
            keep(kept, look, SignKind.AUTH_GUARD, Name("", line), "asks for the user", function.index)


def _dependencies(look: Look, kept: Kept) -> None:
    """FastAPI: parameters of handlers, and ``dependencies=`` of routes and routers."""
    for function in look.module.functions:
        for parameter in function.parameters:
            if guard := _dependency(parameter.default) or _dependency_in_text(parameter.type):
                keep(kept, look, SignKind.AUTH_GUARD, function, guard, function.index)
    for call in look.module.calls:
        for dependency in calls_in(call.keywords.get("dependencies")):
            if guard := _dependency(dependency):
                keep(kept, look, SignKind.AUTH_GUARD, call, guard)


def _optional(decorator: Expr) -> bool:
    """``jwt_required(optional=True)``, ``get_current_user_authorizer(required=False)``."""
    for call in calls_in(decorator):
        if truth(call.keywords.get("optional")) is True or truth(call.keywords.get("required")) is False:
            return True
        if truth(call.keywords.get("auto_error")) is False:
            return True
    return False


def _allows_any(decorator: Expr) -> bool:
    return (
        isinstance(decorator, Call)
        and bool(decorator.args)
        and last(dotted(decorator.callee)) == "permission_classes"
        and not (_permissions(decorator.args[0]))
    )


def _dependency(default: Expr | None) -> str:
    """``Depends(get_current_user)``, ``Security(...)``: the name of what is depended on, if it is a guard."""
    if isinstance(default, Call) and ASKING_DEFAULT.match(last(default.name)):
        return default.name
    if not isinstance(default, Call) or last(default.name) not in ("Depends", "Security") or not default.args:
        return ""
    if _optional(default):
        return ""
    target = default.args[0]
    name = dotted(target.callee) if isinstance(target, Call) else dotted(target)
    ending = last(name)
    if NOT_GUARDS.search(ending[:200]) or HANDED_OUT.search(ending[:200]):
        return ""
    return name if last(default.name) == "Security" or DEPENDENCY.search(ending[:80]) else ""


def _dependency_in_text(annotation: str) -> str:
    """``Annotated[User, Depends(get_current_user)]``; ``CurrentUser`` as an alias of one."""
    found = re.search(r"(?:Depends|Security)\(([\w.]{1,80})", annotation[:400])
    if found:
        ending = last(found[1])
        guarded = DEPENDENCY.search(ending) and not NOT_GUARDS.search(ending) and not HANDED_OUT.search(ending)
        return found[1] if guarded else ""
    return (
        annotation if annotation in ("CurrentUser", "CurrentActiveUser", "CurrentUserDep", "CurrentSuperuser") else ""
    )


def _permissions(value: Expr) -> str:
    """The permission classes that ask for something, joined; ``""`` where anybody is let in."""
    if not isinstance(value, (Items, Name)):
        return ""
    names = [plain(item) or dotted(item) for item in inside(value) if not isinstance(item, Items)]
    asking = [last(name) for name in names if name and last(name) not in OPEN_PERMISSIONS]
    return ", ".join(asking)


def read_ecma(module: Module, kept: Kept) -> None:
    """Middleware in route declarations, passport, express-jwt, guards of NestJS."""
    look = look_at(module)
    for decorator, name, item in decorators(module):
        if last(name) in ECMA_GUARD_DECORATORS and isinstance(decorator, Call):
            names = [dotted(part) or dotted(getattr(part, "callee", None)) for part in decorator.args]
            if names and all(LIMITING.search(part) for part in names):
                continue
            keep(kept, look, SignKind.AUTH_GUARD, item, f"{name}({', '.join(filter(None, names))})", -1)
    for call in module.calls:
        origin = look.origin(call.name)
        if origin.startswith(PASSPORT) or origin.partition(".")[0] in GUARD_LIBRARIES:
            if truth(option(call, "credentialsRequired")) is False:
                continue
            keep(kept, look, SignKind.AUTH_GUARD, call, call.name)
        elif call.last in ROUTE_CALLS and "." in call.name:
            _middleware(look, kept, call, _before_handler(call))
            if call.last == "use" and call.owner != -1 and WHOLE.fullmatch(call.name) and (name := _only_guard(call)):
                keep(kept, look, SignKind.HINT, call, f"before all: {name}")
        elif call.last == "apply" and look.imports("@nestjs/common"):
            _middleware(look, kept, call, list(call.args))


def _only_guard(call: Call) -> str:
    """The guard that an application is given alone, in a class that may mount its routes elsewhere."""
    given = call.args[0] if len(call.args) == 1 else None
    name = dotted(given.callee) if isinstance(given, Call) else dotted(given) if given is not None else ""
    return name if name and is_guard(name) and not MOUNTED.search(name) else ""


def _before_handler(call: Call) -> list[Expr]:
    """The arguments between a route's path and its handler; all of ``use(...)`` without a path."""
    args = list(call.args)
    has_path = bool(args) and not isinstance(args[0], (Name, Lambda, Call, Items))
    return args[:-1] if has_path or call.last != "use" else args


def _middleware(look: Look, kept: Kept, call: Call, args: list[Expr]) -> None:
    for arg in (inner for item in args for inner in (item.values if isinstance(item, Items) else (item,))):
        name = (
            dotted(arg.callee) if isinstance(arg, Call) else dotted(arg) if isinstance(arg, (Name, Attribute)) else ""
        )
        if name and is_guard(name) and not MOUNTED.search(name) and not _is_known(look, name):
            keep(kept, look, SignKind.AUTH_GUARD, call, name)
            return


def _is_known(look: Look, name: str) -> bool:
    """Already kept as a library's guard."""
    origin = look.origin(name)
    return origin.startswith(PASSPORT) or origin.partition(".")[0] in GUARD_LIBRARIES


GUARDS_PYTHON = Reader(name="guards (Python)", languages=PYTHON, read=read_python)
GUARDS_ECMA = Reader(name="guards (JavaScript)", languages=ECMA, read=read_ecma)
