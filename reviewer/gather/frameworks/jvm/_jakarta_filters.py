"""Filters of Jakarta REST that stand before every resource and turn away who brings no valid token."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import chain, last
from reviewer.gather.frameworks.jvm._annotations import name_of
from reviewer.gather.look import words
from reviewer.gather.syntax import Call, Class, Expr, Module, dotted, plain
from reviewer.model.facts.routing import AccessRule

FILTER = "ContainerRequestFilter"
PROVIDER = "Provider"
UNBOUND = words(
    "Provider Priority PreMatching ApplicationScoped RequestScoped Singleton Dependent Component Named Slf4j Log Log4j2"
    " JBossLog RequiredArgsConstructor AllArgsConstructor NoArgsConstructor SuppressWarnings"
)
"""Annotations of a filter that do not bind it to resources with the same one."""
ASKS = re.compile(r"auth|jwt|token|login|secur", re.IGNORECASE)
PATH = re.compile(r"path|(?<!sec)ur[il]", re.IGNORECASE)
REFUSALS = words("NotAuthorizedException ForbiddenException WebApplicationException")
REFUSALS_LEAST = 2
"""For no token and for a wrong one: a filter that refuses once may let pass who brings none."""
REFLECTION = words("isAnnotationPresent getAnnotation getResourceMethod getResourceClass")
VERBS = words("GET POST PUT PATCH DELETE HEAD")
PARTS = {"startsWith": "/**/{}*/**", "contains": "/**/*{}*/**", "endsWith": "/**/*{}"}
ASKING = words("contains anyMatch noneMatch startsWith endsWith matches find")
TEXT_LIMIT = 100


def filter_rules(module: Module, framework: str) -> Iterator[AccessRule]:
    """The paths that a filter lets everybody ask for, and then that all others are guarded by it."""
    for owner in module.classes:
        if not _stands_before_all(owner):
            continue
        calls = [call for call in module.calls if call.owner == owner.index]
        refused = sum(call.last.startswith("abort") or (call.new and call.last in REFUSALS) for call in calls)
        if refused < REFUSALS_LEAST or any(call.last in REFLECTION for call in calls):
            continue
        if _asks_method(module, owner) or _asks_list(calls):
            continue
        for pattern, line in _open(module, owner, calls):
            yield AccessRule(framework, (pattern,), line)
        yield AccessRule(framework, ("/**",), owner.line, f"{owner.name} (authorized)")


def _stands_before_all(owner: Class) -> bool:
    names = {name_of(item) for item in owner.decorators}
    bases = {last(dotted(base.callee if isinstance(base, Call) else base)) for base in owner.bases}
    return FILTER in bases and PROVIDER in names and names <= UNBOUND and bool(ASKS.search(owner.name[:TEXT_LIMIT]))


def _compared(module: Module, owner: Class) -> Iterator[tuple[Expr, str, int]]:
    """What a class compares with a text: (what is compared, text, line)."""
    for item in module.compares:
        around = module.functions[item.function] if item.function != -1 else None
        if item.operator not in ("==", "!=") or around is None or around.owner != owner.index:
            continue
        for one, other in ((item.left, item.right), (item.right, item.left)):
            text = plain(other)
            if text:
                yield one, text[:TEXT_LIMIT], item.line


def _asks_method(module: Module, owner: Class) -> bool:
    """Whether some methods may pass: then no path is guarded for all of them."""
    return any(text in VERBS for _, text, _ in _compared(module, owner))


def _asks_list(calls: list[Call]) -> bool:
    """``OPEN.contains(path)``, ``anyMatch(path::startsWith)``: which paths may pass is written somewhere else."""
    for call in calls:
        if call.last in ASKING and any(PATH.search(dotted(arg)[:TEXT_LIMIT]) for arg in call.args):
            return True
        if call.last in ASKING and call.args and not plain(call.args[0]) and PATH.search(_asked(call)):
            return True
    return False


def _asked(call: Call) -> str:
    """The names of what a method is called on: ``context getUriInfo getPath``."""
    return " ".join(chain(call)[:-1])[:TEXT_LIMIT]


def _open(module: Module, owner: Class, calls: list[Call]) -> Iterator[tuple[str, int]]:
    """``path.equals("auth/login")``, ``path.startsWith("public")``: Ant's patterns and their lines."""
    for expr, text, line in _compared(module, owner):
        if PATH.search(" ".join(chain(expr))[:TEXT_LIMIT]) and text.strip("/"):
            yield f"/**/{text.strip('/')}", line
    for call in calls:
        text = (plain(call.args[0]) or "")[:TEXT_LIMIT].strip("/") if call.args else ""
        if call.last in PARTS and text and PATH.search(_asked(call)):
            yield PARTS[call.last].format(text), call.line
