"""Finds test cases in JavaScript and TypeScript: functions given to ``it``, ``test`` and their like."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.gather.expressions import chain, option, truth
from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Attribute, Call, Expr, Lambda, Name, Text, dotted, plain
from reviewer.gather.testing._draft import Draft

CASES = words("it test specify xit xtest xspecify fit ftest")
GROUPS = words("describe context suite xdescribe xcontext fdescribe fcontext")
SKIPPED_HEADS = words("xit xtest xspecify xdescribe xcontext")
GROUPING = words("describe suite group")
MODIFIERS = words(
    "only skip each concurrent sequential failing serial parallel runIf skipIf fails todo describe for extend step"
    " group"
)
TEST_MODULES = {
    "vitest": "Vitest",
    "@jest/globals": "Jest",
    "node:test": "node:test",
    "mocha": "Mocha",
    "tap": "node-tap",
    "tape": "tape",
    "ava": "AVA",
    "@playwright/test": "Playwright",
    "bun:test": "bun:test",
    "jasmine": "Jasmine",
    "uvu": "uvu",
    "@japa/runner": "Japa",
    "japa": "Japa",
    "qunit": "QUnit",
}
ASSERTING_CONTEXTS = frozenset({"node-tap", "tape", "AVA", "node:test", "QUnit"})
"""Frameworks that hand the case an object to assert with."""
CONTEXT_NAMES = frozenset({"t", "tap", "QUnit"})
DEFAULT_FRAMEWORK = "Jest"
"""Of the frameworks with global ``describe`` and ``it`` the most used; taken where nothing tells them apart."""
ONLY_MOCHA = frozenset({"before", "after", "specify", "context"})
ONLY_JEST = frozenset({"beforeAll", "afterAll", "test"})


@dataclass(frozen=True, slots=True)
class Group:
    """A ``describe``: its title and whether it is skipped."""

    title: str
    skipped: bool


def find_cases(look: Look) -> list[Draft]:
    """The cases of a module in source order, with the titles of the groups around them."""
    framework = framework_of(look)
    groups: dict[int, Group] = {}
    found: list[tuple[Call, int]] = []
    for call in look.module.calls:
        parts = _parts(look, call)
        body = _body(look, call)
        if body == -1 or not parts:
            continue
        if parts[0] in GROUPS or GROUPING.intersection(parts):
            groups[body] = Group(_title(call), _skipped(call, parts))
        else:
            found.append((call, body))
    drafts = [_draft(look, call, body, framework, groups) for call, body in found]
    return sorted(_without_parents(look, drafts), key=lambda draft: draft.line)


def framework_of(look: Look) -> str:
    """The framework of a module: by what it imports, else by what only one of them has."""
    for module, name in TEST_MODULES.items():
        if look.imports(module):
            return name
    names = {call.name for call in look.module.calls}
    heads = {name.partition(".")[0] for name in names}
    if "jest" in heads:
        return "Jest"
    if "vi" in heads and any(name.startswith("vi.") for name in names):
        return "Vitest"
    if "cy" in heads or "Cypress" in heads:
        return "Cypress"
    if "jasmine" in heads or "spyOn" in names or look.imports("@angular/core/testing"):
        return "Jasmine"
    if look.imports("chai", "chai-http", "should", "expect.js") or heads & ONLY_MOCHA:
        return "Mocha"
    if look.imports("assert") and not heads & ONLY_JEST:
        return "Mocha"
    return DEFAULT_FRAMEWORK


def _parts(look: Look, call: Call) -> list[str]:
    """``["it", "skip"]`` of ``it.skip(...)``; empty where the callee is no test function."""
    parts = chain(call.callee)
    if not parts or not set(parts[1:]) <= MODIFIERS | {"it", "test"}:
        return []
    head = parts[0]
    if head in CONTEXT_NAMES and len(parts) > 1:
        return parts[1:] if parts[1] == "test" else []
    name = _origin_head(look, head)
    return [name, *parts[1:]] if name in CASES | GROUPS else []


def _origin_head(look: Look, head: str) -> str:
    """The test function that a local name stands for: ``test`` of ``import { test as check } from "node:test"``."""
    if not look.is_imported(head):
        return "" if head in look.outer_functions else head
    origin = look.origin(head)
    for module in TEST_MODULES:
        if origin == module:
            return "test"
        if origin.startswith(f"{module}."):
            return origin[len(module) + 1 :].partition(".")[0]
    return head if look.is_local(head) else ""


def _body(look: Look, call: Call) -> int:
    """The index of the function that a call is given, -1 where it is given none or no title."""
    if not call.args or (isinstance(call.args[0], Lambda) and len(call.args) > 1):
        return -1
    if not isinstance(call.args[0], (Text, Name, Attribute, Call, Lambda)):
        return -1
    for arg in reversed(call.args):
        if isinstance(arg, Lambda):
            return arg.function
    if len(call.args) > 1 and isinstance(call.args[0], Text) and isinstance(call.args[-1], Name):
        return look.outer_functions.get(call.args[-1].dotted, -1)
    return -1


def _title(call: Call) -> str:
    first = call.args[0]
    if isinstance(first, Text):
        return "".join(part if isinstance(part, str) else f"${{{dotted(part)}}}" for part in first.parts)
    return plain(first) or dotted(first)


def _skipped(call: Call, parts: list[str]) -> bool:
    if parts[0] in SKIPPED_HEADS or "skip" in parts or "todo" in parts:
        return True
    return truth(option(call, "skip")) is True or isinstance(option(call, "skip"), Text)


def _draft(look: Look, call: Call, body: int, framework: str, groups: dict[int, Group]) -> Draft:
    around = [groups[item.index] for item in look.around(call.function) if item.index in groups]
    title = " > ".join([*(group.title for group in reversed(around)), _title(call)])
    return Draft(
        name=title,
        framework=framework,
        line=call.line,
        end_line=call.end_line,
        function=body,
        skipped=_skipped(call, _parts(look, call)) or any(group.skipped for group in around),
    )


def _without_parents(look: Look, drafts: list[Draft]) -> list[Draft]:
    """Cases that hold other cases (subtests) are groups."""
    bodies = {draft.function for draft in drafts}
    parents = {
        outer.index for draft in drafts for outer in list(look.around(draft.function))[1:] if outer.index in bodies
    }
    return [draft for draft in drafts if draft.function not in parents]


def context_of(look: Look, draft: Draft) -> str:
    """The name of the object that a case is handed to assert with, ``""`` where its framework hands none."""
    if draft.framework not in ASSERTING_CONTEXTS or draft.function == -1:
        return ""
    parameters = look.module.functions[draft.function].parameters
    return parameters[0].name if parameters else ""


def callback(expr: Expr | None) -> int:
    """The index of the function that an expression is, -1 for none."""
    return expr.function if isinstance(expr, Lambda) else -1
