"""The Serverless Framework and AWS SAM: functions in JavaScript described by objects, or by documents."""

from __future__ import annotations

import re

from reviewer.gather.expressions import pairs_of, truth
from reviewer.gather.frameworks._serverless import expand, framework
from reviewer.gather.reader import Framework, Kept
from reviewer.gather.syntax import Expr, Items, Mapping, Module, Text, dotted, plain, value_of, walk
from reviewer.model.facts.code import Sign, SignKind
from reviewer.model.facts.routing import Route, Router
from reviewer.model.facts.values import Value

NAME = "Serverless Framework"
ECMA = ("JavaScript", "TypeScript")
EVENTS = frozenset({"http", "httpApi"})
SCHEMAS = ("schema", "schemas")
"""What a gateway holds a body against before it calls the function."""
METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "ANY"})
MARK = re.compile(r"\bevents\s*:")
HANDED_ON = re.compile(r"\{proxy\+\}")
OBJECTS_MOST = 400


def read(module: Module, kept: Kept) -> None:
    """``{ handler: "src/hello.main", events: [{ http: { method: "get", path: "hello" } }] }``."""
    if not MARK.search(module.text):
        return
    values = [item.value for item in module.assignments if item.function == -1]
    values += [item.value for item in module.exports]
    seen: set[int] = set()
    for value in values:
        for part in walk(value):
            if isinstance(part, Mapping) and id(part) not in seen and len(seen) < OBJECTS_MOST:
                seen.add(id(part))
                if part.get("handler") is not None and part.get("events") is not None:
                    _function(kept, part)


def _function(kept: Kept, item: Mapping) -> None:
    events = item.get("events")
    for event in events.values if isinstance(events, Items) else ():
        for kind, given in pairs_of(event):
            if kind in EVENTS:
                _event(kept, item, given)


def _event(kept: Kept, item: Mapping, given: Expr) -> None:
    value: Value
    guards: tuple[str, ...]
    text = plain(given)
    if text is not None:
        method, _, path = text.strip().partition(" ")
        value, guards = (f"/{path.lstrip('/')}",) if path else (), ()
    elif isinstance(given, Mapping):
        method, value = plain(given.get("method")) or "", ("/", *value_of(given.get("path")))
        authorizer = given.get("authorizer")
        guarded = authorizer is not None or truth(given.get("private")) is True
        guards = (f"authorizer {plain(authorizer) or dotted(authorizer)}".strip(),) if guarded else ()
    else:
        return
    if method.upper() not in METHODS or not value or any(isinstance(p, str) and HANDED_ON.search(p) for p in value):
        return
    if isinstance(given, Mapping) and any(key in SCHEMAS for key, _ in pairs_of(given.get("request"))):
        sign = Sign(kind=SignKind.VALIDATION, line=given.line, end_line=given.line, detail="schemas of API Gateway")
        kept.signs.append(sign)
    if not any(router.framework == NAME for router in kept.routers):
        kept.routers.append(Router(symbol=NAME, framework=NAME, line=item.line, root=True))
    kept.routes.append(
        Route(
            router=NAME,
            framework=NAME,
            methods=(method.upper(),),
            path=value,
            line=given.line,
            end_line=given.line,
            name=_handler(item.get("handler")),
            guards=guards,
        )
    )


def _handler(expr: Expr | None) -> str:
    """The function beside the file: of ``${handlerPath(__dirname)}/handler.main``, ``handler.main``."""
    if isinstance(expr, Text):
        return "".join(part for part in expr.parts if isinstance(part, str)).lstrip("/")
    return ""


SERVERLESS = Framework(name=NAME, languages=ECMA, read=read, packages=("serverless",), expand=expand, decides=True)
SAM = framework("AWS SAM", ECMA)
