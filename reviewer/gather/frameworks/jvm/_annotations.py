"""Annotations of Java and Kotlin: which stand before something, and the paths and names that they are given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewer.gather.syntax import Call, Class, Expr, Items, Module, Name, Text, dotted, plain, walk
from reviewer.model.facts.values import Ref, Value

ARRAYS = frozenset(
    {"arrayOf", "listOf", "setOf", "mutableListOf", "List.of", "Set.of", "Arrays.asList", "asList", "ImmutableList.of",
     "Collections.singletonList", "singletonList", "Stream.of"}
)  # fmt: skip
VALUES_MOST = 40
"""Values of one annotation that are read."""


def name_of(decorator: Expr) -> str:
    """``GetMapping`` of ``@GetMapping("/x")`` and of ``@org.springframework.web.bind.annotation.GetMapping``."""
    return dotted(decorator.callee if isinstance(decorator, Call) else decorator).rpartition(".")[2]


def find(decorators: Iterable[Expr], *names: str) -> Expr | None:
    """The first annotation of one of these names."""
    return next((item for item in decorators if name_of(item) in names), None)


def given(decorator: Expr | None, *keys: str) -> Expr | None:
    """What an annotation is given by position, or under the first of some keys."""
    if not isinstance(decorator, Call):
        return None
    for key in ("value", *keys):
        if key in decorator.keywords:
            return decorator.keywords[key]
    if len(decorator.args) > 1:
        return Items(decorator.args, decorator.line)
    return decorator.args[0] if decorator.args else None


def option(decorator: Expr | None, key: str) -> Expr | None:
    """What an annotation is given under a key."""
    return decorator.keywords.get(key) if isinstance(decorator, Call) else None


def flat(expr: Expr | None) -> list[Expr]:
    """The values of an array, however it is written, or the one value."""
    if expr is None:
        return []
    if isinstance(expr, Items):
        values: Iterable[Expr] = expr.values
    elif isinstance(expr, Call) and expr.name in ARRAYS:
        values = expr.args
    else:
        return [expr]
    return [item for value in list(values)[:VALUES_MOST] for item in (flat(value) if value is not expr else [])]


def texts(expr: Expr | None) -> list[str]:
    """The constant strings of a value, and the last parts of names in it (``RequestMethod.GET``: ``GET``)."""
    return [plain(item) or dotted(item).rpartition(".")[2] for item in flat(expr)]


def words_of(expr: Expr | None) -> str:
    """Everything that is said in a value, as one text: names and constant strings."""
    said = (plain(item) if isinstance(item, Text) else dotted(item) for item in walk(expr))
    return " ".join(item for item in said if item)


def path_of(module: Module, owner: Class | None, expr: Expr | None) -> Value:
    """A path as a value: constants of the class by their full name, ``${property}`` as a name, no regexes in braces."""
    if isinstance(expr, Text):
        pieces: list[str | Ref] = []
        for part in expr.parts:
            if isinstance(part, str):
                pieces.extend(placeholders(without_regexes(part)))
            else:
                pieces.extend(path_of(module, owner, part))
        return tuple(pieces)
    if isinstance(expr, Name):
        return (Ref(name=_full_name(module, owner, expr.dotted)),)
    return () if expr is None else (Ref(name=""),)


def _full_name(module: Module, owner: Class | None, name: str) -> str:
    """``Users.PATH`` of ``PATH`` in a class that has such a field."""
    bare = name.removeprefix("this.")
    while owner is not None and "." not in bare:
        for around in (owner.name, f"{owner.name}.Companion"):
            holder = next((item for item in module.classes if item.name == around), None)
            if holder is not None and any(field.target == bare for field in module.fields_of(holder)):
                return f"{around}.{bare}"
        outer = owner.name.rpartition(".")[0]
        owner = next((item for item in module.classes if outer and item.name == outer), None)
    return bare


def without_regexes(path: str) -> str:
    """``/users/{id}`` of ``/users/{id:[0-9]{3}}``: braces may nest in a pattern."""
    if "{" not in path or ":" not in path:
        return path
    found: list[str] = []
    depth = 0
    skipping = False
    for place, char in enumerate(path):
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            skipping = skipping and depth > 0
        elif char == ":" and depth == 1 and not _is_property(path, place):
            skipping = True
            while found[-1:] == [" "]:
                found.pop()
        if not skipping:
            found.append(char)
    return "".join(found)


def _is_property(path: str, place: int) -> bool:
    """Whether a colon lies in ``${name:default}``."""
    opened = path.rfind("{", 0, place)
    return opened > 0 and path[opened - 1] == "$"


def placeholders(text: str) -> Iterator[str | Ref]:
    """Literal text, and ``${name}`` as the name of a setting; of ``${name:default}`` the default."""
    while text:
        before, opened, rest = text.partition("${")
        if before:
            yield before
        if not opened:
            return
        name, closed, text = rest.partition("}")
        if not closed:
            return
        key, colon, default = name.partition(":")
        if colon:
            yield default
        else:
            yield Ref(name=key)
