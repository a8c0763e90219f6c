"""What a Go file imports, and the name by which it knows each package."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reviewer.gather.languages._walk import (
    NOTHING,
)
from reviewer.gather.languages.go._walker import (
    Walker,
    text,
)
from reviewer.gather.syntax import Expr, Import

if TYPE_CHECKING:
    from tree_sitter import Node

VERSION = re.compile(r"v\d{1,4}")
VERSION_ENDING = re.compile(r"\.v\d{1,4}$")
AFFIXES = ("go-", "golang-", "go.")
ENDINGS = ("-go", ".go", "-golang", ".git")
KNOWN = {
    "github.com/graphql-go/graphql": "graphql",
    "github.com/go-ozzo/ozzo-validation": "validation",
    "github.com/go-ozzo/ozzo-validation/is": "is",
    "github.com/rabbitmq/amqp091-go": "amqp091",
    "github.com/swaggo/gin-swagger": "ginSwagger",
    "github.com/swaggo/http-swagger": "httpSwagger",
    "github.com/swaggo/echo-swagger": "echoSwagger",
    "github.com/swaggo/fiber-swagger": "fiberSwagger",
    "github.com/golang/mock/gomock": "gomock",
    "github.com/DATA-DOG/go-sqlmock": "sqlmock",
    "github.com/joho/godotenv": "godotenv",
    "github.com/sirupsen/logrus": "logrus",
    "github.com/golang-migrate/migrate": "migrate",
    "github.com/rubenv/sql-migrate": "migrate",
    "github.com/zeromicro/go-zero": "zero",
    "github.com/elastic/go-elasticsearch": "elasticsearch",
    "github.com/olivere/elastic": "elastic",
    "github.com/beego/beego/v2/server/web": "web",
}
"""Packages whose name cannot be told from their path."""
DOT, BLANK = ".", "_"


def import_spec(walker: Walker, node: Node) -> Expr:
    """``import m "a/b/c"``."""
    module = text(node.child_by_field_name("path")).strip('"`')
    alias = text(node.child_by_field_name("name"))
    line = node.start_point[0] + 1
    if alias == DOT:
        walker.imports.append(Import(module, "*", "*", line))
    else:
        walker.imports.append(Import(module, None, alias or package_name(module), line))
    return NOTHING


def package_name(module: str) -> str:
    """The name that a package most likely has: ``chi`` of ``github.com/go-chi/chi/v5``."""
    return next(iter(package_names(module)))


def package_names(module: str) -> Iterator[str]:
    """The names that a package may have, the likeliest first."""
    pieces = [piece for piece in module.split("/") if piece]
    while len(pieces) > 1 and VERSION.fullmatch(pieces[-1]):
        pieces.pop()
    known = KNOWN.get("/".join(pieces))
    if known:
        yield known
    last = VERSION_ENDING.sub("", pieces[-1]) if pieces else module
    bare = last
    for ending in ENDINGS:
        bare = bare.removesuffix(ending)
    for affix in AFFIXES:
        bare = bare.removeprefix(affix)
    bare = bare or last
    if "-" not in bare and "." not in bare:
        yield bare
    words = re.split(r"[-.]", bare)
    yield "".join(words)
    yield words[-1]
    yield words[0]
    yield last


def _spelled_otherwise(alias: str, source: str) -> str | None:
    """The name of a package that is its folder's but for capitals: ``Controllers`` in ``pkg/controllers``."""
    found = re.search(rf"\b{re.escape(alias)}(?=\.[A-Z])", source, re.IGNORECASE)
    return found[0] if found else None


def settle_names(walker: Walker, source: str) -> None:
    """Packages whose path leaves their name open go by the one of the likely names that the file uses."""
    for place, item in enumerate(walker.imports):
        if item.name is None and item.alias == package_name(item.module) and f"{item.alias}." not in source:
            used = next((name for name in package_names(item.module) if f"{name}." in source), None)
            used = used or _spelled_otherwise(item.alias, source)
            if used:
                walker.imports[place] = Import(item.module, None, used, item.line)
