"""Calls that give something else than their arguments: a program's own functions, and the keys of an array."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reviewer.gather.look import Look, words
from reviewer.gather.syntax import Assignment, Attribute, Call, Expr, Function, Items, Name, Return, dotted
from reviewer.gather.syntax import Mapping as Table

RETURNS_MOST = 20
KEY = "foreach_key"
"""How the variable of a loop over an array is given a key (PHP)."""
KEY_CALLS = words("key array_keys array_key_first array_key_last")
NUMBER_FILTERS = words(
    "FILTER_SANITIZE_NUMBER_INT FILTER_SANITIZE_NUMBER_FLOAT FILTER_VALIDATE_INT FILTER_VALIDATE_FLOAT"
    " FILTER_VALIDATE_BOOLEAN FILTER_VALIDATE_BOOL"
)
"""Filters of PHP that let through a number, or nothing."""
OWNERS = frozenset({"", "this", "self", "cls", "base", "static"})


def returned_by_own(
    call: Call, named: Mapping[str, Sequence[int]], returns: Mapping[int, Sequence[Return]]
) -> tuple[int, list[Expr]]:
    """The only function of the file that a call is of, with what it returns; ``(-1, [])`` for any other call.

    Args:
        call: a call by the bare name, or on the object itself.
        named: the functions of the file by name.
        returns: what each function of the file returns.
    """
    found = named.get(call.last, ())
    if call.new or len(found) != 1 or dotted(call.callee).rpartition(".")[0] not in OWNERS:
        return -1, []
    given = [item.value for item in returns.get(found[0], ())[:RETURNS_MOST]]
    values = [value for value in given if value is not None]
    return (found[0], values) if values and len(values) == len(given) else (-1, [])


def results_of(declared: Function, returns: Sequence[Return], place: int) -> list[Expr]:
    """What a function gives in one place of its results; without such places (``(string, error)``), all that it gives.

    A bare ``return`` gives what stands in the names of the results.
    """
    given = [item.value for item in returns[:RETURNS_MOST]]
    if len(declared.returned) > place and not given:
        return [Name(declared.returned[place], declared.end_line)]
    if not declared.returns.startswith("(") or "=>" in declared.returns:
        return given
    return [item.values[place] if isinstance(item, Items) and len(item.values) > place else item for item in given]


def iterates(look: Look, call: Call, function: int) -> bool:
    """Whether a call asks an iterator for its next element: that is no input, whatever it is called."""
    found = look.assigned(call.name.rpartition(".")[0], function)
    return bool(found) and all("Iterator<" in item.type for item in found)


def keys_of(table: Expr, assigned: Sequence[Assignment]) -> list[Expr]:
    """The keys of an array that is written out, here or entry by entry where it is assigned; else the array itself.

    Keys stand in the program, whatever the values are: ``['name' => $_POST['name']]`` has no key from outside.
    """
    found: list[Expr] = []
    for value in [item.value for item in assigned] or [table]:
        if isinstance(value, Table) and all(key is not None for key, _ in value.pairs):
            found.extend(key for key, _ in value.pairs if key is not None)
        elif not isinstance(value, Items):
            return [table]
    return found


def gives_number(call: Call) -> bool:
    """Whether a call filters what it reads down to a number: ``filter_input(INPUT_GET, 'id', FILTER_VALIDATE_INT)``.

    ``pet.getId().toString()``: the key of an object, which is no text as it is made one.
    """
    held = call.callee.value if isinstance(call.callee, Attribute) else None
    if call.last == "toString" and isinstance(held, Call):
        return held.last == "getId" and not held.args
    return call.last == "filter_input" and any(dotted(arg) in NUMBER_FILTERS for arg in call.args)


def is_for_others(look: Look, function: Function) -> bool:
    """Whether Go exports a function: what its callers in this file give is not all that it may be given."""
    return look.module.language == "Go" and look.module.namespace != "main" and function.name[:1].isupper()


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
