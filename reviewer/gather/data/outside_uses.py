"""What one module does with its names: an index for `reviewer.gather.data.outside`, and questions of expressions."""

from __future__ import annotations

import re

from reviewer.gather.data.outside_calls import gives_number, keys_of, receiver_of, results_of
from reviewer.gather.data.outside_words import (
    BUILT_INS,
    CHECKING_CALLS,
    CONSTANT,
    ESCAPING,
    FETCHING,
    FORMATTING,
    GROWING_CALLS,
    MATCHING_CALLS,
    NUMBERS,
    NUMERIC_TYPES,
    QUERY_CALLS,
    REQUEST_TYPES,
    SAFE_CALLS,
    TESTS,
    Outside,
)
from reviewer.gather.expressions import inside, last
from reviewer.gather.languages.go._exports import STANDARD
from reviewer.gather.look import LINE_LIMIT, Look
from reviewer.gather.syntax import (
    Assignment,
    Attribute,
    Call,
    Expr,
    Function,
    Items,
    Lambda,
    Mapping,
    Module,
    Name,
    Number,
    Other,
    Return,
    Text,
    plain,
)

MAPPER = "array_map"
KEYS = {"getId": "Magento\\", "getEntityId": "Magento\\", "getIncrementId": "Magento\\"}
"""Calls by which the models of a platform give their keys, with what its files name it by."""


class Uses:
    """Who calls, fills, grows, checks and returns what in one module."""

    def __init__(self, module: Module, words: Outside) -> None:
        self.checked = _checked(module)
        self.words, self.functions = words, module.functions
        self.platform = {name for name, mark in KEYS.items() if mark in module.text}
        self.methods: dict[str, list[Function]] = {}
        self.named: dict[str, list[int]] = {}
        for method in module.functions:
            self.named.setdefault(method.name, []).append(method.index)
            if method.owner != -1:
                self.methods.setdefault(method.name, []).append(method)
        self.grown: dict[tuple[str, int], list[Expr]] = {}
        self.callers: dict[str, list[Call]] = {}
        self.lambdas: dict[int, Call] = {}
        self.filled: set[tuple[str, int]] = set()
        self.poured: set[int] = set()
        self.returns: dict[int, list[Return]] = {}
        self.fields: dict[str, list[Assignment]] = {}
        self.checking = {call.function for call in module.calls if call.last in CHECKING_CALLS}
        for item in module.returns:
            self.returns.setdefault(item.function, []).append(item)
        for field in module.assignments:
            if "." in field.target and field.value is not None:
                self.fields.setdefault(field.target, []).append(field)
        for call in module.calls:
            self.callers.setdefault(call.last, []).append(call)
            if call.last in words.filling:
                self.filled.update((arg.dotted, call.function) for arg in call.args if isinstance(arg, Name))
            if call.last in words.pouring and any(isinstance(arg, Name) for arg in call.args):
                self.poured.add(call.function)
            self.lambdas.update({arg.function: call for arg in call.args if isinstance(arg, Lambda)})
            if call.last in GROWING_CALLS and call.args:
                self.grown.setdefault((call.name.rpartition(".")[0], call.function), []).append(call.args[-1])

    def is_harmless(self, call: Call) -> bool:
        """Whether a call makes each element safe (``array_map('intval', $ids)``), or gives rows of the database."""
        if call.last == MAPPER and call.args:
            return is_safe(plain(call.args[0]) or "", self.words)
        if gives_number(call) or (call.last == "filter" and self.is_checking(call)):
            return True
        return self._gives_rows(call) or self._gives_key(call) or self._asks_class(call)

    def _asks_class(self, call: Call) -> bool:
        """Whether a class of Ruby's is asked for something that is written out: ``Order.status(:paid)``."""
        head = call.name.rpartition(".")[0]
        if not self.words.bare_calls or not head[:1].isupper() or REQUEST_TYPES.search(head):
            return False
        return bool(call.args) and all(constant(item) for item in call.args)

    def _gives_key(self, call: Call) -> bool:
        """Whether a model of a platform gives its key, which the database made."""
        return call.last in self.platform and not call.args

    def _gives_rows(self, call: Call) -> bool:
        """Whether a method of the object itself gives rows, and else only what is written out."""
        head, _, name = call.name.partition(".")
        own = [item.index for item in self.methods.get(name, ())] if head in ("this", "self") else []
        given = [item.value for index in own for item in self.returns.get(index, ())]
        rows = [item for item in given if isinstance(item, Call) and item.last in self.words.rows]
        return bool(rows) and not any(isinstance(item, (Name, Attribute, Text)) for item in given) and len(own) == 1

    def results(self, function: int, place: int) -> list[Expr]:
        """What a function gives in one place of its results."""
        return results_of(self.functions[function], self.returns.get(function, ()), place)

    def is_checking(self, call: Call) -> bool:
        """Whether a closure that a call is given asks something of each element: ``filter(key => known.has(key))``."""
        return any(isinstance(arg, Lambda) and arg.function in self.checking for arg in call.args)


ELSE = re.compile(r"\}?\s{0,20}else\b(?!\s{0,20}if)")
BRANCH_MOST = 40
"""Lines around an assignment in which its branch begins and ends."""


def reaching_line(look: Look, found: list[Assignment], line: int, deepest: int) -> list[Assignment]:
    """Of the assignments to a name those whose value may still be there on a line; all of them for line 0.

    The last one that is indented no deeper than ``deepest`` replaces all before it; what is indented deeper may not
    have been run.
    """
    before = [item for item in found if item.line <= line]
    if not before:
        return found
    for place in range(len(before) - 1, -1, -1):
        item = before[place]
        if not is_growing(item) and indent_of(look, item.line) <= deepest and not _in_else(look, item.line, line):
            return before[place:]
    return before


def _in_else(look: Look, given: int, line: int) -> bool:
    """Whether an assignment stands in an ``else`` that is over before a line: what was assigned before may be there."""
    own = indent_of(look, given)
    for above in range(given - 1, max(0, given - BRANCH_MOST), -1):
        text = look.lines[above - 1][:LINE_LIMIT].strip()
        if text and indent_of(look, above) < own:
            if not ELSE.match(text):
                return False
            break
    else:
        return False
    after = range(given + 1, min(line, given + BRANCH_MOST))
    return any(look.lines[at - 1].lstrip().startswith("}") and indent_of(look, at) < own for at in after)


def variables(look: Look, name: str, function: int) -> list[Assignment]:
    """What a name is given; the fields of a class are no names."""
    return [item for item in look.assigned(name, function) if item.function != -1 or item.owner == -1]


def keys_in(look: Look, table: Expr, function: int) -> list[Expr]:
    """The keys that a table has, written out or by its name."""
    return keys_of(table, variables(look, table.dotted, function) if isinstance(table, Name) else [])


def is_growing(item: Assignment) -> bool:
    """Whether an assignment adds to what a name holds: ``parts = append(parts, "name = ?")``."""
    if item.augmented:
        return True
    appended = item.value.args if isinstance(item.value, Call) and item.value.name == "append" else ()
    return bool(appended) and mentions(appended[0], item.target)


def indent_of(look: Look, line: int) -> int:
    """How far a line is indented, in characters."""
    text = look.lines[line - 1][:400] if line <= len(look.lines) else ""
    return len(text) - len(text.lstrip())


def parameter_of(look: Look, name: str, function: int) -> tuple[Function, int] | None:
    """The parameter of this name of a function or of one around it: whose it is, and its place."""
    for around in look.around(function):
        for place, parameter in enumerate(around.parameters):
            if parameter.name.lstrip("*.") == name:
                return around, place
    return None


def is_safe(name: str, words: Outside) -> bool:
    """Whether a call of this name gives a number, an escaped text or rows, whatever it is given."""
    known = name in SAFE_CALLS or name in QUERY_CALLS or name in words.safe or name in words.rows
    return known or bool(ESCAPING.match(name) or FETCHING.fullmatch(name))


def escapes(look: Look, made: Call) -> bool:
    """Whether a function of this file, or a driver's own formatter, escapes what it is given."""
    if made.last == "format" and FORMATTING.search(look.origin(made.name)):
        return True
    function = look.outer_functions.get(made.last)
    return function is not None and any(
        ESCAPING.match(call.last) for call in look.module.calls if call.function == function
    )


def is_inner(look: Look, level: int, given: Function, function: int) -> bool:
    """Whether an assignment lies in the function of a parameter or further in, so that it counts before it."""
    levels = [item.index for item in look.around(function)]
    return level in levels and levels.index(level) <= levels.index(given.index)


def is_stored(name: str, words: Outside) -> bool:
    """Keys of records (``user.id``), which the database gave, and what a class says of itself (``Issue.scope``)."""
    head, ending = name.partition(".")[0], last(name)
    own = ending in ("id", "table_name") or ending.endswith("_id") or head[:1].isupper()
    return own and head not in words.requests


def is_own_call(look: Look, words: Outside, call: Call, function: int) -> bool:
    """Whether a call is of a function or method of the project that is not handed the request itself (Go).

    What a variable gives that is made here is told by what the variable is given; what belongs to the language or to
    its standard library gives what it is given.
    """
    if not isinstance(call.callee, Name) or call.new:
        return False
    if any(isinstance(arg, Name) and arg.dotted.partition(".")[0] in words.requests for arg in call.args):
        return False
    head, _, rest = call.name.partition(".")
    if not rest:
        return head not in BUILT_INS
    if look.is_imported(head):
        return look.origin(head).partition("/")[0] not in STANDARD
    around = look.around(function)
    if any(item.receiver == head for item in around):
        return True
    given = parameter_of(look, head, function)
    return given is not None and head not in words.requests and not REQUEST_TYPES.search(_type_of(*given))


def _type_of(function: Function, place: int) -> str:
    return function.parameters[place].type[:200]


def is_number(expr: Other) -> bool:
    """Whether this gives a number, a truth or a type whatever its operands are."""
    if "typeof" in expr.kind:
        return True
    if "cast" in expr.kind:
        return bool(NUMERIC_TYPES.match(expr.operator))
    times = expr.operator == "*" and any(isinstance(item, Number) for item in expr.operands)
    return expr.operator in NUMBERS or times


def mentions(value: Expr, name: str) -> bool:
    """Whether a name stands inside an expression."""
    return any(isinstance(item, Name) and item.dotted == name for item in inside(value))


def _checked(module: Module) -> set[tuple[str, int]]:
    """Names that a function compares with a list of what is allowed, or asks to be a number."""
    lists = {item.target for item in module.assignments if isinstance(item.value, (Items, Mapping))}
    found = {
        (compare.left.dotted, compare.function)
        for compare in module.compares
        if compare.operator in TESTS and isinstance(compare.left, Name) and _is_list(compare.right, lists)
    }
    for call in module.calls:
        if call.last not in CHECKING_CALLS:
            continue
        for arg in call.args:
            tested = call.last in MATCHING_CALLS or any(
                _is_list(item, lists) for item in (receiver_of(call), *call.args)
            )
            if isinstance(arg, Name) and tested:
                found.add((arg.dotted, call.function))
        if not call.args:
            found.add((call.name.rpartition(".")[0], call.function))
    return found


def _is_list(expr: Expr | None, lists: set[str]) -> bool:
    """Whether this is a list of what is allowed: written out, a constant, or a name given such a list."""
    if isinstance(expr, Name):
        return bool(CONSTANT.fullmatch(last(expr.dotted))) or expr.dotted in lists
    return isinstance(expr, (Items, Mapping))


def constant(expr: Expr) -> bool:
    """Whether an argument is written out: a text, a number, or a name in capitals."""
    if isinstance(expr, Name):
        return bool(CONSTANT.fullmatch(last(expr.dotted)))
    return isinstance(expr, Number) or plain(expr) is not None
