"""Routes as one file declares them, and endpoints as the linked repository serves them."""

from __future__ import annotations

from enum import StrEnum

from reviewer.model.base import Noun
from reviewer.model.facts.values import Place, Value


class Router(Noun):
    """An object that routes are declared on: an application, blueprint, router, controller or URL list.

    ``symbol`` is its name in this file. ``root`` marks an application that serves by itself. ``prefix`` is its own
    prefix, without those of whatever it is mounted on; ``exclude`` are paths that it does not stand before.
    ``guards`` stand before everything of its application.
    """

    symbol: str
    framework: str
    line: int
    root: bool = False
    prefix: Value = ()
    exclude: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()


class Route(Noun):
    """A route as declared. ``methods`` is empty where the handler decides (class views), ``("ANY",)`` where none is
    declared. ``handler`` is a name in this file, possibly imported. ``guards`` are middlewares, decorators or
    dependencies around the handler, as written. ``name`` is the route's own name, where the framework gives it one.
    ``generated`` marks one of several that a single line declares, served only where its handler is there.
    ``prefixed`` marks a path that is written behind the prefix that its mount was given.
    """

    router: str
    framework: str
    methods: tuple[str, ...]
    path: Value
    line: int
    end_line: int
    handler: str = ""
    page: bool = False
    guards: tuple[str, ...] = ()
    implicit: bool = False
    name: str = ""
    generated: bool = False
    prefixed: bool = False


class Mount(Noun):
    """``child`` (a name in this file, or an included module) is served below ``prefix`` of ``parent``.

    ``framework`` is empty in a file that hands routers around without importing any: such a mount counts where its
    parent turns out to be a router.

    Where ``folder`` is set, every file in that folder (from the one of this file) is: below its own path within it, if
    ``by_path`` says so.

    ``given`` are texts that a function is handed beside its router, each under the name of the function with the place
    or name of the parameter (``routes#1``): what it declares may have them in its paths.
    """

    parent: str
    child: str
    framework: str
    line: int
    prefix: Value = ()
    guards: tuple[str, ...] = ()
    folder: str = ""
    by_path: bool = False
    given: tuple[tuple[str, Value], ...] = ()


class View(Noun):
    """A handler that says itself what it answers to, wherever the route to it is declared (Django).

    ``symbol`` is a function, a class, or an extra action of a view set (``Users.activate``), served at ``path`` below
    it, for one item where ``detail`` is set. ``methods`` is empty where the view declares none. ``stands_for`` is the
    class behind a variable (``user_list = UserList.as_view()``). ``api`` marks a function that a library made an API's
    view, under its permissions for all. ``takes`` says what the handlers of a class are called with, where they differ:
    ``"delete pk"``, ``"get pk?"``, ``"put *"``.
    """

    symbol: str
    line: int
    methods: tuple[str, ...] = ()
    path: Value = ()
    detail: bool = False
    page: bool = False
    guards: tuple[str, ...] = ()
    stands_for: str = ""
    api: bool = False
    takes: tuple[str, ...] = ()


class AccessRule(Noun):
    """Who may ask for some paths, said apart from their routes (Spring Security): the first rule that fits decides.

    ``pattern`` is Ant's, from the application's own prefix (``/api/**``). ``methods`` is empty for all of them.
    ``guard`` is what is asked for, ``""`` where everybody may pass.
    """

    framework: str
    pattern: Value
    line: int
    guard: str = ""
    methods: tuple[str, ...] = ()


class Routing(Noun):
    """What one file declares of the routing of one or more frameworks."""

    routers: tuple[Router, ...] = ()
    routes: tuple[Route, ...] = ()
    mounts: tuple[Mount, ...] = ()
    views: tuple[View, ...] = ()
    rules: tuple[AccessRule, ...] = ()


class EndpointKind(StrEnum):
    """``page`` serves HTML; ``implicit`` comes from a library or generator."""

    API = "api"
    PAGE = "page"
    IMPLICIT = "implicit"


class Endpoint(Noun):
    """What the server answers to: method and full path from the root, parameters as ``{name}``.

    ``tested`` and ``authenticated`` are None where it could not be told. ``unsure`` marks a path before which something
    may stand that could not be read: a prefix from the environment.
    """

    method: str
    path: str
    file: str
    line: int
    framework: str
    kind: EndpointKind = EndpointKind.API
    handler: Place | None = None
    tests: tuple[Place, ...] = ()
    tested: bool | None = None
    authenticated: bool | None = None
    unsure: bool = False


class Operation(Noun):
    """An operation of GraphQL, SOAP or gRPC; ``symbol`` is the method that generators make of one of OpenAPI."""

    kind: str
    name: str
    file: str
    line: int
    symbol: str = ""
