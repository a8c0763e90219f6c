"""What a NestJS application sets for all of its controllers: prefix, versions, guards, modules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reviewer.gather.keep import named_values
from reviewer.gather.languages.node._names import Names
from reviewer.gather.reader import Kept
from reviewer.gather.scopes.scope import shared_folders
from reviewer.gather.syntax import (
    Call,
    Class,
    Expr,
    Items,
    Lambda,
    Mapping,
    Module,
    Name,
    Other,
    Text,
    dotted,
    plain,
    value_of,
)
from reviewer.model.facts.code import Attribute
from reviewer.model.facts.routing import Mount, Route, Router
from reviewer.model.facts.values import Ref, Value

if TYPE_CHECKING:
    from reviewer.gather.index import Index

NEST = "NestJS"
DOCUMENTATION = "Swagger UI"
DEFAULT_VERSION = "NestJS.DEFAULT_VERSION"
"""The constant by which other files know the version of controllers that name none."""
CREATE = "@nestjs/core.NestFactory.create"
CREATE_MICROSERVICE = "@nestjs/core.NestFactory.createMicroservice"
MESSAGES_ALONE = "NestJS.MESSAGES_ALONE"
"""The constant of a file that makes an application of messages (TCP, queues, gRPC) and none of HTTP."""
MODULE = "@nestjs/common.Module"
REGISTER_AS = "@nestjs/config.registerAs"
GLOBAL_GUARD = "@nestjs/core.APP_GUARD"
READS = frozenset({"get", "getOrThrow"})
"""Methods of a configuration service."""
UNVERSIONED = ("HEADER", "MEDIA_TYPE", "CUSTOM")
"""Ways of versioning that leave the path alone."""
PASSIVE = re.compile(r"throttl|limit|csrf|role|permission|polic", re.IGNORECASE)
"""Guards that, set for a whole application, let those through whom nothing more is asked of."""


def read_app(module: Module, names: Names, kept: Kept) -> None:
    """Keeps the application that a file creates or sets up."""
    created = next((item for item in module.assignments if _creates(names, item.value)), None)
    calls = [call for call in module.calls if call.last in ("setGlobalPrefix", "enableVersioning", "useGlobalGuards")]
    line = created.line if created else next((c.line for c in module.calls if _creates(names, c)), 0)
    if not line and not any(call.last == "setGlobalPrefix" for call in calls):
        if any(names.origin(call.callee) == CREATE_MICROSERVICE for call in module.calls):
            kept.constants.append(Attribute(name=MESSAGES_ALONE, value=("yes",), line=1))
        return
    prefix: Value = ()
    exclude: tuple[str, ...] = ()
    guards: list[str] = []
    version = ""
    for call in calls:
        if call.last == "setGlobalPrefix" and call.args:
            prefix, exclude = setting(names, call.args[0]), _excluded(call)
        elif call.last == "enableVersioning":
            version = _default_version(call)
        elif call.last == "useGlobalGuards":
            guards.extend(name for arg in call.args if not PASSIVE.search(name := name_of(arg)))
    if version:
        kept.constants.append(Attribute(name=DEFAULT_VERSION, value=(version,), line=line or calls[0].line))
    symbol = created.target if created else "app"
    kept.routers.append(
        Router(
            symbol=symbol,
            framework=NEST,
            line=line or calls[0].line,
            root=True,
            prefix=prefix,
            exclude=exclude,
            guards=tuple(guards),
        )
    )
    _read_documentation(module, names, kept)


def takes_messages_alone(index: Index, path: str) -> bool:
    """Whether the application nearest to a file by folders takes messages alone; one of HTTP goes before it."""
    answering, listening = -1, -1
    for other, facts in index.files.items():
        if any(item.name == MESSAGES_ALONE for item in facts.constants):
            listening = max(listening, shared_folders(other, path))
        elif facts.routing and any(item.root and item.framework == NEST for item in facts.routing.routers):
            answering = max(answering, shared_folders(other, path))
    return listening > answering


def _creates(names: Names, value: Expr | None) -> bool:
    return isinstance(value, Call) and names.origin(value.callee) == CREATE


def setting(names: Names, expr: Expr, hops: int = 3) -> Value:
    """A setting's text: a constant, the default beside it, or a name that the linker looks up."""
    if isinstance(expr, Other) and expr.operator in ("||", "??") and expr.operands:
        return setting(names, expr.operands[-1], hops)
    if isinstance(expr, Call) and expr.args:
        if len(expr.args) > 1 and isinstance(expr.args[1], Text):
            return value_of(expr.args[1])
        return (Ref(name=plain(expr.args[0]) or ""),) if expr.last in READS else (Ref(name=""),)
    if isinstance(expr, Name) and hops:
        given = names.values.get(expr.dotted)
        if given is not None:
            return setting(names, given, hops - 1)
    if isinstance(expr, Text):
        return tuple(part for item in expr.parts for part in _pieces(names, item, hops))
    return value_of(expr)


def _pieces(names: Names, part: str | Expr, hops: int) -> Value:
    return (part,) if isinstance(part, str) else setting(names, part, hops - 1) if hops else (Ref(name=""),)


def _excluded(call: Call) -> tuple[str, ...]:
    options = call.args[1] if len(call.args) > 1 else None
    listed = options.get("exclude") if isinstance(options, Mapping) else None
    values = listed.values if isinstance(listed, Items) else ()
    paths = [plain(item.get("path") if isinstance(item, Mapping) else item) for item in values]
    return tuple(path for path in paths if path is not None)


def _default_version(call: Call) -> str:
    """``/v1`` where versions are in the path and one is the default."""
    options = call.args[0] if call.args else None
    if not isinstance(options, Mapping):
        return ""
    kind = dotted(options.get("type"))
    version = plain(options.get("defaultVersion"))
    if version is None or kind.endswith(UNVERSIONED):
        return ""
    prefix = plain(options.get("prefix"))
    return f"/{'v' if prefix is None else prefix}{version}"


def name_of(expr: Expr | None) -> str:
    """A guard as written: ``AuthGuard``, ``new JwtGuard()``, ``AuthGuard("jwt")``."""
    return dotted(expr.callee if isinstance(expr, Call) else expr)


def _read_documentation(module: Module, names: Names, kept: Kept) -> None:
    """``SwaggerModule.setup("docs", app, document)``: beside the prefix of the controllers."""
    for call in module.calls:
        path = setting(names, call.args[0]) if call.name == "SwaggerModule.setup" and call.args else ()
        if not path:
            continue
        kept.routers.append(Router(symbol=DOCUMENTATION, framework=DOCUMENTATION, line=call.line))
        kept.routes.extend(
            Route(
                router=DOCUMENTATION,
                framework=DOCUMENTATION,
                methods=("GET",),
                path=served,
                line=call.line,
                end_line=call.end_line,
                implicit=True,
            )
            for served in (path, (*path, "-json"))
        )


def read_modules(module: Module, names: Names, kept: Kept) -> None:
    """``@Module``: its controllers are served where it is, and it may set guards for the whole application."""
    for owner in module.classes:
        options = next((options for d in owner.decorators if (options := _module_options(names, d))), None)
        if not isinstance(options, Mapping):
            continue
        mounts = list(_controllers(owner, options))
        guards = tuple(_global_guards(names, options))
        if mounts or guards:
            kept.routers.append(Router(symbol=owner.name, framework=NEST, line=owner.line, guards=guards, root=False))
            kept.mounts.extend(mounts)


def _module_options(names: Names, decorator: Expr) -> Expr | None:
    if isinstance(decorator, Call) and decorator.args and names.origin(decorator.callee) == MODULE:
        return decorator.args[0]
    return None


def _controllers(owner: Class, options: Mapping) -> Iterator[Mount]:
    listed = options.get("controllers")
    for item in listed.values if isinstance(listed, Items) else ():
        if isinstance(item, Name):
            yield Mount(parent=owner.name, child=item.dotted, framework=NEST, line=item.line)


def _global_guards(names: Names, options: Mapping) -> Iterator[str]:
    """``{ provide: APP_GUARD, useClass: JwtAuthGuard }``."""
    listed = options.get("providers")
    for item in listed.values if isinstance(listed, Items) else ():
        if isinstance(item, Mapping) and names.origin(item.get("provide")) == GLOBAL_GUARD:
            used = name_of(item.get("useClass") or item.get("useExisting"))
            if used and not PASSIVE.search(used):
                yield used


def read_settings(module: Module, names: Names, kept: Kept) -> None:
    """``registerAs("app", () => ({ prefix: "api" }))`` makes ``app.prefix`` known."""
    for call in module.calls:
        if len(call.args) < 2 or names.origin(call.callee) != REGISTER_AS:
            continue
        space, factory = plain(call.args[0]), call.args[1]
        if space and isinstance(factory, Lambda):
            for item in module.returns:
                if item.function == factory.function and isinstance(item.value, Mapping):
                    kept.constants.extend(named_values(space, item.value))
