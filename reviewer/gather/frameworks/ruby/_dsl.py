"""Declarations in blocks (``namespace :api do ... end``): which calls stand in which block, and what they are given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewer.gather.look import Look
from reviewer.gather.syntax import (
    Call,
    Expr,
    Items,
    Lambda,
    Mapping,
    Module,
    Name,
    Number,
    Text,
    dotted,
    plain,
    value_of,
)
from reviewer.model.facts.values import Ref, Value

VERBS = {
    "get": "GET",
    "post": "POST",
    "put": "PUT",
    "patch": "PATCH",
    "delete": "DELETE",
    "options": "OPTIONS",
    "head": "HEAD",
}
DEPTH_MOST = 30
"""Blocks inside one another that are entered."""

Env = dict[str, Expr]
"""What the parameters of blocks that are called for each element stand for."""


@dataclass(slots=True)
class Blocks:
    """The calls of a module by the block that they stand in."""

    look: Look
    calls: dict[int, list[Call]] = field(default_factory=dict)

    @classmethod
    def of(cls, look: Look) -> Blocks:
        """The blocks of a module; readers that are given the same one after another share them."""
        if _latest and _latest[0].look is look:
            return _latest[0]
        found = cls(look)
        _latest[:] = [found]
        for call in look.module.calls:
            found.calls.setdefault(call.function, []).append(call)
        return found

    @property
    def module(self) -> Module:
        """The module."""
        return self.look.module

    def inside(self, call: Call) -> list[Call]:
        """The calls in the block of a call."""
        block = block_of(call)
        return self.calls.get(block.function, []) if block is not None else []

    def everything(self, function: int, depth: int = 0) -> Iterator[Call]:
        """The calls in a block or method and in all blocks inside it."""
        for call in self.calls.get(function, []):
            yield call
            if depth < DEPTH_MOST:
                for arg in (*call.args, *call.keywords.values()):
                    if isinstance(arg, Lambda):
                        yield from self.everything(arg.function, depth + 1)

    def turns(self, call: Call, env: Env) -> list[Env]:
        """What the block of a call sees of its parameters, once for each turn: ``%w[a b].each do |name|``."""
        block = block_of(call)
        parameters = self.module.functions[block.function].parameters if block is not None else ()
        values = self.value(getattr(call.callee, "value", None) or _receiver(call), env)
        if call.last not in ("each", "map") or len(parameters) != 1 or not isinstance(values, Items):
            return [env]
        return [{**env, parameters[0].name: value} for value in values.values[:40]]

    def value(self, expr: Expr | None, env: Env) -> Expr | None:
        """An expression, or what a name in it stands for."""
        if isinstance(expr, Name) and expr.dotted in env:
            return env[expr.dotted]
        if isinstance(expr, Name):
            found = self.look.value(expr, -1)
            if found is expr:
                named = [item for item in self.module.assignments if item.target == expr.dotted]
                return named[0].value if len(named) == 1 else expr
            return found
        return expr

    def text(self, expr: Expr | None, env: Env) -> str | None:
        """A constant text or symbol, or None; what is interpolated and known is filled in."""
        value = self.value(expr, env)
        if isinstance(value, Number):
            return value.text
        if not isinstance(value, Text) or plain(value) is not None:
            return plain(value)
        parts = [part if isinstance(part, str) else self._short(part, env) for part in value.parts]
        return "".join(part for part in parts if part is not None) if None not in parts else None

    def _short(self, expr: Expr, env: Env) -> str | None:
        """What is interpolated: a number, or a constant text without more of the kind in it."""
        value = self.value(expr, env)
        return value.text if isinstance(value, Number) else plain(value)

    def path(self, expr: Expr | None, env: Env) -> Value:
        """A path in pieces; what is interpolated and known is filled in."""
        value = self.value(expr, env)
        if not isinstance(value, Text):
            return value_of(value) if isinstance(value, Name) else ()
        found: list[str | Ref] = []
        for part in value.parts:
            known = part if isinstance(part, str) else self.text(part, env)
            found.append(known if known is not None else Ref(name=dotted(part) if not isinstance(part, str) else ""))
        return tuple(found)

    def texts(self, expr: Expr | None, env: Env) -> tuple[str, ...]:
        """The constant texts of a list, or of one alone."""
        value = self.value(expr, env)
        values = value.values if isinstance(value, Items) else (value,)
        return tuple(text for item in values if (text := self.text(item, env)) is not None)


_latest: list[Blocks] = []


def _receiver(call: Call) -> Expr | None:
    head = call.name.rpartition(".")[0]
    return Name(head, call.line) if head else None


def block_of(call: Call) -> Lambda | None:
    """The block of a call."""
    return call.args[-1] if call.args and isinstance(call.args[-1], Lambda) else None


def positional(call: Call) -> tuple[Expr, ...]:
    """The arguments of a call that are neither keywords, nor pairs, nor its block."""
    return tuple(arg for arg in call.args if not isinstance(arg, (Lambda, Mapping)))


def arrow(call: Call) -> tuple[Expr, Expr] | None:
    """The first entry whose key is no symbol: ``"/path" => "users#show"``."""
    return next(arrows(call), None)


def arrows(call: Call) -> Iterator[tuple[Expr, Expr]]:
    """Every entry whose key is no symbol."""
    for arg in call.args:
        for key, value in arg.pairs if isinstance(arg, Mapping) else ():
            if key is not None:
                yield key, value


def below(prefix: Value, path: Value) -> Value:
    """A path below a prefix."""
    first, *rest = path or ("",)
    inner = (first.lstrip("/"), *rest) if isinstance(first, str) else path
    inner = inner[1:] if inner[:1] == ("",) else inner
    return (*prefix, "/", *inner) if inner else prefix
