"""Where a declaration of Rails' routes stands: the prefix, module, name and resource around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewer.gather.frameworks.ruby._dsl import below
from reviewer.gather.frameworks.ruby._inflect import controller_class
from reviewer.gather.syntax import Expr
from reviewer.model.facts.values import Value

OPTIONAL = re.compile(r"/?\([^()]{0,200}\)")
GLOB = re.compile(r"\*(\w+)")
AS_JSON = "format: json"
"""Stands among the guards of a route that answers with JSON whatever is asked for."""
NAME = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource whose block is being read. ``nested`` is the path below which its children are served."""

    name: str
    singular: str
    controller: str
    collection: Value
    member: Value
    nested: Value


@dataclass(frozen=True, slots=True)
class Scope:
    """What holds for the declarations of one block.

    ``outside`` is the prefix without the resources around, for shallow routes. ``level`` is ``member``, ``collection``
    or ``new`` in such a block of a resource.
    """

    prefix: Value = ()
    module: str = ""
    name: str = ""
    controller: str = ""
    action: str = ""
    outside: Value = ()
    shallow: bool = False
    resource: Resource | None = None
    level: str = ""
    guards: tuple[str, ...] = ()
    options: tuple[tuple[str, Expr], ...] = ()


def cleaned(path: Value) -> Value:
    """A path without its optional parts, and with ``*rest`` as a parameter."""
    return tuple(GLOB.sub(r":\1", OPTIONAL.sub("", part)) if isinstance(part, str) else part for part in path)


def joined_name(*parts: str) -> str:
    """The parts of a route's name: ``api_v1_users``."""
    return "_".join(part for part in parts if part)


def name_of(path: Value) -> str:
    """The name that a route has from its path: ``static_pages_home`` of ``/static_pages/home``."""
    text = "".join(part for part in path if isinstance(part, str))
    return NAME.sub("_", text).strip("_")


def level_prefix(scope: Scope, level: str) -> Value:
    """The path that a declaration in the block of a resource stands below."""
    resource = scope.resource
    if resource is None:
        return scope.prefix
    if level == "member":
        return resource.member
    if level == "collection":
        return resource.collection
    if level == "new":
        return below(resource.collection, ("new",))
    return resource.nested


def in_module(scope: Scope, controller: str, action: str) -> str:
    """A controller within the module around; one that begins with a slash stands by itself."""
    whole = controller.lstrip("/") if controller.startswith("/") else "/".join((scope.module, controller)).strip("/")
    return f"{controller_class(whole)}.{action.replace('-', '_')}"
