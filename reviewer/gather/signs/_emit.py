"""How a sign reader keeps a sign, and the questions that several of them ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, Protocol

from reviewer.gather.expressions import inside, last, pairs_of
from reviewer.gather.look import Look
from reviewer.gather.objects import objects
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Class, Expr, Name, dotted
from reviewer.model.facts.code import Sign, SignKind

PYTHON = ("Python",)
ECMA = ("JavaScript", "TypeScript")
BOTH = PYTHON + ECMA

PYTHON_WEB = (
    *("flask", "flask_restful", "flask_restx", "flask_smorest", "quart", "connexion", "werkzeug", "bottle", "cherrypy"),
    *("fastapi", "starlette", "litestar", "ninja", "sanic", "falcon", "aiohttp", "tornado", "pyramid"),
    *("django", "rest_framework"),
)
BROWSER = re.compile(
    r"\b(?:document\.(?:getElementById|querySelector|createElement|addEventListener|body|cookie)|window\.)"
)
BROWSER_MODULES = (
    "react",
    "vue",
    "@angular/core",
    "svelte",
    "jquery",
    "react-dom",
    "next/link",
    "@angular/common/http",
    "preact",
)
SERVER_MODULES = ("express", "koa", "fastify", "@nestjs/common", "@nestjs/core", "@hapi/hapi", "http", "hono")


class Placed(Protocol):
    """Anything with a line."""

    @property
    def line(self) -> int: ...


def keep(kept: Kept, look: Look, kind: SignKind, at: Placed, detail: str, function: int | None = None) -> None:
    """Keeps a sign at the lines of ``at``, in the function that it says or in the one given."""
    index = getattr(at, "function", -1) if function is None else function
    line = at.line
    kept.signs.append(
        Sign(
            kind=kind,
            line=line,
            end_line=max(line, getattr(at, "end_line", line)),
            detail=detail[:200],
            function=look.qualname(index if isinstance(index, int) else -1),
        )
    )


def keep_variable(kept: Kept, look: Look, at: Placed, name: str, function: int | None = None) -> None:
    """Keeps a variable that is read from the environment itself; a hint says so where its name does not."""
    keep(kept, look, SignKind.ENV_READ, at, name, function)
    if not name.isupper():
        keep(kept, look, SignKind.HINT, at, "variable", function)


class Setting(NamedTuple):
    """A name that is given a value: a variable, a class field, an entry of an object, a keyword of ``config.update``.

    ``where`` is the class or variable that holds it. ``alone`` says that it is a variable or field by itself.
    """

    name: str
    value: Expr
    line: int
    function: int = -1
    where: str = ""
    alone: bool = True


_latest: list[tuple[Look, tuple[Setting, ...]]] = []


def settings(look: Look) -> tuple[Setting, ...]:
    """Every setting of a module, each once; readers that look at the same module one after another share them."""
    if not (_latest and _latest[0][0] is look):
        _latest[:] = [(look, tuple(_settings(look)))]
    return _latest[0][1]


def _settings(look: Look) -> Iterator[Setting]:
    for item in look.module.assignments:
        if item.value is not None and not item.augmented:
            owner = look.module.classes[item.owner].name if 0 <= item.owner < len(look.module.classes) else ""
            yield Setting(setting_name(item.target), item.value, item.line, item.function, owner or item.target)
    for call in look.module.calls:
        if call.last in ("update", "from_mapping", "configure") or call.name == "dict":
            for key, value in call.keywords.items():
                yield Setting(key, value, value.line, call.function, call.name, alone=False)
    for mapping, function, where in objects(look):
        for name, entry in pairs_of(mapping):
            yield Setting(name, entry, entry.line, function, where, alone=False)


def setting_name(target: str) -> str:
    """``SECRET_KEY`` of ``app.config["SECRET_KEY"]``, ``secret_key`` of ``app.secret_key``."""
    if target.endswith('"]'):
        return target[:-2].rpartition('["')[2]
    return last(target)


def is_browser(look: Look) -> bool:
    """Whether a script runs in a browser: it touches the page or a library that does, and starts no server."""
    if look.imports(*SERVER_MODULES):
        return False
    return look.imports(*BROWSER_MODULES) or any(BROWSER.search(line[:500]) for line in look.lines)


def bases_of(look: Look, owner: Class) -> list[str]:
    """The full names of the bases of a class; of ``Base[T]`` and ``Base()`` that of ``Base``."""
    found = []
    for base in owner.bases:
        name = dotted(base) or next((item.dotted for item in inside(base) if isinstance(item, Name)), "")
        found.append(look.origin(name))
    return found
