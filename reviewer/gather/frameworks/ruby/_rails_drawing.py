"""Walks Rails' routes file block by block, and keeps what its declarations say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import msgspec

from reviewer.gather.frameworks.ruby._dsl import DEPTH_MOST, Blocks, Env, block_of, positional
from reviewer.gather.frameworks.ruby._rails_scope import Scope, cleaned, level_prefix
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Call, Expr, Function
from reviewer.model.facts.routing import Mount, Route
from reviewer.model.facts.values import Value

RAILS = "Ruby on Rails"
ROUTES_MOST = 6000
"""Routes of one file that are kept."""
STEPS_MOST = 20_000
"""Declarations of one file that are read, those in loops and concerns once for each turn."""
GUARDING_BLOCKS = frozenset({"authenticate", "authenticated"})
NOT_ENTERED = frozenset({"direct", "resolve", "concern", "lambda", "proc"})
GIVEN_BLOCK = "&"
"""The keyword of a call that hands a block on: ``scope(module: "v1", &routes)``."""
PAGE, IMPLICIT, GENERATED = "page", "implicit", "generated"
"""What a route may be marked as."""


@dataclass(frozen=True, slots=True)
class Site:
    """A declaration with everything that holds where it stands."""

    call: Call
    scope: Scope
    env: Env
    depth: int
    given: Site | None = None
    """In a method of the project: the call with the block that it was given."""

    def option(self, key: str) -> Expr | None:
        """A keyword of the declaration, or of the ``with_options`` around it."""
        return self.call.keywords.get(key) or dict(self.scope.options).get(key)


Declaration = Callable[["Drawing", Site], None]


@dataclass(slots=True)
class Drawing:
    """One routes file while it is read. ``declarations`` are read by name."""

    blocks: Blocks
    kept: Kept
    router: str
    declarations: Mapping[str, Declaration]
    concerns: dict[str, Site] = field(default_factory=dict)
    left: int = ROUTES_MOST
    steps: int = STEPS_MOST
    methods: dict[str, Function] = field(init=False)
    """What the file itself defines to declare routes with."""

    def __post_init__(self) -> None:
        self.methods = {item.name: item for item in self.blocks.module.functions if item.name.isidentifier()}

    def block(self, site: Site, scope: Scope) -> None:
        """Everything in the block of a declaration, once for each turn of a loop."""
        if site.depth < DEPTH_MOST and self.steps > 0:
            for turn in self.blocks.turns(site.call, site.env):
                for call in self.blocks.inside(site.call):
                    self.call(Site(call, scope, turn, site.depth + 1, site.given))

    def call(self, site: Site) -> None:
        """One declaration; a block that declares nothing by itself is entered."""
        self.steps -= 1
        if self.steps < 0 or self.left <= 0:
            return
        site = self._with_given_block(site)
        call, scope = site.call, site.scope
        name, has_block = call.last, block_of(call) is not None
        if name in self.methods and name == call.name:
            self._method(site, self.methods[name])
        elif name == "yield" and site.given is not None:
            self.block(replace(site.given, depth=site.depth), scope)
        elif "." in call.name and not self._on_mapper(call):
            if has_block and name in ("each", "map"):
                self.block(site, scope)
        elif name in self.declarations:
            self.declarations[name](self, site)
        elif has_block and name not in NOT_ENTERED:
            guards = (*scope.guards, f"{name} guard") if name in GUARDING_BLOCKS else scope.guards
            self.block(site, replace(scope, guards=guards))

    def _with_given_block(self, site: Site) -> Site:
        """A call that hands on the block of the method around, with that block as its own."""
        block = block_of(site.given.call) if site.given is not None else None
        if GIVEN_BLOCK not in site.call.keywords or block is None:
            return site
        return replace(site, call=msgspec.structs.replace(site.call, args=(*site.call.args, block)))

    def _method(self, site: Site, method: Function) -> None:
        """A method of the file: what it declares, with its parameters standing for what it is given here."""
        if site.depth >= DEPTH_MOST:
            return
        env = dict(site.env)
        names = [parameter.name for parameter in method.parameters if parameter.name not in site.call.keywords]
        for parameter in method.parameters:
            value = site.call.keywords.get(parameter.name) or parameter.default
            if value is not None:
                env[parameter.name] = value
        env.update(zip(names, positional(site.call), strict=False))
        given = site if block_of(site.call) is not None else site.given
        for call in self.blocks.calls.get(method.index, []):
            self.call(Site(call, site.scope, env, site.depth + 1, given))

    def _on_mapper(self, call: Call) -> bool:
        """``map.resources`` and ``options.get``: called on what the block around is given."""
        head = call.name.rpartition(".")[0]
        return any(
            parameter.name == head
            for function in self.blocks.look.around(call.function)
            for parameter in function.parameters
        )

    def use_concerns(self, names: Iterable[str], site: Site, scope: Scope) -> None:
        """Everything that these concerns declare, here."""
        for name in list(names)[:20]:
            found = self.concerns.get(name)
            if found is not None:
                self.block(replace(found, depth=site.depth + 1), scope)

    def text(self, site: Site, key: str) -> str | None:
        """A keyword that is a constant text."""
        return self.blocks.text(site.option(key), site.env)

    def path(self, site: Site, expr: Expr | None) -> Value:
        """A path in pieces."""
        return self.blocks.path(expr, site.env)

    def keep(
        self,
        site: Site,
        methods: tuple[str, ...],
        path: Value,
        handler: str,
        name: str = "",
        mark: str = "",
        guard: str = "",
    ) -> None:
        """Keeps one route; ``guard`` is one that a library puts before it."""
        if self.left <= 0:
            return
        self.left -= 1
        call = site.call
        self.kept.routes.append(
            Route(
                router=self.router,
                framework=RAILS,
                methods=methods,
                path=cleaned(path) or ("/",),
                line=call.line,
                end_line=call.line if block_of(call) is not None else call.end_line,
                handler=handler,
                page=mark == PAGE,
                guards=(*site.scope.guards, guard) if guard else site.scope.guards,
                implicit=mark == IMPLICIT,
                name=name,
                generated=mark == GENERATED,
            )
        )

    def mount(self, site: Site, child: str, prefix: Value) -> None:
        """Keeps an application or another routes file below a path."""
        self.kept.mounts.append(
            Mount(
                parent=self.router,
                child=child,
                framework=RAILS,
                line=site.call.line,
                prefix=prefix,
                guards=site.scope.guards,
            )
        )


def place(site: Site) -> Value:
    """The path that a declaration stands below."""
    return level_prefix(site.scope, site.scope.level)
