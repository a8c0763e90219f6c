"""Files of routes that other files of a Laravel application load, by helpers, requires and whole folders."""

from __future__ import annotations

import re

from reviewer.gather.look import words
from reviewer.gather.reader import Kept
from reviewer.gather.syntax import Call, Expr, Module, Name, Text
from reviewer.model.facts.routing import Mount, Router

FOLDERS = words("base_path module_path app_path")
"""Helpers whose last argument is a path in the application or in one of its modules."""
REQUIRES = words("require require_once include include_once")
LISTING = words("glob scandir allFiles files")
"""Calls that list the files of a folder, each of which is then required."""
OTHER_FILE = re.compile(
    r"vendor|autoload|bootstrap|artisan|helpers?\.php|config|(?:^|/)(?:models?|controllers?|middlewares?|interfaces?|entit(?:y|ies)"
    r"|classes|services?|views?)/",
    re.IGNORECASE,
)
"""Files that an application requires for something else than their routes."""
ROUTES_FILE = re.compile(r"rout|/(?:api|web|admin|auth|v\d)\b", re.IGNORECASE)
PATTERN = re.compile(r"/?(?:\*+(?:\.php)?|\{[^{}]*\})\Z")
REQUIRES_MOST = 60


def file_of(expr: Expr | None) -> str:
    """The file of routes that ``base_path('routes/api.php')`` or ``__DIR__.'/../routes/api.php'`` names."""
    if isinstance(expr, Call) and expr.last in FOLDERS and expr.args:
        expr = expr.args[-1]
    last = expr.parts[-1] if isinstance(expr, Text) and expr.parts else ""
    if not isinstance(last, str) or not last.endswith(".php"):
        return ""
    return "/" + last.lstrip("./")


def folder_of(call: Call, module: Module) -> str:
    """The folder beside a file whose files it requires one by one: ``glob(__DIR__.'/api/*.php')``."""
    text = call.args[0] if call.args else None
    if call.last not in LISTING or not isinstance(text, Text) or not isinstance(text.parts[-1], str):
        return ""
    here = isinstance(text.parts[0], Name) and text.parts[0].dotted == "__DIR__" and len(text.parts) == 2
    requires = any(item.name in REQUIRES and item.args and isinstance(item.args[0], Name) for item in module.calls)
    return PATTERN.sub("", text.parts[-1]).strip("/") if here and requires else ""


def read_requires(module: Module, kept: Kept) -> None:
    """Keeps a file that does nothing but require files of routes: what loads it loads them.

    It names no framework: it is one of a Laravel application only where that loads it.
    """
    calls = [call for call in module.calls if call.name in REQUIRES]
    if not calls or len(calls) != len(module.calls) or module.functions or module.classes or module.assignments:
        return
    paths = [file_of(call.args[0]) if call.args else "" for call in calls[:REQUIRES_MOST]]
    if not all(ROUTES_FILE.search(path) and not OTHER_FILE.search(path) for path in paths):
        return
    kept.routers.append(Router(symbol="default", framework="", line=calls[0].line))
    for call, path in zip(calls, paths, strict=False):
        kept.mounts.append(Mount(parent="default", child=path, framework="", line=call.line))
