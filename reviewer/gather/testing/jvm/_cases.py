"""Finds test cases of the JVM: methods by their annotations, and the blocks of Kotest's specs."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.gather.expressions import last, truth
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Call, Class, Expr, Function, dotted, plain
from reviewer.gather.testing._draft import Draft
from reviewer.gather.testing.jvm._names import JUNIT3, JUNIT4, MARKS, TESTNG, marks_of, runner_of

SKIPPED = words("Disabled Ignore Ignored DisabledInNativeImage")
SETUPS = words("BeforeEach BeforeAll AfterEach AfterAll Before After BeforeClass AfterClass DataProvider BeforeMethod")
JUNIT3_CASE = "TestCase"


def find_cases(look: Look) -> Iterator[Draft]:
    """The cases that are methods or functions with an annotation, in source order."""
    runner = runner_of(look)
    if not runner:
        return
    whole = {item.index: marks_of(item.decorators) for item in look.module.classes}
    for method in look.module.functions:
        if method.name == "<lambda>" or method.parent != -1:
            continue
        marks = marks_of(method.decorators)
        mark = next((marks[name] for name in marks if name in MARKS), None)
        owner = look.module.classes[method.owner] if method.owner != -1 else None
        if mark is None and not (owner is not None and _by_class(method, owner, marks, whole[owner.index], runner)):
            continue
        yield _draft(look, method, owner, marks, mark, runner)


def _by_class(method: Function, owner: Class, marks: dict[str, Expr], whole: dict[str, Expr], runner: str) -> bool:
    """Cases without an annotation: of a class that TestNG takes whole, and of JUnit 3."""
    if runner == TESTNG and "Test" in whole:
        return "public" in method.modifiers and not marks.keys() & SETUPS and method.name[:1].islower()
    inherits = any(last(dotted(base)) == JUNIT3_CASE for base in owner.bases)
    return runner in (JUNIT3, JUNIT4) and inherits and method.name.startswith("test") and not method.parameters


def _draft(
    look: Look, method: Function, owner: Class | None, marks: dict[str, Expr], mark: Expr | None, runner: str
) -> Draft:
    expected = _keyword(mark, "expected") or _keyword(mark, "expectedExceptions") or marks.get("ExpectedException")
    display = marks.get("DisplayName")
    named = plain(display.args[0]) if isinstance(display, Call) and display.args else None
    prefix = f"{owner.name}." if owner is not None else ""
    return Draft(
        name=f"{owner.name} > {named}" if named and owner is not None else named or f"{prefix}{method.name}",
        framework=runner,
        line=method.line,
        end_line=method.end_line,
        function=method.index,
        assertions=1 if expected is not None else 0,
        negative=expected is not None,
        skipped=_skipped(look, method, owner, mark),
    )


def _keyword(mark: Expr | None, key: str) -> Expr | None:
    return mark.keywords.get(key) if isinstance(mark, Call) else None


def _skipped(look: Look, method: Function, owner: Class | None, mark: Expr | None) -> bool:
    """By its own annotation, or by one of the classes around it."""
    if truth(_keyword(mark, "enabled")) is False:
        return True
    if marks_of(method.decorators).keys() & SKIPPED:
        return True
    classes = look.module.classes
    for _ in range(20):
        if owner is None:
            return False
        if marks_of(owner.decorators).keys() & SKIPPED:
            return True
        owner = classes[owner.parent] if owner.parent != -1 else None
    return False
