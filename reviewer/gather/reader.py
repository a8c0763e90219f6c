"""What a reader is: a language, or something that looks at one file in the common syntax and keeps facts of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reviewer.gather.syntax import Module
from reviewer.model.check import Depth
from reviewer.model.facts.code import Attribute, Sign
from reviewer.model.facts.data import DataUse, MigrationStep, Statement, Table
from reviewer.model.facts.file import FileFacts
from reviewer.model.facts.routing import AccessRule, Mount, Operation, Route, Router, View
from reviewer.model.facts.tests import Request, TestCase
from reviewer.model.facts.values import Place

if TYPE_CHECKING:
    from reviewer.gather.index import Index


Roots = list[tuple[str, Router]]
"""Applications with the paths of the files that say so."""
Node = tuple[str, str]
"""A router: the path of its file and its symbol there."""


@dataclass(slots=True)
class Kept:
    """What readers keep of one file. Every reader adds to the same one."""

    routers: list[Router] = field(default_factory=list)
    routes: list[Route] = field(default_factory=list)
    mounts: list[Mount] = field(default_factory=list)
    views: list[View] = field(default_factory=list)
    rules: list[AccessRule] = field(default_factory=list)
    operations: list[Operation] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    data: list[DataUse] = field(default_factory=list)
    migration: MigrationStep | None = None
    cases: list[TestCase] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    test_libraries: list[str] = field(default_factory=list)
    test_database: bool = False
    test_fixtures: bool = False
    test_mocks: bool = False
    test_whole: bool = False
    constants: list[Attribute] = field(default_factory=list)
    """Settings that a framework makes known by a name of its own (``app.prefix`` of ``registerAs("app", ...)``)."""
    targets: dict[str, str] = field(default_factory=dict)
    """What a build program can be asked for, as `Document.targets` has it."""
    coverage_threshold: bool = False
    coverage_measured: bool = False
    """Settings of a test runner that are written as code, as `Document` has them."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Looks at every file of its languages. ``read`` must return at once where its library is not imported."""

    name: str
    languages: tuple[str, ...]
    read: Callable[[Module, Kept], None]


@dataclass(frozen=True, slots=True)
class Expansion:
    """One endpoint of a route whose handler decides: ``suffix`` is added to its path; ``symbol`` names the method.

    Without a ``method`` it says that the route is not served at all. ``place`` is where the handler stands, if the
    route itself does not name it. ``path`` stands in place of the route's own, where a class inherits the route.
    """

    method: str
    suffix: str = ""
    symbol: str = ""
    implicit: bool = False
    page: bool = False
    guards: tuple[str, ...] = ()
    place: Place | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Framework(Reader):
    """A web framework. ``packages`` are its dependency names by ecosystem-free spelling (``flask``, ``@nestjs/core``).

    ``expand`` is asked for routes without methods (class views, registered view sets), with the path of the file that
    declares the route. ``one_root`` says that routers which nobody mounts are served below the application's prefix
    (controllers found by scanning); else they are served at their own prefix. ``mount_overrides`` marks frameworks in
    which a mount's prefix replaces the router's own instead of standing before it (Flask's ``url_prefix``). ``decides``
    has ``expand`` asked for routes with methods as well: what it does not give is not served.
    ``settle`` is given each router with its own prefix, and returns that prefix as it is served, with the guards that
    the router has from elsewhere (its base classes). ``fill`` is given each route with its whole path, for tokens that
    only the two together can fill in.
    ``roots`` is given the path of a file and all applications, and returns those whose prefix may stand before it.
    """

    packages: tuple[str, ...] = ()
    expand: Callable[[Index, str, Route], Iterable[Expansion]] | None = None
    one_root: bool = False
    mount_overrides: bool = False
    decides: bool = False
    listed: bool = True
    """Whether its routes name a framework that the project uses; not where they are the language's own means."""
    serves: Callable[[str], bool] | None = None
    """Whether a file at a path is one that the framework finds routes in, where it goes by paths."""
    settle: Callable[[Index, str, Router, str], tuple[str, tuple[str, ...]]] | None = None
    roots: Callable[[Index, str, Roots], Roots] | None = None
    fill: Callable[[Index, Route, str], str] | None = None
    by_mount: bool = False
    """Whether its routers are served where some file mounts them, and nowhere else."""
    unnamed: Callable[[Index, Collection[Node], Container[Node]], set[Node]] | None = None
    """Given all of its routers and those that are mounted, the ones that are served nowhere: nothing names them."""


@dataclass(frozen=True, slots=True)
class Language:
    """A programming language: how its files are named, how one is parsed, and how deep it is read.

    ``parse`` never raises for bad source: it returns a `Module` whose ``errors`` says how much was not understood.
    It may raise `TooDeep` where nesting passes the guard. ``declared`` makes of it what framework readers are given:
    calls in loops written out, local constants put in.
    """

    name: str
    kinds: tuple[str, ...]
    parse: Callable[[bytes, str], Module]
    depth: frozenset[Depth]
    declared: Callable[[Module], Module] | None = None


class TooDeep(Exception):
    """The file nests deeper than the guard allows; the message says the limit."""


@dataclass(frozen=True, slots=True)
class DocumentReader:
    """Reads files that are no program: ``read`` gets the text and the facts so far, and returns them with more in them.

    ``read`` never raises for bad content: it says what was wrong in ``problems``. ``reads_generated`` is for documents
    that say the same whoever wrote them: a lock file counts although a tool wrote it.
    """

    name: str
    kinds: tuple[str, ...]
    read: Callable[[str, FileFacts], FileFacts]
    reads_generated: bool = False
