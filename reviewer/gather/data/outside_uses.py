"""What one module does with its names: an index for `reviewer.gather.data.outside`, and questions of expressions."""

from __future__ import annotations

from reviewer.gather.data.outside_words import (
    CHECKING_CALLS,
    CONSTANT,
    ESCAPING,
    FETCHING,
    GROWING_CALLS,
    MATCHING_CALLS,
    NUMBERS,
    NUMERIC_TYPES,
    QUERY_CALLS,
    SAFE_CALLS,
    TESTS,
    Outside,
)
from reviewer.gather.look import Look, inside, last
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
    dotted,
    plain,
)


class Uses:
    """Who calls, fills, grows, checks and returns what in one module."""

    def __init__(self, module: Module, words: Outside) -> None:
        self.checked = _checked(module)
        self.grown: dict[tuple[str, int], list[Expr]] = {}
        self.callers: dict[str, list[Call]] = {}
        self.lambdas: dict[int, Call] = {}
        self.filled: set[tuple[str, int]] = set()
        self.poured: set[int] = set()
        self.returns: dict[int, list[Return]] = {}
        self.fields: dict[str, list[Assignment]] = {}
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


def reaching_line(look: Look, found: list[Assignment], line: int, deepest: int) -> list[Assignment]:
    """Of the assignments to a name those whose value may still be there on a line; all of them for line 0.

    The last one that is indented no deeper than ``deepest`` replaces all before it; what is indented deeper may not
    have been run.
    """
    before = [item for item in found if item.line <= line]
    if not before:
        return found
    for place in range(len(before) - 1, -1, -1):
        if not before[place].augmented and indent_of(look, before[place].line) <= deepest:
            return before[place:]
    return before


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


def is_number(expr: Other) -> bool:
    """Whether this gives a number or a truth whatever its operands are."""
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


def receiver_of(call: Call) -> Expr | None:
    """What a call is made on, None for a call by itself."""
    if isinstance(call.callee, Attribute):
        return call.callee.value
    head = dotted(call.callee).rpartition(".")[0]
    return Name(head, call.line) if head else None


def argument(call: Call, place: int, name: str) -> Expr | None:
    """The argument that a call gives for a parameter, by name or place."""
    if name in call.keywords:
        return call.keywords[name]
    return call.args[place] if 0 <= place < len(call.args) else None


def constant(expr: Expr) -> bool:
    """Whether an argument is written out: a text, a number, or a name in capitals."""
    if isinstance(expr, Name):
        return bool(CONSTANT.fullmatch(last(expr.dotted)))
    return isinstance(expr, Number) or plain(expr) is not None
