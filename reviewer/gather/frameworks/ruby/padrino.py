"""Padrino: controllers of its applications, whose actions have names, and what the project mounts each at."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reviewer.gather.frameworks.ruby._blocks import guards_in, named_splats, shows_page
from reviewer.gather.frameworks.ruby._dsl import VERBS, Blocks, below, block_of, positional
from reviewer.gather.frameworks.ruby._inflect import camelized, singular
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Attribute, Call, Expr, Items, Module, Text, dotted, plain
from reviewer.model.facts.routing import Mount, Route, Router
from reviewer.model.facts.values import Value

NAME = "Padrino"
APPLICATION = "Padrino.Application"
PROJECT = "Padrino.application"
CONTROLLERS = words("controllers controller")
MOUNTING = words("Padrino.mount Padrino.mount_core")
INDEX = "index"
RENDERING = words("render partial haml erb slim redirect")
DATA_FORMATS = words("json js xml rss csv")


@dataclass(frozen=True, slots=True)
class _Place:
    """One controller: its application's router, what stands before its paths, and its filters by action."""

    router: str
    name: Value = ()
    mapped: Value = ()
    parents: Value = ()
    formats: tuple[str, ...] = ()
    filters: tuple[tuple[frozenset[str], bool, tuple[str, ...]], ...] = ()
    """Actions, whether it holds for these alone (else for all others), and the guards."""


def read(module: Module, kept: Kept) -> None:
    """Keeps the actions of controllers, and the paths that a project mounts its applications at."""
    opened = [call for call in module.calls if _opens(call)]
    if not opened and NAME not in module.text:
        return
    blocks = Blocks.of(look_at(module))
    for call in module.calls:
        _read_mount(blocks, kept, call)
    for call in opened:
        application = call.name.rpartition(".")[0]
        _read_controller(blocks, kept, call, _Place(_router(kept, application, call.line)))
    for owner in module.classes:
        if any(dotted(base) == APPLICATION for base in owner.bases):
            calls = [call for call in blocks.calls.get(-1, []) if call.owner == owner.index]
            place = _Place(_router(kept, owner.name, owner.line))
            _read_actions(blocks, kept, calls, place)
            for call in calls:
                if call.name in CONTROLLERS and block_of(call) is not None:
                    _read_controller(blocks, kept, call, place)


def _opens(call: Call) -> bool:
    """``Shop::App.controllers :orders do`` in a file of its own."""
    return call.last in CONTROLLERS and call.name[:1].isupper() and "." in call.name and block_of(call) is not None


def _router(kept: Kept, application: str, line: int) -> str:
    """The router of an application, which several files have a part of: its name without dots stands for all."""
    symbol = _symbol(application)
    if all(item.symbol != symbol for item in kept.routers):
        kept.routers.append(Router(symbol=symbol, framework=NAME, line=line))
    return symbol


def _symbol(application: str) -> str:
    return f"{NAME}:{application.replace('.', ':')}"


def _read_mount(blocks: Blocks, kept: Kept, call: Call) -> None:
    """``Padrino.mount("Shop::Admin", app_file: path).to("/admin")``."""
    made = call.callee.value if isinstance(call.callee, Attribute) else None
    if call.last != "to" or not isinstance(made, Call) or made.name not in MOUNTING:
        return
    given, path = positional(made), positional(call)
    named = (plain(given[0]) or dotted(given[0])) if given else ""
    if not named or not path:
        return
    application = named.replace("::", ".") if named[:1].isupper() else camelized(named)
    kept.mounts.append(
        Mount(
            parent=PROJECT,
            child=f"**.{_symbol(application)}",
            framework=NAME,
            line=call.line,
            prefix=below((), blocks.path(path[0], {})),
        )
    )


def _read_controller(blocks: Blocks, kept: Kept, call: Call, place: _Place) -> None:
    names = [text for arg in positional(call) if (text := plain(arg))]
    calls = blocks.inside(call)
    inner = replace(
        place,
        name=tuple(f"/{name}" for name in names),
        mapped=_text(blocks, call.keywords.get("map")),
        parents=_parents(blocks, call.keywords.get("parent")),
        formats=blocks.texts(call.keywords.get("provides"), {}),
        filters=tuple(found for item in calls if item.name == "before" and (found := _filter(blocks, item))),
    )
    _read_actions(blocks, kept, calls, inner)


def _filter(blocks: Blocks, call: Call) -> tuple[frozenset[str], bool, tuple[str, ...]] | None:
    """``before(:edit) { ... }`` and ``before(except: [:show]) { ... }``."""
    block = block_of(call)
    guards = guards_in(list(blocks.everything(block.function))) if block else ()
    if not guards:
        return None
    excepted = blocks.texts(call.keywords.get("except"), {})
    named = frozenset(excepted or blocks.texts(Items(positional(call), call.line), {}))
    return named, bool(named) and not excepted, guards


def _read_actions(blocks: Blocks, kept: Kept, calls: list[Call], place: _Place) -> None:
    for call in calls:
        given = positional(call)
        block = block_of(call)
        if call.name not in VERBS or block is None or not given:
            continue
        name = plain(given[0]) or ""
        inside = list(blocks.everything(block.function))
        formats = blocks.texts(call.keywords.get("provides"), {}) or place.formats
        held = [guards for names, alone, guards in place.filters if not names or (name.strip("/") in names) == alone]
        guards = (*(guard for found in held for guard in found), *guards_in(inside))
        kept.routes.append(
            Route(
                router=place.router,
                framework=NAME,
                methods=(VERBS[call.name],),
                path=_path(blocks, call, given[0], place) or ("/",),
                line=call.line,
                end_line=call.end_line,
                page=not set(formats) & DATA_FORMATS and _renders(inside),
                guards=tuple(dict.fromkeys(guards)),
            )
        )


def _renders(calls: list[Call]) -> bool:
    """Whether an action shows a template, or sends the browser on."""
    if shows_page(calls):
        return True
    return any(call.name in RENDERING for call in calls) and not any("json" in call.last for call in calls)


def _path(blocks: Blocks, call: Call, given: Expr, place: _Place) -> Value:
    """The path of an action: its name below that of its controller, unless it is mapped to one of its own."""
    mapped = _text(blocks, call.keywords.get("map"))
    own = mapped or (_named(blocks, given) if _is_symbol(blocks, given) else _text(blocks, given))
    steps = _steps(blocks, call.keywords.get("with"))
    if mapped and str(mapped[0]).startswith("/"):
        return (*own, *steps)
    parents = place.parents + _parents(blocks, call.keywords.get("parent"))
    name = () if mapped or place.mapped else place.name
    return below((*place.mapped, *parents, *name), own) + steps


def _named(blocks: Blocks, given: Expr) -> Value:
    text = blocks.text(given, {}) or ""
    return () if text == INDEX else (f"/{text}",)


def _is_symbol(blocks: Blocks, given: Expr) -> bool:
    """Whether a text is written as a symbol, which names an action, and no path."""
    text = plain(given) if isinstance(given, Text) else None
    lines = blocks.look.lines
    return bool(text) and 0 < given.line <= len(lines) and f":{text}" in lines[given.line - 1]


def _steps(blocks: Blocks, expr: Expr | None) -> Value:
    """``with: [:id, :page]``: parameters at the end of a path."""
    return tuple(f"/:{name}" for name in blocks.texts(expr, {})) if expr is not None else ()


def _parents(blocks: Blocks, expr: Expr | None) -> Value:
    """``parent: :blogs``: the resource around, with its id."""
    return tuple(f"/{name}/:{singular(name)}_id" for name in blocks.texts(expr, {})) if expr is not None else ()


def _text(blocks: Blocks, expr: Expr | None) -> Value:
    found = blocks.path(expr, {}) if expr is not None else ()
    return tuple(named_splats(part) if isinstance(part, str) else part for part in found)


FRAMEWORK = Framework(name=NAME, languages=("Ruby",), read=read, packages=("padrino", "padrino-core"))
