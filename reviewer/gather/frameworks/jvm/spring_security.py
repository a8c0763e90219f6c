"""Spring Security, Shiro and interceptors of Spring MVC: who may ask for which paths, in the order of the rules."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from reviewer.gather.expressions import chain
from reviewer.gather.frameworks.jvm._annotations import find, flat, path_of
from reviewer.gather.frameworks.jvm.spring_mvc import FLUX, MVC
from reviewer.gather.look import Look, look_at
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Attribute, Call, Expr, Lambda, Module, Name, Text, dotted, plain
from reviewer.model.facts.routing import AccessRule, Router
from reviewer.model.facts.values import Value

SECURITY = "Spring Security"
MODULES = ("org.springframework.security", "org.apache.shiro", "org.springframework.web.servlet", "cn.dev33.satoken")
MATCHERS = frozenset(
    {"requestMatchers", "antMatchers", "mvcMatchers", "pathMatchers", "regexMatchers", "anyRequest", "anyExchange"}
)
EVERYTHING = frozenset({"anyRequest", "anyExchange"})
OPEN = frozenset({"permitAll", "anonymous"})
ASKING = frozenset(
    {
        "authenticated",
        "fullyAuthenticated",
        "rememberMe",
        "hasRole",
        "hasAnyRole",
        "hasAuthority",
        "hasAnyAuthority",
        "denyAll",
        "access",
        "hasIpAddress",
    }
)
DSL = "authorize"
"""The call of Kotlin's DSL that holds a matcher and what it asks for."""
SCOPES = frozenset({"securityMatcher", "securityMatchers"})
AS_ARRAY = frozenset({"toTypedArray", "toArray"})
MATCHER_CLASSES = frozenset(
    {"AntPathRequestMatcher", "antMatcher", "pattern", "PathPatternParserServerWebExchangeMatcher"}
)
METHOD_TYPES = ("HttpMethod.", "RequestMethod.")
HTTP = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"})
ALL = "/**"
SHIRO_OPEN = ("anon",)
SHIRO_ASKING = ("auth", "user", "role", "perm", "jwt")
GUARDING = ("auth", "login", "token", "jwt", "session", "permission", "sa")
"""Words in the names of interceptors that turn strangers away."""
RULES_MOST = 200
ENABLING = ("EnableWebSecurity", "EnableWebFluxSecurity", "EnableMethodSecurity", "EnableGlobalMethodSecurity")


def read(module: Module, kept: Kept) -> None:
    """Keeps the rules of a file's security configuration."""
    if not module.imported(*MODULES):
        return
    look = look_at(module)
    for owner in module.classes:
        if find(owner.decorators, *ENABLING) is not None:
            kept.routers.append(Router(symbol=owner.name, framework=SECURITY, line=owner.line))
    rules = list(islice(_rules(module, look), RULES_MOST))
    for framework in (MVC, FLUX):
        kept.rules.extend(
            AccessRule(framework=framework, pattern=pattern, line=line, guard=guard, methods=methods)
            for pattern, methods, guard, line in rules
        )


Rule = tuple[Value, tuple[str, ...], str, int]
"""Pattern, methods, what is asked for, line."""


def _rules(module: Module, look: Look) -> Iterator[Rule]:
    scopes = _scopes(module)
    for call in module.calls:
        if call.last in OPEN or call.last in ASKING:
            yield from _of_chain(module, look, call, scopes)
        elif call.name == DSL and len(call.args) > 1:
            yield from _of_dsl(module, look, call)
        elif call.last == "put" and len(call.args) == 2:
            yield from _of_shiro(look, call)
    yield from _ignored(module, look)
    yield from _interceptors(module, look)


def _of_chain(module: Module, look: Look, call: Call, scopes: dict[int, Expr]) -> Iterator[Rule]:
    """``requestMatchers("/x").permitAll()``: what a matcher is followed by."""
    matcher = call.callee.value if isinstance(call.callee, Attribute) else None
    if not isinstance(matcher, Call) or matcher.last not in MATCHERS:
        return
    guard = "" if call.last in OPEN or _opens(call) else f"{call.last} (authorized)"
    if matcher.last in EVERYTHING:
        scope = next((scopes[item.index] for item in look.around(call.function) if item.index in scopes), None)
        patterns = list(_patterns(module, look, scope, call.function)) if scope is not None else [(ALL,)]
        for pattern in patterns:
            yield pattern, (), guard, matcher.line
        return
    methods = tuple(_methods(matcher.args))
    found = [pattern for arg in matcher.args for pattern in _patterns(module, look, arg, call.function)]
    for pattern in found or ([(ALL,)] if methods and len(matcher.args) == 1 else []):
        yield pattern, methods, guard, matcher.line


def _opens(call: Call) -> bool:
    """``access("permitAll")``."""
    said = plain(call.args[0]) if call.last == "access" and call.args else None
    return said is not None and "permitAll" in said


def _scopes(module: Module) -> dict[int, Expr]:
    """The paths that a whole chain is for, by the function that builds it."""
    return {
        call.function: call.args[0]
        for call in module.calls
        if call.last in SCOPES and call.args and not isinstance(call.args[0], Lambda)
    }


def _methods(args: tuple[Expr, ...]) -> Iterator[str]:
    for arg in args:
        name = dotted(arg)
        if name.startswith(METHOD_TYPES) or name in HTTP:
            yield name.rpartition(".")[2]
        elif isinstance(arg, Call) and arg.last in MATCHER_CLASSES:
            yield from (
                said for item in arg.args[1:] if (said := plain(item) or dotted(item).rpartition(".")[2]) in HTTP
            )


def _patterns(module: Module, look: Look, arg: Expr, function: int) -> Iterator[Value]:
    """The patterns in an argument: texts, arrays by name, matchers made by hand."""
    if isinstance(arg, Call) and arg.last in MATCHER_CLASSES:
        for item in arg.args:
            if isinstance(item, Text) and plain(item) not in HTTP:
                yield path_of(module, None, item)
        return
    for item in flat(_array(look, _listed(arg), function)):
        if isinstance(item, Text):
            yield path_of(module, None, item)
        elif isinstance(item, Name) and not item.dotted.startswith(METHOD_TYPES) and item.dotted not in HTTP:
            owner = look.owner(function)
            yield path_of(module, module.classes[owner] if owner != -1 else None, item)


def _listed(arg: Expr) -> Expr:
    """The list that is handed over as an array: ``open.toTypedArray()``, ``OPEN.toArray(new String[0])``."""
    if not isinstance(arg, Call) or arg.last not in AS_ARRAY:
        return arg
    return getattr(arg.callee, "value", None) or Name(arg.name.rpartition(".")[0], arg.line)


def _array(look: Look, arg: Expr, function: int) -> Expr:
    """What a name stands for, in the function or as a constant of a class of the file."""
    value = look.value(arg, function) or arg
    if value is not arg or not isinstance(arg, Name):
        return value
    bare = Name(arg.dotted.rpartition(".")[2], arg.line)
    known = look.value(bare, -1)
    return arg if known is None or known is bare else known


def _of_dsl(module: Module, look: Look, call: Call) -> Iterator[Rule]:
    """``authorize("/x", permitAll)`` of Kotlin's DSL."""
    asked = dotted(call.args[-1]) or getattr(call.args[-1], "name", "")
    guard = "" if asked in OPEN else f"{asked or 'rule'} (authorized)"
    if dotted(call.args[0]) in EVERYTHING:
        yield (ALL,), (), guard, call.line
        return
    for arg in call.args[:-1]:
        for pattern in _patterns(module, look, arg, call.function):
            yield pattern, tuple(_methods(call.args)), guard, call.line


def _of_shiro(look: Look, call: Call) -> Iterator[Rule]:
    """``filterChain.put("/login", "anon")``."""
    path, asked = plain(call.args[0]), plain(call.args[1])
    if not path or not asked or not path.startswith("/") or not look.imports("org.apache.shiro"):
        return
    if asked.startswith(SHIRO_OPEN):
        yield (path,), (), "", call.line
    elif any(word in asked for word in SHIRO_ASKING):
        yield (path,), (), f"{asked} (authorized)", call.line


def _ignored(module: Module, look: Look) -> Iterator[Rule]:
    """``web.ignoring().requestMatchers("/x")``."""
    for call in module.calls:
        if call.last in MATCHERS and "ignoring" in chain(call)[:-1]:
            for arg in call.args:
                for pattern in _patterns(module, look, arg, call.function):
                    yield pattern, tuple(_methods(call.args)), "", call.line


def _interceptors(module: Module, look: Look) -> Iterator[Rule]:
    """``registry.addInterceptor(new LoginInterceptor()).addPathPatterns("/**").excludePathPatterns("/login")``."""
    chains: dict[int, list[Call]] = {}
    for call in module.calls:
        added = _added(call)
        if added is not None:
            chains.setdefault(id(added), [added]).append(call)
    for first, *rest in chains.values():
        name = _interceptor_name(first).lower()
        if not any(word in name for word in GUARDING):
            continue
        excluded = [call for call in rest if call.last == "excludePathPatterns"]
        added_paths = [call for call in rest if call.last == "addPathPatterns"]
        for call in (*excluded, *added_paths):
            guard = "" if call.last == "excludePathPatterns" else f"{name} (authorized)"
            for arg in call.args:
                for pattern in _patterns(module, look, arg, call.function):
                    yield pattern, (), guard, call.line
        if not added_paths:
            yield (ALL,), (), f"{name} (authorized)", first.line


def _added(call: Call) -> Call | None:
    """The ``addInterceptor`` at the beginning of a chain of calls."""
    expr: Expr = call.callee
    for _ in range(12):
        if isinstance(expr, Attribute):
            expr = expr.value
        elif isinstance(expr, Call):
            if expr.last == "addInterceptor":
                return expr
            expr = expr.callee
        else:
            break
    return None


def _interceptor_name(call: Call) -> str:
    arg = call.args[0] if call.args else None
    return dotted(arg.callee) if isinstance(arg, Call) else dotted(arg)


SPRING_SECURITY = Reader(name=SECURITY, languages=("Java", "Kotlin"), read=read)
