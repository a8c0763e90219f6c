"""Finds test cases in C#: methods that xUnit, NUnit, MSTest and TUnit know by their attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import truth
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Call, Class, Expr, Function, Items, dotted
from reviewer.gather.testing._draft import Draft
from reviewer.gather.testing._paths import Row

XUNIT, NUNIT, MSTEST, TUNIT = "xUnit", "NUnit", "MSTest", "TUnit"
RUNNERS = {
    "Xunit": XUNIT,
    "NUnit.Framework": NUNIT,
    "NUnit": NUNIT,
    "Microsoft.VisualStudio.TestTools.UnitTesting": MSTEST,
    "TUnit": TUNIT,
}
BY_ATTRIBUTE = {
    **dict.fromkeys(words("Fact SkippableFact AutoData InlineAutoData"), XUNIT),
    **dict.fromkeys(words("Theory SkippableTheory"), XUNIT),
    **dict.fromkeys(words("Test TestCase TestCaseSource"), NUNIT),
    **dict.fromkeys(words("TestMethod DataTestMethod"), MSTEST),
}
OWN_FACT = re.compile(r"\w+(?:Fact|Theory)\Z")
"""Attributes of a project's own that extend xUnit's (``[DockerFact]``)."""
SKIPPING = words("Ignore Explicit")
ROWS = words("InlineData TestCase DataRow Arguments InlineAutoData")
EXPECTED = words("ExpectedException")


def runner_of(look: Look) -> str:
    """The test framework that a file imports, ``""`` where global imports hide it."""
    return next((name for module, name in RUNNERS.items() if _uses(look, module)), "")


def _uses(look: Look, module: str) -> bool:
    return any(item.module == module or item.module.startswith(f"{module}.") for item in look.module.imports)


def find_cases(look: Look) -> Iterator[Draft]:
    """The cases of a module in source order."""
    runner = runner_of(look)
    for method in look.module.functions:
        if method.owner == -1:
            continue
        names = {name_of(item): item for item in method.decorators}
        known = next((BY_ATTRIBUTE[name] for name in names if name in BY_ATTRIBUTE), "")
        if not known and runner == XUNIT and any(OWN_FACT.match(name) for name in names):
            known = XUNIT
        if not known:
            continue
        owner = look.module.classes[method.owner]
        yield Draft(
            name=method.name,
            framework=runner or known,
            line=method.line,
            end_line=method.end_line,
            function=method.index,
            negative=any(name in EXPECTED for name in names),
            assertions=sum(1 for name in names if name in EXPECTED),
            skipped=_skipped(method, owner),
        )


def _skipped(method: Function, owner: Class) -> bool:
    for item in (*method.decorators, *owner.decorators):
        if name_of(item) in SKIPPING:
            return True
        if isinstance(item, Call) and "Skip" in item.keywords and truth(item.keywords["Skip"]) is not False:
            return True
    return False


def name_of(decorator: Expr) -> str:
    """The name of an attribute without its namespace."""
    return dotted(decorator.callee if isinstance(decorator, Call) else decorator).rpartition(".")[2]


def rows_of(method: Function) -> list[Row]:
    """What each row of data gives to the parameters of a case; one empty row for a case without data."""
    names = [item.name for item in method.parameters]
    found: list[Row] = []
    for item in method.decorators:
        if isinstance(item, Call) and name_of(item) in ROWS:
            values = item.args
            if len(values) == 1 and isinstance(values[0], Items) and len(names) > 1:
                values = values[0].values
            found.append(dict(zip(names, values, strict=False)))
    return found or [{}]
