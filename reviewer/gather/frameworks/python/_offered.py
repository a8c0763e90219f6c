"""Routers that a file gives to others by a function or an object: ``users_router()``, ``UserController().router``.

What a function gives back goes by its name and ``->``; what an object holds in ``self.router`` by its class and
``.router``. A name that several functions of one file use for a router of their own goes by theirs and its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from reviewer.gather.frameworks.python._lookup import Lookup
from reviewer.gather.given import ALIAS, MADE
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Assignment, Attribute, Call, Class, Expr, Function, Items, Name, Other, dotted
from reviewer.model.facts.routing import Mount, Router
from reviewer.model.facts.values import Ref, Value

FRAMEWORKS = frozenset({
    "aiohttp", "blacksheep", "bottle", "chalice", "cherrypy", "django", "falcon", "fastapi", "flask", "litestar",
    "ninja", "pyramid", "quart", "sanic", "starlette", "tornado",
})  # fmt: skip
SELF = ("self.", "cls.")
MEMBER = ".value"
"""How the text of an enumeration's member is asked for: ``Prefix.USERS.value``."""
DEPTH_MOST = 4


def field_of(lookup: Lookup, item: Assignment) -> str:
    """The name of a router by where it is made: a variable, or a field of a class (``Users.router``)."""
    is_field = item.owner != -1 and item.function == -1
    return f"{lookup.module.classes[item.owner].name}.{item.target}" if is_field else item.target


def in_class(lookup: Lookup, item: Assignment, value: Value) -> Value:
    """A value of a field of a class, with the names of other fields by the class: ``APIRouter(prefix=prefix)``."""
    if item.owner == -1 or item.function != -1:
        return value
    owner = lookup.module.classes[item.owner]
    fields = lookup.fields_of(owner)
    return tuple(
        Ref(name=f"{owner.name}.{part.name}") if isinstance(part, Ref) and part.name in fields else part
        for part in value
    )


def offer(lookup: Lookup, framework: str, kept: Kept) -> None:
    """Names the routers of a file so that functions and objects that hand them out lead to them."""
    if MEMBER in lookup.module.text:
        _name_members(kept, framework)
    routers = [item for item in kept.routers if item.framework == framework]
    used = {item.router for item in kept.routes if item.framework == framework}
    _follow_aliases(lookup, framework, kept, used - {item.symbol for item in routers})
    on_self = any(name.startswith(SELF) for name in used)
    if not routers and not on_self:
        return
    _rename(lookup, framework, kept, routers, on_self)
    known = {item.symbol for item in kept.routers if item.framework == framework}
    for function in lookup.module.functions:
        for value in lookup.returns.get(function.index, ()):
            for name in _given_back(lookup, function, value, known):
                _offered(framework, kept, function, name)


def _follow_aliases(lookup: Lookup, framework: str, kept: Kept, unknown: set[str]) -> None:
    """``api = UserDto.api``: the routes on ``api`` are those of the other name, and so is whatever imports it."""
    found = {
        item.target: item
        for item in (lookup.module.assignments if unknown else ())
        if item.target in unknown and item.function == item.owner == -1
        if isinstance(item.value, Name) and "." in item.value.dotted
    }
    for target, item in found.items():
        kept.routers.append(Router(symbol=f"{target}{ALIAS}", framework=framework, line=item.line))
        child = dotted(item.value)
        kept.mounts.append(Mount(parent=f"{target}{ALIAS}", child=child, framework=framework, line=item.line))
    names = {target: dotted(item.value) for target, item in found.items()}
    if names:
        _symbols(kept, framework, lambda name, _: names.get(name, name))


def _name_members(kept: Kept, framework: str) -> None:
    """Members of enumerations in paths and prefixes by their names, which are constants."""
    for number, router in enumerate(kept.routers):
        if router.framework == framework:
            kept.routers[number] = replace(router, prefix=_members(router.prefix))
    for number, route in enumerate(kept.routes):
        if route.framework == framework:
            kept.routes[number] = replace(route, path=_members(route.path))
    for number, mount in enumerate(kept.mounts):
        if mount.framework == framework:
            kept.mounts[number] = replace(mount, prefix=_members(mount.prefix))


def _members(value: Value) -> Value:
    return tuple(
        Ref(name=part.name.removesuffix(MEMBER)) if isinstance(part, Ref) and part.name.count(".") > 1 else part
        for part in value
    )


def _given_back(lookup: Lookup, function: Function, value: Expr, known: set[str]) -> Iterator[str]:
    for part in value.values if isinstance(value, Items) else (value,):
        if isinstance(part, Call):
            if part.name in lookup.functions and part.name != function.qualname:
                yield f"{part.name}{MADE}"
        elif name := dotted(part):
            scoped = f"{function.qualname}.{name}"
            symbol = scoped if scoped in known else _of_class(name, _class_of(lookup, function))
            if symbol in known or (isinstance(value, Items) and symbol.partition(".")[0] in lookup.imported_names):
                yield symbol


def _offered(framework: str, kept: Kept, function: Function, name: str) -> None:
    is_field = any(dotted(item).endswith("property") for item in function.decorators)
    symbol = function.qualname if is_field else f"{function.qualname}{MADE}"
    if symbol == name:
        return
    if not any(item.symbol == symbol and item.framework == framework for item in kept.routers):
        kept.routers.append(Router(symbol=symbol, framework=framework, line=function.line))
    kept.mounts.append(Mount(parent=symbol, child=name, framework=framework, line=function.line))


def _rename(lookup: Lookup, framework: str, kept: Kept, routers: list[Router], on_self: bool) -> None:
    """Gives routers of objects and of several functions names that say whose they are."""
    fields = {f"{item.name}.{name}" for item in lookup.module.classes for name in lookup.fields_of(item)}
    held = on_self or any(item.symbol.startswith(SELF) or item.symbol in fields for item in routers)
    local = _of_several(lookup, routers)
    if not held and not local:
        return

    def symbol(name: str, line: int) -> str:
        if name in local:
            inner = [item for item in local[name] if item.line <= line <= item.end_line]
            return f"{inner[-1].qualname}.{name}" if inner else name
        owner = _class_at(lookup, line) if held else None
        if owner is not None and f"{owner.name}.{name}" in fields and line > owner.line:
            return f"{owner.name}.{name}"
        return _of_class(name, owner)

    _symbols(kept, framework, symbol)


def _symbols(kept: Kept, framework: str, symbol: Callable[[str, int], str]) -> None:
    """Puts other symbols into everything that a framework's reader kept of a file."""
    for number, router in enumerate(kept.routers):
        if router.framework == framework:
            kept.routers[number] = replace(router, symbol=symbol(router.symbol, router.line))
    for number, route in enumerate(kept.routes):
        if route.framework == framework:
            kept.routes[number] = replace(route, router=symbol(route.router, route.line))
    for number, mount in enumerate(kept.mounts):
        if mount.framework == framework:
            parent, child = symbol(mount.parent, mount.line), symbol(mount.child, mount.line)
            kept.mounts[number] = replace(mount, parent=parent, child=child)


def _of_several(lookup: Lookup, routers: Iterable[Router]) -> dict[str, list[Function]]:
    """Names that more than one function of a file makes a router of, with those functions."""
    found: dict[str, list[Function]] = {}
    made = {(item.symbol, item.line) for item in routers if "." not in item.symbol}
    if len({name for name, _ in made}) == len(made):
        return {}
    for item in lookup.module.assignments:
        if item.function != -1 and (item.target, item.line) in made:
            found.setdefault(item.target, []).append(lookup.module.functions[item.function])
    return {name: items for name, items in found.items() if len({item.index for item in items}) > 1}


def _class_at(lookup: Lookup, line: int) -> Class | None:
    inner = [item for item in lookup.module.classes if item.line <= line <= item.end_line]
    return inner[-1] if inner else None


def _class_of(lookup: Lookup, function: Function) -> Class | None:
    return lookup.module.classes[function.owner] if function.owner != -1 else None


def _of_class(name: str, owner: Class | None) -> str:
    """``Users.router`` of ``self.router`` in the class ``Users``."""
    head, _, rest = name.partition(".")
    return f"{owner.name}.{rest}" if owner is not None and rest and f"{head}." in SELF else name


def children(lookup: Lookup, expr: Expr | None, function: int = -1, depth: int = 0) -> list[str]:
    """The routers that an expression given to a mount stands for, by the names that they may be known by."""
    if depth > DEPTH_MOST:
        return []
    if isinstance(expr, Call):
        name = _called_name(lookup, expr, function)
        is_own = lookup.origin(name).partition(".")[0] not in FRAMEWORKS
        return [f"{name}{MADE}"] if is_own and name.rpartition(".")[2][:1].islower() else []
    if isinstance(expr, Attribute) and isinstance(expr.value, Call):
        return [f"{expr.value.name}.{expr.name}"] if _is_class(expr.value) else []
    found = lookup.names(expr, function)
    value = _value_before(lookup, expr, function) if isinstance(expr, Name) else None
    if isinstance(value, Other) and value.kind == "iterated":
        listed = value.operands[0]
        parts = listed.values if isinstance(listed, Items) else (listed,) if isinstance(listed, Call) else ()
        made = (
            name for part in parts if not isinstance(part, Name) for name in children(lookup, part, function, depth + 1)
        )
        return [*found, *made] if isinstance(listed, Items) else [*made] or found
    if isinstance(value, Call):
        return [*found, *children(lookup, value, function, depth + 1)]
    return [*found, *_held(lookup, dotted(expr), function)]


def _value_before(lookup: Lookup, name: Name, function: int) -> Expr | None:
    """What a name was last given above the line that it is used on, in its function or else in the module."""
    found = [item for item in lookup.assignments.get(name.dotted, ()) if item.function == function]
    above = [item.value for item in found if item.line <= name.line]
    return above[-1] if above else lookup.value(name.dotted, function)


def _called_name(lookup: Lookup, call: Call, function: int) -> str:
    """The name of a called function, with its class where it is called on an object of one."""
    if isinstance(call.callee, Attribute):
        made = call.callee.value
        return f"{made.name}.{call.callee.name}" if isinstance(made, Call) and _is_class(made) else ""
    held = _held(lookup, call.name, function)
    return held[0] if held else call.name


def _held(lookup: Lookup, name: str, function: int) -> list[str]:
    """``Users.router`` of ``users.router``, where ``users`` was made of the class ``Users``."""
    head, _, last = name.rpartition(".")
    value = lookup.value(head, function) if head else None
    if head.startswith(SELF) and head in lookup.assignments:
        value = lookup.assignments[head][-1].value
    return [f"{value.name}.{last}"] if isinstance(value, Call) and _is_class(value) else []


def _is_class(call: Call) -> bool:
    return call.last[:1].isupper()
