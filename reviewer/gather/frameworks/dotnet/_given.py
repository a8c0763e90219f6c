"""What a method is given for its paths, and the groups that methods give back: marks in paths, filled in at the end.

``app.MapCrud("/cats")`` and ``var group = app.MapApiGroup("cats")`` call methods that may stand in any file, and whose
paths are made of what they are given. A path carries it along as marks until it is whole:

=======================  ===========================================================================================
``[with F|/cats|v=2]``   what the method ``F`` is given here: by place, by name, by type (``T0=Cat``)
``[call F|/cats]``       the same, and the prefix of the group that ``F`` gives back in its place
``[typed F|T0=Cat]``     the same, with the prefix that ``F`` puts before what its type parameter maps
``[arg F|0|name|/x]``    what ``F`` was given for its first parameter ``name``, else ``/x``
``[type F|0|Prefix]``    the member ``Prefix`` of the type that ``F`` was given
``[own x.Prefix]``       the member ``Prefix`` of the class that maps the route; else what ``x.Prefix`` is
=======================  ===========================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.gather.frameworks.dotnet._attributes import template_at
from reviewer.gather.frameworks.dotnet._builders import BUILDER, Builders
from reviewer.gather.index import Index
from reviewer.gather.syntax import Call, Expr, Function, Name, Number, Other, Text, dotted, plain
from reviewer.model.facts.routing import Route
from reviewer.model.facts.values import Ref, Value

GIVES, GUARDED, TYPED = "#GIVES:", "#GUARDS:", "#TYPED:"
"""Settings under names that no program can declare: the group that a method gives back, what guards it, and the prefix
of what a type parameter maps."""
SOMEWHERE = "~"
"""The class of a method that is called without saying where it stands."""
MARK = re.compile(r"\[(with|call|typed|arg|type|own) ([^\[\]]*)\]")
CALLED = re.compile(r"\[call ([\w~.]+)")
NAMED = re.compile(r"\w+=")
LOOP = "foreach_statement"
MARKS_MOST = 60
TYPE_PARAMETER = re.compile(r"T(?:[A-Z]\w*)?")
STRINGS = frozenset({"string", "string?", "String"})


def handed(file: Builders, call: Call, skipped: Expr | None = None) -> Value:
    """The arguments of a call for a mark, each behind a bar; ``()`` where none of them can be part of a path."""
    found: list[str | Ref] = []
    told = False
    for arg in call.args:
        if arg is not skipped:
            value = _given(file, arg, call.function)
            told = told or bool(value)
            found += ["|", *_whole(value)]
    for name, arg in call.keywords.items():
        if name != "<>" and (value := _given(file, arg, call.function)):
            told = True
            found += [f"|{name}=", *_whole(value)]
    for place, item in enumerate(getattr(call.keywords.get("<>"), "values", ())):
        if name := dotted(item):
            told = True
            found.append(f"|T{place}={name}")
    return tuple(found) if told else ()


def _given(file: Builders, arg: Expr, function: int) -> Value:
    """An argument that may be part of a path."""
    if isinstance(arg, Number):
        return (arg.text,)
    return taken(file, arg, function) if isinstance(arg, (Text, Name, Other)) else ()


def _whole(value: Value) -> Value:
    """A value that cannot end a mark: with a part that is not known it counts as nothing."""
    return value if all(not isinstance(part, Ref) or part.name for part in value) else ()


def mark(kind: str, name: str, given: Value = ()) -> Value:
    """A mark of a call: ``[with F|/cats]``."""
    return (f"[{kind} {name}", *given, "]")


def taken(file: Builders, expr: Expr | None, function: int) -> Value:
    """A template in a method, in which marks stand for what the method is given and for members of other classes."""
    if isinstance(expr, Other) and expr.operator == "??" and expr.operands:
        expr = expr.operands[0]
    around = [item for item in file.look.around(function) if item.name != "<lambda>"]
    value = template_at(file.look, expr, function)
    return tuple(_marked(file, part, around, function) for part in value)


def _marked(file: Builders, part: str | Ref, around: list[Function], function: int) -> str | Ref:
    if isinstance(part, str) or not part.name:
        return part
    head, _, member = part.name.partition(".")
    for item in around:
        if not member:
            places = [found for found in item.parameters if not BUILDER.fullmatch(found.type)]
            place = next((at for at, found in enumerate(places) if found.name == head), None)
            if place is not None:
                return f"[arg {item.name}|{place}|{head}|{_default(places[place].default)}]"
        elif TYPE_PARAMETER.fullmatch(head) and "." not in member:
            return f"[type {item.name}|0|{member}]"
    is_local = head[:1].islower() and "." not in member and member[:1].isupper()
    if is_local and _is_looped(file, head, function):
        return f"[own {part.name}]"
    return part


def _is_looped(file: Builders, name: str, function: int) -> bool:
    """Whether a name is what a loop goes by, or what a method is given, and something is asked of it as an object."""
    given = [item.value for item in file.look.assigned(name, function)]
    if any(not isinstance(value, Other) or value.kind != LOOP for value in given):
        return False
    return any(call.name.startswith(f"{name}.") for call in file.calls.get(function, ()))


def _default(expr: Expr | None) -> str:
    return expr.text if isinstance(expr, Number) and expr.text.isdigit() else plain(expr) or ""


def is_asked_for(function: Function, names: set[str]) -> bool:
    """Whether one of the names is a text that a method cannot do without."""
    return any(item.name in names and item.default is None and item.type in STRINGS for item in function.parameters)


def filled(index: Index, route: Route, path: str) -> str:
    """A whole path with its marks filled in, from the left to the right."""
    given: dict[str, list[str]] = {}
    for _ in range(MARKS_MOST):
        found = MARK.search(path)
        if found is None:
            return path
        head, *rest = found[2].split("|")
        text = _text(index, route, given, found[1], head, rest)
        path = f"{path[: found.start()]}{text}{path[found.end() :]}"
    return path


def _text(index: Index, route: Route, given: dict[str, list[str]], kind: str, head: str, rest: list[str]) -> str:
    if kind == "own":
        own = route.router.partition(">")[0].rpartition(".")[0]
        names = (f"{own}.{head.rpartition('.')[2]}", head)
        return next((text for name in names if (text := index.text("", (Ref(name=name),)))), "")
    if kind == "arg":
        return _argument(given.get(head, []), *rest) if len(rest) == len(("place", "name", "default")) else ""
    if kind == "type":
        name = next((item[3:] for item in given.get(head, []) if item.startswith("T0=")), "")
        return index.text("", (Ref(name=f"{name}.{rest[-1]}"),)) if name else ""
    owner, _, method = head.rpartition(".")
    given[method] = rest
    if kind == "with":
        return ""
    return index.text("", (Ref(name=f"{owner}.{GIVES if kind == 'call' else TYPED}{method}"),))


def _argument(given: list[str], place: str, name: str, default: str) -> str:
    by_name = next((item[len(name) + 1 :] for item in given if item.startswith(f"{name}=")), None)
    if by_name is not None:
        return by_name
    by_place = [item for item in given if not NAMED.match(item)]
    return by_place[int(place)] if place.isdigit() and int(place) < len(by_place) and by_place[int(place)] else default


def guards_given(index: Index, prefix: str) -> Iterator[str]:
    """The guards of the groups that the methods in a prefix give back."""
    for name in CALLED.findall(prefix):
        owner, _, method = name.rpartition(".")
        yield from filter(None, index.text("", (Ref(name=f"{owner}.{GUARDED}{method}"),)).split(","))
