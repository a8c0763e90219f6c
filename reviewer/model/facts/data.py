"""Databases, statements and schema."""

from __future__ import annotations

from enum import StrEnum

from reviewer.model.base import Noun


class DataKind(StrEnum):
    """What a name in a data use is."""

    SQL = "sql"
    NOSQL = "nosql"
    CACHE = "cache"
    SEARCH = "search"
    LAYER = "layer"


class How(StrEnum):
    """How a database or data layer shows itself, weakest first. Only CONFIGURED and above count as use."""

    README = "readme"
    DEPENDENCY = "dependency"
    IMPORTED = "imported"
    CONFIGURED = "configured"
    CONNECTED = "connected"
    QUERIED = "queried"


class DataUse(Noun):
    """One place where a database or a data layer shows itself; ``tests``: for runs of tests alone."""

    name: str
    kind: DataKind
    how: How
    line: int
    detail: str = ""
    tests: bool = False


class Feature(StrEnum):
    """What a statement does beyond its verb."""

    JOIN = "join"
    GROUP = "group"
    AGGREGATE = "aggregate"
    SUBQUERY = "subquery"
    CTE = "cte"
    WINDOW = "window"
    LIMIT = "limit"
    ORDER = "order"
    STAR = "star"
    LOCK = "lock"
    EAGER = "eager"


class Statement(Noun):
    """A statement against a relational database, raw or through an ORM (``layer``).

    ``verb`` is lower case (select, insert, update, delete, create, ...). ``filters`` are column names that the
    statement filters, joins or sorts by, with their table where it is clear: ``orders.user_id`` or ``user_id``.
    ``patterns`` are those of them that are compared with a pattern, as by LIKE.
    ``injection`` is a sentence where a value gets into the text unbound, None elsewhere. ``bound`` tells whether values
    are bound; None where there are none. ``understood`` is False where the dialect could not be parsed.
    """

    verb: str
    line: int
    end_line: int
    layer: str = "sql"
    tables: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    features: tuple[Feature, ...] = ()
    bound: bool | None = None
    injection: str | None = None
    in_loop: bool = False
    many: bool | None = None
    function: str = ""
    understood: bool = True


class Column(Noun):
    """A column. ``references`` is ``table.column`` or ``table``. ``unique`` and ``indexed`` are by itself alone."""

    name: str
    type: str = ""
    nullable: bool = True
    primary: bool = False
    unique: bool = False
    indexed: bool = False
    checked: bool = False
    references: str | None = None


class Table(Noun):
    """A table as declared by DDL, a migration or a model. ``source`` names which: ``ddl``, ``SQLAlchemy``, ...

    ``weak`` says that the name is the collection's: one that the model gives itself goes before it. ``uniques`` are
    columns that are unique together; a column that is unique alone says so itself. ``changed`` says that only what
    changes the table is known, not what creates it.
    """

    name: str
    line: int
    end_line: int
    source: str
    columns: tuple[Column, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    model: str = ""
    weak: bool = False
    uniques: tuple[tuple[str, ...], ...] = ()
    changed: bool = False


class MigrationStep(Noun):
    """One step of a migration tool; with ``setup``, the place that sets the tool up and is no step.

    ``changes`` is the number of steps that one file holds, as the change sets of a changelog.
    """

    tool: str
    line: int = 1
    setup: bool = False
    changes: int = 1


class Role(StrEnum):
    """Whether a database is really used, used by the tests alone, or merely named."""

    USED = "used"
    TESTS = "tests"
    NAMED = "named"
