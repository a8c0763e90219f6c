"""Grape: APIs of resources, namespaces and route parameters, with prefixes, versions and mounted APIs."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reviewer.gather.frameworks.ruby._blocks import REST, guards_in, named_splats
from reviewer.gather.frameworks.ruby._dsl import DEPTH_MOST, VERBS, Blocks, arrows, below, block_of, positional
from reviewer.gather.frameworks.ruby._grape_paths import AT, BEGIN, VERSION, filled, marked, own_prefix
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Call, Class, Expr, Items, Module, Name, dotted, plain
from reviewer.model.facts.code import Attribute
from reviewer.model.facts.routing import Mount, Route, Router
from reviewer.model.facts.values import Value

if TYPE_CHECKING:
    from reviewer.gather.index import Index

NAME = "Grape"
BASES = ("Grape.API", "Grape.API.Instance")
OTHERS = ("Sinatra.", "ActionController.", "Hanami.", "Roda", "Rails.", "Thor")
MARKS = words("route_param requires")
SETTING = words("prefix version")
BASE_ENDINGS = re.compile(r"(?:API|Grape|Root)\Z|(?:\A|\.)Base\Z")
"""How the bases of APIs end, where the base is one of the project's."""
SPACES = words("resource resources namespace group segment")
OWN = words("route_param requires optional params desc version prefix format mount present expose segment")
"""Declarations of Grape beside verbs, by which a class without Grape's own base is told."""
UNMOUNTED_VERSIONS = words("header param accept_version_header")
"""Ways of versioning that leave the path alone."""
PREFIX = ".grape_prefix"
"""What the constant is called by which a module hands its prefix to the APIs that include it."""
DOCUMENTATION = "swagger_doc"
MOUNTS_MOST = 100
"""APIs of one declaration that are mounted."""


@dataclass(frozen=True, slots=True)
class _Place:
    """What holds for the declarations of one block."""

    router: str
    path: Value = ()
    guards: tuple[str, ...] = ()
    version: Value = ()
    """The version that was declared before, marked; ``()`` where the API's own holds."""


@dataclass(slots=True)
class _Reading:
    blocks: Blocks
    kept: Kept


def read(module: Module, kept: Kept) -> None:
    """Keeps the APIs of a file, and modules that set something for those that include them."""
    names = {call.name for call in module.calls}
    described = "desc" in names and names & VERBS.keys()
    if not ("Grape" in module.text or names & MARKS or described or ("included" in names and names & SETTING)):
        return
    reading = _Reading(Blocks.of(look_at(module)), kept)
    for owner in module.classes:
        calls = [call for call in reading.blocks.calls.get(-1, []) if call.owner == owner.index]
        if owner.kind == "module":
            _read_module(reading, owner, calls)
        elif _is_api(owner, calls, {call.name for call in module.calls if call.owner == owner.index}):
            _read_api(reading, owner, calls)


def _is_api(owner: Class, calls: list[Call], inside: set[str]) -> bool:
    names = [dotted(base) for base in owner.bases]
    if any(name in BASES for name in names):
        return True
    if any(name.startswith(OTHERS) for name in names):
        return False
    declared = {call.name for call in calls}
    opened = {call.name for call in calls if block_of(call) is not None}
    return (
        bool(names)
        and ("mount" in declared or bool(opened & (SPACES | VERBS.keys())))
        and (bool(declared & OWN) or bool(inside & MARKS) or any(BASE_ENDINGS.search(name) for name in names))
    )


def _read_module(reading: _Reading, owner: Class, calls: list[Call]) -> None:
    """``included do prefix "api"; version "v1", using: :path end`` of a module."""
    for call in calls:
        if call.name == "included":
            prefix = _prefix(reading, reading.blocks.inside(call))
            if prefix:
                value = ("/", *prefix)
                reading.kept.constants.append(Attribute(name=owner.name + PREFIX, value=value, line=call.line))


def _prefix(reading: _Reading, calls: list[Call]) -> Value:
    """Prefix and version that declarations set, in the order in which they stand in a path."""
    found: dict[str, Value] = {}
    for call in calls:
        given = positional(call)
        if call.name == "prefix" and given:
            found["prefix"] = reading.blocks.path(given[0], {})
        elif call.name == "version" and given and block_of(call) is None and _in_path(call):
            found["version"] = reading.blocks.path(_first(given[0]), {})
    return own_prefix(found.get("prefix", ()), found.get("version", ()))


def _first(expr: Expr) -> Expr:
    return expr.values[0] if isinstance(expr, Items) and expr.values else expr


def _in_path(call: Call) -> bool:
    return plain(call.keywords.get("using")) not in UNMOUNTED_VERSIONS


def _read_api(reading: _Reading, owner: Class, calls: list[Call]) -> None:
    changes = _version_changes(calls)
    settings = [call for call in calls if not (changes and call.name == "version")]
    prefix = _prefix(reading, [*settings, *_for_heirs(reading, owner)])
    guards = _before(reading, calls)
    reading.kept.routers.append(
        Router(symbol=owner.name, framework=NAME, line=owner.line, prefix=prefix, guards=guards)
    )
    _declarations(reading, calls, _Place(owner.name), 0, changes)


def _version_changes(calls: list[Call]) -> bool:
    """Whether a version is set between declarations of an API: it holds for those that follow."""
    declaring = [call.name == "mount" or call.name in VERBS or call.name in SPACES for call in calls]
    return any(
        call.name == "version" and block_of(call) is None and any(declaring[:place]) and any(declaring[place:])
        for place, call in enumerate(calls)
    )


def _for_heirs(reading: _Reading, owner: Class) -> list[Call]:
    """What a base sets for each API that is derived from it: ``def self.inherited(api)``."""
    functions = reading.blocks.module.functions
    hooks = {item.index for item in functions if item.owner == owner.index and item.name.endswith("inherited")}
    hooks |= {item.index for item in functions if item.parent in hooks}
    return [call for hook in sorted(hooks) for call in reading.blocks.calls.get(hook, []) if call.name in SETTING]


def _declarations(reading: _Reading, calls: list[Call], place: _Place, depth: int, versions: bool = True) -> None:
    """Declarations in their order: a version that is set among them holds for those that follow."""
    for call in calls:
        given = positional(call)
        if versions and call.name == "version" and given and block_of(call) is None and _in_path(call):
            place = replace(place, version=marked(VERSION, reading.blocks.path(_first(given[0]), {})))
        else:
            _declaration(reading, call, place, depth)


def _before(reading: _Reading, calls: list[Call]) -> tuple[str, ...]:
    found: tuple[str, ...] = ()
    for call in calls:
        block = block_of(call)
        if call.name in ("before", "before_validation", "after_validation") and block is not None:
            found += guards_in(list(reading.blocks.everything(block.function)))
        elif call.name in ("http_basic", "auth", "use") and "auth" in (call.name + dotted(_only(call))).lower():
            found += ("guard authenticate",)
    return found


def _only(call: Call) -> Expr | None:
    given = positional(call)
    return given[0] if given and isinstance(given[0], Name) else None


def _declaration(reading: _Reading, call: Call, place: _Place, depth: int) -> None:
    name, given = call.name, positional(call)
    if name in VERBS or name == "route":
        _route(reading, call, place)
    elif name == "mount":
        _mount(reading, call, place)
    elif name == "add_swagger_documentation":
        _documentation(reading, call, place)
    elif block_of(call) is not None and depth < DEPTH_MOST:
        path = place.path
        if name in SPACES and given:
            path = below(path, _path(reading, given[0]))
        elif name == "route_param" and given:
            path = (*path, "/:", *_path(reading, given[0]))
        elif name == "version" and given and _in_path(call):
            path = below((), reading.blocks.path(_first(given[0]), {})) + path
        elif name not in SPACES and name not in ("params_scope", "version", "route_setting", "with", "each"):
            return
        inside = reading.blocks.inside(call)
        inner = replace(place, path=path, guards=(*place.guards, *_before(reading, inside)))
        _declarations(reading, inside, inner, depth + 1)


def _path(reading: _Reading, expr: Expr) -> Value:
    found = reading.blocks.path(expr, {})
    return tuple(named_splats(part).removesuffix("(.:format)") if isinstance(part, str) else part for part in found)


def _route(reading: _Reading, call: Call, place: _Place) -> None:
    block = block_of(call)
    if block is None:
        return
    given = list(positional(call))
    methods: tuple[str, ...] = (VERBS[call.name],) if call.name in VERBS else ()
    if not methods:
        named = reading.blocks.texts(given.pop(0), {}) if given else ()
        methods = tuple("ANY" if item in ("any", "*") else item.upper() for item in named) or ("ANY",)
    paths: list[Expr | None] = [
        inner for expr in given for inner in (expr.values if isinstance(expr, Items) else (expr,))
    ]
    guards = place.guards + guards_in(list(reading.blocks.everything(block.function)))
    for path in paths[:10] or [None]:
        own = _path(reading, path) if path is not None else ()
        reading.kept.routes.append(
            Route(
                router=place.router,
                framework=NAME,
                methods=methods,
                path=place.version + below(place.path, own),
                line=call.line,
                end_line=call.end_line,
                guards=tuple(dict.fromkeys(guards)),
                implicit=methods in (("ANY",), ("OPTIONS",)) and bool(REST.fullmatch("".join(map(str, own)))),
            )
        )


def _mount(reading: _Reading, call: Call, place: _Place) -> None:
    """``mount Users`` and ``mount Users => "/users"``."""
    found: list[tuple[Expr, Value]] = [(item, ()) for item in positional(call)]
    for key, value in arrows(call):
        found.append((key, marked(AT, reading.blocks.path(value, {}))))
    for child, path in found[:MOUNTS_MOST]:
        name = dotted(child)
        if name:
            reading.kept.mounts.append(
                Mount(
                    parent=place.router,
                    child=name,
                    framework=NAME,
                    line=call.line,
                    prefix=(*place.version, *place.path, *path),
                    guards=place.guards,
                )
            )


def _documentation(reading: _Reading, call: Call, place: _Place) -> None:
    path = reading.blocks.path(call.keywords["mount_path"], {}) if "mount_path" in call.keywords else (DOCUMENTATION,)
    reading.kept.routes.append(
        Route(
            router=place.router,
            framework=NAME,
            methods=("GET",),
            path=below((), path),
            line=call.line,
            end_line=call.end_line,
            implicit=True,
        )
    )


def settle(index: Index, path: str, router: Router, prefix: str) -> tuple[str, tuple[str, ...]]:
    """A router's prefix with what its bases and included modules set, and the guards of its bases."""
    guards: tuple[str, ...] = ()
    inherited: list[str] = []
    for where, item in index.mro(path, router.symbol):
        facts = index.files[where]
        for constant in facts.constants:
            if constant.name == item.name + PREFIX:
                inherited.insert(0, index.text(where, constant.value))
        if item.name != router.symbol:
            for other in facts.routing.routers if facts.routing else ():
                if other.symbol == item.name:
                    guards += other.guards
                    inherited.insert(0, index.text(where, other.prefix))
    return "/".join((BEGIN, *inherited, prefix)), guards


def fill(_index: Index, _route: Route, path: str) -> str:
    """A whole path without the marks that tell its parts apart."""
    return filled(path)


FRAMEWORK = Framework(name=NAME, languages=("Ruby",), read=read, packages=("grape",), settle=settle, fill=fill)
