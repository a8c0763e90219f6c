"""What is kept of one file: pure, and cached by blob id."""

from __future__ import annotations

from enum import StrEnum

from reviewer.model.base import Noun
from reviewer.model.facts.code import Attribute, Block, Catch, ClassDef, Export, Function, Import, Sign
from reviewer.model.facts.data import DataUse, MigrationStep, Statement, Table
from reviewer.model.facts.documents import Document, Secret
from reviewer.model.facts.routing import Operation, Routing
from reviewer.model.facts.tests import TestFile


class Runs(StrEnum):
    """How a file is run, where it tells by itself."""

    IN_BROWSER = "in-browser"
    BY_HAND = "by-hand"


class FileFacts(Noun):
    """The facts of one file. Depends on its bytes, the kind of its path and the extractor version alone.

    ``understood`` is False where the file could not be parsed well enough to blame anything in it; ``problems`` says
    why, in words that a reader of the report understands. ``namespace`` is what its classes lie in, with dots (the
    package of Java, Kotlin and Go, the namespace of C# and PHP). ``drafted`` says that a generator wrote its first
    version, so that what it declares counts and its form says nothing.
    """

    kind: str
    lines: int = 0
    code_lines: int = 0
    functions: tuple[Function, ...] = ()
    blocks: tuple[Block, ...] = ()
    classes: tuple[ClassDef, ...] = ()
    imports: tuple[Import, ...] = ()
    exports: tuple[Export, ...] = ()
    constants: tuple[Attribute, ...] = ()
    catches: tuple[Catch, ...] = ()
    signs: tuple[Sign, ...] = ()
    routing: Routing | None = None
    operations: tuple[Operation, ...] = ()
    statements: tuple[Statement, ...] = ()
    tables: tuple[Table, ...] = ()
    data: tuple[DataUse, ...] = ()
    migration: MigrationStep | None = None
    tests: TestFile | None = None
    document: Document | None = None
    secrets: tuple[Secret, ...] = ()
    generated: bool = False
    maintainability: float | None = None
    understood: bool = True
    problems: tuple[str, ...] = ()
    namespace: str = ""
    drafted: bool = False
    runs: Runs | None = None
