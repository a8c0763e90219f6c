"""What stands before a handler in Java and Kotlin and asks who is there."""

from __future__ import annotations

import re

from reviewer.gather.frameworks.jvm._annotations import words_of
from reviewer.gather.frameworks.jvm._javalin_args import filter_name, is_path, roles
from reviewer.gather.frameworks.jvm.javalin import FILTERS as FILTERS_BEFORE
from reviewer.gather.frameworks.jvm.javalin import GUARD, VERBS
from reviewer.gather.look import Look, decorators, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.jvm._jvm import JVM, WEB, getter
from reviewer.gather.syntax import Call, Expr, Function, Lambda, Module, Name, Text, dotted, plain
from reviewer.model.facts.code import SignKind

MARKS = words(
    "PreAuthorize PostAuthorize Secured RolesAllowed Authenticated RequiresRoles RequiresPermissions"
    " RequiresAuthentication SaCheckLogin SaCheckRole SaCheckPermission PreFilter"
)
OPEN = re.compile(r"permitAll|isAnonymous|IS_ANONYMOUS|ROLE_ANONYMOUS")
ASKING = words("authenticated fullyAuthenticated hasRole hasAnyRole hasAuthority hasAnyAuthority denyAll")
MATCHERS = words("anyRequest requestMatchers antMatchers mvcMatchers pathMatchers anyExchange securityMatcher")
SECURITY = (
    "cn.dev33.satoken",
    "io.ktor",
    "io.micronaut.security",
    "io.quarkus.security",
    "jakarta.annotation.security",
    "javax.annotation.security",
    "org.apache.shiro",
    "org.springframework.security",
    "play.mvc",
)
FILTERS = words(
    "OncePerRequestFilter AbstractAuthenticationProcessingFilter UsernamePasswordAuthenticationFilter"
    " BasicAuthenticationFilter ContainerRequestFilter GenericFilterBean HandlerInterceptor HandlerInterceptorAdapter"
    " Filter WebFilter"
)
REFUSAL = re.compile(r"\b40[13]\b|forbidden|unauthori[sz]ed", re.IGNORECASE)
LINE_MOST = 300
LIGHT = ("io.javalin", "spark")
ASKS = re.compile(r"auth|jwt|token|login|session", re.IGNORECASE)
ASKED_OF_SESSION = words("getAttribute")
USER = re.compile(
    r"(?:\w{0,20}(?:current|log(?:in|ad[oa]|ead[oa])|logged_?in|auth|conectad[oa])\w{0,20}|(?:session_?)?(?:user|admin|"
    r"account|member|customer|student|teacher|employee|principal|uid|usuario|cliente|utilisateur|utente|benutzer|kullanici|"
    r"uzytkownik|aluno|alumno|funcionario|empleado)(?:_?(?:id|name|dto|info|vo|bean|obj|email|role|login|sesion|nome))?)",
    re.IGNORECASE,
)
ROLE = re.compile(
    r"(?:\w+\.)+(?:role|rol|papel|perfil|cargo|tipo_?usuario|user_?type|user_?role|role_?name|role\.name)",
    re.IGNORECASE,
)
"""What a person may do, as a property of the person."""


def read(module: Module, kept: Kept) -> None:
    """Annotations, rules of security configurations, filters that look at tokens, and questions of the session."""
    look = look_at(module)
    if look.imports(*SECURITY):
        _annotations(look, kept)
        _configured(look, kept)
    if look.imports(*LIGHT):
        _of_routes(look, kept)
    if look.imports(*WEB):
        _compared_roles(look, kept)
    for owner in module.classes:
        bases = {dotted(base.callee if isinstance(base, Call) else base).rpartition(".")[2] for base in owner.bases}
        if bases & FILTERS and ASKS.search(owner.name[:100]):
            keep(kept, look, SignKind.AUTH_GUARD, owner, owner.name, -1)
    for call in module.calls:
        if call.last in ASKED_OF_SESSION and call.args and "ession" in _receiver(call) and _asks_who(look, call):
            keep(kept, look, SignKind.AUTH_GUARD, call, f"session {plain(call.args[0]) or ''}".strip())


def _compared_roles(look: Look, kept: Kept) -> None:
    """``user.getRole().equals("ADMIN")``."""
    for item in look.module.compares:
        role = plain(item.right) or dotted(item.right).rpartition(".")[2]
        if item.operator in ("==", "!=") and role.isupper() and ROLE.fullmatch(getter(item.left)[:80]):
            keep(kept, look, SignKind.AUTH_GUARD, item, f"role {role}")


def _of_routes(look: Look, kept: Kept) -> None:
    """Roles behind the handlers of Javalin's routes, what decides by them, and filters that look at tokens."""
    for call in look.module.calls:
        if call.last in VERBS and len(call.args) > 2 and is_path(call.args):
            asked = " ".join(item.partition(" ")[0] for item in roles(call.args[1:]))
            if asked:
                keep(kept, look, SignKind.AUTH_GUARD, call, f"role {asked}")
        elif call.last == "accessManager" and call.args:
            keep(kept, look, SignKind.AUTH_GUARD, call, call.last)
        elif call.last in FILTERS_BEFORE and call.args and GUARD.search(filter_name(call.args[-1])[:100]):
            keep(kept, look, SignKind.AUTH_GUARD, call, filter_name(call.args[-1]))
        elif call.last in FILTERS_BEFORE and len(call.args) == 1 and _refuses(look, call.args[0]):
            keep(kept, look, SignKind.HINT, call, f"before all: {call.last}")


def _refuses(look: Look, given: Expr) -> bool:
    """Whether a filter written in place, or what it calls in the same file, turns strangers away."""
    if not isinstance(given, Lambda):
        return False
    called = {call.last for call in look.module.calls if call.function == given.function}
    inside = [item for item in look.module.functions if item.index == given.function or item.name in called]
    lines = (line[:LINE_MOST] for item in inside for line in look.lines[item.line - 1 : item.end_line])
    return any(REFUSAL.search(line) for line in lines)


def _annotations(look: Look, kept: Kept) -> None:
    for decorator, name, item in decorators(look.module):
        said = words_of(decorator)[:200]
        if name.rpartition(".")[2] in MARKS and not OPEN.search(said):
            index = item.index if isinstance(item, Function) else -1
            keep(kept, look, SignKind.AUTH_GUARD, item, f"@{said}", index)


def _configured(look: Look, kept: Kept) -> None:
    """Rules of Spring Security, and what Ktor puts around routes."""
    for call in look.module.calls:
        if call.last in ASKING and _of_matcher(call):
            keep(kept, look, SignKind.AUTH_GUARD, call, _shown(call))
        elif call.last == "authenticate" and look.imports("io.ktor.server.auth") and call.args:
            keep(kept, look, SignKind.AUTH_GUARD, call, "authenticate")


def _of_matcher(call: Call) -> bool:
    value = getattr(call.callee, "value", None)
    return isinstance(value, Call) and value.last in MATCHERS


def _shown(call: Call) -> str:
    said = ", ".join(plain(arg) or dotted(arg) for arg in call.args if isinstance(arg, (Text, Name)))
    return f"{call.last}({said})"


def _receiver(call: Call) -> str:
    value = getattr(call.callee, "value", None)
    return call.name if isinstance(call.callee, Name) else getattr(value, "name", "")


def _asks_who(look: Look, call: Call) -> bool:
    """``session.getAttribute("user") == null`` in a function that compares it, or keeps it to compare."""
    key = plain(call.args[0])
    if not key or not USER.fullmatch(key[:60]):
        return False
    if any(call in (item.left, item.right) for item in look.module.compares if item.function == call.function):
        return True
    names = {item.target for item in look.module.assignments if item.value is call}
    return any(dotted(item.left) in names or dotted(item.right) in names for item in look.module.compares
               if item.function == call.function)  # fmt: skip


GUARDS_JVM = Reader(name="guards (Java, Kotlin)", languages=JVM, read=read)
