"""Which functions of a PHP file are test cases, and of which tool."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.expressions import chain, last
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Attribute, Call, Class, Expr, Function, Lambda, Text, dotted, plain
from reviewer.gather.testing._draft import Draft

PHPUNIT = "PHPUnit"
PEST = "Pest"
CODECEPTION = "Codeception"
PHPSPEC = "phpspec"
CASE_BASE = re.compile(
    r"(?:Test_?Case|Abstract\w{0,40}Test|TestBase|BrowserTestBase|KernelTestBase|FunctionalTest|BaseTest)\Z|TestCase"
)
CASE_CLASS = re.compile(r"(?:Tests?|TestCase|_Test)\Z")
CODECEPTION_BASES = words("Codeception.Test.Unit Codeception.TestCase.Test Codeception.Module")
SPEC_BASES = words("PhpSpec.ObjectBehavior ObjectBehavior")
HIDDEN = words("private protected abstract bodyless")
TESTER = re.compile(r"(?:\A|\.)\w*Tester\Z")
PEST_CALLS = frozenset({"it", "test", "arch"})
PEST_GROUPS = frozenset({"describe", "beforeEach", "afterEach", "beforeAll", "afterAll", "uses", "pest", "dataset"})
EXPECTATION = re.compile(r"to[A-Z]")
SKIPPING = words("skip todo markTestSkipped markTestIncomplete skipOnCi skipOnWindows")
SETUPS = words("setUp setUpBeforeClass _before beforeEach beforeAll let set_up setup")


def find_cases(look: Look) -> Iterator[Draft]:
    """Every test case of a file."""
    for owner in look.module.classes:
        yield from _of_class(look, owner)
    yield from _of_pest(look)
    if not look.module.classes:
        yield from _of_scenario(look)


def _of_class(look: Look, owner: Class) -> Iterator[Draft]:
    framework = _framework(look, owner)
    if not framework or owner.kind not in ("class", "trait"):
        return
    for method in look.module.methods_of(owner):
        if HIDDEN.isdisjoint(method.modifiers) and _is_case(look, method, framework):
            expects = any(_named(item).startswith("expectedException") for item in method.decorators)
            yield Draft(
                name=method.name,
                assertions=int(expects),
                negative=expects,
                framework=framework if framework != f"{CODECEPTION} unit" else CODECEPTION,
                line=method.line,
                end_line=method.end_line,
                function=method.index,
            )


def _framework(look: Look, owner: Class) -> str:
    bases = [look.origin(dotted(base)) for base in owner.bases]
    if owner.name.endswith("Cest"):
        return CODECEPTION
    if any(base in CODECEPTION_BASES for base in bases):
        return f"{CODECEPTION} unit"
    if any(base in SPEC_BASES for base in bases):
        return PHPSPEC
    if any(CASE_BASE.search(last(base)) for base in bases):
        return PHPUNIT
    if CASE_CLASS.search(owner.name) and (bases or look.imports("PHPUnit")):
        return PHPUNIT if _asserts(look, owner) else ""
    return ""


def _asserts(look: Look, owner: Class) -> bool:
    return any(call.owner == owner.index and call.last.startswith(("assert", "expect")) for call in look.module.calls)


def _is_case(look: Look, method: Function, framework: str) -> bool:
    if framework == CODECEPTION:
        return not method.name.startswith("_") and any(TESTER.search(item.type) for item in method.parameters)
    if framework == PHPSPEC:
        return method.name.startswith(("it_", "its_"))
    return method.name.lower().startswith("test") or any(_is_mark(look, item) for item in method.decorators)


def _is_mark(look: Look, decorator: Expr) -> bool:
    """``@test`` and ``#[Test]``."""
    name = _named(decorator)
    return name == "test" or last(look.origin(name)) == "Test"


def _named(decorator: Expr) -> str:
    """``test`` of ``@test``, ``expectedException`` of ``@expectedException RuntimeException``."""
    return dotted(decorator.callee if isinstance(decorator, Call) else decorator)


def _of_pest(look: Look) -> Iterator[Draft]:
    """``it('adds', function () {...})`` and ``test('adds')->expect(...)``."""
    seen: set[int] = set()
    for call in look.module.calls:
        if call.name not in PEST_CALLS or not call.args or not isinstance(call.args[0], Text) or id(call) in seen:
            continue
        closure = next((arg for arg in call.args[1:] if isinstance(arg, Lambda)), None)
        links = following(look, call)
        if closure is None and not links and len(call.args) < 2:
            continue
        outer = links[-1] if links else call
        names = {link.last for link in links}
        yield Draft(
            name=plain(call.args[0]) or "".join(part for part in call.args[0].parts if isinstance(part, str)),
            framework=PEST,
            line=call.line,
            end_line=outer.end_line,
            function=closure.function if closure is not None else -1,
            skipped=not SKIPPING.isdisjoint(names),
            negative="throws" in names or "throwsIf" in names,
            assertions=_higher_order(links),
        )


def _higher_order(links: list[Call]) -> int:
    """Assertions that hang on a Pest case itself: ``->get('/')->assertOk()``, ``->throws(...)``."""
    return sum(
        link.last.startswith("assert") or link.last == "throws" or bool(EXPECTATION.match(link.last)) for link in links
    )


def following(look: Look, call: Call) -> list[Call]:
    """The calls that hang on a call, in order."""
    found: list[Call] = []
    nexts = _chained(look)
    while (further := nexts.get(id(call))) is not None and len(found) < 60:
        found.append(further)
        call = further
    return found


_latest: list[tuple[Look, dict[int, Call]]] = []


def _chained(look: Look) -> dict[int, Call]:
    if not (_latest and _latest[0][0] is look):
        links: dict[int, Call] = {}
        for call in look.module.calls:
            below: Expr = call.callee
            while isinstance(below, Attribute):
                below = below.value
            if isinstance(below, Call) and below is not call.callee:
                links[id(below)] = call
        _latest[:] = [(look, links)]
    return _latest[0][1]


def _of_scenario(look: Look) -> Iterator[Draft]:
    """Codeception's oldest form: a file that talks to ``$I``."""
    made = next((item for item in look.module.assignments if item.target == "I" and item.function == -1), None)
    if made is None or not isinstance(made.value, Call) or not made.value.new:
        return
    spoken = [call for call in look.module.calls if call.name.startswith("I.")]
    wanted = next((plain(call.args[0]) for call in spoken if call.last in ("wantTo", "wantToTest") and call.args), None)
    yield Draft(
        name=wanted or "scenario",
        framework=CODECEPTION,
        line=made.line,
        end_line=max([made.end_line, *(call.end_line for call in spoken)]),
        function=-1,
        assertions=sum(call.last.startswith(("see", "dontSee", "assert")) for call in spoken),
    )


def has_setup(look: Look) -> bool:
    """Whether a file prepares its cases: ``setUp``, ``beforeEach``, data providers."""
    if any(method.name in SETUPS and method.owner != -1 for method in look.module.functions):
        return True
    if any(call.name in ("beforeEach", "beforeAll", "dataset") for call in look.module.calls):
        return True
    return any(
        last(dotted(item.callee if isinstance(item, Call) else item)).lower().startswith("dataprovider")
        for method in look.module.functions
        for item in method.decorators
    )


def root_names(call: Call) -> list[str]:
    """The names along a chain of calls."""
    return chain(call)
