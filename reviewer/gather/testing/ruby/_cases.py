"""Finds test cases in Ruby: examples of RSpec, tests of Minitest and test-unit, in blocks and in methods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.gather.expressions import last, plain_or_name, truth
from reviewer.gather.frameworks.ruby._dsl import Blocks, block_of, positional
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Call, Class, Expr, Name, Text, dotted, plain
from reviewer.gather.testing._draft import Draft

RSPEC, MINITEST, TEST_UNIT = "RSpec", "Minitest", "test-unit"
EXAMPLES = words(
    "it specify example scenario fit xit xspecify xexample xscenario fspecify fexample fscenario its focus"
)
GROUPS = words(
    "describe context feature shared_examples shared_context shared_examples_for xdescribe xcontext fdescribe fcontext"
    " RSpec.describe RSpec.context RSpec.feature RSpec.xdescribe RSpec.shared_examples RSpec.shared_context xfeature"
    " RSpec.shared_examples_for"
)
SKIPPED = words("xit xspecify xexample xscenario xdescribe xcontext xfeature RSpec.xdescribe pending")
TESTS = words("test should")
TEST_BASES = ("Test", "TestCase", "IntegrationTest", "SystemTestCase", "Minitest.Spec", "Benchmark")
RSWAG = "run_test!"
SKIPPING = words("skip pending")


@dataclass(frozen=True, slots=True)
class Group:
    """A ``describe``: its title, whether it is skipped, and the class that it describes."""

    title: str
    skipped: bool
    described: str


def find_cases(blocks: Blocks) -> tuple[list[Draft], dict[int, Group]]:
    """The cases of a module in source order, and the groups by their functions."""
    look = blocks.look
    groups: dict[int, Group] = {}
    for call in look.module.calls:
        block = block_of(call)
        if call.name in GROUPS and block is not None:
            groups[block.function] = _group(call)
    drafts = [*_examples(look, groups), *_tests(look, groups), *_methods(look), *_documented(blocks, groups)]
    return sorted(drafts, key=lambda draft: draft.line), groups


def _group(call: Call) -> Group:
    first = call.args[0] if call.args else None
    described = first.dotted if isinstance(first, Name) and first.dotted[:1].isupper() else ""
    skipped = call.name in SKIPPED or any(_is_on(call.keywords.get(key)) for key in SKIPPING)
    return Group(plain(first) or described or _shown(first), skipped, described)


def _is_on(expr: Expr | None) -> bool:
    return truth(expr) is True or isinstance(expr, Text)


def _shown(expr: Expr | None) -> str:
    """A title as written; of a matcher its name."""
    if isinstance(expr, Call):
        return expr.name
    if isinstance(expr, Text):
        return "".join(part if isinstance(part, str) else f"#{{{dotted(part)}}}" for part in expr.parts)
    return dotted(expr)


def framework_of(look: Look) -> str:
    """RSpec, or Minitest where a file of examples speaks its language."""
    if look.imports("rails_helper", "spec_helper", "rspec", "./spec_helper", "../spec_helper"):
        return RSPEC
    heads = {call.name for call in look.module.calls}
    if heads & {
        "expect",
        "is_expected.to",
        "RSpec.describe",
        "RSpec.configure",
        "let",
        "subject",
        "is_expected.not_to",
    }:
        return RSPEC
    spoken = any(
        call.last.startswith(("must_", "wont_", "assert_", "refute_")) or call.name == "assert"
        for call in look.module.calls
    )
    return MINITEST if spoken or look.imports("minitest", "minitest/autorun", "test_helper") else RSPEC


def _examples(look: Look, groups: dict[int, Group]) -> Iterator[Draft]:
    """``it "does" do ... end`` inside of a group."""
    if not groups:
        return
    framework = framework_of(look)
    for call in look.module.calls:
        block = block_of(call)
        if call.name not in EXAMPLES or block is None:
            continue
        around = _around(look, call.function, groups)
        if around or call.owner == -1:
            yield _draft(call, block.function, framework, around, call.name in SKIPPED or _marked(call))


def _marked(call: Call) -> bool:
    return any(_is_on(call.keywords.get(key)) for key in SKIPPING)


def _around(look: Look, function: int, groups: dict[int, Group]) -> list[Group]:
    return [groups[item.index] for item in look.around(function) if item.index in groups]


def _draft(call: Call, function: int, framework: str, around: list[Group], skipped: bool) -> Draft:
    given = positional(call)
    own = _shown(given[0]) if given else f"line {call.line}"
    title = " > ".join([*(group.title for group in reversed(around) if group.title), own])
    return Draft(
        name=title,
        framework=framework,
        line=call.line,
        end_line=call.end_line,
        function=function,
        skipped=skipped or any(group.skipped for group in around),
    )


def is_test_class(item: Class) -> bool:
    """Whether a class holds tests: its base is one of Minitest, Rails or test-unit, or is called like theirs."""
    bases = [dotted(base) for base in item.bases]
    return item.kind != "module" and any(base.endswith(TEST_BASES) for base in bases)


def _framework_of_class(item: Class) -> str:
    return TEST_UNIT if any(dotted(base).startswith("Test.Unit") for base in item.bases) else MINITEST


def _tests(look: Look, groups: dict[int, Group]) -> Iterator[Draft]:
    """``test "does" do ... end`` in a class of tests, and ``should redirect_to(...)`` of shoulda."""
    found = [(call, block_of(call)) for call in look.module.calls if call.name in (*TESTS, *EXAMPLES)]
    bodies = {block.function for call, block in found if block is not None and isinstance(call.args[0], Text)}
    for call in look.module.calls:
        if call.owner == -1 or not positional(call) or call.name not in (*TESTS, "should_not"):
            continue
        owner, block = look.module.classes[call.owner], block_of(call)
        if not (is_test_class(owner) or owner.kind == "module"):
            continue
        around = _around(look, call.function, groups)
        if isinstance(positional(call)[0], Text) and block is not None:
            yield _draft(call, block.function, _framework_of_class(owner), around, False)
        elif call.name != "test" and isinstance(positional(call)[0], (Call, Name)) and _is_declared(look, call, bodies):
            draft = _draft(call, -1, _framework_of_class(owner), around, False)
            draft.name = draft.name or call.name
            draft.assertions = 1
            yield draft


def _is_declared(look: Look, call: Call, bodies: set[int]) -> bool:
    """Whether a matcher stands among declarations, and not in the code of a test."""
    return all(item.name == "<lambda>" and item.index not in bodies for item in look.around(call.function))


def _methods(look: Look) -> Iterator[Draft]:
    """``def test_does`` in a class of tests."""
    for item in look.module.classes:
        if not is_test_class(item):
            continue
        for method in look.module.methods_of(item):
            if method.name.startswith("test_") and not method.parameters:
                yield Draft(
                    name=f"{last(item.name)} > {method.name}",
                    framework=_framework_of_class(item),
                    line=method.line,
                    end_line=method.end_line,
                    function=method.index,
                )


def _documented(blocks: Blocks, groups: dict[int, Group]) -> Iterator[Draft]:
    """``response 200, "found" do run_test! end`` of rswag."""
    look = blocks.look
    for call in look.module.calls:
        if call.name != RSWAG:
            continue
        around = _around(look, call.function, groups)
        response = _response(look, call)
        status = plain_or_name(response.args[0]) if response and response.args else ""
        block = block_of(call)
        draft = _draft(call, block.function if block else -1, RSPEC, around, False)
        draft.name = " > ".join([*(group.title for group in reversed(around) if group.title), f"response {status}"])
        draft.assertions = 1
        draft.negative = status[:1] in ("4", "5")
        yield draft


def _response(look: Look, call: Call) -> Call | None:
    """The ``response`` that a test of rswag stands in."""
    for item in look.module.calls:
        block = block_of(item)
        if item.name == "response" and block is not None and block.function == call.function:
            return item
    return None
