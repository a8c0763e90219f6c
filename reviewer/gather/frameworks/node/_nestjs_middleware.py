"""Guards that a NestJS module puts before paths or controllers: ``consumer.apply(Auth).forRoutes(...)``."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from reviewer.gather.reader import Kept
from reviewer.gather.route_paths import full_path, is_guard
from reviewer.gather.syntax import Attribute, Call, Expr, Items, Mapping, Module, Name, dotted, plain
from reviewer.model.facts.routing import AccessRule

NEST = "NestJS"
EVERYTHING = frozenset({"*", "/*", "(.*)", "/(.*)", "*path", "{*splat}", "/{*splat}", "*splat"})
STARS = ("*path", "*splat", "(.*)", "*")
DEPTH = 12


def read_middleware(module: Module, kept: Kept) -> None:
    """Keeps what each ``forRoutes`` guards; what ``exclude`` names comes first, and is open."""
    for call in module.calls:
        if call.last != "forRoutes":
            continue
        chain = {item.last: item for item in _chain(call)}
        applied = chain.get("apply")
        guards = [name for arg in applied.args if is_guard(name := _name(arg))] if applied else []
        if not guards:
            continue
        for item in _flat(chain["exclude"].args if "exclude" in chain else ()):
            _rules(kept, item, "")
        for item in _flat(call.args):
            if isinstance(item, Name):
                _controller(kept, item.dotted, guards)
            else:
                _rules(kept, item, guards[0])


def _chain(expr: Expr) -> Iterator[Call]:
    for _ in range(DEPTH):
        if not isinstance(expr, Call):
            return
        yield expr
        expr = expr.callee.value if isinstance(expr.callee, Attribute) else expr.callee


def _name(expr: Expr) -> str:
    return dotted(expr.callee if isinstance(expr, Call) else expr)


def _flat(args: tuple[Expr, ...]) -> Iterator[Expr]:
    for arg in args:
        yield from arg.values if isinstance(arg, Items) else (arg,)


def _rules(kept: Kept, item: Expr, guard: str) -> None:
    """A path with its method alone, or a text, which stands for everything below it too."""
    if isinstance(item, Mapping):
        path, method = plain(item.get("path")), dotted(item.get("method")).rpartition(".")[2]
        patterns = [path] if path is not None else []
        methods = () if method in ("", "ALL") else (method,)
    else:
        path, methods = plain(item), ()
        patterns = [path, f"{path}/**"] if path is not None else []
    for pattern in patterns:
        kept.rules.append(
            AccessRule(framework=NEST, pattern=(_pattern(pattern),), line=item.line, guard=guard, methods=methods)
        )


def _pattern(path: str) -> str:
    """Nest's path in Ant's words."""
    if path in EVERYTHING:
        return "/**"
    for star in STARS:
        if path.endswith(f"/{star}"):
            return f"{full_path(path.removesuffix(star))}/**"
    return path if path.endswith("/**") else full_path(path)


def _controller(kept: Kept, name: str, guards: list[str]) -> None:
    """Everything of a controller that the module lists."""
    for number, mount in enumerate(kept.mounts):
        if mount.framework == NEST and mount.child == name:
            kept.mounts[number] = replace(mount, guards=tuple(dict.fromkeys((*mount.guards, *guards))))
