"""Settings that paths are made of: taken from a configuration object, or a default in a schema of the environment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import pairs_of
from reviewer.gather.look import words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.syntax import Attribute, Call, Expr, Mapping, Module, Name, dotted, plain
from reviewer.model.facts.code import Attribute as Constant
from reviewer.model.facts.values import Ref

SPACE = "config."
"""What stands before a key of the files that a configuration object reads."""
READS = words("get getOrThrow")
HOLDERS = re.compile(r"(?:^|\.)\w*(?:conf|config|configuration|settings|env|environment)$", re.IGNORECASE)
SCHEMAS = words("zod envalid joi @hapi/joi yup valibot env-var @t3-oss/env-core @t3-oss/env-nextjs @sinclair/typebox")
CHAIN_MOST = 12


def read(module: Module, kept: Kept) -> None:
    """Keeps variables that hold a setting, and the defaults of schemas."""
    if "get" in module.text:
        kept.constants.extend(_taken(module))
    if module.imported(*SCHEMAS) and "default" in module.text:
        for call in module.calls:
            for arg in call.args:
                if isinstance(arg, Mapping):
                    kept.constants.extend(_defaults(arg))


def key_of(expr: Expr | None) -> str:
    """The key of a setting that is read, ``""`` for anything else.

    ``api.prefix`` of ``config.get("api.prefix")`` and of ``config.get("api").prefix``.
    """
    if isinstance(expr, Attribute):
        above = key_of(expr.value) if isinstance(expr.value, Call) else ""
        return f"{above}.{expr.name}" if above else ""
    if not isinstance(expr, Call) or expr.new or not expr.args or expr.last not in READS:
        return ""
    holder = dotted(expr.callee).rpartition(".")[0]
    return (plain(expr.args[0]) or "") if HOLDERS.search(holder) else ""


def _taken(module: Module) -> Iterator[Constant]:
    """``const prefix = config.get("api.prefix")``."""
    for item in module.assignments:
        if item.function == -1 and item.owner == -1 and len(getattr(item.value, "args", ())) == 1:
            key = key_of(item.value)
            if key:
                yield Constant(name=item.target, value=(Ref(name=SPACE + key),), line=item.line)


def _defaults(fields: Mapping) -> Iterator[Constant]:
    """``API_PREFIX: z.string().default("/api")``, ``API_PREFIX: str({ default: "/api" })``."""
    for key, value in pairs_of(fields):
        text = _default(value)
        if key.isupper() and text:
            yield Constant(name=key, value=(text,), line=value.line)


def _default(expr: Expr) -> str:
    for _ in range(CHAIN_MOST):
        if not isinstance(expr, Call):
            break
        first = expr.args[0] if expr.args else None
        if expr.last == "default":
            return plain(first) or ""
        for option in expr.args:
            if isinstance(option, Mapping) and (text := plain(option.get("default"))):
                return text
        expr = expr.callee.value if isinstance(expr.callee, Attribute) else Name("", expr.line)
    return ""


SETTINGS = Reader("settings in code", ("JavaScript", "TypeScript"), read)
