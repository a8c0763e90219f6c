"""What stands before a handler in Java and Kotlin and asks who is there."""

from __future__ import annotations

import re

from reviewer.gather.frameworks.jvm._annotations import words_of
from reviewer.gather.look import Look, decorators, look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.jvm._jvm import JVM
from reviewer.gather.syntax import Call, Function, Module, Name, Text, dotted, plain
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
)
FILTERS = words(
    "OncePerRequestFilter AbstractAuthenticationProcessingFilter UsernamePasswordAuthenticationFilter"
    " BasicAuthenticationFilter ContainerRequestFilter GenericFilterBean HandlerInterceptor HandlerInterceptorAdapter"
    " Filter WebFilter"
)
ASKS = re.compile(r"auth|jwt|token|login|session", re.IGNORECASE)
ASKED_OF_SESSION = words("getAttribute")
USER = re.compile(
    r"(?:\w{0,20}(?:current|login|logged_?in|auth)\w{0,20}|(?:session_?)?(?:user|admin|account|member|customer|student|"
    r"teacher|employee|principal|uid)(?:_?(?:id|name|dto|info|vo|bean|obj|email|role|login))?)",
    re.IGNORECASE,
)


def read(module: Module, kept: Kept) -> None:
    """Annotations, rules of security configurations, filters that look at tokens, and questions of the session."""
    look = look_at(module)
    if look.imports(*SECURITY):
        _annotations(look, kept)
        for call in module.calls:
            if call.last in ASKING and _of_matcher(call):
                keep(kept, look, SignKind.AUTH_GUARD, call, _shown(call))
            elif call.last == "authenticate" and look.imports("io.ktor.server.auth") and call.args:
                keep(kept, look, SignKind.AUTH_GUARD, call, "authenticate")
    for owner in module.classes:
        bases = {dotted(base.callee if isinstance(base, Call) else base).rpartition(".")[2] for base in owner.bases}
        if bases & FILTERS and ASKS.search(owner.name[:100]):
            keep(kept, look, SignKind.AUTH_GUARD, owner, owner.name, -1)
    for call in module.calls:
        if call.last in ASKED_OF_SESSION and call.args and "ession" in _receiver(call) and _asks_who(look, call):
            keep(kept, look, SignKind.AUTH_GUARD, call, f"session {plain(call.args[0]) or ''}".strip())


def _annotations(look: Look, kept: Kept) -> None:
    for decorator, name, item in decorators(look.module):
        said = words_of(decorator)[:200]
        if name.rpartition(".")[2] in MARKS and not OPEN.search(said):
            index = item.index if isinstance(item, Function) else -1
            keep(kept, look, SignKind.AUTH_GUARD, item, f"@{said}", index)


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
